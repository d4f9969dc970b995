/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Where the terms of one document stand in it, packed into values of the document: its terms are
 * dealt out to shares by a hash, so that a reader who wants two terms reads two shares. There are
 * 1 << level of them, more where there are more terms, so that each is small; SLOT_SHARES keeps the
 * level, a byte, and the slots of level L begin at SLOT_POSITIONS + (1 << L) - 1. Shares are
 * sealed.
 *
 * Xapian's own table of positions has an entry with a key of some 14 bytes for each term of each
 * document; this has four bytes and no key (doc/decisions/0060). Terms are known by a hash: one
 * that the document does not have is taken for one that it has once in 250 million look-ups.
 *
 *   share   := bits, width, seed: a byte each
 *              end of each of the 2^bits buckets, little-endian numbers of `width` bytes, counted
 *              from behind the last of them
 *              buckets
 *   bucket  := entry*, in any order; a term's bucket are the first `bits` bits of its hash
 *   entry   := mark, 4 bytes, little-endian: the last 31 bits of the term's hash, then a bit that
 *              is 1 if there is a single position
 *              if so, the position; else the bytes that follow, the first position, and for each
 *              further one its distance from the one before
 *
 * Everything else is a varint. The hash is hash64 of the term, mixed with the seed: the smallest
 * with which no two terms of the share look alike. A share without terms is no value at all.
 */
#ifndef LUPE_STORE_POSITIONS_H
#define LUPE_STORE_POSITIONS_H

#include <stdint.h>

#include "base/span.h"
#include "lupe/status.h"
#include "lupe/xapian-c.h"

/** Rising positions, without doubles; grown as needed and reused. Start from zeros. */
struct position_list {
	uint32_t *items;
	size_t count, capacity;
};

void position_list_add(struct position_list *list, uint32_t position);
/** Frees the items and makes the list empty. */
void position_list_done(struct position_list *list);

enum {
	POSITIONS_LEVEL_MAX = 8,
	POSITIONS_SHARES_MAX = 1 << POSITIONS_LEVEL_MAX,
	POSITIONS_VALUES_MAX = 1 + POSITIONS_SHARES_MAX,
};

/** Of one document. */
struct positions_writer;

struct positions_writer *positions_writer_new(void);
void positions_writer_free(struct positions_writer *writer);
/** Forgets the document before. */
void positions_writer_start(struct positions_writer *writer);
/** Adds a term with `count` rising positions, at least one; no term twice. */
void positions_writer_add(
	struct positions_writer *writer, struct span term, const uint32_t *positions, size_t count);
/** All that was added, as values of the document, at most POSITIONS_VALUES_MAX; valid until the
 * next start. The same terms in the same order give the same bytes. */
const struct xc_value *positions_writer_pack(struct positions_writer *writer, size_t *ret_count);

/** The level that SLOT_SHARES tells of; false if it makes no sense. */
bool positions_level(struct span value, unsigned *ret);
/** The slot of a term's share; those of a word, as it stands and in compounds, are in one. */
uint32_t positions_slot(struct span term, unsigned level);

/**
 * Reads the positions of `term` from its share, opened, into `list`, replacing what was there; none
 * if the document has not got the term, or the share is empty. Reads nothing outside `share`,
 * whatever that holds.
 *
 * LUPE_ERROR_CORRUPT: that is not what positions_writer_pack() makes; the list is undefined.
 */
lupe_status positions_read(
	struct span share, struct span term, struct position_list *list, struct lupe_error *err);

#endif
