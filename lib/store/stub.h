/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The stub file `index` in an index folder: which databases make up the index now.
 *
 *   # comment
 *   # previous gen-20261121T031744
 *   glass gen-20261122T031740
 *   remote HOST:PORT
 *
 * Xapian's stub format, but parsed by Lupe: a path must lie inside the folder (relative, no ".."),
 * `remote :PROGRAM` is refused, since Xapian would run it, and so is every other kind. `remote HOST
 * PORT` is understood too. The comment names the database that was live before, if it is kept.
 */
#ifndef LUPE_STORE_STUB_H
#define LUPE_STORE_STUB_H

#include "base/span.h"
#include "lupe/status.h"

#define STUB_FILE "index"

struct stub_entry {
	char *path; /**< absolute or relative to the working folder, ready to open; NULL if remote
		     */
	char *name; /**< the path as written in the stub; NULL if remote */
	char *host; /**< NULL if glass */
	unsigned port;
};

struct stub {
	struct stub_entry *entries;
	size_t count;
	char *previous; /**< a name as in the entries; NULL if none is kept */
};

/** Parses the contents of FOLDER/index. Errors: CORRUPT, naming file and line. */
lupe_status stub_parse(
	struct span text, const char *folder, struct stub *ret, struct lupe_error *err);
/** Reads FOLDER/index; after an error `ret` is untouched. Errors: NOT_FOUND (no folder or no stub
 * in it), IO, CORRUPT. */
lupe_status stub_read(const char *folder, struct stub *ret, struct lupe_error *err);
void stub_done(struct stub *stub);
/** Whether both name the same databases in the same order. */
bool stub_equal(const struct stub *a, const struct stub *b);
/** Makes FOLDER/index name the one glass database `name`, and `previous` (may be NULL) as the one
    that was live before, by renaming a new file over it; file and
    folder are on disk when it returns. Who may read the folder may read the file. Errors: IO,
    ARGUMENT (`name` is none that a stub may hold). */
lupe_status stub_publish(
	const char *folder, const char *name, const char *previous, struct lupe_error *err);

#endif
