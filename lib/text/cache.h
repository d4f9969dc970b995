/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the analyser remembers: surfaces with their terms, and the numbers of terms.
 *
 *   surface "Arbeitsmarkt" -> terms { 17 exact arbeitsmarkt, 18 stem arbeitsmarkt }
 *   the same, for counting -> 18 stem
 *   (kind, text)           -> id
 *   part "markt"           -> id of part markt
 *
 * German text is Zipfian: a few ten thousand surfaces make up nearly all of it, so the chain runs
 * once for each of them. Hash tables with open addressing over memory in large chunks.
 */
#ifndef LUPE_TEXT_CACHE_H
#define LUPE_TEXT_CACHE_H

#include "text/analyser.h"

struct cache_slot;

struct cache_table {
	struct cache_slot *slots;
	size_t capacity; /* a power of two */
	size_t count;
};

/** Memory that is filled from its beginning and freed at once; at most 32 GB. */
struct cache_store {
	char **chunks;
	size_t chunk_count; /* allocated; a clear keeps some */
	size_t chunk, used; /* the one that is being filled, and how far */
	size_t bytes;       /* handed out */
};

struct cache {
	struct cache_table surfaces, counted, terms, parts;
	struct cache_store store;
	uint32_t *names; /* by number of a term: where its kind and text are */
	size_t name_capacity;
};

/** Zeroed memory is an empty cache. */
void cache_done(struct cache *cache);
/** Forgets everything, and keeps memory for as much again. */
void cache_clear(struct cache *cache);
/** Memory in use, in bytes; an empty cache uses none. */
size_t cache_bytes(const struct cache *cache);

uint32_t cache_hash(struct span bytes);
/** The terms of a surface, or NULL. */
const struct terms *cache_find(const struct cache *cache, struct span surface, uint32_t hash);
/** Remembers `terms` (copied; their texts must be the cache's) for a surface not yet there. */
const struct terms *cache_add(
	struct cache *cache, struct span surface, uint32_t hash, const struct terms *terms);

/** What is counted of a surface; false if it is not known. */
bool cache_find_counted(
	const struct cache *cache, struct span surface, uint32_t hash, struct counted_terms *ret);
/** Remembers `terms` (copied) for a surface not yet there; returns the copy. */
struct counted_terms cache_add_counted(
	struct cache *cache, struct span surface, uint32_t hash, const struct counted_terms *terms);
/** Asks the processor for the memory that cache_find_counted will look at first, and then, once
    that may be there, for what it will look at next. */
void cache_fetch_slot(const struct cache *cache, uint32_t hash);
void cache_fetch_counted(const struct cache *cache, uint32_t hash);

/** The number of a term, and the cache's copy of its text. */
uint32_t cache_intern(
	struct cache *cache, enum term_kind kind, struct span text, struct span *ret_text);
/** The text of a term that has a number. */
struct span cache_term_text(const struct cache *cache, uint32_t id);

/**
 * The term of a part of a compound, which is the same wherever it stands: writes its text and
 * number, if the cache knows them.
 */
bool cache_find_part(const struct cache *cache, struct span part, uint32_t hash, struct term *ret);
/** Remembers the number of `term` for a part not yet there. */
void cache_add_part(struct cache *cache, struct span part, uint32_t hash, const struct term *term);

#endif
