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

struct command;

struct format {
	const char *extension;  /**< with its dot: ".pdf" */
	const char *media_type; /**< "application/pdf" */
	bool in_helper;         /**< read by lupe-extract */
	const struct command
		*filter; /**< the program of the configuration that reads it, or NULL */
};

/** The format of a file of this name (or path); NULL if such files are not read. A name must have
    something before the extension. */
const struct format *format_of(struct span file_name);

/** From now on files of this extension are read by `filter`, whoever read them before; both are
    borrowed. To be called while there is one thread. */
void format_add(const char *extension, const struct command *filter);
/** Forgets all that were added. */
void format_reset(void);

#endif
