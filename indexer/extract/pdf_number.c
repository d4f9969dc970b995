/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads what may be a page number. Whether it is one, its neighbours on other pages tell
 * (pdf_furniture.c).
 */
#include "indexer/extract/pdf_number.h"

#include <ctype.h>

static uint32_t read_roman(struct span s)
{
	static const struct {
		char digit;
		uint32_t value;
	} digits[] = {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}, {'c', 100}};
	uint32_t sum = 0, last = 0;
	bool upper = s.len && isupper((unsigned char)s.ptr[0]);

	for (size_t i = s.len; i-- > 0;) {
		uint32_t value = 0;

		for (size_t k = 0; k < sizeof(digits) / sizeof(digits[0]); k++)
			if ((upper ? tolower((unsigned char)s.ptr[i]) : s.ptr[i]) ==
				digits[k].digit)
				value = digits[k].value;
		if (value == 0 || s.len > 8)
			return 0;
		sum = value < last ? sum - value : sum + value;
		last = value;
	}
	return sum;
}

static uint32_t read_number(struct span s, bool *ret_roman)
{
	uint32_t number = 0;

	*ret_roman = s.len && !isdigit((unsigned char)s.ptr[0]);
	if (*ret_roman)
		return read_roman(s);
	for (size_t i = 0; i < s.len; i++) {
		if (!isdigit((unsigned char)s.ptr[i]) || i >= 5)
			return 0;
		number = number * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	return number;
}

/* Takes dashes, bars, brackets and blanks off both ends. */
static struct span strip(struct span s)
{
	static const char *const signs[] = {
		"-", "–", "—", "|", "[", "]", "(", ")", " ", ".", "•", "·", "\u00a0", NULL};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; signs[i]; i++) {
			struct span sign = span_of(signs[i]);

			if (s.len && span_starts(s, sign)) {
				s = span_skip(s, sign.len);
				again = true;
			}
			if (s.len && span_ends(s, sign)) {
				s.len -= sign.len;
				again = true;
			}
		}
	}
	return s;
}

/* Cuts " von 12", " of 12", "/12" off. */
static struct span cut_total(struct span s)
{
	static const char *const words[] = {" von", " of", "/", " /", NULL};
	struct span before = s;

	while (before.len && isdigit((unsigned char)before.ptr[before.len - 1]))
		before.len--;
	if (before.len == s.len)
		return s;
	while (before.len && before.ptr[before.len - 1] == ' ')
		before.len--;
	for (size_t i = 0; words[i]; i++)
		if (span_ends(before, span_of(words[i]))) {
			before.len -= strlen(words[i]);
			return before;
		}
	return s;
}

static bool is_word_for_page(struct span s)
{
	return s.len == 0 || span_equal(s, SPAN("Seite")) || span_equal(s, SPAN("S")) ||
	       span_equal(s, SPAN("Page")) || span_equal(s, SPAN("Blatt"));
}

bool page_number_find(struct span text, struct page_number *ret)
{
	struct span s = strip(cut_total(strip(text)));
	const char *blank = s.len ? memrchr(s.ptr, ' ', s.len) : NULL;
	struct span last = blank ? span_from(blank + 1, s.ptr + s.len) : s;

	ret->rest = blank ? span_from(s.ptr, blank) : (struct span){s.ptr, 0};
	ret->number = read_number(last, &ret->roman);
	if (ret->number == 0 && blank) {
		const char *first_end = memchr(s.ptr, ' ', s.len);

		ret->number = read_number(span_from(s.ptr, first_end), &ret->roman);
		ret->rest = span_from(first_end, s.ptr + s.len);
	}
	ret->rest = strip(ret->rest);
	ret->alone = is_word_for_page(ret->rest);
	/* a roman number among words is an article more often than a page */
	return ret->number && (ret->alone || !ret->roman);
}

void page_number_add_roman(struct buf *buf, uint32_t number)
{
	static const struct {
		uint32_t value;
		const char *digits;
	} steps[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
		{4, "iv"}, {1, "i"}};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		for (; number >= steps[i].value; number -= steps[i].value)
			buf_add_string(buf, steps[i].digits);
}
