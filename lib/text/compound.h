/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * German compounds and their parts: Integrationskurse = integrations + kurse.
 *
 * The split of least cost (dynamic programming over the places of a word) is taken if it costs
 * less than leaving the word whole; a part is the cheaper the more words it builds. Words are
 * split to the depth at which somebody would search: arbeits + markt + integration, but Rathaus
 * and Frühstück stay whole. The model is told in doc/decisions and in compound.c.
 */
#ifndef LUPE_TEXT_COMPOUND_H
#define LUPE_TEXT_COMPOUND_H

#include "text/lexicon.h"

enum {
	COMPOUND_MIN_LETTERS = 6,  /**< shorter words are not looked at */
	COMPOUND_MAX_BYTES = 240,  /**< longer words neither */
	COMPOUND_MAX_PARTS = 12,   /**< a split into more is none */
	COMPOUND_BASE_BYTES = 256, /**< room for a part's base */
};

struct compound_part {
	uint16_t begin, end;      /**< bytes of the word; the parts cover it without gaps */
	struct lexicon_edit base; /**< from the part as written to the word it stands for */
};

struct compound {
	struct compound_part parts[COMPOUND_MAX_PARTS];
	uint8_t count; /**< 2 or more; 0: the word stays whole */
	float cost;    /**< of the best split, even if it was not taken; HUGE_VALF: there is none */
	float whole_cost; /**< of leaving it whole */
};

/**
 * Splits a folded word (lower case, ss for ß, UTF-8). Words with anything but a–z, ä, ö, ü are not
 * split. Returns the number of parts, 0 if the word stays whole.
 */
size_t compound_split(const struct lexicon *lexicon, struct span word, struct compound *ret);

/**
 * The word that a part stands for, whose stem is the part's term: arbeits → arbeit, schul →
 * schule, kursen → kursen (the caller stems it). Points into `word` or `buffer`.
 */
struct span compound_base(
	struct span word, const struct compound_part *part, char buffer[COMPOUND_BASE_BYTES]);

#endif
