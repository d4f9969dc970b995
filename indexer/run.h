/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A run of lupe-index that may write: what update and rebuild have in common.
 */
#ifndef LUPE_INDEXER_RUN_H
#define LUPE_INDEXER_RUN_H

#include <stdatomic.h>

#include "indexer/apply.h"
#include "indexer/folder.h"
#include "indexer/lexicon.h"
#include "indexer/options.h"
#include "store/index.h"

/** The number of a signal that asked to stop, else 0; set by main's handler. */
extern atomic_int stop_signal;

struct run {
	const struct options *options;
	struct folder folder;
	struct language language; /**< what documents are analysed with */
	int64_t start_ns;         /**< time of day */
	struct manifest manifest;
	struct scopes scopes;
	size_t vanished; /**< number of scopes whose root is not there any more */
	struct walk walk;
	struct catalog catalog;
	struct plan plan;
	struct report report;
	struct extract_settings extract;
};

void run_start(struct run *run, const struct options *options);
void run_done(struct run *run);

/** The manifest names the language that was opened. */
void run_note_language(struct run *run);
/** Takes over roots and analyser of an index's manifest. */
void run_take_roots(struct run *run, const struct manifest *manifest);
/** Makes scopes of the paths on the command line, or of all roots if there are none. For
    `replace` see roots.h. */
lupe_status run_choose_scopes(struct run *run, bool replace, struct lupe_error *err);
/** Walks the scopes. A root that is not there any more is an error, unless --allow-mass-delete. */
lupe_status run_walk(struct run *run, struct lupe_error *err);
/** Compares with the catalog, which must be loaded. */
void run_plan(struct run *run);
/** Strikes roots that are not there any more off the manifest; when their documents are removed. */
void run_forget_vanished(struct run *run);
/** What apply_plan needs; sinks, `checkpoint` and `context` are left to the caller. */
struct apply run_apply(struct run *run);

/** How many threads the files of the plan are worth; as many as asked for with -j. */
size_t run_worker_count(const struct run *run);

/** Indexes everything in the scopes anew and publishes it. Errors: any. */
lupe_status build(struct run *run, struct lupe_error *err);

#endif
