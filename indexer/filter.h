/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Programs of the configuration, run over a document: it is on their standard input, its text on
 * their standard output. They are started by lupe-extract, in a sandbox of their own
 * (extract/launch.h), with a temporary folder that is removed afterwards.
 */
#ifndef LUPE_INDEXER_FILTER_H
#define LUPE_INDEXER_FILTER_H

#include "base/buf.h"
#include "indexer/command.h"
#include "indexer/extractor.h"

/**
 * Replaces `ret` by what the program makes of the file, from its begin. `pages` is what $LUPE_PAGES
 * is to say; empty: it is not set. LUPE_END: stopped by a
 * signal. Errors of the file, naming the program: LIMIT (time, output), ARGUMENT (its exit status),
 * CORRUPT (killed by a signal). INTERNAL: no program can be run.
 */
lupe_status filter_run(const struct command *command, const struct extract_settings *settings,
	int fd, const char *pages, struct buf *ret, struct lupe_error *err);

/**
 * Makes the text of `document` what a program has printed: UTF-8, or as text/decode.h finds. Form
 * feeds end pages; the number of pages, and of those without text, become theirs. Other fields
 * stay, but for the title of a text without pages. ARGUMENT: not a text.
 */
lupe_status filter_read_output(const struct command *command, struct document *document,
	struct span output, struct lupe_error *err);

#endif
