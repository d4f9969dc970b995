/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The bytes of a record: what record_write.c and record_read.c share, and nobody else includes.
 *
 *   record      := byte RECORD_VERSION
 *                  counted path, title, author, type, date
 *                  date_source pages
 *                  block-count block*
 *                  frame-count frame-row*
 *                  the frames' bytes, one after the other, to the end
 *   block       := begin - begin before, tag, and if RECORD_TAG_PAGE is in the tag: zigzag(page -
 *                  page before)
 *   tag         := level << RECORD_TAG_LEVEL_SHIFT | kind << RECORD_TAG_KIND_SHIFT | page changes
 *   frame-row   := bytes of text, bytes stored, first_position - the one before, first_line - the
 *                  one before (the first ones: - 0 and - 1)
 *
 * Everything is a varint unless said otherwise. A frame whose bytes stored equal its bytes of text
 * is stored as it is (short texts); any other is one zstd frame without size and checksum.
 */
#ifndef LUPE_STORE_RECORD_FORMAT_H
#define LUPE_STORE_RECORD_FORMAT_H

#include "store/record.h"

enum {
	RECORD_VERSION = 1,
	RECORD_TAG_PAGE = 1,
	RECORD_TAG_KIND_SHIFT = 1,
	RECORD_TAG_KIND_MASK = 7,
	RECORD_TAG_LEVEL_SHIFT = 4,
};

/** frame_breaks with the scratch array given; see there. */
const uint32_t *frame_breaks_in(const struct frame *frame, const struct block *blocks,
	size_t block_count, uint32_t **scratch, size_t *capacity, size_t *ret_count);

#endif
