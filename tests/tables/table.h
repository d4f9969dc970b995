/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Tables of cases, and the report on them in TAP (testanything.org).
 *
 * A table is text: a case a line, columns apart by " | ", `#` at the beginning of a line starts a
 * comment. In columns \n, \t, \\ and \u00ad (four hexadecimal digits) are escapes.
 */
#ifndef LUPE_TESTS_TABLE_H
#define LUPE_TESTS_TABLE_H

#include <stdio.h>

#include "base/buf.h"

enum { TABLE_MAX_COLUMNS = 8 };

/** One case; the columns are as written, and valid as long as the table's text. */
struct row {
	unsigned line;
	struct span whole;
	struct span columns[TABLE_MAX_COLUMNS];
	size_t column_count;
};

/** The next case of a table whose unread text is `*rest`; false at the end. `*line` counts. */
bool table_next(struct span *rest, unsigned *line, struct row *ret);
/** Splits a line of tab separated values. */
void table_split_tabs(struct span whole, unsigned line, struct row *ret);

/** Appends `column` with its escapes replaced. */
void table_unescape(struct span column, struct buf *ret);
/** Appends `text` such that it can be put into a table. */
void table_escape(struct span text, struct buf *ret);

/** Takes what is before the next blank off `*rest`; false if only blanks are left. */
bool table_take_word(struct span *rest, struct span *ret);

/** Reports a test named after `row`. */
void tap_report(bool passed, const struct row *row);
/** The same, and shows both where they differ. */
void tap_compare(const struct row *row, const char *what, struct span expected, struct span actual);
/** Ends the report: the plan. */
void tap_finish(void);

#endif
