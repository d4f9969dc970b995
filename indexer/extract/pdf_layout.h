/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The lines of a page in reading order.
 *
 * Columns of running text are read one after the other, tables row by row; where a word is broken
 * at the end of a line, its second half always comes next. Text that runs another way than most of
 * the page comes last.
 */
#ifndef LUPE_INDEXER_EXTRACT_PDF_LAYOUT_H
#define LUPE_INDEXER_EXTRACT_PDF_LAYOUT_H

#include "indexer/extract/pdf_page.h"

/** One printed line of a column, or one row of a table. */
struct line {
	struct area area;    /**< upright */
	float size;          /**< of the font of its longest segment */
	uint32_t begin, len; /**< of its text in layout->text; cells are separated by a tab */
	uint32_t letters;
	uint16_t cells;
	bool bold;
	uint8_t turn;
};

struct layout {
	struct buf text; /**< all lines, each ending in LF */
	struct line *lines;
	size_t count, capacity;
	struct layout_scratch *scratch;
};

/** Zero it before its first use; reuse it. */
void layout_done(struct layout *layout);
/** Lays out the segments of a page that are not dropped. */
void layout_page(struct layout *layout, const struct page *page);

static inline struct span line_text(const struct layout *layout, const struct line *line)
{
	return (struct span){layout->text.ptr + line->begin, line->len};
}

#endif
