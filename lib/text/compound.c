/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds the split of least cost. The cost of a part is that of a code for it: the more words it
 * builds, the shorter. With m words that have it as a modifier, or h as their last part,
 *
 *   modifier: 8 - ln(1 + m), less 1.5 if a linguist listed it     last part: 8 - ln(1 + h)
 *   and 2.5 more for three letters, 0.7 for four                  whole word: 18 - ln(1 + h)
 *
 * What may be a modifier or a last part at all, and which words are never split, is decided when
 * the lexicon is built (tools/build-lexicon). One walk through the lexicon finds all parts that
 * begin at one letter, and walks begin only where a part ended.
 */
#include "text/compound.h"

#include <math.h>

enum { MIN_PART = 3, MAX_LETTERS = COMPOUND_MAX_BYTES };
static const float part_cost = 8, whole_cost = 18, curated_gain = 1.5F;
static const float three_letters = 2.5F, four_letters = 0.7F;

/* A word on its way: where its letters begin, and the best way to each of them. */
struct search {
	const struct lexicon *lexicon;
	struct span word;
	size_t letters;
	uint8_t at[MAX_LETTERS + 1];   /* byte at which letter i begins; the end behind the last */
	float cost[MAX_LETTERS + 1];   /* of the best parts that end before letter i */
	uint8_t from[MAX_LETTERS + 1]; /* letter at which the last of them begins */
	float whole_cost;
	bool whole; /* never to be split */
};

/* Begins with a word: finds its letters; false if there are others than a–z, ä, ö, ü, or too few or
 * many. */
static bool find_letters(struct search *search, struct span word)
{
	const unsigned char *bytes = (const unsigned char *)word.ptr;
	size_t len = word.len, letters = 0;
	search->word = word;
	if (len < COMPOUND_MIN_LETTERS || len > COMPOUND_MAX_BYTES)
		return false;
	for (size_t i = 0; i < len; i++) {
		search->at[letters++] = (uint8_t)i;
		if (bytes[i] >= 'a' && bytes[i] <= 'z')
			continue;
		if (bytes[i] != 0xc3 || i + 1 == len ||
			(bytes[i + 1] != 0xa4 && bytes[i + 1] != 0xb6 && bytes[i + 1] != 0xbc))
			return false;
		i++;
	}
	search->at[letters] = (uint8_t)len;
	search->letters = letters;
	return letters >= COMPOUND_MIN_LETTERS;
}

static float short_cost(size_t letters)
{
	return letters == 3 ? three_letters : letters == 4 ? four_letters : 0;
}

/* HUGE_VALF if it cannot be one. */
static float modifier_cost(const struct lexicon_entry *entry, size_t letters)
{
	bool curated = entry->flags & LEXICON_CURATED;
	if (entry->flags & LEXICON_PARTICLE || (entry->modifier <= 0 && !curated))
		return HUGE_VALF;
	return part_cost - entry->modifier - (curated ? curated_gain : 0) + short_cost(letters);
}

static float head_cost(const struct lexicon_entry *entry, size_t letters)
{
	if (entry->flags & LEXICON_SUFFIX || entry->head <= 0)
		return HUGE_VALF;
	return part_cost - entry->head + short_cost(letters);
}

static void improve(struct search *search, size_t from, size_t to, float cost)
{
	cost += search->cost[from];
	if (cost < search->cost[to]) {
		search->cost[to] = cost;
		search->from[to] = (uint8_t)from;
	}
}

/* Tries every part that begins at letter `from`. */
static void walk(struct search *search, size_t from)
{
	struct lexicon_cursor cursor = lexicon_start(search->lexicon);
	struct lexicon_entry entry;
	for (size_t letter = from, n = search->letters; letter < n; letter++) {
		for (size_t i = search->at[letter]; i < search->at[letter + 1]; i++)
			if (!lexicon_step(search->lexicon, &cursor, search->word.ptr[i]))
				return;
		size_t to = letter + 1;
		if (to < from + MIN_PART || (to != n && to + MIN_PART > n) ||
			!lexicon_at(search->lexicon, &cursor, &entry))
			continue;
		if (to < n) {
			improve(search, from, to, modifier_cost(&entry, to - from));
		} else if (from > 0) {
			improve(search, from, to, head_cost(&entry, to - from));
		} else {
			search->whole = entry.flags & LEXICON_WHOLE;
			search->whole_cost = whole_cost - entry.head;
		}
	}
}

