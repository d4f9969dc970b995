/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole index from nothing: each thread writes documents into a shard aside, in small commits;
 * the shards are merged into a new generation, and the stub renamed. Until then the old index
 * stands. A build that was killed is continued: what its catalog knows is not read again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/run.h"
#include "indexer/shards.h"
#include "store/stub.h"

/* Text between two commits: small ones keep memory low and lose little when killed, and cost no
   more than large ones (measured, doc/decisions). */
#ifndef COMMIT_BYTES
#define COMMIT_BYTES ((uint64_t)2 << 20)
#endif

struct building {
	struct run *run;
	struct shards shards;
	struct apply apply;
	char *merged;
};

/* ---- shards ---- */

static lupe_status checkpoint(struct apply *apply, struct sink *sink, struct lupe_error *err)
{
	(void)apply;
	if (sink->bytes < COMMIT_BYTES)
		return LUPE_OK;
	sink->bytes = 0;
	return xc_writer_commit(sink->database, err);
}

/* What the leftovers know wrongly by now. A file that changed may go into another shard than
   before, so this must be committed first. */
static lupe_status remove_stale(struct building *building, struct lupe_error *err)
{
	struct plan *plan = &building->run->plan;
	size_t count = 0;
	struct entry **stale = mem_realloc_array(NULL, plan->file_count + 1, sizeof(*stale));

	for (size_t i = 0; i < plan->file_count; i++)
		if (plan->files[i].entry->known)
			stale[count++] = plan->files[i].entry;
	lupe_status st = apply_removals(&building->apply, stale, count, err);
	for (size_t i = 0; i < count; i++)
		stale[i]->known = stale[i]->removed = false;
	free(stale);
	if (st == LUPE_OK)
		st = apply_removals(&building->apply, plan->gone, plan->gone_count, err);
	plan->gone_count = 0;
	return st;
}

/* With these, a shard can be told to be of this build. */
static lupe_status commit_manifests(struct building *building, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < building->shards.count && st == LUPE_OK; i++) {
		xc_writer *database = building->shards.sinks[i].database;

		st = apply_manifest(&building->apply, database, err);
		if (st == LUPE_OK)
			st = xc_writer_commit(database, err);
	}
	return st;
}

static lupe_status write_shards(struct building *building, struct lupe_error *err)
{
	struct run *run = building->run;
	struct apply *apply = &building->apply;
	struct shards *shards = &building->shards;

	*apply = run_apply(run);
	lupe_status st = shards_open(shards, apply->worker_count, err);
	apply->sinks = shards->sinks;
	apply->sink_count = shards->count;
	apply->checkpoint = checkpoint;
	if (st == LUPE_OK)
		st = remove_stale(building, err);
	if (st == LUPE_OK)
		st = commit_manifests(building, err);
	if (st == LUPE_OK)
		st = apply_plan(apply, &run->plan, err);
	if (st == LUPE_OK)
		st = shards_close(shards, err);
	if (st == LUPE_OK && atomic_load(&stop_signal))
		st = shards_sync(shards, err);
	return st;
}

/* ---- merging ---- */

static lupe_status write_manifest(struct building *building, struct lupe_error *err)
{
	xc_writer *database;
	lupe_status st = xc_writer_open(building->merged, XC_WRITER_OPEN, 0, &database, err);

	if (st < 0)
		return st;
	run_forget_vanished(building->run);
	st = apply_manifest(&building->apply, database, err);
	if (st == LUPE_OK)
		return xc_writer_close(database, err);
	xc_writer_discard(database);
	return st;
}

/* Shards that lie would make a wrong index; they are not to be met again. */
static lupe_status check_merged(struct building *building, struct lupe_error *err)
{
	const char *path = building->merged;
	xc_database *database = NULL;
	struct xc_statistics statistics;
	lupe_status st = xc_database_open(&path, 1, &database, err);

	if (st == LUPE_OK)
		st = xc_database_statistics(database, &statistics, err);
	if (st == LUPE_OK && statistics.documents != building->run->manifest.searchable)
		st = lupe_fail(err, LUPE_ERROR_CORRUPT,
			"%s: %u documents of %" PRIu64 " files; run again to begin anew", path,
			statistics.documents, building->run->manifest.searchable);
	xc_database_close(database);
	if (st == LUPE_ERROR_CORRUPT)
		file_remove_tree(building->shards.folder, NULL);
	return st;
}

static lupe_status merge(struct building *building, struct lupe_error *err)
{
	struct run *run = building->run;

	report_phase(&run->report, "merging");
	lupe_status st = xc_compact((const char *const *)building->shards.paths,
		building->shards.count, building->merged, 0, err);
	if (st == LUPE_OK)
		st = write_manifest(building, err);
	if (st == LUPE_OK)
		st = check_merged(building, err);
	if (st == LUPE_OK)
		st = lexicon_copy(&run->language, building->merged, err);
	return st;
}

/* ---- the stages ---- */

lupe_status build(struct run *run, struct lupe_error *err)
{
	struct building building = {.run = run};
	lupe_status st = lexicon_open_installed(&run->language, run->folder.path, err);

	if (st < 0)
		return st;
	run_note_language(run);
	st = shards_find(&building.shards, run->folder.path, &run->manifest, &run->catalog, err);
	building.merged = path_join(building.shards.folder, "merged");
	if (st == LUPE_OK) {
		run_plan(run);
		st = write_shards(&building, err);
	}
	if (st == LUPE_OK && !atomic_load(&stop_signal)) {
		st = merge(&building, err);
		if (st == LUPE_OK)
			st = folder_publish(&run->folder, building.merged, true, err);
		if (st < 0)
			file_remove_tree(building.merged, NULL);
	}
	free(building.merged);
	shards_done(&building.shards);
	return st;
}
