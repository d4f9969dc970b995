/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Words in a text: where they begin and end (UAX #29, with the rules of German policy texts).
 *
 * Differences from UAX #29: `_`, and `:` and `.` between letters, end a word (snake_case,
 * Kosten:Nutzen, z.B.); hyphenated words, gender forms, words hyphenated at a line end and times of
 * day (14:30) are one word; in addresses (https://…, a@b) every run of letters and digits is a
 * word. What else differs, beyond German, is in tests/tables/word_breaks.c.
 */
#ifndef LUPE_TEXT_TOKEN_H
#define LUPE_TEXT_TOKEN_H

#include "base/span.h"

struct tokeniser {
	const char *at, *end;
	bool address; /* within a URL or mail address, up to the next blank */
};

static inline void token_start(struct tokeniser *tokeniser, struct span text)
{
	*tokeniser = (struct tokeniser){text.ptr, text.ptr + text.len, false};
}

struct token {
	struct span surface; /**< the word as written */
	/** From the word on, the bytes that decide its terms: the surface, or more where a
	   suspended hyphen or a citation goes on behind it. */
	struct span context;
};

/** The next word; false at the end of the text. */
bool token_next(struct tokeniser *tokeniser, struct token *ret);

#endif
