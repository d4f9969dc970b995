/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Carries out a plan: threads read files and write documents and catalog entries into databases,
 * in commits that never part a document from its entry.
 */
#ifndef LUPE_INDEXER_APPLY_H
#define LUPE_INDEXER_APPLY_H

#include <pthread.h>
#include <stdatomic.h>

#include "indexer/extractor.h"
#include "indexer/moves.h"
#include "indexer/plan.h"
#include "indexer/readers.h"
#include "text/language.h"

/** A database that workers write into, one at a time. */
struct sink {
	xc_writer *database;
	pthread_mutex_t lock; /**< of the database and of what follows */
	uint64_t bytes;       /**< of the files dealt with since the last commit */
	bool changed;         /**< something was written since the last commit */
};

struct apply {
	struct sink *sinks; /**< worker i writes into the sink i modulo their number */
	size_t sink_count;
	size_t worker_count;
	pthread_mutex_t lock; /**< of the catalog, its entries, and the report */
	struct catalog *catalog;
	const struct catalog *previous; /**< of a rebuild: tells what failed before */
	struct report *report;
	const struct language *language;
	struct moves *moves;    /**< of an update: which files can have been moved; else NULL */
	bool retry_failed;      /**< read failed files again though they have not changed */
	struct readers readers; /**< who may read the index */
	const struct extract_settings *extract; /**< how lupe-extract reads files */
	const struct meta_rules *meta; /**< what the configuration says of documents; may be NULL */
	struct manifest *manifest; /**< its counts and time are set and stored by apply_manifest */
	const atomic_int *stop;    /**< set by a signal: end between two documents */
	bool changed;              /**< something was written; to be false at first */
	int64_t settled_before_ns; /**< files changed later than this are read again next time */
	/** Called behind each file, with the sink's lock held, to commit or not. */
	lupe_status (*checkpoint)(struct apply *apply, struct sink *sink, struct lupe_error *err);
	void *context; /**< of `checkpoint` */
};

void sink_init(struct sink *sink, xc_writer *database);
/** Destroys the lock; the database is the caller's. */
void sink_done(struct sink *sink);

/** Leaves the last changes, and the manifest, for the caller to commit. */
lupe_status apply_plan(struct apply *apply, const struct plan *plan, struct lupe_error *err);
/** Removes documents and entries of files, from the sinks that their `shard` says; those that were
    removed already are passed over. */
lupe_status apply_removals(
	struct apply *apply, struct entry *const *entries, size_t count, struct lupe_error *err);
/** Brings counts and time of the manifest up to date and stores it. */
lupe_status apply_manifest(struct apply *apply, xc_writer *database, struct lupe_error *err);

#endif
