/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A whole query with its unknown words corrected (spell.h).
 */
#ifndef LUPE_QUERY_CORRECT_H
#define LUPE_QUERY_CORRECT_H

#include "query/parse.h"
#include "query/spell.h"

/**
 * Writes `query` into `ret` with a suggestion in place of each unknown word of the tree `root`,
 * words of phrases too; `ret` is empty if there is nothing to correct. Words to be found as
 * written (=Wort) and citations are left alone. `marks` becomes as long as `ret`;
 * its bytes are 1 where a suggestion stands, and else 0.
 */
lupe_status correct_query(struct spell *spell, struct span query, const struct node *root,
	struct buf *ret, struct buf *marks, struct lupe_error *err);

#endif
