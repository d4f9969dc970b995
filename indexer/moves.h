/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Files that are there again under another path: a file whose path is gone gives its entry and its
 * document to one that has the very same bytes (by their hash) and is of the same format.
 *
 * So it need not be read by a program, or recognised, again. Size, time and inode are not asked: a
 * move to another file system is one, too, and a new file that got the inode of a deleted one is
 * none.
 */
#ifndef LUPE_INDEXER_MOVES_H
#define LUPE_INDEXER_MOVES_H

#include "indexer/plan.h"

struct moves {
	struct entry *
		*items; /**< gone, and able to give what they have; in the order of their hash */
	size_t count;
};

/** Of the plan's gone entries, which must outlive `ret`. */
void moves_init(struct moves *ret, const struct plan *plan, bool retry_failed);
void moves_done(struct moves *moves);
/** An entry of this content whose file can have been moved to `path`, one of the same name if there
    is a choice; marks it as moved. NULL if there is none. One thread at a time. */
struct entry *moves_take(struct moves *moves, const struct hash128 *content, struct span path);

#endif
