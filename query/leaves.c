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

/* A leaf tells the more the fewer documents have its rarest word. */
static lupe_status weigh_leaves(const struct plan *plan, xc_database *db, struct lupe_error *err)
{
	struct xc_statistics statistics;
	lupe_status status = xc_database_statistics(db, &statistics, err);
	for (size_t i = 0; i < plan->leaf_count && status == LUPE_OK; i++) {
		struct leaf *leaf = plan->leaves[i];
		uint32_t rarest = statistics.documents;
		const struct sequence *first = &leaf->sequences[0];
		for (size_t k = 0; k < first->slot_count; k++) {
			uint32_t documents = 0, most = 0;
			for (size_t t = 0; t < first->slots[k].term_count; t++) {
				if (xc_term_documents(db,
					    (struct xc_bytes){first->slots[k].terms[t].term.ptr,
						    first->slots[k].terms[t].term.len},
					    &documents, NULL) == LUPE_OK &&
					documents > most)
					most = documents;
			}
			rarest = most < rarest ? most : rarest;
		}
		leaf->weight = log(1.0 + (double)statistics.documents / (rarest ? rarest : 1));
	}
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
