/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Finding and opening an index for reading.
 *
 * An index is a folder that holds a stub file (stub.h) and the databases it names. Every database
 * is opened on its own, its manifest read and checked, then all are joined.
 */
#ifndef LUPE_STORE_INDEX_H
#define LUPE_STORE_INDEX_H

#include "lupe/status.h"
#include "lupe/xapian-c.h"
#include "store/manifest.h"

#define INDEX_FOLDER ".lupe"

/** Where to look for an index; each may be NULL. The caller reads the environment. */
struct index_places {
	const char *folder;      /**< --index: the folder itself */
	const char *environment; /**< $LUPE_INDEX: the folder itself */
	const char *data_home;   /**< $XDG_DATA_HOME or $HOME/.local/share: + "/lupe" */
};

/**
 * The folder of the index to use: `folder`, else `environment`, else the nearest `.lupe` in the
 * working folder or above, else `data_home`/lupe if it exists. NULL and "" are passed over. The
 * first two are returned as they are, whether they exist or not. A folder found by searching
 * upwards must belong to the caller or to root (a symbolic link and what it leads to both).
 * Returns a malloc'ed path. Errors: NOT_FOUND, IO (it belongs to somebody else).
 */
lupe_status index_locate(
	const struct index_places *places, char **ret_folder, struct lupe_error *err);

struct index;

/**
 * Opens the index in `folder` in its newest published state. `analyser` is the program's own name
 * of its analyser ("de-1-…"; NULL: any will do). Every message names the folder and says what to
 * do. Errors: NOT_FOUND (no index there), SCHEMA (made by another version or analyser, or its
 * databases by different ones: rebuild needed), CORRUPT (rebuild, too), IO and MODIFIED.
 */
lupe_status index_open(
	const char *folder, const char *analyser, struct index **ret, struct lupe_error *err);
void index_close(struct index *index);
/** The databases, joined; the index's. */
xc_database *index_database(struct index *index);
/** Counts are summed over the databases; roots, built and analyser are the first one's. */
const struct manifest *index_manifest(const struct index *index);
const char *index_folder(const struct index *index);
/** The folder of the first database, where the index's copies of other files are; NULL if that one
    is remote. */
const char *index_generation(const struct index *index);

#endif
