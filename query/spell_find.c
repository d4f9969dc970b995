/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The best candidate: first among those within one edit; only if there is none, within two. The
 * nearer goes first, and of those equally near, what more documents have; a form that the lexicon
 * does not know, which may be somebody's slip in a text, counts as a little farther.
 */
#include <math.h>

#include "base/mem.h"
#include "query/spell_internal.h"

/* In units of cost, on top of it; chosen with bench/typos, and little depends on them. */
enum {
	COST_INFLECTED = 1, /* the index has only other forms of the word */
	COST_AS_PARTS = 8,  /* it has only the parts of the compound */
	COST_UNKNOWN = 2,   /* the lexicon does not have the form */
};
static const float per_doubling = 1; /* of the number of documents, taken off */

static float score_of(
	const struct spell *spell, struct span word, unsigned cost, uint32_t documents)
{
	bool known = spell_in_lexicon(spell, word) || spell_is_compound(spell, word);
	return (float)cost + (known ? 0 : COST_UNKNOWN) -
	       per_doubling * log2f(1 + (float)documents);
}

/* The place of a candidate in the list by its score. */
static void insert(struct candidates *list, const struct candidate *candidate)
{
	size_t i = list->count;
	if (i == SPELL_CANDIDATES && list->items[i - 1].score <= candidate->score)
		return;
	if (i < SPELL_CANDIDATES)
		list->count++;
	else
		i--;
	for (; i > 0 && list->items[i - 1].score > candidate->score; i--)
		list->items[i] = list->items[i - 1];
	list->items[i] = *candidate;
}

static void remove_at(struct candidates *list, size_t i)
{
	list->count--;
	memmove(list->items + i, list->items + i + 1, (list->count - i) * sizeof(struct candidate));
}

void spell_offer(const struct spell *spell, struct candidates *list, struct span word,
	unsigned cost, bool is_stem, uint32_t documents)
{
	struct candidate candidate = {.cost = (uint8_t)cost,
		.is_stem = is_stem,
		.len = (uint16_t)word.len,
		.documents = documents};
	if (word.len > sizeof(candidate.bytes))
		return;
	memcpy(candidate.bytes, word.ptr, word.len);
	candidate.score = score_of(spell, word, cost, documents);
	for (size_t i = 0; i < list->count; i++) {
		struct candidate *other = &list->items[i];
		if (!span_equal((struct span){other->bytes, other->len}, word))
			continue;
		candidate.is_stem &= other->is_stem;
		if (other->score <= candidate.score) {
			other->is_stem = candidate.is_stem;
			return;
		}
		remove_at(list, i);
		break;
	}
	insert(list, &candidate);
}

/* Offers those of the lexicon's candidates that the index has documents for. */
static lupe_status look_up_made(struct spell *spell, struct lupe_error *err)
{
	struct spell_scratch *scratch = spell->scratch;
	for (size_t i = 0; i < scratch->made.count; i++) {
		const struct candidate *made = &scratch->made.items[i];
		struct span word = {made->bytes, made->len};
		struct evidence evidence;
		lupe_status st = spell_evidence(spell, word, &evidence, err);
		if (st != LUPE_OK)
			return st;
		if (evidence.documents)
			spell_offer(spell, &scratch->found, word,
				made->cost + (evidence.split ? COST_AS_PARTS : COST_INFLECTED),
				false, evidence.documents);
	}
	return LUPE_OK;
}

static lupe_status search(
	struct spell *spell, struct span word, unsigned limit, struct lupe_error *err)
{
	struct spell_scratch *scratch = spell->scratch;
	uint32_t letters[SPELL_MAX_LETTERS];
	unsigned count = distance_letters(word, letters, SPELL_MAX_LETTERS);
	scratch->found.count = scratch->made.count = 0;
	distance_start(&scratch->distance, letters, count, spell_first_cost(limit));
	lupe_status st = spell_scan(spell, limit, err);
	if (st != LUPE_OK)
		return st;
	spell_parts(spell, word, limit);
	return look_up_made(spell, err);
}

/* The first of the list that is a word, not a mere stem. */
static lupe_status choose(struct spell *spell, struct span *ret, struct lupe_error *err)
{
	const struct candidates *found = &spell->scratch->found;
	for (size_t i = 0; i < found->count; i++) {
		const struct candidate *candidate = &found->items[i];
		struct span word = {candidate->bytes, candidate->len};
		bool is_word = !candidate->is_stem;
		if (!is_word) {
			lupe_status st = spell_stem_is_word(
				spell, word, candidate->documents, &is_word, err);
			if (st != LUPE_OK)
				return st;
		}
		if (is_word) {
			*ret = word;
			return LUPE_OK;
		}
	}
	*ret = (struct span){"", 0};
	return LUPE_OK;
}

lupe_status spell_find(
	struct spell *spell, struct span word, struct span *ret, struct lupe_error *err)
{
	uint32_t letters[SPELL_MAX_LETTERS];
	unsigned count = distance_letters(word, letters, SPELL_MAX_LETTERS);
	*ret = (struct span){"", 0};
	if (count < SPELL_SHORT_LETTERS)
		return LUPE_OK;
	if (!spell->scratch)
		spell->scratch = mem_alloc(sizeof(*spell->scratch));
	lupe_status st = search(spell, word, SPELL_ONE_EDIT, err);
	if (st == LUPE_OK)
		st = choose(spell, ret, err);
	if (st != LUPE_OK || ret->len || count < SPELL_LONG_LETTERS)
		return st;
	st = search(spell, word, SPELL_TWO_EDITS, err);
	return st == LUPE_OK ? choose(spell, ret, err) : st;
}
