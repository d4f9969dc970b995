/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Stems: what the forms of a word share.
 *
 * Snowball's German stemmer (libstemmer), mended: feminine plurals are brought to their singular
 * (Migrantinnen, Migrantin; gewinnen stays a verb), the forms of verbs and irregular nouns to one
 * stem (beschlossen, beschließt; Zentren, Zentrum), and words that only an umlaut tells apart stay
 * apart (Förderung, Forderung) where it is no sign of inflection (Städte, Stadt). ae, oe and ue
 * written for umlauts count as these.
 */
#ifndef LUPE_TEXT_STEM_H
#define LUPE_TEXT_STEM_H

#include "base/span.h"

struct stem_table;
struct stemmer;
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/**
 * Families of words (stem_table.h) that go before the built-in ones; borrowed, NULL for none.
 * Stems from before are stale then.
 */
void stemmer_use_families(struct stemmer *stemmer, const struct stem_table *families);

/** How much longer than its word a stem can be: a lead in place of a form (fiel: fallen). */
enum { STEM_MAX_GROWTH_BYTES = 60 };

/** The stem of a folded word; valid until the next call. Words with digits are their own stem. */
struct span stem_word(struct stemmer *stemmer, struct span word);

#endif
