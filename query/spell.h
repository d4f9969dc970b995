/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Corrections of words that neither the index nor the lexicon knows.
 *
 * A suggestion is a word that the index has documents for (or a compound all of whose parts it has
 * documents for), at most two edits from what was typed, one edit for words of 5 or 6 letters;
 * a compound that stands nowhere is put together with one edit in one of its parts. Shorter
 * words, words with digits and abbreviations in capitals are left alone. Known words never
 * get one, whatever their neighbours; but a compound of known words that stands nowhere is not
 * known if the index has it with another s at a joint (Verwendungnachweis). See spell_distance.h
 * for what an edit is.
 *
 *   Willkomensservice → Willkommensservice     even if only Willkommen and Service are indexed
 *   EU-Ländr          → EU-Länder              word by word between hyphens and gender signs
 *   INTERGRATION      → INTEGRATION            in the capitals that were typed
 */
#ifndef LUPE_QUERY_SPELL_H
#define LUPE_QUERY_SPELL_H

#include "base/buf.h"
#include "lupe/xapian-c.h"
#include "text/analyser.h"

struct spell {
	xc_database *db;
	struct analyser *analyser;
	const struct lexicon *lexicon;
	struct spell_scratch *scratch; /**< private; made when the first unknown word comes */
};

/**
 * All are borrowed until spell_done; `lexicon` (NULL: none) should be the analyser's. The functions
 * below restart the analyser: not while its words are being read.
 */
void spell_init(struct spell *ret, xc_database *db, struct analyser *analyser,
	const struct lexicon *lexicon);
void spell_done(struct spell *spell);

/**
 * Whether a word, as typed, is known: a stop word, a word of the lexicon or a compound of its
 * words, a word of which any term has documents, or one of known words between hyphens. At most a
 * look-up a term.
 */
lupe_status spell_known(
	struct spell *spell, struct span word, bool *ret_known, struct lupe_error *err);

/**
 * Puts the suggestion for a word, as typed, into `ret_suggestion`, which is empty afterwards if
 * there is none. Takes milliseconds for an unknown word, for a known one what spell_known takes.
 */
lupe_status spell_correct(
	struct spell *spell, struct span word, struct buf *ret_suggestion, struct lupe_error *err);

#endif
