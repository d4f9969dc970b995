/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dates in words and figures. A day is 2023-10-03, a month 2023-10, a day of any year --10-03 (the
 * forms of ISO 8601); a date that cannot be, such as 31.02.2023, is a number.
 */
#include "text/norm_scan.h"

struct date {
	unsigned year, month, day; /* 0 if not given */
	const char *end;
	const char *month_at, *month_end; /* its name, NULL in figures */
};

unsigned date_month(const struct scan_word *word)
{
	static const struct {
		const char *name;
		unsigned char month;
	} months[] = {{"januar", 1}, {"jan", 1}, {"jänner", 1}, {"februar", 2}, {"feb", 2},
		{"febr", 2}, {"feber", 2}, {"märz", 3}, {"maerz", 3}, {"mär", 3}, {"mrz", 3},
		{"april", 4}, {"apr", 4}, {"mai", 5}, {"juni", 6}, {"jun", 6}, {"juli", 7},
		{"jul", 7}, {"august", 8}, {"aug", 8}, {"september", 9}, {"sept", 9}, {"sep", 9},
		{"oktober", 10}, {"okt", 10}, {"november", 11}, {"nov", 11}, {"dezember", 12},
		{"dez", 12}};
	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++)
		if (scan_is(word, months[i].name))
			return months[i].month;
	return 0;
}

static bool is_valid(const struct date *date)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year = date->year;
	if (date->month < 1 || date->month > 12 || date->day < 1 ||
		date->day > days[date->month - 1])
		return false;
	bool leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
	return date->month != 2 || date->day < 29 || leap;
}

/* A year of four figures from `least` on, and nothing that makes it another number. */
static const char *read_year(const char *at, const char *end, unsigned least, unsigned *ret)
{
	unsigned year;
	const char *next = scan_digits(at, end, 4, &year);
	if (!next || year < least || year > 2199 || scan_number_goes_on(next, end))
		return NULL;
	*ret = year;
	return next;
}

/* "3.": a day, and what is behind its full stop and blanks */
static const char *read_day(const char *at, const char *end, unsigned *ret)
{
	const char *next = scan_digits(at, end, 2, ret);
	return next && next < end && *next == '.' ? scan_blank(next + 1, end) : NULL;
}

/* 3.10.2023, 03. 10. 2023, 03.10.23; 03.10. if nothing more is known of it */
static bool read_figures(const char *at, const char *end, struct date *ret)
{
	const char *month = read_day(at, end, &ret->day);
	const char *year = month ? read_day(month, end, &ret->month) : NULL;
	if (!year)
		return false;
	ret->month_at = ret->month_end = NULL;
	ret->end = read_year(year, end, 1000, &ret->year);
	if (ret->end)
		return is_valid(ret);
	bool two_digits = month - at == 3 && year - month >= 3 && month[2] == '.';
	if (two_digits && year - month == 3) {
		const char *next = scan_digits(year, end, 2, &ret->year);
		if (next && next - year == 2 && !scan_number_goes_on(next, end)) {
			ret->year += ret->year < 50 ? 2000 : 1900;
			ret->end = next;
			return is_valid(ret);
		}
	}
	ret->year = 0;
	ret->end = month + (month[1] == '.' ? 1 : 2);
	return month[-1] == '.' && is_valid(ret) && !scan_goes_on(ret->end + 1, end);
}

/* "3. Oktober 2023", "3. Okt." */
static bool read_words(const char *at, const char *end, struct date *ret)
{
	struct scan_word word;
	const char *next = read_day(at, end, &ret->day);
	if (!next || !scan_word(next, end, &word) || !(ret->month = date_month(&word)))
		return false;
	ret->month_at = next;
	ret->month_end = ret->end = word.end;
	ret->year = 0;
	next = word.end < end && *word.end == '.' && word.len <= 4 ? word.end + 1 : word.end;
	if (next < end && *next == '-')
		return false;
	next = read_year(scan_blank(next, end), end, 1000, &ret->year);
	if (next)
		ret->end = next;
	return is_valid(ret);
}

/* 2023-10-03 */
static bool read_iso(const char *at, const char *end, struct date *ret)
{
	const char *month = scan_digits(at, end, 4, &ret->year);
	if (!month || month - at != 4 || end - month < 6 || *month != '-' || month[3] != '-')
		return false;
	const char *next = scan_digits(month + 1, end, 2, &ret->month);
	if (next != month + 3)
		return false;
	ret->end = scan_digits(next + 1, end, 2, &ret->day);
	ret->month_at = ret->month_end = NULL;
	return ret->end == month + 6 && ret->year >= 1000 && ret->year < 2200 && is_valid(ret) &&
	       !scan_number_goes_on(ret->end, end) && !scan_dash(ret->end, end);
}

/* ---- forms ---- */

enum parts { YEAR = 1, MONTH = 2, DAY = 4 };

static void add_date(struct norm *ret, enum norm_form_kind kind, const struct date *date,
	unsigned parts, const char *at, const char *end)
{
	struct pen pen = norm_add_form(ret, kind, at, at, end);
	if (parts & YEAR)
		pen_number(&pen, date->year, 4);
	else
		pen_string(&pen, "-");
	if (parts & MONTH) {
		pen_string(&pen, "-");
		pen_number(&pen, date->month, 2);
	}
	if (parts & DAY) {
		pen_string(&pen, "-");
		pen_number(&pen, date->day, 2);
	}
	norm_end_form(ret, &pen);
}

