/* SPDX-License-Identifier: GPL-2.0-or-later */
/** From a page as poppler reads it to words with their boxes. */
#ifndef LUPE_INDEXER_EXTRACT_PDF_WORDS_H
#define LUPE_INDEXER_EXTRACT_PDF_WORDS_H

#include <poppler.h>

#include "indexer/extract/pdf_page.h"

/** Makes `page` what the page says, the values of form fields included. */
void pdf_read_words(PopplerPage *source, uint32_t number, struct page *page);

#endif
