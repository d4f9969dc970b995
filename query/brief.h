/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Words and phrases in a title or an author: short texts, without positions in the store.
 */
#ifndef LUPE_QUERY_BRIEF_H
#define LUPE_QUERY_BRIEF_H

#include "query/plan.h"

/** Whether the leaf stands in `text`: its words side by side, in their inflections, or as written
    if the leaf asks for that. */
bool brief_has(struct analyser *analyser, const struct leaf *leaf, struct span text);

#endif
