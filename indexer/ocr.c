/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A document is put together anew of its blocks and of what was recognised, page by page. What a
 * program may do while it recognises is filter.c's.
 */
#include "indexer/ocr.h"

#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/limits.h"
#include "indexer/filter.h"
#include "text/decode.h"

/* The kernel takes 128 KiB in one variable. */
enum { LIST_MAX_BYTES = 100000 };

static bool is_wanted(const struct document *document, uint32_t page)
{
	return page > 0 && page <= document->picture_pages.len &&
	       document->picture_pages.ptr[page - 1];
}

uint32_t ocr_count_pages(const struct document *document)
{
	uint32_t count = 0;

	for (size_t i = 0; i < document->picture_pages.len; i++)
		count += document->picture_pages.ptr[i] != 0;
	return count;
}

static void list_pages(const struct document *document, struct buf *ret)
{
	for (uint32_t page = 1; page <= document->pages && ret->len < LIST_MAX_BYTES; page++)
		if (is_wanted(document, page))
			buf_printf(ret, "%s%u", ret->len ? " " : "", page);
	if (ret->len >= LIST_MAX_BYTES)
		buf_clear(ret);
}

/* ---- putting together ---- */

struct merge {
	struct document *document;
	size_t next; /* the document's block that has not been taken over yet */
	struct buf text;
	struct block *blocks;
	size_t count, capacity;
	uint32_t recognised; /* pages */
};

static void add(struct merge *merge, struct block block, struct span text)
{
	if (merge->text.len && merge->text.ptr[merge->text.len - 1] != '\n')
		buf_add_byte(&merge->text, '\n');
	block.begin = (uint32_t)merge->text.len;
	ARRAY_GROW(merge->blocks, merge->count, merge->capacity);
	merge->blocks[merge->count++] = block;
	buf_add_span(&merge->text, text);
}

/* Takes over the blocks that stand before page `page`. */
static void copy_before(struct merge *merge, uint32_t page)
{
	const struct document *document = merge->document;
	const char *text = document->text.ptr;

	for (; merge->next < document->block_count; merge->next++) {
		const struct block *block = &document->blocks[merge->next];
		bool last = merge->next + 1 == document->block_count;

		if (block->page >= page)
			return;
		add(merge, *block,
			span_from(text + block->begin,
				text + (last ? document->text.len : block[1].begin)));
	}
}

static void add_page(struct merge *merge, uint32_t page, struct span text)
{
	if (!is_wanted(merge->document, page) || !span_trim(text).len)
		return;
	copy_before(merge, page);
	add(merge, (struct block){.page = page, .kind = BLOCK_TEXT}, text);
	merge->recognised++;
}

static uint32_t first_wanted(const struct document *document)
{
	uint32_t page = 1;

	while (page < document->pages && !is_wanted(document, page))
		page++;
	return page;
}

static void add_output(struct merge *merge, struct span output)
{
	uint32_t page = 0;

	if (output.len && !memchr(output.ptr, '\f', output.len)) {
		add_page(merge, first_wanted(merge->document), output);
		output.len = 0;
	}
	while (output.ptr && output.len)
		add_page(merge, ++page, span_take(&output, '\f'));
	copy_before(merge, UINT32_MAX);
}

/* The document takes what was put together. */
static void finish(struct merge *merge, const struct command *command)
{
	struct document *document = merge->document;

	if (merge->recognised && document->text.len)
		buf_printf(&document->notice, "%stext of %u of %u pages recognised by %s",
			document->notice.len ? "; " : "", merge->recognised, document->pages,
			command_name(command));
	else if (merge->recognised)
		buf_printf(&document->notice, "%stext recognised by %s",
			document->notice.len ? "; " : "", command_name(command));
	buf_done(&document->text);
	free(document->blocks);
	document->text = merge->text;
	document->blocks = merge->blocks;
	document->block_count = merge->count;
	document->block_capacity = merge->capacity;
	document->pages_without_text -= merge->recognised;
	document->image_only = !document->text.len;
	buf_clear(&document->picture_pages);
}

lupe_status ocr_read(const struct command *command, const struct extract_settings *settings, int fd,
	struct document *document, struct lupe_error *err)
{
	struct merge merge = {.document = document};
	struct decode_report report;
	BUF_SCOPED(pages);
	BUF_SCOPED(output);
	BUF_SCOPED(text);

	list_pages(document, &pages);
	lupe_status st = filter_run(command, settings, fd, buf_string(&pages), &output, err);
	if (st != LUPE_OK)
		return st;
	text_decode(buf_span(&output), &text, &report);
	if (report.binary)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: prints binary data, not text",
			command_name(command));
	if (text.len + document->text.len > LIMIT_TEXT_BYTES)
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "more than %d MB of text", LIMIT_TEXT_BYTES >> 20);
	add_output(&merge, buf_span(&text));
	finish(&merge, command);
	return LUPE_OK;
}
