/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * xapian-c: the search engine library Xapian (1.4) for C programs.
 *
 * Everything Lupe needs of Xapian and nothing of language: databases, documents made of terms,
 * positions and values, query trees, BM25 ranking. No C++ exception passes this interface.
 *
 * **Errors.** Functions that can fail return a `lupe_status` and fill `err` (which may be NULL)
 * with one line naming the database or thing concerned. `ret_` outputs are touched on LUPE_OK
 * only. Besides what is listed with a function, any may return:
 *
 *   LUPE_ERROR_MEMORY     out of memory
 *   LUPE_ERROR_ARGUMENT   an argument that Xapian refuses; an operation the database has not
 *   LUPE_ERROR_IO         the system or the network refused
 *   LUPE_ERROR_MODIFIED   the database was committed to twice since it was opened, and the state
 *                         being read is gone: xc_database_reopen() and start again
 *   LUPE_ERROR_CORRUPT    the database is damaged
 *   LUPE_ERROR_INTERNAL   a defect in this wrapper or in Xapian
 *
 * NULL handles are programming errors, except that all close and free functions accept NULL.
 *
 * **Strings** are `struct xc_bytes`: pointer and length, any bytes, NULs included, not
 * NUL-terminated. What goes in is copied before the call returns. What comes out says how long it
 * lives. File paths and host names are NUL-terminated.
 *
 * **Handles** are opaque and owned by the caller, who closes or frees them, streams, documents
 * and matches before the database they came from. (The other order is safe but keeps the
 * database's files open.)
 *
 * **Threads.** No handle may be used by two threads at a time, and the handles made from one
 * another count as one here: a database, its documents, streams and matches; databases that were
 * joined; a query and the queries built of it. Otherwise threads need no locks. Threads must not
 * be cancelled (pthread_cancel) inside a call.
 *
 * **Limits.** A term has at most XC_TERM_MAX bytes, where a NUL counts as two; document ids,
 * positions and counts have 32 bits.
 */
#ifndef LUPE_XAPIAN_C_H
#define LUPE_XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lupe/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most bytes of a term or of a metadata key, a NUL counting as two. */
#define XC_TERM_MAX 245

/** No value slot; slots are the numbers below this. */
#define XC_NO_SLOT UINT32_MAX

/** Some bytes somewhere else. `ptr` may be NULL if `len` is 0. */
struct xc_bytes {
	const char *ptr;
	size_t len;
};

/** Bytes with an owner: the caller, who ends them with xc_blob_done(). Start from XC_BLOB_INIT. */
struct xc_blob {
	struct xc_bytes bytes; /**< also NUL-terminated (the NUL is not counted in `len`) */
	void *owner;           /**< private */
};

#define XC_BLOB_INIT                                                                               \
	{                                                                                          \
		{NULL, 0}, NULL                                                                    \
	}

/** Frees what a blob owns and makes it empty. NULL and empty blobs are fine. */
void xc_blob_done(struct xc_blob *blob);

/** The version of the Xapian library in use, for instance "1.4.22"; a static string. */
const char *xc_xapian_version(void);

/**
 * Where a write fails within its clean-up after a failed write, on a full disk, Xapian 1.4.22 ends
 * the process (std::terminate). With a handler, that is called instead, on the thread it happened
 * on, with a message that is valid during the call. It must not return: exit, as after a kill.
 * What was committed before stays.
 */
void xc_set_fatal_handler(void (*handler)(const char *message));

/* ---- Databases, for reading -------------------------------------------------------------- */

/** One database, or several joined ("shards") and read as one, in a fixed state of theirs. */
typedef struct xc_database xc_database;

/**
 * Opens the glass databases in the directories `paths[0..count)` for reading, joined in this
 * order (see xc_database_add() for their document ids). Only glass directories are opened: never
 * a stub file, which could name programs to run, nor another format.
 *
 * LUPE_ERROR_NOT_FOUND: no glass database there. LUPE_ERROR_SCHEMA: the format is of another
 * version of Xapian. LUPE_ERROR_CORRUPT: damaged. LUPE_ERROR_ARGUMENT: `count` is 0.
 */
lupe_status xc_database_open(
	const char *const *paths, size_t count, xc_database **ret_db, struct lupe_error *err);

/**
 * Opens a database served by a `xapian-tcpsrv`. `timeout_ms` limits the wait for the connection
 * and for each answer (0: 10 seconds).
 *
 * LUPE_ERROR_IO: host unknown, nobody listens, no answer in time, or another protocol version.
 */
lupe_status xc_database_open_remote(const char *host, uint16_t port, uint32_t timeout_ms,
	xc_database **ret_db, struct lupe_error *err);

/**
 * Joins the shards of `other` to `db`. `other` stays the caller's, and may be closed at once.
 *
 * Shard i of n holds the document ids i + 1, i + 1 + n, i + 1 + 2n, ...: an id of its own, d,
 * becomes (d - 1) * n + i + 1. So joining changes the ids that `db` had before, and streams,
 * documents and matches made earlier keep the old ids. Statistics and weights are those of the
 * whole.
 *
 * LUPE_ERROR_ARGUMENT: `other` is `db`.
 */
lupe_status xc_database_add(xc_database *db, const xc_database *other, struct lupe_error *err);

/**
 * Moves `db` on to the newest committed state. `*ret_changed` (which may be NULL) is false only
 * if the state is certainly the same as before. Streams, documents and matches from before must
 * not be used any more, only closed.
 */
lupe_status xc_database_reopen(xc_database *db, bool *ret_changed, struct lupe_error *err);

/** Closes and frees a database. NULL is fine; the database of xc_writer_database() is not. */
void xc_database_close(xc_database *db);

/** What a database holds in all. */
struct xc_statistics {
	uint32_t documents;
	uint32_t last_docid;   /**< highest document id ever given; 0 if none */
	uint64_t total_length; /**< sum of the document lengths, that is, of all wdf */
	double average_length; /**< total_length / documents; 0 if there is none */
	bool has_positions;    /**< whether any term has positions */
	size_t shards;
};

lupe_status xc_database_statistics(
	xc_database *db, struct xc_statistics *ret_statistics, struct lupe_error *err);

/**
 * The UUID that the database got when it was created, as 36 characters; those of several shards
 * are joined by ':'. `*ret_uuid` must be empty; it becomes the caller's.
 */
lupe_status xc_database_uuid(xc_database *db, struct xc_blob *ret_uuid, struct lupe_error *err);

/**
 * The number of the commit being read: it grows with every commit. For a database that is one
 * local directory; LUPE_ERROR_ARGUMENT otherwise.
 */
lupe_status xc_database_revision(xc_database *db, uint64_t *ret_revision, struct lupe_error *err);

/* ---- Terms -------------------------------------------------------------------------------- */

/**
 * Whether any document has the term; the number of documents that have it (document frequency);
 * the sum of its wdf over all documents (collection frequency). Terms nobody has give false and
 * 0. The empty term stands for all documents.
 */
lupe_status xc_term_exists(
	xc_database *db, struct xc_bytes term, bool *ret_exists, struct lupe_error *err);
lupe_status xc_term_documents(
	xc_database *db, struct xc_bytes term, uint32_t *ret_documents, struct lupe_error *err);
lupe_status xc_term_occurrences(
	xc_database *db, struct xc_bytes term, uint32_t *ret_occurrences, struct lupe_error *err);

/** A stream of terms or of strings like them; see the functions that start one. After an error it
 * can only be closed. */
typedef struct xc_terms xc_terms;

/** One element of such a stream. What its source does not have is 0. */
struct xc_term {
	struct xc_bytes term;    /**< valid until the next call on the stream */
	uint32_t documents;      /**< how many documents have it */
	uint32_t wdf;            /**< within-document frequency */
	uint32_t position_count; /**< number of its positions in the document */
};

/**
 * Starts a stream of all terms of the database that begin with `prefix` (empty: all), in byte
 * order, each with `documents`. `*ret_terms` is the caller's.
 */
lupe_status xc_terms_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_terms, struct lupe_error *err);

