/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * All places of a document, one after the other in the order of its text, however many there are.
 *
 *   places_start(&places, document);
 *   while ((status = places_next(&places, err)) == LUPE_OK)
 *           ... places.items[0 .. places.count) ...
 *
 * They come by frames of the text, so that each is read once and the text around them is at hand.
 */
#ifndef LUPE_QUERY_PLACES_H
#define LUPE_QUERY_PLACES_H

#include "query/document.h"

struct places {
	struct document *document;
	struct place *items; /**< in order of begin; the longer first */
	size_t count;
	size_t next, room; /* of its hits; of items */
};

/** Behind each document_open. Zero `places` before the first; end with places_done. */
void places_start(struct places *places, struct document *document);
/** The next ones, at least one, or LUPE_END. Errors: document_locate's. */
lupe_status places_next(struct places *places, struct lupe_error *err);
void places_done(struct places *places);

/** A line of the text. */
struct line {
	uint32_t begin, end; /**< without the line feed */
	uint32_t number;     /**< in the document, from 1 */
};
/** The line that holds byte `at`; `number` is set by the caller. */
lupe_status line_at(
	struct document *document, uint32_t at, struct line *ret, struct lupe_error *err);
/** Moves to the line behind or before; LUPE_END, the line unchanged, if there is none. */
lupe_status line_next(struct document *document, struct line *line, struct lupe_error *err);
lupe_status line_previous(struct document *document, struct line *line, struct lupe_error *err);

#endif
