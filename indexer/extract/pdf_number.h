/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Page numbers as they are printed: "7", "- 7 -", "Seite 7 von 12", "iv", "Sozialbericht 7". */
#ifndef LUPE_INDEXER_EXTRACT_PDF_NUMBER_H
#define LUPE_INDEXER_EXTRACT_PDF_NUMBER_H

#include <stdint.h>

#include "base/buf.h"

struct page_number {
	uint32_t number;
	bool roman;
	bool alone;       /**< with no other text than a word for "page" */
	struct span rest; /**< of the text, without the number and signs around it */
};

/** Whether `text` begins or ends in what may be a page number. Roman ones count alone only. */
bool page_number_find(struct span text, struct page_number *ret);
/** Appends a number in small roman digits. */
void page_number_add_roman(struct buf *buf, uint32_t number);

#endif
