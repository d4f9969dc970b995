/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Dates in German documents and in file names.
 *
 * Recognised: 2024-09-23, 23.09.2024, 23. September 2024, September 2024, and a bare year where
 * its surroundings say that it is a date. Years before 1949 and after the next one are no dates of
 * a document.
 */
#ifndef LUPE_INDEXER_DATE_H
#define LUPE_INDEXER_DATE_H

#include "base/span.h"

/** As precise as it is known: "2024-09-23", "2024-09" or "2024"; "" if it is not. */
struct date {
	char text[11];
};

/** The first date in the value of a field that holds a date; 2024-09 is one there, too. */
bool date_in_value(struct span value, struct date *ret);
/**
 * The date that a document's first 30 lines give for it: a line, or a cell between tabs, such as
 * "Lindenau, den 4. März 2019", "Stand: März 2021", "vom 3. Mai 2019", "Datum: 2019-05-14", or a
 * date alone. Dates within running text are none, nor are those of acts and letters referred to.
 */
bool date_in_first_lines(struct span text, struct date *ret);
/** The year in the title of a report or plan: "Sozialbericht 2024"; of "2019-2023" the last, of
    "Haushaltsplan 2024/2025" the first. */
bool date_in_title(struct span title, struct date *ret);
/**
 * The date of a document of which the day on which its file was made is known, and perhaps a date
 * that it gives itself. What it says of itself is true of the document, the other of a file that
 * may be a later conversion; so the latter counts only where it makes a year more precise. `own`
 * may be empty. True if the date of the file is taken.
 */
bool date_choose(const struct date *file, const struct date *own, struct date *ret);
/** Takes a date off the begin of `*s`; a year alone only by the second. */
bool date_take(struct span *s, struct date *ret);
bool date_take_year(struct span *s, struct date *ret);
/** A date in a file name: 2019-05-14, 2019_05_14, 20190514, 2019-05 or 2019. */
bool date_in_file_name(struct span name, struct date *ret);

#endif
