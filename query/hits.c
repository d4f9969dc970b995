/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hits come from position lists, so a document whose hits are only counted is never decoded. A
 * phrase is a merge of the lists of its slots. Places come from analysing the frames that hold
 * them once more, which finds the same words at the same positions.
 */
#include "query/hits.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"

struct hit_list {
	struct hit *items;
	size_t count, capacity;
};

/* Rising positions, grown as needed. */
struct position_list {
	uint32_t *items;
	size_t count, capacity;
};

struct document {
	xc_database *db;
	struct analyser *analyser;
	struct record *record;
	xc_document *handle;
	uint32_t docid;
	const struct plan *plan;
	struct hit_list hits;
	bool *leaf_found; /* by leaf index, negative leaves too */
	size_t leaf_room;
	/* where the last locating stopped: windows of one frame are located one after the other */
	struct analyser_mark mark;
	size_t mark_frame; /* SIZE_MAX: nowhere */
	const char *mark_text;
	struct xc_positions read;
	struct position_list merged, sequence;
};

const char *via_name(enum via via)
{
	static const char *const names[] = {"exact", "inflection", "gender", "join"};
	return names[via];
}

struct document *document_new(xc_database *db, struct analyser *analyser)
{
	struct document *d = mem_zalloc(sizeof(*d));
	d->db = db;
	d->analyser = analyser;
	d->record = record_new();
	return d;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	xc_document_close(d->handle);
	record_free(d->record);
	xc_positions_done(&d->read);
	free(d->merged.items);
	free(d->sequence.items);
	free(d->hits.items);
	free(d->leaf_found);
	free(d);
}

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

/* Sorts and drops doubles. */
static void settle(struct position_list *list)
{
	qsort(list->items, list->count, sizeof(*list->items), compare_positions);
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || list->items[kept - 1] != list->items[i])
			list->items[kept++] = list->items[i];
	list->count = kept;
}

/* The positions of any of the slot's terms, into d->merged. */
static lupe_status read_slot(struct document *d, const struct slot *slot, struct lupe_error *err)
{
	size_t lists = 0;
	d->merged.count = 0;
	for (size_t i = 0; i < slot->term_count; i++) {
		struct xc_bytes term = {slot->terms[i].ptr, slot->terms[i].len};
		lupe_status status = xc_positions_read(d->db, d->docid, term, &d->read, err);
		if (status != LUPE_OK)
			return status;
		lists += d->read.count > 0;
		for (size_t k = 0; k < d->read.count; k++) {
			ARRAY_GROW(d->merged.items, d->merged.count, d->merged.capacity);
			d->merged.items[d->merged.count++] = d->read.items[k];
		}
	}
	if (lists > 1)
		settle(&d->merged);
	return LUPE_OK;
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

static int compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	if (x->words != y->words)
		return x->words > y->words ? -1 : 1;
	return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

/* ---- places ---- */

static bool has_span(const struct span *list, size_t count, struct span text)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(list[i], text))
			return true;
	return false;
}

/* Whether the slot asks for this term of the analyser. */
static bool slot_wants(const struct slot *slot, const struct term *term)
{
	if (term->kind == TERM_EXACT)
		return false;
	const char *prefix = term->kind == TERM_JOINED ? PREFIX_JOINED : PREFIX_STEM;
	size_t len = strlen(prefix);
	for (size_t i = 0; i < slot->term_count; i++) {
		struct span wanted = slot->terms[i];
		if (wanted.len == len + term->text.len && memcmp(wanted.ptr, prefix, len) == 0 &&
			span_equal(span_skip(wanted, len), term->text))
			return true;
	}
	return false;
}

struct surface_match {
	bool found, as_written;
	uint32_t begin, end; /* relative to the surface */
	enum via via;
};

/* How a surface answers a slot: its widest range that the slot asks for. */
static struct surface_match match_surface(const struct slot *slot, const struct terms *terms)
{
	struct surface_match match = {.begin = UINT32_MAX, .via = VIA_INFLECTION};
	bool joined = false;
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (!slot_wants(slot, term))
			continue;
		match.found = true;
		joined |= term->kind == TERM_JOINED;
		match.begin = term->begin < match.begin ? term->begin : match.begin;
		match.end = term->end > match.end ? term->end : match.end;
	}
	for (size_t i = 0; i < terms->count; i++)
		match.as_written |= terms->items[i].kind == TERM_EXACT &&
				    has_span(slot->forms, slot->form_count, terms->items[i].text);
	match.via = terms->gendered    ? VIA_GENDER
		    : joined           ? VIA_JOIN
		    : match.as_written ? VIA_EXACT
				       : VIA_INFLECTION;
	return match;
}

/* The slot that a hit's word number `word` answers, by the sequence of that length it belongs to;
   several sequences may have it: the first whose slot the surface answers. */
