/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scanning and writing for the readers of norms, numbers and dates. Whatever is read here stays
 * before `end`, which norm_read sets to NORM_MAX_CONTEXT bytes ahead at most.
 */
#include "text/norm_scan.h"

#include <assert.h>

#include "text/chars.h"
#include "text/fold.h"
#include "text/utf8.h"

/* The length of the blank at `at`, line ends not among them; 0 if there is none. */
static size_t blank_length(const char *at, const char *end)
{
	if (*at == ' ' || *at == '\t' || *at == '\r')
		return 1;
	if ((unsigned char)*at < 0xc2)
		return 0;
	size_t length;
	uint32_t cp = utf8_get(at, end, &length);
	bool blank = cp == 0xa0 || cp == 0x202f || cp == 0xad || (cp >= 0x2000 && cp <= 0x200b);
	return blank ? length : 0;
}

const char *scan_blank(const char *at, const char *end)
{
	bool line_end = false;
	while (at < end) {
		size_t length = blank_length(at, end);
		if (!length && *at == '\n' && !line_end) {
			line_end = true;
			length = 1;
		}
		if (!length)
			break;
		at += length;
	}
	return at;
}

bool scan_goes_on(const char *at, const char *end)
{
	if (at >= end)
		return false;
	size_t length;
	enum char_class class = char_class(utf8_get(at, end, &length));
	return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_MARK;
}

const char *scan_dash(const char *at, const char *end)
{
	if (at >= end)
		return NULL;
	size_t length;
	uint32_t cp = utf8_get(at, end, &length);
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 ? at + length : NULL;
}

static bool is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

const char *scan_digits(const char *at, const char *end, unsigned most, unsigned *ret)
{
	unsigned value = 0, count = 0;
	for (; is_digit(at, end); at++) {
		if (++count > most)
			return NULL;
		value = value * 10 + (unsigned)(*at - '0');
	}
	*ret = value;
	return count ? at : NULL;
}

bool scan_number_goes_on(const char *at, const char *end)
{
	if (scan_goes_on(at, end))
		return true;
	return at < end && (*at == '.' || *at == ',' || *at == ':' || *at == '\'') &&
	       is_digit(at + 1, end);
}

/* ---- words ---- */

/* Where a word goes on behind a hyphen at `at`: before a capital (BT-Drs) or, over a line end,
   before a small letter; NULL if it does not. */
static const char *behind_hyphen(const char *at, const char *end)
{
	size_t length;
	uint32_t cp = utf8_get(at, end, &length);
	if (cp == 0xad) {
		const char *next = scan_blank(at + length, end);
		return next < end ? next : NULL;
	}
	if (char_class(cp) != CHAR_HYPHEN || at + length >= end)
		return NULL;
	at += length;
	const char *next = scan_blank(at, end);
	if (next >= end)
		return NULL;
	bool line_end = memchr(at, '\n', (size_t)(next - at)) != NULL;
	cp = utf8_get(next, end, &length);
	if (char_class(cp) != CHAR_LETTER || (next != at && !line_end))
		return NULL;
	return char_is_upper(cp) || line_end ? next : NULL;
}

static bool is_ascii_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ASCII letters only, as far as they go. */
static const char *scan_ascii(const char *at, const char *end, struct scan_word *ret)
{
	enum { FITS = SCAN_WORD_BYTES - FOLD_MAX_BYTES - 1 };
	while (at < end && is_ascii_letter(*at) && ret->len < FITS) {
		ret->capitals += (*at & 0x20) == 0;
		ret->text[ret->len++] = (char)(*at++ | 0x20);
	}
	ret->letters = (unsigned)ret->len;
	return at;
}

bool scan_word(const char *at, const char *end, struct scan_word *ret)
{
	const char *begin = at;
	bool fits = true;
	ret->len = 0;
	ret->letters = ret->capitals = 0;
	at = scan_ascii(at, end, ret);
	ret->capital = at > begin && (*begin & 0x20) == 0;
	while (at < end) {
		if ((unsigned char)*at < 0x80 && *at != '-' && !is_ascii_letter(*at))
			break;
		size_t length;
		uint32_t cp = utf8_get(at, end, &length);
		if (char_class(cp) != CHAR_LETTER) {
			const char *next = at > begin ? behind_hyphen(at, end) : NULL;
			if (!next || !scan_goes_on(next, end))
				break;
			utf8_get(next, end, &length);
			if (char_class(utf8_get(next, end, &length)) != CHAR_LETTER)
				break;
			at = next;
			continue;
		}
		bool upper = char_is_upper(cp);
		ret->capital |= upper && ret->letters == 0;
		ret->capitals += upper;
		ret->letters++;
		if (fits && ret->len + FOLD_MAX_BYTES < sizeof(ret->text))
			ret->len += fold_code_point(cp, ret->text + ret->len);
		else
			fits = false;
		at += length;
	}
	if (!fits)
		ret->len = 0;
	ret->text[ret->len] = '\0';
	ret->end = at;
	return ret->letters > 0 && !scan_goes_on(at, end);
}

