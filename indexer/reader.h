/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From an open file to a document, whoever reads its format.
 *
 * A reader belongs to one thread and is reused from file to file. Messages of errors are reasons
 * for a file that is known to the caller: they do not name it.
 */
#ifndef LUPE_INDEXER_READER_H
#define LUPE_INDEXER_READER_H

#include "base/hash.h"
#include "indexer/document.h"

struct reader;

struct reader *reader_new(void);
void reader_free(struct reader *reader);

/**
 * Takes the descriptor of a regular file, until the next call or reader_free, and reads its bytes:
 * `*ret_content` is their hash. Errors: IO, LIMIT.
 */
lupe_status reader_load(
	struct reader *reader, int fd, struct hash128 *ret_content, struct lupe_error *err);

/** Makes `document` what the file loaded last is, under a document path whose format is known
    (format_of). Errors: ARGUMENT, LIMIT. */
lupe_status reader_read(
	struct reader *reader, struct span path, struct document *document, struct lupe_error *err);

#endif
