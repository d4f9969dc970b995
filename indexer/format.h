/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which files are read, and by whom: known by their extension, in any case.
 *
 * Text and Markdown are read by lupe-index itself. Whatever needs somebody else's parser is read
 * by lupe-extract, a program of its own that has given up all it could do harm with.
 */
#ifndef LUPE_INDEXER_FORMAT_H
#define LUPE_INDEXER_FORMAT_H

#include "base/span.h"

struct format {
	const char *extension;  /**< with its dot: ".pdf" */
	const char *media_type; /**< "application/pdf" */
	bool in_helper;         /**< read by lupe-extract */
};

/** The format of a file of this name (or path); NULL if such files are not read. A name must have
    something before the extension. */
const struct format *format_of(struct span file_name);

#endif
