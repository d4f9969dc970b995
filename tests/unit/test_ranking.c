/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What search_run says of random documents, against BM25 by its formula over all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "random_world.h"

/* ---- BM25 by the book ---- */

/* Counted once for each term: what is asked for most often. */
static uint32_t documents_with(struct world *w, const char *term)
{
	size_t known = 0;
	for (; known < w->frequency_count; known++)
		if (strcmp(w->frequencies[known].term, term) == 0)
			return w->frequencies[known].documents;
	struct frequency *frequency = &w->frequencies[w->frequency_count++];
	assert_true(w->frequency_count < MAX_TERMS);
	strcpy(frequency->term, term);
	for (size_t i = 0; i < DOC_COUNT; i++)
		frequency->documents += find_posting(&w->samples[i], term) != NULL;
	return frequency->documents;
}

static double bm25(struct world *w, const struct sample *s, uint32_t wdf, uint32_t documents)
{
	if (wdf == 0)
		return 0;
	if (wdf > s->length)
		wdf = s->length;
	double t = ((double)DOC_COUNT - documents + 0.5) / (documents + 0.5);
	double idf = log(t < 2 ? t / 2 + 1 : t);
	double normal = s->length / w->average_length;
	struct search_options defaults;
	search_options_init(&defaults);
	double k1 = defaults.k1, b = defaults.b;
	return idf * (k1 + 1) * wdf / (k1 * (b * normal + 1 - b) + wdf);
}

static double term_weight(struct world *w, struct sample *s, const char *term)
{
	struct posting *posting = find_posting(s, term);
	return posting ? bm25(w, s, posting->wdf, documents_with(w, term)) : 0;
}

/* Several terms that count as one: wdf added, the number of documents estimated as for
   independent terms, the two rarest joined first. */
static double synonym_weight(struct world *w, struct sample *s, const struct slot *slot)
{
	uint32_t counts[64], wdf = 0;
	size_t used = 0;
	for (size_t i = 0; i < slot->term_count; i++) {
		const char *term = term_of(slot->terms[i].term);
		if (slot->terms[i].tier > TIER_PART)
			continue;
		struct posting *posting = find_posting(s, term);
		wdf += posting ? posting->wdf : 0;
		counts[used] = documents_with(w, term);
		used += counts[used] > 0;
	}
	while (used > 1) {
		for (size_t pass = 0; pass < 2; pass++) /* the least ones go to the end */
			for (size_t i = 0; i + 1 < used - pass; i++)
				if (counts[i] < counts[i + 1]) {
					uint32_t swap = counts[i];
					counts[i] = counts[i + 1];
					counts[i + 1] = swap;
				}
		uint32_t a = counts[used - 1], b = counts[used - 2];
		counts[used - 2] = (uint32_t)(a + b - (double)a * b / DOC_COUNT + 0.5);
		used--;
	}
	return used ? bm25(w, s, wdf, counts[0]) : 0;
}

static double sum_of_terms(struct world *w, struct sample *s, const struct slot *slot)
{
	double sum = 0;
	for (size_t i = 0; i < slot->term_count; i++)
		sum += term_weight(w, s, term_of(slot->terms[i].term));
	return sum;
}

/* A word: what means the same as one term, the other tiers each with a weight of its own. */
static double word_weight(struct world *w, struct sample *s, const struct slot *slot)
{
	const double tier_weights[TIER_COUNT] = {
		[TIER_GENDER] = weights.gender, [TIER_UMLAUT] = weights.umlaut, [TIER_NORM] = 1};
	double sum = synonym_weight(w, s, slot);
	for (size_t i = 0; i < slot->term_count; i++)
		sum += tier_weights[slot->terms[i].tier] *
		       term_weight(w, s, term_of(slot->terms[i].term));
	return sum;
}

/* ---- naive matching of a tree ---- */

struct verdict {
	bool asked; /* false: a stop word that dropped out, or nothing */
	bool matches;
	double weight;
};

/* Whether a leaf's sequence counts: it stands there, or the word does of which it is the parts, and
   each of the parts somewhere. */
static bool sequence_counts(
	struct world *w, struct sample *s, const struct leaf *leaf, const struct sequence *sequence)
{
	const struct sequence *word = &leaf->sequences[0];
	bool counts = sequence->window && word->slot_count == 1 &&
		      sum_of_terms(w, s, &word->slots[0]) > 0;
	for (size_t i = 0; i < sequence->slot_count && counts; i++)
		counts = sum_of_terms(w, s, &sequence->slots[i]) > 0;
	return counts || sequence_in(s, sequence);
}

