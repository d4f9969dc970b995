/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the analyser remembers: surfaces with their terms, and the numbers of terms.
 *
 *   surface "Arbeitsmarkt" -> terms { 17 exact arbeitsmarkt, 18 stem arbeitsmarkt }
 *   (kind, text)           -> id
 *   part "markt"           -> 19 part markt
 *
 * German text is Zipfian: a few ten thousand surfaces make up nearly all of it, so the chain runs
 * once for each of them. Hash tables with open addressing over one arena.
 */
#ifndef LUPE_TEXT_CACHE_H
#define LUPE_TEXT_CACHE_H

#include "base/arena.h"
#include "text/analyser.h"

struct cache_slot;

struct cache_table {
	struct cache_slot *slots;
	size_t capacity; /* a power of two */
	size_t count;
};

struct cache {
	struct cache_table surfaces;
	struct cache_table terms;
	struct cache_table parts;
	struct arena arena;
};

/** Zeroed memory is an empty cache. */
void cache_done(struct cache *cache);
void cache_clear(struct cache *cache);
/** Memory in use, in bytes. */
size_t cache_bytes(const struct cache *cache);

uint32_t cache_hash(struct span bytes);
/** The terms of a surface, or NULL. */
const struct terms *cache_find(const struct cache *cache, struct span surface, uint32_t hash);
/** Remembers `terms` (copied; their texts must be the cache's) for a surface not yet there. */
const struct terms *cache_add(
	struct cache *cache, struct span surface, uint32_t hash, const struct terms *terms);
/** The number of a term, and the cache's copy of its text. */
uint32_t cache_intern(
	struct cache *cache, enum term_kind kind, struct span text, struct span *ret_text);

/**
 * The term of a part of a compound, which is the same wherever it stands: writes its text and
 * number, if the cache knows them.
 */
bool cache_find_part(const struct cache *cache, struct span part, uint32_t hash, struct term *ret);
/** Remembers the text (the cache's) and number of `term` for a part not yet there. */
void cache_add_part(struct cache *cache, struct span part, uint32_t hash, const struct term *term);

#endif
