/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Builds the store queries of a tree. Stems carry the weight; a form that is written as in the
 * query adds to it; nearness never enters the store query, where it is dear.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/known.h"
#include "query/leaves.h"
#include "query/plan_internal.h"
#include "query/regex.h"
#include "query/sequence.h"
#include "store/schema.h"
#include "store/seal.h"

xc_query *plan_keep(struct plan *plan, xc_query *query)
{
	ARRAY_GROW(plan->queries, plan->query_count, plan->query_capacity);
	return plan->queries[plan->query_count++] = query;
}

void plan_note(struct plan *plan, struct arena *arena, const char *message, size_t offset)
{
	struct notice **next = &plan->notices;
	while (*next)
		next = &(*next)->next;
	*next = arena_alloc(arena, sizeof(**next));
	**next = (struct notice){message, offset, NULL};
}

void plan_done(struct plan *plan)
{
	for (size_t i = 0; i < plan->query_count; i++)
		xc_query_free(plan->queries[i]);
	free(plan->queries);
	for (size_t i = 0; i < plan->regex_count; i++)
		regex_free(plan->regexes[i]);
	free(plan->regexes);
	sequence_reader_free(plan->sequences);
	position_list_done(&plan->found);
	*plan = (struct plan){0};
}

/* Xapian ranks by whatever matches; what only has to match counts so little. (Below OP_FILTER, what
   a weight is summed up in the order of, and so its last bit, depends on how many documents are
   asked for: documents that tie would change places from page to page.) */
static const double as_good_as_nothing = 1e-12;

static struct xc_bytes bytes_of(struct span s)
{
	return (struct xc_bytes){s.ptr, s.len};
}

xc_query *planner_keep(struct planner *p, lupe_status status, xc_query *query)
{
	if (status == LUPE_OK)
		return plan_keep(p->plan, query);
	if (p->status == LUPE_OK)
		p->status = status;
	return NULL;
}

xc_query *planner_term(struct planner *p, struct span term)
{
	xc_query *query = NULL;
	lupe_status status = xc_query_term(bytes_of(term), 1, &query, p->err);
	return planner_keep(p, status, query);
}

xc_query *planner_everything(struct planner *p)
{
	xc_query *query = NULL;
	lupe_status status = xc_query_all(&query, p->err);
	return planner_keep(p, status, query);
}

static xc_query *scaled(struct planner *p, const xc_query *sub, double factor)
{
	xc_query *query = NULL;
	if (!sub)
		return NULL;
	lupe_status status = xc_query_scale(sub, factor, &query, p->err);
	return planner_keep(p, status, query);
}

xc_query *planner_combine(
	struct planner *p, combine_function combine, xc_query *const *subs, size_t count)
{
	const xc_query **given = arena_alloc(p->arena, (count + 1) * sizeof(*given));
	size_t used = 0;
	xc_query *last = NULL, *query = NULL;
	for (size_t i = 0; i < count; i++)
		if (subs[i])
			given[used++] = last = subs[i];
	if (used < 2)
		return last;
	lupe_status status = combine(given, used, &query, p->err);
	return planner_keep(p, status, query);
}

static xc_query *combined2(
	struct planner *p, combine_function combine, xc_query *first, xc_query *second)
{
	return planner_combine(p, combine, (xc_query *[]){first, second}, 2);
}

/* Those of the slot's terms of tiers [first, last] that are in the index; NULL if none is. */
static xc_query *tier_query(struct planner *p, const struct slot *slot, enum tier first,
	enum tier last, combine_function combine)
{
	xc_query **subs = arena_alloc(p->arena, slot->term_count * sizeof(xc_query *));
	size_t count = 0;
	for (size_t i = 0; i < slot->term_count && p->status == LUPE_OK; i++) {
		const struct alternative *a = &slot->terms[i];
		if (a->tier >= first && a->tier <= last && p->plan->tiers[a->tier] && a->documents)
			subs[count++] = planner_term(p, a->term);
	}
	return planner_combine(p, combine, subs, count);
}

xc_query *planner_or_nothing(struct planner *p, xc_query *query)
{
	xc_query *nothing = NULL;
	if (query || p->status != LUPE_OK)
		return query;
	lupe_status status = xc_query_nothing(&nothing, p->err);
	return planner_keep(p, status, nothing);
}

