/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources that are cited by number: printed papers of parliaments and councils (Drs. 19/1234),
 * gazettes (BGBl. I 2004, 1950), acts and cases of the EU, the books of the Sozialgesetzbuch.
 */
#include "text/norm_scan.h"

/* ---- printed papers ---- */

static bool is_paper_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '/' || c == '-' || c == '.';
}

/* "19/1234", "0123/2021", "V/2020/12-1", "16/1780 (neu)": has a slash, and a digit at its end */
static const char *read_paper_number(const char *at, const char *end)
{
	enum { MOST = 20 };
	const char *next = at, *last = NULL;
	bool slash = false;
	for (; next < end && next - at < MOST && is_paper_byte(*next); next++) {
		bool sign = *next == '/' || *next == '-' || *next == '.';
		if (sign && (next == at || !is_paper_byte(next[-1]) || next[-1] < '0'))
			break;
		slash |= *next == '/';
		if (*next >= '0' && *next <= '9')
			last = slash ? next + 1 : NULL;
	}
	return last && !scan_goes_on(last, end) && last[-1] != '/' ? last : NULL;
}

static const char *skip_number_word(const char *at, const char *end)
{
	static const char *const words[] = {"nr", "nummer", "nrn", NULL};
	const char *next = scan_any_word(at, end, words);
	if (!next)
		return at;
	return scan_blank(next < end && *next == '.' ? next + 1 : next, end);
}

static void add_number_parts(struct norm *ret, const char *at, struct span number)
{
	struct span rest = number, part;
	while (rest.ptr) {
		part = span_take(&rest, '/');
		if (part.len)
			norm_form(ret, NORM_PART, part, at, part.ptr, part.ptr + part.len);
	}
}

/* "drs" or "vorlage" before the number, folded */
static struct pen put_paper(struct pen pen, const char *kind, struct span number)
{
	pen_string(&pen, kind);
	for (size_t i = 0; i < number.len; i++) {
		char c = number.ptr[i], low = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
		pen_bytes(&pen, &low, 1);
	}
	return pen;
}

/* BT-Drucksache is found as Drucksache, BT-Drs. as Drs. */
static void add_paper_word(struct norm *ret, const struct scan_word *word, const char *at)
{
	static const char *const heads[] = {"drs", "drucksache", "vorlage"};
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		size_t len = strlen(heads[i]);
		if (word->len > len && strcmp(word->text + word->len - len, heads[i]) == 0)
			norm_word_form(
				ret, NORM_PART, span_of(heads[i]), at, word->end - len, word->end);
	}
}

static bool read_paper(const char *at, const char *end, const char *kind,
	const struct scan_word *word, struct norm *ret)
{
	const char *next = word->end < end && *word->end == '.' ? word->end + 1 : word->end;
	next = skip_number_word(scan_blank(next, end), end);
	const char *behind = read_paper_number(next, end);
	if (!behind || word->len == 0)
		return false;
	struct span number = span_from(next, behind);
	norm_init(ret, at, behind);
	struct pen pen = norm_add_form(ret, NORM_EXACT, at, at, behind);
	pen = put_paper(pen, kind, number);
	norm_end_form(ret, &pen);
	pen = put_paper(norm_add_form(ret, NORM_PART, at, next, behind), "", number);
	norm_end_form(ret, &pen);
	norm_word_form(ret, NORM_PART, (struct span){word->text, word->len}, at, at, word->end);
	add_paper_word(ret, word, at);
	pen = norm_add_name(ret, true, true);
	pen_string(&pen, kind);
	pen_string(&pen, " ");
	put_paper(pen, "", number);
	return true;
}

/* Legislative term and number: 19/1234. A month and year (10/2023) looks the same. */
static bool read_bare_paper(const char *at, const char *end, struct norm *ret)
{
	unsigned term, number, digits;
	const char *slash = scan_digits(at, end, 2, &term);
	if (!slash || slash == end || *slash != '/' || term == 0 || *at == '0')
		return false;
	const char *behind = scan_digits(slash + 1, end, 5, &number);
	digits = behind ? (unsigned)(behind - slash - 1) : 0;
	if (digits < 3 || scan_number_goes_on(behind, end) || (behind < end && *behind == '/'))
		return false;
	norm_init(ret, at, behind);
	struct span whole = span_from(at, behind);
	norm_form(ret, NORM_EXACT, whole, at, at, behind);
	add_number_parts(ret, at, whole);
	if (digits == 4 && term <= 12 && number >= 1900 && number < 2100) {
		struct pen pen = norm_add_form(ret, NORM_PART, at, at, behind);
		pen_number(&pen, number, 4);
		pen_string(&pen, "-");
		pen_number(&pen, term, 2);
		norm_end_form(ret, &pen);
	}
	struct pen pen = norm_add_name(ret, true, true);
	put_paper(pen, "drs ", whole);
	return true;
}

