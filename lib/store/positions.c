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
#include "store/seal.h"

enum {
	HEAD_BYTES = 3,
	MARK_BYTES = 4,
	SHARE_ENTRIES = 32, /* on average, at most, unless there are no more shares */
	BUCKET_ENTRIES = 8, /* the same */
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

/* ---- shares ---- */

/* The hash that a word's share is of, the same for its stem as it stands and as a part. */
static uint64_t share_hash(struct span term)
{
	if (term.len > 1 && (*term.ptr == PREFIX_PART[0] || *term.ptr == PREFIX_JOINED[0]))
		term = span_skip(term, 1);
	return hash64(term);
}

static unsigned share_of(uint64_t hash, unsigned level)
{
	return (unsigned)(hash & ((1u << level) - 1));
}

/* Each level has slots of its own, so that what a slot holds is of documents of about one size. */
static uint32_t slot_of_share(unsigned share, unsigned level)
{
	return SLOT_POSITIONS + (1u << level) - 1 + share;
}

static unsigned level_for(size_t terms)
{
	unsigned level = 0;

	while (level < POSITIONS_LEVEL_MAX && terms >> level > SHARE_ENTRIES)
		level++;
	return level;
}

bool positions_level(struct span value, unsigned *ret)
{
	if (value.len != 1 || (unsigned char)*value.ptr > POSITIONS_LEVEL_MAX)
		return false;
	*ret = (unsigned char)*value.ptr;
	return true;
}

uint32_t positions_slot(struct span term, unsigned level)
{
	return slot_of_share(share_of(share_hash(term), level), level);
}

/* ---- writing ---- */

struct entry {
	uint64_t hash; /* of the term */
	size_t begin;  /* of its positions among the writer's bytes */
	uint32_t len;
	uint8_t share; /* the last bits of it are the share */
	bool single;
};

/* The entries of one share. */
struct share {
	const struct entry *entries;
	size_t count;
};

struct positions_writer {
	struct entry *entries, *dealt; /* as they came, and share by share */
	size_t count, capacity, dealt_capacity;
	struct buf bytes; /* positions, entry by entry */
	struct buf run;   /* positions of one entry */
	struct buf packed;
	uint32_t *ends; /* of the buckets of a share, in entries */
	size_t end_capacity;
	uint32_t *order; /* entries of a share, bucket by bucket */
	size_t order_capacity;
	char level[SEAL_BYTES + 1];
	struct xc_value values[POSITIONS_VALUES_MAX];
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
	free(writer->dealt);
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
	struct entry entry = {.hash = hash64(term),
		.begin = writer->bytes.len,
		.share = (uint8_t)share_hash(term),
		.single = count == 1};

	if (entry.single) {
		buf_add_varint(&writer->bytes, positions[0]);
	} else {
		buf_clear(&writer->run);
		for (size_t i = 0; i < count; i++)
			buf_add_varint(&writer->run, positions[i] - (i ? positions[i - 1] : 0));
		buf_add_counted(&writer->bytes, buf_span(&writer->run));
	}
	entry.len = (uint32_t)(writer->bytes.len - entry.begin);
	ARRAY_GROW(writer->entries, writer->count, writer->capacity);
	writer->entries[writer->count++] = entry;
}

/* Orders the entries by share; ends[i] becomes the first behind share i. */
static void deal_to_shares(
	struct positions_writer *writer, unsigned level, size_t ends[POSITIONS_SHARES_MAX])
{
	size_t next[POSITIONS_SHARES_MAX + 1] = {0};

