/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decoding of a document, with distrust: whatever the bytes are, the result is a document that
 * keeps the promises of record.h, or LUPE_ERROR_CORRUPT. No count is believed before there are
 * bytes enough for it. The head is read at once, frames when they are asked for.
 */
#include <assert.h>
#include <stdlib.h>
#define ZSTD_STATIC_LINKING_ONLY /* a dictionary that is not copied */
#include <zstd.h>

#include "base/mem.h"
#include "store/record_format.h"
#include "store/schema.h"

enum { KEPT_TEXTS = 2, SHORTEST_BLOCK_BYTES = 2, SHORTEST_FRAME_ROW_BYTES = 4 };

/* A decoded frame. */
struct kept_text {
	size_t frame;
	char *ptr; /* FRAME_MAX_BYTES */
	bool filled;
};

struct record {
	value_source source;
	void *context;
	struct span tables; /* the record behind the fields; borrowed, as what those point to */
	struct record_fields fields;
	struct block *blocks;
	size_t block_count, block_capacity;
	struct frame *frames;
	size_t *stored; /* bytes stored of the frames before each, and of all */
	size_t frame_count, frame_capacity, piece_bytes;
	size_t piece; /* read last; SIZE_MAX: none */
	struct span piece_body;
	struct checkpoint *checkpoints;
	size_t checkpoint_count, checkpoint_capacity;
	struct kept_text kept[KEPT_TEXTS]; /* the one asked for last in front */
	uint32_t *breaks;
	size_t break_capacity;
	ZSTD_DCtx *zstd; /* made for the first frame, as the dictionary is */
	ZSTD_DDict *dictionary;
};

const char *date_source_name(enum date_source source)
{
	static const char *const names[] = {
		NULL, "metadata", "front-matter", "title-page", "file-name", "configuration"};
	return names[source];
}

struct record *record_new(void)
{
	return mem_zalloc(sizeof(struct record));
}

void record_free(struct record *record)
{
	if (!record)
		return;
	for (size_t i = 0; i < KEPT_TEXTS; i++)
		free(record->kept[i].ptr);
	free(record->blocks);
	free(record->checkpoints);
	free(record->frames);
	free(record->stored);
	free(record->breaks);
	ZSTD_freeDCtx(record->zstd);
	ZSTD_freeDDict(record->dictionary);
	free(record);
}

static lupe_status damaged(const struct record *record, const char *what, struct lupe_error *err)
{
	if (!record->fields.path.len)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "stored document: %s", what);
	return lupe_fail(err, LUPE_ERROR_CORRUPT, "%.*s: stored document: %s",
		SPAN_ARG(record->fields.path), what);
}

/* ---- UTF-8 ---- */

/* Length of the character at `s` (RFC 3629, table 3-7 of Unicode); 0 if it is none. */
static size_t utf8_length(const unsigned char *s, size_t len)
{
	unsigned char c = s[0];
	if (c < 0x80)
		return 1;
	size_t need = c < 0xE0 ? 2 : (c < 0xF0 ? 3 : 4);
	if (c < 0xC2 || c > 0xF4 || need > len)
		return 0;
	unsigned char low = c == 0xE0 ? 0xA0 : (c == 0xF0 ? 0x90 : 0x80);
	unsigned char high = c == 0xED ? 0x9F : (c == 0xF4 ? 0x8F : 0xBF);
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < need; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	return need;
}

static bool is_utf8(struct span text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t left = text.len;
	while (left) {
		uint64_t eight;
		if (left >= sizeof(eight)) {
			memcpy(&eight, s, sizeof(eight));
			if (!(eight & UINT64_C(0x8080808080808080))) {
				s += sizeof(eight);
				left -= sizeof(eight);
				continue;
			}
		}
		size_t n = utf8_length(s, left);
		if (!n)
			return false;
		s += n;
		left -= n;
	}
	return true;
}

/* ---- the head ---- */

/* Takes a varint of at most `most` off. */
static bool take_number(struct span *in, uint64_t most, uint64_t *ret)
{
	return span_take_varint(in, ret) && *ret <= most;
}

static bool take_uint32(struct span *in, uint32_t *ret)
{
	uint64_t value;
	if (!take_number(in, UINT32_MAX, &value))
		return false;
	*ret = (uint32_t)value;
	return true;
}

