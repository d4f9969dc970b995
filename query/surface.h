/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How a word of the text answers a word of the query, and by which part of it.
 */
#ifndef LUPE_QUERY_SURFACE_H
#define LUPE_QUERY_SURFACE_H

#include "query/plan.h"

struct surface_match {
	bool found;
	bool as_written;     /**< stands as in the query, but for case and ß */
	uint32_t begin, end; /**< what answers, in bytes relative to the surface */
	enum via via;
};

/**
 * Matches a word of the text, which stands there as `surface` and has these terms, with word number
 * `number` of a hit of `words` words.
 */
struct surface_match surface_match(const struct leaf *leaf, size_t words, size_t number,
	const struct terms *terms, struct span surface);

#endif
