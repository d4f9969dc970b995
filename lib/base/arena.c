/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bump allocator over blocks that double in size. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_BLOCK_BYTES = 4096, LARGEST_BLOCK_BYTES = 1 << 20 };

struct arena_block {
	struct arena_block *older;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *new_block(struct arena *arena, size_t need)
{
	size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK_BYTES;
	if (size > LARGEST_BLOCK_BYTES)
		size = LARGEST_BLOCK_BYTES;
	if (size < need)
		size = need;
	struct arena_block *block = mem_alloc(sizeof(*block) + size);
	block->older = arena->newest;
	block->used = 0;
	block->size = size;
	arena->newest = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct arena_block *block = arena->newest;
	if (!block || block->size - block->used < rounded)
		block = new_block(arena, rounded);
	void *memory = block->bytes + block->used;
	block->used += rounded;
	arena->total_bytes += rounded;
	return memory;
}

struct span arena_copy(struct arena *arena, struct span s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return (struct span){copy, s.len};
}

void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->newest;
	if (!keep)
		return;
	while (keep->older) {
		struct arena_block *older = keep->older->older;
		free(keep->older);
		keep->older = older;
	}
	keep->used = 0;
	arena->total_bytes = 0;
}

void arena_done(struct arena *arena)
{
	arena_reset(arena);
	free(arena->newest);
	*arena = ARENA_INIT;
}