/* A word: all that means the same counts as one term, the other gender as a lesser one. */
static xc_query *word_query(struct planner *p, const struct slot *slot)
{
	xc_query *same = tier_query(p, slot, TIER_STEM, TIER_PART, xc_query_synonym);
	xc_query *other = tier_query(p, slot, TIER_GENDER, TIER_GENDER, xc_query_or);
	xc_query *umlaut = tier_query(p, slot, TIER_UMLAUT, TIER_UMLAUT, xc_query_or);
	xc_query *norm = tier_query(p, slot, TIER_NORM, TIER_NORM, xc_query_or);
	return planner_combine(p, xc_query_or,
		(xc_query *[]){same, scaled(p, other, p->weights.gender),
			scaled(p, umlaut, p->weights.umlaut), norm},
		4);
}

/* A sequence, for the store to ask about. */
struct standing {
	struct plan *plan;
	const struct sequence *sequence;
};

static lupe_status get_value(void *context, uint32_t slot, struct span *ret, struct lupe_error *err)
{
	struct xc_bytes value;
	(void)err; /* the search tells of it */
	lupe_status status = xc_values_get(context, slot, &value);
	return status == LUPE_OK ? seal_open((struct span){value.ptr, value.len}, ret, NULL)
				 : status;
}

static lupe_status stands_there(void *context, xc_values *values)
{
	struct standing *standing = context;
	struct plan *plan = standing->plan;
	bool stands;
	sequence_reader_open(plan->sequences, NULL, 0, get_value, values);
	lupe_status status =
		sequence_stands(plan->sequences, standing->sequence, &plan->found, &stands, NULL);
	return status == LUPE_OK && !stands ? LUPE_END : status;
}

/* Documents in which a sequence stands, of those that have a term of each of its slots. Those that
   have the `whole` of which it is the pieces match as they are. */
static xc_query *standing_query(
	struct planner *p, const struct sequence *sequence, const struct slot *whole)
{
	struct standing *standing = arena_alloc(p->arena, sizeof(*standing));
	size_t term_count = whole ? whole->term_count : 0, count = 0;
	struct xc_bytes *good = arena_alloc(p->arena, (term_count + 1) * sizeof(*good));
	xc_query *query = NULL;
	*standing = (struct standing){p->plan, sequence};
	for (size_t i = 0; i < term_count; i++)
		if (whole->terms[i].documents && p->plan->tiers[whole->terms[i].tier])
			good[count++] = bytes_of(whole->terms[i].term);
	lupe_status status = xc_query_test(stands_there, standing, good, count, &query, p->err);
	return planner_keep(p, status, query);
}

/* `whole`: a word that the sequence is the pieces of; NULL if it is of none. */
static xc_query *sequence_query(
	struct planner *p, const struct sequence *sequence, const struct slot *whole)
{
	if (sequence->slot_count == 1)
		return planner_or_nothing(p, word_query(p, &sequence->slots[0]));
	size_t count = sequence->slot_count;
	xc_query **subs = arena_alloc(p->arena, (count + 1) * sizeof(xc_query *));
	for (size_t i = 0; i < count; i++) {
		subs[i] = tier_query(p, &sequence->slots[i], TIER_STEM, TIER_NORM, xc_query_or);
		if (!subs[i]) /* without one of them there is none */
			return planner_or_nothing(p, NULL);
	}
	subs[count] = standing_query(p, sequence, whole);
	xc_query *query = planner_combine(p, xc_query_and, subs, count + 1);
	return sequence->window ? scaled(p, query, p->weights.cover) : query;
}

/* Forms as written, of a slot whose surfaces differ from their stems. */
static xc_query *form_query(struct planner *p, const struct slot *slot)
{
	xc_query **subs = arena_alloc(p->arena, slot->form_count * sizeof(xc_query *));
	size_t count = 0;
	for (size_t i = 0; i < slot->form_count && p->status == LUPE_OK; i++) {
		char term[1 + TERM_MAX_BYTES];
		size_t prefix = strlen(PREFIX_EXACT);
		bool exists = false;
		memcpy(term, PREFIX_EXACT, prefix);
		memcpy(term + prefix, slot->forms[i].ptr, slot->forms[i].len);
		struct span whole = {term, prefix + slot->forms[i].len};
		p->status = xc_term_exists(p->db, bytes_of(whole), &exists, p->err);
		if (exists)
			subs[count++] = planner_term(p, whole);
	}
	return planner_combine(p, xc_query_or, subs, count);
}

/* Whether the leaf may also stand in pieces. */
static bool has_pieces(const struct leaf *leaf)
{
	return leaf->sequence_count > 1 && leaf->sequences[1].slot_count > 1;
}

