/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The terms of one word: the chain behind analyser_terms, without its cache of surfaces.
 */
#ifndef LUPE_TEXT_TERMS_H
#define LUPE_TEXT_TERMS_H

#include "text/analyser.h"
#include "text/cache.h"
#include "text/stem.h"

/** What the chain needs; all borrowed. */
struct term_chain {
	const struct lexicon *lexicon;
	struct stemmer *stemmer;
	struct cache *cache; /**< gives terms their numbers */
	bool index_only;     /**< no terms that only queries look for */
};

enum { MAX_TERMS = 400 }; /* a range of sections has 200 */

/** Terms of one word while they are collected. */
struct term_draft {
	struct term items[MAX_TERMS];
	struct terms terms; /**< `items` and their count, once the word is done */
};

/** Computes the terms of the word that begins `context` (see token.h). */
void terms_compute(struct term_chain *chain, struct span context, struct term_draft *ret);

#endif
