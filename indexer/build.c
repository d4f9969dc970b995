/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole index from nothing: documents go into a database aside, in small commits; it is packed
 * into a new generation, and the stub renamed. Until then the old index stands. A build that was
 * killed is continued: what its catalog knows is not read again.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/bytes.h"
#include "indexer/run.h"
#include "store/schema.h"
#include "store/stub.h"

/* Text between two commits: small ones keep memory low and lose little when killed, and cost no
   more than large ones (measured, doc/decisions). */
#ifndef COMMIT_BYTES
#define COMMIT_BYTES ((uint64_t)2 << 20)
#endif
/* Commits are ours to time, so Xapian never flushes by itself. */
#define NO_FLUSHES UINT32_MAX

static lupe_status commit(struct apply *apply, struct lupe_error *err)
{
	lupe_status st = apply_manifest(apply, err);

	return st < 0 ? st : xc_writer_commit(apply->database, err);
}

static lupe_status checkpoint(
	struct apply *apply, uint64_t bytes, bool *ret_committed, struct lupe_error *err)
{
	*ret_committed = bytes >= COMMIT_BYTES;
	return *ret_committed ? commit(apply, err) : LUPE_OK;
}

/* ---- continuing ---- */

static bool same_roots(const struct manifest *a, const struct manifest *b)
{
	if (a->root_count != b->root_count)
		return false;
	for (size_t i = 0; i < a->root_count; i++)
		if (strcmp(a->roots[i].location, b->roots[i].location) != 0 ||
			strcmp(a->roots[i].label, b->roots[i].label) != 0)
			return false;
	return true;
}

static bool is_same_build(const struct run *run, xc_database *db)
{
	struct xc_blob text = XC_BLOB_INIT;
	struct manifest manifest = {0};
	bool same = xc_metadata_get(db, bytes_of(SPAN(META_MANIFEST)), &text, NULL) == LUPE_OK &&
		    manifest_parse((struct span){text.bytes.ptr, text.bytes.len}, &manifest,
			    NULL) == LUPE_OK &&
		    strcmp(manifest.analyser, run->language.name) == 0 &&
		    same_roots(&manifest, &run->manifest);

	manifest_done(&manifest);
	xc_blob_done(&text);
	return same;
}

/* Loads the catalog of a build that was killed; what is of no use is removed. */
static lupe_status load_leftover(
	struct run *run, const char *building, const char *shard, struct lupe_error *err)
{
	xc_database *db = NULL;
	bool usable = xc_database_open(&shard, 1, &db, NULL) == LUPE_OK && is_same_build(run, db) &&
		      catalog_load(&run->catalog, db, NULL) == LUPE_OK;

	xc_database_close(db);
	if (usable)
		return LUPE_OK;
	catalog_done(&run->catalog);
	lupe_status st = file_remove_tree(building, err);
	if (st == LUPE_OK && mkdir(building, 0700) != 0)
		st = lupe_fail(err, LUPE_ERROR_IO, "%s: %s", building, strerror(errno));
	return st;
}

/* ---- the stages ---- */

static lupe_status write_shard(struct run *run, const char *shard, struct lupe_error *err)
{
	struct apply apply = run_apply(run);
	lupe_status st = xc_writer_open(shard, XC_WRITER_CREATE_OR_OPEN | XC_WRITER_NO_SYNC,
		NO_FLUSHES, &apply.database, err);

	if (st < 0)
		return st;
	apply.checkpoint = checkpoint;
	st = apply_plan(&apply, &run->plan, err);
	if (!stop_signal)
		run_forget_vanished(run);
	if (st == LUPE_OK)
		st = commit(&apply, err);
	if (st == LUPE_OK)
		return xc_writer_close(apply.database, err);
	xc_writer_discard(apply.database);
	return st;
}

static lupe_status publish(struct run *run, const char *shard, struct lupe_error *err)
{
	char *name = folder_new_generation(&run->folder);
	char *generation = path_join(run->folder.path, name);

	report_phase(&run->report, "packing");
	lupe_status st = xc_compact(&shard, 1, generation, 0, err);
	if (st == LUPE_OK)
		st = lexicon_copy(&run->language, generation, err);
	if (st == LUPE_OK)
		st = file_sync_folder(generation, err);
	if (st == LUPE_OK)
		st = stub_publish(run->folder.path, name, err);
	if (st == LUPE_OK)
		st = folder_tidy(&run->folder, name, err);
	else
		file_remove_tree(generation, NULL);
	free(generation);
	free(name);
	return st;
}

lupe_status build(struct run *run, struct lupe_error *err)
{
	char *building = path_join(run->folder.path, "building");
	char *shard = path_join(building, "shard");
	lupe_status st = lexicon_open_installed(&run->language, run->folder.path, err);

	if (st == LUPE_OK) {
		run_note_language(run);
		st = load_leftover(run, building, shard, err);
	}

	if (st == LUPE_OK) {
		run_plan(run);
		st = write_shard(run, shard, err);
	}
	if (st == LUPE_OK && !stop_signal)
		st = publish(run, shard, err);
	free(shard);
	free(building);
	return st;
}
