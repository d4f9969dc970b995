/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which documents answer a plan, in which order.
 *
 * Ranking is BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and
 * Beyond"; Xapian's BM25Weight with k2 = 0), ties in the order of a hash of the path.
 */
#ifndef LUPE_QUERY_SEARCH_H
#define LUPE_QUERY_SEARCH_H

#include "query/document.h"

enum match_mode {
	MATCH_AUTO, /**< documents with all words first, then those with any */
	MATCH_ALL,
	MATCH_ANY,
};

struct search_options {
	enum match_mode match;
	double k1, b;
	size_t offset, limit; /**< of the ranked list; SIZE_MAX: no limit */
	xc_query *within;     /**< only documents it finds; NULL: all. Borrowed. */
	bool inverted;        /**< the documents that do not match, in any order (-L) */
};

/** k1 = 1.6, b = 0.8, all documents, MATCH_AUTO. */
void search_options_init(struct search_options *options);

struct result {
	uint32_t docid;
	double score;
	bool all; /**< has all words */
};

struct results {
	struct result *items; /**< the asked-for stretch of the list */
	size_t count;
	size_t total; /**< documents with all words (with any, under MATCH_ANY); exact */
};

/** `document` is used for verification. End with results_done, after errors too. */
lupe_status search_run(struct results *ret, xc_database *db, struct plan *plan,
	const struct search_options *options, struct document *document, struct lupe_error *err);
void results_done(struct results *results);

#endif
