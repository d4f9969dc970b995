/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * naive INDEX COUNT [SEED]: asks COUNT random queries, made of the words of the index's own texts,
 * and compares the documents, their number and the hits in each with brute force.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "naive.h"
#include "store/index.h"

enum { MOST_HITS = 40000 };

static uint64_t state = 88172645463325252u;

static size_t below(size_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state >> 11) % limit;
}

/* ---- queries ---- */

static const struct naive_document *any_document(const struct naive *n)
{
	const struct naive_document *d;
	do
		d = &n->documents[below(n->count)];
	while (d->word_count < 20);
	return d;
}

/* Copies a surface without what the grammar would read. */
static void add_surface(struct buf *query, struct span surface)
{
	for (size_t i = 0; i < surface.len; i++)
		if (!strchr("\"()\n", surface.ptr[i]))
			buf_add_byte(query, surface.ptr[i]);
}

static const struct naive_word *any_word(const struct naive *n)
{
	const struct naive_document *d = any_document(n);
	const struct naive_word *word;
	size_t attempts = 0;
	do
		word = &d->words[below(d->word_count)];
	while (word->terms->stop && attempts++ < 5);
	return word;
}

static size_t cut_at_letter(struct span s, size_t at)
{
	while (at < s.len && ((unsigned char)s.ptr[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static void add_pattern(const struct naive *n, struct buf *query)
{
	struct span s = any_word(n)->surface;
	if (s.len < 5)
		s = SPAN("Integration");
	size_t half = cut_at_letter(s, 2 + below(s.len - 3));
	switch (below(5)) {
	case 0:
		buf_add_byte(query, '*');
		add_surface(query, span_skip(s, half > s.len - 2 ? cut_at_letter(s, 1) : half));
		break;
	case 1:
		buf_add_byte(query, '*');
		add_surface(query, (struct span){s.ptr, half});
		buf_add_byte(query, '*');
		break;
	case 2:
		add_surface(query, (struct span){s.ptr, half});
		buf_add_byte(query, '*');
		add_surface(query, span_skip(s, half));
		break;
	case 3:
		buf_add_byte(query, '=');
		/* fall through */
	default:
		add_surface(query, (struct span){s.ptr, half});
		buf_add_byte(query, '*');
	}
}

static void add_phrase(const struct naive *n, struct buf *query)
{
	const struct naive_document *d = any_document(n);
	size_t length = 2 + below(3), at = below(d->word_count - length);
	buf_add_byte(query, '"');
	for (size_t i = 0; i < length; i++) {
		buf_add_string(query, i ? " " : "");
		add_surface(query, d->words[at + i].surface);
	}
	buf_add_byte(query, '"');
}

static void add_word(const struct naive *n, struct buf *query)
{
	if (below(6) == 0)
		buf_add_byte(query, '=');
	add_surface(query, any_word(n)->surface);
}

/* Two or three words that stand near each other somewhere, or nowhere. */
static void add_near(const struct naive *n, struct buf *query)
{
	const struct naive_document *d = any_document(n);
	size_t at = below(d->word_count - 15);
	add_surface(query, d->words[at].surface);
	for (size_t i = 1 + below(2); i > 0; i--) {
		buf_printf(query, " NAHE/%zu ", 1 + below(9));
		at += below(8);
		if (below(5) == 0)
			add_pattern(n, query);
		else if (below(5) == 0)
			add_phrase(n, query);
		else
			add_surface(query, d->words[at < d->word_count ? at : 0].surface);
	}
}

static void add_field(const struct naive *n, struct buf *query)
{
	const struct naive_document *d = any_document(n);
	static const char *const filters[] = {"typ:txt", "typ:md", "jahr:2019..2022", "jahr:>2022",
		"datum:<2021-06", "jahr:2023", "datum:2023-05..2023-11", "sprache:de", "pfad:b*",
		"pfad:*/rat/*", "pfad:*.md"};
	struct span field = span_of(below(3) ? d->title : *d->author ? d->author : d->body);
	if (below(2) || field.len < 8) {
		buf_add_string(query, filters[below(sizeof(filters) / sizeof(filters[0]))]);
		return;
	}
	buf_add_string(query, field.ptr == d->title ? "titel:" : "autor:");
	for (size_t skip = below(3); skip > 0 && memchr(field.ptr, ' ', field.len); skip--)
		span_take(&field, ' ');
	struct span first = span_take(&field, ' '), second = span_take(&field, ' ');
	bool phrase = second.ptr && below(2);
	buf_add_string(query, phrase ? "\"" : below(4) ? "" : "=");
	add_surface(query, first);
	if (phrase) {
		buf_add_byte(query, ' ');
		add_surface(query, second);
		buf_add_byte(query, '"');
	}
}

static void add_leaf(const struct naive *n, struct buf *query)
{
	switch (below(8)) {
	case 0:
		add_phrase(n, query);
		break;
	case 1:
	case 2:
		add_pattern(n, query);
		break;
	case 3:
		add_near(n, query);
		break;
	case 4:
		add_field(n, query);
		break;
	default:
		add_word(n, query);
	}
}

static void add_query(const struct naive *n, struct buf *query, int depth)
{
	static const char *const between[] = {" ", " UND ", " ODER ", " ", " ODER "};
	size_t count = 1 + below(3);
	for (size_t i = 0; i < count; i++) {
		buf_add_string(query, i ? between[below(5)] : "");
		if (below(6) == 0)
			buf_add_string(query, "NICHT ");
		if (depth < 2 && below(5) == 0) {
			buf_add_byte(query, '(');
			add_query(n, query, depth + 1);
			buf_add_byte(query, ')');
		} else {
			add_leaf(n, query);
		}
	}
}

static void add_regex(const struct naive *n, struct buf *query)
{
	struct span s = any_word(n)->surface;
	size_t half = cut_at_letter(s, s.len / 2);
	bool before = below(2);
	for (size_t i = 0; i < s.len; i++) {
		if (i == half)
			buf_add_string(query, before ? "[a-z]*" : ".?");
		if (!strchr("\"()*+?{}[]|\\.^$\n", s.ptr[i]))
			buf_add_byte(query, s.ptr[i]);
	}
	if (below(3) == 0)
		buf_add_string(query, "( [a-z]+|,)");
}

/* ---- comparing ---- */

struct tester {
	struct naive naive;
	xc_database *db;
	struct analyser *analyser;
	struct document *reader;
	struct hit *hits;
	size_t failures, documents, hits_seen;
	bool regex;
};

static void complain(struct tester *t, const char *query, const struct naive_document *d,
	const char *what, size_t got, size_t wanted)
{
	if (t->failures++ < 20)
		fprintf(stderr, "%s: %s: %s: %zu, not %zu\n", query, d ? d->path : "all", what, got,
			wanted);
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

static struct span surface_at(const struct naive_document *d, uint32_t position)
{
	for (size_t i = 0; i < d->word_count; i++)
		if (d->words[i].position == position)
			return d->words[i].surface;
	return SPAN("nothing");
}

/* The hits of a document that was found; those of titles have no truth of their own. */
static void compare_document(struct tester *t, const char *query, const struct plan *plan,
	const struct naive_document *d, size_t wanted)
{
	size_t count, different = 0, others = 0;
	for (size_t i = 0; i < plan->leaf_count; i++)
		others += plan->leaves[i]->field == FIELD_TITLE;
	if (others)
		return;
	if (document_open(t->reader, d->docid, plan, NULL) != LUPE_OK)
		complain(t, query, d, "open", 0, 1);
	const struct hit *hits = document_hits(t->reader, &count);
	if (wanted)
		qsort(t->hits, wanted, sizeof(*t->hits), compare_hits);
	if (count != wanted) {
		size_t i = 0;
		while (i < count && i < wanted && compare_hits(&hits[i], &t->hits[i]) == 0)
			i++;
		complain(t, query, d, "hits", count, wanted);
		if (t->failures <= 20)
			fprintf(stderr, "\tfirst difference: found %.*s, expected %.*s\n",
				SPAN_ARG(surface_at(d, i < count ? hits[i].position : 0)),
				SPAN_ARG(surface_at(d, i < wanted ? t->hits[i].position : 0)));
		return;
	}
	for (size_t i = 0; i < count && !t->regex; i++)
		different += compare_hits(&hits[i], &t->hits[i]) != 0;
	if (different)
		complain(t, query, d, "other hits", different, 0);
	t->hits_seen += count;
}

static bool is_listed(const struct results *results, uint32_t docid, bool all)
{
	for (size_t i = 0; i < results->count; i++)
		if (results->items[i].docid == docid)
			return !all || results->items[i].all;
	return false;
}

static void compare(struct tester *t, const char *query, struct plan *plan, enum match_mode match,
	bool inverted)
{
	struct search_options options;
	struct results results = {0};
	struct lupe_error err = {LUPE_OK, ""};
	size_t total = 0;
	search_options_init(&options);
	options.match = match;
	options.inverted = inverted;
	if (search_run(&results, t->db, plan, &options, t->reader, &err) != LUPE_OK) {
		fprintf(stderr, "%s: %s\n", query, err.message);
		t->failures++;
	}
	for (size_t i = 0; i < t->naive.count; i++) {
		const struct naive_document *d = &t->naive.documents[i];
		bool holds;
		size_t hits = naive_search(&t->naive, d, plan, t->hits, MOST_HITS, &holds);
		bool listed = is_listed(&results, d->docid, match == MATCH_AUTO && !inverted);
		total += holds != inverted;
		if (listed != (holds != inverted))
			complain(t, query, d, inverted ? "found by -L" : "found", listed,
				holds != inverted);
		if (holds && !inverted)
			compare_document(t, query, plan, d, hits);
	}
	if (results.total != total)
		complain(t, query, NULL, "total", results.total, total);
	t->documents += total;
	results_done(&results);
}

static void test_query(struct tester *t, struct span query)
{
	struct arena arena = ARENA_INIT;
	struct plan plan = {0};
	struct plan_options options = {.weights = WEIGHTS_DEFAULT};
	struct lupe_error err = {LUPE_OK, ""};
	struct node *root = t->regex ? parse_regex(query, &arena) : parse_query(query, &arena).root;
	if (plan_make(&plan, root, &options, t->analyser, t->db, &arena, &err) != LUPE_OK) {
		fprintf(stderr, "%s: %s\n", query.ptr, err.message);
		t->failures++;
	} else if (plan.all && !plan.capped) {
		compare(t, query.ptr, &plan, MATCH_ALL, false);
		compare(t, query.ptr, &plan, MATCH_AUTO, false);
		compare(t, query.ptr, &plan, MATCH_ALL, true);
	}
	plan_done(&plan);
	arena_done(&arena);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8"); /* for regcomp */
	struct tester t = {.failures = 0};
	struct language language;
	struct index *index;
	struct lupe_error err = {LUPE_OK, ""};
	size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 100;
	if (argc > 3)
		state += strtoull(argv[3], NULL, 10) * 7919;
	if (argc < 2 || index_open(argv[1], NULL, &index, &err) != LUPE_OK) {
		fprintf(stderr, "naive: %s\n", argc < 2 ? "INDEX COUNT [SEED]" : err.message);
		return 2;
	}
	char *lexicon = path_join(index_generation(index), LEXICON_FILE);
	char *words = path_join(index_generation(index), WORDS_FILE);
	if (language_open(&language, lexicon, words, NULL, NULL, &err) != LUPE_OK) {
		fprintf(stderr, "naive: %s\n", err.message);
		return 2;
	}
	t.db = index_database(index);
	t.analyser = language.analyser;
	t.reader = document_new(t.db, t.analyser);
	t.hits = mem_alloc(MOST_HITS * sizeof(*t.hits));
	naive_read(&t.naive, t.db, t.analyser);
	for (size_t i = 0; i < count; i++) {
		BUF_SCOPED(query);
		t.regex = i % 10 == 9;
		if (argc > 4)
			buf_add_string(&query, argv[4]);
		else if (t.regex)
			add_regex(&t.naive, &query);
		else
			add_query(&t.naive, &query, 0);
		if (query.len)
			test_query(&t, buf_span(&query));
	}
	printf("%zu queries, %zu documents found, %zu hits, %zu differences\n", count, t.documents,
		t.hits_seen, t.failures);
	naive_done(&t.naive);
	free(t.hits);
	document_free(t.reader);
	language_close(&language);
	index_close(index);
	free(lexicon);
	free(words);
	return t.failures ? 1 : 0;
}
