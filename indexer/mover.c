/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds out what a new path changes in a document. Who moves, and when it is written, is the
 * worker's business.
 */
#include "indexer/mover.h"

#include <stdlib.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/bytes.h"
#include "indexer/format.h"
#include "indexer/path_terms.h"
#include "indexer/stored.h"

enum { TERMS_MAX = 1 + PATH_FOLDERS_MAX, VALUES = 3 };

struct mover {
	struct stored stored;
	struct record_writer *record;
	struct path_terms from, to;
	struct xc_bytes removed[TERMS_MAX], added[TERMS_MAX];
	struct xc_value values[VALUES];
	struct xc_edit edit;
};

struct mover *mover_new(xc_database *database)
{
	struct mover *mover = mem_zalloc(sizeof(*mover));

	stored_init(&mover->stored, database);
	mover->record = record_writer_new();
	return mover;
}

void mover_free(struct mover *mover)
{
	if (!mover)
		return;
	stored_done(&mover->stored);
	record_writer_free(mover->record);
	free(mover);
}

/* ---- fields ---- */

/* Whether lupe-extract would take the title for the file's name and pass it over. */
static bool is_named_so(const struct document *document, struct span path)
{
	struct span name = path_base(path);
	const char *point = memrchr(name.ptr, '.', name.len);
	struct document named = {0};

	document_set_title(&named, point ? span_from(name.ptr, point) : name);
	bool same = named.title.len == document->title.len &&
		    strncasecmp(buf_string(&named.title), buf_string(&document->title),
			    named.title.len) == 0;
	document_done(&named);
	return same;
}

/* Whether reading would give other fields for the new name alone. */
static bool depends_on_name(
	const struct entry *from, struct span to, const struct document *document)
{
	if (span_equal(path_base(from->path), path_base(to)))
		return false;
	if (from->origins & ORIGIN_NAME_REFUSED)
		return true;
	return strcmp(format_of(to)->media_type, "application/pdf") == 0 &&
	       !(from->origins & ORIGIN_TITLE_NAME) && is_named_so(document, to);
}

/* Whether what the file itself says was overruled at the old path and would show at the new one. */
static bool shows_again(const struct entry *from, bool date_ruled, const struct document *document)
{
	unsigned lost = from->origins & (ORIGIN_AUTHOR_RULE | ORIGIN_BODY_RULE);

	if (!(from->origins & ORIGIN_TITLE_NAME))
		lost |= from->origins & ORIGIN_TITLE_RULE;
	return (lost & ~document->origins) ||
	       (date_ruled && document->date_source != DATE_CONFIGURATION);
}

/* `document` has the fields as they are stored. False: these cannot be told without the file. */
static bool change_fields(const struct entry *from, struct span to, const struct meta_rules *rules,
	struct document *document)
{
	bool date_ruled = document->date_source == DATE_CONFIGURATION;

	if (!(from->origins & ORIGIN_KNOWN) || depends_on_name(from, to, document))
		return false;
	document->origins = from->origins & ORIGIN_NAME_REFUSED;
	if (from->origins & ORIGIN_TITLE_NAME)
		buf_clear(&document->title);
	if (document->date_source == DATE_FILE_NAME) {
		document->date = (struct date){""};
		document->date_source = DATE_NONE;
	}
	document_finish_by_name(document, to);
	if (rules)
		meta_rules_apply(rules, to, document);
	return !shows_again(from, date_ruled, document);
}

/* ---- the document ---- */

static bool same_terms(const struct record_fields *old, const struct document *document)
{
	return span_equal(old->title, buf_span(&document->title)) &&
	       span_equal(old->author, buf_span(&document->author)) &&
	       span_equal(old->body, buf_span(&document->body)) &&
	       span_equal(old->date, span_of(document->date.text));
}

static size_t list_terms(const struct path_terms *terms, struct xc_bytes ret[TERMS_MAX])
{
	ret[0] = (struct xc_bytes){terms->id, PATH_TERM_LEN};
	for (size_t i = 0; i < terms->folder_count; i++)
		ret[1 + i] = (struct xc_bytes){terms->folders[i], PATH_TERM_LEN};
	return 1 + terms->folder_count;
}

static const struct xc_edit *make_edit(struct mover *mover, const struct entry *from,
	struct span to, const struct document *document)
{
	struct record_fields fields = *record_fields(mover->stored.record);

	fields.path = to;
	fields.date_source = (uint8_t)document->date_source;
	path_terms_make(from->path, &mover->from);
	path_terms_make(to, &mover->to);
	const struct xc_value values[VALUES] = {
		{SLOT_ORDER, {mover->to.order, PATH_ORDER_BYTES}},
		{SLOT_PATH, path_value(to)},
		record_encode_again(mover->record, mover->stored.record, &fields),
	};
	memcpy(mover->values, values, sizeof(values));
	mover->edit = (struct xc_edit){
		.removed = mover->removed,
		.removed_count = list_terms(&mover->from, mover->removed),
		.added = mover->added,
		.added_count = list_terms(&mover->to, mover->added),
		.values = mover->values,
		.value_count = VALUES,
	};
	return &mover->edit;
}

static lupe_status read_stored(struct mover *mover, const struct entry *from, struct span to,
	const struct meta_rules *rules, struct document *document, struct moved *ret,
	struct lupe_error *err)
{
	struct stored *stored = &mover->stored;
	lupe_status st = stored_open(stored, from->path, err);

	if (st < 0)
		return st;
	const struct record_fields *fields = record_fields(stored->record);
	const char *type = format_of(to)->media_type;
	stored_restore_fields(stored, document);
	if (!span_equal(fields->type, span_of(type)) || !change_fields(from, to, rules, document))
		return LUPE_END;
	document->type = type;
	*ret = (struct moved){.docid = stored->docid};
	if (same_terms(fields, document)) {
		ret->edit = make_edit(mover, from, to, document);
		return LUPE_OK;
	}
	st = stored_read_text(stored, err);
	if (st == LUPE_OK)
		stored_restore_text(stored, document);
	return st;
}

lupe_status mover_read(struct mover *mover, const struct entry *from, struct span to,
	const struct meta_rules *rules, struct document *document, struct moved *ret,
	struct lupe_error *err)
{
	lupe_status st = read_stored(mover, from, to, rules, document, ret, err);

	stored_close(&mover->stored); /* before anything is written */
	return st == LUPE_ERROR_CORRUPT || st == LUPE_ERROR_SCHEMA ? LUPE_END : st;
}
