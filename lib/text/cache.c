/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hash tables of the analyser. Most of its time on text that it knows is spent waiting for memory,
 * so what is known of a key lies beside it:
 *
 *   slot {hash, length, key} --> struct terms | surface | its terms
 *                                      number | kind, text
 *                           text and number of a term | part of a compound
 *                                               ^ key
 *
 * The hash reads eight bytes at a time, as words are short.
 */
#include "text/cache.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base/mem.h"

enum { FIRST_CAPACITY = 1024, HUGE_PAGE_BYTES = 2 << 20 };

struct cache_slot {
	uint32_t hash;
	uint32_t len;
	const char *key; /* NULL: free */
};

uint32_t cache_hash(struct span bytes)
{
	const uint64_t multiplier = 0x9e3779b97f4a7c15u;
	uint64_t hash = bytes.len * multiplier;
	const char *p = bytes.ptr;
	size_t left = bytes.len;
	for (; left >= 8; left -= 8, p += 8) {
		uint64_t eight;
		memcpy(&eight, p, 8);
		hash = (hash ^ eight) * multiplier;
		hash ^= hash >> 32;
	}
	uint64_t rest = 0;
	if (left)
		memcpy(&rest, p, left);
	hash = (hash ^ rest) * multiplier;
	return (uint32_t)(hash >> 32);
}

/* The slot that holds the key, or the free one where it belongs. */
static struct cache_slot *probe(const struct cache_table *table, struct span key, uint32_t hash)
{
	size_t mask = table->capacity - 1;
	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct cache_slot *slot = &table->slots[i];
		if (!slot->key || (slot->hash == hash && slot->len == key.len &&
					  memcmp(slot->key, key.ptr, key.len) == 0))
			return slot;
	}
}

/* Free slots. Those of a large table are looked at in no order: in huge pages, if the system has
   them, the processor finds them without walking its page tables each time. */
static struct cache_slot *new_slots(size_t count)
{
	size_t bytes = count * sizeof(struct cache_slot);
	if (bytes < HUGE_PAGE_BYTES)
		return mem_zalloc(bytes);
	void *slots = aligned_alloc(HUGE_PAGE_BYTES, bytes);
	if (!slots)
		return mem_zalloc(bytes);
	madvise(slots, bytes, MADV_HUGEPAGE);
	return memset(slots, 0, bytes);
}

static void grow(struct cache_table *table)
{
	struct cache_table old = *table;
	table->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	table->slots = new_slots(table->capacity);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].key)
			*probe(table, (struct span){old.slots[i].key, old.slots[i].len},
				old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

/* Makes room for one more key. */
static void make_room(struct cache_table *table)
{
	if (3 * table->count >= 2 * table->capacity)
		grow(table);
}

/* Puts `key`, which is the cache's, into its free slot. */
static void fill(struct cache_table *table, struct cache_slot *slot, struct span key, uint32_t hash)
{
	*slot = (struct cache_slot){.hash = hash, .len = (uint32_t)key.len, .key = key.ptr};
	table->count++;
}

void cache_done(struct cache *cache)
{
	free(cache->surfaces.slots);
	free(cache->terms.slots);
	free(cache->parts.slots);
	arena_done(&cache->arena);
	*cache = (struct cache){0};
}

void cache_clear(struct cache *cache)
{
	cache_done(cache);
}

size_t cache_bytes(const struct cache *cache)
{
	size_t slots = cache->surfaces.capacity + cache->terms.capacity + cache->parts.capacity;
	return cache->arena.total_bytes + slots * sizeof(struct cache_slot);
}

const struct terms *cache_find(const struct cache *cache, struct span surface, uint32_t hash)
{
	if (!cache->surfaces.capacity)
		return NULL;
	const struct cache_slot *slot = probe(&cache->surfaces, surface, hash);
	return slot->key ? (const struct terms *)slot->key - 1 : NULL;
}

const struct terms *cache_add(
	struct cache *cache, struct span surface, uint32_t hash, const struct terms *terms)
{
	enum { ALIGN = _Alignof(struct term) };
	size_t key_bytes = (surface.len + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	size_t item_bytes = terms->count * sizeof(*terms->items);
	struct terms *copy = arena_alloc(&cache->arena, sizeof(*copy) + key_bytes + item_bytes);
	char *key = (char *)(copy + 1);
	struct term *items = (struct term *)(key + key_bytes);
	memcpy(key, surface.ptr, surface.len);
	memcpy(items, terms->items, item_bytes);
	*copy = *terms;
	copy->items = items;
	make_room(&cache->surfaces);
	fill(&cache->surfaces, probe(&cache->surfaces, surface, hash),
		(struct span){key, surface.len}, hash);
	return copy;
}

uint32_t cache_intern(
	struct cache *cache, enum term_kind kind, struct span text, struct span *ret_text)
{
	char bytes[1 + TERM_MAX_BYTES];
	bytes[0] = (char)kind;
	memcpy(bytes + 1, text.ptr, text.len);
	struct span key = {bytes, 1 + text.len};
	uint32_t hash = cache_hash(key);
	make_room(&cache->terms);
	struct cache_slot *slot = probe(&cache->terms, key, hash);
	if (!slot->key) {
		uint32_t *number = arena_alloc(&cache->arena, sizeof(*number) + key.len);
		*number = (uint32_t)cache->terms.count;
		memcpy(number + 1, key.ptr, key.len);
		fill(&cache->terms, slot, (struct span){(char *)(number + 1), key.len}, hash);
	}
	*ret_text = (struct span){slot->key + 1, text.len};
	return ((const uint32_t *)slot->key)[-1];
}

struct part_term {
	struct span text;
	uint32_t id;
};

bool cache_find_part(const struct cache *cache, struct span part, uint32_t hash, struct term *ret)
{
	if (!cache->parts.capacity)
		return false;
	const struct cache_slot *slot = probe(&cache->parts, part, hash);
	if (!slot->key)
		return false;
	const struct part_term *known = (const struct part_term *)slot->key - 1;
	ret->text = known->text;
	ret->id = known->id;
	return true;
}

void cache_add_part(struct cache *cache, struct span part, uint32_t hash, const struct term *term)
{
	struct part_term *known = arena_alloc(&cache->arena, sizeof(*known) + part.len);
	char *key = (char *)(known + 1);
	*known = (struct part_term){.text = term->text, .id = term->id};
	memcpy(key, part.ptr, part.len);
	make_room(&cache->parts);
	fill(&cache->parts, probe(&cache->parts, part, hash), (struct span){key, part.len}, hash);
}
