/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hash tables of the analyser. Much of its time on text that it knows is spent waiting for memory,
 * so slots are small, and what is known of a key lies behind it:
 *
 *   slot {hash, place} --> number, length, key, padded with zeros | what is known of it
 *                          of its terms    surface                | struct terms and its items
 *                          of its terms    surface                | numbers and kinds of terms
 *                          of the term     kind, text
 *                          of its term     part of a compound     | text of its term
 *
 * A place is a number of eight bytes in the store. Hash and comparison read eight bytes at a time,
 * as words are short.
 */
#include "text/cache.h"

#include <endian.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/mem.h"

enum {
	FIRST_CAPACITY = 1024,
	HUGE_PAGE_BYTES = 2 << 20,
	UNIT = 8,
	CHUNK_BITS = 18, /* of a place: units in a chunk */
	CHUNK_BYTES = UNIT << CHUNK_BITS,
	KEPT_CHUNKS = 16,
	KEPT_SLOTS = 1 << 19,
	LONGEST_KEY = 1 << 15, /* longer surfaces are not remembered */
};

struct cache_slot {
	uint32_t hash;
	uint32_t place; /* 0: free */
};

struct entry {
	uint32_t number;
	uint32_t len;
	char key[];
};

/* ---- reading eight bytes at a time ---- */

static inline uint64_t read64(const char *at)
{
	uint64_t value;
	memcpy(&value, at, sizeof(value));
	return le64toh(value);
}

static inline uint64_t read32(const char *at)
{
	uint32_t value;
	memcpy(&value, at, sizeof(value));
	return le32toh(value);
}

/* The last `len` bytes, 1 to 7 of them, as if zeros followed. */
static inline uint64_t read_rest(const char *at, size_t len)
{
	if (len >= 4)
		return read32(at) | read32(at + len - 4) << 8 * (len - 4);
	uint64_t first = (unsigned char)at[0], middle = (unsigned char)at[len / 2],
		 last = (unsigned char)at[len - 1];
	return first | middle << 8 * (len / 2) | last << 8 * (len - 1);
}

uint32_t cache_hash(struct span bytes)
{
	const uint64_t multiplier = 0x9e3779b97f4a7c15u;
	uint64_t hash = bytes.len * multiplier;
	const char *p = bytes.ptr;
	size_t left = bytes.len;
	for (; left >= 8; left -= 8, p += 8) {
		hash = (hash ^ read64(p)) * multiplier;
		hash ^= hash >> 32;
	}
	if (left)
		hash ^= read_rest(p, left);
	hash *= multiplier;
	return (uint32_t)(hash >> 32);
}

static inline bool has_key(const struct entry *entry, struct span key)
{
	const char *mine = entry->key, *other = key.ptr;
	size_t left = key.len;
	if (entry->len != key.len)
		return false;
	for (; left >= 8; left -= 8, mine += 8, other += 8)
		if (read64(mine) != read64(other))
			return false;
	return left == 0 || read64(mine) == read_rest(other, left);
}

/* ---- memory ---- */

static size_t padded(size_t bytes)
{
	return (bytes + UNIT - 1) & ~(size_t)(UNIT - 1);
}

/* Memory that is looked at in no order: in huge pages, if it is large and the system has them, the
   processor finds it without walking its page tables each time. */
static void *new_memory(size_t bytes, bool huge)
{
	void *memory = huge ? aligned_alloc(HUGE_PAGE_BYTES, bytes) : NULL;
	if (!memory)
		return mem_alloc(bytes);
	madvise(memory, bytes, MADV_HUGEPAGE);
	return memory;
}

/* A chunk in which `bytes` are free. The first is enough for a query. */
static void next_chunk(struct cache_store *store)
{
	if (store->chunk_count)
		store->chunk++;
	store->used = 0;
	if (store->chunk < store->chunk_count)
		return;
	store->chunks =
		mem_realloc_array(store->chunks, store->chunk_count + 1, sizeof(*store->chunks));
	store->chunks[store->chunk_count++] = new_memory(CHUNK_BYTES, store->chunk > 0);
}

/* `bytes` from the store, less than a chunk, and their place. */
static void *take(struct cache_store *store, size_t bytes, uint32_t *ret_place)
{
	bytes = padded(bytes);
	if (!store->chunk_count || store->used + bytes > CHUNK_BYTES)
		next_chunk(store);
	if (store->used == 0 && store->chunk == 0)
		store->used = UNIT; /* there is no place 0 */
	if (store->chunk >> (32 - CHUNK_BITS))
		abort();
	char *memory = store->chunks[store->chunk] + store->used;
	*ret_place = (uint32_t)(store->chunk << CHUNK_BITS | store->used / UNIT);
	store->used += bytes;
	store->bytes += bytes;
	return memory;
}

