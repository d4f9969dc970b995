/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * One word or phrase of a query, through the analyser.
 */
#ifndef LUPE_QUERY_LEAF_H
#define LUPE_QUERY_LEAF_H

#include "query/plan.h"

/** The leaf of a word or phrase, without index and weight; NULL if its text holds no word. */
struct leaf *leaf_make(const struct node *node, struct analyser *analyser, struct arena *arena);

/** A leaf of one slot, without index and weight. */
struct leaf *leaf_of_slot(const struct node *node, struct slot slot, struct arena *arena);

/** A term as the store has it: `text` behind its prefix, in the arena. */
struct span term_prefixed(struct arena *arena, const char *prefix, struct span text);

/** True if it consists of stop words that are not written in capitals (`WIR 2.0` keeps its WIR). */
bool leaf_is_stop(const struct node *node, struct analyser *analyser);

#endif
