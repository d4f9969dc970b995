/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hot path of indexing. Terms are counted in a table indexed by the analyser's term ids, so
 * that nothing is hashed or compared while words come in:
 *
 *   slots:        id -> {name with prefix, wdf, number of positions}
 *   occurrences:  (id, position) in the order of the text
 *   used:         the ids of this document
 *
 * Behind the last word the used slots are sorted by name, and the occurrences dealt out to them.
 */
#include "indexer/counter.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "store/positions.h"
#include "store/schema.h"

struct slot {
	const char *name; /* NULL until the term is met */
	uint32_t name_len;
	uint32_t wdf; /* in this document, as are those below */
	uint32_t last_position;
	uint32_t position_count;
	uint32_t end; /* of its positions, once they are dealt out */
	bool in_title;
};

struct occurrence {
	uint32_t id;
	uint32_t position;
};

/* A posting, and the beginning of its name as a number that orders as the bytes do. */
struct ordered {
	uint64_t key;
	struct xc_bytes name;
	uint32_t wdf;
};

struct counter {
	struct arena names; /* of the slots, as long as the analyser's ids are valid */
	struct slot *slots;
	size_t slot_count;
	struct occurrence *occurrences;
	size_t occurrence_count, occurrence_capacity;
	uint32_t *used;
	size_t used_count, used_capacity;
	uint32_t *positions;
	size_t position_capacity;
	struct positions_writer *packer;
	struct ordered *ordered, *sorted; /* the second: room to sort in */
	size_t ordered_count, ordered_capacity, sorted_capacity;
	struct xc_posting *postings;
	size_t posting_capacity;
	struct arena own; /* names of this document's own terms */
};

struct counter *counter_new(void)
{
	struct counter *counter = mem_zalloc(sizeof(*counter));

	counter->packer = positions_writer_new();
	return counter;
}

void counter_free(struct counter *counter)
{
	if (!counter)
		return;
	arena_done(&counter->names);
	arena_done(&counter->own);
	positions_writer_free(counter->packer);
	free(counter->slots);
	free(counter->occurrences);
	free(counter->used);
	free(counter->positions);
	free(counter->ordered);
	free(counter->sorted);
	free(counter->postings);
	free(counter);
}

void counter_start(struct counter *counter, bool ids_gone)
{
	if (ids_gone) {
		memset(counter->slots, 0, counter->slot_count * sizeof(*counter->slots));
		arena_reset(&counter->names);
	}
	arena_reset(&counter->own);
	counter->occurrence_count = 0;
	counter->used_count = 0;
	counter->ordered_count = 0;
}

/* ---- counting ---- */

static void name_slot(
	struct counter *counter, struct slot *slot, enum term_kind kind, struct span text)
{
	static const char *const prefixes[TERM_KINDS] = {
		[TERM_EXACT] = PREFIX_EXACT,
		[TERM_STEM] = PREFIX_STEM,
		[TERM_PART] = PREFIX_PART,
		[TERM_JOINED] = PREFIX_JOINED,
		[TERM_NORM] = PREFIX_NORM,
	};
	size_t prefix_len = strlen(prefixes[kind]);
	char *name = arena_alloc(&counter->names, prefix_len + text.len);

	memcpy(name, prefixes[kind], prefix_len);
	memcpy(name + prefix_len, text.ptr, text.len);
	slot->name = name;
	slot->name_len = (uint32_t)(prefix_len + text.len);
}

static void grow_slots(struct counter *counter, uint32_t id)
{
	size_t old = counter->slot_count;

	counter->slot_count = old ? old * 2 : 1 << 14;
	while (counter->slot_count <= id)
		counter->slot_count *= 2;
	counter->slots =
		mem_realloc_array(counter->slots, counter->slot_count, sizeof(*counter->slots));
	memset(counter->slots + old, 0, (counter->slot_count - old) * sizeof(*counter->slots));
}

/* The slot of a term, marked as used in this document. */
static struct slot *use_slot(
	struct counter *counter, const struct analyser *analyser, uint32_t id, enum term_kind kind)
{
	if (id >= counter->slot_count)
		grow_slots(counter, id);
	struct slot *slot = &counter->slots[id];
	if (slot->wdf)
		return slot;
	if (!slot->name)
		name_slot(counter, slot, kind, analyser_term_text(analyser, id));
	ARRAY_GROW(counter->used, counter->used_count, counter->used_capacity);
	counter->used[counter->used_count++] = id;
	return slot;
}

static void count_term(struct counter *counter, const struct analyser *analyser,
	struct counted_term term, uint32_t position)
{
	struct slot *slot = use_slot(counter, analyser, term.id, term.kind);

	if (slot->last_position == position)
		return;
	slot->last_position = position;
	slot->wdf++;
	if (term.kind == TERM_EXACT)
		return;
	slot->position_count++;
	ARRAY_GROW(counter->occurrences, counter->occurrence_count, counter->occurrence_capacity);
	counter->occurrences[counter->occurrence_count++] = (struct occurrence){term.id, position};
}

/* Asks the processor for the slots of a word before they are used. */
static void fetch_slots(const struct counter *counter, struct counted_terms terms)
{
	for (size_t i = 0; i < terms.count; i++)
		if (terms.items[i].id < counter->slot_count)
			__builtin_prefetch(&counter->slots[terms.items[i].id]);
}

void counter_add_words(struct counter *counter, const struct analyser *analyser,
	const struct read_word *words, size_t count)
{
	for (size_t k = 0; k < count; k++)
		fetch_slots(counter, words[k].terms);
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < words[k].terms.count; i++)
			count_term(
				counter, analyser, words[k].terms.items[i], words[k].word.position);
}

