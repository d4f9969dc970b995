/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A document of the answer: its record, and its hits sorted and verified.
 */
#include "query/document.h"

#include <stdlib.h>

#include "base/mem.h"
#include "query/brief.h"
#include "query/document_internal.h"
#include "query/known.h"
#include "query/near.h"
#include "store/schema.h"
#include "store/seal.h"

struct document *document_new(xc_database *db, struct analyser *analyser)
{
	struct document *d = mem_zalloc(sizeof(*d));
	d->db = db;
	d->analyser = analyser;
	d->record = record_new();
	d->sequences = sequence_reader_new(NULL);
	return d;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	xc_document_close(d->handle);
	record_free(d->record);
	sequence_reader_free(d->sequences);
	position_list_done(&d->found);
	free(d->hits.items);
	free(d->leaf_found);
	free(d->leaf_known);
	free(d->matches);
	free(d);
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

/* Whether a leaf is about a field of the record that has no positions. */
static bool is_brief(const struct leaf *leaf)
{
	return leaf->field == FIELD_TITLE || leaf->field == FIELD_AUTHOR;
}

/* A word found whole and as a part of what its compound covers. */
static bool same_hit(const struct hit *a, const struct hit *b)
{
	return a->position == b->position && a->leaf == b->leaf && a->words == b->words &&
	       a->match == b->match;
}

/* Whether a place is what its leaf asks for. */
static bool is_wanted(const struct document *d, const struct place *place)
{
	const struct leaf *leaf = d->plan->leaves[place->leaf];
	return d->plan->vias & 1u << place->via && (!leaf->exact || place->as_written);
}

/* Drops the hits of exact leaves whose surface is another form. */
static lupe_status compare_surfaces(struct document *d, struct lupe_error *err)
{
	struct place *places = mem_alloc(d->hits.count * sizeof(*places));
	lupe_status status = document_locate(d, 0, d->hits.count, places, err);
	size_t kept = 0;
	for (size_t i = 0; i < d->hits.count && status == LUPE_OK; i++)
		if (is_wanted(d, &places[i]))
			d->hits.items[kept++] = d->hits.items[i];
	d->hits.count = kept;
	free(places);
	return status;
}

static bool needs_surfaces(const struct document *d)
{
	const struct plan *plan = d->plan;
	for (size_t i = 0; i < plan->leaf_count; i++)
		if (plan->leaves[i]->exact && !d->leaf_known[i])
			return true;
	return plan->vias != (1u << VIA_COUNT) - 1;
}

static void drop_far(struct document *d, const struct node *node)
{
	if (node->kind == NODE_NEAR)
		d->hits.count = near_filter(node, d->hits.items, d->hits.count);
	for (const struct node *child = node->children; child; child = child->next)
		drop_far(d, child);
}

/* Notes what is found of each leaf, and drops the hits that are not to be shown. */
static void note_found(struct document *d)
{
	size_t kept = 0;
	for (size_t i = 0; i < d->hits.count; i++) {
		const struct leaf *leaf = d->plan->leaves[d->hits.items[i].leaf];
		d->leaf_found[leaf->index] |= !is_brief(leaf);
		if (!leaf->negative &&
			!(kept && same_hit(&d->hits.items[kept - 1], &d->hits.items[i])))
			d->hits.items[kept++] = d->hits.items[i];
	}
	d->hits.count = kept;
}

/* Keeps of the hits what the query asks for beyond terms: forms as written, nearness. */
static lupe_status filter_hits(struct document *d, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	if (d->hits.count && needs_surfaces(d))
		status = compare_surfaces(d, err);
	if (status != LUPE_OK)
		return status;
	if (d->plan->verify && d->plan->root)
		drop_far(d, d->plan->root);
	note_found(d);
	return LUPE_OK;
}

static bool is_sorted(const struct hit_list *hits)
{
	for (size_t i = 1; i < hits->count; i++)
		if (compare_hits(&hits->items[i - 1], &hits->items[i]) > 0)
			return false;
	return true;
}

static bool is_in_field(struct document *d, const struct leaf *leaf)
{
	const struct record_fields *fields = record_fields(d->record);
	if (leaf->field == FIELD_TITLE)
		return brief_has(d->analyser, leaf, fields->title);
	return brief_has(d->analyser, leaf, fields->author) ||
	       brief_has(d->analyser, leaf, fields->body);
}

static lupe_status read_leaf(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	if (leaf->regex)
		return matches_read(d, leaf, err);
	if (d->plan->verify && is_brief(leaf))
		d->leaf_found[leaf->index] = is_in_field(d, leaf);
	return hits_read(d, leaf, err);
}

/* Forgets the document before. */
static void begin(struct document *d, uint32_t docid, const struct plan *plan)
{
	xc_document_close(d->handle);
	d->handle = NULL;
	d->docid = docid;
	d->plan = plan;
	d->hits.count = 0;
	d->match_count = 0;
	d->mark_frame = SIZE_MAX;
	if (d->leaf_room < plan->leaf_count) {
		d->leaf_room = plan->leaf_count;
		d->leaf_found = mem_realloc_array(d->leaf_found, d->leaf_room, sizeof(bool));
		d->leaf_known = mem_realloc_array(d->leaf_known, d->leaf_room, sizeof(bool));
	}
	for (size_t i = 0; i < plan->leaf_count; i++)
		d->leaf_found[i] = d->leaf_known[i] = false;
}

static lupe_status open_handle(struct document *d, struct lupe_error *err)
{
	return d->handle ? LUPE_OK : xc_document_open(d->db, d->docid, true, &d->handle, err);
}

static lupe_status read_record(struct document *d, struct lupe_error *err)
{
	return record_open(d->record, sealed_value, d->handle, err);
}

static lupe_status read_hits(struct document *d, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	sequence_reader_open(d->sequences, d->db, d->docid, sealed_value, d->handle);
	for (size_t i = 0; i < d->plan->leaf_count && status == LUPE_OK; i++) {
		const struct leaf *leaf = d->plan->leaves[i];
		bool asked = !leaf->dropped && !d->leaf_known[i];
		if (asked && (!leaf->negative || d->plan->verify))
			status = read_leaf(d, leaf, err);
	}
	if (status != LUPE_OK)
		return status;
	if (!is_sorted(&d->hits))
		qsort(d->hits.items, d->hits.count, sizeof(*d->hits.items), compare_hits);
	return filter_hits(d, err);
}

lupe_status document_open(
	struct document *d, uint32_t docid, const struct plan *plan, struct lupe_error *err)
{
	begin(d, docid, plan);
	lupe_status status = open_handle(d, err);
	if (status == LUPE_OK)
		status = read_record(d, err);
	return status == LUPE_OK ? read_hits(d, err) : status;
}

lupe_status document_path(
	struct document *d, uint32_t docid, struct span *ret, struct lupe_error *err)
{
	static const struct plan no_leaves;
	begin(d, docid, &no_leaves);
	lupe_status status = document_value(d, SLOT_PATH, ret, err);
	if (status != LUPE_OK || (ret->len && ret->len < SLOT_TEXT_BYTES))
		return status;
	status = read_record(d, err); /* it is cut there */
	if (status == LUPE_OK)
		*ret = record_fields(d->record)->path;
	return status;
}

/* Takes over what is known of the document; whether that is all there is to know. */
static bool take_known(struct document *d)
{
	bool all = true;
	for (size_t i = 0; i < d->plan->leaf_count; i++) {
		enum known known = known_of(d->plan->leaves[i], d->docid);
		d->leaf_known[i] = known != KNOWN_NOTHING;
		d->leaf_found[i] = known == KNOWN_FOUND;
		all &= d->leaf_known[i] || d->plan->leaves[i]->dropped;
	}
	return all;
}

/* Whether it takes more than position lists to decide about a document. */
static bool needs_record(const struct document *d)
{
	bool needs = needs_surfaces(d);
	for (size_t i = 0; i < d->plan->leaf_count && !needs; i++)
		needs = d->plan->leaves[i]->regex || is_brief(d->plan->leaves[i]);
	return needs;
}

lupe_status document_check(
	struct document *d, uint32_t docid, const struct plan *plan, struct lupe_error *err)
{
	begin(d, docid, plan);
	if (take_known(d))
		return LUPE_OK;
	lupe_status status = open_handle(d, err);
	if (status == LUPE_OK && needs_record(d))
		status = read_record(d, err);
	return status == LUPE_OK ? read_hits(d, err) : status;
}

const struct record_fields *document_fields(const struct document *d)
{
	return record_fields(d->record);
}

lupe_status document_value(
	struct document *d, uint32_t slot, struct span *ret, struct lupe_error *err)
{
	struct xc_bytes value;
	lupe_status status = open_handle(d, err);
	if (status == LUPE_OK)
		status = xc_document_value(d->handle, slot, &value, err);
	if (status == LUPE_OK)
		*ret = (struct span){value.ptr, value.len};
	return status;
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
	if (node->kind == NODE_FILTER)
		return true;
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
	case NODE_REGEX:
		return d->leaf_found[node->leaf->index];
	case NODE_FILTER:
		return docids_hold((struct docids){node->docids, node->docid_count}, d->docid);
	case NODE_NOT:
		return !document_matches(d, node->children);
	case NODE_AND:
	case NODE_NEAR: /* only hits that are near count as found */
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

bool document_matches_any(const struct document *d, const struct node *root)
{
	bool asked = false, found = false;
	if (root->kind != NODE_AND || root->required)
		return document_matches(d, root);
	for (const struct node *child = root->children; child; child = child->next) {
		bool matches = document_matches(d, child);
		if ((child->kind == NODE_NOT || child->kind == NODE_FILTER) && !matches)
			return false;
		if (child->kind == NODE_NOT || child->kind == NODE_FILTER || !is_asked(child))
			continue;
		asked = true;
		found |= matches;
	}
	return found || !asked;
}

lupe_status document_frame(struct document *d, size_t frame, struct span *ret_text,
	uint32_t *ret_begin, struct lupe_error *err)
{
	lupe_status status = record_frame_text(d->record, frame, ret_text, err);
	if (status == LUPE_OK)
		*ret_begin = record_frame(d->record, frame)->begin;
	return status;
}

size_t document_bytes(const struct document *d)
{
	return record_text_bytes(d->record);
}

const struct block *document_blocks(const struct document *d, size_t *ret_count)
{
	return record_blocks(d->record, ret_count);
}

lupe_status document_range(
	struct document *d, uint32_t begin, uint32_t end, struct buf *ret, struct lupe_error *err)
{
	size_t count = record_frame_count(d->record);
	for (size_t i = document_frame_of_byte(d, begin); i < count; i++) {
		const struct frame *frame = record_frame(d->record, i);
		struct span text;
		if (frame->begin >= end)
			break;
		lupe_status status = record_frame_text(d->record, i, &text, err);
		if (status != LUPE_OK)
			return status;
		uint32_t from = begin > frame->begin ? begin - frame->begin : 0;
		uint32_t to = (end < frame->end ? end : frame->end) - frame->begin;
		if (from < to)
			buf_add(ret, text.ptr + from, to - from);
	}
	return LUPE_OK;
}

size_t document_frame_of_byte(const struct document *d, uint32_t at)
{
	size_t low = 0, high = record_frame_count(d->record);
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (record_frame(d->record, middle)->begin <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t document_block_of(const struct document *d, uint32_t at)
{
	size_t low = 0, high;
	const struct block *blocks = record_blocks(d->record, &high);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (blocks[middle].begin <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : SIZE_MAX;
}

void document_stretch(const struct document *d, uint32_t at, uint32_t *ret_begin, uint32_t *ret_end)
{
	size_t count, first = document_block_of(d, at), end = first + 1;
	const struct block *blocks = record_blocks(d->record, &count);
	*ret_begin = 0;
	*ret_end = (uint32_t)record_text_bytes(d->record);
	if (first == SIZE_MAX)
		return;
	bool runs = blocks[first].kind == BLOCK_TEXT;
	while (runs && end < count && blocks[end].kind == BLOCK_TEXT)
		end++;
	while (runs && first > 0 && blocks[first - 1].kind == BLOCK_TEXT)
		first--;
	*ret_begin = blocks[first].begin;
	if (end < count)
		*ret_end = blocks[end].begin;
}

/* The first hit from position `position` on. */
static size_t first_hit_from(const struct hit_list *hits, uint32_t position)
{
	size_t low = 0, high = hits->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (hits->items[middle].position < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t document_hits_near(const struct document *d, uint32_t begin, uint32_t end, size_t *ret_first)
{
	size_t last = document_frame_of_byte(d, end ? end - 1 : 0);
	*ret_first = first_hit_from(&d->hits,
		record_frame(d->record, document_frame_of_byte(d, begin))->first_position);
	if (last + 1 == record_frame_count(d->record))
		return d->hits.count;
	return first_hit_from(&d->hits, record_frame(d->record, last + 1)->first_position);
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

void places_sort(struct place *places, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare_places(&places[i - 1], &places[i]) > 0) {
			qsort(places, count, sizeof(*places), compare_places);
			return;
		}
}