/* ---- gazettes: BGBl. I 2004, 1950; BGBl. I S. 1950; BGBl. 2023 I Nr. 12 ---- */

struct gazette {
	unsigned part, year, page;
	bool numbered; /* by number, not by page */
};

static const char *read_year(const char *at, const char *end, unsigned *ret)
{
	const char *next = scan_digits(at, end, 4, ret);
	return next && *ret >= 1800 && *ret < 2200 ? next : NULL;
}

static const char *read_part(const char *at, const char *end, unsigned *ret)
{
	const char *next = at<end && * at> '9' ? scan_roman(at, end, ret) : NULL;
	return next && *ret <= 3 ? next : NULL;
}

static const char *read_gazette(const char *at, const char *end, struct gazette *ret)
{
	static const char *const page_words[] = {"s", "seite", NULL};
	const char *next, *year = read_year(at, end, &ret->year);
	if (year)
		at = scan_blank(year, end);
	if (!(next = read_part(at, end, &ret->part)))
		return NULL;
	at = scan_blank(next < end && *next == ':' ? next + 1 : next, end);
	if (!year && (year = read_year(at, end, &ret->year)))
		at = scan_blank(year, end);
	if (!year)
		ret->year = 0;
	bool comma = at < end && *at == ',';
	if (comma)
		at = scan_blank(at + 1, end);
	next = skip_number_word(at, end);
	ret->numbered = next != at;
	const char *page = ret->numbered ? NULL : scan_any_word(at, end, page_words);
	if (page)
		next = scan_blank(page < end && *page == '.' ? page + 1 : page, end);
	else if (!ret->numbered && !(comma && year))
		return NULL;
	next = scan_digits(next, end, 5, &ret->page);
	return next && !scan_goes_on(next, end) ? next : NULL;
}

static void put_gazette(struct pen pen, const struct gazette *gazette, const char *year)
{
	pen_string(&pen, "bgbl");
	pen_number(&pen, gazette->part, 1);
	pen_string(&pen, " ");
	pen_string(&pen, year);
	if (*year == '\0' && gazette->year) {
		pen_number(&pen, gazette->year, 4);
		pen_string(&pen, " ");
	}
	pen_string(&pen, gazette->numbered ? "nr" : "s");
	pen_number(&pen, gazette->page, 1);
}

/* Acts cite their gazette without the year, which stands in the date before it. Such a place is
   found by a query with any year; a query without one finds all. */
static bool read_gazette_place(
	const char *at, const char *end, const struct scan_word *word, struct norm *ret)
{
	struct gazette gazette;
	const char *next = word->end < end && *word->end == '.' ? word->end + 1 : word->end;
	const char *behind = read_gazette(scan_blank(next, end), end, &gazette);
	if (!behind)
		return false;
	struct gazette undated = gazette;
	undated.year = 0;
	norm_init(ret, at, word->end);
	norm_context(ret, at, behind);
	bool dated = gazette.year != 0;
	put_gazette(norm_add_name(ret, true, !dated), &undated, "");
	put_gazette(norm_add_name(ret, !dated, dated), &undated, "? ");
	if (dated)
		put_gazette(norm_add_name(ret, true, true), &gazette, "");
	return true;
}

/* ---- the EU ---- */

static const char *skip_union(const char *at, const char *end)
{
	static const char *const words[] = {"eu", "eg", "ewg", "euratom", NULL};
	const char *next = at < end && *at == '(' ? at + 1 : at;
	const char *behind = scan_any_word(next, end, words);
	if (behind && behind < end && *behind == ',' && next > at)
		behind = scan_any_word(scan_blank(behind + 1, end), end, words);
	if (!behind)
		return at;
	if (next > at && (behind == end || *behind++ != ')'))
		return at;
	return scan_blank(behind, end);
}

/* Year and number, in either order: 2016/679, 604/2013, 93/13/EWG */
static const char *read_eu_number(const char *at, const char *end, bool number_first,
	unsigned *ret_year, unsigned *ret_number)
{
	unsigned first, second;
	const char *slash = scan_digits(at, end, 4, &first);
	if (!slash || slash == end || *slash != '/')
		return NULL;
	const char *next = scan_digits(slash + 1, end, 4, &second);
	if (!next || first == 0 || second == 0 || scan_number_goes_on(next, end))
		return NULL;
	bool first_is_year = slash - at == 4 && first >= 1950 && first < 2100;
	bool second_is_year = next - slash == 5 && second >= 1950 && second < 2100;
	if (!first_is_year && !second_is_year) {
		unsigned *year = number_first ? &second : &first;
		if (*year < 50 || *year > 99)
			return NULL;
		*year += 1900;
		first_is_year = !number_first;
	}
	bool year_first = first_is_year && !(second_is_year && number_first);
	*ret_year = year_first ? first : second;
	*ret_number = year_first ? second : first;
	return next;
}

