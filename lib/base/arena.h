/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Memory that is freed all at once: the trees and strings of one request.
 *
 *   arena -> newest block -> older block -> ... -> NULL
 *
 * Memory is aligned for any type and not zeroed. `arena_reset` keeps one block for reuse.
 */
#ifndef LUPE_BASE_ARENA_H
#define LUPE_BASE_ARENA_H

#include "base/span.h"

struct arena_block;
struct arena {
	struct arena_block *newest;
	size_t total_bytes; /**< handed out since the last reset */
};

#define ARENA_INIT ((struct arena){NULL, 0})

void *arena_alloc(struct arena *arena, size_t size);
/** A copy of `s` with a NUL behind it. */
struct span arena_copy(struct arena *arena, struct span s);
void arena_reset(struct arena *arena);
void arena_done(struct arena *arena);

#endif
