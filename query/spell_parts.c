/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words and compounds of the lexicon near a word, with all slips in one part:
 *
 *   willkomens            service        the end is a chain of known parts
 *   ^ walk from here: willkommens is near, and a first part
 *
 * Walks begin where a chain of known parts ends, and keep what reaches a place from which known
 * parts lead to the end. Whether the result is a sensible compound is asked of compound.h later.
 * Two edits away lie too many compounds that nobody means: there only whole words are looked for.
 */
#include "query/spell_internal.h"
#include "text/compound.h"
#include "text/utf8.h"

enum {
	MIN_PART = 3,           /* letters of a part that is right */
	MIN_CORRECTED_PART = 5, /* letters of one that is not */
	MAX_STEPS = 200000,     /* through the lexicon, for one word */
};

struct walk {
	struct spell *spell;
	struct spell_distance *distance;
	struct span word;
	unsigned limit, count;
	unsigned from; /* letter at which the walk began */
	int steps;     /* left */
	uint32_t letters[SPELL_MAX_LETTERS];
	uint16_t at[SPELL_MAX_LETTERS + 1]; /* byte at which letter i begins */
	bool starts[SPELL_MAX_LETTERS + 1]; /* known first parts end before letter i */
	bool leads[SPELL_MAX_LETTERS + 1];  /* known parts lead from it to the end */
	char part[SPELL_MAX_BYTES];
};

static bool can_begin(const struct lexicon_entry *entry)
{
	return !(entry->flags & LEXICON_PARTICLE) &&
	       (entry->modifier > 0 || entry->flags & LEXICON_CURATED);
}

static bool can_end(const struct lexicon_entry *entry)
{
	return !(entry->flags & LEXICON_SUFFIX) && entry->head > 0;
}

static bool find_letters(struct walk *walk)
{
	size_t at = 0, length;
	walk->count = distance_letters(walk->word, walk->letters, SPELL_MAX_LETTERS);
	for (unsigned i = 0; i < walk->count; i++, at += length) {
		utf8_get(walk->word.ptr + at, walk->word.ptr + walk->word.len, &length);
		walk->at[i] = (uint16_t)at;
	}
	walk->at[walk->count] = (uint16_t)at;
	return walk->count > 0;
}

/* Follows known parts from letter `from`: to where first parts end (`starts`), or tells whether
   one ends at a letter that leads on (`leads`). */
static void follow_known(struct walk *walk, unsigned from, bool forward)
{
	const struct lexicon *lexicon = walk->spell->lexicon;
	struct lexicon_cursor cursor = lexicon_start(lexicon);
	struct lexicon_entry entry;
	for (unsigned to = from + 1; to <= walk->count; to++) {
		for (size_t i = walk->at[to - 1]; i < walk->at[to]; i++)
			if (!lexicon_step(lexicon, &cursor, walk->word.ptr[i]))
				return;
		if (to < from + MIN_PART || !lexicon_at(lexicon, &cursor, &entry))
			continue;
		if (forward)
			walk->starts[to] |= can_begin(&entry);
		else
			walk->leads[from] |= to == walk->count
						     ? can_end(&entry)
						     : walk->leads[to] && can_begin(&entry);
	}
}

static void find_chains(struct walk *walk)
{
	for (unsigned i = 0; i < walk->count; i++)
		if (walk->starts[i])
			follow_known(walk, i, true);
	for (unsigned i = walk->count; i-- > 0;)
		follow_known(walk, i, false);
}

/* Offers the word with the letters from `walk->from` to `to` replaced by the part. */
static void offer(struct walk *walk, size_t part_bytes, unsigned to, unsigned cost)
{
	char bytes[3 * SPELL_MAX_BYTES];
	size_t before = walk->at[walk->from], behind = walk->word.len - walk->at[to];
	memcpy(bytes, walk->word.ptr, before);
	memcpy(bytes + before, walk->part, part_bytes);
	memcpy(bytes + before + part_bytes, walk->word.ptr + walk->at[to], behind);
	spell_offer(walk->spell, &walk->spell->scratch->made,
		(struct span){bytes, before + part_bytes + behind}, cost, false, 0);
}

/* A part of `depth` letters that the lexicon has: offers it wherever it fits. */
static void try_part(
	struct walk *walk, const struct lexicon_entry *entry, unsigned depth, size_t part_bytes)
{
	for (unsigned count = 1; walk->from + count <= walk->count; count++) {
		unsigned cost = distance_at(walk->distance, depth, count), to = walk->from + count;
		if (cost > walk->limit || cost == 0 || !walk->leads[to])
			continue;
		bool fits = to < walk->count  ? can_begin(entry)
			    : walk->from == 0 ? entry->flags & LEXICON_WORD
					      : can_end(entry);
		if (fits)
			offer(walk, part_bytes, to, cost);
	}
}

