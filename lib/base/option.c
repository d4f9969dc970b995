/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines from a table, parsed by getopt_long. What getopt_long wants (a string of letters,
 * an array of names) is made from the rows; what it reports ('?', ':') is turned into messages
 * that name the option as it was typed.
 */
#include "base/option.h"

#include <assert.h>
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

struct option_parser {
	const struct option_row *rows;
	int argc;
	char **argv;
	const char *program;
	struct buf letters;
	struct option *names;
};

static int argument_kind(const struct option_row *row)
{
	if (!row->argument)
		return no_argument;
	return row->argument[0] == '[' ? optional_argument : required_argument;
}

struct option_parser *option_start(
	const struct option_row *rows, int argc, char **argv, const char *program)
{
	struct option_parser *parser = mem_zalloc(sizeof(*parser));
	parser->rows = rows;
	parser->argc = argc;
	parser->argv = argv;
	parser->program = program;

	/* The colon: a missing value is reported as ':', not as '?'. */
	buf_add_byte(&parser->letters, ':');
	size_t count = 0, capacity = 0;
	for (const struct option_row *row = rows; row->id; row++) {
		assert(row->id > 0 && row->id != '?' && row->id != ':');
		assert(!row->letter || row->letter == row->id);
		int kind = argument_kind(row);
		if (row->letter) {
			static const char *const colons[] = {"", ":", "::"};
			buf_add_byte(&parser->letters, row->letter);
			buf_add_string(&parser->letters, colons[kind]);
		}
		ARRAY_GROW(parser->names, count, capacity);
		if (row->name)
			parser->names[count++] = (struct option){row->name, kind, NULL, row->id};
	}
	ARRAY_GROW(parser->names, count, capacity);
	parser->names[count] = (struct option){0};

	optind = 0; /* glibc: forget the last command line */
	opterr = 0;
	return parser;
}

void option_free(struct option_parser *parser)
{
	if (!parser)
		return;
	buf_done(&parser->letters);
	free(parser->names);
	free(parser);
}

/* ---- messages ---- */

static const struct option_row *row_by_id(const struct option_row *rows, int id)
{
	for (; rows->id; rows++)
		if (rows->id == id)
			return rows;
	return NULL;
}

/* Letters added, left out, exchanged or swapped with their neighbour between two names. */
static size_t distance(struct span a, struct span b)
{
	enum { ROOM = 32 };
	size_t rows[3][ROOM + 1];
	if (a.len > ROOM || b.len > ROOM)
		return SIZE_MAX;
	for (size_t k = 0; k <= b.len; k++)
		rows[0][k] = k;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *now = rows[i % 3], *before = rows[(i + 2) % 3],
		       *earlier = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t k = 1; k <= b.len; k++) {
			size_t best = before[k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]);
			best = before[k] + 1 < best ? before[k] + 1 : best;
			best = now[k - 1] + 1 < best ? now[k - 1] + 1 : best;
			bool swapped = i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] &&
				       a.ptr[i - 2] == b.ptr[k - 1];
			if (swapped && earlier[k - 2] + 1 < best)
				best = earlier[k - 2] + 1;
			now[k] = best;
		}
	}
	return rows[a.len % 3][b.len];
}

/* The name that may have been meant: one letter wrong in short ones, two in long ones. */
static const char *nearest_name(const struct option_row *rows, struct span typed)
{
	const char *nearest = NULL;
	size_t least = typed.len > 5 ? 3 : 2;
	for (; rows->id; rows++) {
		size_t d = rows->name ? distance(typed, span_of(rows->name)) : SIZE_MAX;
		if (d < least) {
			least = d;
			nearest = rows->name;
		}
	}
	return nearest;
}

static lupe_status unknown(
	const struct option_parser *parser, struct span typed, struct lupe_error *err)
{
	const char *meant = span_starts(typed, SPAN("--"))
				    ? nearest_name(parser->rows, span_skip(typed, 2))
				    : NULL;
	if (meant)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"unknown option %.*s; did you mean --%s?", SPAN_ARG(typed), meant);
	if (!parser->program)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "unknown option %.*s", SPAN_ARG(typed));
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "unknown option %.*s; %s --help lists all",
		SPAN_ARG(typed), parser->program);
}

/* A long name that getopt_long knows not at all, or as the beginning of several. */
static lupe_status unknown_name(
	const struct option_parser *parser, const char *typed, struct lupe_error *err)
{
	struct span word = {typed, strcspn(typed, "=")};
	struct span name = span_starts(word, SPAN("--")) ? span_skip(word, 2) : word;
	BUF_SCOPED(names);
	for (const struct option_row *row = parser->rows; row->id; row++)
		if (name.len && row->name && span_starts(span_of(row->name), name))
			buf_printf(&names, "%s--%s", names.len ? ", " : "", row->name);
	if (!names.len)
		return unknown(parser, word, err);
	return lupe_fail(
		err, LUPE_ERROR_ARGUMENT, "option %.*s could be %s", SPAN_ARG(word), names.ptr);
}

