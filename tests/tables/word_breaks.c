/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares the tokeniser with UAX #29. A line that deviates is no failure if it shows one of
 * Lupe's own rules (token.h), or something that German texts do without; these lines are counted
 * by their reason.
 */
#include "word_breaks.h"

#include <stdlib.h>

#include "text/chars.h"
#include "text/token.h"
#include "text/utf8.h"

enum { MAX_CODE_POINTS = 64 };

struct line {
	uint32_t cps[MAX_CODE_POINTS];
	bool break_before[MAX_CODE_POINTS + 1];
	size_t count;
};

static bool parse_line(struct span text, struct line *ret)
{
	struct span word;
	ret->count = 0;
	ret->break_before[0] = false;
	while (table_take_word(&text, &word) && word.ptr[0] != '#' && word.ptr[0] != '\t') {
		struct span field = span_take(&word, '\t');
		if (span_equal(field, SPAN("÷")) || span_equal(field, SPAN("×"))) {
			ret->break_before[ret->count] = span_equal(field, SPAN("÷"));
		} else {
			char *end;
			ret->cps[ret->count++] = (uint32_t)strtoul(field.ptr, &end, 16);
			if (end != field.ptr + field.len || ret->count == MAX_CODE_POINTS)
				return false;
		}
		if (word.ptr)
			break;
	}
	return ret->count > 0 && ret->break_before[0] && ret->break_before[ret->count];
}

/* ---- reasons to deviate ---- */

static bool is_ignorable(uint32_t cp)
{
	enum char_class class = char_class(cp);
	return class == CHAR_MARK || class == CHAR_IGNORED;
}

/* The next character before or behind `at` that is no mark; a blank if there is none. */
static uint32_t beside(const struct line *line, size_t at, bool before)
{
	while (before ? at > 0 : at + 1 < line->count) {
		at = before ? at - 1 : at + 1;
		if (!is_ignorable(line->cps[at]))
			return line->cps[at];
	}
	return ' ';
}

static bool is_between(const struct line *line, size_t at, enum char_class class)
{
	return char_class(beside(line, at, true)) == class &&
	       char_class(beside(line, at, false)) == class;
}

static bool is_underscore(const struct line *line, size_t at)
{
	return line->cps[at] == '_';
}

static bool joins_hyphenated(const struct line *line, size_t at)
{
	return line->cps[at] == '-' && is_between(line, at, CHAR_LETTER);
}

static bool parts_letters(const struct line *line, size_t at)
{
	return (line->cps[at] == ':' || line->cps[at] == '.') && is_between(line, at, CHAR_LETTER);
}

static bool joins_time(const struct line *line, size_t at)
{
	return line->cps[at] == ':' && is_between(line, at, CHAR_DIGIT);
}

static bool is_katakana(uint32_t cp)
{
	return (cp >= 0x3031 && cp <= 0x3035) || (cp >= 0x30a0 && cp <= 0x30ff) ||
	       (cp >= 0xff66 && cp <= 0xff9f);
}

static bool changes_to_or_from_katakana(const struct line *line, size_t at)
{
	return is_katakana(line->cps[at]) != is_katakana(beside(line, at, false));
}

static bool is_hebrew_quote(const struct line *line, size_t at)
{
	uint32_t before = beside(line, at, true);
	return (line->cps[at] == '\'' || line->cps[at] == '"') && before >= 0x5d0 &&
	       before <= 0x5ea;
}

static bool is_sign_with_mark(const struct line *line, size_t at)
{
	return char_class(line->cps[at]) == CHAR_MARK &&
	       char_class(beside(line, at, true)) == CHAR_SIGN;
}

static bool is_ideograph_with_mark(const struct line *line, size_t at)
{
	return char_class(line->cps[at]) == CHAR_MARK &&
	       char_class(beside(line, at, true)) == CHAR_IDEOGRAPH;
}

static bool joins_emoji(const struct line *line, size_t at)
{
	return line->cps[at] == 0x200d && char_class(beside(line, at, false)) == CHAR_OTHER;
}

static struct {
	const char *text;
	bool (*shows_at)(const struct line *line, size_t at);
	unsigned lines;
} reasons[] = {
	{"an underscore ends a word", is_underscore, 0},
	{"a hyphenated word is one word", joins_hyphenated, 0},
	{"a colon or full stop between letters ends a word", parts_letters, 0},
	{"a time of day is one word", joins_time, 0},
	{"Katakana letters end no word of another script", changes_to_or_from_katakana, 0},
	{"a quote behind a Hebrew letter is no part of the word", is_hebrew_quote, 0},
	{"a sign with a mark on it joins nothing", is_sign_with_mark, 0},
	{"a mark on an ideograph is no part of the word", is_ideograph_with_mark, 0},
	{"an emoji joined to a letter is no part of the word", joins_emoji, 0},
};

static unsigned agreeing;

/* Counts the first reason that the line shows. */
static bool has_reason(const struct line *line)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		for (size_t at = 0; at < line->count; at++) {
			if (reasons[i].shows_at(line, at)) {
				reasons[i].lines++;
				return true;
			}
		}
	}
	return false;
}

/* ---- comparison ---- */

static bool is_letter_or_number(uint32_t cp)
{
	enum char_class class = char_class(cp);
	return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_IDEOGRAPH;
}

/* Words end with what is seen: format characters at the end are in no surface of Lupe's. */
static void add_word(const uint32_t *cps, size_t count, struct buf *ret)
{
	while (count && char_class(cps[count - 1]) == CHAR_IGNORED)
		count--;
	buf_add_string(ret, ret->len ? " [" : "[");
	for (size_t i = 0; i < count; i++)
		buf_printf(ret, i ? " %04X" : "%04X", cps[i]);
	buf_add_byte(ret, ']');
}

static void print_expected(const struct line *line, struct buf *ret)
{
	size_t begin = 0;
	bool word = false;
	for (size_t i = 0; i < line->count; i++) {
		word |= is_letter_or_number(line->cps[i]);
		if (!line->break_before[i + 1])
			continue;
		if (word)
			add_word(line->cps + begin, i + 1 - begin, ret);
		begin = i + 1;
		word = false;
	}
}

static void print_actual(const struct line *line, struct buf *ret)
{
	BUF_SCOPED(text);
	struct tokeniser tokeniser;
	struct token token;
	char bytes[4];
	for (size_t i = 0; i < line->count; i++)
		buf_add(&text, bytes, utf8_put(line->cps[i], bytes));
	token_start(&tokeniser, buf_span(&text));
	while (token_next(&tokeniser, &token)) {
		uint32_t cps[MAX_CODE_POINTS];
		size_t count = 0, length;
		const char *end = token.surface.ptr + token.surface.len;
		for (const char *at = token.surface.ptr; at < end; at += length)
			cps[count++] = utf8_get(at, end, &length);
		add_word(cps, count, ret);
	}
}

void word_breaks_check(const struct row *row)
{
	struct line line;
	if (!parse_line(row->whole, &line)) {
		tap_report(false, row);
		printf("# not in the format of WordBreakTest.txt\n");
		return;
	}
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	print_expected(&line, &expected);
	print_actual(&line, &actual);
	if (span_equal(buf_span(&expected), buf_span(&actual)))
		agreeing++;
	else if (has_reason(&line))
		return;
	tap_compare(row, "words", buf_span(&expected), buf_span(&actual));
}

void word_breaks_finish(void)
{
	printf("# %u lines have the words of UAX #29\n", agreeing);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].lines)
			printf("# %u lines deviate: %s\n", reasons[i].lines, reasons[i].text);
}
