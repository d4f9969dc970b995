/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Where a byte of a document's text stands, in the terms in which a person looks it up and cites
 * it.
 */
#ifndef LUPE_QUERY_WHERE_H
#define LUPE_QUERY_WHERE_H

#include "query/document.h"

struct where {
	uint32_t page;     /**< physical, from 1; 0: the document has no pages */
	struct span label; /**< what is printed on the page, or its number; empty without pages */
	uint32_t line;     /**< from 1: on the page, or without pages in the document */
};

/** Finds places, reused over them; remembers pages and headings of one document. */
struct finder;
struct finder *finder_new(struct document *document);
void finder_free(struct finder *finder);
/** Forgets what it knew: call it after each document_open. */
void finder_reset(struct finder *finder);

/**
 * Where byte `begin` stands, which is in line `line` of the document. The result is valid until the
 * next call. It may decode other frames: texts of frames are invalid then. Errors: CORRUPT.
 */
lupe_status finder_find(struct finder *finder, uint32_t begin, uint32_t line, struct where *ret,
	struct lupe_error *err);
/** The nearest heading at or before a byte, on one line; empty if there is none. As before. */
lupe_status finder_heading(
	struct finder *finder, uint32_t begin, struct span *ret, struct lupe_error *err);

#endif
