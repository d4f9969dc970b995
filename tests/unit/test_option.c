/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command lines from a table: what is understood, and what is said of what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/option.h"

enum { OPT_COLOR = 256, OPT_COLUMNS, OPT_JSON };

static const struct option_row rows[] = {
	{'l', 'l', "files-with-matches", NULL, "print only the paths of documents with hits"},
	{'m', 'm', "max-count", "NUM", "stop after NUM hits in a document"},
	{OPT_COLOR, 0, "color", "[WHEN]", "mark hits: always, never or auto"},
	{OPT_COLUMNS, 0, "columns", "NUM", "width of the output"},
	{OPT_JSON, 0, "json", NULL, "one JSON object"},
	{'C', 'C', NULL, "NUM", "print NUM lines of context"},
	{'r', 'r', "recursive", NULL, NULL},
	{0},
};

/* Parses up to 6 words and writes what came out: "l m=3 | operand" or "error: ...". */
static const char *parse(struct buf *out, const char *const *words)
{
	char *argv[8] = {(char *)"lupe"};
	int argc = 1;
	for (; words[argc - 1]; argc++)
		argv[argc] = (char *)words[argc - 1];
	struct option_parser *parser = option_start(rows, argc, argv, "lupe");
	struct lupe_error err;
	const char *value;
	lupe_status st;
	int id;
	buf_clear(out);
	while ((st = option_next(parser, &id, &value, &err)) == LUPE_OK) {
		if (id < 256)
			buf_printf(out, "%c", id);
		else
			buf_printf(out, "%d", id - 256);
		buf_printf(out, value ? "=%s " : " ", value);
	}
	if (st < 0) {
		assert_int_equal(st, LUPE_ERROR_ARGUMENT);
		buf_printf(out, "error: %s", err.message);
	} else {
		int count;
		char **operands = option_operands(parser, &count);
		buf_add_string(out, "|");
		for (int i = 0; i < count; i++)
			buf_printf(out, " %s", operands[i]);
		assert_null(operands[count]);
	}
	option_free(parser);
	return buf_string(out);
}

#define PARSE(...) parse(&out, (const char *const[]){__VA_ARGS__, NULL})

static void letters_may_be_bundled_and_values_attached(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("-lm3", "-C", "2", "Kurs"), "l m=3 C=2 | Kurs");
}

static void long_names_take_values_and_may_be_shortened(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("--max-count=3", "--js", "--columns", "80"), "m=3 2 1=80 |");
	assert_string_equal(PARSE("--color", "auto"), "0 | auto");
	assert_string_equal(PARSE("--color=auto"), "0=auto |");
}

static void operands_may_stand_anywhere_and_two_dashes_end_options(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("Kurs", "-l", "--", "-m", "-"), "l | Kurs -m -");
	assert_string_equal(PARSE(NULL), "|");
}

static void an_unknown_option_is_named_as_typed(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(
		PARSE("--colour=x"), "error: unknown option --colour; did you mean --color?");
	assert_string_equal(PARSE("--column-width"),
		"error: unknown option --column-width; lupe --help lists all");
	assert_string_equal(PARSE("--jsno"), "error: unknown option --jsno; did you mean --json?");
	assert_string_equal(PARSE("--max-cuont=3"),
		"error: unknown option --max-cuont; did you mean --max-count?");
	assert_string_equal(PARSE("-lx"), "l error: unknown option -x; lupe --help lists all");
	assert_string_equal(PARSE("-x"), "error: unknown option -x; lupe --help lists all");
	assert_string_equal(PARSE("--=x"), "error: unknown option --; lupe --help lists all");
	assert_string_equal(PARSE("a", "-?"), "error: unknown option -?; lupe --help lists all");
	assert_string_equal(PARSE("-:"), "error: unknown option -:; lupe --help lists all");
}

static void a_letter_that_is_not_ascii_is_shown_whole(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(
		PARSE("-\xC3\xA4"), "error: unknown option -\xC3\xA4; lupe --help lists all");
	assert_string_equal(
		PARSE("-l\xE4"), "l error: unknown option -l\xE4; lupe --help lists all");
}

