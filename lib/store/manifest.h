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
 *   others jpg:12 exe:3 (need not be there)
 *   root .. (location TAB label; one line a root)
 *   exclude *.bak (a pattern; one line each, as include)
 *   hidden yes (as follow, one_file_system; only if so)
 *
 * Control bytes and '%' in roots and patterns are written as %XX. Schema comes first, the others
 * stand in any order, each once except root, exclude and include.
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

/** Which files in the roots are read. */
struct file_rules {
	char **excludes; /**< patterns */
	size_t exclude_count;
	char **includes;
	size_t include_count;
	bool hidden;
	bool follow;          /**< symbolic links */
	bool one_file_system; /**< the root's */
};

struct manifest {
	int schema;
	char analyser[32];
	char built[24];      /**< UTC, ISO 8601: time of the last publication */
	uint64_t files;      /**< found in the roots, of types that are read */
	uint64_t searchable; /**< of these, with text */
	uint64_t no_text;
	uint64_t failed;
	char others[400]; /**< files of types that are not read: "jpg:12 exe:3"; may be empty */
	struct root *roots;
	size_t root_count;
	struct file_rules rules;
};

/** Parses; unknown keys are passed over. Errors: LUPE_ERROR_CORRUPT, LUPE_ERROR_SCHEMA (another
    schema version; the other fields are then unset); the messages name no index. End with
    manifest_done either way. */
lupe_status manifest_parse(struct span text, struct manifest *ret, struct lupe_error *err);
void manifest_print(const struct manifest *manifest, struct buf *ret);
void manifest_done(struct manifest *manifest);
/** Adds a root; copies both strings. */
void manifest_add_root(struct manifest *manifest, const char *location, const char *label);

/** Removes the root of this number. */
void manifest_remove_root(struct manifest *manifest, size_t root);
/** Adds a copy of a pattern to one of the lists. */
void file_rules_add(char ***list, size_t *count, const char *pattern);
/** Makes a list empty. */
void file_rules_clear(char ***list, size_t *count);
/** Adds to `rules`, which is empty, what `other` has. */
void file_rules_copy(struct file_rules *rules, const struct file_rules *other);
bool file_rules_equal(const struct file_rules *a, const struct file_rules *b);

#endif