/* A letter that is not in the table; a byte of something else is shown with all its argument. */
static lupe_status unknown_letter(const struct option_parser *parser, struct lupe_error *err)
{
	char typed[] = {'-', (char)optopt, '\0'};
	if (typed[1] > ' ' && typed[1] < 0x7f)
		return unknown(parser, span_of(typed), err);
	bool pending = optind < parser->argc && strchr(parser->argv[optind], typed[1]);
	return unknown(parser, span_of(parser->argv[pending ? optind : optind - 1]), err);
}

static lupe_status missing_value(const struct option_parser *parser, struct lupe_error *err)
{
	const struct option_row *row = row_by_id(parser->rows, optopt);
	bool long_form = row->name && span_starts(span_of(parser->argv[optind - 1]), SPAN("--"));
	if (long_form || !row->letter)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "option --%s needs a value", row->name);
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "option -%c needs a value", row->letter);
}

static lupe_status not_understood(const struct option_parser *parser, struct lupe_error *err)
{
	if (!optopt)
		return unknown_name(parser, parser->argv[optind - 1], err);
	/* A known option is refused only for a value that it does not take. */
	const struct option_row *row = row_by_id(parser->rows, optopt);
	if (row && row->name)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "option --%s takes no value", row->name);
	return unknown_letter(parser, err);
}

/* ---- parsing ---- */

lupe_status option_next(
	struct option_parser *parser, int *ret_id, const char **ret_value, struct lupe_error *err)
{
	int id = getopt_long(parser->argc, parser->argv, parser->letters.ptr, parser->names, NULL);
	if (id == -1)
		return LUPE_END;
	if (id == '?')
		return not_understood(parser, err);
	if (id == ':')
		return missing_value(parser, err);
	*ret_id = id;
	*ret_value = optarg;
	return LUPE_OK;
}

char **option_operands(const struct option_parser *parser, int *ret_count)
{
	*ret_count = parser->argc > optind ? parser->argc - optind : 0;
	return parser->argv + (parser->argc > optind ? optind : parser->argc);
}

lupe_status option_number(
	const char *value, const char *what, unsigned long *ret, struct lupe_error *err)
{
	unsigned long number = 0;
	for (const char *c = value; *c; c++) {
		unsigned long digit = (unsigned long)(*c - '0');
		if (*c < '0' || *c > '9')
			return lupe_fail(
				err, LUPE_ERROR_ARGUMENT, "%s: %s is not a number", what, value);
		if (number > (ULONG_MAX - digit) / 10)
			return lupe_fail(
				err, LUPE_ERROR_ARGUMENT, "%s: %s is too large", what, value);
		number = number * 10 + digit;
	}
	if (!*value)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: a number is missing", what);
	*ret = number;
	return LUPE_OK;
}

lupe_status option_decimal(const char *value, const char *what, double *ret, struct lupe_error *err)
{
	/* Mantissa and power of ten are exact in a double, so the quotient is the nearest one. */
	enum { MOST_DIGITS = 15 };
	double mantissa = 0, scale = 1;
	int digits = 0;
	bool point = false;
	for (const char *c = value; *c; c++) {
		if (*c == '.' && !point) {
			point = true;
			continue;
		}
		if (*c < '0' || *c > '9' || ++digits > MOST_DIGITS)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: %s is not a decimal number like 0.75", what, value);
		mantissa = mantissa * 10 + (*c - '0');
		scale *= point ? 10 : 1;
	}
	if (!digits)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: a number is missing", what);
	*ret = mantissa / scale;
	return LUPE_OK;
}

/* ---- help ---- */

/* "  -m, --max-count=NUM", "      --color[=WHEN]", "  -C NUM" */
static void print_forms(struct buf *line, const struct option_row *row)
{
	const char *argument = row->argument ? row->argument : "";
	bool optional = argument[0] == '[';
	buf_clear(line);
	if (row->letter)
		buf_printf(line, "  -%c%s", row->letter, row->name ? ", " : "");
	else
		buf_add_string(line, "      ");
	if (row->name)
		buf_printf(line, "--%s%s%s", row->name, optional ? "[=" : (*argument ? "=" : ""),
			optional ? argument + 1 : argument);
	else
		buf_printf(line, "%s%s", *argument && !optional ? " " : "", argument);
}

void option_print_help(const struct option_row *rows, FILE *out)
{
	enum { WIDEST_COLUMN = 30 };
	BUF_SCOPED(line);
	size_t column = 0;
	for (const struct option_row *row = rows; row->id; row++) {
		print_forms(&line, row);
		if (row->help && line.len > column && line.len <= WIDEST_COLUMN)
			column = line.len;
	}
	for (const struct option_row *row = rows; row->id; row++) {
		if (!row->help)
			continue;
		print_forms(&line, row);
		fputs(line.ptr, out);
		size_t filled = line.len;
		if (filled > column) {
			fputc('\n', out);
			filled = 0;
		}
		fprintf(out, "%*s  %s\n", (int)(column - filled), "", row->help);
	}
}
