/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Books in EPUB 2 and 3. */
#ifndef LUPE_INDEXER_EXTRACT_EPUB_H
#define LUPE_INDEXER_EXTRACT_EPUB_H

#include "indexer/extract/extract.h"

lupe_status extract_epub(
	const struct source *source, struct document *document, struct lupe_error *err);

#endif
