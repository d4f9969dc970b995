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
#include "indexer/extractor.h"

struct reader;

/** `extract` is borrowed. */
struct reader *reader_new(const struct extract_settings *extract);
void reader_free(struct reader *reader);

/**
 * Takes the descriptor of a regular file, until the next call or reader_free, and reads its bytes:
 * `*ret_content` is their hash. `path` is that of the document, of a known format (format_of);
 * it must stay valid as long. Errors: IO, LIMIT.
 */
lupe_status reader_load(struct reader *reader, int fd, struct span path,
	struct hash128 *ret_content, struct lupe_error *err);

/**
 * Makes `document` what the file loaded last is. LUPE_END: stopped by a signal; nothing is known of
 * the file. Errors of the file: ARGUMENT, LIMIT, CORRUPT, IO. Errors of the run, which name no
 * file: NOT_FOUND, INTERNAL (extractor.h).
 */
lupe_status reader_read(struct reader *reader, struct document *document, struct lupe_error *err);
/** Whether a status of reader_read is about the file, not about the run. */
bool reader_failed(lupe_status status);

#endif
