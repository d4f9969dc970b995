/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the store queries of a plan. The list of MATCH_AUTO is two searches one after the other:
 * all words, then any but not all; an offset runs on from the first into the second.
 */
#include "query/search.h"

#include <stdlib.h>

#include "base/hash.h"
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
	facets_done(&results->facets);
	*results = (struct results){0};
}

/* Hashes of texts, open addressing; a text without a hash is new each time. */
struct content_set {
	struct hash128 *items;
	size_t count, capacity; /* a power of two */
};

struct searcher {
	xc_database *db;
	struct plan *plan;
	const struct search_options *options;
	struct document *document;
	struct results *results;
	size_t room;             /* of results->items */
	struct content_set seen; /* texts of verified documents */
	struct lupe_error *err;
};

/* In the list of MATCH_AUTO scores fall from the documents with all words to the others, and are
   the same on every page: those above are raised by 1, those below brought under 1. */
static double list_score(const struct searcher *s, double weight, bool all)
{
	if (s->options->match != MATCH_AUTO || !s->plan->any || s->options->inverted)
		return weight;
	return all ? 1 + weight : weight / (1 + weight);
}

static void add_result(struct searcher *s, uint32_t docid, double score, bool all)
{
	ARRAY_GROW(s->results->items, s->results->count, s->room);
	s->results->items[s->results->count++] =
		(struct result){.docid = docid, .score = score, .all = all};
}

/* The order of the list; ties in the order of a hash, or of relevance. */
static void set_sort(struct xc_search_options *options, enum sort_order sort)
{
	switch (sort) {
	case SORT_RELEVANCE:
		options->sort = XC_SORT_RELEVANCE_THEN_VALUE;
		options->sort_slot = SLOT_ORDER;
		break;
	case SORT_DATE:
		options->sort = XC_SORT_VALUE_THEN_RELEVANCE;
		options->sort_slot = SLOT_DATE;
		options->sort_descending = true;
		break;
	case SORT_PATH:
		options->sort = XC_SORT_VALUE;
		options->sort_slot = SLOT_PATH;
		break;
	}
}

/* One store query: the matches from `offset` on, at most `limit`, and the exact total. Facets
   are not counted of matches that are to be `verified`. */
static lupe_status ask(struct searcher *s, const xc_query *query, size_t offset, size_t limit,
	bool verified, xc_matches **ret, size_t *ret_total)
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
	set_sort(&options, s->options->sort);
	if (s->options->facets && !verified)
		options.facet_slots = facets_slots(&options.facet_count);
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
		add_result(s, match.docid, list_score(s, match.weight, all), all);
	}
	return LUPE_OK;
}

static struct hash128 *find_content(struct content_set *set, const struct hash128 *hash)
{
	static const struct hash128 none;
	size_t at;
	memcpy(&at, hash->bytes, sizeof(at));
	while (memcmp(&set->items[at & (set->capacity - 1)], &none, sizeof(none)) != 0 &&
		memcmp(&set->items[at & (set->capacity - 1)], hash, sizeof(*hash)) != 0)
		at++;
	return &set->items[at & (set->capacity - 1)];
}

/* LUPE_END: its text has no hash. */
static lupe_status read_content(struct searcher *s, uint32_t docid, struct hash128 *ret)
{
	xc_document *document = NULL;
	struct xc_bytes value;
	lupe_status status = xc_document_open(s->db, docid, true, &document, s->err);
	if (status == LUPE_OK)
		status = xc_document_value(document, SLOT_CONTENT, &value, s->err);
	if (status == LUPE_OK && value.len != sizeof(*ret))
		status = LUPE_END;
	if (status == LUPE_OK)
		memcpy(ret, value.ptr, sizeof(*ret));
	xc_document_close(document);
	return status;
}

/* Adds the text of a document; whether it was there. */
static lupe_status is_copy(struct searcher *s, uint32_t docid, bool *ret)
{
	struct content_set *set = &s->seen;
	struct hash128 hash;
	lupe_status status = read_content(s, docid, &hash);
	*ret = false;
	if (status != LUPE_OK)
		return status == LUPE_END ? LUPE_OK : status;
	if (2 * (set->count + 1) > set->capacity) {
		struct content_set old = *set;
		set->capacity = old.capacity ? 2 * old.capacity : 256;
		set->items = mem_zalloc(set->capacity * sizeof(*set->items));
		for (size_t i = 0; i < old.capacity; i++)
			*find_content(set, &old.items[i]) = old.items[i];
		free(old.items);
	}
	struct hash128 *place = find_content(set, &hash);
	*ret = memcmp(place, &hash, sizeof(hash)) == 0;
	set->count += !*ret;
	*place = hash;
	return LUPE_OK;
}

