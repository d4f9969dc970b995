/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The bytes of a record: what record_write.c and record_read.c share, and nobody else includes.
 *
 *   record      := byte RECORD_VERSION, head: in SLOT_RECORD
 *   head        := counted path, title, author, body, language, type, date
 *                  date_source pages counted page_labels
 *                  block-count block*
 *                  piece-bytes frame-count frame-row*
 *                  checkpoint-count checkpoint*
 *   piece       := the bytes of frames, one after the other: in SLOT_TEXT + number. The number of a
 *                  frame's piece is the bytes stored of all frames before it / piece-bytes
 *   block       := begin - begin before, tag, and if RECORD_TAG_PAGE is in the tag: zigzag(page -
 *                  page before)
 *   tag         := level << RECORD_TAG_LEVEL_SHIFT | kind << RECORD_TAG_KIND_SHIFT | page changes
 *   frame-row   := bytes of text, bytes stored, first_position - the one before, first_line - the
 *                  one before (the first ones: - 0 and - 1)
 *
 *   checkpoint  := offset - the one before, position - the one before (the first ones: - 0)
 *
 * Everything is a varint unless said otherwise. A frame whose bytes stored equal its bytes of text
 * is stored as it is (short texts); any other is one zstd frame without size, checksum and name of
 * its dictionary, which is frame_dictionary.
 */
#ifndef LUPE_STORE_RECORD_FORMAT_H
#define LUPE_STORE_RECORD_FORMAT_H

#include "store/record.h"

enum {
	RECORD_VERSION = 4,
	RECORD_TAG_PAGE = 1,
	RECORD_TAG_KIND_SHIFT = 1,
	RECORD_TAG_KIND_MASK = 7,
	RECORD_TAG_LEVEL_SHIFT = 4,
	PIECE_BYTES = 16 * 1024, /* at least; more where there would be too many */
	PIECES_MAX = 48,
};

/** What German texts repeat (data/README.md). */
extern const unsigned char frame_dictionary[];
extern const size_t frame_dictionary_bytes;

/** Of an open record: what is behind the fields. */
struct span record_tables(const struct record *record);

/** frame_breaks with the scratch array given; see there. */
const uint32_t *frame_breaks_in(const struct frame *frame, const struct block *blocks,
	size_t block_count, uint32_t **scratch, size_t *capacity, size_t *ret_count);

#endif