static void search_parts(struct search *search)
{
	search->whole_cost = whole_cost;
	search->whole = false;
	search->cost[0] = 0;
	for (size_t i = 1; i <= search->letters; i++)
		search->cost[i] = HUGE_VALF;
	for (size_t i = 0; i + MIN_PART <= search->letters && !search->whole; i++)
		if (search->cost[i] < search->whole_cost)
			walk(search, i);
}

/* ---- the result ---- */

static void describe_part(
	const struct lexicon *lexicon, struct span word, bool last, struct compound_part *part)
{
	struct lexicon_entry entry;
	struct span text = {word.ptr + part->begin, (size_t)(part->end - part->begin)};
	part->base = (struct lexicon_edit){0, {NULL, 0}};
	if (!last && lexicon_find(lexicon, text, &entry) && entry.has_base)
		part->base = entry.base;
}

static size_t set_parts(const struct lexicon *lexicon, struct span word, const uint16_t *splits,
	size_t count, struct compound *ret)
{
	for (size_t i = 0; i <= count; i++) {
		struct compound_part *part = &ret->parts[i];
		part->begin = i ? splits[i - 1] : 0;
		part->end = i < count ? splits[i] : (uint16_t)word.len;
		describe_part(lexicon, word, i == count, part);
	}
	ret->count = (uint8_t)(count + 1);
	return ret->count;
}

/* Follows the best way back; the number of splits, 0 if there are too many. */
static size_t trace(const struct search *search, uint16_t *ret_splits)
{
	size_t count = 0, letter;
	for (letter = search->from[search->letters]; letter; letter = search->from[letter])
		count++;
	if (count >= COMPOUND_MAX_PARTS)
		return 0;
	size_t i = count;
	for (letter = search->from[search->letters]; letter; letter = search->from[letter])
		ret_splits[--i] = search->at[letter];
	return count;
}

/* Whether `part`, in the word that it is a part of, is followed by the ending of women:
   Bürger|innen, Lots|innen. */
static bool takes_innen(const struct lexicon *lexicon, struct span part)
{
	struct lexicon_entry entry;
	struct span women = {part.ptr, part.len + strlen("innen")};
	return span_ends(part, SPAN("er")) ||
	       (lexicon_find(lexicon, women, &entry) && entry.flags & LEXICON_FEMININE);
}

/* Bürger|innen|beteiligung: there `innen` is the ending of women, not the inside of something.
   Takes out such splits; the number of those that stay. */
static size_t join_innen(
	const struct lexicon *lexicon, struct span word, uint16_t *splits, size_t count)
{
	size_t kept = 0, begin = 0; /* of the part before */
	for (size_t i = 0; i < count; i++) {
		size_t end = i + 1 < count ? splits[i + 1] : word.len;
		struct span left = {word.ptr + begin, splits[i] - begin};
		struct span part = {word.ptr + splits[i], end - splits[i]};
		begin = splits[i];
		if (!span_equal(part, SPAN("innen")) || !takes_innen(lexicon, left))
			splits[kept++] = splits[i];
	}
	return kept;
}

size_t compound_split(const struct lexicon *lexicon, struct span word, struct compound *ret)
{
	struct search search;
	uint16_t splits[COMPOUND_MAX_PARTS - 1];
	search.lexicon = lexicon;
	ret->count = 0;
	ret->cost = HUGE_VALF;
	ret->whole_cost = whole_cost;
	if (!find_letters(&search, word))
		return 0;
	size_t count = lexicon_user_split(lexicon, word, splits, COMPOUND_MAX_PARTS - 1);
	if (count) {
		ret->cost = 0;
		return set_parts(lexicon, word, splits, count, ret);
	}
	search_parts(&search);
	ret->cost = search.cost[search.letters];
	ret->whole_cost = search.whole_cost;
	if (search.whole || ret->cost >= ret->whole_cost)
		return 0;
	count = join_innen(lexicon, word, splits, trace(&search, splits));
	return count ? set_parts(lexicon, word, splits, count, ret) : 0;
}

struct span compound_base(
	struct span word, const struct compound_part *part, char buffer[COMPOUND_BASE_BYTES])
{
	struct span text = {word.ptr + part->begin, (size_t)(part->end - part->begin)};
	if (!part->base.strip && !part->base.add.len)
		return text;
	struct span base = lexicon_edit_apply(&part->base, text, buffer, COMPOUND_BASE_BYTES);
	return base.len ? base : text;
}
