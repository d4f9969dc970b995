/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands that write. An index that is there is updated by transactions on its live
 * generation; one that is not, or is to be made anew, is for build.c.
 */
#include "indexer/commands.h"
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

/* Roots may be all that is new. */
static lupe_status write_changes(
	struct run *run, struct apply *apply, bool roots_changed, struct lupe_error *err)
{
	lupe_status st = begin(apply, err);

	if (st == LUPE_OK)
		st = apply_plan(apply, &run->plan, err);
	if (st == LUPE_OK && !apply->changed && !roots_changed)
		return xc_writer_cancel_transaction(apply->sinks[0].database, err);
	if (!stop_signal)
		run_forget_vanished(run);
	return st < 0 ? st : commit(apply, err);
}

static lupe_status write_update(
	struct run *run, const char *generation, bool roots_changed, struct lupe_error *err)
{
	struct transaction transaction;
	struct apply apply = run_apply(run);
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
	st = write_changes(run, &apply, roots_changed, err);
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
	st = catalog_load(&run->catalog, index_database(index), err);
	index_close(index);
	return st;
}

static lupe_status update(struct run *run, const struct stub_entry *live, struct lupe_error *err)
{
	lupe_status st = load_index(run, err);
	size_t old_roots = run->manifest.root_count;

	if (st == LUPE_OK)
		st = run_choose_scopes(run, false, err);
	if (st == LUPE_OK)
		st = run_walk(run, err);
	if (st < 0)
		return st;
	bool roots_changed = run->manifest.root_count != old_roots || run->vanished;
	run_plan(run);
	if (!run->options->allow_mass_delete)
		st = plan_check_removals(
			&run->plan, &run->catalog, &run->scopes, &run->manifest, err);
	if (st < 0)
		return st;
	if (run->plan.file_count + run->plan.folder_count + run->plan.gone_count || roots_changed)
		st = write_update(run, live->path, roots_changed, err);
	return st < 0 ? st : folder_tidy(&run->folder, live->name, err);
}

/* ---- the commands ---- */

static lupe_status update_live(struct run *run, struct lupe_error *err)
{
	struct stub stub;
	lupe_status st = find_generation(run, &stub, err);

	if (st < 0)
		return st;
	st = update(run, &stub.entries[0], err);
	stub_done(&stub);
	return st;
}

static lupe_status build_from_roots(struct run *run, struct lupe_error *err)
{
	lupe_status st = run_choose_scopes(run, true, err);

	if (st == LUPE_OK && run->options->operand_count)
		scopes_done(&run->scopes);
	if (st == LUPE_OK && run->options->operand_count)
		scopes_add_all(&run->scopes, &run->manifest, run->folder.path);
	if (st == LUPE_OK)
		st = run_walk(run, err);
	if (st == LUPE_OK && run->folder.lock < 0) {
		st = folder_create(&run->folder, err);
		if (st == LUPE_OK)
			st = folder_lock(&run->folder, err);
	}
	return st < 0 ? st : build(run, err);
}

/* The old index tells the roots; one that is past telling needs paths. */
static lupe_status recall_roots(struct run *run, struct lupe_error *err)
{
	struct index *index;
	lupe_status st = index_open(run->folder.path, NULL, &index, err);

	if (st == LUPE_OK) {
		run_take_roots(run, index_manifest(index));
		index_close(index);
		return LUPE_OK;
	}
	if (run->options->operand_count)
		return LUPE_OK;
	return lupe_fail(err, st,
		"%s: the index does not say what it was made from; name it: lupe-index rebuild "
		"PATH",
		run->folder.path);
}

/* A folder that is new is made when all else is known to be right. */
static lupe_status lock_used(struct run *run, struct lupe_error *err)
{
	return folder_is_used(&run->folder) ? folder_lock(&run->folder, err) : LUPE_OK;
}

static int exit_status(const struct run *run)
{
	if (stop_signal)
		return EXIT_SIGNAL + stop_signal;
	return run->report.newly_failed ? EXIT_NEWLY_FAILED : EXIT_NOTHING_NEW_FAILED;
}

static lupe_status write_index(
	const struct options *options, bool anew, int *ret_exit, struct lupe_error *err)
{
	struct run run;
	lupe_status st;

	run_start(&run, options);
	st = folder_choose(options, &run.folder, err);
	if (st == LUPE_OK)
		st = lock_used(&run, err);
	if (st == LUPE_OK && folder_has_index(&run.folder)) {
		if (!anew)
			st = update_live(&run, err);
		else if ((st = recall_roots(&run, err)) == LUPE_OK)
			st = build_from_roots(&run, err);
	} else if (st == LUPE_OK && options->operand_count == 0) {
		st = lupe_fail(err, LUPE_ERROR_NOT_FOUND,
			"%s: no index there yet; make one with: lupe-index --index %s PATH",
			run.folder.path, run.folder.path);
	} else if (st == LUPE_OK) {
		st = build_from_roots(&run, err);
	}
	if (st == LUPE_OK && !stop_signal)
		report_summary(&run.report, &run.manifest);
	*ret_exit = exit_status(&run);
	run_done(&run);
	return st;
}

lupe_status command_update(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	return write_index(options, false, ret_exit, err);
}

lupe_status command_rebuild(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	return write_index(options, true, ret_exit, err);
}