/** The same without `documents`, which take as long again as all else: xc_terms_documents() tells
 * them. */
lupe_status xc_term_names_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_terms, struct lupe_error *err);
/** How many documents have the term of xc_term_names_start() that was given last. */
lupe_status xc_terms_documents(xc_terms *terms, uint32_t *ret_documents, struct lupe_error *err);

/**
 * Starts a stream of the terms of one document in byte order, each with `wdf`, and with
 * `position_count` if `count_positions` (slower: one look-up a term).
 *
 * LUPE_ERROR_NOT_FOUND: no such document.
 */
lupe_status xc_document_terms_start(xc_database *db, uint32_t docid, bool count_positions,
	xc_terms **ret_terms, struct lupe_error *err);

/** Starts a stream of the metadata keys that begin with `prefix`, in byte order. Of several
 * shards only the first is read, as with xc_metadata_get(). */
lupe_status xc_metadata_keys_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_keys, struct lupe_error *err);

/**
 * The next element. LUPE_END: there is none, `*ret_term` is untouched; again LUPE_END ever after.
 */
lupe_status xc_terms_next(xc_terms *terms, struct xc_term *ret_term, struct lupe_error *err);

/**
 * The first element not less than `term` in byte order that was not passed yet, skipping what
 * lies between; otherwise as xc_terms_next(). LUPE_ERROR_ARGUMENT on a stream of matching
 * terms, which cannot skip.
 */
