/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Carries out a plan: reads files, writes documents and catalog entries into a database, in
 * commits that never part a document from its entry.
 */
#ifndef LUPE_INDEXER_APPLY_H
#define LUPE_INDEXER_APPLY_H

#include <signal.h>

#include "indexer/plan.h"
#include "text/analyser.h"

struct apply {
	xc_writer *database;
	struct catalog *catalog;
	struct report *report;
	struct analyser *analyser;
	struct manifest *manifest; /**< its counts and time are set and stored with each commit */
	const volatile sig_atomic_t *stop; /**< set by a signal: end between two documents */
	bool changed;                      /**< something was written; to be false at first */
	int64_t settled_before_ns; /**< files changed later than this are read again next time */
	/** Called from time to time, with the bytes read since it last returned true, to commit or
	    not. */
	lupe_status (*checkpoint)(
		struct apply *apply, uint64_t bytes, bool *ret_committed, struct lupe_error *err);
	void *context; /**< of `checkpoint` */
};

/** Leaves the last changes, and the manifest, for the caller to commit. */
lupe_status apply_plan(struct apply *apply, const struct plan *plan, struct lupe_error *err);
/** Brings counts and time of the manifest up to date and stores it. */
lupe_status apply_manifest(struct apply *apply, struct lupe_error *err);

#endif
