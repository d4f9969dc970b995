/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Small XML parts that are lists of fields: each element of the grammar with its text. */
#ifndef LUPE_INDEXER_EXTRACT_FIELDS_H
#define LUPE_INDEXER_EXTRACT_FIELDS_H

#include "indexer/extract/xml.h"

/** Called at the end of an element of the grammar, with the text that stands right in it; and with
    `text` empty at its begin, where it has attributes. */
typedef void fields_function(
	void *data, int tag, const struct xml_attributes *attributes, struct span text);

/** Reads a part; one that is not there, or is damaged, has no fields: what a document says of
    itself is no reason not to read it. */
void fields_read(struct zip *zip, const char *part, const struct xml_grammar *grammar,
	fields_function *function, void *data);

/** The path that `target` means in a part in the folder of `part`: "../a%20b" in "x/y/z" is
    "x/a b". A fragment is dropped. */
void fields_resolve(struct span part, struct span target, struct buf *ret);

#endif
