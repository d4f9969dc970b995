/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the readers of norm_*.c have in common: scanning forwards, writing forms. Private to them.
 *
 * A reader takes the text at `at` and returns where it ends, or NULL if it is not there.
 */
#ifndef LUPE_TEXT_NORM_SCAN_H
#define LUPE_TEXT_NORM_SCAN_H

#include "text/norm.h"

/** Behind blanks (no-break ones too) and at most one line end; `at` if there are none. */
const char *scan_blank(const char *at, const char *end);
/** True if a letter, digit or combining mark stands at `at`: a word would go on there. */
bool scan_goes_on(const char *at, const char *end);
/** Behind a hyphen or dash of any width, or NULL. */
const char *scan_dash(const char *at, const char *end);
/** Behind `literal` (ASCII), or NULL. */
static inline const char *scan_literal(const char *at, const char *end, const char *literal)
{
	size_t len = strlen(literal);
	return (size_t)(end - at) >= len && memcmp(at, literal, len) == 0 ? at + len : NULL;
}
/** Behind the decimal digits at `at`, 1 to `most` of them and no digit after them; or NULL. */
const char *scan_digits(const char *at, const char *end, unsigned most, unsigned *ret);
/** True if a number that ends at `at` goes on: a letter, or a sign and a digit. */
bool scan_number_goes_on(const char *at, const char *end);

/** A run of letters, folded; hyphens within it (BT-Drs, line ends) are taken out. */
enum { SCAN_WORD_BYTES = 80 };
struct scan_word {
	char text[SCAN_WORD_BYTES]; /**< NUL-terminated; empty if it is longer */
	size_t len;
	unsigned letters, capitals;
	bool capital;    /**< begins with a capital */
	const char *end; /**< behind it in the text */
};
bool scan_word(const char *at, const char *end, struct scan_word *ret);

static inline bool scan_is(const struct scan_word *word, const char *text)
{
	return word->text[0] == text[0] && strcmp(word->text, text) == 0;
}
/** Whether the letter at `at` is `c` (ASCII, in lower case), in any case. */
static inline bool scan_letter(const char *at, const char *end, char c)
{
	return at < end && (*at | 0x20) == c;
}
/** True if `word` is one of a NULL-terminated list. */
bool scan_is_any(const struct scan_word *word, const char *const *list);
/** Behind the word at `at` if it is one of the list, else NULL. */
const char *scan_any_word(const char *at, const char *end, const char *const *list);
/** A Roman number up to 39, or an Arabic one up to 99; NULL if there is none. */
const char *scan_roman(const char *at, const char *end, unsigned *ret);

/** Writes into a buffer of fixed size; what does not fit is dropped, whole strings at a time. */
struct pen {
	char *text;
	size_t len, size; /**< `size` includes the NUL that always follows */
};
void pen_string(struct pen *pen, const char *string);
void pen_bytes(struct pen *pen, const char *bytes, size_t len);
/** Decimal, with zeros in front up to `digits` digits. */
void pen_number(struct pen *pen, unsigned number, unsigned digits);

/** The next form, yet empty, standing for [begin, end) of the surface that begins at `at`. */
struct pen norm_add_form(struct norm *norm, enum norm_form_kind kind, const char *at,
	const char *begin, const char *end);
/** Gives the last form its length; drops it if it is empty or there already. */
void norm_end_form(struct norm *norm, const struct pen *pen);
/** A form from a string. */
void norm_form(struct norm *norm, enum norm_form_kind kind, struct span text, const char *at,
	const char *begin, const char *end);
/** A word with inflections, from a string. */
void norm_word_form(struct norm *norm, enum norm_form_kind kind, struct span text, const char *at,
	const char *begin, const char *end);
/** The next name, yet empty; never fails: NORM_MAX_NAMES is enough for every reader. */
struct pen norm_add_name(struct norm *norm, bool indexed, bool asked);
/** An empty norm whose surface is [at, surface_end) and nothing more. */
void norm_init(struct norm *norm, const char *at, const char *surface_end);
static inline void norm_context(struct norm *norm, const char *at, const char *end)
{
	size_t len = (size_t)(end - at);
	norm->context_len = len > norm->surface_len ? len : norm->surface_len;
}

/* ---- norm_cite.c: sections and articles ---- */

/** The citation whose sign, "§" or "art", ends before `number`. */
bool cite_read(const char *at, const char *number, const char *end, const char *sign, bool plural,
	struct norm *ret);
/** Behind "§", "§§", "Paragraph" or "Art." at `at`; NULL if there is none. */
const char *cite_sign(const char *at, const char *end, const char **ret_sign, bool *ret_plural);

/* ---- norm_step.c ---- */

/** 16a, 16 a: a section's number. `most` is the greatest number of digits. */
const char *step_number(const char *at, const char *end, unsigned most, struct norm_number *ret);
/** "Abs. 1", "Satz 2", "2. Halbsatz", "Buchst. a". */
const char *step_read(const char *at, const char *end, struct norm_step *ret);
/** A value of the same level as `level`: the 2 of "Abs. 1 und 2". */
const char *step_value(const char *at, const char *end, uint8_t level, struct norm_number *ret);
/** "Abs", "Nummer", without a value; the level is 0 if there is none. */
uint8_t step_level(const char *at, const char *end, const char **ret_end);
/** How a level is written in terms. */
const char *step_name(uint8_t level);

/* ---- norm_law.c: names of acts ---- */

/** The name of an act at `at`, article included ("des Grundgesetzes"); its key to `ret`. */
const char *law_read(const char *at, const char *end, char ret[NORM_LAW_BYTES]);
/** "SGB II", "Zweites Buch Sozialgesetzbuch" from `word` on: sgb2. Without a book it is sgb. */
const char *law_read_social(
	const char *end, const struct scan_word *word, char ret[NORM_LAW_BYTES]);

/* ---- norm_source.c: printed papers, gazettes, acts of the EU, books of the SGB ---- */

enum source_kind {
	SOURCE_PAPER,
	SOURCE_TEMPLATE,
	SOURCE_GAZETTE,
	SOURCE_EU,
	SOURCE_SGB,
	SOURCE_CASE,
};
bool source_read(const char *at, const char *end, enum source_kind kind,
	const struct scan_word *word, struct norm *ret);
/** What begins with a digit: 19/1234, 2011/95/EU. */
bool source_read_number(const char *at, const char *end, struct norm *ret);
/** "(EU) Nr. 604/2013" behind Verordnung or Richtlinie: the key "eu 2013/604". */
const char *source_eu(const char *at, const char *end, struct pen *ret);

/* ---- norm_date.c, norm_number.c ---- */

bool date_read(const char *at, const char *end, struct norm *ret);
/** A date that begins with its month: October is 10. */
bool date_read_month(const char *at, const char *end, const struct scan_word *word, unsigned month,
	struct norm *ret);
/** 1 to 12 for a month's name or its abbreviation, else 0. */
unsigned date_month(const struct scan_word *word);
bool number_read(const char *at, const char *end, struct norm *ret);
/** Behind "%", "Prozent", "v. H."; `*ret_sign` is where that begins. NULL if there is none. */
const char *number_percent(const char *at, const char *end, const char **ret_sign);

#endif
