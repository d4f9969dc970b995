/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The best places of a document, as short texts with the hits marked.
 */
#ifndef LUPE_QUERY_SNIPPET_H
#define LUPE_QUERY_SNIPPET_H

#include "query/hits.h"

/** Hits that stand near each other: [first, first + count) of the document's hits. */
struct window {
	size_t first, count;
	double score;
};

enum { SNIPPET_MAX_MARKS = 32 };

/** A hit in a snippet: byte range of its text. */
struct mark {
	uint32_t begin, end;
	uint16_t leaf;
};

struct snippet {
	struct buf text; /**< one line; what was left out at either side is not marked in it */
	bool cut_begin, cut_end; /**< whether the line or paragraph goes on there */
	uint32_t line;
	unsigned vias;                        /**< bit set over enum via */
	struct mark marks[SNIPPET_MAX_MARKS]; /**< in order, without overlap */
	size_t mark_count;
};

/**
 * Chooses at most `room` windows, the best first: those that hold the most, and the rarest, words
 * of the query close together; of equals the earlier one.
 */
size_t snippet_windows(const struct hit *hits, size_t count, const struct plan *plan,
	struct window *ret, size_t room);

/** Reads a window's text, about `width` bytes of it. `ret` is reused: zero it first. */
lupe_status snippet_read(struct document *document, const struct window *window, size_t width,
	struct snippet *ret, struct lupe_error *err);
void snippet_done(struct snippet *snippet);

#endif
