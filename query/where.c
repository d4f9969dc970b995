/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages and headings are attributes of blocks, lines of frames: both tables are in the record's
 * head, so text is read only to count the lines up to where a page begins and for the words of a
 * heading, once for each.
 */
#include "query/where.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "query/document_internal.h"
#include "query/oneline.h"
#include "text/utf8.h"

enum { HEADING_BYTES = 300 };

struct finder {
	struct document *document;
	uint32_t page; /* whose first line is known; 0: none */
	uint32_t page_first_line;
	size_t heading_block; /* whose text is in `heading`; SIZE_MAX: none */
	struct buf heading;
	struct span label; /* of `page`; points into the record or to `number` */
	char number[16];
};

struct finder *finder_new(struct document *document)
{
	struct finder *finder = mem_zalloc(sizeof(*finder));
	finder->document = document;
	finder_reset(finder);
	return finder;
}

void finder_free(struct finder *finder)
{
	if (!finder)
		return;
	buf_done(&finder->heading);
	free(finder);
}

void finder_reset(struct finder *finder)
{
	finder->page = 0;
	finder->heading_block = SIZE_MAX;
}

/* Number of the line that holds a byte. */
static lupe_status line_of(
	struct document *d, uint32_t begin, uint32_t *ret, struct lupe_error *err)
{
	size_t index = document_frame_of_byte(d, begin);
	const struct frame *frame = record_frame(d->record, index);
	struct span text = SPAN("");
	*ret = frame->first_line;
	if (frame->begin == begin)
		return LUPE_OK;
	lupe_status status = record_frame_text(d->record, index, &text, err);
	for (size_t i = 0; i < text.len && frame->begin + i < begin; i++)
		*ret += text.ptr[i] == '\n';
	return status;
}

static lupe_status find_page(struct finder *f, const struct block *blocks, size_t block,
	struct where *ret, struct lupe_error *err)
{
	ret->page = blocks[block].page;
	if (!ret->page)
		return LUPE_OK;
	if (f->page != ret->page) {
		while (block > 0 && blocks[block - 1].page == ret->page)
			block--;
		f->page = 0;
		lupe_status status =
			line_of(f->document, blocks[block].begin, &f->page_first_line, err);
		if (status != LUPE_OK)
			return status;
		f->page = ret->page;
		snprintf(f->number, sizeof(f->number), "%u", ret->page);
		f->label = record_page_label(record_fields(f->document->record), ret->page);
		if (!f->label.len)
			f->label = span_of(f->number);
	}
	ret->label = f->label;
	ret->line -= ret->line >= f->page_first_line ? f->page_first_line - 1 : 0;
	return LUPE_OK;
}

static lupe_status read_heading(
	struct finder *f, uint32_t begin, uint32_t end, struct lupe_error *err)
{
	BUF_SCOPED(text);
	if (end - begin > HEADING_BYTES)
		end = begin + HEADING_BYTES;
	lupe_status status = document_range(f->document, begin, end, &text, err);
	if (status != LUPE_OK)
		return status;
	struct span trimmed = {text.ptr, text.len ? utf8_whole(text.ptr, text.len) : 0};
	trimmed = span_trim(trimmed);
	while (trimmed.len && (*trimmed.ptr == '#' || *trimmed.ptr == ' '))
		trimmed = span_skip(trimmed, 1);
	buf_clear(&f->heading);
	oneline_add(&f->heading, trimmed, NULL, 0);
	return LUPE_OK;
}

lupe_status finder_heading(
	struct finder *f, uint32_t begin, struct span *ret, struct lupe_error *err)
{
	size_t count;
	const struct block *blocks = record_blocks(f->document->record, &count);
	size_t block = document_block_of(f->document, begin);
	*ret = SPAN("");
	while (block != SIZE_MAX && block > 0 && blocks[block].kind != BLOCK_HEADING)
		block--;
	if (block == SIZE_MAX || blocks[block].kind != BLOCK_HEADING)
		return LUPE_OK;
	if (f->heading_block != block) {
		uint32_t end = block + 1 < count ? blocks[block + 1].begin
						 : (uint32_t)record_text_bytes(f->document->record);
		f->heading_block = SIZE_MAX;
		lupe_status status = read_heading(f, blocks[block].begin, end, err);
		if (status != LUPE_OK)
			return status;
		f->heading_block = block;
	}
	*ret = buf_span(&f->heading);
	return LUPE_OK;
}

lupe_status finder_find(
	struct finder *f, uint32_t begin, uint32_t line, struct where *ret, struct lupe_error *err)
{
	size_t count;
	const struct block *blocks = record_blocks(f->document->record, &count);
	size_t block = document_block_of(f->document, begin);
	*ret = (struct where){.line = line};
	if (block == SIZE_MAX)
		return LUPE_OK;
	return find_page(f, blocks, block, ret, err);
}
