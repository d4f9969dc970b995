/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of positions: merged, laid side by side, and looked at through a sliding window. */
#include "query/sequence.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"

/* From how many terms on a look into the list of a document is cheaper than one for each. */
enum { MANY_TERMS = 100 };
/* Parts of a compound that are looked for without noting where they stand. */
enum { SEQUENCE_SLOTS = 8 };
enum { LEVEL_UNKNOWN = -1, LEVEL_NONE = -2 };

struct sequence_reader {
	const bool *tiers; /* NULL: all */
	xc_database *db;   /* NULL: none to ask */
	uint32_t docid;
	value_source source;
	void *context;
	int level;     /* of the shares; LEVEL_UNKNOWN, LEVEL_NONE: the document has none */
	uint32_t slot; /* of the share read last; 0: none */
	struct span share;
	struct position_list read, merged, scratch;
	struct position_list *lists; /* of the slots of a sequence */
	size_t list_count;
	struct event *events;
	size_t event_count, event_capacity;
};

/* A position of one of the slots that must stand near each other. */
struct event {
	uint32_t position;
	uint32_t slot;
};

struct sequence_reader *sequence_reader_new(const bool tiers[TIER_COUNT])
{
	struct sequence_reader *reader = mem_zalloc(sizeof(*reader));

	reader->tiers = tiers;
	return reader;
}

void sequence_reader_free(struct sequence_reader *reader)
{
	if (!reader)
		return;
	position_list_done(&reader->read);
	position_list_done(&reader->merged);
	position_list_done(&reader->scratch);
	for (size_t i = 0; i < reader->list_count; i++)
		position_list_done(&reader->lists[i]);
	free(reader->lists);
	free(reader->events);
	free(reader);
}

void sequence_reader_open(struct sequence_reader *reader, xc_database *db, uint32_t docid,
	value_source source, void *context)
{
	reader->db = db;
	reader->docid = docid;
	reader->source = source;
	reader->context = context;
	reader->level = LEVEL_UNKNOWN;
	reader->slot = 0;
}

static lupe_status read_level(struct sequence_reader *r, struct lupe_error *err)
{
	struct span value;
	unsigned level;
	lupe_status status = r->source(r->context, SLOT_SHARES, &value, err);
	if (status != LUPE_OK)
		return status;
	if (value.len && !positions_level(value, &level))
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "positions cannot be read");
	r->level = value.len ? (int)level : LEVEL_NONE;
	return LUPE_OK;
}

/* Has the share of the term at hand. */
static lupe_status open_share(struct sequence_reader *r, struct span term, struct lupe_error *err)
{
	lupe_status status = r->level == LEVEL_UNKNOWN ? read_level(r, err) : LUPE_OK;
	if (status != LUPE_OK)
		return status;
	uint32_t slot = r->level == LEVEL_NONE ? 0 : positions_slot(term, (unsigned)r->level);
	if (!slot)
		r->share = (struct span){NULL, 0};
	if (r->slot == slot)
		return LUPE_OK;
	r->slot = 0;
	status = r->source(r->context, slot, &r->share, err);
	if (status == LUPE_OK)
		r->slot = slot;
	return status;
}

static void swap(struct position_list *a, struct position_list *b)
{
	struct position_list taken = *a;
	*a = *b;
	*b = taken;
}

/* Merges `added` into `list`, both rising, doubles once; `scratch` is exchanged with `list`. */
static void merge(struct position_list *list, const struct position_list *added,
	struct position_list *scratch)
{
	size_t i = 0, k = 0;
	scratch->count = 0;
	while (i < list->count || k < added->count) {
		bool left =
			k == added->count || (i < list->count && list->items[i] <= added->items[k]);
		uint32_t position = left ? list->items[i++] : added->items[k++];
		if (!scratch->count || scratch->items[scratch->count - 1] != position)
			position_list_add(scratch, position);
	}
	swap(list, scratch);
}

static lupe_status merge_term(struct sequence_reader *r, struct span term, struct lupe_error *err)
{
	lupe_status status = open_share(r, term, err);
	if (status == LUPE_OK)
		status = positions_read(r->share, term, &r->read, err);
	if (status != LUPE_OK || !r->read.count)
		return status;
	if (r->merged.count)
		merge(&r->merged, &r->read, &r->scratch);
	else
		swap(&r->merged, &r->read);
	return LUPE_OK;
}

