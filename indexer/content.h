/* SPDX-License-Identifier: GPL-2.0-or-later */
/** What a text says, whatever its form: by this, copies of a document are known. */
#ifndef LUPE_INDEXER_CONTENT_H
#define LUPE_INDEXER_CONTENT_H

#include "base/hash.h"

/**
 * The hash of the letters and digits of a text (NFC), in order. White space, punctuation, hyphens
 * and the marks of Markdown do not count, so that lines broken elsewhere and words hyphenated at
 * their ends are the same text: a PDF and the office document it was made from.
 */
struct hash128 content_hash(struct hasher *hasher, struct span text);

#endif