/* Takes what a number has grown by off; false if it would pass `most` or 32 bits. */
static bool take_increase(struct span *in, uint64_t most, uint32_t *number)
{
	uint64_t increase;
	if (most > UINT32_MAX)
		most = UINT32_MAX;
	if (*number > most || !take_number(in, most - *number, &increase))
		return false;
	*number += (uint32_t)increase;
	return true;
}

static bool take_text(struct span *in, struct span *ret)
{
	return span_take_counted(in, ret) && is_utf8(*ret);
}

/* As many labels as there are pages, or none. */
static bool take_labels(struct span *in, uint32_t pages, struct span *ret)
{
	uint32_t count = 0;
	if (!take_text(in, ret))
		return false;
	for (size_t i = 0; i < ret->len; i++)
		count += ret->ptr[i] == '\0';
	return ret->len == 0 || (count == pages && ret->ptr[ret->len - 1] == '\0');
}

static bool take_fields(struct span *in, struct record_fields *fields)
{
	uint64_t source;
	if (!span_take_counted(in, &fields->path) || !take_text(in, &fields->title) ||
		!take_text(in, &fields->author) || !take_text(in, &fields->body) ||
		!take_text(in, &fields->language) || !take_text(in, &fields->type) ||
		!take_text(in, &fields->date) || !take_number(in, DATE_CONFIGURATION, &source))
		return false;
	fields->date_source = (uint8_t)source;
	return take_uint32(in, &fields->pages) &&
	       take_labels(in, fields->pages, &fields->page_labels);
}

static bool take_page(struct span *in, uint32_t *page)
{
	uint64_t coded;
	if (!take_number(in, UINT64_C(2) * UINT32_MAX, &coded))
		return false;
	int64_t change = coded & 1 ? -(int64_t)(coded / 2) - 1 : (int64_t)(coded / 2);
	int64_t value = *page + change;
	if (value < 0 || value > UINT32_MAX)
		return false;
	*page = (uint32_t)value;
	return true;
}

/* `block` has the values of the block before. */
static bool take_block(struct span *in, struct block *block)
{
	uint64_t tag;
	if (!take_increase(in, UINT32_MAX, &block->begin) ||
		!take_number(in, (UINT64_C(256) << RECORD_TAG_LEVEL_SHIFT) - 1, &tag))
		return false;
	block->level = (uint8_t)(tag >> RECORD_TAG_LEVEL_SHIFT);
	block->kind = tag >> RECORD_TAG_KIND_SHIFT & RECORD_TAG_KIND_MASK;
	if (block->kind > BLOCK_NOTE)
		return false;
	return !(tag & RECORD_TAG_PAGE) || take_page(in, &block->page);
}

static bool take_blocks(struct span *in, struct record *record)
{
	uint64_t count;
	if (!take_number(in, in->len / SHORTEST_BLOCK_BYTES, &count))
		return false;
	if (count > record->block_capacity) {
		record->block_capacity = count;
		record->blocks = mem_realloc_array(record->blocks, count, sizeof(*record->blocks));
	}
	struct block block = {0};
	for (record->block_count = 0; record->block_count < count; record->block_count++) {
		if (!take_block(in, &block))
			return false;
		record->blocks[record->block_count] = block;
	}
	return true;
}

/* `frame` has the values of the frame before; `*stored_bytes` is increased. */
static bool take_frame(struct span *in, struct frame *frame, size_t *stored_bytes)
{
	uint32_t stored;
	uint32_t line_limit = frame->end - frame->begin; /* a line feed is a byte of that frame */
	uint64_t most_lines = (uint64_t)frame->first_line + line_limit;
	frame->begin = frame->end;
	if (!take_increase(in, (uint64_t)frame->begin + FRAME_MAX_BYTES, &frame->end) ||
		!take_uint32(in, &stored) ||
		!take_increase(in, UINT32_MAX, &frame->first_position) ||
		!take_increase(in, most_lines, &frame->first_line))
		return false;
	*stored_bytes += stored;
	return stored <= frame->end - frame->begin;
}

