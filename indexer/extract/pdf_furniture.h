/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What stands on every page and is no part of the text: running heads and feet, page numbers.
 *
 * A segment at the edge of a page is furniture if the same stands at the same height on pages near
 * by, or a number that counts with the pages. Pages are learnt first, some ahead, then marked.
 */
#ifndef LUPE_INDEXER_EXTRACT_PDF_FURNITURE_H
#define LUPE_INDEXER_EXTRACT_PDF_FURNITURE_H

#include "indexer/extract/pdf_page.h"

/** So many pages before and behind are looked at. */
enum { FURNITURE_PAGES_AROUND = 4 };

struct mark;
struct furniture {
	struct mark *marks; /* of all pages, in their order */
	size_t count, capacity;
	size_t *page_begins; /* in marks, by page */
	size_t page_count, page_capacity;
	struct printed {
		uint32_t number; /* 0: none */
		bool roman;
	} * printed; /* by page, as marked */
	size_t printed_count, printed_capacity;
};

void furniture_done(struct furniture *furniture);
/** Learns the next page, 1 first. */
void furniture_learn(struct furniture *furniture, const struct page *page);
/** Sets `dropped` of the segments of a page that was learnt, as the pages learnt by now show;
    `pages` is the number of the document's pages. Pages are marked in order. */
void furniture_mark(struct furniture *furniture, struct page *page, uint32_t pages);
/** The labels of all pages from their printed numbers, each ending in NUL: "" for a page that comes
    before they begin. Leaves `ret` empty if they do not run consistently, or say the same as
    counting. */
void furniture_labels(const struct furniture *furniture, struct buf *ret);

#endif
