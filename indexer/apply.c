/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads over a queue of files; then the rest of a plan, which is little work, in one. What is
 * done with a file is worker.c's.
 */
#include "indexer/apply.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "indexer/bytes.h"
#include "indexer/queue.h"
#include "indexer/worker.h"
#include "indexer/writer.h"
#include "store/schema.h"

/* What the threads of a run share besides struct apply. */
struct team {
	struct apply *apply;
	struct queue queue;
	pthread_mutex_t lock; /* of what follows */
	lupe_status status;   /* the first error */
	struct lupe_error error;
};

struct member {
	struct team *team;
	struct sink *sink;
	struct analyser *analyser;
	pthread_t thread;
};

void sink_init(struct sink *sink, xc_writer *database)
{
	*sink = (struct sink){.database = database};
	pthread_mutex_init(&sink->lock, NULL);
}

void sink_done(struct sink *sink)
{
	pthread_mutex_destroy(&sink->lock);
}

/* ---- threads ---- */

static void fail_team(struct team *team, lupe_status st, const struct lupe_error *error)
{
	pthread_mutex_lock(&team->lock);
	if (team->status == LUPE_OK) {
		team->status = st;
		team->error = *error;
	}
	pthread_mutex_unlock(&team->lock);
	queue_close(&team->queue);
}

static void note_progress(struct apply *apply, const struct work *work)
{
	pthread_mutex_lock(&apply->lock);
	report_done(apply->report, work->file->size);
	pthread_mutex_unlock(&apply->lock);
}

static void *work_off(void *arg)
{
	struct member *member = arg;
	struct team *team = member->team;
	struct worker *worker = worker_new(team->apply, member->sink, member->analyser);
	const struct work *work;
	struct lupe_error error = {0};

	while (!atomic_load(team->apply->stop) && (work = queue_next(&team->queue))) {
		lupe_status st = worker_file(worker, work, &error);

		if (st < 0)
			fail_team(team, st, &error);
		note_progress(team->apply, work);
		queue_release(&team->queue, work);
	}
	worker_free(worker);
	return NULL;
}

/* The caller is a thread of the team, too, and does alone what no other can be started for. */
static void run_team(struct team *team, size_t count)
{
	struct apply *apply = team->apply;
	struct member *members = mem_realloc_array(NULL, count, sizeof(*members));
	size_t started = 1;

	for (size_t i = 0; i < count; i++)
		members[i] = (struct member){
			.team = team,
			.sink = &apply->sinks[i % apply->sink_count],
		};
	members[0].analyser = apply->language->analyser;
	analyser_index_only(members[0].analyser);
	for (; started < count; started++) {
		struct member *member = &members[started];

		member->analyser = language_analyser(apply->language);
		analyser_index_only(member->analyser);
		if (pthread_create(&member->thread, NULL, work_off, member) != 0)
			break;
	}
	work_off(&members[0]);
	for (size_t i = 1; i < started; i++)
		pthread_join(members[i].thread, NULL);
	for (size_t i = 1; i < count; i++)
		analyser_free(members[i].analyser);
	free(members);
}

static lupe_status apply_files(struct apply *apply, const struct plan *plan, struct lupe_error *err)
{
	struct team team = {.apply = apply};
	size_t count =
		apply->worker_count < plan->file_count ? apply->worker_count : plan->file_count;

	if (count == 0)
		return LUPE_OK;
	pthread_mutex_init(&team.lock, NULL);
	queue_init(&team.queue, plan);
	run_team(&team, count);
	queue_done(&team.queue);
	pthread_mutex_destroy(&team.lock);
	if (team.status < 0 && err)
		*err = team.error;
	return team.status;
}

/* ---- the rest of a plan ---- */

static lupe_status remove_entry(
	struct apply *apply, struct writer *namer, struct entry *entry, struct lupe_error *err)
{
	struct sink *sink = &apply->sinks[entry->shard];
	lupe_status st = LUPE_OK;

	apply->changed = sink->changed = true;
	if (entry->outcome == OUTCOME_SEARCHABLE)
		st = xc_writer_delete(sink->database, writer_id(namer, entry->path), err);
	return st < 0 ? st : catalog_erase(sink->database, entry, err);
}

lupe_status apply_removals(
	struct apply *apply, struct entry *const *entries, size_t count, struct lupe_error *err)
{
	struct writer *namer = writer_new(NULL);
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < count && st >= 0 && !atomic_load(apply->stop); i++)
		if (!entries[i]->removed)
			st = remove_entry(apply, namer, entries[i], err);
	writer_free(namer);
	return st;
}

static lupe_status apply_folder(
	struct apply *apply, const struct unread *folder, struct lupe_error *err)
{
	struct entry *entry = catalog_find(apply->catalog, folder->path);
	const char *reason = strerror(folder->error);

	if (!entry)
		entry = catalog_add(apply->catalog, folder->path);
	if (!entry->known || entry->outcome != OUTCOME_FAILED)
		entry->since = time(NULL);
	entry->outcome = OUTCOME_FAILED;
	entry->cause = CAUSE_UNREADABLE;
	catalog_set_note(apply->catalog, entry, span_of(reason));
	entry->folder = entry->seen = entry->known = true;
	if (!catalog_has_failure(apply->previous, folder->path)) {
		apply->report->newly_failed++;
		report_problem(apply->report, folder->path, reason);
	}
	apply->changed = apply->sinks[entry->shard].changed = true;
	return catalog_store(apply->sinks[entry->shard].database, entry, err);
}

static void count_gone(struct report *report, const struct plan *plan)
{
	for (size_t i = 0; i < plan->gone_count; i++) {
		const struct entry *entry = plan->gone[i];

		if (entry->folder || !entry->removed || entry->moved)
			continue;
		report->removed++;
		report_file(report, "removed", entry->path, SPAN(""));
	}
}

lupe_status apply_plan(struct apply *apply, const struct plan *plan, struct lupe_error *err)
{
	report_work(apply->report, plan->file_count, plan->bytes);
	lupe_status st = apply_files(apply, plan, err);
	for (size_t i = 0; i < plan->folder_count && st >= 0 && !atomic_load(apply->stop); i++)
		st = apply_folder(apply, plan->folders[i], err);
	if (st >= 0)
		st = apply_removals(apply, plan->gone, plan->gone_count, err);
	if (st >= 0)
		count_gone(apply->report, plan);
	return st < 0 ? st : LUPE_OK;
}

static void count_outcomes(struct apply *apply)
{
	struct manifest *manifest = apply->manifest;

	manifest->searchable = catalog_count(apply->catalog, OUTCOME_SEARCHABLE);
	manifest->no_text = catalog_count(apply->catalog, OUTCOME_NO_TEXT);
	manifest->failed = catalog_count(apply->catalog, OUTCOME_FAILED);
	manifest->files = manifest->searchable + manifest->no_text + manifest->failed;
}

lupe_status apply_manifest(struct apply *apply, xc_writer *database, struct lupe_error *err)
{
	struct manifest *manifest = apply->manifest;
	time_t now = time(NULL);
	struct tm utc;
	BUF_SCOPED(text);

	manifest->schema = SCHEMA_VERSION;
	gmtime_r(&now, &utc);
	strftime(manifest->built, sizeof(manifest->built), "%Y-%m-%dT%H:%M:%SZ", &utc);
	pthread_mutex_lock(&apply->lock);
	count_outcomes(apply);
	pthread_mutex_unlock(&apply->lock);
	manifest_print(manifest, &text);
	return xc_writer_set_metadata(
		database, bytes_of(SPAN(META_MANIFEST)), bytes_of(buf_span(&text)), err);
}