static xc_query *leaf_query(struct planner *p, const struct leaf *leaf)
{
	if (leaf->regex && !leaf->sequence_count)
		return planner_everything(p);
	if (leaf->field == FIELD_TITLE || leaf->field == FIELD_AUTHOR)
		return planner_field(p, leaf);
	size_t room = leaf->sequence_count;
	for (size_t i = 0; i < leaf->sequence_count; i++)
		room += leaf->sequences[i].slot_count;
	xc_query **subs = arena_alloc(p->arena, room * sizeof(xc_query *));
	size_t count = 0;
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		bool whole = leaf->phrase || leaf->exact || leaf->negative;
		if (sequence->window && !p->plan->tiers[TIER_PART])
			continue;
		if (!p->any || whole || sequence->slot_count == 1) {
			bool parts = sequence->window && leaf->sequences[0].slot_count == 1;
			const struct slot *word = parts ? &leaf->sequences[0].slots[0] : NULL;
			xc_query *query = sequence_query(p, sequence, word);
			bool beside = i == 0 && p->any && !whole && has_pieces(leaf);
			subs[count++] = beside ? scaled(p, query, p->weights.whole) : query;
			continue;
		}
		if (i > 1) /* other ways to cut the same parts */
			continue;
		for (size_t k = 0; k < sequence->slot_count; k++)
			subs[count++] =
				scaled(p, word_query(p, &sequence->slots[k]), p->weights.part);
	}
	return planner_combine(p, xc_query_or, subs, count);
}

static xc_query *node_query(struct planner *p, const struct node *node);

static bool is_top_of_any(const struct planner *p, const struct node *node)
{
	return p->any && node == p->plan->root && !node->required;
}

/* The store must not exclude by what finds too much: that is told apart behind it. */
static bool is_loose(const struct node *node)
{
	for (const struct node *child = node->children; child; child = child->next)
		if (is_loose(child))
			return true;
	return node->loose;
}

static size_t count_children(const struct node *node)
{
	size_t count = 0;
	for (const struct node *child = node->children; child; child = child->next)
		count++;
	return count;
}

/* What a document must have, whatever the mode; without weight. */
static xc_query *filtered(struct planner *p, const struct node *node, xc_query *query)
{
	xc_query **subs = arena_alloc(p->arena, (count_children(node) + 1) * sizeof(xc_query *));
	size_t count = 0;
	subs[count++] = query;
	for (const struct node *child = node->children; child; child = child->next)
		if (child->kind == NODE_FILTER)
			subs[count++] = planner_filter(p, child);
	if (!query && count > 1)
		subs[0] = planner_everything(p);
	return planner_combine(p, xc_query_filter, subs, count);
}

static xc_query *and_query(struct planner *p, const struct node *node)
{
	size_t count = count_children(node), positive = 0, negative = 0;
	bool unsettled = false; /* something is excluded later */
	xc_query **wanted = arena_alloc(p->arena, count * sizeof(xc_query *));
	xc_query **unwanted = arena_alloc(p->arena, (count + 1) * sizeof(xc_query *));
	for (const struct node *child = node->children; child; child = child->next) {
		bool negated = child->kind == NODE_NOT;
		if (child->kind == NODE_FILTER)
			continue;
		if (negated && is_loose(child)) {
			unsettled = true;
			continue;
		}
		xc_query *query = node_query(p, negated ? child->children : child);
		if (query && negated)
			unwanted[++negative] = query;
		else if (query)
			wanted[positive++] = query;
	}
	xc_query *all = planner_combine(
		p, is_top_of_any(p, node) ? xc_query_or : xc_query_and, wanted, positive);
	all = filtered(p, node, all);
	if (!negative)
		return all || !unsettled ? all : planner_everything(p);
	unwanted[0] = all ? all : planner_everything(p);
	return planner_combine(p, xc_query_and_not, unwanted, negative + 1);
}

static xc_query *or_query(struct planner *p, const struct node *node)
{
	xc_query **subs = arena_alloc(p->arena, count_children(node) * sizeof(xc_query *));
	size_t count = 0;
	for (const struct node *child = node->children; child; child = child->next)
		subs[count++] = node_query(p, child);
	return planner_combine(p, xc_query_or, subs, count);
}

static xc_query *node_query(struct planner *p, const struct node *node)
{
	switch (node->kind) {
	case NODE_WORD:
	case NODE_PHRASE:
	case NODE_REGEX:
		return node->leaf && !node->leaf->dropped ? leaf_query(p, node->leaf) : NULL;
	case NODE_FILTER:
		return scaled(p, planner_filter(p, node), 0);
	case NODE_NEAR:
	case NODE_AND:
		return and_query(p, node);
	case NODE_OR:
		return or_query(p, node);
	case NODE_NOT:
		break;
	}
	if (is_loose(node))
		return planner_everything(p);
	xc_query *child = node_query(p, node->children);
	return child ? combined2(p, xc_query_and_not, planner_everything(p), child) : NULL;
}

