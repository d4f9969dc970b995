/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Norms, numbers, dates: each row of norms.txt is a test. `test-norm TEXT...` prints the rows of
 * texts instead, to be read and put into the table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "text/norm.h"
#include "text/utf8.h"

enum { COLUMNS = 5, MAX_ROWS = 1000, MAX_TABLE_BYTES = 1 << 20 };

static const char context_mark[] = "\u00a6"; /* ¦ */

/* ---- a norm as a row ---- */

static void print_forms(const struct norm *norm, enum norm_form_kind kind, struct buf *ret)
{
	for (size_t i = 0; i < norm->form_count; i++) {
		const struct norm_form *form = &norm->forms[i];
		if (form->kind == kind)
			buf_printf(ret, "%s%s ", form->text, form->word ? "~" : "");
	}
}

static void print_terms(const struct norm *norm, struct buf *ret)
{
	struct norm_terms terms;
	struct norm_term term;
	const char *separator = "";
	norm_terms_start(&terms, norm);
	while (norm_terms_next(&terms, &term)) {
		buf_printf(ret, term.indexed ? "%s%.*s%s" : "%s(%.*s)%s", separator,
			SPAN_ARG(term.text), term.asked ? "*" : "");
		separator = ", ";
	}
}

static void escape(struct span text, struct buf *ret)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n')
			buf_add_string(ret, "\\n");
		else if (i + 1 < text.len && memcmp(text.ptr + i, "\u00a0", 2) == 0)
			buf_add_string(ret, "\\_"), i++;
		else
			buf_add_byte(ret, text.ptr[i]);
}

static void unescape(struct span text, struct buf *ret)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\\' || i + 1 == text.len)
			buf_add_byte(ret, text.ptr[i]);
		else if (text.ptr[++i] == 'n')
			buf_add_byte(ret, '\n');
		else if (text.ptr[i] == '_')
			buf_add_string(ret, "\u00a0");
		else if (text.ptr[i] == '-')
			buf_add_string(ret, "\u00ad");
		else if (text.ptr[i] == '.')
			buf_add_string(ret, "\u202f");
}

static void print_row(struct span text, struct buf *ret)
{
	struct norm norm;
	if (!norm_read(text.ptr, text.ptr + text.len, &norm)) {
		escape(text, ret);
		buf_add_string(ret, " | -");
		return;
	}
	escape((struct span){text.ptr, norm.context_len}, ret);
	if (norm.context_len < text.len)
		buf_add_string(ret, context_mark);
	escape(span_skip(text, norm.context_len), ret);
	buf_add_string(ret, " | ");
	escape((struct span){text.ptr, norm.surface_len}, ret);
	buf_add_string(ret, " | ");
	print_forms(&norm, NORM_EXACT, ret);
	buf_add_string(ret, "| ");
	print_forms(&norm, NORM_PART, ret);
	buf_add_string(ret, "| ");
	print_terms(&norm, ret);
}

/* ---- the table ---- */

struct row {
	struct span line;
	unsigned number;
};

/* A row as print_row would write it: blanks and escapes in one way. */
static void normal_row(struct span line, struct buf *text, struct buf *ret)
{
	struct span rest = line;
	size_t column = 0;
	for (const char *at = line.ptr, *end = at + line.len; at <= end; at++) {
		if (at < end && (*at != '|' || at == line.ptr || at[-1] != ' '))
			continue;
		struct span cell = span_trim(span_from(rest.ptr, at));
		rest.ptr = at + 1;
		if (column == 0) {
			BUF_SCOPED(plain);
			unescape(cell, &plain);
			const char *begin = buf_string(&plain), *mark = strstr(begin, context_mark);
			buf_add(text, begin, mark ? (size_t)(mark - begin) : plain.len);
			if (mark)
				buf_add_string(text, mark + strlen(context_mark));
			escape(buf_span(&plain), ret);
		} else {
			BUF_SCOPED(plain);
			unescape(cell, &plain);
			buf_add_string(ret, column == 1 || cell.len ? " | " : " |");
			escape(buf_span(&plain), ret);
		}
		column++;
	}
	for (; column > 1 && column < COLUMNS && ret->ptr[ret->len - 1] != '-'; column++)
		buf_add_string(ret, " |");
}

/* print_row leaves a blank before each bar; the table may have any number of them. */
static void squeeze(struct buf *row)
{
	BUF_SCOPED(copy);
	for (size_t i = 0; i < row->len; i++)
		if (row->ptr[i] != ' ' || (copy.len && copy.ptr[copy.len - 1] != ' '))
			buf_add_byte(&copy, row->ptr[i]);
	struct span trimmed = span_trim(buf_span(&copy));
	buf_clear(row);
	buf_add_span(row, trimmed);
}