static void a_missing_value_names_the_option_as_typed(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("--max-count"), "error: option --max-count needs a value");
	assert_string_equal(PARSE("-lm"), "l error: option -m needs a value");
	assert_string_equal(PARSE("-C"), "error: option -C needs a value");
}

static void a_value_too_many_is_refused(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("--json=3"), "error: option --json takes no value");
	assert_string_equal(
		PARSE("--files=3"), "error: option --files-with-matches takes no value");
}

static void an_ambiguous_beginning_lists_what_it_could_be(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	assert_string_equal(PARSE("--col=3"), "error: option --col could be --color, --columns");
}

static void a_number_is_decimal_and_fits(void **state)
{
	(void)state;
	struct lupe_error err;
	unsigned long number;
	assert_int_equal(option_number("18446744073709551615", "--limit", &number, &err), LUPE_OK);
	assert_true(number == 18446744073709551615UL);
	assert_int_equal(option_number("18446744073709551616", "--limit", &number, &err),
		LUPE_ERROR_ARGUMENT);
	assert_string_equal(err.message, "--limit: 18446744073709551616 is too large");
	static const char *const wrong[] = {"-1", "+1", " 1", "1 ", "0x10", "zehn", "1e3"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(
			option_number(wrong[i], "--limit", &number, &err), LUPE_ERROR_ARGUMENT);
	assert_string_equal(err.message, "--limit: 1e3 is not a number");
	assert_int_equal(option_number("", "--limit", &number, &err), LUPE_ERROR_ARGUMENT);
	assert_string_equal(err.message, "--limit: a number is missing");
}

static void a_decimal_has_a_point_in_every_locale(void **state)
{
	(void)state;
	struct lupe_error err;
	double number;
	setlocale(LC_ALL, "de_DE.UTF-8");
	assert_int_equal(option_decimal("0.75", "--b", &number, &err), LUPE_OK);
	assert_true(number == 0.75);
	assert_int_equal(option_decimal("1.2", "--k1", &number, &err), LUPE_OK);
	assert_true(number == 1.2);
	assert_int_equal(option_decimal(".5", "--b", &number, &err), LUPE_OK);
	assert_true(number == .5);
	static const char *const wrong[] = {"", ".", "0,5", "-1", "1.2.3", "nan", "1e5"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(
			option_decimal(wrong[i], "--b", &number, &err), LUPE_ERROR_ARGUMENT);
	assert_string_equal(err.message, "--b: 1e5 is not a decimal number like 0.75");
}

static void the_help_is_aligned_and_leaves_out_rows_without_help(void **state)
{
	(void)state;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	option_print_help(rows, out);
	fclose(out);
	assert_string_equal(text,
		"  -l, --files-with-matches  print only the paths of documents with hits\n"
		"  -m, --max-count=NUM       stop after NUM hits in a document\n"
		"      --color[=WHEN]        mark hits: always, never or auto\n"
		"      --columns=NUM         width of the output\n"
		"      --json                one JSON object\n"
		"  -C NUM                    print NUM lines of context\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_may_be_bundled_and_values_attached),
		cmocka_unit_test(long_names_take_values_and_may_be_shortened),
		cmocka_unit_test(operands_may_stand_anywhere_and_two_dashes_end_options),
		cmocka_unit_test(an_unknown_option_is_named_as_typed),
		cmocka_unit_test(a_letter_that_is_not_ascii_is_shown_whole),
		cmocka_unit_test(a_missing_value_names_the_option_as_typed),
		cmocka_unit_test(a_value_too_many_is_refused),
		cmocka_unit_test(an_ambiguous_beginning_lists_what_it_could_be),
		cmocka_unit_test(a_number_is_decimal_and_fits),
		cmocka_unit_test(a_decimal_has_a_point_in_every_locale),
		cmocka_unit_test(the_help_is_aligned_and_leaves_out_rows_without_help),
	};
	return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
