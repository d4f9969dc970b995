/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tokeniser. Nearly all words are runs of Latin letters between blanks and punctuation: they
 * are found by a table of bytes, without decoding. Whatever could be more (a hyphen, a star, a
 * digit, another script) goes to shape.c.
 */
#include "text/token.h"

#include "text/chars.h"
#include "text/norm.h"
#include "text/shape.h"
#include "text/suspend.h"
#include "text/utf8.h"

enum byte_class {
	ENDS,   /* ASCII that is no part of a word and joins none */
	JOINS,  /* ASCII that may join letters: * : _ / ( - ' */
	LETTER, /* ASCII letter */
	DIGIT,
	LATIN, /* first byte of a letter U+00C0..U+023F, but for × and ÷ */
	OTHER, /* any other byte beyond ASCII */
};

/* clang-format off */
__extension__ static const unsigned char byte_classes[256] = {
	['*'] = JOINS, [':'] = JOINS, ['_'] = JOINS, ['/'] = JOINS, ['('] = JOINS, ['-'] = JOINS,
	['\''] = JOINS,
	['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
	[0x80 ... 0xff] = OTHER,
};
/* clang-format on */

static inline enum byte_class class_of(const char *at, const char *end)
{
	unsigned char byte = (unsigned char)*at;
	if (byte < 0xc3 || byte > 0xc8)
		return (enum byte_class)byte_classes[byte];
	/* U+00D7 × and U+00F7 ÷ */
	bool letter = end - at > 1 && (byte != 0xc3 || ((unsigned char)at[1] & 0xdf) != 0x97);
	return letter ? LATIN : OTHER;
}

/* Behind the run of Latin letters at `at`. */
static const char *skip_letters(const char *at, const char *end)
{
	while (at < end) {
		if (byte_classes[(unsigned char)*at] == LETTER)
			at++;
		else if (class_of(at, end) == LATIN)
			at += 2;
		else
			break;
	}
	return at;
}

static const char *skip_digits(const char *at, const char *end)
{
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at;
}

/* A citation may begin with its sign: § 16a, € 500. */
static bool is_norm_sign(uint32_t cp)
{
	return cp == 0xa7 || cp == 0x20ac;
}

static bool starts_word(enum char_class class)
{
	return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_IDEOGRAPH;
}

/* Moves to the first letter or digit; false at the end. */
static bool find_word(struct tokeniser *t)
{
	const char *at = t->at;
	while (at < t->end) {
		enum byte_class class = class_of(at, t->end);
		if (class == LETTER || class == DIGIT || class == LATIN)
			break;
		if (class == OTHER) {
			size_t length;
			uint32_t cp = utf8_get(at, t->end, &length);
			enum char_class char_kind = char_class(cp);
			struct norm norm;
			if (starts_word(char_kind) ||
				(is_norm_sign(cp) && !t->address && norm_read(at, t->end, &norm)))
				break;
			if (char_kind == CHAR_SPACE)
				t->address = false;
			at += length;
			continue;
		}
		if (*at == ' ' || *at == '\n' || *at == '\t')
			t->address = false;
		at++;
	}
	t->at = at;
	return at < t->end;
}

/* A blank and a star, or a star's twin, might go on with the word: Migrant *innen. */
static bool is_spaced_star(const char *at, const char *end)
{
	if ((*at != ' ' && *at != '\n' && *at != '\t') || end - at < 2)
		return false;
	unsigned char next = (unsigned char)at[1], third = end - at > 2 ? (unsigned char)at[2] : 0;
	return next == '*' || next == 0xef ||
	       (next == 0xe2 && (third == 0x81 || third == 0x88 || third == 0x9c));
}

/* True if a run that ends at `at` is a whole word, as far as the next bytes tell. */
static bool ends_here(const char *at, const char *end)
{
	return at == end || (byte_classes[(unsigned char)*at] == ENDS && !is_spaced_star(at, end));
}

/* "2,5", "1.500": a sign and a digit go on with the number; so may a sign and what is beyond ASCII,
   as a word joiner or another script's digit. */
static bool number_ends_here(const char *at, const char *end)
{
	if (at == end)
		return true;
	if (byte_classes[(unsigned char)*at] != ENDS)
		return false;
	if (at + 1 == end || (*at != '.' && *at != ','))
		return true;
	return byte_classes[(unsigned char)at[1]] != DIGIT && (unsigned char)at[1] < 0x80;
}

/* https://…, www.…, somebody@… */
static bool begins_address(const char *word, const char *at, const char *end)
{
	if (at == end)
		return false;
	switch (*at) {
	case '@':
		return true;
	case ':':
		return span_starts(span_from(at, end), SPAN("://"));
	case '.':
		return span_equal(span_from(word, at), SPAN("www"));
	default:
		return false;
	}
}

/* Behind a word whose glyphs did not fit: it stays one word however long it is. */
static const char *skip_rest(const char *at, const char *end)
{
	while (at < end) {
		size_t length;
		enum char_class class = char_class(utf8_get(at, end, &length));
		if (class != CHAR_LETTER && class != CHAR_DIGIT && class != CHAR_MARK &&
			class != CHAR_IGNORED)
			break;
		at += length;
	}
	return at;
}

/* Whether what stands behind a plain word could be the rest of "Tagesmütter und -väter". */
static bool may_go_on(const char *at, const char *end)
{
	if (end - at < 3)
		return false;
	if (*at == ' ' || *at == '\n')
		return at[1] == 'u' || at[1] == 'o' || at[1] == 's' || at[1] == 'b' || at[1] == '&';
	return *at == ',' || *at == '/' || *at == '-';
}

/* The end of the context of a word with a suspended hyphen; NULL if it has none. What stands behind
   the context must not matter: alone it must begin with the same word. */
static const char *context_end_of(const struct tokeniser *t, const char *begin, const char *at)
{
	struct shape shape;
	if (t->address || !may_go_on(at, t->end))
		return NULL;
	const char *context_end = suspend_context(begin, at, t->end);
	if (!context_end || begin + shape_read(begin, context_end, false, &shape) != at)
		return NULL;
	return context_end;
}

/* A word is complete: notes it and what decides its terms. */
static bool take(struct tokeniser *t, const char *begin, const char *at, struct token *ret)
{
	const char *context_end = context_end_of(t, begin, at);
	t->at = at;
	ret->surface = span_from(begin, at);
	ret->context = span_from(begin, context_end ? context_end : at);
	return true;
}

/* A citation, a number with its unit or a date: several words of which some are one. */
static bool take_norm(struct tokeniser *t, const char *begin, struct token *ret)
{
	struct norm norm;
	if (!norm_read(begin, t->end, &norm) || norm.surface_len == 0)
		return false;
	t->at = begin + norm.surface_len;
	ret->surface = span_from(begin, t->at);
	ret->context = (struct span){begin, norm.context_len};
	return true;
}

bool token_next(struct tokeniser *t, struct token *ret)
{
	if (!find_word(t))
		return false;
	const char *begin = t->at, *at = begin;
	enum byte_class class = class_of(begin, t->end);
	if (norm_may_begin(begin, t->end) && !t->address && take_norm(t, begin, ret))
		return true;
	if (class == DIGIT) {
		at = skip_digits(begin, t->end);
		if (number_ends_here(at, t->end))
			return take(t, begin, at, ret);
	} else if (class == LETTER || class == LATIN) {
		at = skip_letters(begin, t->end);
		t->address |= begins_address(begin, at, t->end);
		if (ends_here(at, t->end))
			return take(t, begin, at, ret);
	}
	t->address |= begins_address(begin, at, t->end);
	struct shape shape;
	at = begin + shape_read(begin, t->end, t->address, &shape);
	if (shape.glyph_count == SHAPE_MAX_GLYPHS)
		at = skip_rest(at, t->end);
	return take(t, begin, at, ret);
}
