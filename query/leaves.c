/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collects the leaves of a tree, decides which stop words count, and weighs what a hit of each
 * tells.
 */
#include "query/leaves.h"

#include <math.h>

#include "query/leaf.h"

/* Beyond some thousand terms Xapian takes time by their square. */
enum { MAX_LEAVES = 4096 };

/* The table doubles when its length is a power of two; the arena keeps the old ones. */
static void add_leaf(struct plan *plan, struct leaf *leaf, struct arena *arena)
{
	size_t count = plan->leaf_count;
	if ((count & (count - 1)) == 0) {
		struct leaf **leaves =
			arena_alloc(arena, (count ? 2 * count : 1) * sizeof(struct leaf *));
		if (count)
			memcpy(leaves, plan->leaves, count * sizeof(struct leaf *));
		plan->leaves = leaves;
	}
	plan->leaves[plan->leaf_count++] = leaf;
}

static void add_leaves(struct plan *plan, struct node *node, bool negative,
	struct analyser *analyser, struct arena *arena)
{
	if (node->kind == NODE_WORD || node->kind == NODE_PHRASE) {
		node->leaf = leaf_make(node, analyser, arena);
		if (!node->leaf)
			return;
		node->leaf->dropped = leaf_is_stop(node, analyser);
		node->leaf->negative = negative;
		node->leaf->index = plan->leaf_count;
		plan->verify |= node->leaf->exact;
		add_leaf(plan, node->leaf, arena);
	}
	for (struct node *child = node->children; child; child = child->next)
		add_leaves(plan, child, negative != (node->kind == NODE_NOT), analyser, arena);
}

/* Stop words drop out only beside words that say more. */
static void settle_stop_words(struct plan *plan)
{
	bool others = false;
	for (size_t i = 0; i < plan->leaf_count; i++)
		others |= !plan->leaves[i]->dropped && !plan->leaves[i]->negative;
	for (size_t i = 0; i < plan->leaf_count && !others; i++)
		plan->leaves[i]->dropped = false;
}

/* Looks every term of the slot up; `*ret_most` is the most documents that one of them has. */
static lupe_status count_slot(
	const struct slot *slot, xc_database *db, uint32_t *ret_most, struct lupe_error *err)
{
	*ret_most = 0;
	for (size_t i = 0; i < slot->term_count; i++) {
		struct alternative *a = &slot->terms[i];
		lupe_status status = xc_term_documents(
			db, (struct xc_bytes){a->term.ptr, a->term.len}, &a->documents, err);
		if (status != LUPE_OK)
			return status;
		*ret_most = a->documents > *ret_most ? a->documents : *ret_most;
	}
	return LUPE_OK;
}

/* Counts the documents of all terms. A leaf tells the more the fewer have its rarest word. */
static lupe_status weigh_leaf(
	struct leaf *leaf, uint32_t all, xc_database *db, struct lupe_error *err)
{
	uint32_t rarest = all, most;
	for (size_t i = 0; i < leaf->sequence_count; i++)
		for (size_t k = 0; k < leaf->sequences[i].slot_count; k++) {
			lupe_status status =
				count_slot(&leaf->sequences[i].slots[k], db, &most, err);
			if (status != LUPE_OK)
				return status;
			rarest = i == 0 && most < rarest ? most : rarest;
		}
	leaf->weight = log(1.0 + (double)all / (rarest ? rarest : 1));
	return LUPE_OK;
}

static lupe_status weigh_leaves(const struct plan *plan, xc_database *db, struct lupe_error *err)
{
	struct xc_statistics statistics;
	lupe_status status = xc_database_statistics(db, &statistics, err);
	for (size_t i = 0; i < plan->leaf_count && status == LUPE_OK; i++)
		status = weigh_leaf(plan->leaves[i], statistics.documents, db, err);
	return status;
}

lupe_status leaves_make(struct plan *plan, struct analyser *analyser, xc_database *db,
	struct arena *arena, struct lupe_error *err)
{
	add_leaves(plan, plan->root, false, analyser, arena);
	if (plan->leaf_count > MAX_LEAVES)
		return lupe_fail(err, LUPE_ERROR_LIMIT,
			"a query of %zu words and phrases; at most %d are searched for",
			plan->leaf_count, MAX_LEAVES);
	settle_stop_words(plan);
	return weigh_leaves(plan, db, err);
}
