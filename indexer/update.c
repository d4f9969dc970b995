/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An index that is there is updated by transactions on its live generation. One that is not, or is
 * to be made anew, is for build.c.
 */
#include <string.h>

#include "indexer/run.h"
#include "store/stub.h"

enum {
	FLUSH_DOCUMENTS = 100,  /* inside a transaction: keeps memory low, publishes nothing */
	COMMIT_INTERVAL_S = 60, /* a reader survives one commit, not two */
};

/* ---- updating ---- */

struct transaction {
	double begun;
};

static lupe_status commit(struct apply *apply, struct lupe_error *err)
{
	lupe_status st = apply_manifest(apply, apply->sinks[0].database, err);

	return st < 0 ? st : xc_writer_commit_transaction(apply->sinks[0].database, err);
}

static lupe_status begin(struct apply *apply, struct lupe_error *err)
{
	struct transaction *transaction = apply->context;

	transaction->begun = report_clock();
	apply->sinks[0].changed = false;
	return xc_writer_begin_transaction(apply->sinks[0].database, true, err);
}

static lupe_status checkpoint(struct apply *apply, struct sink *sink, struct lupe_error *err)
{
	struct transaction *transaction = apply->context;

	if (!sink->changed || report_clock() - transaction->begun < COMMIT_INTERVAL_S)
		return LUPE_OK;
	lupe_status st = commit(apply, err);
	return st < 0 ? st : begin(apply, err);
}

/* Roots and rules may be all that is new. */
static lupe_status write_changes(
	struct run *run, struct apply *apply, bool settings_changed, struct lupe_error *err)
{
	lupe_status st = begin(apply, err);

	if (st == LUPE_OK)
		st = apply_plan(apply, &run->plan, err);
	if (st == LUPE_OK && !apply->changed && !settings_changed)
		return xc_writer_cancel_transaction(apply->sinks[0].database, err);
	if (!stop_signal)
		run_forget_vanished(run);
	return st < 0 ? st : commit(apply, err);
}

static lupe_status write_update(
	struct run *run, const char *generation, bool settings_changed, struct lupe_error *err)
{
	struct transaction transaction;
	struct apply apply = run_apply(run);
	struct moves moves;
	struct sink sink;
	xc_writer *database;
	lupe_status st =
		xc_writer_open(generation, XC_WRITER_OPEN, FLUSH_DOCUMENTS, &database, err);

	if (st < 0)
		return st;
	sink_init(&sink, database);
	apply.sinks = &sink;
	apply.sink_count = 1;
	apply.checkpoint = checkpoint;
	apply.context = &transaction;
	moves_init(&moves, &run->plan, run->options->retry_failed);
	apply.moves = &moves;
	st = write_changes(run, &apply, settings_changed, err);
	moves_done(&moves);
	sink_done(&sink);
	if (st == LUPE_OK)
		return xc_writer_close(database, err);
	xc_writer_discard(database);
	return st;
}

/* The one database that the index must be made of to be updated here. */
static lupe_status find_generation(struct run *run, struct stub *ret, struct lupe_error *err)
{
	lupe_status st = stub_read(run->folder.path, ret, err);

	if (st < 0)
		return st;
	if (ret->count == 1 && ret->entries[0].path)
		return LUPE_OK;
	stub_done(ret);
	return lupe_fail(err, LUPE_ERROR_ARGUMENT,
		"%s: made of several databases or a remote one; it cannot be updated from here",
		run->folder.path);
}

/* The language that the index was made with; this program must still make the same of it. */
static lupe_status open_language(struct run *run, const struct index *index, struct lupe_error *err)
{
	const char *wanted = index_manifest(index)->analyser;
	lupe_status st =
		lexicon_open_copy(&run->language, index_generation(index), run->folder.path, err);

	if (st == LUPE_OK && strcmp(run->language.name, wanted) != 0)
		st = lupe_fail(err, LUPE_ERROR_SCHEMA,
			"%s: made with analyser %s, this is %s: rebuild needed (lupe-index "
			"rebuild)",
			run->folder.path, wanted, run->language.name);
	if (st == LUPE_OK)
		run_note_language(run);
	return st;
}

/* Reads what the index knows; the files are not touched. */
static lupe_status load_index(struct run *run, struct lupe_error *err)
{
	struct index *index;
	lupe_status st = index_open(run->folder.path, NULL, &index, err);

	if (st < 0)
		return st;
	const struct manifest *manifest = index_manifest(index);
	st = open_language(run, index, err);
	if (st < 0) {
		index_close(index);
		return st;
	}
	run_take_roots(run, manifest);
	run->manifest.files = manifest->files;
	run->manifest.searchable = manifest->searchable;
	run->manifest.no_text = manifest->no_text;
	run->manifest.failed = manifest->failed;
	memcpy(run->manifest.others, manifest->others, sizeof(run->manifest.others));
	st = catalog_load(&run->catalog, index_database(index), err);
	index_close(index);
	return st;
}

static bool has_work(const struct run *run)
{
	return run->plan.file_count + run->plan.folder_count + run->plan.gone_count > 0;
}

static lupe_status update_generation(
	struct run *run, const struct stub *stub, struct lupe_error *err)
{
	const struct stub_entry *live = &stub->entries[0];
	lupe_status st = load_index(run, err);
	size_t old_roots = run->manifest.root_count;

	run_choose_rules(run);
	if (st == LUPE_OK)
		st = run_choose_scopes(run, false, err);
	if (st == LUPE_OK)
		st = run_walk(run, err);
	if (st < 0)
		return st;
	bool settings_changed =
		run->manifest.root_count != old_roots || run->vanished || run->rules_changed;
	run_plan(run);
	st = run_check_removals(run, &run->plan, &run->catalog, err);
	if (st < 0 || run->options->dry_run)
		return st;
	if (has_work(run) || settings_changed)
		st = write_update(run, live->path, settings_changed, err);
	return st < 0 ? st : folder_tidy(&run->folder, live->name, stub->previous, false, err);
}

lupe_status update(struct run *run, struct lupe_error *err)
{
	struct stub stub;
	lupe_status st = find_generation(run, &stub, err);

	if (st < 0)
		return st;
	st = update_generation(run, &stub, err);
	stub_done(&stub);
	return st;
}