static struct surface_match match_word(
	const struct leaf *leaf, size_t words, size_t word, const struct terms *terms)
{
	struct surface_match none = {.found = false};
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		if (sequence->slot_count != words)
			continue;
		struct surface_match match = match_surface(&sequence->slots[word], terms);
		if (match.found)
			return match;
	}
	return none;
}

static enum via weaker(enum via a, enum via b)
{
	return a > b ? a : b;
}

struct locator {
	struct document *d;
	struct place *places;
	const struct hit *hits;
	size_t count;
};

/* Takes a word of the text into the places of all hits that cover it. `*first_open` is the first
   hit that may still be covered. */
static void take_word(struct locator *l, const struct word *word, struct span text,
	const struct frame *frame, size_t frame_index, size_t *first_open)
{
	const struct terms *terms = NULL;
	for (size_t i = *first_open; i < l->count; i++) {
		const struct hit *hit = &l->hits[i];
		if (hit->position > word->position)
			break;
		if (hit->position + hit->words <= word->position) {
			if (i == *first_open)
				++*first_open;
			continue;
		}
		if (!terms)
			terms = analyser_terms(l->d->analyser, word);
		size_t number = word->position - hit->position;
		struct surface_match match =
			match_word(l->d->plan->leaves[hit->leaf], hit->words, number, terms);
		uint32_t at = frame->begin + (uint32_t)(word->surface.ptr - text.ptr);
		struct place *place = &l->places[i];
		uint32_t begin = at + (match.found ? match.begin : 0);
		uint32_t end = at + (match.found ? match.end : (uint32_t)word->surface.len);
		if (number == 0) {
			place->begin = begin;
			place->frame = (uint32_t)frame_index;
			place->via = (uint8_t)match.via;
			place->as_written = true;
		}
		place->via = (uint8_t)weaker((enum via)place->via, match.via);
		place->as_written &= match.as_written;
		place->end = end;
	}
}

/* Line numbers of places, whose begins rise within a frame, but for those at one position: parts of
   a word that is hyphenated at a line end. */
static void number_lines(
	struct locator *l, struct span text, const struct frame *frame, size_t from, size_t to)
{
	uint32_t line = frame->first_line;
	const char *at = text.ptr;
	for (size_t i = from; i < to; i++) {
		const char *begin = text.ptr + (l->places[i].begin - frame->begin);
		while (at < begin && (at = memchr(at, '\n', (size_t)(begin - at)))) {
			line++;
			at++;
		}
		for (at = at ? at : begin; at > begin; at--)
			line -= at[-1] == '\n';
		at = begin;
		l->places[i].line = line;
	}
}

static lupe_status locate_in_frame(
	struct locator *l, size_t frame_index, size_t from, size_t to, struct lupe_error *err)
{
	struct record *record = l->d->record;
	const struct frame *frame = record_frame(record, frame_index);
	struct analyser_input input = {.first_position = frame->first_position};
	struct span text;
	lupe_status status = record_frame_text(record, frame_index, &text, err);
	if (status != LUPE_OK)
		return status;
	input.text = text;
	input.breaks = record_frame_breaks(record, frame_index, &input.break_count);
	if (l->d->mark_frame == frame_index && l->d->mark_text == text.ptr &&
		l->d->mark.next_position <= l->hits[from].position)
		analyser_resume(l->d->analyser, &input, &l->d->mark);
	else
		analyser_start(l->d->analyser, &input);
	struct word word;
	uint32_t last = 0;
	for (size_t i = from; i < to; i++)
		if (l->hits[i].position + l->hits[i].words > last)
			last = l->hits[i].position + l->hits[i].words;
	size_t first_open = from;
	while (analyser_next_position(l->d->analyser) < last &&
		analyser_next(l->d->analyser, &word))
		if (word.position >= l->hits[first_open < l->count ? first_open : 0].position)
			take_word(l, &word, text, frame, frame_index, &first_open);
	l->d->mark = analyser_tell(l->d->analyser);
	l->d->mark_frame = frame_index;
	l->d->mark_text = text.ptr;
	for (size_t i = from; i < to; i++)
		if (l->places[i].end == 0) /* the words are not where the lists say */
			return lupe_fail(err, LUPE_ERROR_CORRUPT,
				"document %u: text and positions differ; check the index "
				"(lupe-index check)",
				l->d->docid);
	number_lines(l, text, frame, from, to);
	return LUPE_OK;
}

lupe_status document_locate(
	struct document *d, size_t first, size_t count, struct place *ret, struct lupe_error *err)
{
	struct locator l = {.d = d, .places = ret, .hits = d->hits.items + first, .count = count};
	memset(ret, 0, count * sizeof(*ret));
	for (size_t i = 0; i < count; i++)
		ret[i].leaf = l.hits[i].leaf;
	for (size_t from = 0, to; from < count; from = to) {
		size_t frame = record_frame_of_position(d->record, l.hits[from].position);
		for (to = from + 1; to < count; to++)
			if (record_frame_of_position(d->record, l.hits[to].position) != frame)
				break;
		lupe_status status = locate_in_frame(&l, frame, from, to, err);
		if (status != LUPE_OK)
			return status;
	}
	return LUPE_OK;
}