static bool take_frames(struct span *in, struct record *record)
{
	uint64_t count, piece_bytes;
	if (!take_number(in, SIZE_MAX, &piece_bytes) || !piece_bytes)
		return false;
	record->piece_bytes = piece_bytes;
	if (!take_number(in, in->len / SHORTEST_FRAME_ROW_BYTES, &count) || !count)
		return false;
	if (count > record->frame_capacity) {
		record->frame_capacity = count;
		record->frames = mem_realloc_array(record->frames, count, sizeof(*record->frames));
		record->stored =
			mem_realloc_array(record->stored, count + 1, sizeof(*record->stored));
	}
	struct frame frame = {0, 0, 0, 1};
	size_t stored_bytes = 0;
	for (record->frame_count = 0; record->frame_count < count; record->frame_count++) {
		record->stored[record->frame_count] = stored_bytes;
		if (!take_frame(in, &frame, &stored_bytes))
			return false;
		record->frames[record->frame_count] = frame;
	}
	record->stored[count] = stored_bytes;
	return stored_bytes / piece_bytes < PIECES_MAX;
}

/* Checkpoints rise, and lie in the text. */
static bool take_checkpoints(struct span *in, struct record *record)
{
	uint64_t count;
	if (!take_number(in, in->len / 2, &count))
		return false;
	if (count > record->checkpoint_capacity) {
		record->checkpoint_capacity = count;
		record->checkpoints =
			mem_realloc_array(record->checkpoints, count, sizeof(*record->checkpoints));
	}
	struct checkpoint checkpoint = {0, 0};
	for (record->checkpoint_count = 0; record->checkpoint_count < count;
		record->checkpoint_count++) {
		if (!take_increase(in, record_text_bytes(record), &checkpoint.offset) ||
			!take_increase(in, UINT32_MAX, &checkpoint.position))
			return false;
		record->checkpoints[record->checkpoint_count] = checkpoint;
	}
	return true;
}

/* Blocks must begin inside the text, or at its end. */
static bool blocks_fit(const struct record *record)
{
	return !record->block_count ||
	       record->blocks[record->block_count - 1].begin <= record_text_bytes(record);
}

static lupe_status read_head(struct record *record, struct span data, struct lupe_error *err)
{
	if (!data.len)
		return damaged(record, "empty", err);
	if (data.ptr[0] != RECORD_VERSION)
		return lupe_fail(err, LUPE_ERROR_SCHEMA,
			"stored document: record version %d, not %d", (unsigned char)data.ptr[0],
			RECORD_VERSION);
	struct span rest = span_skip(data, 1);
	if (!take_fields(&rest, &record->fields))
		return damaged(record, "its fields are damaged", err);
	record->tables = rest;
	if (!take_blocks(&rest, record))
		return damaged(record, "its table of blocks is damaged", err);
	if (!take_frames(&rest, record) || !take_checkpoints(&rest, record) || rest.len ||
		!blocks_fit(record))
		return damaged(record, "its table of frames is damaged", err);
	return LUPE_OK;
}

lupe_status record_open(
	struct record *record, value_source source, void *context, struct lupe_error *err)
{
	struct span data;
	record->fields = (struct record_fields){0};
	record->source = source;
	record->context = context;
	record->piece = SIZE_MAX;
	for (size_t i = 0; i < KEPT_TEXTS; i++)
		record->kept[i].filled = false;
	lupe_status status = source(context, SLOT_RECORD, &data, err);
	return status == LUPE_OK ? read_head(record, data, err) : status;
}

struct span record_tables(const struct record *record)
{
	return record->tables;
}

/* ---- looking things up ---- */

const struct record_fields *record_fields(const struct record *record)
{
	return &record->fields;
}

struct span record_page_label(const struct record_fields *fields, uint32_t page)
{
	struct span rest = fields->page_labels, label = {NULL, 0};
	if (page == 0 || page > fields->pages || !rest.len)
		return label;
	for (uint32_t i = 0; i < page; i++)
		label = span_take(&rest, '\0');
	return label;
}

size_t record_frame_count(const struct record *record)
{
	return record->frame_count;
}

const struct frame *record_frame(const struct record *record, size_t frame)
{
	assert(frame < record->frame_count);
	return &record->frames[frame];
}

size_t record_frame_of_position(const struct record *record, uint32_t position)
{
	/* The last frame that begins at or before `position` lies in [low, high). */
	size_t low = 0, high = record->frame_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (record->frames[middle].first_position <= position)
			low = middle;
		else
			high = middle;
	}
	return low;
}

const struct checkpoint *record_checkpoint_before(
	const struct record *record, size_t frame, uint32_t position)
{
	/* The last one at or before `position` lies in [low, high), if there is one. */
	size_t low = 0, high = record->checkpoint_count;
	if (high == 0 || record->checkpoints[0].position > position)
		return NULL;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (record->checkpoints[middle].position <= position)
			low = middle;
		else
			high = middle;
	}
	const struct checkpoint *found = &record->checkpoints[low];
	const struct frame *f = record_frame(record, frame);
	return found->offset >= f->begin && found->offset < f->end ? found : NULL;
}

