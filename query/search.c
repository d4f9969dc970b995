/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the store queries of a plan. The list of MATCH_AUTO is two searches one after the other:
 * all words, then any but not all; an offset runs on from the first into the second.
 */
#include "query/search.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"

void search_options_init(struct search_options *options)
{
	*options = (struct search_options){
		.match = MATCH_AUTO, .k1 = 1.6, .b = 0.8, .limit = SIZE_MAX};
}

void results_done(struct results *results)
{
	free(results->items);
	*results = (struct results){0};
}

struct searcher {
	xc_database *db;
	struct plan *plan;
	const struct search_options *options;
	struct document *document;
	struct results *results;
	size_t room; /* of results->items */
	struct lupe_error *err;
};

static void add_result(struct searcher *s, uint32_t docid, double score, bool all)
{
	ARRAY_GROW(s->results->items, s->results->count, s->room);
	s->results->items[s->results->count++] =
		(struct result){.docid = docid, .score = score, .all = all};
}

/* One store query: the matches from `offset` on, at most `limit`, and the exact total. */
static lupe_status ask(struct searcher *s, const xc_query *query, size_t offset, size_t limit,
	xc_matches **ret, size_t *ret_total)
{
	struct xc_search_options options;
	xc_search_options_init(&options);
	options.k1 = s->options->k1;
	options.b = s->options->b;
	options.min_normlen = 0;
	options.first = offset < UINT32_MAX ? (uint32_t)offset : UINT32_MAX;
	options.max_items =
		limit < UINT32_MAX - options.first ? (uint32_t)limit : UINT32_MAX - options.first;
	options.check_at_least = UINT32_MAX;
	options.sort = XC_SORT_RELEVANCE_THEN_VALUE;
	options.sort_slot = SLOT_ORDER;
	xc_query *filtered = NULL;
	lupe_status status = LUPE_OK;
	if (s->options->within) {
		const xc_query *const both[] = {query, s->options->within};
		status = xc_query_filter(both, 2, &filtered, s->err);
		query = filtered;
	}
	if (status == LUPE_OK)
		status = xc_search(s->db, query, &options, ret, s->err);
	xc_query_free(filtered);
	if (status != LUPE_OK)
		return status;
	struct xc_total total;
	xc_matches_total(*ret, &total, NULL);
	*ret_total = total.estimated;
	return LUPE_OK;
}

/* Adds the matches to the results. */
static lupe_status take(struct searcher *s, xc_matches *matches, bool all)
{
	for (uint32_t i = 0; i < xc_matches_count(matches); i++) {
		struct xc_match match;
		lupe_status status = xc_matches_item(matches, i, &match, s->err);
		if (status != LUPE_OK)
			return status;
		add_result(s, match.docid, match.weight, all);
	}
	return LUPE_OK;
}

static lupe_status ask_and_take(struct searcher *s, const xc_query *query, size_t offset,
	size_t limit, bool all, size_t *ret_total)
{
	xc_matches *matches = NULL;
	lupe_status status = ask(s, query, offset, limit, &matches, ret_total);
	if (status == LUPE_OK)
		status = take(s, matches, all);
	xc_matches_close(matches);
	return status;
}

/* Where the store may match too much: all candidates, each decided by its hits. */
static lupe_status ask_and_verify(struct searcher *s, size_t offset, size_t limit)
{
	xc_matches *matches = NULL;
	size_t candidates, verified = 0;
	lupe_status status = ask(s, s->plan->all, 0, SIZE_MAX, &matches, &candidates);
	for (uint32_t i = 0; status == LUPE_OK && i < xc_matches_count(matches); i++) {
		struct xc_match match;
		status = xc_matches_item(matches, i, &match, s->err);
		if (status == LUPE_OK)
			status = document_open(s->document, match.docid, s->plan, s->err);
		if (status != LUPE_OK || !document_matches(s->document, s->plan->root))
			continue;
		if (verified >= offset && verified - offset < limit)
			add_result(s, match.docid, match.weight, true);
		verified++;
	}
	s->results->total = verified;
	xc_matches_close(matches);
	return status;
}

/* Behind the documents with all words: those with some of them. Scores keep falling. */
static lupe_status append_some(struct searcher *s, size_t offset, size_t limit)
{
	const xc_query *const pair[] = {s->plan->any, s->plan->all};
	xc_query *rest = NULL;
	size_t before = s->results->count, total;
	lupe_status status = xc_query_and_not(pair, 2, &rest, s->err);
	if (status == LUPE_OK)
		status = ask_and_take(s, rest, offset, limit, false, &total);
	xc_query_free(rest);
	if (status == LUPE_OK && s->results->count > before) {
		double best = s->results->items[before].score;
		for (size_t i = 0; i < before; i++)
			s->results->items[i].score += best;
	}
	return status;
}

/* The same for documents that do not match: the store finds too few, so all are looked at. */
static lupe_status verify_none(struct searcher *s, const xc_query *everything)
{
	xc_matches *matches = NULL;
	size_t candidates, rejected = 0;
	lupe_status status = ask(s, everything, 0, SIZE_MAX, &matches, &candidates);
	for (uint32_t i = 0; status == LUPE_OK && i < xc_matches_count(matches); i++) {
		struct xc_match match;
		status = xc_matches_item(matches, i, &match, s->err);
		if (status == LUPE_OK)
			status = document_open(s->document, match.docid, s->plan, s->err);
		if (status != LUPE_OK || document_matches(s->document, s->plan->root))
			continue;
		if (rejected >= s->options->offset &&
			rejected - s->options->offset < s->options->limit)
			add_result(s, match.docid, 0, false);
		rejected++;
	}
	s->results->total = rejected;
	xc_matches_close(matches);
	return status;
}

static lupe_status run_inverted(struct searcher *s)
{
	xc_query *everything = NULL, *rest = NULL;
	lupe_status status = xc_query_all(&everything, s->err);
	if (status == LUPE_OK && s->plan->all && s->plan->verify) {
		status = verify_none(s, everything);
		xc_query_free(everything);
		return status;
	}
	if (status == LUPE_OK && s->plan->all) {
		const xc_query *const pair[] = {everything, s->plan->all};
		status = xc_query_and_not(pair, 2, &rest, s->err);
	}
	if (status == LUPE_OK)
		status = ask_and_take(s, rest ? rest : everything, s->options->offset,
			s->options->limit, false, &s->results->total);
	xc_query_free(rest);
	xc_query_free(everything);
	return status;
}

lupe_status search_run(struct results *ret, xc_database *db, struct plan *plan,
	const struct search_options *options, struct document *document, struct lupe_error *err)
{
	struct searcher s = {.db = db,
		.plan = plan,
		.options = options,
		.document = document,
		.results = ret,
		.err = err};
	size_t offset = options->offset, limit = options->limit;
	*ret = (struct results){0};
	if (options->inverted)
		return run_inverted(&s);
	if (!plan->all)
		return LUPE_OK;
	if (plan->verify)
		return ask_and_verify(&s, offset, limit);
	if (options->match == MATCH_ANY)
		return ask_and_take(
			&s, plan->any ? plan->any : plan->all, offset, limit, true, &ret->total);
	lupe_status status = ask_and_take(&s, plan->all, offset, limit, true, &ret->total);
	if (status != LUPE_OK || options->match == MATCH_ALL || !plan->any || ret->count >= limit)
		return status;
	size_t behind = offset > ret->total ? offset - ret->total : 0;
	return append_some(&s, behind, limit == SIZE_MAX ? limit : limit - ret->count);
}
