/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Rows of fields as CSV or TSV.
 *
 * CSV is RFC 4180's with line feeds; in TSV tabs and line ends within fields are blanks. A field
 * that a spreadsheet would take for a formula (one that begins with = + - @, a tab or a carriage
 * return) gets an apostrophe in front. Control bytes stay out.
 */
#ifndef LUPE_QUERY_TABLE_H
#define LUPE_QUERY_TABLE_H

#include <stdio.h>

#include "query/settings.h"

struct table {
	FILE *out;
	enum table_format format;
	size_t column; /* of the next field */
};

void table_field(struct table *table, struct span text);
void table_number(struct table *table, unsigned long long number);
/** The same, but empty if it is 0: unknown. */
void table_known(struct table *table, unsigned long long number);
void table_end_row(struct table *table);
/** A row of names, separated by blanks in `names`. */
void table_header(struct table *table, const char *names);

#endif
