/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * NAHE/n: which hits of some leaves stand near hits of others.
 *
 *   a NAHE/5 b NAHE/3 c      each operand is one leaf or several (ODER)
 *
 * Two hits are near if neither overlaps the other and from the end of the one to the begin of the
 * other are at most n words, in any order: side by side is 1. A chain holds where every operand is
 * near the next one.
 */
#ifndef LUPE_QUERY_NEAR_H
#define LUPE_QUERY_NEAR_H

#include "query/document.h"

/**
 * Of `hits`, in order of position, drops those of the leaves below the NODE_NEAR `node` that are in
 * no chain; returns how many are left.
 */
size_t near_filter(const struct node *node, struct hit *hits, size_t count);

#endif
