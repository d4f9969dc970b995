/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Pages that are pictures, read by a program of the configuration. */
#ifndef LUPE_INDEXER_OCR_H
#define LUPE_INDEXER_OCR_H

#include "indexer/command.h"
#include "indexer/document.h"
#include "indexer/extractor.h"

/** How many pages of a document are pictures without text. */
uint32_t ocr_count_pages(const struct document *document);

/**
 * Runs `command` over the file `fd` and puts the text of pages of pictures where it belongs; pages
 * that have text keep it. The program is told the pages that are wanted by $LUPE_PAGES ("3 7 8"),
 * unless there are very many, and prints all pages, with form feeds between them; others than those
 * wanted may be empty. Text without a form feed is that of the first page wanted. Afterwards no
 * page counts as a picture. LUPE_END: stopped by a signal. Errors: as filter_run; LIMIT.
 */
lupe_status ocr_read(const struct command *command, const struct extract_settings *settings, int fd,
	struct document *document, struct lupe_error *err);

#endif
