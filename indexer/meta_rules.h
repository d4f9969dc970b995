/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the configuration says of documents by their paths: `rat/ = body: Stadtrat`.
 *
 * Patterns are those of ignore.h; one that fits a folder holds for all in it. Of several rules that
 * fit, a later one wins, field by field.
 */
#ifndef LUPE_INDEXER_META_RULES_H
#define LUPE_INDEXER_META_RULES_H

#include "indexer/document.h"
#include "indexer/ignore.h"

struct meta_rule {
	struct ignore pattern;
	struct buf title, author, body; /**< empty: says nothing of it */
	struct date date;
};

/** Zero it first. */
struct meta_rules {
	struct meta_rule *items;
	size_t count, capacity;
};

void meta_rules_done(struct meta_rules *rules);
/** Adds `pattern` with fields such as `body: Stadtrat, year: 2019`. Errors: ARGUMENT, without the
    place. */
lupe_status meta_rules_add(
	struct meta_rules *rules, struct span pattern, struct span fields, struct lupe_error *err);
/** Sets the fields of a document that was read, at this path, in place of what it says itself. */
void meta_rules_apply(const struct meta_rules *rules, struct span path, struct document *document);

#endif
