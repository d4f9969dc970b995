/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The inside of plan making: shared by plan.c and plan_field.c, nobody else.
 */
#ifndef LUPE_QUERY_PLAN_INTERNAL_H
#define LUPE_QUERY_PLAN_INTERNAL_H

#include "query/plan.h"

/* A step of plan making; the first error ends it. */
struct planner {
	struct plan *plan;
	xc_database *db;
	struct arena *arena;
	struct weights weights;
	bool any; /* building the query for any of the words */
	lupe_status status;
	struct lupe_error *err;
};

typedef lupe_status (*combine_function)(
	const xc_query *const *, size_t, xc_query **, struct lupe_error *);

/* Queries below are kept by the plan; NULL is a query that is not there. */
xc_query *planner_keep(struct planner *p, lupe_status status, xc_query *query);
xc_query *planner_term(struct planner *p, struct span term);
xc_query *planner_everything(struct planner *p);
/* NULLs among `subs` are passed over; one sub is itself; none is NULL. */
xc_query *planner_combine(
	struct planner *p, combine_function combine, xc_query *const *subs, size_t count);
/* What finds nothing, in place of NULL. */
xc_query *planner_or_nothing(struct planner *p, xc_query *query);

/* A word or phrase in the title or the author; may find too much (node->loose). */
xc_query *planner_field(struct planner *p, const struct leaf *leaf);
/* A NODE_FILTER, exactly. */
xc_query *planner_filter(struct planner *p, const struct node *node);
/* The documents that a query finds. */
lupe_status planner_list(struct planner *p, const xc_query *query, struct docids *ret);
/* For a plan that is verified: the documents that each NODE_FILTER below `node` finds. */
lupe_status planner_settle_filters(struct planner *p, struct node *node);

#endif
