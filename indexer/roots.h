/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What is indexed: the roots recorded in the manifest, and which parts of them a run is about.
 *
 * A document's path is its root's label, a slash, and its path below the root; the first folder
 * has the label "", so that its documents' paths are just those below it. A root that is a file
 * has one document, whose path is the label.
 */
#ifndef LUPE_INDEXER_ROOTS_H
#define LUPE_INDEXER_ROOTS_H

#include <stdbool.h>

#include "indexer/walk.h"
#include "store/manifest.h"

/** A root or a part of it. */
struct scope {
	size_t root;    /**< index in the manifest's roots */
	char *below;    /**< folder or file below the root; "" is all of it */
	char *location; /**< of the root, absolute */
	char *prefix;   /**< of the document paths in it, without a slash at the end */
	bool vanished;  /**< for the caller to set */
};

/** Zero it first. No scope contains another. */
struct scopes {
	struct scope *items;
	size_t count, capacity;
};

void scopes_done(struct scopes *scopes);
/** Makes scopes of all recorded roots. `folder` is the index folder as realpath() gives it. */
void scopes_add_all(struct scopes *scopes, const struct manifest *manifest, const char *folder);
/**
 * Makes a scope of a path that a user gave; it is recorded as a new root unless it lies in one.
 * If it contains recorded roots, it takes their place if `replace` (then `scopes` must be empty
 * of them), else that is an error. Errors: ARGUMENT, IO.
 */
lupe_status scopes_add_path(struct scopes *scopes, struct manifest *manifest, const char *folder,
	const char *path, bool replace, struct lupe_error *err);

/** Whether a document of this path belongs to the scope. */
bool scope_has(const struct scope *scope, const struct manifest *manifest, struct span path);
/** Adds the scope's files to `walk`; `label` is the root's. Errors: NOT_FOUND if the root is not
    there any more, IO. */
lupe_status scope_walk(const struct scope *scope, const char *label, struct walk *walk,
	const struct walk_rules *rules, struct lupe_error *err);

#endif
