/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A hit with what stands to its left and right: the line of a concordance.
 */
#ifndef LUPE_QUERY_CONCORDANCE_H
#define LUPE_QUERY_CONCORDANCE_H

#include "query/document.h"

enum { CONCORDANCE_WIDTH = 40, CONCORDANCE_MOST = 1000 };

/** All on one line (oneline.h), runs of blanks made one. */
struct concordance {
	struct buf left, match, right;
	size_t left_columns, match_columns, right_columns; /**< as a terminal counts them */
	struct buf text, scratch;
};

/** Reads at most `width` columns on either side of a place, as far as the text reads on; zero `ret`
 * first, reuse it. */
lupe_status concordance_read(struct concordance *ret, struct document *document,
	const struct place *place, size_t width, struct lupe_error *err);
void concordance_done(struct concordance *concordance);

/**
 * Appends the words of `text` to `ret` for sorting: the `first`th from its beginning (or, if
 * `backwards`, from its end) first, then those behind it in that direction. Case and the dots of
 * umlauts do not matter, ß is ss; a byte 1 stands between words.
 */
void concordance_sort_key(struct span text, bool backwards, unsigned first, struct buf *ret);

/** Columns that a terminal needs for text: 0 for combining characters, 2 for wide ones. */
size_t text_columns(struct span text);

#endif
