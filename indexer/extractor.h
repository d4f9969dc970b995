/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * lupe-extract, from lupe-index's side: a helper process that is kept from file to file, and
 * replaced when it has died, hangs, has grown or has read many files.
 *
 * An extractor belongs to one thread, and its helper dies with that thread at the latest. It is
 * started at the first file, so a run that needs none pays nothing.
 */
#ifndef LUPE_INDEXER_EXTRACTOR_H
#define LUPE_INDEXER_EXTRACTOR_H

#include <stdbool.h>

#include "indexer/document.h"

struct command;

struct extract_settings {
	struct buf program;        /**< path of lupe-extract */
	unsigned seconds;          /**< for one file */
	bool no_sandbox;           /**< give up nothing (--no-sandbox) */
	const struct command *ocr; /**< for documents of pictures alone; NULL: none */
	bool (*stopped)(void);     /**< whether a signal asked to end; NULL: nothing does */
};

/** The installed lupe-extract ($LUPE_EXTRACT names another) and the limits of limits.h
    ($LUPE_EXTRACT_SECONDS is for tests). */
void extract_settings_init(struct extract_settings *settings);
void extract_settings_done(struct extract_settings *settings);

struct extractor;

/** `settings` are borrowed. */
struct extractor *extractor_new(const struct extract_settings *settings);
void extractor_free(struct extractor *extractor);

/**
 * Reads an open regular file of `size` bytes into `document`, but for its type. `name` is its base
 * name. LUPE_END: stopped by a signal; nothing is known of the file. Errors of the file, with the
 * reason: ARGUMENT, LIMIT (as document_parse), CORRUPT (the helper died of it). NOT_FOUND,
 * INTERNAL: no file can be read like this (no helper, no sandbox).
 */
lupe_status extractor_read(struct extractor *extractor, int fd, uint64_t size, struct span name,
	struct document *document, struct lupe_error *err);

/** Starts a helper if there is none, and tells which protections (extract/sandbox.h) it has.
    Errors: NOT_FOUND, INTERNAL. */
lupe_status extractor_protections(
	struct extractor *extractor, unsigned *ret_protections, struct lupe_error *err);

#endif