lupe_status xc_terms_skip_to(
	xc_terms *terms, struct xc_bytes term, struct xc_term *ret_term, struct lupe_error *err);

/** Ends a stream, at any time. */
void xc_terms_close(xc_terms *terms);

/* ---- Posting lists and positions ----------------------------------------------------------- */

/** A stream of the documents that have a term. After an error it can only be closed. */
typedef struct xc_postings xc_postings;

/**
 * Starts the posting list of `term`, by rising document id; empty if no document has the term.
 * The empty term gives all documents, each with wdf 1.
 */
lupe_status xc_postings_start(
	xc_database *db, struct xc_bytes term, xc_postings **ret_postings, struct lupe_error *err);

/** The next document and the term's wdf in it (`ret_wdf` may be NULL), or LUPE_END. */
lupe_status xc_postings_next(
	xc_postings *postings, uint32_t *ret_docid, uint32_t *ret_wdf, struct lupe_error *err);

/**
 * The first document with an id of `docid` or more that was not passed yet, skipping what lies
 * between without reading it; otherwise as xc_postings_next().
 */
lupe_status xc_postings_skip_to(xc_postings *postings, uint32_t docid, uint32_t *ret_docid,
	uint32_t *ret_wdf, struct lupe_error *err);

/** Ends a stream, at any time. */
void xc_postings_close(xc_postings *postings);

/** A growing array of positions that the caller keeps and reuses. Start from zeros. */
struct xc_positions {
	uint32_t *items; /**< rising, without doubles */
	size_t count;
	size_t capacity; /**< private */
};

/**
 * Reads the positions of `term` in a document into `positions`, replacing what was there (on
 * failure, its content is undefined but it can be used and freed). No positions, whether or not
 * the document has the term: count is 0. An unknown document has no positions either.
 */
lupe_status xc_positions_read(xc_database *db, uint32_t docid, struct xc_bytes term,
	struct xc_positions *positions, struct lupe_error *err);

/** Frees the array and makes it empty. NULL is fine. */
void xc_positions_done(struct xc_positions *positions);

/* ---- Documents ----------------------------------------------------------------------------- */

/** A stored document. */
typedef struct xc_document xc_document;

/** Opens a document; its data and values are read when asked for. The store is not asked whether a
 * document that is `known` to exist, as a match does, is there; if it is not, its values are empty.
 * LUPE_ERROR_NOT_FOUND: no such document. */
