/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Citations of law and of documents, numbers and dates: what is written as several tokens, or in
 * several ways, and is one thing.
 *
 *   § 16a Abs. 1 Satz 2 AufenthG      surface "§ 16a"; forms §16a, 16a
 *   [---]                             norm terms §16a, §16a aufenthg, §16a abs1, ...,
 *   [---------------------------]     §16a abs1 satz2 aufenthg (the one a query asks for)
 *
 * A pure function of the text: no state, no allocation. Text is UTF-8 in NFC (decode.h).
 */
#ifndef LUPE_TEXT_NORM_H
#define LUPE_TEXT_NORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	NORM_MAX_CONTEXT = 300, /**< no byte beyond this one is ever looked at */
	NORM_FORM_BYTES = 40,
	NORM_LAW_BYTES = 64,
	NORM_MAX_FORMS = 10,
	NORM_MAX_NAMES = 4,
	NORM_MAX_CITES = 16,
	NORM_MAX_STEPS = 4,
	NORM_MAX_MEMBERS = 200, /**< of all ranges of one citation */
	NORM_TERM_BYTES = 120,
};

enum norm_form_kind {
	NORM_EXACT, /**< stands for the whole surface: 42%, 2023-10-03, §16a */
	NORM_PART,  /**< found, but less than the whole: 42 of 42%, 2023-10 and 2023 of a date */
};

/** One form of the surface, folded (fold.h). */
struct norm_form {
	char text[NORM_FORM_BYTES];
	uint8_t len;
	uint8_t kind; /**< enum norm_form_kind */
	bool word;    /**< a word with inflections, to be stemmed: Oktober, Prozent, Drucksache */
	uint16_t begin, end; /**< where it stands in the surface, in bytes */
};

/** A section or article, or its number within an enumeration: 16a is {16, "a"}. */
struct norm_number {
	uint16_t number;
	char letters[4]; /**< lower case, NUL-terminated */
};
struct norm_step {
	uint8_t level; /**< Abs., Satz, Nr., ... */
	struct norm_number value;
};
/** §§ from to to, narrowed down by steps. */
struct norm_cite {
	struct norm_number from, to;
	struct norm_step steps[NORM_MAX_STEPS];
	uint8_t step_count;
};
struct norm_name {
	char text[NORM_FORM_BYTES];
	bool indexed, asked; /* as in struct norm_term */
};

struct norm {
	/**
	 * The bytes that are one word, of one position. If there are no forms, it is a word like
	 * any other (SGB, BGBl, Richtlinie): the tokeniser finds its end and its terms, and the
	 * norm terms are added; a query may then take them for all words of the context.
	 */
	size_t surface_len;
	/** At least surface_len: the bytes that determine forms and terms; reading these alone
	    gives the same result. Words behind the surface have their own positions. */
	size_t context_len;
	struct norm_form forms[NORM_MAX_FORMS]; /**< the exact ones first */
	size_t form_count;

	/* What norm_terms_next reads. */
	const char *sign;         /**< "§" or "art"; NULL if this is no citation of law */
	char law[NORM_LAW_BYTES]; /**< aufenthg, sgb2; empty if none is named */
	struct norm_cite cites[NORM_MAX_CITES];
	size_t cite_count;
	struct norm_name names[NORM_MAX_NAMES]; /**< of other sources: drs 19/1234, sgb2 */
	size_t name_count;
};

/** By the first and second byte of a word (& 31): bits of the third that may follow. */
extern const uint32_t norm_begins[32][32];

/**
 * False if certainly nothing begins at `at` (which must be before `end`); made for nearly all words
 * to fail it. The word must begin at `at`: no letter or digit stands before it. Besides letters and
 * digits it can be true of §, € and %.
 */
static inline bool norm_may_begin(const char *at, const char *end)
{
	unsigned char first = (unsigned char)*at;
	if (first < 'A')
		return (first >= '0' && first <= '9') || first == '%';
	unsigned char second = end - at > 1 ? (unsigned char)at[1] : 0;
	unsigned char third = end - at > 2 ? (unsigned char)at[2] : 0;
	return norm_begins[first & 31][second & 31] >> (third & 31) & 1;
}

/**
 * Reads what begins at `at`; false if it is nothing of the kind, or if the tokeniser alone reads it
 * as well (42, 2.0, 14:30). `*ret` is then undefined.
 */
bool norm_read(const char *at, const char *end, struct norm *ret);

struct norm_term {
	struct span text; /**< valid until the next call; at most NORM_TERM_BYTES */
	bool indexed;     /**< a document with these words has the term */
	bool asked;       /**< a query of these very words looks for the term: for any of the asked
			       ones, as "§§ 12, 13" asks for both; a range asks for itself */
};
struct norm_terms {
	const struct norm *norm;
	size_t name, cite;
	struct norm_number member; /* of the range of that cite */
	unsigned member_count, variant, range;
	bool law_done;
	char text[NORM_TERM_BYTES];
};
/** The norm terms of `norm`, which must outlive the iterator, from general to specific. */
void norm_terms_start(struct norm_terms *terms, const struct norm *norm);
bool norm_terms_next(struct norm_terms *terms, struct norm_term *ret);

/**
 * The key of an act that `name` names, as it stands in norm terms: aufenthg for AufenthG and
 * Aufenthaltsgesetz, sgb2 for "SGB II"; for the field `norm:`. Returns its length, 0 if `name` is
 * no act.
 */
size_t norm_law(struct span name, char ret[NORM_LAW_BYTES]);

#endif
