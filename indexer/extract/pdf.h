/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Reads PDF files. */
#ifndef LUPE_INDEXER_EXTRACT_PDF_H
#define LUPE_INDEXER_EXTRACT_PDF_H

#include "indexer/extract/extract.h"

/** As extract_function says. Pages that cannot be read count as pages without text. */
lupe_status extract_pdf(
	const struct source *source, struct document *document, struct lupe_error *err);

/** Has poppler load what it loads late, before the sandbox closes. */
void extract_pdf_prepare(void);

#endif
