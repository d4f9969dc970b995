/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The databases of a build under way, and what is left of one that was stopped.
 *
 *   DIR/building/shard-N/  a database, written by one thread, with the catalog of its files
 *   DIR/building/state     the boot id of the system while shards are written without waiting for
 *                          the disk; "synced" once they are on it
 *   DIR/building/merged/   all shards in one; becomes a generation
 */
#ifndef LUPE_INDEXER_SHARDS_H
#define LUPE_INDEXER_SHARDS_H

#include "indexer/apply.h"

struct shards {
	char *folder; /**< DIR/building */
	char **paths;
	struct sink *sinks; /**< of the same number; their databases are NULL unless open */
	size_t count;
	unsigned next_number; /* of a new shard */
};

/**
 * Finds the shards of a stopped build that had the same roots and analyser as `manifest`, adds
 * their entries to `catalog`, and removes all else from the folder, which is made if need be.
 * After a crash of the system nothing is left that could be trusted. Errors: IO.
 */
lupe_status shards_find(struct shards *ret, const char *index_folder,
	const struct manifest *manifest, struct catalog *catalog, struct lupe_error *err);
/** Reads what a stopped build says of itself; false if there is none that can be continued. End
   with manifest_done either way. */
bool shards_recall(const char *index_folder, struct manifest *ret);
/** Opens the shards found, and new ones until there are `count`. */
lupe_status shards_open(struct shards *shards, size_t count, struct lupe_error *err);
/** Commits and closes all shards. */
lupe_status shards_close(struct shards *shards, struct lupe_error *err);
/** Waits until all shards are on disk, for a build that is to be continued some other day. */
lupe_status shards_sync(struct shards *shards, struct lupe_error *err);
/** Drops what is not committed, closes and frees. */
void shards_done(struct shards *shards);

#endif
