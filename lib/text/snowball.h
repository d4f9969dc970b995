/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Snowball's stemmer for German (Porter and others, snowballstem.org; as libstemmer 2 has it).
 *
 * It only takes endings off, so that its answer is a length. Its last step, which makes a, o, u of
 * umlauts, is left to the caller.
 */
#ifndef LUPE_TEXT_SNOWBALL_H
#define LUPE_TEXT_SNOWBALL_H

#include "base/span.h"

/** How many bytes of the folded word (fold.h) are its stem. */
size_t snowball_length(struct span word);

#endif
