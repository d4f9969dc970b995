/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks the sorted terms of the index as the trie that they are: rows of distances are kept for
 * the beginning that a term shares with the one before, and a beginning that is already too far
 * is skipped with all terms that share it.
 */
#include "query/spell_internal.h"
#include "store/schema.h"
#include "text/utf8.h"

/* What bounds the time on very large indexes; two edits in 400,000 forms look at some 20,000. */
enum { MAX_STEPS = 150000 };

struct scan {
	struct spell *spell;
	size_t skip; /* bytes of prefix before the words */
	bool stems;
	unsigned limit;
	unsigned depth;                     /* letters of the path whose rows are there */
	uint16_t ends[SPELL_MAX_DEPTH + 1]; /* bytes of the path after so many letters */
	char path[XC_TERM_MAX + 1];         /* prefix and letters */
};

/* Goes back to the letters that `term` has in common with the path. */
static void go_back(struct scan *scan, struct span term)
{
	size_t common = 0, end = scan->ends[scan->depth];
	while (common < end && common < term.len && term.ptr[common] == scan->path[common])
		common++;
	while (scan->ends[scan->depth] > common)
		scan->depth--;
}

/* Goes on along `term`; false if all that begins like the path is too far. */
static bool go_on(struct scan *scan, struct span term)
{
	struct spell_distance *distance = &scan->spell->scratch->distance;
	size_t at = scan->ends[scan->depth], length;
	for (; at < term.len; at += length) {
		uint32_t letter = utf8_get(term.ptr + at, term.ptr + term.len, &length);
		unsigned cost = scan->depth < SPELL_MAX_DEPTH
					? distance_add(distance, scan->depth, letter)
					: COST_FAR;
		memcpy(scan->path + at, term.ptr + at, length);
		if (scan->depth == SPELL_MAX_DEPTH)
			return false;
		scan->ends[++scan->depth] = (uint16_t)(at + length);
		if (cost > scan->limit)
			return false;
	}
	return true;
}

static bool has_digit(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return true;
	return false;
}

static void offer(struct scan *scan, const struct xc_term *term)
{
	const struct spell_distance *distance = &scan->spell->scratch->distance;
	unsigned cost = distance_at(distance, scan->depth, distance->count);
	struct span word = {term->term.ptr + scan->skip, term->term.len - scan->skip};
	if (cost <= scan->limit && !has_digit(word))
		spell_offer(scan->spell, &scan->spell->scratch->found, word, cost, scan->stems,
			term->documents);
}

/* The first string behind all that begin like the path. */
static struct xc_bytes behind_path(struct scan *scan)
{
	size_t len = scan->ends[scan->depth];
	scan->path[len - 1]++;
	return (struct xc_bytes){scan->path, len};
}

static lupe_status walk(
	struct scan *scan, xc_terms *terms, struct xc_bytes from, struct lupe_error *err)
{
	struct xc_term term;
	lupe_status st = xc_terms_skip_to(terms, from, &term, err);
	for (int step = 0; st == LUPE_OK && step < MAX_STEPS; step++) {
		struct span bytes = {term.term.ptr, term.term.len};
		go_back(scan, bytes);
		if (go_on(scan, bytes)) {
			offer(scan, &term);
			st = xc_terms_next(terms, &term, err);
			continue;
		}
		struct xc_bytes next = behind_path(scan);
		st = xc_terms_skip_to(terms, next, &term, err);
		scan->depth--;
	}
	return st < 0 ? st : LUPE_OK;
}

static lupe_status scan_tier(
	struct spell *spell, const char *prefix, bool stems, unsigned limit, struct lupe_error *err)
{
	struct scan scan = {.spell = spell, .skip = strlen(prefix), .stems = stems, .limit = limit};
	char from[8];
	xc_terms *terms;
	memcpy(scan.path, prefix, scan.skip);
	scan.ends[0] = (uint16_t)scan.skip;
	memcpy(from, prefix, scan.skip);
	from[scan.skip] = 'a'; /* words begin with letters; capitals are other prefixes */
	lupe_status st =
		xc_terms_start(spell->db, (struct xc_bytes){prefix, scan.skip}, &terms, err);
	if (st != LUPE_OK)
		return st;
	st = walk(&scan, terms, (struct xc_bytes){from, scan.skip + 1}, err);
	xc_terms_close(terms);
	return st;
}

lupe_status spell_scan(struct spell *spell, unsigned limit, struct lupe_error *err)
{
	lupe_status st = scan_tier(spell, PREFIX_EXACT, false, limit, err);
	return st == LUPE_OK ? scan_tier(spell, PREFIX_STEM, true, limit, err) : st;
}
