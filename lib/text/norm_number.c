/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that are written in several ways: 1.500 and 1 500, 42 % and 42 Prozent, 14.30 Uhr. Those
 * that can be written in one way only (42, 2.0, 14:30) are left to the tokeniser.
 */
#include "text/norm_scan.h"

/* A number as written, and how it is put. */
struct number {
	char text[NORM_FORM_BYTES]; /* groups joined, decimals behind a comma */
	size_t len;
	const char *end;
	bool grouped; /* by full stops or blanks */
	bool spaced;  /* by plain blanks, which might be two numbers in a row */
	const char *second_group, *groups_end;
};

static bool is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

/* Three digits and no more. */
static bool is_group(const char *at, const char *end)
{
	return end - at >= 3 && is_digit(at, end) && is_digit(at + 1, end) &&
	       is_digit(at + 2, end) && !is_digit(at + 3, end);
}

/* Behind a separator of groups: a full stop, or one blank (no line end). */
static const char *skip_separator(const char *at, const char *end, bool *ret_blank)
{
	static const char *const blanks[] = {" ", "\u00a0", "\u202f", "\u2009"};
	*ret_blank = false;
	if (at < end && *at == '.')
		return at + 1;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		const char *next = scan_literal(at, end, blanks[i]);
		if (next) {
			*ret_blank = i == 0;
			return next;
		}
	}
	return NULL;
}

/* 192.168.100.200 */
static bool is_address(const char *at, const char *end, unsigned groups)
{
	if (groups != 4)
		return false;
	for (unsigned value; at < end; at++) {
		at = scan_digits(at, end, 3, &value);
		if (!at || value > 255)
			return false;
	}
	return true;
}

/* 1.500.000 with one kind of separator; the digits go to `number`. */
static const char *read_groups(const char *at, const char *end, struct number *number)
{
	enum { MOST_GROUPS = 6, MOST_SPACED = 3 };
	const char *next = at, *separator;
	bool blank;
	unsigned groups = 1, first;
	struct pen pen = {number->text, 0, sizeof(number->text)};
	if (!(next = scan_digits(at, end, 3, &first)) || *at == '0')
		return NULL;
	pen_bytes(&pen, at, (size_t)(next - at));
	separator = skip_separator(next, end, &blank);
	if (!separator)
		return NULL;
	size_t separator_len = (size_t)(separator - next);
	const char *sign = next;
	number->spaced = blank;
	number->second_group = separator;
	while ((size_t)(end - next) > separator_len && memcmp(next, sign, separator_len) == 0 &&
		is_group(next + separator_len, end) && groups < MOST_GROUPS) {
		pen_bytes(&pen, next + separator_len, 3);
		next += separator_len + 3;
		groups++;
	}
	bool more = (size_t)(end - next) > separator_len &&
		    memcmp(next, sign, separator_len) == 0 && is_digit(next + separator_len, end);
	if (groups == 1 || more || (blank && groups > MOST_SPACED) || is_address(at, next, groups))
		return NULL;
	number->len = pen.len;
	number->groups_end = next;
	return next;
}

/* Digits, grouped or not, and decimals. `dot` allows 3.5 for 3,5. */
static bool read_number(const char *at, const char *end, bool dot, struct number *ret)
{
	enum { MOST_DIGITS = 12 };
	const char *next = read_groups(at, end, ret);
	ret->grouped = next != NULL;
	if (!next) {
		next = at;
		while (is_digit(next, end))
			next++;
		ret->len = (size_t)(next - at);
		if (ret->len > MOST_DIGITS)
			return false;
		memcpy(ret->text, at, ret->len);
	}
	struct pen pen = {ret->text, ret->len, sizeof(ret->text)};
	ret->text[ret->len] = '\0';
	if (next < end && (*next == ',' || (dot && *next == '.' && !ret->grouped)) &&
		is_digit(next + 1, end)) {
		const char *decimals = ++next;
		while (is_digit(next, end))
			next++;
		pen_string(&pen, ",");
		pen_bytes(&pen, decimals, (size_t)(next - decimals));
	}
	if (scan_number_goes_on(next, end))
		return false;
	ret->len = pen.len;
	ret->end = next;
	return true;
}

/* ---- percentages ---- */

const char *number_percent(const char *at, const char *end, const char **ret_sign)
{
	static const char *const words[] = {"prozent", "proz", "vh", NULL};
	struct scan_word word;
	at = scan_blank(at, end);
	*ret_sign = at;
	if (at >= end)
		return NULL;
	if (*at == '%')
		return scan_goes_on(at + 1, end) ? NULL : at + 1;
	if ((!scan_letter(at, end, 'p') && !scan_letter(at, end, 'v')) ||
		!scan_word(at, end, &word))
		return NULL;
	if (scan_is_any(&word, words))
		return word.end;
	static const char *const hundred[] = {"hundert", NULL};
	if (scan_is(&word, "vom"))
		return scan_any_word(scan_blank(word.end, end), end, hundred);
	if (!scan_is(&word, "v") || word.end == end || *word.end != '.')
		return NULL;
	at = scan_blank(word.end + 1, end);
	if (!scan_word(at, end, &word) || !scan_is(&word, "h"))
		return NULL;
	return word.end < end && *word.end == '.' ? word.end + 1 : word.end;
}

static void add_number(struct norm *ret, enum norm_form_kind kind, const struct number *number,
	const char *sign, const char *at, const char *begin, const char *end)
{
	struct pen pen = norm_add_form(ret, kind, at, begin, end);
	pen_string(&pen, number->text);
	pen_string(&pen, sign);
	norm_end_form(ret, &pen);
}