/* What every form as written adds, over the leaves that count. */
static xc_query *bonus_query(struct planner *p)
{
	struct plan *plan = p->plan;
	xc_query **subs = arena_alloc(p->arena, (plan->leaf_count + 1) * sizeof(xc_query *));
	size_t count = 0;
	for (size_t i = 0; i < plan->leaf_count; i++) {
		const struct leaf *leaf = plan->leaves[i];
		if (leaf->dropped || leaf->negative || leaf->sequence_count == 0 ||
			leaf->sequences[0].slot_count != 1 || leaf->sequences[0].slots[0].pattern)
			continue;
		subs[count++] =
			scaled(p, form_query(p, &leaf->sequences[0].slots[0]), p->weights.exact);
	}
	return planner_combine(p, xc_query_or, subs, count);
}

static bool differs_with_any(const struct plan *plan)
{
	size_t wanted = 0;
	if (plan->root->kind != NODE_AND || plan->root->required)
		return plan->leaf_count == 1 && !plan->leaves[0]->phrase &&
		       plan->root->kind == NODE_WORD && !plan->root->pattern &&
		       (plan->leaves[0]->sequence_count > 1 ||
			       plan->leaves[0]->sequences[0].slot_count > 1);
	for (size_t i = 0; i < plan->leaf_count; i++)
		wanted += !plan->leaves[i]->dropped && !plan->leaves[i]->negative;
	return wanted > 1;
}

/* Whether the pieces of a word count where any word will do. Documents with all words are then
   ranked by the same sum, or one with the pieces far apart would rank above one with them side by
   side. */
static bool ranks_by_pieces(const struct plan *plan)
{
	for (size_t i = 0; i < plan->leaf_count; i++)
		if (!plan->leaves[i]->dropped && !plan->leaves[i]->negative &&
			has_pieces(plan->leaves[i]))
			return true;
	return false;
}

/* Hits of a stem are exact, inflected, respelled or gender forms: which, only the text tells. */
static const unsigned VIAS_OF_STEMS =
	1u << VIA_EXACT | 1u << VIA_INFLECTION | 1u << VIA_UMLAUT | 1u << VIA_GENDER;

static bool has_corrected(const struct node *node)
{
	for (const struct node *child = node ? node->children : NULL; child; child = child->next)
		if (has_corrected(child))
			return true;
	return node && node->spelled;
}

static void restrict_vias(struct planner *p, unsigned vias)
{
	const unsigned all = (1u << VIA_COUNT) - 1;
	if (!vias)
		vias = all;
	p->plan->vias = vias;
	p->plan->verify_vias = (vias & VIAS_OF_STEMS) != VIAS_OF_STEMS;
	if (vias != all && has_corrected(p->plan->root)) { /* found in any way, for one reason */
		p->plan->verify_vias = true;
		vias = all;
	}
	p->plan->tiers[TIER_STEM] = true;
	p->plan->tiers[TIER_JOINED] = vias & 1u << VIA_JOIN;
	p->plan->tiers[TIER_PART] = vias & 1u << VIA_COMPOUND;
	p->plan->tiers[TIER_GENDER] = vias & 1u << VIA_GENDER;
	p->plan->tiers[TIER_UMLAUT] = vias & 1u << VIA_UMLAUT;
	p->plan->tiers[TIER_NORM] = vias & 1u << VIA_NORM;
}

lupe_status plan_make(struct plan *ret, struct node *root, const struct plan_options *options,
	struct analyser *analyser, xc_database *db, struct arena *arena, struct lupe_error *err)
{
	*ret = (struct plan){.root = root};
	struct planner p = {
		.plan = ret, .db = db, .arena = arena, .weights = options->weights, .err = err};
	restrict_vias(&p, options->vias);
	ret->sequences = sequence_reader_new(ret->tiers);
	if (!root)
		return LUPE_OK;
	p.status = leaves_make(ret, analyser, db, arena, err);
	if (p.status != LUPE_OK)
		return p.status;
	if (ret->verify)
		p.status = planner_settle_filters(&p, root);
	if (ret->verify && p.status == LUPE_OK)
		p.status = known_make(&p);
	xc_query *bonus = bonus_query(&p);
	ret->all = combined2(&p, xc_query_and_maybe, node_query(&p, root), bonus);
	if (differs_with_any(ret)) {
		p.any = true;
		ret->any = combined2(&p, xc_query_and_maybe, node_query(&p, root), bonus);
		if (ranks_by_pieces(ret))
			ret->all = combined2(&p, xc_query_and_maybe,
				scaled(&p, ret->all, as_good_as_nothing), ret->any);
	}
	return p.status;
}
