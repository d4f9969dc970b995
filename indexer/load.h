/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Opens a file that the walk found, and loads its bytes in one state. */
#ifndef LUPE_INDEXER_LOAD_H
#define LUPE_INDEXER_LOAD_H

#include <sys/stat.h>

#include "indexer/reader.h"
#include "indexer/readers.h"
#include "indexer/walk.h"

/** A file as it was loaded. */
struct load {
	int fd; /**< the reader's, open until its next file */
	struct stat stat;
	struct hash128 content; /**< of its bytes */
	bool private;           /**< refused because not all who may read the index may read it */
};

enum loading {
	LOADED,
	LOAD_REFUSED,      /**< it cannot be read, and `err` says why */
	LOAD_VANISHED,     /**< it is not there any more */
	LOAD_OUT_OF_REACH, /**< the disk or share does not give it now; `err` says why */
};

/** Zero `ret` first. A file that changes while it is loaded is loaded again, but not for ever. */
enum loading load_file(struct reader *reader, const struct readers *readers,
	const struct found *file, struct load *ret, struct lupe_error *err);
/** Whether the file, LOADED, still has the size and time that it had. */
bool load_is_steady(const struct load *load);
int64_t load_mtime_ns(const struct load *load);

#endif
