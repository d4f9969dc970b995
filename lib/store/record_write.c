/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Encoding of a document; the format is in record_format.h, the cutting into frames in frame.c. */
#include <assert.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "store/record_format.h"

/* Measured on 166 MB: level 5 saves .014 of the text for twice the time, 1 hardly saves time. */
enum { COMPRESSION_LEVEL = 3 };

struct record_writer {
	ZSTD_CCtx *zstd;
	ZSTD_CDict *dictionary;
	struct buf record;
	struct buf head;
	struct buf frames;
};

struct record_writer *record_writer_new(void)
{
	struct record_writer *writer = mem_zalloc(sizeof(*writer));
	writer->zstd = ZSTD_createCCtx();
	writer->dictionary =
		ZSTD_createCDict(frame_dictionary, frame_dictionary_bytes, COMPRESSION_LEVEL);
	/* The frame table has the size, and reading checks what is decoded. */
	if (!writer->zstd || !writer->dictionary ||
		ZSTD_isError(ZSTD_CCtx_refCDict(writer->zstd, writer->dictionary)) ||
		ZSTD_isError(ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_contentSizeFlag, 0)) ||
		ZSTD_isError(ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_dictIDFlag, 0)) ||
		ZSTD_isError(ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_checksumFlag, 0)))
		abort();
	return writer;
}

void record_writer_free(struct record_writer *writer)
{
	if (!writer)
		return;
	ZSTD_freeCCtx(writer->zstd);
	ZSTD_freeCDict(writer->dictionary);
	buf_done(&writer->record);
	buf_done(&writer->head);
	buf_done(&writer->frames);
	free(writer);
}

/* Appends a frame to `writer->frames` and returns its size there. */
static size_t add_frame(struct record_writer *writer, struct span text)
{
	size_t bound = ZSTD_compressBound(text.len);
	char *end = buf_reserve(&writer->frames, bound);
	size_t size = ZSTD_compress2(writer->zstd, end, bound, text.ptr, text.len);
	if (ZSTD_isError(size) || size >= text.len) {
		buf_add_span(&writer->frames, text);
		size = text.len;
	} else {
		writer->frames.len += size;
	}
	return size;
}

static void add_fields(struct buf *out, const struct record_fields *fields)
{
	buf_add_counted(out, fields->path);
	buf_add_counted(out, fields->title);
	buf_add_counted(out, fields->author);
	buf_add_counted(out, fields->body);
	buf_add_counted(out, fields->language);
	buf_add_counted(out, fields->type);
	buf_add_counted(out, fields->date);
	buf_add_varint(out, fields->date_source);
	buf_add_varint(out, fields->pages);
	buf_add_counted(out, fields->page_labels);
}

static uint64_t zigzag(int64_t value)
{
	return value < 0 ? ((uint64_t)(-value) << 1) - 1 : (uint64_t)value << 1;
}

static void add_blocks(struct buf *out, const struct block *blocks, size_t block_count)
{
	struct block before = {0};
	buf_add_varint(out, block_count);
	for (size_t i = 0; i < block_count; i++) {
		const struct block *block = &blocks[i];
		bool page_changes = block->page != before.page;
		assert(block->begin >= before.begin && block->kind <= BLOCK_NOTE);
		buf_add_varint(out, block->begin - before.begin);
		buf_add_varint(out, (uint64_t)block->level << RECORD_TAG_LEVEL_SHIFT |
					    (uint64_t)block->kind << RECORD_TAG_KIND_SHIFT |
					    page_changes);
		if (page_changes)
			buf_add_varint(out, zigzag((int64_t)block->page - before.page));
		before = *block;
	}
}

static void add_frames(
	struct record_writer *writer, struct span text, const struct frame_plan *plan)
{
	struct frame before = {0, 0, 0, 1};
	buf_add_varint(&writer->head, plan->count);
	buf_clear(&writer->frames);
	for (size_t i = 0; i < plan->count; i++) {
		const struct frame *frame = &plan->frames[i];
		size_t bytes = frame->end - frame->begin;
		assert(frame->begin == before.end && bytes <= FRAME_MAX_BYTES);
		assert(frame->first_position >= before.first_position);
		buf_add_varint(&writer->head, bytes);
		struct span part = {bytes ? text.ptr + frame->begin : NULL, bytes};
		buf_add_varint(&writer->head, add_frame(writer, part));
		buf_add_varint(&writer->head, frame->first_position - before.first_position);
		buf_add_varint(&writer->head, frame->first_line - before.first_line);
		before = *frame;
	}
	assert(before.end == text.len);
}

static void add_checkpoints(struct buf *out, const struct frame_plan *plan)
{
	struct checkpoint before = {0, 0};
	buf_add_varint(out, plan->checkpoint_count);
	for (size_t i = 0; i < plan->checkpoint_count; i++) {
		const struct checkpoint *checkpoint = &plan->checkpoints[i];
		assert(checkpoint->offset >= before.offset);
		assert(checkpoint->position >= before.position);
		buf_add_varint(out, checkpoint->offset - before.offset);
		buf_add_varint(out, checkpoint->position - before.position);
		before = *checkpoint;
	}
}

/* The head that is there, and frames behind it. */
static struct span join(struct record_writer *writer, struct span frames)
{
	buf_clear(&writer->record);
	buf_add_byte(&writer->record, RECORD_VERSION);
	buf_add_counted(&writer->record, buf_span(&writer->head));
	buf_add_span(&writer->record, frames);
	return buf_span(&writer->record);
}

struct span record_encode(struct record_writer *writer, const struct record_fields *fields,
	struct span text, const struct block *blocks, size_t block_count,
	const struct frame_plan *plan)
{
	buf_clear(&writer->head);
	add_fields(&writer->head, fields);
	add_blocks(&writer->head, blocks, block_count);
	add_frames(writer, text, plan);
	add_checkpoints(&writer->head, plan);
	return join(writer, buf_span(&writer->frames));
}

struct span record_encode_again(struct record_writer *writer, const struct record *record,
	const struct record_fields *fields)
{
	struct span tables, frames;
	record_parts(record, &tables, &frames);
	buf_clear(&writer->head);
	add_fields(&writer->head, fields);
	buf_add_span(&writer->head, tables);
	return join(writer, frames);
}
