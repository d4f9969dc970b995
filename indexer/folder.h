/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The index folder: which one, making it, locking it.
 *
 *   DIR/index         the stub: which generation is live (store/stub.h)
 *   DIR/gen-TIME/     a generation: one glass database; the live one, and the one before it
 *   DIR/building/     a first build or a rebuild under way; continued if it was killed
 *   DIR/lock          held by the run that writes; its content is the holder's process id
 *   DIR/last-run      what the last run came to (last_run.h)
 *   DIR/CACHEDIR.TAG  tells backup programs to pass the folder over
 */
#ifndef LUPE_INDEXER_FOLDER_H
#define LUPE_INDEXER_FOLDER_H

#include "indexer/options.h"
#include "lupe/status.h"

struct folder {
	char *path; /**< absolute, without symbolic links; it need not exist yet */
	int lock;   /**< file descriptor, or -1 */
};

/**
 * Finds the folder that a command means: --index; for a path to index, $LUPE_INDEX, or the nearest
 * .lupe in it or above it, else its own; without a path, that of store/index.h. Creates nothing.
 * Several paths, or a file in no index, need --index. Errors: ARGUMENT, NOT_FOUND, IO.
 */
lupe_status folder_choose(
	const struct options *options, struct folder *ret, struct lupe_error *err);
/** The folder of an index that exists, for commands that take no paths. */
lupe_status folder_locate(
	const struct options *options, struct folder *ret, struct lupe_error *err);

/** Closes the lock. NULL path and lock -1 are fine. */
void folder_done(struct folder *folder);

/** Whether the folder is there and was used by lupe-index before. */
bool folder_is_used(const struct folder *folder);
/** Whether there is a published index in it. */
bool folder_has_index(const struct folder *folder);
/** Makes the folder, only for its owner, and marks it as a cache. An existing one must be empty
    or an index folder. Errors: ARGUMENT, IO. */
lupe_status folder_create(const struct folder *folder, struct lupe_error *err);
/** Locks the folder against other runs until folder_done, waiting up to `wait_s` seconds for one,
    unless a signal asks to stop. Errors: LOCKED, IO. */
lupe_status folder_lock(struct folder *folder, double wait_s, struct lupe_error *err);
/** The same for one who only looks: without permission to write, the lock is taken without leaving
    a process id, and not at all if it may not even be opened. */
lupe_status folder_lock_to_read(struct folder *folder, double wait_s, struct lupe_error *err);

/**
 * Makes the database in `path`, in or below the folder, a generation and the live one: its files on
 * disk first, then its name, then the stub. The one that was live is kept as the previous one, if
 * `keep_previous`; what else is there of generations, and the building folder, is removed.
 * Errors: IO.
 */
lupe_status folder_publish(
	const struct folder *folder, const char *path, bool keep_previous, struct lupe_error *err);
/** Removes generations other than `live` and `previous` (may be NULL), and the building folder if
    `building`. Readers that have their files open are not disturbed. */
lupe_status folder_tidy(const struct folder *folder, const char *live, const char *previous,
	bool building, struct lupe_error *err);

#endif
