/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The best places of a document, as short texts with the hits marked.
 */
#ifndef LUPE_QUERY_SNIPPET_H
#define LUPE_QUERY_SNIPPET_H

#include "query/where.h"

enum { SNIPPETS_MAX = 8, SNIPPET_MAX_MARKS = 32 };

/** A hit in a snippet: byte range of its text. */
struct mark {
	uint32_t begin, end;
	uint16_t leaf;
};

struct snippet {
	struct buf
		text; /**< one line (oneline.h); what was left out at either side is not marked */
	bool cut_begin, cut_end; /**< whether the line or paragraph goes on there */
	uint32_t begin;          /**< of the first hit, in bytes of the document's text */
	uint32_t page;           /**< of the first hit, as in struct where, as are the next three */
	uint32_t line;           /**< on its page */
	struct buf label;        /**< empty without pages */
	struct buf heading;      /**< empty if there is none */
	unsigned vias;           /**< bit set over enum via */
	struct mark marks[SNIPPET_MAX_MARKS]; /**< in order, without overlap */
	size_t mark_count;
};

/** The snippets of one document. Zero it first; reuse it; end with snippets_done. */
struct snippets {
	struct snippet items[SNIPPETS_MAX];
	size_t count;
};

/**
 * Reads the best places of the document: at most `room` (and SNIPPETS_MAX) stretches of about
 * `width` bytes, those first that hold the most, and the rarest, words of the query close together;
 * of equals the earlier one.
 */
lupe_status snippets_read(struct snippets *ret, struct document *document, struct finder *finder,
	const struct plan *plan, size_t room, size_t width, struct lupe_error *err);
void snippets_done(struct snippets *snippets);

#endif
