/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The bytes of a record: what record_write.c and record_read.c share, and nobody else includes.
 *
 *   record      := byte RECORD_VERSION, counted head, frames
 *   head        := counted path, title, author, body, language, type, date
 *                  date_source pages counted page_labels
 *                  block-count block*
 *                  frame-count frame-row*
 *                  checkpoint-count checkpoint*
 *   frames      := the frames' bytes, one after the other, to the end
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
 * its dictionary, which is frame_dictionary. The head's bytes and each frame's are whitened
 * (below), the head's with seed 0, each frame's with 1 + the offset at which it begins among the
 * frames' bytes.
 */
#ifndef LUPE_STORE_RECORD_FORMAT_H
#define LUPE_STORE_RECORD_FORMAT_H

#include <string.h>

#include "store/record.h"

enum {
	RECORD_VERSION = 2,
	RECORD_TAG_PAGE = 1,
	RECORD_TAG_KIND_SHIFT = 1,
	RECORD_TAG_KIND_MASK = 7,
	RECORD_TAG_LEVEL_SHIFT = 4,
};

/** What German texts repeat (data/README.md). */
extern const unsigned char frame_dictionary[];
extern const size_t frame_dictionary_bytes;

/**
 * Adds a fixed pseudo-random stream (SplitMix64 of the offset) to the bytes, or takes it away
 * again; each `seed` has a stream of its own, else frames that begin alike would still look alike.
 * Xapian deflates document data wherever that saves a byte, and then inflates it for every reader:
 * half of the time of a query. White data is left alone.
 */
static inline void record_whiten(char *bytes, size_t len, uint64_t seed)
{
	for (uint64_t counter = seed << 32; len; counter++) {
		uint64_t word = 0, noise = (counter + 1) * 0x9e3779b97f4a7c15u;
		size_t n = len < sizeof(word) ? len : sizeof(word);
		noise = (noise ^ noise >> 30) * 0xbf58476d1ce4e5b9u;
		noise = (noise ^ noise >> 27) * 0x94d049bb133111ebu;
		noise ^= noise >> 31;
		memcpy(&word, bytes, n);
		word ^= noise;
		memcpy(bytes, &word, n);
		bytes += n;
		len -= n;
	}
}

/** frame_breaks with the scratch array given; see there. */
const uint32_t *frame_breaks_in(const struct frame *frame, const struct block *blocks,
	size_t block_count, uint32_t **scratch, size_t *capacity, size_t *ret_count);

#endif
