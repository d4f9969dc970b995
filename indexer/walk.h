/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The files below a folder, in the order of their paths by bytes.
 *
 * Symbolic links (unless followed), hidden files and folders (unless asked for), what patterns
 * exclude and the index folder are passed over. Paths may be longer than the system lets one name
 * at a time.
 */
#ifndef LUPE_INDEXER_WALK_H
#define LUPE_INDEXER_WALK_H

#include <stdint.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "indexer/ignore.h"
#include "indexer/readers.h"
#include "lupe/status.h"

/** A file of a type that is read. */
struct found {
	struct span path;  /**< of the document: label, "/", path below the root */
	const char *root;  /**< folder that `below` is relative to */
	const char *below; /**< for walk_open */
	uint64_t size;
	uint64_t inode;
	int64_t mtime_ns;
	bool follow;  /**< symbolic links in `below`, too */
	bool private; /**< not everybody who may read the index may read it */
};

/** A type of files that are not read. */
struct other_type {
	char extension[12]; /**< lower case, without its dot; "" for none, or none of letters */
	uint64_t count;
};

/** A folder that cannot be read. */
struct unread {
	struct span path;
	int error; /**< errno */
};

/** What was found; zero it first. Names live as long as it does. */
struct walk {
	struct found *files;
	size_t file_count, file_capacity;
	struct unread *folders;
	size_t folder_count, folder_capacity;
	size_t other_count; /**< regular files of other types */
	struct other_type *others;
	size_t other_type_count, other_type_capacity;
	struct arena arena;
};

struct walk_rules {
	struct ignore excludes; /**< patterns for paths below the root */
	struct ignore includes; /**< if there are any, files that fit none are passed over */
	bool hidden;            /**< also names that begin with a dot, but never INDEX_FOLDER */
	bool follow;          /**< symbolic links, but not into a folder that the way led through */
	bool one_file_system; /**< no folder that another file system is mounted on */
	dev_t index_device;   /**< the index folder */
	ino_t index_inode;
	struct readers readers; /**< of the index */
};

void walk_rules_done(struct walk_rules *rules);
void walk_done(struct walk *walk);

/**
 * Adds the files below the folder `root`/`below`, or the file of that name (`below` is "" for all
 * of the root). Patterns are those of `rules`, and in each folder on the way of a file .lupeignore
 * (ignore.h), the deepest first. Document paths begin with `label` and a slash, unless it is "". A
 * folder that cannot be read, or whose patterns cannot, is noted in `folders`; that includes
 * `below`, but if the root itself cannot be opened, that is an error. Errors: IO.
 */
lupe_status walk_tree(struct walk *walk, const char *root, const char *below, const char *label,
	const struct walk_rules *rules, struct lupe_error *err);

/** Adds the one file `folder`/`name` under the document path `path`, whatever the rules are.
    Errors: IO, if it is not there or not a regular file. */
lupe_status walk_file(struct walk *walk, const char *folder, const char *name, const char *path,
	const struct walk_rules *rules, struct lupe_error *err);

/**
 * Opens `root`/`below` for reading, following symbolic links in `root`, in `below` only if
 * `follow`; no FIFO is waited for. Returns a file descriptor, or -1 with errno.
 */
int walk_open(const char *root, const char *below, int flags, bool follow);

#endif
