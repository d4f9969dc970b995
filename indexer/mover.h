/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A stored document, as it would be had its file been read at another path.
 *
 * Most of it does not depend on the path. What does is made anew: its name, folders, order, and
 * fields that came from the file's name or from rules by path (`enum origin`). Only where a field
 * of the file itself was overruled, and is not any more, the file must be read again.
 */
#ifndef LUPE_INDEXER_MOVER_H
#define LUPE_INDEXER_MOVER_H

#include "indexer/catalog.h"
#include "indexer/document.h"
#include "indexer/meta_rules.h"

struct mover;

/** For one thread. `database` is borrowed. */
struct mover *mover_new(xc_database *database);
void mover_free(struct mover *mover);

/** What is to be done with a document, in `document` or by `edit`. */
struct moved {
	uint32_t docid;
	const struct xc_edit *edit; /**< all that changes; NULL: the terms do, see `document` */
};

/**
 * Makes `document` what the document of `from` is at the path `to`: all of it if it must be
 * analysed again, else its fields. `rules` may be NULL. `ret` is valid until the next call.
 * LUPE_END: the file has to be read. Errors: those of the store.
 */
lupe_status mover_read(struct mover *mover, const struct entry *from, struct span to,
	const struct meta_rules *rules, struct document *document, struct moved *ret,
	struct lupe_error *err);

#endif