	if (writer->dealt_capacity < writer->count) {
		writer->dealt_capacity = writer->capacity;
		writer->dealt = mem_realloc_array(
			writer->dealt, writer->dealt_capacity, sizeof(*writer->dealt));
	}
	for (size_t i = 0; i < writer->count; i++)
		next[share_of(writer->entries[i].share, level) + 1]++;
	for (size_t i = 1; i <= POSITIONS_SHARES_MAX; i++)
		next[i] += next[i - 1];
	for (size_t i = 0; i < writer->count; i++)
		writer->dealt[next[share_of(writer->entries[i].share, level)]++] =
			writer->entries[i];
	memcpy(ends, next, POSITIONS_SHARES_MAX * sizeof(*ends));
}

static unsigned bits_for(size_t count)
{
	unsigned bits = 0;

	while (bits < BITS_MAX && (size_t)BUCKET_ENTRIES << bits < count)
		bits++;
	return bits;
}

/* Orders the entries by bucket; ends[i] becomes the first behind bucket i. */
static void deal_to_buckets(
	struct positions_writer *writer, struct share share, unsigned bits, uint8_t seed)
{
	size_t buckets = (size_t)1 << bits;

	memset(writer->ends, 0, (buckets + 1) * sizeof(*writer->ends));
	for (size_t i = 0; i < share.count; i++)
		writer->ends[bucket_of(mix(share.entries[i].hash, seed), bits) + 1]++;
	for (size_t i = 1; i <= buckets; i++)
		writer->ends[i] += writer->ends[i - 1];
	for (size_t i = 0; i < share.count; i++) {
		size_t bucket = bucket_of(mix(share.entries[i].hash, seed), bits);

		writer->order[writer->ends[bucket]++] = (uint32_t)i;
	}
}

/* Whether two terms cannot be told apart. */
static bool collides(
	const struct positions_writer *writer, struct share share, unsigned bits, uint8_t seed)
{
	size_t begin = 0;

	for (size_t bucket = 0; bucket < (size_t)1 << bits; bucket++) {
		for (size_t a = begin; a < writer->ends[bucket]; a++) {
			uint32_t mark = mark_of(mix(share.entries[writer->order[a]].hash, seed));

			for (size_t b = begin; b < a; b++)
				if (mark_of(mix(share.entries[writer->order[b]].hash, seed)) ==
					mark)
					return true;
		}
		begin = writer->ends[bucket];
	}
	return false;
}

static void make_room(struct positions_writer *writer, size_t count, unsigned bits)
{
	size_t ends = ((size_t)1 << bits) + 1;

	if (writer->end_capacity < ends) {
		writer->ends = mem_realloc_array(writer->ends, ends, sizeof(*writer->ends));
		writer->end_capacity = ends;
	}
	if (writer->order_capacity < count) {
		writer->order_capacity = 2 * count;
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

/* The entries in their order behind room for the buckets' ends, which are filled in on the way.
   Returns the end of what was written. */
static char *put_buckets(const struct positions_writer *writer, struct share share, unsigned bits,
	unsigned width, uint8_t seed, char *at)
{
	size_t buckets = (size_t)1 << bits;
	char *end, *begin;

	*at++ = (char)bits;
	*at++ = (char)width;
	*at++ = (char)seed;
	end = at;
	begin = at += buckets * width;
	for (size_t bucket = 0, k = 0; bucket < buckets; bucket++) {
		for (; k < writer->ends[bucket]; k++) {
			const struct entry *entry = &share.entries[writer->order[k]];

			at = put_number(
				at, mark_of(mix(entry->hash, seed)) | entry->single, MARK_BYTES);
			memcpy(at, writer->bytes.ptr + entry->begin, entry->len);
			at += entry->len;
		}
		end = put_number(end, (uint32_t)(at - begin), width);
	}
	return at;
}

/* Adds a share, sealed, to what is packed; returns its size. */
static size_t pack_share(struct positions_writer *writer, struct share share)
{
	unsigned bits = bits_for(share.count);
	uint8_t seed = 0;
	size_t total = 0;

	for (size_t i = 0; i < share.count; i++)
		total += share.entries[i].len + MARK_BYTES;
	make_room(writer, share.count, bits);
	deal_to_buckets(writer, share, bits, seed);
	while (seed < UINT8_MAX && collides(writer, share, bits, seed))
		deal_to_buckets(writer, share, bits, ++seed);
	unsigned width = width_for(total);
	char *sealed = buf_reserve(
		&writer->packed, SEAL_BYTES + HEAD_BYTES + ((size_t)width << bits) + total);
	char *end = put_buckets(writer, share, bits, width, seed, sealed + SEAL_BYTES);
	size_t size = (size_t)(end - sealed);
	seal_fill(sealed, size);
	writer->packed.len += size;
	return size;
}

const struct xc_value *positions_writer_pack(struct positions_writer *writer, size_t *ret_count)
{
	unsigned level = level_for(writer->count);
	size_t ends[POSITIONS_SHARES_MAX], begin = 0, at = 0, count = 0;

	*ret_count = 0;
	if (!writer->count)
		return NULL;
	deal_to_shares(writer, level, ends);
	buf_clear(&writer->packed);
	writer->level[SEAL_BYTES] = (char)level;
	seal_fill(writer->level, sizeof(writer->level));
	writer->values[count++] =
		(struct xc_value){SLOT_SHARES, {writer->level, sizeof(writer->level)}};
	for (unsigned i = 0; i < 1u << level; begin = ends[i++]) {
		if (ends[i] == begin)
			continue;
		size_t size =
			pack_share(writer, (struct share){writer->dealt + begin, ends[i] - begin});
		writer->values[count++] = (struct xc_value){slot_of_share(i, level), {NULL, size}};
	}
	for (size_t i = 1; i < count; i++) { /* now that they do not move any more */
		writer->values[i].value.ptr = writer->packed.ptr + at;
		at += writer->values[i].value.len;
	}
	*ret_count = count;
	return writer->values;
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
static bool find_bucket(struct span share, uint64_t mixed, struct span *ret)
{
	unsigned bits = (unsigned char)share.ptr[0], width = (unsigned char)share.ptr[1];
	struct span rest = span_skip(share, HEAD_BYTES);

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

/* A varint, which mostly has one byte or two. */
static inline bool take_varint(struct span *in, uint64_t *ret)
{
	const unsigned char *at = (const unsigned char *)in->ptr;

	if (in->len < 2 || at[0] & at[1] & 0x80)
		return span_take_varint(in, ret);
	size_t len = at[0] & 0x80 ? 2 : 1;
	*ret = len == 1 ? at[0] : (at[0] & 0x7fu) | (uint64_t)at[1] << 7;
	*in = (struct span){in->ptr + len, in->len - len};
	return true;
}

/* Takes a position off; false if there is none that goes on rising from `last`. */
static inline bool take_position(struct span *in, uint32_t *last)
{
	uint64_t distance;

	if (!take_varint(in, &distance) || distance == 0 || distance > UINT32_MAX - *last)
		return false;
	*last += (uint32_t)distance;
	return true;
}

/* All positions of a run; each has a byte at least. */
static bool take_run(struct span run, struct position_list *list)
{
	uint32_t position = 0, *next;

	if (list->capacity < run.len) {
		list->capacity = run.len;
		list->items = mem_realloc_array(list->items, list->capacity, sizeof(*list->items));
	}
	for (next = list->items; run.len; *next++ = position)
		if (!take_position(&run, &position))
			return false;
	list->count = (size_t)(next - list->items);
	return true;
}

/* Takes an entry off the bucket; the list is touched only if it is the one that is looked for. */
static bool take_entry(
	struct span *bucket, uint32_t mark, struct position_list *list, bool *ret_found)
{
	uint32_t position = 0, read;
	struct span run;
	uint64_t len;

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
	if (!take_varint(bucket, &len) || len > bucket->len)
		return false;
	run = (struct span){bucket->ptr, len};
	*bucket = span_skip(*bucket, len);
	return !*ret_found || take_run(run, list);
}

lupe_status positions_read(
	struct span share, struct span term, struct position_list *list, struct lupe_error *err)
{
	struct span bucket;
	bool found = false, sound = true;

	list->count = 0;
	if (!share.len)
		return LUPE_OK;
	sound = share.len > HEAD_BYTES;
	if (sound) {
		uint64_t mixed = mix(hash64(term), (uint8_t)share.ptr[2]);

		sound = find_bucket(share, mixed, &bucket);
		while (sound && bucket.len && !found)
			sound = take_entry(&bucket, mark_of(mixed), list, &found);
	}
	if (!sound)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "positions cannot be read");
	return LUPE_OK;
}