static void visit(
	struct walk *walk, const struct lexicon_cursor *cursor, unsigned depth, size_t part_bytes);

/* Goes on by one letter, of one or two bytes. */
static void descend(struct walk *walk, struct lexicon_cursor cursor, unsigned depth,
	size_t part_bytes, uint32_t letter)
{
	size_t length = utf8_put(letter, walk->part + part_bytes);
	walk->steps--;
	for (size_t i = 0; i < length; i++)
		if (!lexicon_step(walk->spell->lexicon, &cursor, walk->part[part_bytes + i]))
			return;
	if (distance_add(walk->distance, depth, letter) <= walk->limit)
		visit(walk, &cursor, depth + 1, part_bytes + length);
}

static void visit(
	struct walk *walk, const struct lexicon_cursor *cursor, unsigned depth, size_t part_bytes)
{
	struct lexicon_entry entry;
	if (depth >= MIN_CORRECTED_PART && lexicon_at(walk->spell->lexicon, cursor, &entry))
		try_part(walk, &entry, depth, part_bytes);
	if (depth == SPELL_MAX_DEPTH || walk->steps <= 0)
		return;
	for (uint32_t letter = 'a'; letter <= 'z'; letter++)
		descend(walk, *cursor, depth, part_bytes, letter);
	descend(walk, *cursor, depth, part_bytes, 0xe4);
	descend(walk, *cursor, depth, part_bytes, 0xf6);
	descend(walk, *cursor, depth, part_bytes, 0xfc);
}

/* Two letters in the wrong order, the first the end of a part, the second the beginning of another:
   the one slip that is in no part. */
static void transpose_ends(struct walk *walk)
{
	char bytes[SPELL_MAX_BYTES];
	for (unsigned i = MIN_PART - 1; i + MIN_PART < walk->count; i++) {
		if (walk->letters[i] == walk->letters[i + 1])
			continue;
		size_t at = walk->at[i], second = walk->at[i + 1], end = walk->at[i + 2];
		memcpy(bytes, walk->word.ptr, walk->word.len);
		memcpy(bytes + at, walk->word.ptr + second, end - second);
		memcpy(bytes + at + end - second, walk->word.ptr + at, second - at);
		struct span word = {bytes, walk->word.len};
		if (spell_is_compound(walk->spell, word))
			spell_offer(walk->spell, &walk->spell->scratch->made, word, COST_TRANSPOSED,
				false, 0);
	}
}

void spell_parts(struct spell *spell, struct span word, unsigned limit)
{
	struct walk walk = {.spell = spell,
		.distance = &spell->scratch->distance,
		.word = word,
		.limit = limit,
		.steps = MAX_STEPS};
	if (!spell->lexicon || !find_letters(&walk))
		return;
	walk.starts[0] = walk.leads[walk.count] = true; /* whole words */
	if (limit <= SPELL_ONE_EDIT) {
		transpose_ends(&walk);
		find_chains(&walk);
	}
	for (walk.from = 0; walk.from + MIN_PART <= walk.count; walk.from++) {
		if (!walk.starts[walk.from])
			continue;
		struct lexicon_cursor cursor = lexicon_start(spell->lexicon);
		distance_start(walk.distance, walk.letters + walk.from, walk.count - walk.from,
			walk.from == 0 ? spell_first_cost(limit) : 0);
		visit(&walk, &cursor, 0, 0);
	}
}

/* ---- linking elements ---- */

/* Whether the index has the word as it is, in any inflection. */
static lupe_status stands(
	struct spell *spell, struct span word, bool *ret_stands, struct lupe_error *err)
{
	struct evidence evidence;
	lupe_status st = spell_evidence(spell, word, &evidence, err);
	*ret_stands = evidence.documents && !evidence.split;
	return st;
}

lupe_status spell_joint(
	struct spell *spell, struct span word, struct buf *ret, struct lupe_error *err)
{
	struct compound compound;
	bool found = false;
	buf_clear(ret);
	size_t count = spell->lexicon ? compound_split(spell->lexicon, word, &compound) : 0;
	if (count == 0 || spell_in_lexicon(spell, word))
		return LUPE_OK;
	lupe_status st = stands(spell, word, &found, err);
	if (st != LUPE_OK || found)
		return st;
	for (size_t i = 1; i < count; i++) {
		size_t joint = compound.parts[i].begin;
		bool linked = word.ptr[joint - 1] == 's';
		buf_clear(ret);
		buf_add(ret, word.ptr, linked ? joint - 1 : joint);
		if (!linked)
			buf_add_byte(ret, 's');
		buf_add_span(ret, span_skip(word, joint));
		st = stands(spell, buf_span(ret), &found, err);
		if (st != LUPE_OK || found)
			return st;
	}
	buf_clear(ret);
	return LUPE_OK;
}
