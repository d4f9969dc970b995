/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognises dates: a small reader of numbers and month names tries every place where a date may
 * begin. Whether a date in a text is the document's, date_page.c decides.
 */
#include "indexer/date.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>
#include <time.h>

enum { FIRST_YEAR = 1949 };

static const struct {
	const char *name; /* a point may follow a shortened one */
	int month;
} months[] = {
	{"Januar", 1},
	{"Jänner", 1},
	{"Jan", 1},
	{"Februar", 2},
	{"Feb", 2},
	{"März", 3},
	{"Maerz", 3},
	{"Mrz", 3},
	{"April", 4},
	{"Apr", 4},
	{"Mai", 5},
	{"Juni", 6},
	{"Jun", 6},
	{"Juli", 7},
	{"Jul", 7},
	{"August", 8},
	{"Aug", 8},
	{"September", 9},
	{"Sept", 9},
	{"Sep", 9},
	{"Oktober", 10},
	{"Okt", 10},
	{"November", 11},
	{"Nov", 11},
	{"Dezember", 12},
	{"Dez", 12},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ASCII letters and digits and every byte of a longer UTF-8 sequence. */
static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

static bool ends_word(struct span s)
{
	return s.len == 0 || !is_word_byte(s.ptr[0]) || span_starts(s, SPAN("–"));
}

static bool take_byte(struct span *s, char byte)
{
	if (s->len == 0 || s->ptr[0] != byte)
		return false;
	*s = span_skip(*s, 1);
	return true;
}

static void take_blanks(struct span *s)
{
	while (take_byte(s, ' ') || take_byte(s, '\t'))
		;
}

/* Between `least` and `most` digits, no digit behind them. */
static bool take_number(struct span *s, size_t least, size_t most, int *ret)
{
	size_t n = 0;
	int number = 0;

	while (n < s->len && is_digit(s->ptr[n]) && n <= most)
		number = number * 10 + (s->ptr[n++] - '0');
	if (n < least || n > most)
		return false;
	*s = span_skip(*s, n);
	*ret = number;
	return true;
}

static bool take_month_name(struct span *s, int *ret)
{
	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
		size_t len = strlen(months[i].name);

		if (s->len < len || strncasecmp(s->ptr, months[i].name, len) != 0)
			continue;
		struct span rest = span_skip(*s, len);
		if (!ends_word(rest))
			continue;
		take_byte(&rest, '.');
		*s = rest;
		*ret = months[i].month;
		return true;
	}
	return false;
}

/* A day or month of 0 is unknown. */
static bool date_set(struct date *ret, int year, int month, int day)
{
	static const int days[] = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	if (year < FIRST_YEAR || year > utc.tm_year + 1900 + 1)
		return false;
	if (month < 0 || month > 12 || day < 0 || day > days[month])
		return false;
	if (day)
		snprintf(ret->text, sizeof(ret->text), "%04d-%02d-%02d", year % 10000, month % 100,
			day % 100);
	else if (month)
		snprintf(ret->text, sizeof(ret->text), "%04d-%02d", year % 10000, month % 100);
	else
		snprintf(ret->text, sizeof(ret->text), "%04d", year % 10000);
	return true;
}

/* 2024-09-23 */
static bool take_iso_date(struct span *s, struct date *ret)
{
	struct span rest = *s;
	int year, month, day;

	if (!take_number(&rest, 4, 4, &year) || !take_byte(&rest, '-') ||
		!take_number(&rest, 2, 2, &month) || !take_byte(&rest, '-') ||
		!take_number(&rest, 2, 2, &day))
		return false;
	if (month == 0 || day == 0 || !date_set(ret, year, month, day))
		return false;
	*s = rest;
	return true;
}

/* 23.09.2024, 23. 9. 2024, 23. September 2024 */
static bool take_day_date(struct span *s, struct date *ret)
{
	struct span rest = *s;
	int year, month, day;

	if (!take_number(&rest, 1, 2, &day) || !take_byte(&rest, '.'))
		return false;
	take_blanks(&rest);
	if (!take_month_name(&rest, &month) &&
		!(take_number(&rest, 1, 2, &month) && take_byte(&rest, '.')))
		return false;
	take_blanks(&rest);
	if (!take_number(&rest, 4, 4, &year) || !ends_word(rest))
		return false;
	if (month == 0 || day == 0 || !date_set(ret, year, month, day))
		return false;
	*s = rest;
	return true;
}

/* September 2024 */
static bool take_month_date(struct span *s, struct date *ret)
{
	struct span rest = *s;
	int year, month;

	if (!take_month_name(&rest, &month))
		return false;
	take_blanks(&rest);
	if (!take_number(&rest, 4, 4, &year) || !ends_word(rest) || !date_set(ret, year, month, 0))
		return false;
	*s = rest;
	return true;
}

bool date_take_year(struct span *s, struct date *ret)
{
	struct span rest = *s;
	int year;

	if (!take_number(&rest, 4, 4, &year) || !ends_word(rest) || !date_set(ret, year, 0, 0))
		return false;
	*s = rest;
	return true;
}

bool date_take(struct span *s, struct date *ret)
{
	return take_iso_date(s, ret) || take_day_date(s, ret) || take_month_date(s, ret);
}

/* 2024-09, in a field for a date; in running text it may be a span of years. */
static bool take_iso_month(struct span *s, struct date *ret)
{
	struct span rest = *s;
	int year, month;

	if (!take_number(&rest, 4, 4, &year) || !take_byte(&rest, '-') ||
		!take_number(&rest, 2, 2, &month) || !ends_word(rest))
		return false;
	if (month == 0 || !date_set(ret, year, month, 0))
		return false;
	*s = rest;
	return true;
}

bool date_in_value(struct span value, struct date *ret)
{
	for (size_t i = 0; i < value.len; i++) {
		struct span s = span_skip(value, i);

		if (i > 0 && is_word_byte(value.ptr[i - 1]))
			continue;
		if (date_take(&s, ret) || take_iso_month(&s, ret) || date_take_year(&s, ret))
			return true;
	}
	return false;
}

/* The same separator, or none, between year, month and day; no digit behind. */
static bool take_name_date(struct span s, struct date *ret)
{
	int year, month, day, digits;
	struct span rest = s;

	if (take_number(&rest, 8, 8, &digits))
		return digits % 10000 / 100 != 0 && digits % 100 != 0 &&
		       date_set(ret, digits / 10000, digits % 10000 / 100, digits % 100);
	if (!take_number(&rest, 4, 4, &year))
		return false;
	if (take_byte(&rest, '-') || take_byte(&rest, '_') || take_byte(&rest, '.')) {
		char separator = rest.ptr[-1];

		if (take_number(&rest, 2, 2, &month) && month != 0) {
			if (take_byte(&rest, separator) && take_number(&rest, 2, 2, &day) &&
				day != 0 && date_set(ret, year, month, day))
				return true;
			if (date_set(ret, year, month, 0))
				return true;
		}
	}
	return date_set(ret, year, 0, 0);
}

bool date_in_file_name(struct span name, struct date *ret)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!is_digit(name.ptr[i]) || (i > 0 && is_digit(name.ptr[i - 1])))
			continue;
		if (take_name_date(span_skip(name, i), ret))
			return true;
	}
	return false;
}