static uint64_t key_of(struct xc_bytes name)
{
	uint64_t key = 0;

	memcpy(&key, name.ptr, name.len < sizeof(key) ? name.len : sizeof(key));
	return __builtin_bswap64(key);
}

static void add_ordered(struct counter *counter, const char *name, size_t len, uint32_t wdf)
{
	ARRAY_GROW(counter->ordered, counter->ordered_count, counter->ordered_capacity);
	counter->ordered[counter->ordered_count++] =
		(struct ordered){key_of((struct xc_bytes){name, len}), {name, len}, wdf};
}

bool counter_add_title(struct counter *counter, const struct analyser *analyser,
	const struct term *term, uint32_t extra)
{
	struct slot *slot = use_slot(counter, analyser, term->id, term->kind);
	bool first = !slot->in_title;

	slot->wdf += extra;
	slot->in_title = true;
	return first;
}

void counter_add_own(struct counter *counter, const char *prefix, struct span text, uint32_t wdf)
{
	size_t prefix_len = strlen(prefix);
	char *name = arena_alloc(&counter->own, prefix_len + text.len);

	memcpy(name, prefix, prefix_len);
	memcpy(name + prefix_len, text.ptr, text.len);
	add_ordered(counter, name, prefix_len + text.len, wdf);
}

/* ---- collecting ---- */

/* The positions of each used slot side by side in one array. */
static void deal_out(struct counter *counter)
{
	uint32_t next = 0;

	if (counter->position_capacity < counter->occurrence_count) {
		counter->position_capacity = counter->occurrence_capacity;
		counter->positions = mem_realloc_array(counter->positions,
			counter->position_capacity, sizeof(*counter->positions));
	}
	for (size_t i = 0; i < counter->used_count; i++) {
		struct slot *slot = &counter->slots[counter->used[i]];

		slot->end = next;
		next += slot->position_count;
	}
	for (size_t i = 0; i < counter->occurrence_count; i++) {
		const struct occurrence *occurrence = &counter->occurrences[i];

		counter->positions[counter->slots[occurrence->id].end++] = occurrence->position;
	}
}

/* Turns used slots into postings and packed positions, and clears them. */
static void take_used(struct counter *counter)
{
	deal_out(counter);
	positions_writer_start(counter->packer);
	for (size_t i = 0; i < counter->used_count; i++) {
		struct slot *slot = &counter->slots[counter->used[i]];

		struct span name = {slot->name, slot->name_len};

		add_ordered(counter, slot->name, slot->name_len, slot->wdf);
		if (slot->position_count)
			positions_writer_add(counter->packer, name,
				counter->positions + slot->end - slot->position_count,
				slot->position_count);
		*slot = (struct slot){.name = slot->name, .name_len = slot->name_len};
	}
}

/* Moves the postings in the order of one byte of their keys, of which `counts` are the numbers. */
static void sort_by_byte(struct counter *counter, unsigned shift, const uint32_t counts[256])
{
	struct ordered *from = counter->ordered, *to = counter->sorted;
	uint32_t next[256], sum = 0;

	for (unsigned byte = 0; byte < 256; byte++) {
		next[byte] = sum;
		sum += counts[byte];
	}
	for (size_t i = 0; i < counter->ordered_count; i++)
		to[next[from[i].key >> shift & 255]++] = from[i];
	counter->ordered = to;
	counter->sorted = from;
	size_t capacity = counter->ordered_capacity;
	counter->ordered_capacity = counter->sorted_capacity;
	counter->sorted_capacity = capacity;
}

/* By the keys, a byte at a time from the last on: without comparisons, which are dear where most
   words begin like others. */
static void sort_by_key(struct counter *counter)
{
	enum { KEY_BYTES = sizeof(uint64_t) };
	uint32_t counts[KEY_BYTES][256] = {0};
	size_t count = counter->ordered_count;

	if (counter->sorted_capacity < count) {
		counter->sorted_capacity = counter->ordered_capacity;
		counter->sorted = mem_realloc_array(
			counter->sorted, counter->sorted_capacity, sizeof(*counter->sorted));
	}
	for (size_t i = 0; i < count; i++)
		for (unsigned byte = 0; byte < KEY_BYTES; byte++)
			counts[byte][counter->ordered[i].key >> 8 * byte & 255]++;
	for (unsigned byte = 0; byte < KEY_BYTES && count; byte++)
		if (counts[byte][counter->ordered[0].key >> 8 * byte & 255] < count)
			sort_by_byte(counter, 8 * byte, counts[byte]);
}

static int compare_names(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	return span_compare(
		(struct span){x->name.ptr, x->name.len}, (struct span){y->name.ptr, y->name.len});
}

static void sort_postings(struct counter *counter)
{
	size_t end, count = counter->ordered_count;

	sort_by_key(counter);
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1;
			end < count && counter->ordered[end].key == counter->ordered[i].key;)
			end++;
		if (end > i + 1)
			qsort(counter->ordered + i, end - i, sizeof(*counter->ordered),
				compare_names);
	}
}

const struct xc_posting *counter_finish(struct counter *counter, size_t *ret_count,
	const struct xc_value **ret_positions, size_t *ret_position_count)
{
	take_used(counter);
	*ret_positions = positions_writer_pack(counter->packer, ret_position_count);
	sort_postings(counter);
	if (counter->posting_capacity < counter->ordered_count) {
		counter->posting_capacity = counter->ordered_capacity;
		counter->postings = mem_realloc_array(
			counter->postings, counter->posting_capacity, sizeof(*counter->postings));
	}
	for (size_t i = 0; i < counter->ordered_count; i++)
		counter->postings[i] = (struct xc_posting){
			.term = counter->ordered[i].name, .wdf = counter->ordered[i].wdf};
	*ret_count = counter->ordered_count;
	return counter->postings;
}
