/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Paths of documents as the user sees them, and operands that restrict a search to some of them.
 *
 * A document's path in the index begins with the label of its root (see manifest.h). In text
 * output it is shown so that it can be opened from the working folder; in JSON and TREC output as
 * it stands in the index.
 */
#ifndef LUPE_QUERY_PATHS_H
#define LUPE_QUERY_PATHS_H

#include "base/buf.h"
#include "store/index.h"

struct paths;

struct paths *paths_new(const struct index *index);
void paths_free(struct paths *paths);

/** Appends the path to show for a document of the index. */
void paths_add_shown(const struct paths *paths, struct span path, struct buf *ret);

/** Appends where a document is in the file system, absolute; false if that is not known. */
bool paths_add_location(const struct paths *paths, struct span path, struct buf *ret);

/** Adds a restriction to what `operand` names: a document or a folder. Errors: ARGUMENT if the
    index has no such path. */
lupe_status paths_restrict(
	struct paths *paths, const char *operand, struct index *index, struct lupe_error *err);
/** The same for a path as JSON names it; the file system is not asked. */
lupe_status paths_restrict_inside(
	struct paths *paths, const char *path, struct index *index, struct lupe_error *err);
/** The documents that any restriction names, NULL if there is none; owned by `paths`. */
lupe_status paths_query(struct paths *paths, xc_query **ret, struct lupe_error *err);

#endif
