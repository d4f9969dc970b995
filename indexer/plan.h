/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a run has to do: the files found, held against the catalog.
 */
#ifndef LUPE_INDEXER_PLAN_H
#define LUPE_INDEXER_PLAN_H

#include "indexer/catalog.h"
#include "indexer/report.h"
#include "indexer/roots.h"

/** A file to be read. */
struct work {
	const struct found *file; /**< points into the walk */
	struct entry *entry;      /**< points into the catalog; not known yet if the file is new */
	const struct entry *was;  /**< gone, and by its inode, size and time this file; or NULL */
};

struct plan {
	struct work *files; /**< in the order of the walk */
	size_t file_count, file_capacity;
	uint64_t bytes;      /**< of these files */
	struct entry **gone; /**< entries whose file is gone; point into the catalog */
	size_t gone_count, gone_capacity;
	size_t moved_count;            /**< of the gone ones, those that a file `was` */
	const struct unread **folders; /**< not readable now, and not known as such */
	size_t folder_count, folder_capacity;
};

void plan_done(struct plan *plan);

/**
 * Compares, and adds an entry for each new file, which is not known yet. A file is unchanged if its
 * entry is settled and has its size, time and inode. Entries below a folder that cannot be read are
 * not gone. One that has become private, or failed if `retry_failed`, is read again.
 * A path found in two roots is reported and belongs to the first.
 */
void plan_make(struct plan *plan, const struct walk *walk, struct catalog *catalog,
	const struct scopes *scopes, const struct manifest *manifest, struct report *report,
	bool retry_failed);

/**
 * Refuses to remove what was probably not deleted but is out of reach (an unmounted share): all of
 * a root, or more than a fifth of all files and more than ten. Moved files do not count.
 * Errors: ARGUMENT.
 */
lupe_status plan_check_removals(const struct plan *plan, const struct catalog *catalog,
	const struct scopes *scopes, const struct manifest *manifest, struct lupe_error *err);

#endif