lupe_status xc_document_open(xc_database *db, uint32_t docid, bool known,
	xc_document **ret_document, struct lupe_error *err);

/** The document's data, read once; valid until the document is closed. */
lupe_status xc_document_data(
	xc_document *document, struct xc_bytes *ret_data, struct lupe_error *err);

/** The value in a slot, empty if it has none; valid until the document is closed. */
lupe_status xc_document_value(
	xc_document *document, uint32_t slot, struct xc_bytes *ret_value, struct lupe_error *err);

void xc_document_close(xc_document *document);

/** The length of a document: the sum of the wdf of its terms.
 * LUPE_ERROR_NOT_FOUND: no such document. */
lupe_status xc_document_length(
	xc_database *db, uint32_t docid, uint32_t *ret_length, struct lupe_error *err);

/* ---- Metadata: strings kept with the database, outside of documents ------------------------ */

/**
 * The metadata stored under `key` (not empty), of the first shard; empty if there is none, for
 * Xapian does not tell empty from absent. `*ret_value` must be empty; it becomes the caller's.
 */
lupe_status xc_metadata_get(
	xc_database *db, struct xc_bytes key, struct xc_blob *ret_value, struct lupe_error *err);

/* ---- Writing ------------------------------------------------------------------------------- */

/** One glass database opened for writing; at most one such per database on the machine. */
typedef struct xc_writer xc_writer;

/** How to open for writing; choose one of the first four, and add the others with `|`. */
enum xc_writer_flags {
	XC_WRITER_CREATE_OR_OPEN = 0,
	XC_WRITER_CREATE_OR_OVERWRITE = 1, /**< empties what is there */
	XC_WRITER_CREATE = 2,              /**< LUPE_ERROR_ARGUMENT if one is there */
	XC_WRITER_OPEN = 3,                /**< LUPE_ERROR_NOT_FOUND if none is there */
	XC_WRITER_NO_SYNC = 4,             /**< no fsync: a crash of the system may damage it */
};

/**
 * Opens the glass database in the directory `path` for writing and locks it. The parent of the
 * directory must exist. As in xc_database_open(), stub files are never followed: one that lies in
 * the directory is ignored.
 *
 * Changes are kept in memory until a flush, which comes with a commit, and by itself after
 * `flush_threshold` changed documents; outside a transaction that is a commit too. 0 leaves the
 * threshold to Xapian ($XAPIAN_FLUSH_THRESHOLD, else 10000). Xapian takes it from that
 * environment variable alone, so this function sets the variable while it opens the database and
 * puts the old state back: no other thread may read or change the environment meanwhile.
 *
 * LUPE_ERROR_LOCKED: another writer has it. LUPE_ERROR_SCHEMA, LUPE_ERROR_CORRUPT: as above.
 */
lupe_status xc_writer_open(const char *path, unsigned flags, uint32_t flush_threshold,
	xc_writer **ret_writer, struct lupe_error *err);

/**
 * The database as the writer sees it, changes not yet committed included. Borrowed: it ends with
 * the writer and must not be closed. Streams and documents from it are to be closed before the
 * next change.
 */
xc_database *xc_writer_database(xc_writer *writer);

/** A term of a document to be written. */
struct xc_posting {
	struct xc_bytes term; /**< 1 to XC_TERM_MAX bytes */
	uint32_t wdf;         /**< within-document frequency, whatever the positions; may be 0 */
	const uint32_t *positions; /**< fastest if rising; doubles count once; NULL if none */
	uint32_t position_count;
};

/** A value of a document to be written: for sorting, collapsing, facets and ranges. */
struct xc_value {
	uint32_t slot;
	struct xc_bytes value; /**< empty: no value */
};

/**
 * A document to be written. Everything is the caller's and copied by the call that takes it.
 * Terms that occur twice in `postings` have their wdf added and their positions united. Building
 * is fastest if the postings are in byte order.
 */
struct xc_new_document {
	struct xc_bytes id;   /**< a term that names the document; becomes a term of wdf 0 */
	struct xc_bytes data; /**< any bytes, given back by xc_document_data() */
	const struct xc_value *values;
	size_t value_count;
	const struct xc_posting *postings;
	size_t posting_count;
};

