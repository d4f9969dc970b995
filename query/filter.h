/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which documents are searched at all: paths, types, dates and names, from the command line.
 */
#ifndef LUPE_QUERY_FILTER_H
#define LUPE_QUERY_FILTER_H

#include "query/dates.h"
#include "query/paths.h"

/** A list of strings, borrowed. */
struct strings {
	const char **items;
	size_t count, capacity;
};
void strings_add(struct strings *strings, const char *string);

struct filter {
	struct strings types;    /**< -t: names like "pdf", or media types; any of them */
	struct strings includes; /**< --include: globs, any of them; none: everything */
	struct strings excludes; /**< --exclude: globs, none of them */
	const char *body;        /**< --body: that published it; NULL: any */
	struct dates dates;      /**< --since, --until */
};
void filter_done(struct filter *filter);

/** Reads one date as --since or --until. Errors: ARGUMENT. */
lupe_status filter_read_date(
	struct filter *filter, const char *value, bool until, struct lupe_error *err);
/** Checks a name of a type. Errors: ARGUMENT, listing the names. */
lupe_status filter_check_type(const char *name, struct lupe_error *err);
/** Names of types for -t, separated by blanks. */
const char *filter_type_names(void);
/** The short name of a media type, "pdf"; itself if it has none. */
struct span filter_type_name(struct span type);

/**
 * The documents that pass the filter, of those that `paths` finds (NULL: all); NULL if all do. The
 * caller frees it. `paths` is borrowed.
 */
lupe_status filter_query(const struct filter *filter, xc_database *db, const xc_query *paths,
	xc_query **ret, struct lupe_error *err);

#endif
