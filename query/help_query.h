/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The grammar of queries on a page (lupe --help-query).
 */
#ifndef LUPE_QUERY_HELP_QUERY_H
#define LUPE_QUERY_HELP_QUERY_H

#include <stdbool.h>
#include <stdio.h>

/** Prints the page; lines that begin with two blanks are examples, up to the next two blanks. */
void help_query_print(FILE *out, bool german);

#endif
