/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Reading an index for the commands that only look, and the JSON they have in common.
 */
#ifndef LUPE_INDEXER_READING_H
#define LUPE_INDEXER_READING_H

#include <jansson.h>

#include "indexer/catalog.h"
#include "indexer/folder.h"
#include "store/index.h"

enum { JSON_SCHEMA = 1 };

/** An open index and its catalog. */
struct reading {
	struct folder folder;
	struct index *index;
	const struct manifest *manifest; /**< the index's */
	struct catalog catalog;
};

/** Opens the index that the options mean; end with reading_done either way. */
lupe_status reading_start(
	const struct options *options, struct reading *ret, struct lupe_error *err);
/** The same, with the folder locked before and until the end, if that is allowed
    (folder_lock_to_read). Errors: LOCKED, too. */
lupe_status reading_start_locked(
	const struct options *options, struct reading *ret, struct lupe_error *err);
void reading_done(struct reading *reading);

/** Prints an object on a line of its own, and frees it. */
void print_json(json_t *object);
/** A string of bytes that need not be UTF-8 (see text/decode.h for what becomes of these). */
json_t *json_text(struct span text);

#endif
