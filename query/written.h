/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The words as written that an index holds.
 *
 * They are the exact forms, which stand in the dictionary where they differ from their stem, those
 * stems that are words themselves, and the stop words, which are listed whether or not they occur.
 * This is the one place that knows so: if exact forms are kept elsewhere one day, only it changes.
 */
#ifndef LUPE_QUERY_WRITTEN_H
#define LUPE_QUERY_WRITTEN_H

#include "lupe/xapian-c.h"
#include "query/pattern.h"

/** A word of the dictionary. */
struct written {
	struct span form;   /**< folded; without prefix */
	uint32_t documents; /**< that have it; of stems, in any form; of stop words, many */
	bool stem;          /**< a stem: perhaps a word too */
	bool stop;          /**< a stop word: perhaps in no document */
};

/** The words that match, the stems last unless there are more than `limit`. */
struct written_list {
	struct written *items; /**< in the arena */
	size_t count;          /**< the most frequent, if there are more than `limit` */
	size_t matching;       /**< how many there are */
};

lupe_status written_find(const struct pattern *pattern, size_t limit, xc_database *db,
	struct arena *arena, struct written_list *ret, struct lupe_error *err);

/** Something that words may begin with. */
struct beginning {
	struct span text;
	size_t of; /**< the caller's */
	bool found;
};

/** Whether words of the dictionary begin so; sorts the beginnings by their texts. */
lupe_status written_begin(
	struct beginning *beginnings, size_t count, xc_database *db, struct lupe_error *err);

#endif