/**
 * Adds a document under a new id, one above the highest ever used; `id` may be empty.
 *
 * Of this and the other changes: LUPE_ERROR_LIMIT: a term is too long; LUPE_ERROR_ARGUMENT: a
 * term is empty. Then nothing is changed. If another error occurs, changes since the last commit
 * may be lost: xc_writer_discard().
 */
lupe_status xc_writer_add(xc_writer *writer, const struct xc_new_document *document,
	uint32_t *ret_docid, struct lupe_error *err);

/**
 * Puts a document in the place of those that have its `id` as a term (under the lowest of their
 * ids, the others are deleted), or adds it if there is none. `id` must not be empty.
 */
lupe_status xc_writer_replace(xc_writer *writer, const struct xc_new_document *document,
	uint32_t *ret_docid, struct lupe_error *err);

/** Puts a document under a document id of the caller's choice, replacing the one there, if any. */
lupe_status xc_writer_replace_at(xc_writer *writer, uint32_t docid,
	const struct xc_new_document *document, struct lupe_error *err);

/** What xc_writer_edit() changes in a document; everything is the caller's. */
struct xc_edit {
	const struct xc_bytes *removed; /**< terms that go; it is no error if one is not there */
	size_t removed_count;
	const struct xc_bytes *added; /**< terms that come, of wdf 0 and without positions */
	size_t added_count;
	const struct xc_value *values; /**< in place of those in their slots */
	size_t value_count;
};

/**
 * Changes some terms and values of a document and keeps the rest, its id included: a small part of
 * what writing it anew costs. LUPE_ERROR_NOT_FOUND: no such document.
 */
lupe_status xc_writer_edit(
	xc_writer *writer, uint32_t docid, const struct xc_edit *edit, struct lupe_error *err);

/** Deletes all documents that have a term (not empty). It is no error if there is none. */
lupe_status xc_writer_delete(xc_writer *writer, struct xc_bytes term, struct lupe_error *err);

/** Deletes one document. LUPE_ERROR_NOT_FOUND: no such document. */
lupe_status xc_writer_delete_at(xc_writer *writer, uint32_t docid, struct lupe_error *err);

/** Stores metadata under `key` (1 to XC_TERM_MAX bytes); the empty value removes it. */
lupe_status xc_writer_set_metadata(
	xc_writer *writer, struct xc_bytes key, struct xc_bytes value, struct lupe_error *err);

/**
 * Begins a transaction: the changes up to its end are published together or not at all, flushes
 * inside it included. If `flushed`, a commit is made before it and with its end; if not, changes
 * of before belong to it when it is cancelled, and its end only allows later commits.
 *
 * LUPE_ERROR_ARGUMENT: a transaction is under way. The same of the next two, if none is, and of
 * xc_writer_commit() inside a transaction.
 */
lupe_status xc_writer_begin_transaction(xc_writer *writer, bool flushed, struct lupe_error *err);

/** Ends the transaction and keeps its changes; if that fails, they are gone. */
lupe_status xc_writer_commit_transaction(xc_writer *writer, struct lupe_error *err);

/** Ends the transaction and drops its changes. */
lupe_status xc_writer_cancel_transaction(xc_writer *writer, struct lupe_error *err);

/** Publishes all changes and makes them durable (but see XC_WRITER_NO_SYNC). */
lupe_status xc_writer_commit(xc_writer *writer, struct lupe_error *err);

/**
 * Commits (or, inside a transaction, drops its changes), unlocks and frees the writer, which is
 * gone even if this fails: then changes since the last commit are lost. NULL is fine.
 */
lupe_status xc_writer_close(xc_writer *writer, struct lupe_error *err);

/** Frees the writer and drops all changes since the last commit: the end after an error. NULL is
 * fine. */
void xc_writer_discard(xc_writer *writer);

/* ---- Whole databases ----------------------------------------------------------------------- */