static struct verdict judge_leaf(
	struct world *w, struct sample *s, const struct leaf *leaf, bool any)
{
	struct verdict v = {.asked = true};
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		bool whole = leaf->phrase || leaf->exact || leaf->negative;
		bool pieces = any && !whole && sequence->slot_count > 1;
		if (!pieces && !sequence_counts(w, s, leaf, sequence))
			continue;
		for (size_t k = 0; k < sequence->slot_count; k++) {
			const struct slot *slot = &sequence->slots[k];
			bool alone = sequence->slot_count == 1;
			bool beside = any && !whole && i == 0 && alone &&
				      leaf->sequence_count > 1 && leaf->sequences[1].slot_count > 1;
			double factor = pieces             ? weights.part
					: sequence->window ? weights.cover
					: beside           ? weights.whole
							   : 1;
			double weight = factor * (pieces || alone ? word_weight(w, s, slot)
								  : sum_of_terms(w, s, slot));
			v.weight += weight;
			v.matches |= !pieces || weight > 0;
		}
	}
	return v;
}

static struct verdict judge(
	struct world *w, struct sample *s, const struct node *node, bool any, bool top)
{
	struct verdict v = {.asked = false};
	if (node->kind == NODE_WORD || node->kind == NODE_PHRASE)
		return node->leaf && !node->leaf->dropped ? judge_leaf(w, s, node->leaf, any) : v;
	bool excluded = false, all = true, some = false, wanted = false;
	for (const struct node *child = node->children; child; child = child->next) {
		bool negated = child->kind == NODE_NOT;
		struct verdict c = judge(w, s, negated ? child->children : child, any, false);
		if (!c.asked)
			continue;
		v.asked = true;
		if (negated || node->kind == NODE_NOT) {
			excluded |= c.matches;
			continue;
		}
		wanted = true;
		all &= c.matches;
		some |= c.matches;
		v.weight += c.matches ? c.weight : 0;
	}
	bool one_is_enough = node->kind == NODE_OR || (any && top && !node->required);
	v.matches = !excluded && (!wanted || (one_is_enough ? some : all));
	return v;
}

static double bonus(struct world *w, struct sample *s, const struct plan *plan)
{
	double sum = 0;
	for (size_t i = 0; i < plan->leaf_count; i++) {
		const struct leaf *leaf = plan->leaves[i];
		if (leaf->dropped || leaf->negative || leaf->sequences[0].slot_count != 1)
			continue;
		const struct slot *slot = &leaf->sequences[0].slots[0];
		for (size_t k = 0; k < slot->form_count; k++) {
			char term[TERM_ROOM];
			snprintf(term, sizeof(term), PREFIX_EXACT "%.*s", SPAN_ARG(slot->forms[k]));
			sum += weights.exact * term_weight(w, s, term);
		}
	}
	return sum;
}

/* ---- comparing ---- */

struct expected {
	struct sample *sample;
	double score;
};

static int compare_expected(const void *a, const void *b)
{
	const struct expected *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return strcmp(x->sample->order, y->sample->order);
}

static bool near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (1 + fabs(a));
}

/* Ranked lists agree but for the order of documents of practically equal scores. */
static void compare_lists(struct world *w, const char *query, const struct result *found,
	size_t found_count, struct expected *expected, size_t expected_count)
{
	if (found_count != expected_count)
		fail_msg("%s: %zu documents, not %zu", query, found_count, expected_count);
	qsort(expected, expected_count, sizeof(*expected), compare_expected);
	for (size_t i = 0; i < found_count; i++) {
		struct sample *s = sample_of(w, found[i].docid);
		double own = -1;
		for (size_t k = 0; k < expected_count; k++)
			if (expected[k].sample == s)
				own = expected[k].score;
		if (!near(own, expected[i].score))
			fail_msg("%s: rank %zu: document %u has %g, expected %g", query, i + 1,
				found[i].docid, own, expected[i].score);
		if (!near(own, found[i].score))
			fail_msg("%s: document %u has %.9g, not %.9g\n%s", query, found[i].docid,
				found[i].score, own, s->text.ptr);
		if (i && found[i].score == found[i - 1].score)
			assert_true(strcmp(sample_of(w, found[i - 1].docid)->order, s->order) <= 0);
	}
}

/* Documents with all words are ranked by the sum for any of them, where pieces count there. */
static bool ranked_by_pieces(const struct plan *plan)
{
	for (size_t i = 0; i < plan->leaf_count && plan->any; i++) {
		const struct leaf *leaf = plan->leaves[i];
		if (!leaf->dropped && !leaf->negative && leaf->sequence_count > 1 &&
			leaf->sequences[1].slot_count > 1)
			return true;
	}
	return false;
}

static size_t expect(struct world *w, const struct run *r, bool any, struct expected *ret)
{
	size_t count = 0;
	for (size_t i = 0; i < DOC_COUNT && r->plan.all; i++) {
		struct sample *s = &w->samples[i];
		struct verdict v = judge(w, s, r->parsed.root, any, true);
		double weight = v.weight;
		if (ranked_by_pieces(&r->plan))
			weight = judge(w, s, r->parsed.root, true, true).weight;
		if (v.asked && v.matches)
			ret[count++] = (struct expected){s, weight + bonus(w, s, &r->plan)};
	}
	return count;
}

