/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands that read files: which index is meant, whether it is to be updated or built, and
 * what is told and kept of the run when it is over.
 */
#include <stdlib.h>

#include "indexer/commands.h"
#include "indexer/config.h"
#include "indexer/last_run.h"
#include "indexer/run.h"
#include "indexer/shards.h"
#include "indexer/share.h"

/* ---- building ---- */

/* A folder that is new is made when all else is known to be right. */
static lupe_status lock_new(struct run *run, struct lupe_error *err)
{
	if (run->folder.lock >= 0)
		return LUPE_OK;
	lupe_status st = folder_create(&run->folder, err);
	return st < 0 ? st : folder_lock(&run->folder, run->options->wait_s, err);
}

/* What a build would lose of what the old index knows. */
static lupe_status check_losses(struct run *run, struct lupe_error *err)
{
	struct plan plan = {0};

	if (run->previous.count == 0)
		return LUPE_OK;
	plan_make(&plan, &run->walk, &run->previous, &run->scopes, &run->manifest, &run->report,
		false);
	lupe_status st = run_check_removals(run, &plan, &run->previous, err);
	plan_done(&plan);
	return st;
}

static lupe_status build_from_roots(struct run *run, struct lupe_error *err)
{
	lupe_status st = run_choose_scopes(run, true, err);

	run_choose_rules(run);
	if (st == LUPE_OK && run->options->operand_count)
		scopes_done(&run->scopes);
	if (st == LUPE_OK && run->options->operand_count)
		scopes_add_all(&run->scopes, &run->manifest, run->folder.path);
	if (st == LUPE_OK)
		st = run_walk(run, err);
	if (st == LUPE_OK)
		st = check_losses(run, err);
	if (st == LUPE_OK && run->options->dry_run) {
		run_plan(run);
		return LUPE_OK;
	}
	if (st == LUPE_OK)
		st = lock_new(run, err);
	return st < 0 ? st : build(run, err);
}

/* The old index tells the roots, and what fails already; one that is past telling needs paths. */
static lupe_status recall_index(struct run *run, bool roots, struct lupe_error *err)
{
	struct index *index;
	lupe_status st = index_open(run->folder.path, NULL, &index, err);

	if (st == LUPE_OK) {
		if (roots)
			run_take_roots(run, index_manifest(index));
		if (catalog_load(&run->previous, index_database(index), NULL) < 0)
			catalog_done(&run->previous);
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

/* ---- which of them ---- */

/* A build that was stopped knows what it was about. */
static bool recall_build(struct run *run)
{
	struct manifest manifest = {0};
	bool found = shards_recall(run->folder.path, &manifest);

	if (found)
		run_take_roots(run, &manifest);
	manifest_done(&manifest);
	return found;
}

static lupe_status write_used(struct run *run, bool anew, struct lupe_error *err)
{
	const struct options *options = run->options;
	bool configured = options->roots && options->roots->count;
	bool no_path = options->operand_count == 0;

	if (no_path && !options->dry_run && recall_build(run)) {
		recall_index(run, false, NULL);
		return build_from_roots(run, err);
	}
	if (!folder_has_index(&run->folder) && no_path && !configured)
		return lupe_fail(err, LUPE_ERROR_NOT_FOUND,
			"%s: no index there yet; make one with: lupe-index --index %s PATH",
			run->folder.path, run->folder.path);
	if (!folder_has_index(&run->folder))
		return build_from_roots(run, err);
	if (!anew)
		return update(run, err);
	lupe_status st = recall_index(run, true, err);
	return st < 0 ? st : build_from_roots(run, err);
}

/* ---- the end ---- */

static int exit_status(const struct run *run, lupe_status st)
{
	if (st == LUPE_ERROR_LOCKED)
		return EXIT_BUSY;
	if (st < 0)
		return EXIT_FATAL;
	if (atomic_load(&stop_signal))
		return EXIT_SIGNAL + atomic_load(&stop_signal);
	return run->report.newly_failed ? EXIT_NEWLY_FAILED : EXIT_NOTHING_NEW_FAILED;
}

/* Under cron, what was told before is not told again: a lock held, or the error of the last run. */
static bool is_told(const struct run *run, lupe_status st, const struct lupe_error *err)
{
	struct last_run last;

	if (!run->options->cron || !run->folder.path)
		return false;
	if (st == LUPE_ERROR_LOCKED)
		return true;
	last_run_read(run->folder.path, &last);
	return strcmp(last.error, err->message) == 0;
}

/* Notes what the run came to, tells it, and returns what is left to tell. */
static lupe_status finish(struct run *run, lupe_status st, int status, struct lupe_error *err)
{
	const struct options *options = run->options;
	bool told = st < 0 && is_told(run, st, err);

	if (options->dry_run) {
		if (st == LUPE_OK)
			report_dry_run(&run->report, &run->plan);
		return st;
	}
	if (st == LUPE_OK && !atomic_load(&stop_signal))
		report_summary(&run->report, &run->manifest);
	if (run->folder.lock >= 0)
		last_run_write(run->folder.path, &run->report, status, st < 0 ? err->message : "");
	if (options->log_file)
		report_log(&run->report, &run->manifest, status, st < 0 ? err->message : NULL);
	return told ? LUPE_OK : st;
}

/* Takes `folder`. `st` is what choosing it and reading its configuration came to. */
static lupe_status write_configured(struct folder folder, const struct options *options, bool anew,
	lupe_status st, int *ret_exit, struct lupe_error *err)
{
	struct run run;

	run_start(&run, options);
	run.folder = folder;
	if (st == LUPE_OK && !options->dry_run && folder_is_used(&run.folder))
		st = folder_lock(&run.folder, options->wait_s, err);
	else if (st < 0 && !options->dry_run && folder.path && folder_is_used(&run.folder))
		/* A wrong configuration is what this run came to, unless another one runs. */
		folder_lock(&run.folder, 0, NULL);
	if (st == LUPE_OK && !options->dry_run)
		share_begin(&run.folder, options);
	if (st == LUPE_OK)
		st = write_used(&run, anew, err);
	if (st == LUPE_OK && !options->dry_run && !atomic_load(&stop_signal))
		st = share_end(&run.folder, options, err);
	*ret_exit = exit_status(&run, st);
	st = finish(&run, st, *ret_exit, err);
	run_done(&run);
	return st;
}

static lupe_status write_index(
	const struct options *options, bool anew, int *ret_exit, struct lupe_error *err)
{
	struct config config = {0};
	struct folder folder = {NULL, -1};
	struct options all = *options;
	lupe_status st = folder_choose(options, &folder, err);

	if (st == LUPE_OK)
		st = config_load(&config, options->config_file, folder.path, err);
	if (st == LUPE_OK)
		config_complete(&config, &all);
	st = write_configured(folder, &all, anew, st, ret_exit, err);
	if (all.excludes.items != options->excludes.items)
		free(all.excludes.items);
	if (all.includes.items != options->includes.items)
		free(all.includes.items);
	config_done(&config);
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
