/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Stretches of time, for jahr:, datum:, --since and --until.
 *
 * A document's date may be a day, a month or a year. It lies in a stretch if the two overlap: a
 * document of "2024" is found by 2024-05, for it may be of May.
 */
#ifndef LUPE_QUERY_DATES_H
#define LUPE_QUERY_DATES_H

#include "base/span.h"
#include "lupe/xapian-c.h"

enum { DATE_DIGITS = 8 };

/** From the first day to the last, both included, as "20240501"; open ends are empty. */
struct dates {
	char from[DATE_DIGITS + 1];
	char to[DATE_DIGITS + 1];
};

/**
 * Reads a date, a comparison or a range; false if `text` is none:
 *
 *   2019   2019-05   2019-05-14   05.2019   14.5.2019
 *   >2019   >=2019-05   <2019   <=2019      2015..2019   2015..   ..2019   2015-2019 (years only)
 */
bool dates_read(struct span text, struct dates *ret);
/** Reads one date as the first day of a stretch, or as its last day; leaves the other end alone. */
bool dates_read_since(struct span date, struct dates *ret);
bool dates_read_until(struct span date, struct dates *ret);

/** Whether a document with this date, "2024-09-23", "2024-09", "2024" or without the hyphens, lies
    in it; one without a date never does. */
bool dates_hold(const struct dates *dates, struct span date);

/** The documents whose SLOT_DATE lies in it, of weight 0; the caller's. */
lupe_status dates_query(const struct dates *dates, xc_query **ret, struct lupe_error *err);

#endif
