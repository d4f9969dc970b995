/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Suspended hyphens: a part of a word that is written once for several words.
 *
 *   Aus- und Weiterbildungssystem      Aus            also means Ausbildungssystem
 *   Haupt-, Real- und Gesamtschulen    Haupt, Real    also mean Hauptschulen, Realschulen
 *   Kranken-/Pflegeversicherung        Kranken        also means Krankenversicherung
 *   Tagesmütter und -väter             Tagesmütter    also means Tagesväter
 *
 * The words that are meant belong to the word at whose position they are found; what they are
 * depends on the text up to the other word, its context.
 */
#ifndef LUPE_TEXT_SUSPEND_H
#define LUPE_TEXT_SUSPEND_H

#include "base/span.h"
#include "text/lexicon.h"

/**
 * If the word [word, word_end) leaves a part to a word that follows, or shares one with it: the
 * end of that other word; else NULL. Reads a few hundred bytes ahead at most.
 */
const char *suspend_context(const char *word, const char *word_end, const char *end);

enum { SUSPEND_MAX_WORDS = 6 };
struct suspended {
	char text[256];
	size_t len;
};

/**
 * The words that are meant beside the one written: `word` is that one, folded; `context` reaches
 * from it to the end that suspend_context gave, `surface_len` is its length there. Returns their
 * number.
 */
size_t suspend_words(const struct lexicon *lexicon, struct span word, struct span context,
	size_t surface_len, struct suspended ret[SUSPEND_MAX_WORDS]);

#endif
