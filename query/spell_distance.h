/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How far a typed word is from words that are spelled letter by letter.
 *
 * Damerau-Levenshtein on code points in the form of optimal string alignment (a pair of letters is
 * edited once), with slips that are common in German typing cheaper than others. A row is kept for
 * every letter of the other word, so that a walk through a sorted dictionary computes the rows of
 * a shared beginning once:
 *
 *            I n t e r g r a t i o n      typed
 *      depth 0  0  9 18 ...
 *   i        1  9  0  9 ...
 *   n        2 ..
 */
#ifndef LUPE_QUERY_SPELL_DISTANCE_H
#define LUPE_QUERY_SPELL_DISTANCE_H

#include <stdint.h>

#include "base/span.h"

enum {
	SPELL_MAX_LETTERS = 60, /**< longer words are not corrected */
	SPELL_MAX_DEPTH = SPELL_MAX_LETTERS + 8,
	SPELL_MAX_BYTES = 4 * SPELL_MAX_DEPTH,

	/** Three slips, however cheap, cost more than two edits. */
	COST_EDIT = 10,      /**< a letter replaced */
	COST_NEIGHBOUR = 8,  /**< replaced by the next key of a German keyboard */
	COST_COUNT = 9,      /**< a letter left out or put in */
	COST_DOUBLED = 7,    /**< one of two like letters too few or too many */
	COST_TRANSPOSED = 7, /**< two letters in the wrong order */
	COST_DOTS = 7,       /**< a for ä */
	COST_SPELLED = 3,    /**< ae for ä, or ä for ae: no slip at all */
	COST_FIRST = 3,      /**< on top, for a slip in the first letter of a word */
	COST_FAR = 200,      /**< more than anything above */
};

struct spell_distance {
	uint32_t typed[SPELL_MAX_LETTERS];
	unsigned count; /**< of typed letters */
	unsigned band;  /**< cells farther than this from the diagonal are FAR */
	uint32_t other[SPELL_MAX_DEPTH + 1]; /**< letter i of the other word at i + 1 */
	/** Row `depth`, cell j: the first `depth` letters of the other against the first j typed,
	    at [depth][j + 2]. */
	uint8_t rows[SPELL_MAX_DEPTH + 1][SPELL_MAX_LETTERS + 5];
	unsigned first; /**< on top, for a slip in the first letter */
};

/** Takes the letters typed, at most SPELL_MAX_LETTERS. `first` comes on top of every slip in the
    first of them but missing dots. */
void distance_start(
	struct spell_distance *distance, const uint32_t *typed, unsigned count, unsigned first);

/**
 * Puts `letter` behind the first `depth` of the other word, and gives the least that a word that
 * goes on so can cost. `depth` is below SPELL_MAX_DEPTH.
 */
unsigned distance_add(struct spell_distance *distance, unsigned depth, uint32_t letter);

/** What the first `depth` letters of the other word cost against the first `count` typed. */
static inline unsigned distance_at(
	const struct spell_distance *distance, unsigned depth, unsigned count)
{
	bool within = depth <= count + distance->band && count <= depth + distance->band;
	return within ? distance->rows[depth][count + 2] : COST_FAR;
}

/** Code points of UTF-8, at most `room`; 0 if there are more. */
unsigned distance_letters(struct span word, uint32_t *ret, unsigned room);

#endif
