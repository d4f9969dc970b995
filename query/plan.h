/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the tree of a query to what the store is asked.
 *
 * Every word and phrase of the tree becomes a leaf: the analyser's terms, arranged so that a
 * document can be asked for them (as a store query) and searched for their places (hits.h).
 *
 *   leaf EU-Länder          = sequence | sequence
 *     sequence 1: one slot    { "Jeuland", "euland" }
 *     sequence 2: two slots   { "eu" } { "land" }          next to each other
 */
#ifndef LUPE_QUERY_PLAN_H
#define LUPE_QUERY_PLAN_H

#include "lupe/xapian-c.h"
#include "query/parse.h"
#include "text/analyser.h"

/** Weight of a form as written beside its stem's. */
#define PLAN_EXACT_SCALE 0.1
/** Weight of one word of several that a blank-free query word holds (Bus/Bahn, a@b.de). */
#define PLAN_PIECE_SCALE 0.5

/** Terms of which any one may stand at a position. */
struct slot {
	struct span *terms; /**< with prefix, as in the database, all with positions */
	size_t term_count;
	struct span *forms; /**< folded surfaces: what `=` and the bonus for exactness compare */
	size_t form_count;
};

/** Slots at positions that follow each other. */
struct sequence {
	struct slot *slots;
	size_t slot_count;
};

struct leaf {
	size_t index; /**< in plan.leaves: `m` in JSON */
	struct span text;
	struct sequence *sequences;
	size_t sequence_count;
	bool phrase;   /**< was quoted: holds in every mode */
	bool exact;    /**< only as written */
	bool dropped;  /**< a stop word beside other words: neither asked for nor shown */
	bool negative; /**< below NICHT: nothing to show */
	double weight; /**< ln(1 + N / documents): how much a hit of it tells */
};

struct plan {
	struct node *root;
	struct leaf **leaves;
	size_t leaf_count;
	xc_query *all; /**< documents with all words; NULL if there is nothing to ask for */
	xc_query *any; /**< with any of them; NULL if that is the same */
	bool verify;   /**< `all` may match too much: hits_match decides on each document */
	struct xc_query **queries; /**< owned */
	size_t query_count, query_capacity;
};

/**
 * Makes a plan for `root` (may be NULL), which it completes with leaves. Everything but the store
 * queries is in `arena`. End with plan_done, after errors too.
 */
lupe_status plan_make(struct plan *ret, struct node *root, struct analyser *analyser,
	xc_database *db, struct arena *arena, struct lupe_error *err);
void plan_done(struct plan *plan);

/** Keeps a query for the life of the plan. */
xc_query *plan_keep(struct plan *plan, xc_query *query);

#endif