bool scan_is_any(const struct scan_word *word, const char *const *list)
{
	for (; *list; list++)
		if (scan_is(word, *list))
			return true;
	return false;
}

const char *scan_any_word(const char *at, const char *end, const char *const *list)
{
	struct scan_word word;
	const char *const *first = list;
	char c = at < end ? *at : '\0';
	if (is_ascii_letter(c))
		c |= 0x20;
	while (*first && **first != c)
		first++;
	if (!*first) /* most often nothing of the list is there */
		return NULL;
	return scan_word(at, end, &word) && scan_is_any(&word, list) ? word.end : NULL;
}

static unsigned roman_digit(char c)
{
	return (c | 0x20) == 'i' ? 1 : (c | 0x20) == 'v' ? 5 : (c | 0x20) == 'x' ? 10 : 0;
}

/* The number 1 to 39 that `digits` Roman digits spell, 0 if they are no well-formed number. */
static unsigned roman_value(const char *at, size_t digits)
{
	static const char *const ones[] = {
		"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
	unsigned tens = 0;
	while (digits > 0 && tens < 3 && roman_digit(*at) == 10) {
		tens++;
		at++;
		digits--;
	}
	for (unsigned value = 0; value < 10; value++) {
		size_t same = 0;
		while (same < digits && (at[same] | 0x20) == ones[value][same])
			same++;
		if (same == digits && !ones[value][same])
			return tens * 10 + value;
	}
	return 0;
}

const char *scan_roman(const char *at, const char *end, unsigned *ret)
{
	const char *next = scan_digits(at, end, 2, ret);
	if (next)
		return *ret > 0 && !scan_number_goes_on(next, end) ? next : NULL;
	next = at;
	while (next < end && next - at < 8 && roman_digit(*next))
		next++;
	*ret = roman_value(at, (size_t)(next - at));
	return *ret > 0 && !scan_goes_on(next, end) ? next : NULL;
}

/* ---- writing ---- */

void pen_bytes(struct pen *pen, const char *bytes, size_t len)
{
	if (pen->len + len >= pen->size)
		return;
	memcpy(pen->text + pen->len, bytes, len);
	pen->len += len;
	pen->text[pen->len] = '\0';
}

void pen_string(struct pen *pen, const char *string)
{
	pen_bytes(pen, string, strlen(string));
}

void pen_number(struct pen *pen, unsigned number, unsigned digits)
{
	char text[12];
	size_t at = sizeof(text);
	do {
		text[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number || sizeof(text) - at < digits);
	pen_bytes(pen, text + at, sizeof(text) - at);
}

struct pen norm_add_form(struct norm *norm, enum norm_form_kind kind, const char *at,
	const char *begin, const char *end)
{
	assert(norm->form_count < NORM_MAX_FORMS);
	struct norm_form *form = &norm->forms[norm->form_count++];
	form->kind = (uint8_t)kind;
	form->word = false;
	form->begin = (uint16_t)(begin - at);
	form->end = (uint16_t)(end - at);
	form->text[0] = '\0';
	return (struct pen){form->text, 0, NORM_FORM_BYTES};
}

void norm_end_form(struct norm *norm, const struct pen *pen)
{
	struct norm_form *form = &norm->forms[norm->form_count - 1];
	form->len = (uint8_t)pen->len;
	bool drop = form->len == 0;
	for (const struct norm_form *other = norm->forms; other < form; other++)
		drop |= strcmp(other->text, form->text) == 0;
	norm->form_count -= drop;
}

void norm_form(struct norm *norm, enum norm_form_kind kind, struct span text, const char *at,
	const char *begin, const char *end)
{
	struct pen pen = norm_add_form(norm, kind, at, begin, end);
	pen_bytes(&pen, text.ptr, text.len);
	norm_end_form(norm, &pen);
}

void norm_word_form(struct norm *norm, enum norm_form_kind kind, struct span text, const char *at,
	const char *begin, const char *end)
{
	size_t before = norm->form_count;
	norm_form(norm, kind, text, at, begin, end);
	if (norm->form_count > before)
		norm->forms[before].word = true;
}

struct pen norm_add_name(struct norm *norm, bool indexed, bool asked)
{
	assert(norm->name_count < NORM_MAX_NAMES);
	struct norm_name *name = &norm->names[norm->name_count++];
	name->text[0] = '\0';
	name->indexed = indexed;
	name->asked = asked;
	return (struct pen){name->text, 0, NORM_FORM_BYTES};
}

void norm_init(struct norm *norm, const char *at, const char *surface_end)
{
	norm->surface_len = norm->context_len = (size_t)(surface_end - at);
	norm->form_count = norm->cite_count = norm->name_count = 0;
	norm->sign = NULL;
	norm->law[0] = '\0';
}