static inline struct entry *entry_at(const struct cache_store *store, uint32_t place)
{
	char *chunk = store->chunks[place >> CHUNK_BITS];
	return (struct entry *)(chunk + (size_t)(place & ((1u << CHUNK_BITS) - 1)) * UNIT);
}

/* What is known of its key. */
static void *behind_key(const struct entry *entry)
{
	return (char *)entry->key + padded(entry->len);
}

/* An entry with room for `extra` bytes behind its key. */
static struct entry *new_entry(struct cache_store *store, struct span key, uint32_t number,
	size_t extra, uint32_t *ret_place)
{
	size_t key_bytes = padded(key.len);
	struct entry *entry = take(store, sizeof(*entry) + key_bytes + extra, ret_place);
	entry->number = number;
	entry->len = (uint32_t)key.len;
	if (key_bytes)
		memset(entry->key + key_bytes - UNIT, 0, UNIT);
	if (key.len)
		memcpy(entry->key, key.ptr, key.len);
	return entry;
}

/* ---- tables ---- */

/* The entry of the key, or NULL. */
static inline const struct entry *find(
	const struct cache *cache, const struct cache_table *table, struct span key, uint32_t hash)
{
	if (!table->count)
		return NULL;
	size_t mask = table->capacity - 1;
	for (size_t i = hash & mask; table->slots[i].place; i = (i + 1) & mask) {
		if (table->slots[i].hash != hash)
			continue;
		const struct entry *entry = entry_at(&cache->store, table->slots[i].place);
		if (has_key(entry, key))
			return entry;
	}
	return NULL;
}

static void put(struct cache_table *table, struct cache_slot new)
{
	size_t mask = table->capacity - 1, i = new.hash &mask;
	while (table->slots[i].place)
		i = (i + 1) & mask;
	table->slots[i] = new;
}

static void grow(struct cache_table *table)
{
	struct cache_table old = *table;
	table->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	size_t bytes = table->capacity * sizeof(*table->slots);
	table->slots = new_memory(bytes, bytes >= HUGE_PAGE_BYTES);
	memset(table->slots, 0, bytes);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].place)
			put(table, old.slots[i]);
	free(old.slots);
}

/* Makes a new key known. */
static void add(struct cache_table *table, uint32_t hash, uint32_t place)
{
	if (3 * table->count >= 2 * table->capacity)
		grow(table);
	put(table, (struct cache_slot){hash, place});
	table->count++;
}

static void clear_table(struct cache_table *table)
{
	if (table->capacity > KEPT_SLOTS) {
		free(table->slots);
		*table = (struct cache_table){NULL, 0, 0};
	} else if (table->count) {
		memset(table->slots, 0, table->capacity * sizeof(*table->slots));
		table->count = 0;
	}
}

void cache_done(struct cache *cache)
{
	free(cache->surfaces.slots);
	free(cache->counted.slots);
	free(cache->terms.slots);
	free(cache->parts.slots);
	for (size_t i = 0; i < cache->store.chunk_count; i++)
		free(cache->store.chunks[i]);
	free(cache->store.chunks);
	free(cache->names);
	*cache = (struct cache){.names = NULL};
}

void cache_clear(struct cache *cache)
{
	struct cache_store *store = &cache->store;
	clear_table(&cache->surfaces);
	clear_table(&cache->counted);
	clear_table(&cache->terms);
	clear_table(&cache->parts);
	while (store->chunk_count > KEPT_CHUNKS)
		free(store->chunks[--store->chunk_count]);
	store->chunk = store->used = store->bytes = 0;
	if (cache->name_capacity > KEPT_SLOTS) {
		free(cache->names);
		cache->names = NULL;
		cache->name_capacity = 0;
	}
}

static size_t table_bytes(const struct cache_table *table)
{
	return table->count ? table->capacity * sizeof(*table->slots) : 0;
}

size_t cache_bytes(const struct cache *cache)
{
	return cache->store.bytes + table_bytes(&cache->surfaces) + table_bytes(&cache->counted) +
	       table_bytes(&cache->terms) + table_bytes(&cache->parts) +
	       cache->terms.count * sizeof(*cache->names);
}

/* ---- surfaces ---- */

