/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stages before the first write: roots, walk, plan.
 */
#include "indexer/run.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

/* A file that changed so shortly before the run may change again within the same time stamp. */
#define SETTLING_NS (2 * INT64_C(1000000000))

/* With less to read, a further thread and its caches are not worth starting. */
#define WORKER_BYTES ((uint64_t)4 << 20)

static bool stopped(void)
{
	return stop_signal != 0;
}

void run_start(struct run *run, const struct options *options)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	*run = (struct run){
		.options = options,
		.folder = {NULL, -1},
		.start_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec,
	};
	report_start(&run->report, options);
	extract_settings_init(&run->extract);
	run->extract.no_sandbox = options->no_sandbox;
	run->extract.stopped = stopped;
}

void run_done(struct run *run)
{
	report_end(&run->report);
	plan_done(&run->plan);
	catalog_done(&run->catalog);
	walk_done(&run->walk);
	scopes_done(&run->scopes);
	manifest_done(&run->manifest);
	language_close(&run->language);
	folder_done(&run->folder);
	extract_settings_done(&run->extract);
}

void run_note_language(struct run *run)
{
	snprintf(run->manifest.analyser, sizeof(run->manifest.analyser), "%s", run->language.name);
}

void run_take_roots(struct run *run, const struct manifest *manifest)
{
	for (size_t i = 0; i < manifest->root_count; i++)
		manifest_add_root(
			&run->manifest, manifest->roots[i].location, manifest->roots[i].label);
}

lupe_status run_choose_scopes(struct run *run, bool replace, struct lupe_error *err)
{
	const struct options *options = run->options;
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < options->operand_count && st >= 0; i++)
		st = scopes_add_path(&run->scopes, &run->manifest, run->folder.path,
			options->operands[i], replace, err);
	if (options->operand_count == 0)
		scopes_add_all(&run->scopes, &run->manifest, run->folder.path);
	return st;
}

lupe_status run_walk(struct run *run, struct lupe_error *err)
{
	struct walk_rules rules = {
		.excludes = run->options->excludes,
		.exclude_count = run->options->exclude_count,
	};
	struct stat s;

	if (stat(run->folder.path, &s) == 0) {
		rules.index_device = s.st_dev;
		rules.index_inode = s.st_ino;
	}
	for (size_t i = 0; i < run->scopes.count; i++) {
		struct scope *scope = &run->scopes.items[i];
		lupe_status st = scope_walk(
			scope, run->manifest.roots[scope->root].label, &run->walk, &rules, err);

		scope->vanished = st == LUPE_ERROR_NOT_FOUND && run->options->allow_mass_delete;
		run->vanished += scope->vanished;
		if (scope->vanished)
			continue;
		if (st == LUPE_ERROR_NOT_FOUND)
			return lupe_fail(err, st,
				"%s: not there any more; nothing removed (if that is right: "
				"--allow-mass-delete)",
				scope->location);
		else if (st < 0)
			return st;
	}
	run->report.other_types = run->walk.other_count;
	return LUPE_OK;
}

void run_plan(struct run *run)
{
	plan_make(
		&run->plan, &run->walk, &run->catalog, &run->scopes, &run->manifest, &run->report);
}

void run_forget_vanished(struct run *run)
{
	struct manifest kept = run->manifest;

	kept.roots = NULL;
	kept.root_count = 0;
	for (size_t i = 0; i < run->manifest.root_count; i++) {
		const struct root *root = &run->manifest.roots[i];
		bool vanished = false;

		for (size_t j = 0; j < run->scopes.count; j++)
			vanished |= run->scopes.items[j].root == i && run->scopes.items[j].vanished;
		if (!vanished)
			manifest_add_root(&kept, root->location, root->label);
	}
	manifest_done(&run->manifest);
	run->manifest = kept;
}

/* CPUs that this process may use. */
static size_t cpu_count(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 0;

	return count > 0 ? (size_t)count : 1;
}

size_t run_worker_count(const struct run *run)
{
	size_t worth = 1 + run->plan.bytes / WORKER_BYTES;

	if (run->options->jobs)
		return run->options->jobs;
	return worth < cpu_count() ? worth : cpu_count();
}

struct apply run_apply(struct run *run)
{
	return (struct apply){
		.catalog = &run->catalog,
		.report = &run->report,
		.worker_count = run_worker_count(run),
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.language = &run->language,
		.extract = &run->extract,
		.manifest = &run->manifest,
		.stop = &stop_signal,
		.settled_before_ns = run->start_ns - SETTLING_NS,
	};
}
