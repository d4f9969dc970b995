/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Encoding of a document; the format is in record_format.h, the cutting into frames in frame.c. */
#include <assert.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "store/record_format.h"
#include "store/schema.h"

/* Measured on 166 MB: level 5 saves .014 of the text for twice the time, 1 hardly saves time. */
enum { COMPRESSION_LEVEL = 3 };

struct record_writer {
	ZSTD_CCtx *zstd;
	ZSTD_CDict *dictionary;
	struct buf head;
	struct buf frames;
	size_t *stored; /* where each frame begins among them, and where the last one ends */
	size_t stored_capacity;
	struct buf sealed[RECORD_VALUES_MAX];
	struct xc_value values[RECORD_VALUES_MAX];
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
	buf_done(&writer->head);
	buf_done(&writer->frames);
	free(writer->stored);
	for (size_t i = 0; i < RECORD_VALUES_MAX; i++)
		buf_done(&writer->sealed[i]);
	free(writer);
}

/* Appends a frame to `writer->frames`. */
static void compress_frame(struct record_writer *writer, struct span text)
{
	size_t bound = ZSTD_compressBound(text.len);
	char *end = buf_reserve(&writer->frames, bound);
	size_t size = ZSTD_compress2(writer->zstd, end, bound, text.ptr, text.len);
	if (ZSTD_isError(size) || size >= text.len)
		buf_add_span(&writer->frames, text);
	else
		writer->frames.len += size;
}

static void compress_frames(
	struct record_writer *writer, struct span text, const struct frame_plan *plan)
{
	buf_clear(&writer->frames);
	for (size_t i = 0; i <= plan->count; i++) {
		ARRAY_GROW(writer->stored, i, writer->stored_capacity);
		writer->stored[i] = writer->frames.len;
		if (i == plan->count)
			break;
		size_t bytes = plan->frames[i].end - plan->frames[i].begin;
		assert(bytes <= FRAME_MAX_BYTES);
		compress_frame(writer,
			(struct span){bytes ? text.ptr + plan->frames[i].begin : NULL, bytes});
	}
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
	struct record_writer *writer, const struct frame_plan *plan, size_t piece_bytes)
{
	struct buf *out = &writer->head;
	struct frame before = {0, 0, 0, 1};
	buf_add_varint(out, piece_bytes);
	buf_add_varint(out, plan->count);
	for (size_t i = 0; i < plan->count; i++) {
		const struct frame *frame = &plan->frames[i];
		assert(frame->begin == before.end);
		assert(frame->first_position >= before.first_position);
		buf_add_varint(out, frame->end - frame->begin);
		buf_add_varint(out, writer->stored[i + 1] - writer->stored[i]);
		buf_add_varint(out, frame->first_position - before.first_position);
		buf_add_varint(out, frame->first_line - before.first_line);
		before = *frame;
	}
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

static struct xc_value seal_record(struct record_writer *writer)
{
	struct span sealed = seal(&writer->sealed[0], buf_span(&writer->head));
	return (struct xc_value){SLOT_RECORD, {sealed.ptr, sealed.len}};
}

/* The frames, cut into pieces behind the record. */
static size_t add_pieces(struct record_writer *writer, size_t frame_count, size_t piece_bytes)
{
	size_t count = 1;
	for (size_t from = 0, to; from < frame_count; from = to) {
		size_t piece = writer->stored[from] / piece_bytes;
		for (to = from + 1; to < frame_count; to++)
			if (writer->stored[to] / piece_bytes != piece)
				break;
		size_t begin = writer->stored[from], end = writer->stored[to];
		if (begin == end) /* an empty text */
			continue;
		struct span body = {writer->frames.ptr + begin, end - begin};
		struct span sealed = seal(&writer->sealed[count], body);
		writer->values[count++] =
			(struct xc_value){SLOT_TEXT + (uint32_t)piece, {sealed.ptr, sealed.len}};
	}
	return count;
}

const struct xc_value *record_encode(struct record_writer *writer,
	const struct record_fields *fields, struct span text, const struct block *blocks,
	size_t block_count, const struct frame_plan *plan, size_t *ret_count)
{
	compress_frames(writer, text, plan);
	size_t piece_bytes = writer->frames.len / PIECES_MAX + 1;
	if (piece_bytes < PIECE_BYTES)
		piece_bytes = PIECE_BYTES;
	buf_clear(&writer->head);
	buf_add_byte(&writer->head, RECORD_VERSION);
	add_fields(&writer->head, fields);
	add_blocks(&writer->head, blocks, block_count);
	add_frames(writer, plan, piece_bytes);
	add_checkpoints(&writer->head, plan);
	*ret_count = add_pieces(writer, plan->count, piece_bytes);
	writer->values[0] = seal_record(writer);
	return writer->values;
}

struct xc_value record_encode_again(struct record_writer *writer, const struct record *record,
	const struct record_fields *fields)
{
	buf_clear(&writer->head);
	buf_add_byte(&writer->head, RECORD_VERSION);
	add_fields(&writer->head, fields);
	buf_add_span(&writer->head, record_tables(record));
	return seal_record(writer);
}
