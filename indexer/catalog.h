/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What an index knows of each file it has seen: one metadata entry a file, in the same commit as
 * the file's document.
 *
 *   key   := META_CATALOG_PREFIX hash128(path)
 *   value := version flags outcome cause size inode mtime since pages origins
 *            content(16 bytes) path note
 *
 * `path` is a document's path (roots.h). A folder that could not be read has an entry too. While
 * a run lasts, the whole catalog is held in memory.
 */
#ifndef LUPE_INDEXER_CATALOG_H
#define LUPE_INDEXER_CATALOG_H

#include "base/arena.h"
#include "base/hash.h"
#include "lupe/xapian-c.h"

enum outcome {
	OUTCOME_SEARCHABLE, /**< there is a document */
	OUTCOME_NO_TEXT,    /**< read, but without a word */
	OUTCOME_FAILED,     /**< not read; the note says why */
	OUTCOMES,
};
/** "searchable", "no text", "failed". */
const char *outcome_name(enum outcome outcome);

/** Why a file is not searchable, or has pages without text. */
enum cause {
	CAUSE_NONE,
	CAUSE_DAMAGED,    /**< not what its name says, or broken */
	CAUSE_ENCRYPTED,  /**< a password is needed */
	CAUSE_LIMIT,      /**< more time, memory, size than a file may take */
	CAUSE_CRASH,      /**< its reader died of it */
	CAUSE_UNREADABLE, /**< the system does not let it be read */
	CAUSE_PRIVATE,    /**< not everybody who may read the index may read it */
	CAUSE_PICTURES,   /**< pages of it, or all, are pictures */
	CAUSES,
};
/** "", "damaged", "encrypted", "limit", "crash", "unreadable", "private", "pictures". */
const char *cause_name(enum cause cause);

struct entry {
	struct hash128 id; /**< of the path */
	struct span path;
	uint64_t size;
	uint64_t inode;
	int64_t mtime_ns;
	int64_t since;          /**< seconds since 1970: when `outcome` came about */
	struct hash128 content; /**< of the raw bytes; zero if they were not read */
	struct span note;       /**< why it failed, or a notice; mostly empty */
	uint8_t outcome;        /**< enum outcome */
	uint8_t cause;          /**< enum cause */
	uint8_t origins;        /**< enum origin of its document; 0 if not known */
	uint32_t pages;         /**< 0 in unpaged documents */
	bool settled;           /**< false: read it again next time, whatever its size and time */
	bool folder;
	/* not stored: */
	bool known;     /**< it is in the index; a file that is only planned is not yet */
	bool removed;   /**< erased in this run */
	bool elsewhere; /**< gone, but its file seems to be there under another name */
	bool moved;     /**< its document is, or will be, another entry's */
	bool seen;      /**< its file was found in this run */
	uint16_t shard; /**< of a build: which of its databases has it */
};

/** Ends the note of an entry whose file was out of reach; the true note comes with the file. */
#define ENTRY_KEPT "; found as it was before"
bool entry_was_kept(const struct entry *entry);
/** Whether --retry-failed is about it. */
bool entry_is_retried(const struct entry *entry);

/** Zero a catalog before its first use. */
struct catalog {
	struct entry **entries; /**< removed ones included; valid until catalog_done */
	size_t count, capacity;
	uint32_t *table; /**< private: hash table of indexes into `entries`, plus 1 */
	size_t table_size;
	struct arena arena;
};

void catalog_done(struct catalog *catalog);

/** Adds all entries stored in a database. Errors: CORRUPT and those of xapian-c. */
lupe_status catalog_load(struct catalog *catalog, xc_database *db, struct lupe_error *err);
/** The entry of a path; NULL if there is none. */
struct entry *catalog_find(const struct catalog *catalog, struct span path);
/** Whether the file or folder of a path is known to fail. */
bool catalog_has_failure(const struct catalog *catalog, struct span path);
/** A new entry, zero but for id and path. There must be none of this path. */
struct entry *catalog_add(struct catalog *catalog, struct span path);
void catalog_set_note(struct catalog *catalog, struct entry *entry, struct span note);
/** The number of known entries with an outcome. */
uint64_t catalog_count(const struct catalog *catalog, enum outcome outcome);

/** The number of known entries. */
size_t catalog_known(const struct catalog *catalog);

/** Stores an entry in a database; the caller sets `known`. */
lupe_status catalog_store(xc_writer *writer, const struct entry *entry, struct lupe_error *err);
/** Removes an entry from a database and marks it as removed. */
lupe_status catalog_erase(xc_writer *writer, struct entry *entry, struct lupe_error *err);

#endif
