/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What is asked: the queries of a command line or one of a batch, parsed and corrected.
 */
#ifndef LUPE_QUERY_REQUEST_H
#define LUPE_QUERY_REQUEST_H

#include "query/settings.h"
#include "query/spell.h"

struct request {
	struct span input;        /**< the (first) query as typed, in UTF-8 */
	struct node *root;        /**< of all queries; NULL if they hold nothing to search for */
	struct notice *notices;   /**< of the first query */
	struct span did_you_mean; /**< the first query with unknown words corrected; or empty */
	bool told;                /**< the error has been printed */
	bool corrected;           /**< whether that is what is searched */
};

/**
 * Reads `count` patterns. Notices and corrections are told on stderr, but for JSON, which carries
 * them. Everything is in `arena`. Errors: ARGUMENT under --strict-query, the store's.
 */
lupe_status request_read(struct request *ret, const char *const *patterns, size_t count,
	const struct settings *settings, struct spell *spell, struct arena *arena,
	struct lupe_error *err);

/** Adds notices that came about behind the parser (plan.notices), and tells them. */
void request_add_notices(
	struct request *request, const struct settings *settings, struct notice *notices);

#endif
