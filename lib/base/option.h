/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Command lines from a table: one row an option gives its parsing and its help.
 *
 * Parsing is getopt_long's (bundled letters, `--name=value`, unique beginnings of long names,
 * operands anywhere, `--`). A name that is nearly one of the table's is told as such. The table
 * feeds `--help`; completions and the check of the man page read the same rows. getopt_long keeps
 * its state in the process: one parser at a time.
 */
#ifndef LUPE_BASE_OPTION_H
#define LUPE_BASE_OPTION_H

#include <stdbool.h>
#include <stdio.h>

#include "lupe/status.h"

struct option_row {
	int id;               /**< what option_next returns; > 0, unique; a letter is its own id */
	char letter;          /**< 0 if it has none; not '?' or ':' */
	const char *name;     /**< long name without dashes; NULL if it has none */
	const char *argument; /**< "NUM": takes a value; "[WHEN]": may take one; NULL: takes none */
	const char *help;     /**< one line; NULL: accepted, not shown */
};

struct option_parser;
/** `rows` ends in a row of zeros and is borrowed, as is argv (permuted while parsing). `program` is
    named in the advice to see its `--help`; NULL: no advice. */
struct option_parser *option_start(
	const struct option_row *rows, int argc, char **argv, const char *program);
void option_free(struct option_parser *parser);
/**
 * The next option: LUPE_OK with its id and value (NULL if none, points into argv), LUPE_END when
 * only operands are left, LUPE_ERROR_ARGUMENT with a message naming the option.
 */
lupe_status option_next(
	struct option_parser *parser, int *ret_id, const char **ret_value, struct lupe_error *err);
/** The operands, after LUPE_END. */
char **option_operands(const struct option_parser *parser, int *ret_count);

/** The option lines of a help text, aligned. */
void option_print_help(const struct option_row *rows, FILE *out);
/** A non-negative decimal number. Errors: ARGUMENT, naming `what`. */
lupe_status option_number(
	const char *value, const char *what, unsigned long *ret, struct lupe_error *err);
/** A non-negative decimal fraction with a point, whatever the locale. Errors: ARGUMENT. */
lupe_status option_decimal(
	const char *value, const char *what, double *ret, struct lupe_error *err);

#endif
