/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How the matching documents spread over years, types and publishing bodies, counted exactly.
 */
#ifndef LUPE_QUERY_FACETS_H
#define LUPE_QUERY_FACETS_H

#include "lupe/xapian-c.h"
#include "query/document.h"

enum facet_kind { FACET_YEAR, FACET_TYPE, FACET_BODY, FACET_KINDS };
/** "year", "type", "body". */
const char *facet_name(enum facet_kind kind);

struct facet_value {
	struct span value; /**< year or type as the record has it; owned by the facets */
	size_t documents;
};

struct facet {
	struct facet_value *values; /**< years falling, others by documents */
	size_t count, capacity;
};

/** Zero it first; end with facets_done. */
struct facets {
	struct facet items[FACET_KINDS];
	size_t distinct; /**< number of different texts: results, if duplicates are collapsed */
	struct arena arena;
};

/** The slots a search has to count, and how many. */
const uint32_t *facets_slots(size_t *ret_count);
/** Takes what a search has counted in these. */
lupe_status facets_take(struct facets *facets, xc_matches *matches, struct lupe_error *err);
/** Counts an open document by its values; the caller counts `distinct`. */
lupe_status facets_count(struct facets *facets, struct document *document, struct lupe_error *err);
/** Brings the values in order, after all is counted. */
void facets_sort(struct facets *facets);
void facets_done(struct facets *facets);

#endif
