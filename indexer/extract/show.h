/* SPDX-License-Identifier: GPL-2.0-or-later */
/** A document for people to look at. */
#ifndef LUPE_INDEXER_EXTRACT_SHOW_H
#define LUPE_INDEXER_EXTRACT_SHOW_H

#include <stdio.h>

#include "indexer/document.h"

/**
 * Prints fields, then the text, before each block a line such as "[heading 2, page 4 (iv)]". The
 * text is printed as it is; control characters in it are not made harmless.
 */
void show_document(const struct document *document, FILE *out);

#endif
