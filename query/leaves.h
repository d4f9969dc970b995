/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * All words and phrases of a query.
 */
#ifndef LUPE_QUERY_LEAVES_H
#define LUPE_QUERY_LEAVES_H

#include "query/plan.h"

/** Makes the leaves of plan->root, in the order of the query: completes the tree and plan->leaves.
    Errors: LIMIT if there are more than a search can take; the store's. */
lupe_status leaves_make(struct plan *plan, struct analyser *analyser, xc_database *db,
	struct arena *arena, struct lupe_error *err);

#endif
