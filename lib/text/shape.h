/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How a written word is made up: its letters, its hyphenated segments, its gender forms.
 *
 *   EU-Bürger*innenbeteiligung
 *   [ ] [                     ]      two segments
 *        base    ending  tail        Bürger | innen | beteiligung
 *
 * Glyphs are the letters and signs of the word with what is not there taken out: soft hyphens,
 * zero-width characters, hyphens at line ends. Each keeps its byte range in the text.
 */
#ifndef LUPE_TEXT_SHAPE_H
#define LUPE_TEXT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHAPE_MAX_GLYPHS = 250, SHAPE_MAX_SEGMENTS = 8 };

struct glyph {
	uint32_t cp;         /**< with twins folded (char_plain), case kept */
	uint16_t begin, end; /**< bytes, from the beginning of the word */
	uint8_t class;       /**< enum char_class */
};

enum gender_form {
	GENDER_NONE,
	GENDER_NOUN,    /**< Migrant*innen, MigrantInnen, Migrant(in): base, base + ending */
	GENDER_SUFFIX,  /**< jede*r, Kind(er): base, base + ending */
	GENDER_REPLACE, /**< einer*m, Beauftragter*e: base, base with its last letters replaced */
	GENDER_PAIR,    /**< der*die: base, ending */
};

/** Glyph ranges of one segment; a separator lies between base_end and ending. */
struct segment {
	uint16_t base, base_end;
	uint16_t ending, ending_end; /**< equal if there is no gender form */
	uint16_t end;                /**< behind the tail, which begins at ending_end */
	uint16_t byte_end; /**< of the segment in the word, a closing parenthesis included */
	uint8_t gender;    /**< enum gender_form */
};

struct shape {
	struct glyph glyphs[SHAPE_MAX_GLYPHS];
	size_t glyph_count;
	struct segment segments[SHAPE_MAX_SEGMENTS];
	size_t segment_count;
};

/**
 * Reads the word that begins with the letter or digit at `at` and returns its length in bytes.
 * `plain` (in an address such as a URL) takes letters and digits only.
 */
size_t shape_read(const char *at, const char *end, bool plain, struct shape *ret);

enum { FORM_MAX_BYTES = 256 };
/** One way in which a segment can be read, folded (fold.h), and where it stands in the word. */
struct form {
	char text[FORM_MAX_BYTES + 16];
	size_t len;
	uint16_t begin, end; /**< bytes, from the beginning of the word */
	uint16_t piece_count;
	struct {
		uint16_t from, to;
	} pieces[3]; /**< glyph ranges that the text was folded from, in order */
};

enum { SHAPE_MAX_FORMS = 4 };
/** The forms of one segment, the base form first; returns their number. */
size_t shape_forms(const struct shape *shape, size_t segment, struct form ret[SHAPE_MAX_FORMS]);

/** Where in the word the letters [begin, end) of a form's text stand, in bytes from the beginning of
    the word. */
void form_source(const struct shape *shape, const struct form *form, size_t begin, size_t end,
	uint16_t *ret_begin, uint16_t *ret_end);

#endif
