/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The form in which words are compared: lower case, ss for ß, ligatures apart. Umlauts stay.
 */
#ifndef LUPE_TEXT_FOLD_H
#define LUPE_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { FOLD_MAX_BYTES = 8 };

/** Writes the folded form of one code point and returns its length in bytes, 0 to FOLD_MAX_BYTES.
 */
size_t fold_code_point(uint32_t cp, char ret[FOLD_MAX_BYTES]);

/** Folds a word, ignorable characters left out, into `ret` (cut at `room`); returns its length. */
size_t fold_word(struct span word, char *ret, size_t room);

/** Cuts `word` to at most `limit` bytes at a code point. */
struct span fold_cut(struct span word, size_t limit);

#endif