/** How to compact; add with `|`. */
enum xc_compact_flags {
	XC_COMPACT_FULL = 1,        /**< pack blocks fully: smaller, dearer to update later */
	XC_COMPACT_NO_RENUMBER = 2, /**< keep document ids; the sources' ranges must not overlap */
	XC_COMPACT_MULTIPASS = 4,   /**< merge many sources in passes, with temporary files */
};

/**
 * Writes one packed glass database in the directory `destination` from those in
 * `sources[0..count)`, in their last committed states, and syncs it. Documents keep their order
 * and are renumbered, unless XC_COMPACT_NO_RENUMBER: those of each source move together, so that
 * its lowest id follows the highest of the source before it; gaps inside a source remain. If
 * several sources have metadata under one key, the first's is kept. The UUID is new.
 *
 * `destination` must not be a file or hold a database; its parent must exist. If this fails, an
 * incomplete one may be left for the caller to remove.
 *
 * LUPE_ERROR_NOT_FOUND: a source is none. LUPE_ERROR_ARGUMENT: `count` is 0, the destination is
 * taken, or ids overlap. LUPE_ERROR_LOCKED: a writer has the destination.
 */
lupe_status xc_compact(const char *const *sources, size_t count, const char *destination,
	unsigned flags, struct lupe_error *err);

/**
 * Reads the whole glass database in the directory `path` and counts the errors in its structure,
 * printing nothing. Not while a writer is at work.
 *
 * Returns LUPE_OK whenever the check could be done: see `*ret_errors`. LUPE_ERROR_NOT_FOUND: no
 * glass database there. LUPE_ERROR_CORRUPT: too damaged to check on.
 */
lupe_status xc_check(const char *path, size_t *ret_errors, struct lupe_error *err);

/* ---- Queries ------------------------------------------------------------------------------- */

/**
 * A query: an immutable tree. Functions that build one of others borrow these, which stay the
 * caller's and may be freed at once. All results are the caller's; free with xc_query_free().
 */
typedef struct xc_query xc_query;

void xc_query_free(xc_query *query);

/**
 * Documents with a term, weighted; `wqf` is its frequency in the query, mostly 1.
 * LUPE_ERROR_ARGUMENT: the term is empty.
 */
lupe_status xc_query_term(
	struct xc_bytes term, uint32_t wqf, xc_query **ret_query, struct lupe_error *err);

/** All documents, of weight 0. */
lupe_status xc_query_all(xc_query **ret_query, struct lupe_error *err);

/** No document. */
lupe_status xc_query_nothing(xc_query **ret_query, struct lupe_error *err);

/**
 * Queries of `subs[0..count)`; `count` 0 gives a query that matches nothing, and 1 a copy.
 *
 *   or         any of them matches; the weights are added
 *   and        all match; the weights are added
 *   and_not    the first matches and none of the others; the weight is the first's
 *   filter     all match; the weight is the first's
 *   and_maybe  the first matches; the weights of those that match are added
 *   synonym    as `or`, but weighted as if they were one term: wdf added, frequency estimated
 *   max        as `or`, but the weight is the largest
 */
