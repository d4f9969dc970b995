/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collects the leaves of a tree, decides which stop words count, and weighs what a hit of each
 * tells.
 */
#include "query/leaves.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"
#include "query/expand.h"
#include "query/leaf.h"
#include "query/regex.h"
#include "text/question.h"

/* Beyond some thousand terms Xapian takes time by their square. */
enum { MAX_LEAVES = 4096 };

struct collector {
	struct plan *plan;
	struct analyser *analyser;
	xc_database *db;
	struct arena *arena;
	struct lupe_error *err;
};

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

/* The leaf of a word with wildcards; says so if they stand for too many words. */
static lupe_status make_pattern_leaf(struct collector *c, struct node *node)
{
	struct pattern *pattern = arena_alloc(c->arena, sizeof(*pattern));
	struct slot slot;
	size_t matching;
	*pattern = pattern_make(node->text, c->arena);
	bool as_written = node->exact || !pattern->open || node->field != FIELD_TEXT;
	lupe_status status = expand_pattern(
		pattern, as_written, c->analyser, c->db, c->arena, &slot, &matching, c->err);
	if (status != LUPE_OK)
		return status;
	node->leaf = leaf_of_slot(node, slot, c->arena);
	node->leaf->exact = as_written;
	if (matching > EXPAND_MOST) {
		char message[160];
		snprintf(message, sizeof(message),
			"%zu words match the wildcard; the %d most frequent are searched for",
			matching, EXPAND_MOST);
		plan_note(c->plan, c->arena, arena_copy(c->arena, span_of(message)).ptr,
			node->offset);
		c->plan->capped = true;
	}
	return LUPE_OK;
}

/* The words of which one must be in a document with a match: those that contain the letters which
   every match has. Without such letters, or with too many such words, all documents are read. */
static lupe_status narrow_regex(struct collector *c, struct node *node)
{
	char *text = arena_alloc(c->arena, node->text.len + 3);
	size_t matching, len = regex_letters(node->text, text + 1);
	struct pattern *pattern = arena_alloc(c->arena, sizeof(*pattern));
	struct slot slot;
	if (len == 0)
		return LUPE_OK;
	text[0] = text[len + 1] = '*';
	*pattern = pattern_make((struct span){text, len + 2}, c->arena);
	lupe_status status = expand_pattern(
		pattern, true, c->analyser, c->db, c->arena, &slot, &matching, c->err);
	if (status != LUPE_OK || matching > EXPAND_MOST)
		return status;
	struct regex *regex = node->leaf->regex;
	node->leaf = leaf_of_slot(node, slot, c->arena);
	node->leaf->regex = regex;
	return LUPE_OK;
}

static lupe_status make_regex_leaf(struct collector *c, struct node *node)
{
	struct plan *plan = c->plan;
	ARRAY_GROW(plan->regexes, plan->regex_count, plan->regex_capacity);
	lupe_status status = regex_new(node->text, &plan->regexes[plan->regex_count], c->err);
	if (status != LUPE_OK)
		return status;
	node->leaf = arena_alloc(c->arena, sizeof(*node->leaf));
	*node->leaf =
		(struct leaf){.text = node->text, .regex = plan->regexes[plan->regex_count++]};
	return narrow_regex(c, node);
}

static lupe_status make_leaf(struct collector *c, struct node *node)
{
	if (node->kind == NODE_REGEX)
		return make_regex_leaf(c, node);
	if (node->pattern)
		return make_pattern_leaf(c, node);
	node->leaf = leaf_make(node, c->analyser, c->arena);
	return LUPE_OK;
}

/* Whether the store finds more than what answers the leaf: what differs is in no term. */
static bool is_loose(const struct plan *plan, const struct leaf *leaf)
{
	bool words = leaf->sequence_count && leaf->sequences[0].slot_count > 1;
	bool field = leaf->field == FIELD_TITLE || leaf->field == FIELD_AUTHOR;
	return leaf->exact || leaf->regex || (field && words) || plan->verify_vias;
}

/* `near`: below NAHE, where every word counts. */
static lupe_status add_leaves(struct collector *c, struct node *node, bool negative, bool near)
{
	struct plan *plan = c->plan;
	lupe_status status = LUPE_OK;
	if (node_is_leaf(node)) {
		status = make_leaf(c, node);
		if (status != LUPE_OK || !node->leaf)
			return status;
		node->leaf->dropped = !near && !node->leaf->regex && !node->pattern &&
				      leaf_is_stop(node, c->analyser);
		node->leaf->negative = negative;
		node->leaf->spelled = node->spelled;
		node->leaf->index = plan->leaf_count;
		node->loose = is_loose(plan, node->leaf);
		add_leaf(plan, node->leaf, c->arena);
	}
	near |= node->kind == NODE_NEAR;
	node->loose |= node->kind == NODE_NEAR;
	plan->verify |= node->loose;
	for (struct node *child = node->children; child && status == LUPE_OK; child = child->next)
		status = add_leaves(c, child, negative != (node->kind == NODE_NOT), near);
	return status;
}

/* The one form of a word; empty for anything else. */
static struct span form_of(const struct leaf *leaf)
{
	bool word = !leaf->regex && !leaf->phrase && !leaf->exact && leaf->sequence_count &&
		    leaf->sequences[0].slot_count == 1 &&
		    leaf->sequences[0].slots[0].form_count == 1;
	return word ? leaf->sequences[0].slots[0].forms[0] : SPAN("");
}

/* In a question, "In welchen Sprachen finde ich ...", words that only ask drop out like words of
   grammar, beside words that say more. */
static void settle_question(struct plan *plan)
{
	enum { OPENING = 3 }; /* for which, in which, of which */
	bool question = false, subject = false;
	for (size_t i = 0; i < plan->leaf_count; i++) {
		const struct leaf *leaf = plan->leaves[i];
		question |= i < OPENING && leaf->dropped && question_opens(form_of(leaf));
		subject |= !leaf->dropped && !leaf->negative && !question_fills(form_of(leaf));
	}
	for (size_t i = 0; i < plan->leaf_count && question && subject; i++)
		plan->leaves[i]->dropped |= question_fills(form_of(plan->leaves[i]));
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
		struct xc_bytes term = {a->term.ptr, a->term.len};
		lupe_status status =
			slot->sorted ? LUPE_OK : xc_term_documents(db, term, &a->documents, err);
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
	struct collector collector = {plan, analyser, db, arena, err};
	lupe_status status = add_leaves(&collector, plan->root, false, false);
	if (status != LUPE_OK)
		return status;
	if (plan->leaf_count > MAX_LEAVES)
		return lupe_fail(err, LUPE_ERROR_LIMIT,
			"a query of %zu words and phrases; at most %d are searched for",
			plan->leaf_count, MAX_LEAVES);
	settle_question(plan);
	settle_stop_words(plan);
	return weigh_leaves(plan, db, err);
}
