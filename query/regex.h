/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Regular expressions (-E): those of Perl, by PCRE2, case ignored, line by line.
 */
#ifndef LUPE_QUERY_REGEX_H
#define LUPE_QUERY_REGEX_H

#include "base/arena.h"
#include "lupe/status.h"

struct regex;

/** Compiles an expression in UTF-8. Errors: ARGUMENT, with the byte offset in the expression. */
lupe_status regex_new(struct span expression, struct regex **ret, struct lupe_error *err);
void regex_free(struct regex *regex);

/**
 * The first match in `text` (whole lines, valid UTF-8) that begins at `from` or later; it lies
 * within one line, and is not empty. LUPE_END: there is none. Errors: LIMIT, if the expression
 * needs too many steps.
 */
lupe_status regex_find(struct regex *regex, struct span text, size_t from, size_t *ret_begin,
	size_t *ret_end, struct lupe_error *err);

/**
 * A run of letters, in `ret` (room for the expression), that stands in every match within one word;
 * its length, 0 if none is known for certain.
 */
size_t regex_letters(struct span expression, char *ret);

#endif
