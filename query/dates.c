/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dates are compared as digits: "2024" stands before all days of the year, and is the beginning of
 * them, so that a stretch that ends in 2024 or later holds it at once, and one that begins within
 * the year must ask for it by itself. Days are not checked against the calendar.
 */
#include "query/dates.h"

#include <stdlib.h>
#include <string.h>

#include "store/schema.h"

enum { MAX_PARTS = 3 };

/* A date as far as it is given: "2019", "201905", "20190514". */
struct date_digits {
	char text[DATE_DIGITS + 1];
	size_t len;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes a number of at most four digits; returns how many, 0 if there is none. */
static size_t take_number(struct span *text, unsigned *ret)
{
	size_t len = 0;
	*ret = 0;
	while (len < text->len && len < 4 && is_digit(text->ptr[len]))
		*ret = *ret * 10 + (unsigned)(text->ptr[len++] - '0');
	*text = span_skip(*text, len);
	return len;
}

static void put_number(struct date_digits *date, unsigned number, size_t digits)
{
	for (size_t i = digits; i > 0; i--, number /= 10)
		date->text[date->len + i - 1] = (char)('0' + number % 10);
	date->len += digits;
	date->text[date->len] = '\0';
}

/* 2019, 2019-05, 2019-05-14, 05.2019, 14.5.2019 at the beginning of `*text`, which it takes. */
static bool take_date(struct span *text, struct date_digits *ret)
{
	unsigned parts[MAX_PARTS];
	size_t count = 0, year = 0;
	struct span rest = *text;
	char separator = '\0';
	while (count < MAX_PARTS) {
		struct span behind = rest;
		if (count && (!behind.len || behind.ptr[0] != separator))
			break;
		behind = count ? span_skip(behind, 1) : behind;
		size_t digits = take_number(&behind, &parts[count]);
		if (!digits || (count && separator == '-' && digits != 2))
			break;
		if (digits == 4)
			year = count + 1;
		rest = behind;
		count++;
		if (count == 1)
			separator = digits == 4 ? '-' : '.';
		else if (separator == '.' && year)
			break;
	}
	if (count == 0 || year != (separator == '-' ? 1 : count) ||
		(rest.len && is_digit(rest.ptr[0])))
		return false;
	unsigned month = count == 1 ? 1 : separator == '-' ? parts[1] : parts[count - 2];
	unsigned day = count < 3 ? 1 : separator == '-' ? parts[2] : parts[0];
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	*ret = (struct date_digits){.len = 0};
	put_number(ret, parts[year - 1], 4);
	if (count > 1)
		put_number(ret, month, 2);
	if (count > 2)
		put_number(ret, day, 2);
	*text = rest;
	return true;
}

static void set_first_day(const struct date_digits *date, char ret[DATE_DIGITS + 1])
{
	memcpy(ret, "00000101", DATE_DIGITS + 1);
	memcpy(ret, date->text, date->len);
}

static void set_last_day(const struct date_digits *date, char ret[DATE_DIGITS + 1])
{
	memcpy(ret, "99991231", DATE_DIGITS + 1);
	memcpy(ret, date->text, date->len);
}

static unsigned days_of_month(unsigned year, unsigned month)
{
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2                                              ? 28 + leap
	       : month == 4 || month == 6 || month == 9 || month == 11 ? 30
								       : 31;
}

/* The year, month or day before or behind, as far as it is given. */
static void step(struct date_digits *date, int by)
{
	unsigned digits = (unsigned)strtoul(date->text, NULL, 10);
	unsigned year = date->len == 4 ? digits : date->len == 6 ? digits / 100 : digits / 10000;
	unsigned month = date->len == 6 ? digits % 100 : digits / 100 % 100, day = digits % 100;
	bool carry = true;
	if (date->len == 8) {
		carry = by > 0 ? day >= days_of_month(year, month) : day == 1;
		day = !carry ? day + (unsigned)by : by > 0 ? 1 : 31;
	}
	if (date->len >= 6 && carry) {
		carry = month == (by > 0 ? 12 : 1);
		month = !carry ? month + (unsigned)by : by > 0 ? 1 : 12;
	}
	if (carry && year > 0 && year < 9999)
		year += (unsigned)by;
	size_t len = date->len;
	date->len = 0;
	put_number(date, year, 4);
	if (len >= 6)
		put_number(date, month, 2);
	if (len == 8)
		put_number(date, day, 2);
}

/* > >= < <= */
static bool read_comparison(struct span text, struct dates *ret)
{
	bool more = text.ptr[0] == '>', equal = text.len > 1 && text.ptr[1] == '=';
	struct date_digits date;
	text = span_skip(text, equal ? 2 : 1);
	if (!take_date(&text, &date) || text.len)
		return false;
	*ret = (struct dates){"", ""};
	if (!equal)
		step(&date, more ? 1 : -1);
	if (more)
		set_first_day(&date, ret->from);
	else
		set_last_day(&date, ret->to);
	return true;
}

bool dates_read(struct span text, struct dates *ret)
{
	struct date_digits from = {.len = 0}, to = {.len = 0};
	struct dates dates = {"", ""};
	if (text.len && (text.ptr[0] == '<' || text.ptr[0] == '>'))
		return read_comparison(text, ret);
	bool begins = take_date(&text, &from);
	bool years = begins && from.len == 4 && text.len > 4 && text.ptr[0] == '-';
	bool range = years || span_starts(text, SPAN(".."));
	if (range)
		text = span_skip(text, years ? 1 : 2);
	bool ends = range && text.len && take_date(&text, &to);
	if (text.len || (!begins && !ends) || (years && to.len != 4))
		return false;
	if (begins)
		set_first_day(&from, dates.from);
	if (ends || !range)
		set_last_day(ends ? &to : &from, dates.to);
	*ret = dates;
	return true;
}

bool dates_read_since(struct span text, struct dates *ret)
{
	struct date_digits date;
	if (!take_date(&text, &date) || text.len)
		return false;
	set_first_day(&date, ret->from);
	return true;
}

bool dates_read_until(struct span text, struct dates *ret)
{
	struct date_digits date;
	if (!take_date(&text, &date) || text.len)
		return false;
	set_last_day(&date, ret->to);
	return true;
}

bool dates_hold(const struct dates *dates, struct span date)
{
	char digits[DATE_DIGITS + 1];
	size_t len = 0;
	for (size_t i = 0; i < date.len && len < DATE_DIGITS; i++)
		if (is_digit(date.ptr[i]))
			digits[len++] = date.ptr[i];
	struct span own = {digits, len};
	if (len == 0)
		return false;
	return (!*dates->to || span_compare(own, span_of(dates->to)) <= 0) &&
	       (!*dates->from || span_compare(own, span_of(dates->from)) >= 0 ||
		       span_starts(span_of(dates->from), own));
}

/* The values from `from` on, `from_len` digits of it, up to `to`. */
static lupe_status range_query(
	const char *from, size_t from_len, const char *to, xc_query **ret, struct lupe_error *err)
{
	struct xc_bytes least = {from, from_len}, most = {to, strlen(to)};
	return xc_query_value_range(SLOT_DATE, least, most, ret, err);
}

lupe_status dates_query(const struct dates *dates, xc_query **ret, struct lupe_error *err)
{
	const char *from = *dates->from ? dates->from : "0", *to = *dates->to ? dates->to : "9999~";
	xc_query *subs[3] = {NULL};
	size_t count = 0, len = strlen(from);
	/* a stretch that begins with a year or a month begins with the name of it */
	bool month = len == DATE_DIGITS && strcmp(from + 6, "01") == 0;
	bool year = month && strncmp(from + 4, "01", 2) == 0;
	lupe_status status = range_query(from, year ? 4 : month ? 6 : len, to, &subs[count], err);
	count += status == LUPE_OK;
	for (size_t part = 4; part <= 6 && len == DATE_DIGITS && status == LUPE_OK; part += 2) {
		char most[DATE_DIGITS + 1] = "";
		if (year || (month && part == 6))
			continue;
		memcpy(most, from, part);
		status = range_query(from, part, most, &subs[count], err);
		count += status == LUPE_OK;
	}
	if (status == LUPE_OK)
		status = xc_query_or((const xc_query *const *)subs, count, ret, err);
	for (size_t i = 0; i < count; i++)
		xc_query_free(subs[i]);
	return status;
}
