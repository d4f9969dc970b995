/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stages before the first write: roots, walk, plan.
 */
#include "indexer/run.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "indexer/share.h"

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
	run->extract.ocr = options->ocr;
}

void run_done(struct run *run)
{
	report_end(&run->report);
	plan_done(&run->plan);
	catalog_done(&run->catalog);
	catalog_done(&run->previous);
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
	file_rules_copy(&run->manifest.rules, &manifest->rules);
}

/* ---- rules ---- */

static void choose_patterns(const struct patterns *given, char ***list, size_t *count)
{
	if (given->count)
		file_rules_clear(list, count);
	for (size_t i = 0; i < given->count; i++)
		if (*given->items[i])
			file_rules_add(list, count, given->items[i]);
}

static void choose_switch(int given, bool *ret)
{
	if (given)
		*ret = given > 0;
}

void run_choose_rules(struct run *run)
{
	const struct options *options = run->options;
	struct file_rules *rules = &run->manifest.rules;
	struct manifest before = {0};

	file_rules_copy(&before.rules, rules);
	choose_patterns(&options->excludes, &rules->excludes, &rules->exclude_count);
	choose_patterns(&options->includes, &rules->includes, &rules->include_count);
	choose_switch(options->hidden, &rules->hidden);
	choose_switch(options->follow, &rules->follow);
	choose_switch(options->one_file_system, &rules->one_file_system);
	run->rules_changed = !file_rules_equal(&before.rules, rules);
	manifest_done(&before);
}

static void make_walk_rules(const struct run *run, struct walk_rules *ret)
{
	const struct file_rules *rules = &run->manifest.rules;
	struct stat s;

	*ret = (struct walk_rules){
		.hidden = rules->hidden,
		.follow = rules->follow,
		.one_file_system = rules->one_file_system,
		.readers = run->readers,
	};
	for (size_t i = 0; i < rules->exclude_count; i++)
		ignore_add(&ret->excludes, span_of(rules->excludes[i]));
	for (size_t i = 0; i < rules->include_count; i++)
		ignore_add(&ret->includes, span_of(rules->includes[i]));
	if (stat(run->folder.path, &s) == 0) {
		ret->index_device = s.st_dev;
		ret->index_inode = s.st_ino;
	}
}

/* ---- files ---- */

/* A run without paths goes over these and all that the index has; the manifest comes to know them.
 */
static lupe_status add_configured_roots(struct run *run, bool replace, struct lupe_error *err)
{
	const struct patterns *roots = run->options->roots;
	lupe_status st = LUPE_OK;

	for (size_t i = 0; roots && i < roots->count && st == LUPE_OK; i++)
		st = scopes_add_path(&run->scopes, &run->manifest, run->folder.path,
			roots->items[i], replace, err);
	scopes_done(&run->scopes);
	return st;
}

lupe_status run_choose_scopes(struct run *run, bool replace, struct lupe_error *err)
{
	const struct options *options = run->options;
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < options->operand_count && st >= 0; i++)
		st = scopes_add_path(&run->scopes, &run->manifest, run->folder.path,
			options->operands[i], replace, err);
	if (options->operand_count)
		return st;
	st = add_configured_roots(run, replace, err);
	if (st == LUPE_OK)
		scopes_add_all(&run->scopes, &run->manifest, run->folder.path);
	return st;
}

static lupe_status walk_scope(struct run *run, struct scope *scope, const struct walk_rules *rules,
	struct lupe_error *err)
{
	lupe_status st =
		scope_walk(scope, run->manifest.roots[scope->root].label, &run->walk, rules, err);

	if (st != LUPE_ERROR_NOT_FOUND)
		return st;
	if (!run->options->allow_mass_delete)
		return lupe_fail(err, st,
			"%s: not there any more; nothing removed (if that is right: "
			"--allow-mass-delete)",
			scope->location);
	scope->vanished = true;
	run->vanished++;
	return LUPE_OK;
}

static bool covers_all_roots(const struct run *run)
{
	size_t whole = 0;

	for (size_t i = 0; i < run->scopes.count; i++)
		whole += !*run->scopes.items[i].below;
	return whole == run->manifest.root_count;
}

static int compare_others(const void *a, const void *b)
{
	const struct other_type *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->extension, y->extension);
}

/* As many types as there is room for, the most frequent first. */
static void note_others(struct run *run)
{
	char *out = run->manifest.others;
	size_t room = sizeof(run->manifest.others);

	if (run->walk.other_type_count)
		qsort(run->walk.others, run->walk.other_type_count, sizeof(*run->walk.others),
			compare_others);
	*out = '\0';
	for (size_t i = 0; i < run->walk.other_type_count; i++) {
		const struct other_type *type = &run->walk.others[i];
		int n = snprintf(out, room, "%s%s:%" PRIu64, i ? " " : "",
			*type->extension ? type->extension : "-", type->count);

		if (n < 0 || (size_t)n >= room) {
			*out = '\0';
			break;
		}
		out += n;
		room -= (size_t)n;
	}
}

lupe_status run_walk(struct run *run, struct lupe_error *err)
{
	struct walk_rules rules;
	lupe_status st = LUPE_OK;

	if ((st = share_readers(&run->folder, run->options, &run->readers, err)) < 0)
		return st;
	make_walk_rules(run, &rules);
	for (size_t i = 0; i < run->scopes.count && st == LUPE_OK; i++)
		st = walk_scope(run, &run->scopes.items[i], &rules, err);
	walk_rules_done(&rules);
	run->report.other_types = run->walk.other_count;
	if (st == LUPE_OK && covers_all_roots(run))
		note_others(run);
	return st;
}

void run_plan(struct run *run)
{
	plan_make(&run->plan, &run->walk, &run->catalog, &run->scopes, &run->manifest, &run->report,
		run->options->retry_failed);
}

void run_forget_vanished(struct run *run)
{
	for (size_t i = run->manifest.root_count; i-- > 0;) {
		bool vanished = false;

		for (size_t j = 0; j < run->scopes.count; j++)
			vanished |= run->scopes.items[j].root == i && run->scopes.items[j].vanished;
		if (vanished)
			manifest_remove_root(&run->manifest, i);
	}
}

lupe_status run_check_removals(const struct run *run, const struct plan *plan,
	const struct catalog *catalog, struct lupe_error *err)
{
	/* Who has just said what not to read means it. */
	if (run->options->allow_mass_delete || run->rules_changed)
		return LUPE_OK;
	return plan_check_removals(plan, catalog, &run->scopes, &run->manifest, err);
}

/* CPUs that this process may use. */
static size_t cpu_count(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 0;

	return count > 0 ? (size_t)count : 1;
}

size_t run_job_count(const struct options *options)
{
	return options->jobs ? options->jobs : cpu_count();
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
		.previous = &run->previous,
		.report = &run->report,
		.worker_count = run_worker_count(run),
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.language = &run->language,
		.extract = &run->extract,
		.meta = run->options->meta,
		.retry_failed = run->options->retry_failed,
		.readers = run->readers,
		.manifest = &run->manifest,
		.stop = &stop_signal,
		.settled_before_ns = run->start_ns - SETTLING_NS,
	};
}
