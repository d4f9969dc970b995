/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A run of lupe-index that may write: what update and rebuild have in common.
 */
#ifndef LUPE_INDEXER_RUN_H
#define LUPE_INDEXER_RUN_H

#include "indexer/apply.h"
#include "indexer/folder.h"
#include "indexer/lexicon.h"
#include "indexer/options.h"
#include "indexer/stop.h"
#include "store/index.h"

struct run {
	const struct options *options;
	struct folder folder;
	struct language language; /**< what documents are analysed with */
	int64_t start_ns;         /**< time of day */
	struct manifest manifest;
	struct scopes scopes;
	bool rules_changed; /**< by the options */
	size_t vanished;    /**< number of scopes whose root is not there any more */
	struct walk walk;
	struct catalog catalog;
	struct catalog previous; /**< of a rebuild: what the old index knew */
	struct plan plan;
	struct report report;
	struct extract_settings extract;
	struct readers readers; /**< who may read the index; set by run_walk */
};

void run_start(struct run *run, const struct options *options);
void run_done(struct run *run);

/** The manifest names the language that was opened. */
void run_note_language(struct run *run);
/** Takes over roots and rules of an index's manifest. */
void run_take_roots(struct run *run, const struct manifest *manifest);
/** The rules that the options give take the place of those taken over. */
void run_choose_rules(struct run *run);
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

/** Refuses, unless --allow-mass-delete, to lose what `catalog` knows, if that is a lot; for the
    plan made with it. See plan_check_removals. */
lupe_status run_check_removals(const struct run *run, const struct plan *plan,
	const struct catalog *catalog, struct lupe_error *err);
/** How many threads the options allow: -j, else one for each processor. */
size_t run_job_count(const struct options *options);
/** How many threads the files of the plan are worth; as many as asked for with -j. */
size_t run_worker_count(const struct run *run);

/** Brings the live generation up to date. Errors: any; SCHEMA: rebuild needed. */
lupe_status update(struct run *run, struct lupe_error *err);
/** Indexes everything in the scopes anew and publishes it. Errors: any. */
lupe_status build(struct run *run, struct lupe_error *err);

#endif
