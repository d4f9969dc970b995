/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a path to its document and text. Whether these are right is for the caller to judge. */
#include "indexer/stored.h"

#include "base/hash.h"
#include "base/mem.h"
#include "store/seal.h"

void stored_init(struct stored *stored, xc_database *database)
{
	*stored = (struct stored){.database = database, .record = record_new()};
}

void stored_done(struct stored *stored)
{
	xc_document_close(stored->document);
	record_free(stored->record);
	buf_done(&stored->text);
}

static lupe_status find_docid(struct stored *stored, struct span path, struct lupe_error *err)
{
	char term[1 + HASH128_HEX_LEN + 1] = PREFIX_ID;
	xc_postings *postings;
	uint32_t other;

	hash128_hex(hash128(path), term + 1);
	lupe_status st = xc_postings_start(
		stored->database, (struct xc_bytes){term, 1 + HASH128_HEX_LEN}, &postings, err);
	if (st < 0)
		return st;
	st = xc_postings_next(postings, &stored->docid, NULL, err);
	if (st == LUPE_END)
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "no document");
	else if (st == LUPE_OK && xc_postings_next(postings, &other, NULL, err) != LUPE_END)
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "more than one document");
	xc_postings_close(postings);
	return st;
}

void stored_close(struct stored *stored)
{
	xc_document_close(stored->document);
	stored->document = NULL;
}

lupe_status stored_open(struct stored *stored, struct span path, struct lupe_error *err)
{
	stored_close(stored);
	lupe_status st = find_docid(stored, path, err);
	if (st == LUPE_OK)
		st = xc_document_open(
			stored->database, stored->docid, true, &stored->document, err);
	if (st == LUPE_OK)
		st = record_open(stored->record, sealed_value, stored->document, err);
	return st;
}

lupe_status stored_read_text(struct stored *stored, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	buf_clear(&stored->text);
	for (size_t i = 0; i < record_frame_count(stored->record) && st == LUPE_OK; i++) {
		struct span text;

		st = record_frame_text(stored->record, i, &text, err);
		if (st == LUPE_OK)
			buf_add(&stored->text, text.ptr, text.len);
	}
	return st;
}

void stored_restore_fields(const struct stored *stored, struct document *document)
{
	const struct record_fields *fields = record_fields(stored->record);

	document_clear(document);
	buf_add_span(&document->title, fields->title);
	buf_add_span(&document->author, fields->author);
	buf_add_span(&document->body, fields->body);
	buf_add_span(&document->language, fields->language);
	buf_add_span(&document->page_labels, fields->page_labels);
	if (fields->date.len < sizeof(document->date.text)) {
		memcpy(document->date.text, fields->date.ptr, fields->date.len);
		document->date.text[fields->date.len] = '\0';
	}
	document->date_source = fields->date_source;
	document->pages = fields->pages;
}

void stored_restore_text(const struct stored *stored, struct document *document)
{
	size_t count;
	const struct block *blocks = record_blocks(stored->record, &count);

	buf_add_span(&document->text, buf_span(&stored->text));
	for (size_t i = 0; i < count; i++) {
		ARRAY_GROW(document->blocks, document->block_count, document->block_capacity);
		document->blocks[document->block_count++] = blocks[i];
	}
}
