/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Who may read an index, and whether that is more than may read a file: by what an index says of a
 * file, everybody who may read the index has read it.
 */
#ifndef LUPE_INDEXER_READERS_H
#define LUPE_INDEXER_READERS_H

#include <stdbool.h>
#include <sys/stat.h>

struct readers {
	bool group;  /**< the group `group_id`, besides the owner */
	bool others; /**< everybody */
	gid_t group_id;
};

/** The readers of an index folder in this state. */
struct readers readers_of(const struct stat *folder);
/**
 * Whether some of them may not read a file in this state. Only the file's own mode counts; the
 * folders above it are its administrator's concern.
 */
bool readers_exceed(const struct readers *readers, const struct stat *file);

#endif