lupe_status xc_query_or(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_and(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_and_not(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_filter(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_and_maybe(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_synonym(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_max(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err);

/**
 * All match at positions that lie within `window` positions, ends included (0: as many as there
 * are subs), in any order (near) or in that of the array (phrase); the weights are added. Subs
 * must be terms or ORs of terms: LUPE_ERROR_ARGUMENT otherwise, here or in xc_search(). Terms at
 * one and the same position never satisfy this with each other.
 */
lupe_status xc_query_near(const xc_query *const *subs, size_t count, uint32_t window,
	xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_phrase(const xc_query *const *subs, size_t count, uint32_t window,
	xc_query **ret_query, struct lupe_error *err);

/**
 * `query` with its weights multiplied by `factor` (0: matching only).
 * LUPE_ERROR_ARGUMENT: `factor` is below 0 or no number.
 */
lupe_status xc_query_scale(
	const xc_query *query, double factor, xc_query **ret_query, struct lupe_error *err);

/**
 * Documents whose value in `slot` lies, by byte order, in [`least`, `most`], both included; or
 * from `least` on; or up to `most`. Documents without a value do not match, except that `least`
 * empty in xc_query_value_ge() matches all documents. The weight is 0.
 */
lupe_status xc_query_value_range(uint32_t slot, struct xc_bytes least, struct xc_bytes most,
	xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_value_ge(
	uint32_t slot, struct xc_bytes least, xc_query **ret_query, struct lupe_error *err);
lupe_status xc_query_value_le(
	uint32_t slot, struct xc_bytes most, xc_query **ret_query, struct lupe_error *err);

/** The values of a document that a test is asked about. */
typedef struct xc_values xc_values;

/** The value in a slot, empty if there is none; valid until the test returns. Errors: the store's;
 * the test returns them. */
lupe_status xc_values_get(xc_values *values, uint32_t slot, struct xc_bytes *ret_value);

/**
 * Decides about a document by its values: LUPE_OK, it matches; LUPE_END, it does not; an error ends
 * the search with that. It must use nothing of the database but `values`, which are read as far as
 * they are asked for.
 */
typedef lupe_status (*xc_test)(void *context, xc_values *values);

/**
 * Documents which `test` finds good; those that have any of the terms `good` are, unasked. The
 * weight is 0. In an AND it is asked last, about those documents only that the other operands find.
 * `context` must live as long as the query and the queries built of it; the terms are copied. Not
 * for remote databases.
 */
lupe_status xc_query_test(xc_test test, void *context, const struct xc_bytes *good,
	size_t good_count, xc_query **ret_query, struct lupe_error *err);

/** The query in Xapian's notation, to debug with. `*ret_text` must be empty; it becomes the
 * caller's. */
lupe_status xc_query_description(
	const xc_query *query, struct xc_blob *ret_text, struct lupe_error *err);

/* ---- Searching ----------------------------------------------------------------------------- */

enum xc_weighting {
	XC_WEIGHTING_BM25,
	XC_WEIGHTING_NONE, /**< all weights are 0: fastest when the order does not matter */
};

enum xc_sort {
	XC_SORT_RELEVANCE, /**< highest weight first */
	XC_SORT_RELEVANCE_THEN_VALUE,
	XC_SORT_VALUE,
	XC_SORT_VALUE_THEN_RELEVANCE,
};

/** Which goes first of documents that are equal by everything else. */
enum xc_docid_order {
	XC_DOCID_ASCENDING,
	XC_DOCID_DESCENDING,
	XC_DOCID_ANY, /**< whatever is fastest */
};

/**
 * How to search. xc_search_options_init() fills in the defaults, in brackets.
 *
 * BM25 (Robertson & Zaragoza 2009; Xapian's `BM25Weight`): a term adds to a document
 *
 *   idf * (k3 + 1) wqf / (k3 + wqf) * (k1 + 1) wdf / (k1 * (b L + 1 - b) + wdf)
 *
 * where L = max(length / average length, min_normlen), idf = ln t, or ln(t / 2 + 1) if t < 2,
 * and t = (N - n + .5) / (n + .5) for n of N documents with the term. If k2 is not 0, each
 * document gets 2 k2 q / (1 + L) besides, where q is the sum of the wqf in the query. A parameter
 * below 0 counts as 0; b is at most 1.
 */
struct xc_search_options {
	enum xc_weighting weighting; /**< [XC_WEIGHTING_BM25] */
	double k1;                   /**< [1] how much repetition counts; 0: not at all */
	double k2;                   /**< [0] extra weight for short documents */
	double k3;                   /**< [1] how much repetition in the query counts */
	double b;                    /**< [0.5] how much long documents are marked down; 0 to 1 */
	double min_normlen;          /**< [0.5] documents shorter than this gain no more */

	uint32_t first;          /**< [0] how many of the best to pass over */
	uint32_t max_items;      /**< [10] how many to return */
	uint32_t check_at_least; /**< [0] documents to look at before totals are estimated; facets
				      and totals are exact from UINT32_MAX */

	enum xc_sort sort;               /**< [XC_SORT_RELEVANCE] */
	uint32_t sort_slot;              /**< [0] compared by bytes; no value is least */
	bool sort_descending;            /**< [false] whether the largest value goes first */
	enum xc_docid_order docid_order; /**< [XC_DOCID_ASCENDING] */

	uint32_t collapse_slot; /**< [XC_NO_SLOT] of those with one value here, keep the best ... */
	uint32_t collapse_max;  /**< [1] ... so many; documents without a value are all kept */

	const uint32_t *facet_slots; /**< [NULL] slots whose values are to be counted; borrowed */
	size_t facet_count;          /**< [0] */

	int percent_cutoff;   /**< [0] leave out documents below this percentage, 0 to 100 */
	double weight_cutoff; /**< [0] leave out documents below this weight */
	double time_limit_s;  /**< [0: none] seconds after which check_at_least is given up; a hint,
				   of no effect over remote databases; starts a helper thread */
};

void xc_search_options_init(struct xc_search_options *options);

/** The result of a search. */
typedef struct xc_matches xc_matches;

/**
 * Runs a query; `options` NULL means the defaults. `*ret_matches` is the caller's and does not
 * need `query` and `options` any more.
 *
 * LUPE_ERROR_ARGUMENT: an operator with operands that it cannot take (see xc_query_near()), or a
 * cutoff out of range.
 */
lupe_status xc_search(xc_database *db, const xc_query *query,
	const struct xc_search_options *options, xc_matches **ret_matches, struct lupe_error *err);

void xc_matches_close(xc_matches *matches);

/** How many items the result has, at most `max_items`. */
uint32_t xc_matches_count(const xc_matches *matches);

/** Number of matching documents: between `lower` and `upper`; exact if these are equal. */
struct xc_total {
	uint32_t lower;
	uint32_t estimated;
	uint32_t upper;
};

/** The total after collapsing, and (unless `ret_uncollapsed` is NULL) before. */
void xc_matches_total(
	const xc_matches *matches, struct xc_total *ret_total, struct xc_total *ret_uncollapsed);

/** One found document. */
struct xc_match {
	uint32_t docid;
	double weight;
	int percent;                  /**< of the best weight attainable, 0 to 100 */
	uint32_t collapse_count;      /**< at least so many others were collapsed into it */
	struct xc_bytes collapse_key; /**< valid until the next call for an item */
};

/** Item `i` of the result, 0 the first. LUPE_END: there is no item `i`. */
lupe_status xc_matches_item(
	xc_matches *matches, uint32_t i, struct xc_match *ret_match, struct lupe_error *err);

/**
 * Starts a stream of the query's terms that item `i` has, in no particular order, without counts.
 * LUPE_ERROR_ARGUMENT: no item `i`.
 */
lupe_status xc_matching_terms_start(
	xc_matches *matches, uint32_t i, xc_terms **ret_terms, struct lupe_error *err);

/**
 * The document frequency of a term over all shards, and its weight in the query, the most it can
 * add to a document (either output may be NULL). LUPE_ERROR_ARGUMENT: no weight, because the
 * term is not in the query.
 */
lupe_status xc_matches_term(xc_matches *matches, struct xc_bytes term, uint32_t *ret_documents,
	double *ret_weight, struct lupe_error *err);

/**
 * Starts a stream of the values found in one of `facet_slots`, in byte order: `term` is the
 * value, `documents` how many matching documents have it (before collapsing; exact if
 * `check_at_least` covered them all). `*ret_counted` (which may be NULL) is the number of
 * documents counted, with and without a value. LUPE_ERROR_ARGUMENT: not a facet slot.
 */
lupe_status xc_facets_start(xc_matches *matches, uint32_t slot, uint32_t *ret_counted,
	xc_terms **ret_values, struct lupe_error *err);

#ifdef __cplusplus
}
#endif
#endif
