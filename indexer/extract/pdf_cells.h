/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Rows of tables whose cells have several lines. */
#ifndef LUPE_INDEXER_EXTRACT_PDF_CELLS_H
#define LUPE_INDEXER_EXTRACT_PDF_CELLS_H

#include "indexer/extract/pdf_page.h"

enum { CELLS_SEGMENTS_MOST = 64 };

/** The end of the stretch of `list`, which is in the order of middles, that begins with its first
    segment and has no blank between its lines. A row of numbers is a stretch of its own. */
size_t cells_stretch(const struct page *page, const struct segment *const *list, size_t count);

/**
 * If a stretch is one row of a table, brings it into the order of the cells, each from its first to
 * its last line, sets `ret_cells` to the number of each segment's cell and returns true. False, and
 * nothing changed, if it is not sure to be one, and if no cell has two lines.
 */
bool cells_sort(const struct page *page, const struct segment **list, size_t count,
	uint8_t ret_cells[CELLS_SEGMENTS_MOST]);

#endif
