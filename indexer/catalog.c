/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalog: its stored form, and a hash table over it. What an entry means for a run is for
 * plan.c and apply.c to say.
 */
#include "indexer/catalog.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "indexer/bytes.h"
#include "store/schema.h"

enum { ENTRY_VERSION = 3, WITHOUT_ORIGINS = 2, FLAG_SETTLED = 1, FLAG_FOLDER = 2 };
enum { KEY_BYTES = sizeof(META_CATALOG_PREFIX) - 1 + sizeof(struct hash128) };

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = {"searchable", "no text", "failed"};

	return names[outcome];
}

const char *cause_name(enum cause cause)
{
	static const char *const names[] = {
		"", "damaged", "encrypted", "limit", "crash", "unreadable", "private", "pictures"};

	return names[cause];
}

bool entry_was_kept(const struct entry *entry)
{
	return span_ends(entry->note, SPAN(ENTRY_KEPT));
}

bool entry_is_retried(const struct entry *entry)
{
	return entry->outcome == OUTCOME_FAILED || entry->cause == CAUSE_PICTURES;
}

void catalog_done(struct catalog *catalog)
{
	free(catalog->entries);
	free(catalog->table);
	arena_done(&catalog->arena);
	*catalog = (struct catalog){0};
}

/* ---- the table ---- */

static size_t slot_of(const struct catalog *catalog, struct hash128 id)
{
	size_t mask = catalog->table_size - 1, slot;
	uint32_t index;

	memcpy(&slot, id.bytes, sizeof(slot));
	for (slot &= mask; (index = catalog->table[slot]) != 0; slot = (slot + 1) & mask)
		if (memcmp(&catalog->entries[index - 1]->id, &id, sizeof(id)) == 0)
			break;
	return slot;
}

/* Keeps at least half of the table free. */
static void make_room(struct catalog *catalog)
{
	if (catalog->count * 2 < catalog->table_size)
		return;
	catalog->table_size = catalog->table_size ? catalog->table_size * 2 : 1024;
	free(catalog->table);
	catalog->table = mem_zalloc(catalog->table_size * sizeof(*catalog->table));
	for (size_t i = 0; i < catalog->count; i++)
		catalog->table[slot_of(catalog, catalog->entries[i]->id)] = (uint32_t)i + 1;
}

static void insert(struct catalog *catalog, struct entry *entry)
{
	make_room(catalog);
	ARRAY_GROW(catalog->entries, catalog->count, catalog->capacity);
	size_t slot = slot_of(catalog, entry->id);
	catalog->entries[catalog->count++] = entry;
	catalog->table[slot] = (uint32_t)catalog->count;
}

struct entry *catalog_find(const struct catalog *catalog, struct span path)
{
	if (catalog->count == 0)
		return NULL;
	uint32_t index = catalog->table[slot_of(catalog, hash128(path))];
	struct entry *entry = index ? catalog->entries[index - 1] : NULL;
	return entry && !entry->removed ? entry : NULL;
}

bool catalog_has_failure(const struct catalog *catalog, struct span path)
{
	const struct entry *entry = catalog_find(catalog, path);

	return entry && entry->known && entry->outcome == OUTCOME_FAILED;
}

struct entry *catalog_add(struct catalog *catalog, struct span path)
{
	struct entry *entry = arena_alloc(&catalog->arena, sizeof(*entry));

	*entry = (struct entry){.id = hash128(path), .path = arena_copy(&catalog->arena, path)};
	insert(catalog, entry);
	return entry;
}

void catalog_set_note(struct catalog *catalog, struct entry *entry, struct span note)
{
	if (!span_equal(entry->note, note))
		entry->note = arena_copy(&catalog->arena, note);
}

static bool is_known(const struct entry *entry)
{
	return entry->known && !entry->removed;
}

uint64_t catalog_count(const struct catalog *catalog, enum outcome outcome)
{
	uint64_t count = 0;

	for (size_t i = 0; i < catalog->count; i++)
		count += is_known(catalog->entries[i]) && catalog->entries[i]->outcome == outcome;
	return count;
}

size_t catalog_known(const struct catalog *catalog)
{
	size_t count = 0;

	for (size_t i = 0; i < catalog->count; i++)
		count += is_known(catalog->entries[i]);
	return count;
}

/* ---- the stored form ---- */

static void print_entry(const struct entry *entry, struct buf *ret)
{
	unsigned flags = (entry->settled ? FLAG_SETTLED : 0) | (entry->folder ? FLAG_FOLDER : 0);

	buf_add_varint(ret, ENTRY_VERSION);
	buf_add_varint(ret, flags);
	buf_add_varint(ret, entry->outcome);
	buf_add_varint(ret, entry->cause);
	buf_add_varint(ret, entry->size);
	buf_add_varint(ret, entry->inode);
	buf_add_varint(ret, (uint64_t)entry->mtime_ns);
	buf_add_varint(ret, (uint64_t)entry->since);
	buf_add_varint(ret, entry->pages);
	buf_add_varint(ret, entry->origins);
	buf_add(ret, &entry->content, sizeof(entry->content));
	buf_add_counted(ret, entry->path);
	buf_add_counted(ret, entry->note);
}

