/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Where the files are that belong to the program. */
#ifndef LUPE_INDEXER_INSTALLED_H
#define LUPE_INDEXER_INSTALLED_H

#include "base/buf.h"

/** A file that comes with lupe-index. */
struct installed {
	const char *environment; /**< a variable that names another one */
	const char *beside[2];   /**< relative to the program's folder: in an installation that was
				      moved, and in the build folder */
	const char *fallback;    /**< where it was installed */
};

/** Replaces `ret` by the path of the first that is there; by the fallback if none is. */
void installed_find(const struct installed *file, struct buf *ret);

#endif
