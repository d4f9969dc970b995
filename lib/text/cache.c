/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hash tables of the analyser. The hash reads eight bytes at a time, as words are short. */
#include "text/cache.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_CAPACITY = 1024 };

struct cache_slot {
	uint32_t hash;
	uint32_t len;
	const char *key; /* NULL: free */
	union {
		const struct terms *terms;
		uint64_t id;
	} value;
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

static void grow(struct cache_table *table)
{
	struct cache_table old = *table;
	table->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	table->slots = mem_zalloc(table->capacity * sizeof(*table->slots));
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].key)
			*probe(table, (struct span){old.slots[i].key, old.slots[i].len},
				old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

static struct cache_slot *insert(
	struct cache_table *table, struct arena *arena, struct span key, uint32_t hash)
{
	if (table->count * 2 >= table->capacity)
		grow(table);
	struct cache_slot *slot = probe(table, key, hash);
	if (!slot->key) {
		slot->key = arena_copy(arena, key).ptr;
		slot->len = (uint32_t)key.len;
		slot->hash = hash;
		slot->value.id = UINT64_MAX;
		table->count++;
	}
	return slot;
}

void cache_done(struct cache *cache)
{
	free(cache->surfaces.slots);
	free(cache->terms.slots);
	arena_done(&cache->arena);
	*cache = (struct cache){0};
}

void cache_clear(struct cache *cache)
{
	cache_done(cache);
}

size_t cache_bytes(const struct cache *cache)
{
	return cache->arena.total_bytes +
	       (cache->surfaces.capacity + cache->terms.capacity) * sizeof(struct cache_slot);
}

const struct terms *cache_find(const struct cache *cache, struct span surface, uint32_t hash)
{
	if (!cache->surfaces.capacity)
		return NULL;
	const struct cache_slot *slot = probe(&cache->surfaces, surface, hash);
	return slot->key ? slot->value.terms : NULL;
}

const struct terms *cache_add(
	struct cache *cache, struct span surface, uint32_t hash, const struct terms *terms)
{
	struct terms *copy = arena_alloc(&cache->arena, sizeof(*copy));
	struct term *items = arena_alloc(&cache->arena, terms->count * sizeof(*items));
	memcpy(items, terms->items, terms->count * sizeof(*items));
	*copy = *terms;
	copy->items = items;
	insert(&cache->surfaces, &cache->arena, surface, hash)->value.terms = copy;
	return copy;
}

uint32_t cache_intern(
	struct cache *cache, enum term_kind kind, struct span text, struct span *ret_text)
{
	char bytes[1 + TERM_MAX_BYTES];
	bytes[0] = (char)kind;
	memcpy(bytes + 1, text.ptr, text.len);
	struct span key = {bytes, 1 + text.len};
	struct cache_slot *slot = insert(&cache->terms, &cache->arena, key, cache_hash(key));
	if (slot->value.id == UINT64_MAX)
		slot->value.id = cache->terms.count - 1;
	*ret_text = (struct span){slot->key + 1, text.len};
	return (uint32_t)slot->value.id;
}
