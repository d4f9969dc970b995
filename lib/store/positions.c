/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Packing and reading positions. Writing is part of the hot path of indexing: entries are encoded
 * as they come and dealt out to the buckets behind the last, without sorting.
 */
#include "store/positions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/schema.h"

enum {
	HEAD_BYTES = 3,
	MARK_BYTES = 4,
	BUCKET_ENTRIES = 8, /* on average, at most */
	BITS_MAX = 28,
};

void position_list_add(struct position_list *list, uint32_t position)
{
	ARRAY_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = position;
}

void position_list_done(struct position_list *list)
{
	free(list->items);
	*list = (struct position_list){0};
}

/* SplitMix64's last step, as hashes of one term must differ in all bits from seed to seed. */
static uint64_t mix(uint64_t hash, uint8_t seed)
{
	hash += seed * 0x9e3779b97f4a7c15u;
	hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
	hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
	return hash ^ hash >> 31;
}

static size_t bucket_of(uint64_t mixed, unsigned bits)
{
	return bits ? (size_t)(mixed >> (64 - bits)) : 0;
}

static uint32_t mark_of(uint64_t mixed)
{
	return (uint32_t)mixed << 1;
}

unsigned positions_slice(struct span term)
{
	if (term.len > 1 && (*term.ptr == PREFIX_PART[0] || *term.ptr == PREFIX_JOINED[0]))
		term = span_skip(term, 1);
	return (unsigned)(hash64(term) % POSITIONS_SLICES);
}

/* ---- writing ---- */

struct entry {
	uint64_t hash; /* of the term */
	size_t begin;  /* of its positions among the writer's bytes */
	bool single;
};

struct positions_writer {
	struct entry *entries;
	size_t count, capacity;
	struct buf bytes; /* positions, entry by entry */
	struct buf run;   /* positions of one entry */
	struct buf packed;
	uint32_t *ends; /* of the buckets, in entries */
	size_t end_capacity;
	uint32_t *order; /* entries, bucket by bucket */
	size_t order_capacity;
};

struct positions_writer *positions_writer_new(void)
{
	return mem_zalloc(sizeof(struct positions_writer));
}

void positions_writer_free(struct positions_writer *writer)
{
	if (!writer)
		return;
	free(writer->entries);
	buf_done(&writer->bytes);
	buf_done(&writer->run);
	buf_done(&writer->packed);
	free(writer->ends);
	free(writer->order);
	free(writer);
}

void positions_writer_start(struct positions_writer *writer)
{
	writer->count = 0;
	buf_clear(&writer->bytes);
}

void positions_writer_add(
	struct positions_writer *writer, struct span term, const uint32_t *positions, size_t count)
{
	ARRAY_GROW(writer->entries, writer->count, writer->capacity);
	writer->entries[writer->count++] =
		(struct entry){hash64(term), writer->bytes.len, count == 1};
	if (count == 1) {
		buf_add_varint(&writer->bytes, positions[0]);
		return;
	}
	buf_clear(&writer->run);
	for (size_t i = 0; i < count; i++)
		buf_add_varint(&writer->run, positions[i] - (i ? positions[i - 1] : 0));
	buf_add_counted(&writer->bytes, buf_span(&writer->run));
}

static size_t end_of_entry(const struct positions_writer *writer, size_t i)
{
	return i + 1 < writer->count ? writer->entries[i + 1].begin : writer->bytes.len;
}

static unsigned bits_for(size_t count)
{
	unsigned bits = 0;

	while (bits < BITS_MAX && (size_t)BUCKET_ENTRIES << bits < count)
		bits++;
	return bits;
}

/* Orders the entries by bucket; ends[i] becomes the first behind bucket i. */
static void deal_out(struct positions_writer *writer, unsigned bits, uint8_t seed)
{
	size_t buckets = (size_t)1 << bits;

	memset(writer->ends, 0, (buckets + 1) * sizeof(*writer->ends));
	for (size_t i = 0; i < writer->count; i++)
		writer->ends[bucket_of(mix(writer->entries[i].hash, seed), bits) + 1]++;
	for (size_t i = 1; i <= buckets; i++)
		writer->ends[i] += writer->ends[i - 1];
	for (size_t i = 0; i < writer->count; i++) {
		size_t bucket = bucket_of(mix(writer->entries[i].hash, seed), bits);

		writer->order[writer->ends[bucket]++] = (uint32_t)i;
	}
}

static bool look_alike(const struct positions_writer *writer, uint8_t seed, size_t a, size_t b)
{
	return mark_of(mix(writer->entries[writer->order[a]].hash, seed)) ==
	       mark_of(mix(writer->entries[writer->order[b]].hash, seed));
}

/* Whether two terms cannot be told apart. */
static bool collides(const struct positions_writer *writer, unsigned bits, uint8_t seed)
{
	size_t begin = 0;

	for (size_t bucket = 0; bucket < (size_t)1 << bits; bucket++) {
		for (size_t a = begin; a < writer->ends[bucket]; a++)
			for (size_t b = begin; b < a; b++)
				if (look_alike(writer, seed, a, b))
					return true;
		begin = writer->ends[bucket];
	}
	return false;
}