/* How many documents have all parts of a hyphenated word of the query near each other. */
static size_t count_covers(struct world *w, const struct run *r)
{
	size_t count = 0;
	for (size_t i = 0; i < r->plan.leaf_count; i++)
		for (size_t k = 0; k < r->plan.leaves[i]->sequence_count; k++)
			for (size_t d = 0; d < DOC_COUNT; d++) {
				const struct sequence *sequence = &r->plan.leaves[i]->sequences[k];
				count += sequence->window && sequence_in(&w->samples[d], sequence);
			}
	return count;
}

static void check_queries(struct world *w, enum match_mode match)
{
	static struct expected expected[DOC_COUNT];
	BUF_SCOPED(query);
	size_t covered = 0;
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run r;
		make_query(w, &query);
		run_start(w, &r, query.ptr, match);
		covered += count_covers(w, &r);
		bool any = match == MATCH_ANY && r.plan.any;
		size_t count = expect(w, &r, any, expected);
		assert_int_equal(r.results.total, count);
		compare_lists(w, query.ptr, r.results.items, r.results.count, expected, count);
		run_done(&r);
	}
	assert_true(covered > 1000);
}

static void ranking_of_all_words_is_bm25(void **state)
{
	check_queries(*state, MATCH_ALL);
}

static void ranking_of_any_word_is_bm25(void **state)
{
	check_queries(*state, MATCH_ANY);
}

static void auto_lists_all_words_first_then_the_others_with_falling_scores(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	size_t mixed = 0;
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run automatic, all, any;
		make_query(w, &query);
		run_start(w, &automatic, query.ptr, MATCH_AUTO);
		run_start(w, &all, query.ptr, MATCH_ALL);
		run_start(w, &any, query.ptr, MATCH_ANY);
		const struct result *list = automatic.results.items;
		assert_int_equal(automatic.results.total, all.results.total);
		if (automatic.results.count != any.results.count)
			fail_msg("%s: %zu with all, %zu in the list, %zu with any", query.ptr,
				all.results.count, automatic.results.count, any.results.count);
		for (size_t k = 0; k < automatic.results.count; k++) {
			assert_int_equal(list[k].all, k < all.results.count);
			assert_true(k == 0 || list[k].score <= list[k - 1].score);
			if (k < all.results.count)
				assert_int_equal(list[k].docid, all.results.items[k].docid);
		}
		mixed += automatic.results.count > all.results.count;
		run_done(&automatic);
		run_done(&all);
		run_done(&any);
	}
	assert_true(mixed > QUERY_COUNT / 10);
}

static void pages_are_stretches_of_the_whole_list(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	for (size_t i = 0; i < 60; i++) {
		struct run whole;
		struct search_options options;
		struct lupe_error err;
		make_query(w, &query);
		run_start(w, &whole, query.ptr, MATCH_AUTO);
		search_options_init(&options);
		options.limit = 1 + random_below(20);
		size_t seen = 0;
		for (; seen < whole.results.count + 5; seen += options.limit) {
			struct results page;
			options.offset = seen;
			assert_int_equal(
				search_run(&page, w->db, &whole.plan, &options, w->reader, &err),
				LUPE_OK);
			assert_int_equal(page.total, whole.results.total);
			size_t rest = whole.results.count > seen ? whole.results.count - seen : 0;
			assert_int_equal(page.count, rest < options.limit ? rest : options.limit);
			for (size_t k = 0; k < page.count; k++) {
				assert_int_equal(
					page.items[k].docid, whole.results.items[seen + k].docid);
				assert_int_equal(
					page.items[k].all, whole.results.items[seen + k].all);
			}
			results_done(&page);
		}
		run_done(&whole);
	}
}

static void what_does_not_match_is_the_rest(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	for (size_t i = 0; i < 100; i++) {
		struct run r;
		struct search_options options;
		struct lupe_error err;
		struct results rest;
		bool listed[DOC_COUNT + 1] = {false};
		make_query(w, &query);
		if (i % 2)
			buf_add_string(&query, " =Häuser");
		run_start(w, &r, query.ptr, MATCH_ALL);
		search_options_init(&options);
		options.inverted = true;
		assert_int_equal(
			search_run(&rest, w->db, &r.plan, &options, w->reader, &err), LUPE_OK);
		assert_int_equal(rest.total, rest.count);
		if (rest.count + r.results.count != DOC_COUNT)
			fail_msg("%s: %zu match, %zu do not", query.ptr, r.results.count,
				rest.count);
		for (size_t k = 0; k < rest.count; k++)
			listed[rest.items[k].docid] = true;
		for (size_t k = 0; k < r.results.count; k++)
			assert_false(listed[r.results.items[k].docid]);
		results_done(&rest);
		run_done(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranking_of_all_words_is_bm25),
		cmocka_unit_test(ranking_of_any_word_is_bm25),
		cmocka_unit_test(auto_lists_all_words_first_then_the_others_with_falling_scores),
		cmocka_unit_test(pages_are_stretches_of_the_whole_list),
		cmocka_unit_test(what_does_not_match_is_the_rest),
	};
	return cmocka_run_group_tests(tests, world_make, world_free);
}