static bool read_percentage(
	const char *at, const char *end, const struct number *number, struct norm *ret)
{
	const char *sign, *behind = number_percent(number->end, end, &sign);
	if (!behind)
		return false;
	norm_init(ret, at, behind);
	add_number(ret, NORM_EXACT, number, "%", at, at, behind);
	add_number(ret, NORM_PART, number, "", at, at, number->end);
	norm_word_form(ret, NORM_PART, SPAN("prozent"), at, sign, behind);
	return true;
}

/* "10-15 %" is one word; of "10 bis 15 %" the 10 is one, and known to be a percentage. */
static bool read_percentages(
	const char *at, const char *end, const struct number *from, struct norm *ret)
{
	static const char *const to_words[] = {"bis", "und", "oder", "auf", NULL};
	struct number to;
	const char *sign, *next;
	const char *dash = scan_dash(scan_blank(from->end, end), end);
	if (dash)
		next = dash;
	else if (!(next = scan_any_word(scan_blank(from->end, end), end, to_words)))
		return false;
	next = scan_blank(next, end);
	if (!is_digit(next, end) || !read_number(next, end, true, &to))
		return false;
	const char *behind = number_percent(to.end, end, &sign);
	if (!behind)
		return false;
	norm_init(ret, at, dash ? behind : from->end);
	if (!dash) {
		add_number(ret, NORM_EXACT, from, "", at, at, from->end);
		add_number(ret, NORM_PART, from, "%", at, at, from->end);
		norm_context(ret, at, behind);
		return true;
	}
	struct pen pen = norm_add_form(ret, NORM_EXACT, at, at, behind);
	pen_bytes(&pen, from->text, from->len);
	pen_string(&pen, "-");
	pen_bytes(&pen, to.text, to.len);
	pen_string(&pen, "%");
	norm_end_form(ret, &pen);
	add_number(ret, NORM_PART, from, "%", at, at, from->end);
	add_number(ret, NORM_PART, from, "", at, at, from->end);
	add_number(ret, NORM_PART, &to, "%", at, next, behind);
	add_number(ret, NORM_PART, &to, "", at, next, to.end);
	norm_word_form(ret, NORM_PART, SPAN("prozent"), at, sign, behind);
	return true;
}

/* ---- plain numbers and times ---- */

/* 1.500,00 is 1500 as well. */
static size_t whole_len(const struct number *number)
{
	size_t len = number->len;
	while (len > 1 && number->text[len - 1] == '0')
		len--;
	return len > 1 && number->text[len - 1] == ',' ? len - 1 : number->len;
}

static bool read_plain(const char *at, const char *end, struct norm *ret)
{
	struct number number;
	if (!read_number(at, end, false, &number))
		return false;
	bool decimals = memchr(number.text, ',', number.len) != NULL;
	size_t whole = decimals ? whole_len(&number) : number.len;
	if (!number.grouped && whole == number.len)
		return false;
	norm_init(ret, at, number.end);
	add_number(ret, NORM_EXACT, &number, "", at, at, number.end);
	if (whole != number.len)
		norm_form(ret, NORM_EXACT, (struct span){number.text, whole}, at, at, number.end);
	if (number.grouped && number.spaced) {
		const char *second = number.second_group;
		norm_form(ret, NORM_PART, span_from(at, second - 1), at, at, second - 1);
		for (; second < number.groups_end; second += 4)
			if (memcmp(second, "000", 3) != 0)
				norm_form(ret, NORM_PART, (struct span){second, 3}, at, second,
					second + 3);
	}
	return true;
}

/* "14.30" */
static const char *read_clock(
	const char *at, const char *end, unsigned *ret_hour, unsigned *ret_minute)
{
	const char *dot = scan_digits(at, end, 2, ret_hour);
	if (!dot || dot == end || *dot != '.' || *ret_hour > 24)
		return NULL;
	const char *behind = scan_digits(dot + 1, end, 2, ret_minute);
	if (!behind || behind - dot != 3 || *ret_minute > 59 || scan_number_goes_on(behind, end))
		return NULL;
	return behind;
}

/* "Uhr", or "bis 15.30 Uhr" */
static const char *read_clock_word(const char *at, const char *end)
{
	static const char *const words[] = {"uhr", NULL}, *const to_words[] = {"bis", "und", NULL};
	unsigned hour, minute;
	at = scan_blank(at, end);
	const char *next = scan_dash(at, end);
	if (!next)
		next = scan_any_word(at, end, to_words);
	if (next && (next = read_clock(scan_blank(next, end), end, &hour, &minute)))
		at = scan_blank(next, end);
	return scan_any_word(at, end, words);
}

/* 14.30 Uhr: 14:30 */
static bool read_time(const char *at, const char *end, struct norm *ret)
{
	unsigned hour, minute;
	const char *behind = read_clock(at, end, &hour, &minute);
	const char *word = behind ? read_clock_word(behind, end) : NULL;
	if (!word)
		return false;
	norm_init(ret, at, behind);
	norm_context(ret, at, word);
	struct pen pen = norm_add_form(ret, NORM_EXACT, at, at, behind);
	pen_number(&pen, hour, 1);
	pen_string(&pen, ":");
	pen_number(&pen, minute, 2);
	norm_end_form(ret, &pen);
	norm_form(ret, NORM_PART, span_from(at, behind), at, at, behind);
	return true;
}

bool number_read(const char *at, const char *end, struct norm *ret)
{
	struct number number;
	if (read_time(at, end, ret))
		return true;
	if (read_number(at, end, true, &number) &&
		(read_percentage(at, end, &number, ret) || read_percentages(at, end, &number, ret)))
		return true;
	return read_plain(at, end, ret);
}