static bool take_number(struct span *in, uint64_t most, uint64_t *ret)
{
	return span_take_varint(in, ret) && *ret <= most;
}

static bool parse_entry(struct span in, struct entry *ret)
{
	uint64_t version, flags, outcome, cause, mtime, since, pages, origins = 0;

	if (!take_number(&in, ENTRY_VERSION, &version) || version < WITHOUT_ORIGINS ||
		!take_number(&in, FLAG_SETTLED | FLAG_FOLDER, &flags) ||
		!take_number(&in, OUTCOMES - 1, &outcome) ||
		!take_number(&in, CAUSES - 1, &cause) || !span_take_varint(&in, &ret->size) ||
		!span_take_varint(&in, &ret->inode) || !span_take_varint(&in, &mtime) ||
		!span_take_varint(&in, &since) || !take_number(&in, UINT32_MAX, &pages) ||
		(version > WITHOUT_ORIGINS && !take_number(&in, UINT8_MAX, &origins)) ||
		in.len < sizeof(ret->content))
		return false;
	memcpy(&ret->content, in.ptr, sizeof(ret->content));
	in = span_skip(in, sizeof(ret->content));
	ret->settled = flags & FLAG_SETTLED;
	ret->folder = flags & FLAG_FOLDER;
	ret->outcome = (uint8_t)outcome;
	ret->cause = (uint8_t)cause;
	ret->pages = (uint32_t)pages;
	ret->origins = (uint8_t)origins;
	ret->mtime_ns = (int64_t)mtime;
	ret->since = (int64_t)since;
	return span_take_counted(&in, &ret->path) && span_take_counted(&in, &ret->note) &&
	       in.len == 0;
}

static lupe_status load_entry(
	struct catalog *catalog, xc_database *db, struct xc_bytes key, struct lupe_error *err)
{
	struct xc_blob value = XC_BLOB_INIT;
	struct entry *entry = arena_alloc(&catalog->arena, sizeof(*entry));
	lupe_status st = xc_metadata_get(db, key, &value, err);

	if (st < 0)
		return st;
	*entry = (struct entry){0};
	if (key.len == KEY_BYTES &&
		parse_entry((struct span){value.bytes.ptr, value.bytes.len}, entry)) {
		memcpy(&entry->id, key.ptr + key.len - sizeof(entry->id), sizeof(entry->id));
		entry->path = arena_copy(&catalog->arena, entry->path);
		entry->note = arena_copy(&catalog->arena, entry->note);
		entry->known = true;
		insert(catalog, entry);
	} else {
		st = lupe_fail(err, LUPE_ERROR_CORRUPT,
			"index is damaged: an entry of the catalog makes no sense: rebuild needed "
			"(lupe-index rebuild)");
	}
	xc_blob_done(&value);
	return st;
}

lupe_status catalog_load(struct catalog *catalog, xc_database *db, struct lupe_error *err)
{
	xc_terms *keys;
	struct xc_term key;
	lupe_status st =
		xc_metadata_keys_start(db, bytes_of(SPAN(META_CATALOG_PREFIX)), &keys, err);

	if (st < 0)
		return st;
	while ((st = xc_terms_next(keys, &key, err)) == LUPE_OK)
		if ((st = load_entry(catalog, db, key.term, err)) < 0)
			break;
	xc_terms_close(keys);
	return st == LUPE_END ? LUPE_OK : st;
}

static struct xc_bytes key_of(const struct entry *entry, char ret_key[KEY_BYTES])
{
	size_t prefix = KEY_BYTES - sizeof(entry->id);

	memcpy(ret_key, META_CATALOG_PREFIX, prefix);
	memcpy(ret_key + prefix, &entry->id, sizeof(entry->id));
	return (struct xc_bytes){ret_key, KEY_BYTES};
}

lupe_status catalog_store(xc_writer *writer, const struct entry *entry, struct lupe_error *err)
{
	char key[KEY_BYTES];
	BUF_SCOPED(value);

	print_entry(entry, &value);
	return xc_writer_set_metadata(writer, key_of(entry, key), bytes_of(buf_span(&value)), err);
}

lupe_status catalog_erase(xc_writer *writer, struct entry *entry, struct lupe_error *err)
{
	char key[KEY_BYTES];

	entry->removed = true;
	return xc_writer_set_metadata(writer, key_of(entry, key), bytes_of(SPAN("")), err);
}
