/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks the store for the exact forms of leaves whose surfaces would else be compared. Phrases,
 * NAHE and --via need the places of hits and are left to the text.
 */
#include "query/known.h"

#include "query/leaf.h"
#include "store/schema.h"
#include "text/stop.h"

bool docids_hold(struct docids list, uint32_t docid)
{
	size_t low = 0, high = list.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (list.items[middle] < docid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list.count && list.items[low] == docid;
}

enum known known_of(const struct leaf *leaf, uint32_t docid)
{
	if (!leaf->known)
		return KNOWN_NOTHING;
	if (docids_hold(leaf->sure, docid))
		return KNOWN_FOUND;
	return docids_hold(leaf->doubtful, docid) ? KNOWN_NOTHING : KNOWN_MISSING;
}

/* The documents that have any of the terms. */
static lupe_status list_any(
	struct planner *p, const struct span *terms, size_t count, struct docids *ret)
{
	xc_query **subs = arena_alloc(p->arena, (count + 1) * sizeof(xc_query *));
	*ret = (struct docids){NULL, 0};
	for (size_t i = 0; i < count; i++)
		subs[i] = planner_term(p, terms[i]);
	xc_query *query = planner_combine(p, xc_query_or, subs, count);
	return query && p->status == LUPE_OK ? planner_list(p, query, ret) : p->status;
}

/* The terms of a word that is no pattern: its forms, and the stems that they may be. Stop words
   have stems alone. */
static void add_forms(struct planner *p, struct slot *slot)
{
	size_t room = slot->form_count + slot->term_count + 1;
	slot->written = arena_alloc(p->arena, room * sizeof(struct span));
	slot->bare = arena_alloc(p->arena, room * sizeof(struct span));
	bool stop = false;
	for (size_t i = 0; i < slot->form_count; i++) {
		slot->written[slot->written_count++] =
			term_prefixed(p->arena, PREFIX_EXACT, slot->forms[i]);
		slot->bare[slot->bare_count++] = slot->forms[i];
		stop |= stop_word(slot->forms[i]);
	}
	for (size_t i = 0; stop && i < slot->term_count; i++)
		slot->bare[slot->bare_count++] = slot->terms[i].term;
}

/* Whether exact forms decide about a leaf. */
static bool is_decided(const struct leaf *leaf)
{
	return leaf->exact && !leaf->phrase && !leaf->dropped && leaf->field == FIELD_TEXT &&
	       leaf->sequence_count == 1 && leaf->sequences[0].slot_count == 1;
}

static bool has_near(const struct node *node)
{
	for (const struct node *child = node->children; child; child = child->next)
		if (has_near(child))
			return true;
	return node->kind == NODE_NEAR;
}

lupe_status known_make(struct planner *p)
{
	lupe_status status = LUPE_OK;
	if (p->plan->verify_vias || has_near(p->plan->root))
		return LUPE_OK;
	for (size_t i = 0; i < p->plan->leaf_count && status == LUPE_OK; i++) {
		struct leaf *leaf = p->plan->leaves[i];
		if (!is_decided(leaf))
			continue;
		struct slot *slot = &leaf->sequences[0].slots[0];
		if (!slot->pattern)
			add_forms(p, slot);
		status = list_any(p, slot->written, slot->written_count, &leaf->sure);
		if (status == LUPE_OK)
			status = list_any(p, slot->bare, slot->bare_count, &leaf->doubtful);
		leaf->known = true;
	}
	return status;
}
