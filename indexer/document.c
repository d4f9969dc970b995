/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the bytes of a file to a document: decodes, lets the reader of the type find blocks and
 * fields, and fills in from the file name what the text does not say.
 */
#include "indexer/document.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "text/decode.h"

enum { TITLE_MAX_BYTES = 1000 };

static const struct {
	const char *extension;
	const char *media_type;
	void (*parse)(struct document *document);
} types[] = {
	{".txt", "text/plain", document_parse_plain},
	{".md", "text/markdown", document_parse_markdown},
};

static int type_of(struct span name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t len = strlen(types[i].extension);

		if (name.len > len &&
			strncasecmp(name.ptr + name.len - len, types[i].extension, len) == 0)
			return (int)i;
	}
	return -1;
}

bool document_is_readable(struct span file_name)
{
	return type_of(file_name) >= 0;
}

void document_done(struct document *document)
{
	buf_done(&document->text);
	buf_done(&document->title);
	buf_done(&document->author);
	buf_done(&document->notice);
	free(document->blocks);
	*document = (struct document){0};
}

static void document_clear(struct document *document)
{
	buf_clear(&document->text);
	buf_clear(&document->title);
	buf_clear(&document->author);
	buf_clear(&document->notice);
	document->block_count = 0;
	document->date = (struct date){""};
	document->date_source = DATE_NONE;
}

void document_add_block(
	struct document *document, size_t begin, enum block_kind kind, unsigned level)
{
	struct block *last =
		document->block_count ? &document->blocks[document->block_count - 1] : NULL;

	if (last && last->begin == begin)
		document->block_count--;
	else if (last && last->kind == BLOCK_TEXT && kind == BLOCK_TEXT)
		return;
	ARRAY_GROW(document->blocks, document->block_count, document->block_capacity);
	document->blocks[document->block_count++] = (struct block){
		.begin = (uint32_t)begin,
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

void document_set_title(struct document *document, struct span title)
{
	bool blank = false;

	title = span_trim(title);
	buf_clear(&document->title);
	for (size_t i = 0; i < title.len; i++) {
		bool control = (unsigned char)title.ptr[i] <= ' ' || title.ptr[i] == 0x7f;

		if (!control)
			buf_add_byte(&document->title, title.ptr[i]);
		else if (!blank)
			buf_add_byte(&document->title, ' ');
		blank = control;
	}
	size_t len = span_trim(cut(buf_span(&document->title), TITLE_MAX_BYTES)).len;
	if (len < document->title.len)
		document->title.ptr[document->title.len = len] = '\0';
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

static struct span base_name(struct span path)
{
	const char *slash = memrchr(path.ptr, '/', path.len);

	return slash ? span_from(slash + 1, path.ptr + path.len) : path;
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

lupe_status document_parse(
	struct document *document, struct span path, struct span raw, struct lupe_error *err)
{
	struct span name = base_name(path);
	int type = type_of(name);
	struct decode_report report;

	assert(type >= 0);
	document_clear(document);
	document->type = types[type].media_type;
	text_decode(raw, &document->text, &report);
	if (report.binary)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "binary data, not text");
	add_notice(document, &report);

	if (document->text.len)
		types[type].parse(document);
	struct span stem = {name.ptr, name.len - strlen(types[type].extension)};
	if (document->title.len == 0)
		set_title_from_name(document, stem);
	if (document->date_source == DATE_NONE && date_in_file_name(stem, &document->date))
		document->date_source = DATE_FILE_NAME;
	return LUPE_OK;
}