const struct terms *cache_find(const struct cache *cache, struct span surface, uint32_t hash)
{
	const struct entry *entry = find(cache, &cache->surfaces, surface, hash);
	return entry ? behind_key(entry) : NULL;
}

/* An entry of the table for `surface`, or if that is too long, one that nobody finds. */
static struct entry *add_surface(struct cache *cache, struct cache_table *table,
	struct span surface, uint32_t hash, size_t count, size_t extra)
{
	uint32_t place;
	bool known = surface.len <= LONGEST_KEY;
	struct span key = {surface.ptr, known ? surface.len : 0};
	struct entry *entry = new_entry(&cache->store, key, (uint32_t)count, extra, &place);
	if (known)
		add(table, hash, place);
	return entry;
}

const struct terms *cache_add(
	struct cache *cache, struct span surface, uint32_t hash, const struct terms *terms)
{
	size_t item_bytes = terms->count * sizeof(*terms->items);
	struct terms *copy = behind_key(add_surface(
		cache, &cache->surfaces, surface, hash, terms->count, sizeof(*copy) + item_bytes));
	struct term *items = (struct term *)(copy + 1);
	if (item_bytes)
		memcpy(items, terms->items, item_bytes);
	*copy = *terms;
	copy->items = items;
	return copy;
}

static struct counted_terms counted_of(const struct entry *entry)
{
	return (struct counted_terms){behind_key(entry), entry->number};
}

bool cache_find_counted(
	const struct cache *cache, struct span surface, uint32_t hash, struct counted_terms *ret)
{
	const struct entry *entry = find(cache, &cache->counted, surface, hash);
	if (entry)
		*ret = counted_of(entry);
	return entry != NULL;
}

struct counted_terms cache_add_counted(
	struct cache *cache, struct span surface, uint32_t hash, const struct counted_terms *terms)
{
	size_t bytes = terms->count * sizeof(*terms->items);
	struct entry *entry =
		add_surface(cache, &cache->counted, surface, hash, terms->count, bytes);
	if (bytes)
		memcpy(behind_key(entry), terms->items, bytes);
	return counted_of(entry);
}

void cache_fetch_slot(const struct cache *cache, uint32_t hash)
{
	const struct cache_table *table = &cache->counted;
	if (table->capacity)
		__builtin_prefetch(&table->slots[hash & (table->capacity - 1)]);
}

void cache_fetch_counted(const struct cache *cache, uint32_t hash)
{
	const struct cache_table *table = &cache->counted;
	if (!table->count)
		return;
	size_t mask = table->capacity - 1;
	for (size_t i = hash & mask; table->slots[i].place; i = (i + 1) & mask) {
		if (table->slots[i].hash == hash) {
			__builtin_prefetch(entry_at(&cache->store, table->slots[i].place));
			return;
		}
	}
}

/* ---- terms ---- */

static struct span term_text(const struct entry *entry)
{
	return (struct span){entry->key + 1, entry->len - 1};
}

uint32_t cache_intern(
	struct cache *cache, enum term_kind kind, struct span text, struct span *ret_text)
{
	char bytes[1 + TERM_MAX_BYTES];
	bytes[0] = (char)kind;
	memcpy(bytes + 1, text.ptr, text.len);
	struct span key = {bytes, 1 + text.len};
	uint32_t hash = cache_hash(key), place;
	const struct entry *entry = find(cache, &cache->terms, key, hash);
	if (!entry) {
		size_t number = cache->terms.count;
		entry = new_entry(&cache->store, key, (uint32_t)number, 0, &place);
		add(&cache->terms, hash, place);
		ARRAY_GROW(cache->names, number, cache->name_capacity);
		cache->names[number] = place;
	}
	*ret_text = term_text(entry);
	return entry->number;
}

struct span cache_term_text(const struct cache *cache, uint32_t id)
{
	return term_text(entry_at(&cache->store, cache->names[id]));
}

bool cache_find_part(const struct cache *cache, struct span part, uint32_t hash, struct term *ret)
{
	const struct entry *entry = find(cache, &cache->parts, part, hash);
	if (!entry)
		return false;
	ret->id = entry->number;
	memcpy(&ret->text, behind_key(entry), sizeof(ret->text));
	return true;
}

void cache_add_part(struct cache *cache, struct span part, uint32_t hash, const struct term *term)
{
	uint32_t place;
	const struct entry *entry =
		new_entry(&cache->store, part, term->id, sizeof(term->text), &place);
	memcpy(behind_key(entry), &term->text, sizeof(term->text));
	add(&cache->parts, hash, place);
}
