/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From position lists to hits. A phrase is a merge of the lists of its slots; the parts of a
 * compound are found by a window that slides over all their positions. No text is read.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/document_internal.h"

/* From how many terms on a look into the list of a document is cheaper than one for each. */
enum { MANY_TERMS = 100 };

static void add_hit(struct hit_list *list, uint32_t position, size_t words, size_t leaf)
{
	ARRAY_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct hit){
		.position = position, .words = (uint16_t)words, .leaf = (uint16_t)leaf};
}

static int compare_positions(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Merges `added` into `list`, both rising, doubles once; `scratch` is exchanged with `list`. */
static void merge(
	struct position_list *list, const struct xc_positions *added, struct position_list *scratch)
{
	size_t i = 0, k = 0;
	scratch->count = 0;
	while (i < list->count || k < added->count) {
		bool left =
			k == added->count || (i < list->count && list->items[i] <= added->items[k]);
		uint32_t position = left ? list->items[i++] : added->items[k++];
		if (scratch->count && scratch->items[scratch->count - 1] == position)
			continue;
		ARRAY_GROW(scratch->items, scratch->count, scratch->capacity);
		scratch->items[scratch->count++] = position;
	}
	struct position_list taken = *list;
	*list = *scratch;
	*scratch = taken;
}

static lupe_status merge_term(struct document *d, struct span term, struct lupe_error *err)
{
	struct xc_bytes bytes = {term.ptr, term.len};
	lupe_status status = xc_positions_read(d->db, d->docid, bytes, &d->read, err);
	if (status == LUPE_OK && d->read.count)
		merge(&d->merged, &d->read, &d->scratch);
	return status;
}

/* The same for many terms: those that the document has are found in the list of its own. */
static lupe_status read_many(struct document *d, const struct slot *slot, struct lupe_error *err)
{
	xc_terms *terms;
	struct xc_term term;
	size_t i = 0;
	struct span first = slot->terms[0].term;
	lupe_status status = xc_document_terms_start(d->db, d->docid, false, &terms, err);
	if (status != LUPE_OK)
		return status;
	status = xc_terms_skip_to(terms, (struct xc_bytes){first.ptr, first.len}, &term, err);
	while (status == LUPE_OK) {
		struct span own = {term.term.ptr, term.term.len};
		int order = -1;
		while (i < slot->term_count && (order = span_compare(slot->terms[i].term, own)) < 0)
			i++;
		if (i == slot->term_count)
			break;
		if (order == 0)
			status = merge_term(d, slot->terms[i].term, err);
		if (status == LUPE_OK)
			status = xc_terms_next(terms, &term, err);
	}
	xc_terms_close(terms);
	return status < 0 ? status : LUPE_OK;
}

/* The positions of any of the slot's terms, into d->merged. */
static lupe_status read_slot(struct document *d, const struct slot *slot, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	d->merged.count = 0;
	if (slot->sorted && slot->term_count > MANY_TERMS)
		return read_many(d, slot, err);
	for (size_t i = 0; i < slot->term_count && status == LUPE_OK; i++)
		if (slot->terms[i].documents)
			status = merge_term(d, slot->terms[i].term, err);
	return status;
}

static bool contains(const struct position_list *list, uint32_t position)
{
	return list->count && bsearch(&position, list->items, list->count, sizeof(position),
				      compare_positions) != NULL;
}

/* The positions at which the sequence begins, into d->sequence. */
static lupe_status read_sequence(
	struct document *d, const struct sequence *sequence, struct lupe_error *err)
{
	for (size_t i = 0; i < sequence->slot_count; i++) {
		lupe_status status = read_slot(d, &sequence->slots[i], err);
		if (status != LUPE_OK)
			return status;
		if (i == 0) {
			struct position_list first = d->merged;
			d->merged = d->sequence;
			d->sequence = first;
			continue;
		}
		size_t kept = 0;
		for (size_t k = 0; k < d->sequence.count; k++)
			if (contains(&d->merged, d->sequence.items[k] + (uint32_t)i))
				d->sequence.items[kept++] = d->sequence.items[k];
		d->sequence.count = kept;
	}
	return LUPE_OK;
}

/* A position of one of the slots that must stand near each other. */
struct event {
	uint32_t position;
	uint32_t slot;
};

static int compare_events(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	return (x->position > y->position) - (x->position < y->position);
}

/* The position lists of all slots; false if one is empty. */
static lupe_status read_lists(struct document *d, const struct sequence *sequence,
	struct position_list *lists, bool *ret_all, struct lupe_error *err)
{
	*ret_all = true;
	for (size_t i = 0; i < sequence->slot_count && *ret_all; i++) {
		lupe_status status = read_slot(d, &sequence->slots[i], err);
		if (status != LUPE_OK)
			return status;
		*ret_all = d->merged.count > 0;
		struct position_list taken = d->merged;
		d->merged = lists[i];
		lists[i] = taken;
	}
	return LUPE_OK;
}

static size_t rarest_of(const struct position_list *lists, size_t count)
{
	size_t rarest = 0;
	for (size_t i = 1; i < count; i++)
		if (lists[i].count < lists[rarest].count)
			rarest = i;
	return rarest;
}

/* The first index of the list at or behind `position`. */
static size_t first_from(const struct position_list *list, uint32_t position)
{
	size_t low = 0, high = list->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (list->items[middle] < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Events of all slots that could share a window with one of the rarest slot. */
static void collect_events(const struct position_list *lists, const struct sequence *sequence,
	struct event **ret, size_t *ret_count)
{
	size_t capacity = 0, rarest = rarest_of(lists, sequence->slot_count);
	uint32_t reach = sequence->window - 1;
	for (size_t s = 0; s < sequence->slot_count; s++) {
		uint32_t done = 0; /* everything before it was looked at */
		for (size_t r = 0; r < lists[rarest].count; r++) {
			uint32_t at = lists[rarest].items[r];
			uint32_t low = at > reach ? at - reach : 0;
			low = low > done ? low : done;
			done = at + reach + 1;
			for (size_t k = first_from(&lists[s], low);
				k < lists[s].count && lists[s].items[k] < done; k++) {
				ARRAY_GROW(*ret, *ret_count, capacity);
				(*ret)[(*ret_count)++] =
					(struct event){lists[s].items[k], (uint32_t)s};
			}
		}
	}
	if (*ret_count)
		qsort(*ret, *ret_count, sizeof(**ret), compare_events);
}

static lupe_status read_events(struct document *d, const struct sequence *sequence,
	struct event **ret, size_t *ret_count, struct lupe_error *err)
{
	bool all;
	struct position_list *lists = mem_zalloc(sequence->slot_count * sizeof(*lists));
	lupe_status status = read_lists(d, sequence, lists, &all, err);
	if (status == LUPE_OK && all)
		collect_events(lists, sequence, ret, ret_count);
	for (size_t i = 0; i < sequence->slot_count; i++)
		free(lists[i].items);
	free(lists);
	return status;
}

/* Number of different positions among sorted events. */
static size_t distinct(const struct event *events, size_t count)
{
	size_t different = 0;
	for (size_t i = 0; i < count; i++)
		different += i == 0 || events[i].position != events[i - 1].position;
	return different;
}

/* The positions of all windows that hold every slot, into d->sequence. */
static lupe_status read_cover(
	struct document *d, const struct sequence *sequence, struct lupe_error *err)
{
	struct event *events = NULL;
	size_t count = 0, from = 0, missing = sequence->slot_count, taken = 0;
	size_t *held = mem_zalloc(sequence->slot_count * sizeof(*held));
	lupe_status status = read_events(d, sequence, &events, &count, err);
	d->sequence.count = 0;
	for (size_t i = 0; i < count && status == LUPE_OK; i++) {
		missing -= held[events[i].slot]++ == 0;
		while (events[i].position - events[from].position >= sequence->window)
			missing += --held[events[from++].slot] == 0;
		if (missing || distinct(events + from, i + 1 - from) < sequence->slot_count)
			continue;
		for (taken = taken > from ? taken : from; taken <= i; taken++) {
			uint32_t position = events[taken].position;
			size_t so_far = d->sequence.count;
			if (so_far && d->sequence.items[so_far - 1] == position)
				continue;
			ARRAY_GROW(d->sequence.items, d->sequence.count, d->sequence.capacity);
			d->sequence.items[d->sequence.count++] = position;
		}
	}
	free(held);
	free(events);
	return status;
}

/* Words of the title have no positions there: they are shown wherever they stand in the text. */
static lupe_status read_words(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	const struct sequence *sequence = &leaf->sequences[0];
	for (size_t i = 0; i < sequence->slot_count; i++) {
		lupe_status status = read_slot(d, &sequence->slots[i], err);
		if (status != LUPE_OK)
			return status;
		for (size_t k = 0; k < d->merged.count; k++)
			add_hit(&d->hits, d->merged.items[k], 1, leaf->index);
	}
	return LUPE_OK;
}

lupe_status hits_read(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	if (leaf->field == FIELD_TITLE)
		return read_words(d, leaf, err);
	if (leaf->field == FIELD_AUTHOR)
		return LUPE_OK;
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		lupe_status status = sequence->window ? read_cover(d, sequence, err)
						      : read_sequence(d, sequence, err);
		if (status != LUPE_OK)
			return status;
		size_t words = sequence->window ? 1 : sequence->slot_count;
		for (size_t k = 0; k < d->sequence.count; k++)
			add_hit(&d->hits, d->sequence.items[k], words, leaf->index);
	}
	return LUPE_OK;
}
