/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the files of the spelling correction share: candidates, and what is known of a word.
 *
 *   spell.c        what is corrected at all, run by run of letters, and how the result is written
 *   spell_find.c   the best candidate for one word
 *   spell_scan.c   candidates from the index's dictionary
 *   spell_parts.c  candidates from the lexicon: words, and compounds part by part
 *   spell_known.c  what the index and the lexicon know of a word
 *
 * All words here are folded (fold.h).
 */
#ifndef LUPE_QUERY_SPELL_INTERNAL_H
#define LUPE_QUERY_SPELL_INTERNAL_H

#include "query/spell.h"
#include "query/spell_distance.h"

enum {
	SPELL_SHORT_LETTERS = 5, /**< words below this are not corrected ... */
	SPELL_LONG_LETTERS = 7,  /**< ... and from this on they may have two edits */
	SPELL_CANDIDATES = 24,
	/** One edit, even of the first letter, or umlauts spelled out and one edit. */
	SPELL_ONE_EDIT = COST_EDIT + COST_FIRST,
	SPELL_TWO_EDITS = 2 * COST_EDIT,
};

/** Where two edits are allowed, the first letter must be right: few are mistaken there, and most of
    the dictionary need not be looked at. */
static inline unsigned spell_first_cost(unsigned limit)
{
	return limit > SPELL_ONE_EDIT ? SPELL_TWO_EDITS : COST_FIRST;
}

struct candidate {
	char bytes[SPELL_MAX_BYTES];
	uint8_t cost;
	bool is_stem; /**< from the tier of stems: perhaps no word at all */
	uint16_t len;
	uint32_t documents; /**< that have it; of a compound, its rarest part */
	float score;        /**< the lower the better */
};

/** The best so far, best first. */
struct candidates {
	struct candidate items[SPELL_CANDIDATES];
	size_t count;
};

struct spell_scratch {
	struct spell_distance distance;
	struct candidates found; /**< in the index's dictionary, or seen to be there */
	struct candidates made;  /**< by the lexicon; not yet looked up */
};

/** Keeps a candidate if it is among the best; the same word twice is kept once. */
void spell_offer(const struct spell *spell, struct candidates *list, struct span word,
	unsigned cost, bool is_stem, uint32_t documents);

/** Offers what the index's dictionary has within `limit` of the letters in scratch.distance. */
lupe_status spell_scan(struct spell *spell, unsigned limit, struct lupe_error *err);

/** Offers words of the lexicon within `limit` of `word`, and within one edit also compounds with
    one part corrected. */
void spell_parts(struct spell *spell, struct span word, unsigned limit);

/** What the index has for a word. */
struct evidence {
	uint32_t documents; /**< with the word itself, or, if `split`, with its rarest part */
	bool split;         /**< only as parts of the compound that the word is */
	bool known;         /**< without the index: a stop word, a gender form of known words */
};

lupe_status spell_evidence(
	struct spell *spell, struct span word, struct evidence *ret, struct lupe_error *err);

/** True if the lexicon has the word, or a name. */
bool spell_in_lexicon(const struct spell *spell, struct span word);

/** True if it is a compound of words that the lexicon knows. */
bool spell_is_compound(const struct spell *spell, struct span word);

/**
 * A compound that stands nowhere, written with another linking element: Verwendungnachweis,
 * Stadtsrat. Puts the word that does stand in the index into `ret`; empty if there is none.
 */
lupe_status spell_joint(
	struct spell *spell, struct span word, struct buf *ret, struct lupe_error *err);

/** Whether a stem of the index, of so many documents, is itself a word that stands there. */
lupe_status spell_stem_is_word(struct spell *spell, struct span stem, uint32_t documents,
	bool *ret_is_word, struct lupe_error *err);

/** The best candidate for a folded word that is unknown; empty if there is none. Valid until the
    next call. */
lupe_status spell_find(
	struct spell *spell, struct span word, struct span *ret, struct lupe_error *err);

#endif
