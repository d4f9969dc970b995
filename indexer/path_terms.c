/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hashes of a path and of the folders in it, as schema.h wants them. */
#include "indexer/path_terms.h"

#include <string.h>

#include "indexer/bytes.h"
#include "store/schema.h"

static void make_term(const char *prefix, struct span path, char ret[PATH_TERM_LEN + 1])
{
	memcpy(ret, prefix, 1);
	hash128_hex(hash128(path), ret + 1);
}

void path_terms_make(struct span path, struct path_terms *ret)
{
	uint64_t order = hash64(path);

	make_term(PREFIX_ID, path, ret->id);
	ret->folder_count = 0;
	for (size_t i = 1; i < path.len && ret->folder_count < PATH_FOLDERS_MAX; i++)
		if (path.ptr[i] == '/')
			make_term(PREFIX_PATH, (struct span){path.ptr, i},
				ret->folders[ret->folder_count++]);
	for (size_t i = 0; i < PATH_ORDER_BYTES; i++)
		ret->order[i] = (char)(order >> (8 * (PATH_ORDER_BYTES - 1 - i)));
}

struct xc_bytes path_value(struct span path)
{
	if (path.len > SLOT_TEXT_BYTES)
		path.len = SLOT_TEXT_BYTES;
	return bytes_of(path);
}
