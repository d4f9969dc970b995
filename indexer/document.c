/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the bytes of a file to a document: decodes, lets the reader of the type find blocks and
 * fields, and fills in from the file name what the text does not say.
 */
#include "indexer/document.h"

#include <assert.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/body.h"
#include "indexer/format.h"
#include "text/decode.h"

enum { FIELD_MAX_BYTES = 1000 };

void document_done(struct document *document)
{
	buf_done(&document->text);
	buf_done(&document->title);
	buf_done(&document->author);
	buf_done(&document->body);
	buf_done(&document->language);
	buf_done(&document->page_labels);
	buf_done(&document->notice);
	buf_done(&document->picture_pages);
	free(document->blocks);
	*document = (struct document){0};
}

void document_clear(struct document *document)
{
	struct document clear = {
		.text = document->text,
		.blocks = document->blocks,
		.block_capacity = document->block_capacity,
		.title = document->title,
		.author = document->author,
		.body = document->body,
		.language = document->language,
		.page_labels = document->page_labels,
		.notice = document->notice,
		.picture_pages = document->picture_pages,
	};

	*document = clear;
	buf_clear(&document->text);
	buf_clear(&document->title);
	buf_clear(&document->author);
	buf_clear(&document->body);
	buf_clear(&document->language);
	buf_clear(&document->page_labels);
	buf_clear(&document->notice);
	buf_clear(&document->picture_pages);
}

void document_add_text(struct document *document, struct span text)
{
	text_decode(text, &document->text, NULL);
}

void document_add_block(
	struct document *document, size_t begin, enum block_kind kind, unsigned level)
{
	struct block *last =
		document->block_count ? &document->blocks[document->block_count - 1] : NULL;

	if (last && last->begin == begin)
		document->block_count--;
	else if (last && last->kind == BLOCK_TEXT && kind == BLOCK_TEXT &&
		 last->page == document->page)
		return;
	ARRAY_GROW(document->blocks, document->block_count, document->block_capacity);
	document->blocks[document->block_count++] = (struct block){
		.begin = (uint32_t)begin,
		.page = document->page,
		.kind = (uint8_t)kind,
		.level = (uint8_t)level,
	};
}

/* The longest beginning of `s` of at most `limit` bytes that does not cut a character. */
static struct span cut(struct span s, size_t limit)
{
	if (s.len <= limit)
		return s;
	while (limit > 0 && (s.ptr[limit] & 0xc0) == 0x80)
		limit--;
	return (struct span){s.ptr, limit};
}

void document_set_field(struct buf *field, struct span value)
{
	bool blank = true; /* none leads */

	buf_clear(field);
	for (size_t i = 0; i < value.len; i++) {
		bool control = (unsigned char)value.ptr[i] <= ' ' || value.ptr[i] == 0x7f;

		if (!control)
			buf_add_byte(field, value.ptr[i]);
		else if (!blank)
			buf_add_byte(field, ' ');
		blank = control;
	}
	size_t len = span_trim(cut(buf_span(field), FIELD_MAX_BYTES)).len;
	if (len < field->len)
		field->ptr[field->len = len] = '\0';
}

void document_set_title(struct document *document, struct span title)
{
	document_set_field(&document->title, title);
}

static void add_notice(struct document *document, const struct decode_report *report)
{
	if (report->encoding != ENCODING_UTF8)
		buf_printf(&document->notice, "read as %s", text_encoding_name(report->encoding));
	if (report->bad_bytes == 0)
		return;
	if (document->notice.len)
		buf_add_string(&document->notice, "; ");
	buf_printf(&document->notice,
		report->bad_bytes == 1 ? "%zu byte was not %s, at offset %zu"
				       : "%zu bytes were not %s, first at offset %zu",
		report->bad_bytes, text_encoding_name(report->encoding), report->first_bad_offset);
}

/* File names are any bytes; a title is UTF-8. */
static void set_title_from_name(struct document *document, struct span stem)
{
	BUF_SCOPED(decoded);

	text_decode(stem, &decoded, NULL);
	document_set_title(document, buf_span(&decoded));
	if (document->title.len == 0)
		buf_add_string(&document->title, "?");
}

/* The text of the first page that has any; all of it in a document without pages. */
static struct span first_page(const struct document *document)
{
	struct span text = buf_span(&document->text);

	for (size_t i = 1; i < document->block_count; i++)
		if (document->blocks[i].page != document->blocks[0].page)
			return (struct span){text.ptr, document->blocks[i].begin};
	return text;
}

static bool find_date(const struct document *document, struct date *ret)
{
	return date_in_first_lines(first_page(document), ret) ||
	       date_in_title(buf_span(&document->title), ret);
}

static void find_body(struct document *document)
{
	struct span title = buf_span(&document->title), author = buf_span(&document->author);
	struct span found;

	if (document->body.len == 0 &&
		(body_in_first_lines(first_page(document), &found) || body_in_title(title, &found)))
		document_set_field(&document->body, found);
	else if (document->body.len == 0 && body_is_name(author))
		document_set_field(&document->body, author);
}

static void find_author(struct document *document)
{
	struct span found;

	if (document->author.len == 0 && author_in_first_lines(first_page(document), &found))
		document_set_field(&document->author, found);
}

void document_finish_by_name(struct document *document, struct span path)
{
	const struct format *format = format_of(path);
	struct span stem = path_base(path);

	if (format)
		stem.len -= strlen(format->extension);
	if (document->date_source == DATE_NONE && date_in_file_name(stem, &document->date))
		document->date_source = DATE_FILE_NAME;
	if (document->title.len == 0) {
		set_title_from_name(document, stem);
		document->origins |= ORIGIN_TITLE_NAME;
	}
}

void document_finish(struct document *document, struct span path)
{
	find_body(document);
	find_author(document);
	if (document->date_source == DATE_NONE && find_date(document, &document->date))
		document->date_source = DATE_TITLE_PAGE;
	document_finish_by_name(document, path);
}

void document_set_file_date(struct document *document, struct span value)
{
	struct date made, own = {""};

	if (document->date_source != DATE_NONE || !date_in_value(value, &made))
		return;
	find_date(document, &own);
	document->date_source =
		date_choose(&made, &own, &document->date) ? DATE_METADATA : DATE_TITLE_PAGE;
}

lupe_status document_parse(
	struct document *document, struct span path, struct span raw, struct lupe_error *err)
{
	const struct format *format = format_of(path);
	struct decode_report report;

	assert(format && !format->in_helper);
	document_clear(document);
	document->type = format->media_type;
	text_decode(raw, &document->text, &report);
	if (report.binary)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "binary data, not text");
	add_notice(document, &report);
	if (document->text.len && strcmp(format->media_type, "text/markdown") == 0)
		document_parse_markdown(document);
	else if (document->text.len)
		document_parse_plain(document);
	document_finish(document, path);
	return LUPE_OK;
}