/* ---- opening ---- */

static lupe_status read_leaf(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		lupe_status status = read_sequence(d, sequence, err);
		if (status != LUPE_OK)
			return status;
		for (size_t k = 0; k < d->sequence.count; k++)
			add_hit(&d->hits, d->sequence.items[k], sequence->slot_count, leaf->index);
	}
	return LUPE_OK;
}

/* Drops the hits of exact leaves whose surface is another form, and those of leaves that are not
   to be shown. What is found of each leaf is noted before the latter go. */
static lupe_status filter_hits(struct document *d, struct lupe_error *err)
{
	struct place *places = NULL;
	lupe_status status = LUPE_OK;
	if (d->plan->verify && d->hits.count) {
		places = mem_alloc(d->hits.count * sizeof(*places));
		status = document_locate(d, 0, d->hits.count, places, err);
	}
	size_t kept = 0;
	for (size_t i = 0; i < d->hits.count && status == LUPE_OK; i++) {
		const struct leaf *leaf = d->plan->leaves[d->hits.items[i].leaf];
		if (leaf->exact && !places[i].as_written)
			continue;
		d->leaf_found[leaf->index] = true;
		if (!leaf->negative)
			d->hits.items[kept++] = d->hits.items[i];
	}
	d->hits.count = kept;
	free(places);
	return status;
}

lupe_status document_open(
	struct document *d, uint32_t docid, const struct plan *plan, struct lupe_error *err)
{
	xc_document_close(d->handle);
	d->handle = NULL;
	d->docid = docid;
	d->plan = plan;
	d->hits.count = 0;
	d->mark_frame = SIZE_MAX;
	if (d->leaf_room < plan->leaf_count) {
		d->leaf_room = plan->leaf_count;
		d->leaf_found = mem_realloc_array(d->leaf_found, d->leaf_room, sizeof(bool));
	}
	if (plan->leaf_count)
		memset(d->leaf_found, 0, plan->leaf_count * sizeof(bool));
	struct xc_bytes data;
	lupe_status status = xc_document_open(d->db, docid, &d->handle, err);
	if (status == LUPE_OK)
		status = xc_document_data(d->handle, &data, err);
	if (status == LUPE_OK)
		status = record_open(d->record, (struct span){data.ptr, data.len}, err);
	for (size_t i = 0; i < plan->leaf_count && status == LUPE_OK; i++)
		if (!plan->leaves[i]->dropped && (!plan->leaves[i]->negative || plan->verify))
			status = read_leaf(d, plan->leaves[i], err);
	if (status != LUPE_OK)
		return status;
	if (d->hits.count)
		qsort(d->hits.items, d->hits.count, sizeof(*d->hits.items), compare_hits);
	return filter_hits(d, err);
}

const struct record_fields *document_fields(const struct document *d)
{
	return record_fields(d->record);
}

const struct hit *document_hits(const struct document *d, size_t *ret_count)
{
	*ret_count = d->hits.count;
	return d->hits.items;
}

/* Whether a node asks for anything: stop words that dropped out and leaves without words do not. */
static bool is_asked(const struct node *node)
{
	if (node->leaf)
		return !node->leaf->dropped;
	for (const struct node *child = node->children; child; child = child->next)
		if (is_asked(child))
			return true;
	return false;
}

bool document_matches(const struct document *d, const struct node *node)
{
	if (!is_asked(node))
		return true;
	switch (node->kind) {
	case NODE_WORD:
	case NODE_PHRASE:
		return d->leaf_found[node->leaf->index];
	case NODE_NOT:
		return !document_matches(d, node->children);
	case NODE_AND:
		for (const struct node *child = node->children; child; child = child->next)
			if (!document_matches(d, child))
				return false;
		return true;
	case NODE_OR:
		break;
	}
	for (const struct node *child = node->children; child; child = child->next)
		if (is_asked(child) && document_matches(d, child))
			return true;
	return false;
}

lupe_status document_frame(struct document *d, size_t frame, struct span *ret_text,
	uint32_t *ret_begin, struct lupe_error *err)
{
	lupe_status status = record_frame_text(d->record, frame, ret_text, err);
	if (status == LUPE_OK)
		*ret_begin = record_frame(d->record, frame)->begin;
	return status;
}

lupe_status document_text(struct document *d, struct buf *ret, struct lupe_error *err)
{
	buf_reserve(ret, record_text_bytes(d->record));
	for (size_t i = 0; i < record_frame_count(d->record); i++) {
		struct span text;
		lupe_status status = record_frame_text(d->record, i, &text, err);
		if (status != LUPE_OK)
			return status;
		buf_add_span(ret, text);
	}
	return LUPE_OK;
}
