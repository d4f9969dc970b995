/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Stems: what the inflections of a word share.
 *
 * Snowball's German stemmer (libstemmer), which folds umlauts, with feminine plurals brought to
 * their singular first: Migrantinnen and Migrantin meet, gewinnen stays a verb.
 */
#ifndef LUPE_TEXT_STEM_H
#define LUPE_TEXT_STEM_H

#include "base/span.h"

struct stemmer;
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/** The stem of a folded word; valid until the next call. Words with digits are their own stem. */
struct span stem_word(struct stemmer *stemmer, struct span word);

#endif
