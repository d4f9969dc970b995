/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What lupe-extract's parsers have in common: one function a format, from the bytes of a file to a
 * document.
 *
 * A parser runs in the sandbox: it opens nothing, starts nothing, and need not fear for anything
 * but its own document. It appends text with document_add_text, begins blocks with
 * document_add_block before the text of each, and counts pages in `page` and `pages`. It leaves
 * title and date empty where the file does not say them: lupe-index looks for them in the text and
 * in the file's name.
 */
#ifndef LUPE_INDEXER_EXTRACT_EXTRACT_H
#define LUPE_INDEXER_EXTRACT_EXTRACT_H

#include "indexer/document.h"

/** A file to be read; all borrowed. */
struct source {
	struct span bytes; /**< the whole file, read-only */
	struct span name;  /**< its base name, for nothing but its extension and messages */
};

/**
 * Reads a file into `document`, which is clear. The message of an error is a reason, without the
 * file's name: "no PDF file". Errors: ARGUMENT (damaged, not of this format, or, with
 * `document->encrypted`, locked), LIMIT (of limits.h; names it).
 */
typedef lupe_status extract_function(
	const struct source *source, struct document *document, struct lupe_error *err);

/*
 * What a library loads late (tables of encodings, configurations) must be loaded before the
 * sandbox is entered, or be configured away: that is what `prepare` in the table of parsers
 * (main.c) is for. It reads no document.
 */

#endif