/* The next of the matches, from `*next` on, that are no copies of documents before them, until
   `need` are listed; those behind `offset` are results. */
static lupe_status take_different(struct searcher *s, xc_matches *matches, uint32_t *next,
	size_t *listed, size_t offset, size_t need, bool all)
{
	for (; *next < xc_matches_count(matches) && *listed < need; ++*next) {
		struct xc_match match;
		bool copy = false;
		lupe_status status = xc_matches_item(matches, *next, &match, s->err);
		if (status == LUPE_OK)
			status = is_copy(s, match.docid, &copy);
		if (status != LUPE_OK)
			return status;
		if (copy)
			continue;
		if (*listed >= offset)
			add_result(s, match.docid, list_score(s, match.weight, all), all);
		++*listed;
	}
	return LUPE_OK;
}

/* The same stretch of a list in which each text stands once: as many matches more are asked for as
   turn out to be copies. The store collapses, too, but does not know the exact total then. */
static lupe_status ask_and_collapse(struct searcher *s, const xc_query *query, size_t offset,
	size_t limit, bool all, size_t *ret_total, size_t *ret_listed)
{
	enum { SPARE = 16 };
	size_t need = limit < SIZE_MAX - offset ? offset + limit : SIZE_MAX;
	size_t room = need < SIZE_MAX - SPARE ? need + SPARE : SIZE_MAX;
	uint32_t next = 0;
	lupe_status status = LUPE_OK;
	bool more = true, count = all && s->options->facets;
	for (*ret_listed = 0; status == LUPE_OK && more;
		room = room < SIZE_MAX / 2 ? 2 * room : room) {
		xc_matches *matches = NULL;
		status = ask(s, query, 0, room, false, &matches, ret_total);
		if (status == LUPE_OK && count)
			status = facets_take(&s->results->facets, matches, s->err);
		if (status == LUPE_OK)
			status = take_different(s, matches, &next, ret_listed, offset, need, all);
		more = status == LUPE_OK && *ret_listed < need && next < *ret_total;
		count = false;
		xc_matches_close(matches);
	}
	return status;
}

/* Adds a stretch of a list to the results; of `*ret_listed` it is known how long the list is at
   least, and that it is no longer if the stretch is not full. */
static lupe_status ask_and_take(struct searcher *s, const xc_query *query, size_t offset,
	size_t limit, bool all, size_t *ret_total, size_t *ret_listed)
{
	if (s->options->collapse)
		return ask_and_collapse(s, query, offset, limit, all, ret_total, ret_listed);
	xc_matches *matches = NULL;
	lupe_status status = ask(s, query, offset, limit, false, &matches, ret_total);
	if (status == LUPE_OK)
		status = take(s, matches, all);
	if (status == LUPE_OK && all && s->options->facets)
		status = facets_take(&s->results->facets, matches, s->err);
	xc_matches_close(matches);
	*ret_listed = *ret_total;
	return status;
}

/* Which candidates are taken. */
enum wanted {
	WANT_ALL,  /* that have all words */
	WANT_NONE, /* that do not */
	WANT_ANY,  /* that have any */
	WANT_SOME, /* that have any, but not all */
};

static bool is_wanted(const struct searcher *s, enum wanted wanted)
{
	const struct node *root = s->plan->root;
	if (wanted == WANT_ANY)
		return document_matches_any(s->document, root);
	bool all = document_matches(s->document, root);
	return wanted == WANT_SOME ? !all && document_matches_any(s->document, root)
				   : all == (wanted == WANT_ALL);
}

/* Takes a verified document into the counts; whether it belongs in the list. */
static lupe_status count_verified(
	struct searcher *s, uint32_t docid, enum wanted wanted, bool *ret_listed)
{
	bool copy = false;
	lupe_status status = LUPE_OK;
	if (s->options->collapse || s->options->facets)
		status = is_copy(s, docid, &copy);
	*ret_listed = !(copy && s->options->collapse);
	if (wanted == WANT_SOME || status != LUPE_OK)
		return status;
	if (s->options->facets)
		status = facets_count(&s->results->facets, s->document, s->err);
	s->results->facets.distinct += !copy;
	s->results->total++;
	return status;
}

