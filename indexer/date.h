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

/** As precise as it is known: "2024-09-23", "2024-09" or "2024". */
struct date {
	char text[11];
};

/** The first date in the value of a field that holds a date. */
bool date_in_value(struct span value, struct date *ret);
/**
 * The date that a document's first 30 lines give for it: a line such as "Lindenau, den 4. März
 * 2019", "Stand: März 2021", "vom 3. Mai 2019", "Datum: 2019-05-14", or a date alone. Dates within
 * running text are none.
 */
bool date_in_first_lines(struct span text, struct date *ret);
/** A date in a file name: 2019-05-14, 2019_05_14, 20190514, 2019-05 or 2019. */
bool date_in_file_name(struct span name, struct date *ret);

#endif