static void check_row(void **state)
{
	const struct row *row = *state;
	BUF_SCOPED(text);
	BUF_SCOPED(expected);
	BUF_SCOPED(found);
	normal_row(row->line, &text, &expected);
	/* in memory of its very size: reading beyond it is noticed */
	char *copy = mem_alloc(text.len + !text.len);
	memcpy(copy, buf_string(&text), text.len);
	print_row((struct span){copy, text.len}, &found);
	free(copy);
	squeeze(&expected);
	squeeze(&found);
	if (strcmp(buf_string(&expected), buf_string(&found)) != 0) {
		print_message("# line %u\n", row->number);
		assert_string_equal(buf_string(&found), buf_string(&expected));
	}
}

static size_t read_table(struct span text, struct row *rows, struct CMUnitTest *tests)
{
	size_t count = 0;
	unsigned number = 0;
	while (text.ptr && count < MAX_ROWS) {
		struct span line = span_trim(span_take(&text, '\n'));
		number++;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		char *name = mem_alloc(line.len + 1);
		for (size_t i = 0; i < line.len; i++)
			name[i] = line.ptr[i] == '#' ? ' ' : line.ptr[i];
		name[line.len] = '\0';
		rows[count] = (struct row){line, number};
		tests[count] = (struct CMUnitTest){
			.name = name, .test_func = check_row, .initial_state = &rows[count]};
		count++;
	}
	return count;
}

/* ---- more than the table can say ---- */

static void a_long_range_is_capped(void **state)
{
	(void)state;
	struct norm norm;
	struct norm_terms terms;
	struct norm_term term;
	size_t count = 0;
	struct span text = SPAN("\u00a7\u00a7 1 bis 2385 BGB");
	assert_true(norm_read(text.ptr, text.ptr + text.len, &norm));
	norm_terms_start(&terms, &norm);
	while (norm_terms_next(&terms, &term))
		count++;
	assert_int_equal(count, 1 + 2 + 2 * NORM_MAX_MEMBERS); /* act, range, members */
}

static void acts_are_named_in_many_ways(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"AufenthG", "aufenthg"}, {"aufenthg", "aufenthg"},
		{"Aufenthaltsgesetz", "aufenthg"}, {"des Aufenthaltsgesetzes", "aufenthg"},
		{"SGB II", "sgb2"}, {"sgb 2", "sgb2"}, {"Zweites Buch Sozialgesetzbuch", "sgb2"},
		{"Sozialgesetzbuch Zweites Buch", "sgb2"}, {"Bürgerliches Gesetzbuch", "bgb"},
		{"DS-GVO", "dsgvo"}, {"Verordnung (EU) 2016/679", "dsgvo"}, {"GO NRW", "go-nrw"},
		{"Grundgesetz", "gg"}, {"Weltkrieg", ""}, {"", ""}, {"BGB und mehr", ""}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char key[NORM_LAW_BYTES];
		size_t len = norm_law(span_of(rows[i][0]), key);
		assert_int_equal(len, strlen(rows[i][1]));
		assert_memory_equal(key, rows[i][1], len);
	}
}

static int run_table(struct span text)
{
	static struct row rows[MAX_ROWS];
	static struct CMUnitTest tests[MAX_ROWS + 2];
	size_t count = read_table(text, rows, tests), own = count;
	tests[own++] = (struct CMUnitTest)cmocka_unit_test(a_long_range_is_capped);
	tests[own++] = (struct CMUnitTest)cmocka_unit_test(acts_are_named_in_many_ways);
	int failed = _cmocka_run_group_tests("norm", tests, own, NULL, NULL);
	for (size_t i = 0; i < count; i++)
		free((char *)(uintptr_t)tests[i].name);
	return failed;
}

int main(int argc, char **argv)
{
	struct lupe_error err;
	BUF_SCOPED(path);
	BUF_SCOPED(table);
	const char *source = getenv("LUPE_SOURCE");
	for (int i = 1; i < argc; i++) {
		BUF_SCOPED(row);
		BUF_SCOPED(text);
		unescape(span_of(argv[i]), &text);
		print_row(buf_span(&text), &row);
		puts(buf_string(&row));
	}
	if (argc > 1)
		return 0;
	buf_printf(&path, "%s/tests/unit/norms.txt", source ? source : ".");
	if (file_read(buf_string(&path), MAX_TABLE_BYTES, &table, &err) != LUPE_OK) {
		printf("Bail out! %s\n", err.message);
		return 1;
	}
	return run_table(buf_span(&table));
}
