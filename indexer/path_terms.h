/* SPDX-License-Identifier: GPL-2.0-or-later */
/** What a document of the store has by its path alone, whatever is in it. */
#ifndef LUPE_INDEXER_PATH_TERMS_H
#define LUPE_INDEXER_PATH_TERMS_H

#include "base/hash.h"
#include "lupe/xapian-c.h"

enum {
	PATH_FOLDERS_MAX = 64, /* folders above a document that can be searched in */
	PATH_TERM_LEN = 1 + HASH128_HEX_LEN,
	PATH_ORDER_BYTES = 8,
};

struct path_terms {
	char id[PATH_TERM_LEN + 1]; /**< the term that names the document */
	char folders[PATH_FOLDERS_MAX][PATH_TERM_LEN + 1];
	size_t folder_count;
	char order[PATH_ORDER_BYTES]; /**< the value in SLOT_ORDER */
};

void path_terms_make(struct span path, struct path_terms *ret);
/** The value in SLOT_PATH; points into `path`. */
struct xc_bytes path_value(struct span path);

#endif
