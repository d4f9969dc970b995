/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Tells titles from what programs write into the title field of a PDF. */
#ifndef LUPE_INDEXER_EXTRACT_PDF_TITLE_H
#define LUPE_INDEXER_EXTRACT_PDF_TITLE_H

#include <stdbool.h>

#include "base/span.h"

/** Whether a title is the name of the file that it stands in, without its extension. */
bool pdf_title_is_name(struct span title, struct span file_name);
/** Whether a title from the metadata is one: not a file's name, not a program's default, not the
    name of this file, and with a word in it. */
bool pdf_title_is_one(struct span title, struct span file_name);

#endif
