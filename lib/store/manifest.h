/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What an index says of itself: one metadata entry, `key value` lines, written with every commit.
 *
 *   schema 1
 *   analyser de-1-93f0a1b2c3d4e5f6
 *   built 2026-11-22T03:17:40Z
 *   files 417
 *   searchable 412
 *   no_text 3
 *   failed 2
 *   root .. (location TAB label; one line a root)
 *
 * Control bytes and '%' in a root are written as %XX. Schema comes first, the others stand in any
 * order, each once except root.
 */
#ifndef LUPE_STORE_MANIFEST_H
#define LUPE_STORE_MANIFEST_H

#include "base/buf.h"
#include "lupe/status.h"

/** A folder (or single file) that is indexed. */
struct root {
	char *location; /**< absolute, or relative to the index folder if it lies in or beside it */
	char *label;    /**< first component(s) of the paths below it; "" for a folder alone */
};

struct manifest {
	int schema;
	char analyser[32];
	char built[24];      /**< UTC, ISO 8601: time of the last publication */
	uint64_t files;      /**< found in the roots, of types that are read */
	uint64_t searchable; /**< of these, with text */
	uint64_t no_text;
	uint64_t failed;
	struct root *roots;
	size_t root_count;
};

/** Parses; unknown keys are passed over. Errors: LUPE_ERROR_CORRUPT, LUPE_ERROR_SCHEMA (another
    schema version; the other fields are then unset); the messages name no index. End with
    manifest_done either way. */
lupe_status manifest_parse(struct span text, struct manifest *ret, struct lupe_error *err);
void manifest_print(const struct manifest *manifest, struct buf *ret);
void manifest_done(struct manifest *manifest);
/** Adds a root; copies both strings. */
void manifest_add_root(struct manifest *manifest, const char *location, const char *label);

#endif