static double score_of(const struct searcher *s, double weight, enum wanted wanted)
{
	return wanted == WANT_NONE ? 0 : list_score(s, weight, wanted != WANT_SOME);
}

/* Where the store may match too much (or, for documents that do not match, too little): all
   candidates, each decided by its hits. `*listed` counts those that belong in the list. */
static lupe_status ask_and_verify(
	struct searcher *s, const xc_query *query, enum wanted wanted, size_t *listed)
{
	xc_matches *matches = NULL;
	size_t candidates;
	lupe_status status = ask(s, query, 0, SIZE_MAX, true, &matches, &candidates);
	for (uint32_t i = 0; status == LUPE_OK && i < xc_matches_count(matches); i++) {
		struct xc_match match;
		bool list = false;
		status = xc_matches_item(matches, i, &match, s->err);
		if (status == LUPE_OK)
			status = document_check(s->document, match.docid, s->plan, s->err);
		if (status == LUPE_OK && is_wanted(s, wanted))
			status = count_verified(s, match.docid, wanted, &list);
		if (status != LUPE_OK || !list)
			continue;
		if (*listed >= s->options->offset &&
			*listed - s->options->offset < s->options->limit)
			add_result(s, match.docid, score_of(s, match.weight, wanted),
				wanted == WANT_ALL || wanted == WANT_ANY);
		++*listed;
	}
	xc_matches_close(matches);
	return status;
}

static lupe_status run_verified(struct searcher *s)
{
	const struct plan *plan = s->plan;
	enum match_mode match = s->options->match;
	size_t listed = 0;
	if (match == MATCH_ANY && plan->any)
		return ask_and_verify(s, plan->any, WANT_ANY, &listed);
	lupe_status status = ask_and_verify(s, plan->all, WANT_ALL, &listed);
	if (status != LUPE_OK || match != MATCH_AUTO || !plan->any ||
		s->results->count >= s->options->limit)
		return status;
	return ask_and_verify(s, plan->any, WANT_SOME, &listed);
}

/* Behind the documents with all words: those with some of them. */
static lupe_status append_some(struct searcher *s, size_t offset, size_t limit)
{
	const xc_query *const pair[] = {s->plan->any, s->plan->all};
	xc_query *rest = NULL;
	size_t total, listed;
	lupe_status status = xc_query_and_not(pair, 2, &rest, s->err);
	if (status == LUPE_OK)
		status = ask_and_take(s, rest, offset, limit, false, &total, &listed);
	xc_query_free(rest);
	return status;
}

static lupe_status run_inverted(struct searcher *s)
{
	xc_query *everything = NULL, *rest = NULL;
	size_t listed = 0;
	lupe_status status = xc_query_all(&everything, s->err);
	if (status == LUPE_OK && s->plan->all && s->plan->verify) {
		status = ask_and_verify(s, everything, WANT_NONE, &listed);
		xc_query_free(everything);
		return status;
	}
	if (status == LUPE_OK && s->plan->all) {
		const xc_query *const pair[] = {everything, s->plan->all};
		status = xc_query_and_not(pair, 2, &rest, s->err);
	}
	if (status == LUPE_OK)
		status = ask_and_take(s, rest ? rest : everything, s->options->offset,
			s->options->limit, false, &s->results->total, &listed);
	xc_query_free(rest);
	xc_query_free(everything);
	return status;
}

static lupe_status run(struct searcher *s)
{
	const struct search_options *options = s->options;
	const struct plan *plan = s->plan;
	struct results *results = s->results;
	size_t offset = options->offset, limit = options->limit, listed;
	if (options->inverted)
		return run_inverted(s);
	if (!plan->all)
		return LUPE_OK;
	if (plan->verify)
		return run_verified(s);
	if (options->match == MATCH_ANY)
		return ask_and_take(s, plan->any ? plan->any : plan->all, offset, limit, true,
			&results->total, &listed);
	lupe_status status =
		ask_and_take(s, plan->all, offset, limit, true, &results->total, &listed);
	if (status != LUPE_OK || options->match == MATCH_ALL || !plan->any ||
		results->count >= limit)
		return status;
	size_t behind = offset > listed ? offset - listed : 0;
	return append_some(s, behind, limit == SIZE_MAX ? limit : limit - results->count);
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
	*ret = (struct results){0};
	lupe_status status = run(&s);
	facets_sort(&ret->facets);
	free(s.seen.items);
	return status;
}
