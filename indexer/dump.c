/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index dump`: all that an index knows of its files, in an order and a form that depend on
 * the files alone. Two indexes that answer alike dump alike, however they came about.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "indexer/commands.h"
#include "indexer/reading.h"
#include "indexer/stored.h"
#include "store/positions.h"
#include "store/seal.h"

static int compare_entries(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return span_compare((*x)->path, (*y)->path);
}

static void set_hash(json_t *object, const char *key, struct span bytes)
{
	char hex[HASH128_HEX_LEN + 1];

	hash128_hex(hash128(bytes), hex);
	json_object_set_new(object, key, json_string(hex));
}

static void set_text(json_t *object, const char *key, struct span text)
{
	if (text.len)
		json_object_set_new(object, key, json_text(text));
}

/* ---- terms ---- */

static void add_term(
	json_t *list, const struct xc_term *term, const struct position_list *positions)
{
	json_t *item = json_array(), *places = json_array();

	for (size_t i = 0; i < positions->count; i++)
		json_array_append_new(places, json_integer(positions->items[i]));
	json_array_append_new(item, json_text((struct span){term->term.ptr, term->term.len}));
	json_array_append_new(item, json_integer(term->wdf));
	json_array_append_new(item, places);
	json_array_append_new(list, item);
}

static lupe_status read_positions(
	struct stored *stored, struct span term, struct position_list *ret, struct lupe_error *err)
{
	struct span value, share;
	unsigned level;
	lupe_status st = sealed_value(stored->document, SLOT_SHARES, &value, err);

	ret->count = 0;
	if (st != LUPE_OK || !value.len)
		return st;
	if (!positions_level(value, &level))
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "positions cannot be read");
	st = sealed_value(stored->document, positions_slot(term, level), &share, err);
	return st == LUPE_OK ? positions_read(share, term, ret, err) : st;
}

/* With `list` every term, else their number and a hash. */
static lupe_status set_terms(
	json_t *object, struct stored *stored, bool list, struct lupe_error *err)
{
	json_t *terms = list ? json_array() : NULL;
	size_t count = 0;
	xc_terms *stream;
	struct xc_term term;
	struct position_list positions = {0};
	BUF_SCOPED(bytes);
	lupe_status st =
		xc_document_terms_start(stored->database, stored->docid, false, &stream, err);

	if (st < 0)
		return st;
	while (st == LUPE_OK && (st = xc_terms_next(stream, &term, err)) == LUPE_OK) {
		st = read_positions(
			stored, (struct span){term.term.ptr, term.term.len}, &positions, err);
		if (st < 0)
			break;
		count++;
		buf_add_counted(&bytes, (struct span){term.term.ptr, term.term.len});
		buf_add_varint(&bytes, term.wdf);
		buf_add_counted(&bytes, (struct span){(const char *)positions.items,
						positions.count * sizeof(*positions.items)});
		if (list)
			add_term(terms, &term, &positions);
	}
	xc_terms_close(stream);
	position_list_done(&positions);
	json_object_set_new(object, "terms", list ? terms : json_integer((json_int_t)count));
	set_hash(object, "terms_hash", buf_span(&bytes));
	return st < 0 ? st : LUPE_OK;
}

/* ---- one file ---- */

static void set_values(json_t *object, struct stored *stored)
{
	BUF_SCOPED(bytes);

	for (uint32_t slot = 0; slot < STORED_SLOTS; slot++) {
		struct xc_bytes value;

		if (xc_document_value(stored->document, slot, &value, NULL) == LUPE_OK)
			buf_add_counted(&bytes, (struct span){value.ptr, value.len});
	}
	set_hash(object, "values_hash", buf_span(&bytes));
}

static lupe_status set_record(json_t *object, struct stored *stored, struct lupe_error *err)
{
	struct span record;
	lupe_status st = sealed_value(stored->document, SLOT_RECORD, &record, err);

	if (st == LUPE_OK)
		set_hash(object, "record_hash", record);
	return st;
}

static lupe_status set_document(json_t *object, struct stored *stored, const struct entry *entry,
	bool list, struct lupe_error *err)
{
	lupe_status st = stored_open(stored, entry->path, err);

	if (st == LUPE_OK)
		st = stored_read_text(stored, err);
	if (st < 0)
		return st;
	const struct record_fields *fields = record_fields(stored->record);
	set_text(object, "title", fields->title);
	set_text(object, "author", fields->author);
	set_text(object, "body", fields->body);
	set_text(object, "type", fields->type);
	set_text(object, "date", fields->date);
	json_object_set_new(object, "bytes", json_integer((json_int_t)stored->text.len));
	set_hash(object, "text_hash", buf_span(&stored->text));
	set_values(object, stored);
	st = set_record(object, stored, err);
	return st < 0 ? st : set_terms(object, stored, list, err);
}

static lupe_status dump_entry(
	struct stored *stored, const struct entry *entry, bool list, struct lupe_error *err)
{
	json_t *object = json_object();
	lupe_status st = LUPE_OK;

	json_object_set_new(object, "path", json_text(entry->path));
	json_object_set_new(object, "outcome", json_string(outcome_name(entry->outcome)));
	set_text(object, "reason", entry->note);
	if (entry->outcome == OUTCOME_SEARCHABLE)
		st = set_document(object, stored, entry, list, err);
	if (st == LUPE_OK)
		print_json(object);
	else
		json_decref(object);
	return st;
}

/* What joins all: numbers that would show a document without an entry. */
static lupe_status dump_totals(struct reading *reading, struct lupe_error *err)
{
	struct xc_statistics statistics;
	lupe_status st = xc_database_statistics(index_database(reading->index), &statistics, err);

	if (st == LUPE_OK)
		print_json(json_pack("{s:i, s:I, s:I, s:I, s:s}", "schema", JSON_SCHEMA, "files",
			(json_int_t)reading->manifest->files, "documents",
			(json_int_t)statistics.documents, "length",
			(json_int_t)statistics.total_length, "analyser",
			reading->manifest->analyser));
	return st;
}

lupe_status command_dump(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	struct stored stored;
	lupe_status st = reading_start(options, &reading, err);
	struct catalog *catalog = &reading.catalog;

	if (st == LUPE_OK) {
		stored_init(&stored, index_database(reading.index));
		st = dump_totals(&reading, err);
		if (catalog->count)
			qsort(catalog->entries, catalog->count, sizeof(*catalog->entries),
				compare_entries);
		for (size_t i = 0; st == LUPE_OK && i < catalog->count; i++)
			st = dump_entry(&stored, catalog->entries[i], options->terms, err);
		stored_done(&stored);
	}
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	reading_done(&reading);
	return st;
}
