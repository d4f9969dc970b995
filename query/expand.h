/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a word with wildcards is searched as.
 *
 * A pattern that ends in a star finds the words of the index that match it as written, in all
 * their inflections: haus* finds Hausordnung, and Häuser as a form of Haus. One that gives the end
 * of the word (*ung), or is asked for as written (=haus*), finds these forms alone: its slot is a
 * superset by stems, and the surfaces are compared with the pattern.
 */
#ifndef LUPE_QUERY_EXPAND_H
#define LUPE_QUERY_EXPAND_H

#include "query/pattern.h"
#include "query/plan.h"

enum { EXPAND_MOST = 1000 };

/**
 * Makes the slot of a pattern; its terms, sorted, have their documents counted. `*ret_matching` is
 * the number of words that match; more than EXPAND_MOST of them are not searched for, but for the
 * most frequent.
 */
lupe_status expand_pattern(const struct pattern *pattern, bool as_written,
	struct analyser *analyser, xc_database *db, struct arena *arena, struct slot *ret,
	size_t *ret_matching, struct lupe_error *err);

#endif