size_t record_text_bytes(const struct record *record)
{
	return record->frames[record->frame_count - 1].end;
}

const struct block *record_blocks(const struct record *record, size_t *ret_count)
{
	*ret_count = record->block_count;
	return record->blocks;
}

const uint32_t *record_frame_breaks(struct record *record, size_t frame, size_t *ret_count)
{
	return frame_breaks_in(record_frame(record, frame), record->blocks, record->block_count,
		&record->breaks, &record->break_capacity, ret_count);
}

/* ---- frames ---- */

static void prepare_decoding(struct record *record)
{
	if (record->zstd)
		return;
	record->zstd = ZSTD_createDCtx();
	record->dictionary = ZSTD_createDDict_byReference(frame_dictionary, frame_dictionary_bytes);
	if (!record->zstd || !record->dictionary)
		abort();
}

static bool decompress(struct record *record, struct span stored, char *ret, size_t bytes)
{
	prepare_decoding(record);
	return ZSTD_decompress_usingDDict(record->zstd, ret, bytes, stored.ptr, stored.len,
		       record->dictionary) == bytes;
}

static bool decode(struct record *record, struct span stored, char *ret, size_t bytes)
{
	if (stored.len == bytes)
		memcpy(ret, stored.ptr, bytes);
	else if (!decompress(record, stored, ret, bytes))
		return false;
	return is_utf8((struct span){ret, bytes});
}

/* The bytes of a frame in its piece, which is read unless it was the last one read. */
static lupe_status find_frame(
	struct record *record, size_t frame, struct span *ret, struct lupe_error *err)
{
	const size_t *stored = record->stored;
	size_t piece = stored[frame] / record->piece_bytes, first = frame, behind = frame + 1;
	while (first > 0 && stored[first - 1] / record->piece_bytes == piece)
		first--;
	while (behind < record->frame_count && stored[behind] / record->piece_bytes == piece)
		behind++;
	if (record->piece != piece) {
		record->piece = SIZE_MAX;
		lupe_status status = record->source(
			record->context, SLOT_TEXT + (uint32_t)piece, &record->piece_body, err);
		if (status != LUPE_OK)
			return status;
		if (record->piece_body.len != stored[behind] - stored[first])
			return damaged(record, "its text is damaged", err);
		record->piece = piece;
	}
	size_t bytes = stored[frame + 1] - stored[frame];
	*ret = (struct span){
		bytes ? record->piece_body.ptr + (stored[frame] - stored[first]) : NULL, bytes};
	return LUPE_OK;
}

/* Moves the kept text of `frame`, or else the one asked for longest ago, to the front. */
static struct kept_text *bring_to_front(struct record *record, size_t frame)
{
	size_t i = 0;
	while (i < KEPT_TEXTS - 1 && !(record->kept[i].filled && record->kept[i].frame == frame))
		i++;
	struct kept_text chosen = record->kept[i];
	memmove(&record->kept[1], &record->kept[0], i * sizeof(record->kept[0]));
	record->kept[0] = chosen;
	return &record->kept[0];
}

static lupe_status read_text(
	struct record *record, size_t frame, struct kept_text *text, struct lupe_error *err)
{
	const struct frame *f = record_frame(record, frame);
	size_t bytes = f->end - f->begin;
	struct span stored = {NULL, 0};
	if (!text->ptr)
		text->ptr = mem_alloc(FRAME_MAX_BYTES);
	text->filled = false;
	lupe_status status = bytes ? find_frame(record, frame, &stored, err) : LUPE_OK;
	if (status == LUPE_OK && bytes && !decode(record, stored, text->ptr, bytes))
		status = damaged(record, "its text is damaged", err);
	text->frame = frame;
	text->filled = status == LUPE_OK;
	return status;
}

lupe_status record_frame_text(
	struct record *record, size_t frame, struct span *ret, struct lupe_error *err)
{
	const struct frame *f = record_frame(record, frame);
	struct kept_text *text = bring_to_front(record, frame);
	lupe_status status = LUPE_OK;
	if (!text->filled || text->frame != frame)
		status = read_text(record, frame, text, err);
	*ret = (struct span){text->ptr, f->end - f->begin};
	return status;
}
