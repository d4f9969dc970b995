/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a code point is to the tokeniser, after UAX #29 (Unicode word boundaries) and the general
 * category of the Unicode Character Database.
 */
#ifndef LUPE_TEXT_CHARS_H
#define LUPE_TEXT_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum char_class {
	CHAR_OTHER, /**< ends a word */
	CHAR_SPACE, /**< ends a word; blank, tab, line end, no-break space */
	CHAR_LETTER,
	CHAR_DIGIT,     /**< a decimal digit */
	CHAR_MARK,      /**< combining: belongs to what precedes it */
	CHAR_IGNORED,   /**< soft hyphen, zero width, format: not there */
	CHAR_IDEOGRAPH, /**< a word of its own: Han, Hiragana */
	CHAR_HYPHEN,    /**< - and its twins U+2010, U+2011 */
	CHAR_SIGN,      /**< may stand within a German word: * : _ / ( ) · ' . , */
};

enum char_class char_class(uint32_t cp);
/** Twins folded: ∗ ＊ ⁎ ✱ ﹡ to *, ： to :, U+2010 and U+2011 to -, ’ to '. */
uint32_t char_plain(uint32_t cp);
uint32_t char_lower(uint32_t cp);
bool char_is_upper(uint32_t cp);
/** Columns of a terminal that it takes: 0 combining, 2 wide, else 1. */
unsigned char_columns(uint32_t cp);

#endif
