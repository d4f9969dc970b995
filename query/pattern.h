/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Words with wildcards: `*` for any letters, none included, and `?` for one letter.
 *
 *   wort*   *wort*   *wort   wo*rt   M?ller
 *
 * A pattern is compared with forms as written, folded (text/fold.h): EU-Länd* as "euländ*", which
 * is how the analyser writes EU-Länder in one word.
 */
#ifndef LUPE_QUERY_PATTERN_H
#define LUPE_QUERY_PATTERN_H

#include "base/arena.h"

enum { PATTERN_MIN_LETTERS = 2 };

struct pattern {
	struct span text;   /**< folded; stars side by side are one */
	struct span prefix; /**< what stands before the first wildcard */
	struct span inner;  /**< the longest stretch without a wildcard */
	bool open;          /**< ends in a star: says nothing about the end of a word */
};

enum pattern_kind {
	PATTERN_NONE,   /**< no star and no question mark within it */
	PATTERN_WORD,   /**< a pattern */
	PATTERN_SHORT,  /**< fewer than PATTERN_MIN_LETTERS letters: too many words match */
	PATTERN_GENDER, /**< a gender form: its star is a letter of its own, in any case */
	PATTERN_OTHER,  /**< stars that are none of this: **, a*b.c, 3*(4+5) */
};

/** What a word between blanks is; `*ret` is what of it counts, sentence marks at its end left out.
 */
enum pattern_kind pattern_kind(struct span word, struct span *ret);

/** Makes a pattern of what pattern_kind calls PATTERN_WORD; its strings are in `arena`. */
struct pattern pattern_make(struct span word, struct arena *arena);

bool pattern_matches(const struct pattern *pattern, struct span form);

#endif
