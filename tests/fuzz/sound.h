/* SPDX-License-Identifier: GPL-2.0-or-later */
/** What holds of every document that a reader has filled. */
#ifndef LUPE_TESTS_FUZZ_SOUND_H
#define LUPE_TESTS_FUZZ_SOUND_H

#include <stdlib.h>

#include "indexer/document.h"
#include "text/decode.h"

static inline void check_sound(const struct document *document)
{
	struct span text = buf_span(&document->text);

	if (!utf8_valid(text) || (text.len && memchr(text.ptr, '\0', text.len)))
		abort();
	if (text.len && (document->block_count == 0 || document->blocks[0].begin != 0))
		abort();
	for (size_t i = 0; i < document->block_count; i++) {
		size_t begin = document->blocks[i].begin;

		if (begin >= text.len || (begin && text.ptr[begin - 1] != '\n'))
			abort();
		if (i && begin <= document->blocks[i - 1].begin)
			abort();
	}
}

#endif
