/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Files, whole and durable.
 */
#ifndef LUPE_BASE_FILE_H
#define LUPE_BASE_FILE_H

#include <stdint.h>

#include "base/buf.h"
#include "lupe/status.h"

/** Appends all that can be read from `fd` to `ret`; `name` is for messages. At most `limit` bytes:
    more is LUPE_ERROR_LIMIT. Errors: IO, LIMIT. */
lupe_status file_read_fd(
	int fd, const char *name, size_t limit, struct buf *ret, struct lupe_error *err);
/** The same for a path, opened for reading. Errors: NOT_FOUND, IO, LIMIT. */
lupe_status file_read(const char *path, size_t limit, struct buf *ret, struct lupe_error *err);
/** Writes PATH.new with `mode` (whatever the umask), syncs it, renames it over `path`, syncs the
    folder. After an error PATH is as it was. Errors: IO. */
lupe_status file_replace(
	const char *path, struct span contents, unsigned mode, struct lupe_error *err);
/** fsync of a file or folder. Errors: NOT_FOUND, IO. */
lupe_status file_sync(const char *path, struct lupe_error *err);
/** fsync of every regular file in a folder (not below it), then of the folder. */
lupe_status file_sync_folder(const char *folder, struct lupe_error *err);
/** Removes a folder with the files and folders in it, symbolic links not followed. No error if it
    is not there. Errors: IO; what could be removed by then is gone. */
lupe_status file_remove_tree(const char *folder, struct lupe_error *err);
/** Sum of the sizes of the regular files below a folder, in bytes; 0 if it is not there. */
uint64_t file_tree_bytes(const char *folder);
/** `folder`/`name` as a malloc'ed string; just `name` if it is absolute or `folder` is "" . */
char *path_join(const char *folder, const char *name);
/** What follows the last slash of a path; all of it if there is none. */
struct span path_base(struct span path);

#endif