/* A month's name as written, folded. */
static void add_month_name(struct norm *ret, const struct date *date, const char *at)
{
	struct scan_word word;
	if (date->month_at && scan_word(date->month_at, date->month_end, &word))
		norm_word_form(ret, NORM_PART, (struct span){word.text, word.len}, at,
			date->month_at, date->month_end);
}

static void add_day(struct norm *ret, const struct date *date, const char *at)
{
	norm_init(ret, at, date->end);
	if (date->year) {
		add_date(ret, NORM_EXACT, date, YEAR | MONTH | DAY, at, date->end);
		add_date(ret, NORM_PART, date, MONTH | DAY, at, date->end);
		add_date(ret, NORM_PART, date, YEAR | MONTH, at, date->end);
		add_date(ret, NORM_PART, date, YEAR, at, date->end);
	} else {
		add_date(ret, NORM_EXACT, date, MONTH | DAY, at, date->end);
	}
	add_month_name(ret, date, at);
}

/* ---- ranges ---- */

/* Behind "bis", "und", a dash, with blanks. */
static const char *read_connection(const char *at, const char *end)
{
	static const char *const words[] = {"bis", "und", "oder", "sowie", "zum", NULL};
	at = scan_blank(at, end);
	if (at < end && (*at == '/' || *at == ','))
		return scan_blank(at + 1, end);
	const char *next = scan_dash(at, end);
	for (const char *word; (word = scan_any_word(next ? next : at, end, words));)
		next = scan_blank(word, end);
	return next ? scan_blank(next, end) : NULL;
}

static bool read_any(const char *at, const char *end, struct date *ret)
{
	return at < end && (read_words(at, end, ret) || read_figures(at, end, ret));
}

/* "23. bis 25. September 2024": the first day gets month and year from the last. */
static bool read_first_day(const char *at, const char *end, struct norm *ret)
{
	struct date first, last;
	unsigned day;
	const char *next = read_day(at, end, &first.day);
	const char *digits_end = next ? scan_digits(at, end, 2, &day) : NULL;
	next = next ? read_connection(digits_end + 1, end) : NULL;
	if (!next || !read_any(next, end, &last) || last.day <= first.day)
		return false;
	first = (struct date){last.year, last.month, first.day, digits_end, NULL, NULL};
	if (!is_valid(&first))
		return false;
	norm_init(ret, at, digits_end);
	norm_form(ret, NORM_EXACT, span_from(at, digits_end), at, at, digits_end);
	add_date(ret, NORM_EXACT, &first, (first.year ? YEAR : 0) | MONTH | DAY, at, digits_end);
	if (first.year)
		add_date(ret, NORM_PART, &first, MONTH | DAY, at, digits_end);
	bool stop = !last.year && !last.month_at; /* 03.10. is a date by its last full stop */
	norm_context(ret, at, last.end + stop);
	return true;
}

/* The year of a date in the same range: "1.9. bis 30.11.2023". */
static const char *read_year_of_range(const char *at, const char *end, struct date *date)
{
	struct date last;
	if (at < end && *at == '.')
		at++;
	const char *next = read_connection(at, end);
	if (!next || !read_any(next, end, &last) || !last.year || last.month < date->month)
		return NULL;
	date->year = last.year;
	if (is_valid(date))
		return last.end;
	date->year = 0;
	return NULL;
}

/* A day without a year: 3. Oktober, 03.10. */
static bool read_yearless(const char *at, const char *end, struct date *date, struct norm *ret)
{
	const char *context = read_year_of_range(date->end, end, date);
	if (!context && !date->month_at) {
		bool two_digits = date->end - at == 5 && date->end < end && *date->end == '.';
		if (!two_digits)
			return false;
		context = date->end + 1;
	}
	bool figures = !date->year && !date->month_at; /* 03.10. may be a heading's number */
	add_day(ret, date, at);
	if (figures)
		norm_form(ret, NORM_EXACT, span_from(at, date->end), at, at, date->end);
	if (context)
		norm_context(ret, at, context);
	return true;
}

bool date_read(const char *at, const char *end, struct norm *ret)
{
	struct date date;
	if (!read_iso(at, end, &date) && !read_any(at, end, &date))
		return read_first_day(at, end, ret);
	if (!date.year)
		return read_yearless(at, end, &date, ret);
	add_day(ret, &date, at);
	return true;
}

/* ---- months ---- */

/* "Oktober 2023"; "Oktober bis Dezember 2023", "Oktober/November 2023" for the first of them. */
bool date_read_month(const char *at, const char *end, const struct scan_word *word, unsigned month,
	struct norm *ret)
{
	enum { EARLIEST = 1700 };
	const char *behind = word->end < end && *word->end == '.' ? word->end + 1 : word->end;
	struct date date = {.month = month, .month_at = at, .month_end = word->end};
	const char *next = read_year(scan_blank(behind, end), end, EARLIEST, &date.year);
	if (next) {
		norm_init(ret, at, next);
		add_date(ret, NORM_EXACT, &date, YEAR | MONTH, at, next);
		add_date(ret, NORM_PART, &date, YEAR, at, next);
		add_month_name(ret, &date, at);
		return true;
	}
	struct scan_word other;
	next = read_connection(behind, end);
	if (!next || !scan_word(next, end, &other) || date_month(&other) <= month)
		return false;
	next = other.end < end && *other.end == '.' ? other.end + 1 : other.end;
	next = read_year(scan_blank(next, end), end, EARLIEST, &date.year);
	if (!next)
		return false;
	norm_init(ret, at, word->end);
	norm_word_form(ret, NORM_EXACT, (struct span){word->text, word->len}, at, at, word->end);
	add_date(ret, NORM_PART, &date, YEAR | MONTH, at, word->end);
	norm_context(ret, at, next);
	return true;
}
