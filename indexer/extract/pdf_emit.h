/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the lines of pages to the blocks of a document: headings, rows of tables and footnotes where
 * they are sure, all else running text; and the title, from the largest letters of the first page.
 */
#ifndef LUPE_INDEXER_EXTRACT_PDF_EMIT_H
#define LUPE_INDEXER_EXTRACT_PDF_EMIT_H

#include "indexer/document.h"
#include "indexer/extract/pdf_layout.h"

enum { EMIT_SIZES = 200 };

/** Zero it before its first use, set `document`, end with emitter_done. */
struct emitter {
	struct document *document;
	struct layout layout;
	uint8_t *kinds; /* enum block_kind by line of the page */
	uint32_t *order;
	size_t capacity;
	uint64_t letters_by_size[EMIT_SIZES]; /* in half points */
	uint64_t letters, bold_letters;
	struct buf title; /* from the first page with text */
	bool title_sought;
	enum block_kind kind; /* of the block that goes on */
	bool broken;          /* the last line ends within a word */
	float last_size;
};

void emitter_done(struct emitter *emitter);
/** Takes a page into account for what the size of running text is. */
void emitter_measure(struct emitter *emitter, const struct page *page);
/** Appends a page, its furniture marked, to the document. On page 1 furniture that is text is kept,
    before the rest, so that what stands on every page is found once. */
void emitter_add_page(struct emitter *emitter, const struct page *page);

#endif
