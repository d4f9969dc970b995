/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares the tokeniser with UAX #29. Lines that show one of Lupe's own rules (token.h) are left
 * out, each with its reason, and counted.
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

/* ---- lines that are left out ---- */

static bool is_ignorable(uint32_t cp)
{
	enum char_class class = char_class(cp);
	return class == CHAR_MARK || class == CHAR_IGNORED;
}

/* The class of the next character before or behind `at` that is no mark. */
static enum char_class class_beside(const struct line *line, size_t at, bool before)
{
	while (before ? at > 0 : at + 1 < line->count) {
		at = before ? at - 1 : at + 1;
		if (!is_ignorable(line->cps[at]))
			return char_class(line->cps[at]);
	}
	return CHAR_SPACE;
}

static bool is_between(const struct line *line, uint32_t cp, enum char_class class)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->cps[i] == cp && class_beside(line, i, true) == class &&
			class_beside(line, i, false) == class)
			return true;
	return false;
}

static bool has_underscore(const struct line *line)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->cps[i] == '_')
			return true;
	return false;
}

static bool has_hyphenated_word(const struct line *line)
{
	return is_between(line, '-', CHAR_LETTER);
}

static bool has_sign_between_letters(const struct line *line)
{
	return is_between(line, ':', CHAR_LETTER) || is_between(line, '.', CHAR_LETTER);
}

static bool has_time(const struct line *line)
{
	return is_between(line, ':', CHAR_DIGIT);
}

static struct {
	const char *reason;
	bool (*applies)(const struct line *line);
	unsigned lines;
} exceptions[] = {
	{"an underscore ends a word", has_underscore, 0},
	{"a hyphenated word is one word", has_hyphenated_word, 0},
	{"a colon or full stop between letters ends a word", has_sign_between_letters, 0},
	{"a time of day is one word", has_time, 0},
};

static unsigned compared;

static bool is_left_out(const struct line *line)
{
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		if (exceptions[i].applies(line)) {
			exceptions[i].lines++;
			return true;
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
	struct span surface;
	char bytes[4];
	for (size_t i = 0; i < line->count; i++)
		buf_add(&text, bytes, utf8_put(line->cps[i], bytes));
	token_start(&tokeniser, buf_span(&text));
	while (token_next(&tokeniser, &surface)) {
		uint32_t cps[MAX_CODE_POINTS];
		size_t count = 0, length;
		for (const char *at = surface.ptr; at < surface.ptr + surface.len; at += length)
			cps[count++] = utf8_get(at, surface.ptr + surface.len, &length);
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
	if (is_left_out(&line))
		return;
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	print_expected(&line, &expected);
	print_actual(&line, &actual);
	compared++;
	tap_compare(row, "words", buf_span(&expected), buf_span(&actual));
}

void word_breaks_finish(void)
{
	printf("# %u lines compared\n", compared);
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++)
		printf("# %u lines left out: %s\n", exceptions[i].lines, exceptions[i].reason);
}
