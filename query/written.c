/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scans the dictionary for a pattern: the terms that begin like it, or all of them if it begins
 * with a wildcard. Which stem a form has, and whether a stem is a word, is for expand.c to say.
 */
#include "query/written.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"
#include "text/stop.h"

struct scan {
	const struct pattern *pattern;
	struct arena *arena;
	struct written *items;
	size_t count, capacity;
};

static void add(struct scan *scan, struct written word)
{
	ARRAY_GROW(scan->items, scan->count, scan->capacity);
	word.form = arena_copy(scan->arena, word.form);
	scan->items[scan->count++] = word;
}

/* Terms that begin with a capital belong to other tiers; stems stand on both sides of them. */
static bool is_prefixed(struct span term)
{
	return term.len && term.ptr[0] >= 'A' && term.ptr[0] <= 'Z';
}

static lupe_status scan_tier(
	struct scan *scan, const char *prefix, bool stems, xc_database *db, struct lupe_error *err)
{
	char start[XC_TERM_MAX + 1];
	size_t skip = strlen(prefix);
	struct span fixed = scan->pattern->prefix;
	xc_terms *terms;
	struct xc_term term;
	if (skip + fixed.len > XC_TERM_MAX)
		return LUPE_OK;
	memcpy(start, prefix, skip);
	memcpy(start + skip, fixed.ptr, fixed.len);
	lupe_status status =
		xc_term_names_start(db, (struct xc_bytes){start, skip + fixed.len}, &terms, err);
	if (status != LUPE_OK)
		return status;
	status = xc_terms_next(terms, &term, err);
	while (status == LUPE_OK) {
		struct span text = {term.term.ptr, term.term.len};
		if (stems && is_prefixed(text)) {
			status = xc_terms_skip_to(terms, (struct xc_bytes){"[", 1}, &term, err);
			continue;
		}
		text = span_skip(text, skip);
		if (pattern_matches(scan->pattern, text)) {
			struct written word = {.form = text, .stem = stems};
			status = xc_terms_documents(terms, &word.documents, err);
			add(scan, word);
		}
		if (status == LUPE_OK)
			status = xc_terms_next(terms, &term, err);
	}
	xc_terms_close(terms);
	return status < 0 ? status : LUPE_OK;
}

/* Words of grammar are in the dictionary by their stems alone. They are among the most frequent. */
static void scan_stop_words(struct scan *scan)
{
	struct span word;
	for (size_t i = 0; (word = stop_word_at(i)).len; i++)
		if (pattern_matches(scan->pattern, word))
			add(scan, (struct written){word, UINT32_MAX, false, true});
}

static int compare_frequency(const void *a, const void *b)
{
	const struct written *x = a, *y = b;
	if (x->documents != y->documents)
		return x->documents > y->documents ? -1 : 1;
	int order = span_compare(x->form, y->form);
	return order ? order : (int)x->stem - (int)y->stem;
}

lupe_status written_find(const struct pattern *pattern, size_t limit, xc_database *db,
	struct arena *arena, struct written_list *ret, struct lupe_error *err)
{
	struct scan scan = {.pattern = pattern, .arena = arena};
	scan_stop_words(&scan);
	lupe_status status = scan_tier(&scan, PREFIX_EXACT, false, db, err);
	if (status == LUPE_OK)
		status = scan_tier(&scan, PREFIX_STEM, true, db, err);
	*ret = (struct written_list){.matching = scan.count};
	if (status == LUPE_OK) {
		if (scan.count > limit)
			qsort(scan.items, scan.count, sizeof(*scan.items), compare_frequency);
		ret->count = scan.count < limit ? scan.count : limit;
		ret->items = arena_alloc(arena, (ret->count + 1) * sizeof(*ret->items));
		if (ret->count)
			memcpy(ret->items, scan.items, ret->count * sizeof(*ret->items));
	}
	free(scan.items);
	return status;
}

/* ---- beginnings ---- */

static int compare_beginnings(const void *a, const void *b)
{
	return span_compare(
		((const struct beginning *)a)->text, ((const struct beginning *)b)->text);
}

/* In one pass forward over the terms of a tier. */
static lupe_status look_for_beginnings(struct beginning *beginnings, size_t count,
	const char *prefix, xc_database *db, struct lupe_error *err)
{
	char target[XC_TERM_MAX + 1];
	size_t skip = strlen(prefix);
	xc_terms *terms;
	struct xc_term term = {.term = {NULL, 0}};
	lupe_status status = xc_term_names_start(db, (struct xc_bytes){prefix, skip}, &terms, err);
	memcpy(target, prefix, skip);
	for (size_t i = 0; i < count && status == LUPE_OK; i++) {
		struct span text = beginnings[i].text;
		struct span wanted = {target, skip + text.len};
		if (wanted.len > XC_TERM_MAX)
			continue;
		memcpy(target + skip, text.ptr, text.len);
		if (span_compare((struct span){term.term.ptr, term.term.len}, wanted) < 0)
			status = xc_terms_skip_to(
				terms, (struct xc_bytes){target, wanted.len}, &term, err);
		if (status == LUPE_OK)
			beginnings[i].found |=
				span_starts((struct span){term.term.ptr, term.term.len}, wanted);
	}
	if (status >= 0)
		xc_terms_close(terms);
	return status < 0 ? status : LUPE_OK;
}

lupe_status written_begin(
	struct beginning *beginnings, size_t count, xc_database *db, struct lupe_error *err)
{
	struct span word;
	if (count == 0)
		return LUPE_OK;
	qsort(beginnings, count, sizeof(*beginnings), compare_beginnings);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; (word = stop_word_at(k)).len && !beginnings[i].found; k++)
			beginnings[i].found = span_starts(word, beginnings[i].text);
	lupe_status status = look_for_beginnings(beginnings, count, PREFIX_EXACT, db, err);
	if (status == LUPE_OK)
		status = look_for_beginnings(beginnings, count, PREFIX_STEM, db, err);
	return status;
}