/* The same for many terms: those that the document has are found in the list of its own. */
static lupe_status read_many(
	struct sequence_reader *r, const struct slot *slot, struct lupe_error *err)
{
	xc_terms *terms;
	struct xc_term term;
	size_t i = 0;
	struct span first = slot->terms[0].term;
	lupe_status status = xc_document_terms_start(r->db, r->docid, false, &terms, err);
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
			status = merge_term(r, slot->terms[i].term, err);
		if (status == LUPE_OK)
			status = xc_terms_next(terms, &term, err);
	}
	xc_terms_close(terms);
	return status < 0 ? status : LUPE_OK;
}

/* The positions of any of the slot's terms, into r->merged. */
static lupe_status read_slot(
	struct sequence_reader *r, const struct slot *slot, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	r->merged.count = 0;
	if (r->db && slot->sorted && slot->term_count > MANY_TERMS)
		return read_many(r, slot, err);
	for (size_t i = 0; i < slot->term_count && status == LUPE_OK; i++)
		if (slot->terms[i].documents && (!r->tiers || r->tiers[slot->terms[i].tier]))
			status = merge_term(r, slot->terms[i].term, err);
	return status;
}

lupe_status sequence_read_slot(struct sequence_reader *r, const struct slot *slot,
	struct position_list *ret, struct lupe_error *err)
{
	lupe_status status = read_slot(r, slot, err);
	if (status == LUPE_OK)
		swap(&r->merged, ret);
	return status;
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

/* Keeps of `starts` those with a position of `next` `distance` further. Both rise. */
static void keep_followed(
	struct position_list *starts, const struct position_list *next, uint32_t distance)
{
	size_t kept = 0, k = 0;
	for (size_t i = 0; i < starts->count; i++) {
		uint32_t wanted = starts->items[i] + distance;
		if (starts->count * 8 < next->count)
			k = first_from(next, wanted);
		else
			while (k < next->count && next->items[k] < wanted)
				k++;
		if (k < next->count && next->items[k] == wanted)
			starts->items[kept++] = starts->items[i];
	}
	starts->count = kept;
}

/* One slot behind the other. */
static lupe_status read_phrase(struct sequence_reader *r, const struct sequence *sequence,
	struct position_list *ret, struct lupe_error *err)
{
	lupe_status status = sequence_read_slot(r, &sequence->slots[0], ret, err);
	for (size_t i = 1; i < sequence->slot_count && ret->count && status == LUPE_OK; i++) {
		status = read_slot(r, &sequence->slots[i], err);
		keep_followed(ret, &r->merged, (uint32_t)i);
	}
	return status;
}

static int compare_events(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	return (x->position > y->position) - (x->position < y->position);
}

/* The position lists of all slots; false if one is empty. */
static lupe_status read_lists(struct sequence_reader *r, const struct sequence *sequence,
	bool *ret_all, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	if (r->list_count < sequence->slot_count) {
		size_t count = sequence->slot_count;
		r->lists = mem_realloc_array(r->lists, count, sizeof(*r->lists));
		memset(r->lists + r->list_count, 0, (count - r->list_count) * sizeof(*r->lists));
		r->list_count = count;
	}
	*ret_all = true;
	for (size_t i = 0; i < sequence->slot_count && *ret_all && status == LUPE_OK; i++) {
		status = sequence_read_slot(r, &sequence->slots[i], &r->lists[i], err);
		*ret_all = r->lists[i].count > 0;
	}
	return status;
}

static size_t rarest_of(const struct position_list *lists, size_t count)
{
	size_t rarest = 0;
	for (size_t i = 1; i < count; i++)
		if (lists[i].count < lists[rarest].count)
			rarest = i;
	return rarest;
}

/* Events of all slots that could share a window with one of the rarest slot. */
static void collect_events(struct sequence_reader *r, const struct sequence *sequence)
{
	size_t rarest = rarest_of(r->lists, sequence->slot_count);
	uint32_t reach = sequence->window - 1;
	for (size_t s = 0; s < sequence->slot_count; s++) {
		const struct position_list *list = &r->lists[s];
		uint32_t done = 0; /* everything before it was looked at */
		for (size_t i = 0; i < r->lists[rarest].count; i++) {
			uint32_t at = r->lists[rarest].items[i];
			uint32_t low = at > reach ? at - reach : 0;
			low = low > done ? low : done;
			done = at + reach + 1;
			for (size_t k = first_from(list, low);
				k < list->count && list->items[k] < done; k++) {
				ARRAY_GROW(r->events, r->event_count, r->event_capacity);
				r->events[r->event_count++] =
					(struct event){list->items[k], (uint32_t)s};
			}
		}
	}
	if (r->event_count)
		qsort(r->events, r->event_count, sizeof(*r->events), compare_events);
}

/* Whether two slots may be one and the same word of the text: Kindeskinder. */
static bool shares_terms(const struct sequence *sequence)
{
	for (size_t a = 1; a < sequence->slot_count; a++)
		for (size_t b = 0; b < a; b++)
			for (size_t i = 0; i < sequence->slots[a].term_count; i++)
				for (size_t k = 0; k < sequence->slots[b].term_count; k++)
					if (span_equal(sequence->slots[a].terms[i].term,
						    sequence->slots[b].terms[k].term))
						return true;
	return false;
}

/* Whether among the events each slot from `slot` on has a position of its own; bits of `taken` are
   positions of the window. */
static bool stand_apart(
	const struct event *events, size_t count, size_t slot, size_t slot_count, uint64_t taken)
{
	if (slot == slot_count)
		return true;
	for (size_t i = 0; i < count; i++) {
		uint64_t bit = 1ull << (events[i].position - events[0].position);
		if (events[i].slot == slot && !(taken & bit) &&
			stand_apart(events, count, slot + 1, slot_count, taken | bit))
			return true;
	}
	return false;
}

/* The positions of all windows that hold every slot. */
static void slide_window(
	const struct sequence_reader *r, const struct sequence *sequence, struct position_list *ret)
{
	const struct event *events = r->events;
	size_t from = 0, missing = sequence->slot_count, taken = 0;
	bool apart = shares_terms(sequence);
	size_t *held = mem_zalloc(sequence->slot_count * sizeof(*held));
	for (size_t i = 0; i < r->event_count; i++) {
		missing -= held[events[i].slot]++ == 0;
		while (events[i].position - events[from].position >= sequence->window)
			missing += --held[events[from++].slot] == 0;
		if (missing || (apart && !stand_apart(events + from, i + 1 - from, 0,
						 sequence->slot_count, 0)))
			continue;
		for (taken = taken > from ? taken : from; taken <= i; taken++)
			if (!ret->count || ret->items[ret->count - 1] != events[taken].position)
				position_list_add(ret, events[taken].position);
	}
	free(held);
}

static lupe_status read_cover(struct sequence_reader *r, const struct sequence *sequence,
	struct position_list *ret, struct lupe_error *err)
{
	bool all;
	lupe_status status = read_lists(r, sequence, &all, err);
	ret->count = 0;
	r->event_count = 0;
	if (status != LUPE_OK || !all)
		return status;
	collect_events(r, sequence);
	slide_window(r, sequence, ret);
	return LUPE_OK;
}

lupe_status sequence_read(struct sequence_reader *r, const struct sequence *sequence,
	struct position_list *ret, struct lupe_error *err)
{
	return sequence->window ? read_cover(r, sequence, ret, err)
				: read_phrase(r, sequence, ret, err);
}

/* Whether a window holds a position of each list: the nearest ones of all, from the first on. */
static bool share_window(const struct position_list *lists, size_t count, uint32_t window)
{
	size_t at[SEQUENCE_SLOTS] = {0};
	for (;;) {
		uint32_t least = UINT32_MAX, most = 0;
		size_t first = 0;
		for (size_t i = 0; i < count; i++) {
			uint32_t position = lists[i].items[at[i]];
			first = position < least ? i : first;
			least = position < least ? position : least;
			most = position > most ? position : most;
		}
		if (most - least < window)
			return true;
		while (lists[first].items[at[first]] + window <= most)
			if (++at[first] == lists[first].count)
				return false;
	}
}

lupe_status sequence_stands(struct sequence_reader *r, const struct sequence *sequence,
	struct position_list *scratch, bool *ret, struct lupe_error *err)
{
	bool all;
	if (!sequence->window || sequence->slot_count > SEQUENCE_SLOTS || shares_terms(sequence)) {
		lupe_status status = sequence_read(r, sequence, scratch, err);
		*ret = scratch->count > 0;
		return status;
	}
	lupe_status status = read_lists(r, sequence, &all, err);
	*ret = status == LUPE_OK && all &&
	       share_window(r->lists, sequence->slot_count, sequence->window);
	return status;
}