static void make_room(struct positions_writer *writer, unsigned bits)
{
	size_t ends = ((size_t)1 << bits) + 1;

	if (writer->end_capacity < ends) {
		writer->ends = mem_realloc_array(writer->ends, ends, sizeof(*writer->ends));
		writer->end_capacity = ends;
	}
	if (writer->order_capacity < writer->count) {
		writer->order_capacity = writer->capacity;
		writer->order = mem_realloc_array(
			writer->order, writer->order_capacity, sizeof(*writer->order));
	}
}

static char *put_number(char *at, uint32_t number, unsigned width)
{
	for (unsigned i = 0; i < width; i++)
		*at++ = (char)(number >> (8 * i));
	return at;
}

static unsigned width_for(size_t most)
{
	unsigned width = 1;

	while (width < 4 && most >> (8 * width))
		width++;
	return width;
}

/* The entries in their order behind room for the buckets' ends, which are filled in on the way. */
static void put_buckets(struct positions_writer *writer, unsigned bits, uint8_t seed)
{
	size_t buckets = (size_t)1 << bits, total = writer->bytes.len + writer->count * MARK_BYTES;
	unsigned width = width_for(total);
	char *at, *end, *begin;

	buf_clear(&writer->packed);
	at = buf_reserve(&writer->packed, HEAD_BYTES + buckets * width + total);
	*at++ = (char)bits;
	*at++ = (char)width;
	*at++ = (char)seed;
	end = at;
	begin = at += buckets * width;
	for (size_t bucket = 0, k = 0; bucket < buckets; bucket++) {
		for (; k < writer->ends[bucket]; k++) {
			size_t i = writer->order[k];
			const struct entry *entry = &writer->entries[i];
			size_t len = end_of_entry(writer, i) - entry->begin;

			at = put_number(
				at, mark_of(mix(entry->hash, seed)) | entry->single, MARK_BYTES);
			memcpy(at, writer->bytes.ptr + entry->begin, len);
			at += len;
		}
		end = put_number(end, (uint32_t)(at - begin), width);
	}
	writer->packed.len = (size_t)(at - writer->packed.ptr);
}

struct span positions_writer_pack(struct positions_writer *writer)
{
	unsigned bits = bits_for(writer->count);
	uint8_t seed = 0;

	if (!writer->count)
		return (struct span){NULL, 0};
	make_room(writer, bits);
	deal_out(writer, bits, seed);
	while (seed < UINT8_MAX && collides(writer, bits, seed))
		deal_out(writer, bits, ++seed);
	put_buckets(writer, bits, seed);
	return buf_span(&writer->packed);
}

/* ---- reading ---- */

static uint32_t get_number(const char *at, unsigned width)
{
	uint32_t number = 0;

	for (unsigned i = 0; i < width; i++)
		number |= (uint32_t)(unsigned char)at[i] << (8 * i);
	return number;
}

/* The bucket of a hash; false if there is none such. */
static bool find_bucket(struct span packed, uint64_t mixed, struct span *ret)
{
	unsigned bits = (unsigned char)packed.ptr[0], width = (unsigned char)packed.ptr[1];
	struct span rest = span_skip(packed, HEAD_BYTES);

	if (bits > BITS_MAX || width < 1 || width > 4 || rest.len >> bits < width)
		return false;
	size_t bucket = bucket_of(mixed, bits);
	const char *end = rest.ptr + bucket * width;
	uint32_t from = bucket ? get_number(end - width, width) : 0, to = get_number(end, width);
	rest = span_skip(rest, ((size_t)1 << bits) * width);
	if (from > to || to > rest.len)
		return false;
	*ret = (struct span){rest.ptr + from, to - from};
	return true;
}

/* Takes a position off; false if there is none that goes on rising from `last`. */
static bool take_position(struct span *in, uint32_t *last)
{
	uint64_t distance;

	if (!span_take_varint(in, &distance) || distance == 0 || distance > UINT32_MAX - *last)
		return false;
	*last += (uint32_t)distance;
	return true;
}

/* Takes an entry off the bucket; the list is touched only if it is the one that is looked for. */
static bool take_entry(
	struct span *bucket, uint32_t mark, struct position_list *list, bool *ret_found)
{
	uint32_t position = 0, read;
	struct span run;

	if (bucket->len < MARK_BYTES)
		return false;
	read = get_number(bucket->ptr, MARK_BYTES);
	*bucket = span_skip(*bucket, MARK_BYTES);
	*ret_found = (read | 1) == (mark | 1);
	if (read & 1) {
		if (!take_position(bucket, &position))
			return false;
		if (*ret_found)
			position_list_add(list, position);
		return true;
	}
	if (!span_take_counted(bucket, &run))
		return false;
	while (*ret_found && run.len) {
		if (!take_position(&run, &position))
			return false;
		position_list_add(list, position);
	}
	return true;
}

lupe_status positions_read(
	struct span packed, struct span term, struct position_list *list, struct lupe_error *err)
{
	struct span bucket;
	bool found = false, sound = true;

	list->count = 0;
	if (!packed.len)
		return LUPE_OK;
	sound = packed.len > HEAD_BYTES;
	if (sound) {
		uint64_t mixed = mix(hash64(term), (uint8_t)packed.ptr[2]);

		sound = find_bucket(packed, mixed, &bucket);
		while (sound && bucket.len && !found)
			sound = take_entry(&bucket, mark_of(mixed), list, &found);
	}
	if (!sound)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "positions cannot be read");
	return LUPE_OK;
}
