/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Finds columns of running text among the segments of a page. */
#ifndef LUPE_INDEXER_EXTRACT_PDF_COLUMNS_H
#define LUPE_INDEXER_EXTRACT_PDF_COLUMNS_H

#include "indexer/extract/pdf_page.h"

/** A stretch of a list of segments in which a gutter parts two columns. */
struct columns {
	size_t begin, end; /**< in the list */
	float x;           /**< in the middle of the gutter */
};

/**
 * Finds the longest stretch of columns among `count` segments, which are in the order of their
 * middles from the top; false if there is none. Takes time that grows with the square of `count`
 * at worst.
 */
bool columns_find(const struct segment *const *segments, size_t count, struct columns *ret);

#endif