static const char *skip_union_suffix(const char *at, const char *end)
{
	static const char *const words[] = {"eu", "eg", "ewg", "ji", "jha", "euratom", NULL};
	return at < end && *at == '/' ? scan_any_word(at + 1, end, words) : NULL;
}

const char *source_eu(const char *at, const char *end, struct pen *ret)
{
	unsigned year, number;
	at = scan_blank(at, end);
	const char *next = skip_union(at, end);
	bool named = next != at;
	const char *behind_word = skip_number_word(next, end);
	bool number_first = behind_word != next;
	const char *behind = read_eu_number(behind_word, end, number_first, &year, &number);
	if (!behind)
		return NULL;
	const char *suffix = skip_union_suffix(behind, end);
	if (!named && !suffix)
		return NULL;
	pen_string(ret, "eu ");
	pen_number(ret, year, 4);
	pen_string(ret, "/");
	pen_number(ret, number, 1);
	return suffix ? suffix : behind;
}

/* "2011/95/EU", however it is announced */
static bool read_bare_eu(const char *at, const char *end, struct norm *ret)
{
	unsigned year, number;
	const char *next = read_eu_number(at, end, false, &year, &number);
	const char *behind = next ? skip_union_suffix(next, end) : NULL;
	if (!behind)
		return false;
	norm_init(ret, at, behind);
	struct pen pen = put_paper(
		norm_add_form(ret, NORM_EXACT, at, at, behind), "", span_from(at, behind));
	norm_end_form(ret, &pen);
	add_number_parts(ret, at, span_from(at, next));
	pen = norm_add_name(ret, true, true);
	source_eu(at, end, &pen);
	return true;
}

/* "C-638/16": a case of the Court of Justice, T- of the General Court */
static bool read_case(
	const char *at, const char *end, const struct scan_word *word, struct norm *ret)
{
	unsigned number, year;
	const char *next = word->len == 1 && word->capital ? scan_dash(word->end, end) : NULL;
	const char *slash = next ? scan_digits(next, end, 4, &number) : NULL;
	if (!slash || slash == end || *slash != '/')
		return false;
	const char *behind = scan_digits(slash + 1, end, 2, &year);
	if (!behind || behind - slash != 3 || scan_number_goes_on(behind, end))
		return false;
	norm_init(ret, at, behind);
	struct pen pen = norm_add_form(ret, NORM_EXACT, at, at, behind);
	pen_bytes(&pen, word->text, 1);
	pen_string(&pen, "-");
	pen_bytes(&pen, next, (size_t)(behind - next));
	norm_end_form(ret, &pen);
	norm_form(ret, NORM_PART, span_from(next, behind), at, next, behind);
	struct pen name = norm_add_name(ret, true, true);
	pen_bytes(&name, pen.text, pen.len);
	return true;
}

/* ---- */

/* Words of their own that those behind them make a name. */

static bool read_union_act(
	const char *at, const char *end, const struct scan_word *word, struct norm *ret)
{
	norm_init(ret, at, word->end);
	struct pen pen = norm_add_name(ret, true, true);
	const char *behind = source_eu(word->end, end, &pen);
	if (behind)
		norm_context(ret, at, behind);
	return behind != NULL;
}

static bool read_social_code(
	const char *at, const char *end, const struct scan_word *word, struct norm *ret)
{
	char key[NORM_LAW_BYTES];
	const char *behind = law_read_social(end, word, key);
	if (!behind || strlen(key) <= strlen("sgb"))
		return false;
	norm_init(ret, at, word->end);
	struct pen pen = norm_add_name(ret, true, true);
	pen_string(&pen, key);
	norm_context(ret, at, behind);
	return true;
}

bool source_read(const char *at, const char *end, enum source_kind kind,
	const struct scan_word *word, struct norm *ret)
{
	switch (kind) {
	case SOURCE_PAPER:
		return read_paper(at, end, "drs", word, ret);
	case SOURCE_TEMPLATE:
		return read_paper(at, end, "vorlage", word, ret);
	case SOURCE_GAZETTE:
		return read_gazette_place(at, end, word, ret);
	case SOURCE_CASE:
		return read_case(at, end, word, ret);
	case SOURCE_EU:
		return read_union_act(at, end, word, ret);
	default:
		return read_social_code(at, end, word, ret);
	}
}

bool source_read_number(const char *at, const char *end, struct norm *ret)
{
	return read_bare_eu(at, end, ret) || read_bare_paper(at, end, ret);
}
