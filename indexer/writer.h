/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From a document to what the store takes: its terms with their frequencies and positions, its
 * values and its record, as schema.h lays them out.
 */
#ifndef LUPE_INDEXER_WRITER_H
#define LUPE_INDEXER_WRITER_H

#include "indexer/document.h"
#include "lupe/xapian-c.h"
#include "text/analyser.h"

struct writer;

/** `analyser` is borrowed, and used by this writer alone while the writer lives. */
struct writer *writer_new(struct analyser *analyser);
void writer_free(struct writer *writer);

/** The term that names the document of a path; valid until the next call on the writer. */
struct xc_bytes writer_id(struct writer *writer, struct span path);

/**
 * Analyses a document. The result is valid until the next call on the writer and as long as the
 * document; `*ret_words` is the number of words in the text.
 */
const struct xc_new_document *writer_make(struct writer *writer, const struct document *document,
	struct span path, uint32_t *ret_words);

#endif
