/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which documents answer a plan, in which order.
 *
 * Ranking is BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and
 * Beyond"; Xapian's BM25Weight with k2 = 0), ties in the order of a hash of the path.
 */
#ifndef LUPE_QUERY_SEARCH_H
#define LUPE_QUERY_SEARCH_H

#include "query/facets.h"

enum match_mode {
	MATCH_AUTO, /**< documents with all words first, then those with any */
	MATCH_ALL,
	MATCH_ANY,
};

enum sort_order {
	SORT_RELEVANCE,
	SORT_DATE, /**< the newest first, those without a date last */
	SORT_PATH,
};

struct search_options {
	enum match_mode match;
	double k1, b;
	size_t offset, limit; /**< of the ranked list; SIZE_MAX: no limit */
	xc_query *within;     /**< only documents it finds; NULL: all. Borrowed. */
	enum sort_order sort;
	bool collapse; /**< of documents with the same text only the first */
	bool facets;   /**< count the values of what matches, and the results */
	bool inverted; /**< the documents that do not match, in any order (-L) */
};

/** k1 = 1.6, b = 0.8, all documents, MATCH_AUTO, SORT_RELEVANCE. */
void search_options_init(struct search_options *options);

struct result {
	uint32_t docid;
	double score;
	bool all; /**< has all words */
};

struct results {
	struct result *items; /**< the asked-for stretch of the list */
	size_t count;
	size_t total;         /**< documents with all words (with any, under MATCH_ANY); exact */
	struct facets facets; /**< of these, if asked for */
};

/** `document` is used for verification. End with results_done, after errors too. */
lupe_status search_run(struct results *ret, xc_database *db, struct plan *plan,
	const struct search_options *options, struct document *document, struct lupe_error *err);
void results_done(struct results *results);

#endif
