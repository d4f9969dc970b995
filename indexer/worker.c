/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file: load it (load.c), compare its hash, write its document, write its entry. Reading and
 * analysing need no lock. When to commit is for the caller to say.
 */
#include "indexer/worker.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "indexer/load.h"
#include "indexer/meta_rules.h"
#include "indexer/mover.h"
#include "indexer/writer.h"

/* What the analysers of all threads may keep in their caches, and each at least. */
#ifndef CACHES_BYTES
#define CACHES_BYTES ((size_t)48 << 20)
#endif
#define CACHE_LEAST_BYTES ((size_t)8 << 20)
/* Behind a file of this size the memory it took is given back. */
#define LARGE_BYTES ((uint64_t)512 << 10)

struct worker {
	struct apply *apply;
	struct sink *sink;
	struct analyser *analyser;
	size_t cache_bytes; /* limit of the analyser's cache */
	struct writer *writer;
	struct reader *reader;
	struct mover *mover;
	struct document document;
};

/* What became of a file. */
struct result {
	struct load load;
	enum outcome outcome;
	enum cause cause;
	uint32_t pages;
	unsigned origins;
	bool settled;
	struct span note;
	struct entry *from;                     /* what it was before it was moved, or NULL */
	struct moved moved;                     /* if `from` has a document */
	const struct xc_new_document *document; /* unless it is only edited */
};

struct worker *worker_new(struct apply *apply, struct sink *sink, struct analyser *analyser)
{
	struct worker *worker = mem_zalloc(sizeof(*worker));

	worker->apply = apply;
	worker->sink = sink;
	worker->analyser = analyser;
	worker->cache_bytes = CACHES_BYTES / apply->worker_count;
	if (worker->cache_bytes < CACHE_LEAST_BYTES)
		worker->cache_bytes = CACHE_LEAST_BYTES;
	worker->writer = writer_new(analyser);
	worker->reader = reader_new(apply->extract);
	worker->mover = mover_new(xc_writer_database(sink->database));
	return worker;
}

void worker_free(struct worker *worker)
{
	writer_free(worker->writer);
	document_done(&worker->document);
	reader_free(worker->reader);
	mover_free(worker->mover);
	free(worker);
}

/* ---- storing ---- */

static lupe_status delete_document(
	struct worker *worker, const struct entry *entry, struct lupe_error *err)
{
	return xc_writer_delete(
		worker->sink->database, writer_id(worker->writer, entry->path), err);
}

static bool has_document(const struct entry *entry)
{
	return entry->known && entry->outcome == OUTCOME_SEARCHABLE;
}

/* The document of a moved file goes with it, in place of one that was there. */
static lupe_status edit_document(struct worker *worker, const struct entry *entry,
	const struct moved *moved, struct lupe_error *err)
{
	lupe_status st = has_document(entry) ? delete_document(worker, entry, err) : LUPE_OK;

	if (st < 0)
		return st;
	return xc_writer_edit(worker->sink->database, moved->docid, moved->edit, err);
}

static lupe_status store_document(struct worker *worker, const struct work *work,
	const struct result *result, struct lupe_error *err)
{
	xc_writer *database = worker->sink->database;
	const struct entry *entry = work->entry;
	lupe_status st = LUPE_OK;
	uint32_t docid;

	if (result->moved.edit)
		return edit_document(worker, entry, &result->moved, err);
	if (result->from && has_document(result->from))
		st = xc_writer_delete_at(database, result->moved.docid, err);
	if (st < 0)
		return st;
	if (result->outcome == OUTCOME_SEARCHABLE)
		return has_document(entry)
			       ? xc_writer_replace(database, result->document, &docid, err)
			       : xc_writer_add(database, result->document, &docid, err);
	return has_document(entry) ? delete_document(worker, entry, err) : LUPE_OK;
}

static void count(struct apply *apply, const struct entry *old, const struct result *result)
{
	struct report *report = apply->report;
	bool failed_before = (old->known && old->outcome == OUTCOME_FAILED) ||
			     catalog_has_failure(apply->previous, old->path);

	if (result->from) {
		report->moved++;
		report_move(report, old->path, result->from->path);
		return;
	}
	if (old->known)
		report->changed++;
	else
		report->new_files++;
	if (result->outcome == OUTCOME_FAILED && !failed_before) {
		report->newly_failed++;
		report_problem(report, old->path, result->note.ptr);
	} else if (result->outcome != OUTCOME_FAILED) {
		report_file(report, old->known ? "changed" : "new", old->path, result->note);
	}
}

static void set_stat(struct entry *entry, const struct result *result)
{
	entry->size = (uint64_t)result->load.stat.st_size;
	entry->inode = result->load.stat.st_ino;
	entry->mtime_ns = load_mtime_ns(&result->load);
	entry->settled = result->settled;
}

static void set_entry(struct apply *apply, struct entry *entry, const struct result *result)
{
	pthread_mutex_lock(&apply->lock);
	count(apply, entry, result);
	if (result->from)
		entry->since = result->from->since;
	else if (!entry->known || entry->outcome != result->outcome)
		entry->since = time(NULL);
	set_stat(entry, result);
	catalog_set_note(apply->catalog, entry, result->note);
	entry->outcome = (uint8_t)result->outcome;
	entry->cause = (uint8_t)result->cause;
	entry->pages = result->pages;
	entry->origins = (uint8_t)(result->origins | ORIGIN_KNOWN);
	entry->content = result->load.content;
	entry->folder = false;
	entry->known = true;
	apply->changed = true;
	pthread_mutex_unlock(&apply->lock);
}

/* Document and entry go into one commit, since the sink's lock is held. */
static lupe_status store(struct worker *worker, const struct work *work,
	const struct result *result, struct lupe_error *err)
{
	lupe_status st = store_document(worker, work, result, err);

	if (st < 0)
		return st;
	set_entry(worker->apply, work->entry, result);
	worker->sink->changed = true;
	st = catalog_store(worker->sink->database, work->entry, err);
	if (st < 0 || !result->from)
		return st;
	return catalog_erase(worker->sink->database, result->from, err);
}

/* The file is what it was: only size, time and inode may be new. */
static lupe_status refresh(struct worker *worker, struct entry *entry, const struct result *result,
	struct lupe_error *err)
{
	const struct entry old = *entry;

	pthread_mutex_lock(&worker->apply->lock);
	set_stat(entry, result);
	bool same = entry->settled == old.settled && entry->size == old.size &&
		    entry->inode == old.inode && entry->mtime_ns == old.mtime_ns;
	worker->apply->changed |= !same;
	pthread_mutex_unlock(&worker->apply->lock);
	if (same)
		return LUPE_OK;
	worker->sink->changed = true;
	return catalog_store(worker->sink->database, entry, err);
}

/* ---- one file ---- */

static enum cause cause_of(lupe_status st, const struct document *document)
{
	if (document->encrypted)
		return CAUSE_ENCRYPTED;
	switch (st) {
	case LUPE_ERROR_LIMIT:
		return CAUSE_LIMIT;
	case LUPE_ERROR_CORRUPT:
		return CAUSE_CRASH;
	case LUPE_ERROR_IO:
		return CAUSE_UNREADABLE;
	default:
		return CAUSE_DAMAGED;
	}
}

static void note_read(struct worker *worker, struct span path, struct result *ret)
{
	struct document *document = &worker->document;
	uint32_t words;

	ret->document = writer_make(worker->writer, document, path, &words);
	ret->outcome = words ? OUTCOME_SEARCHABLE : OUTCOME_NO_TEXT;
	ret->pages = document->pages;
	ret->origins = document->origins;
	if (document->picture_pages.len || (!words && document->image_only))
		ret->cause = CAUSE_PICTURES;
	if (!words && document->image_only && !document->notice.len)
		buf_add_string(&document->notice, "only pictures");
}

/* LUPE_END: stopped by a signal. */
static lupe_status make_document(
	struct worker *worker, struct span path, struct result *ret, struct lupe_error *err)
{
	struct document *document = &worker->document;
	struct lupe_error problem;
	lupe_status st = reader_read(worker->reader, document, &problem);

	if (st == LUPE_OK) {
		if (worker->apply->meta)
			meta_rules_apply(worker->apply->meta, path, document);
		note_read(worker, path, ret);
	} else if (reader_failed(st)) {
		buf_clear(&document->notice);
		buf_add_string(&document->notice, problem.message);
		ret->outcome = OUTCOME_FAILED;
		ret->cause = cause_of(st, document);
	} else {
		return st < 0 ? lupe_fail(err, st, "%s", problem.message) : st;
	}
	ret->note = (struct span){buf_string(&document->notice), document->notice.len};
	return LUPE_OK;
}

static bool is_same_content(
	const struct worker *worker, const struct entry *entry, const struct result *result)
{
	bool again = worker->apply->retry_failed && entry_is_retried(entry);

	if (again || entry->cause == CAUSE_PRIVATE)
		return false;
	return entry->known && !entry->folder && !entry_was_kept(entry) &&
	       memcmp(&result->load.content, &entry->content, sizeof(entry->content)) == 0;
}

/* A disk or a share that fails takes nothing from the index: the document stays, with a note. */
static lupe_status keep_old(
	struct worker *worker, const struct work *work, const char *problem, struct lupe_error *err)
{
	struct apply *apply = worker->apply;
	struct entry *entry = work->entry;
	BUF_SCOPED(note);

	buf_printf(&note, "%s" ENTRY_KEPT, problem);
	if (span_equal(entry->note, buf_span(&note)))
		return LUPE_OK;
	pthread_mutex_lock(&worker->sink->lock);
	pthread_mutex_lock(&apply->lock);
	catalog_set_note(apply->catalog, entry, buf_span(&note));
	entry->settled = false;
	apply->changed = true;
	apply->report->newly_failed++;
	report_problem(apply->report, entry->path, problem);
	pthread_mutex_unlock(&apply->lock);
	worker->sink->changed = true;
	lupe_status st = catalog_store(worker->sink->database, entry, err);
	pthread_mutex_unlock(&worker->sink->lock);
	return st;
}

/* Takes the sink's lock for as long as something is written, and until the checkpoint is over. */
static lupe_status write_file(struct worker *worker, const struct work *work,
	const struct result *result, bool same, struct lupe_error *err)
{
	struct sink *sink = worker->sink;

	pthread_mutex_lock(&sink->lock);
	lupe_status st =
		same ? refresh(worker, work->entry, result, err) : store(worker, work, result, err);
	sink->bytes += work->file->size;
	if (st >= 0)
		st = worker->apply->checkpoint(worker->apply, sink, err);
	pthread_mutex_unlock(&sink->lock);
	return st;
}

/* ---- moved files ---- */

static struct entry *take_moved(
	struct worker *worker, const struct hash128 *content, struct span path)
{
	struct apply *apply = worker->apply;
	struct entry *from = NULL;

	pthread_mutex_lock(&apply->lock);
	if (apply->moves)
		from = moves_take(apply->moves, content, path);
	pthread_mutex_unlock(&apply->lock);
	return from;
}

/* The document of the old path, made that of the new one. LUPE_END: the file has to be read. */
static lupe_status move_document(
	struct worker *worker, struct span path, struct result *ret, struct lupe_error *err)
{
	struct sink *sink = worker->sink;
	uint32_t words;

	pthread_mutex_lock(&sink->lock);
	lupe_status st = mover_read(worker->mover, ret->from, path, worker->apply->meta,
		&worker->document, &ret->moved, err);
	pthread_mutex_unlock(&sink->lock);
	if (st != LUPE_OK)
		return st;
	ret->origins = worker->document.origins;
	if (!ret->moved.edit)
		ret->document = writer_make(worker->writer, &worker->document, path, &words);
	return LUPE_OK;
}

/* LUPE_END: it is no file that was moved. */
static lupe_status try_move(struct worker *worker, const struct entry *entry, struct result *ret,
	struct lupe_error *err)
{
	struct entry *from = take_moved(worker, &ret->load.content, entry->path);
	lupe_status st = LUPE_OK;

	if (!from)
		return LUPE_END;
	ret->from = from;
	ret->outcome = from->outcome;
	ret->cause = from->cause;
	ret->pages = from->pages;
	ret->note = from->note;
	if (from->outcome == OUTCOME_SEARCHABLE)
		st = move_document(worker, entry->path, ret, err);
	if (st == LUPE_OK)
		return st;
	pthread_mutex_lock(&worker->apply->lock);
	from->moved = false; /* its file is gone, after all */
	pthread_mutex_unlock(&worker->apply->lock);
	ret->from = NULL;
	ret->cause = CAUSE_NONE;
	return st;
}

/* Keeps the memory of many threads within bounds; a writer knows its analyser's term numbers, so it
   goes with them. */
static void trim(struct worker *worker, const struct work *work)
{
	if (work->file->size >= LARGE_BYTES)
		document_done(&worker->document);
	else if (!analyser_trim(worker->analyser, worker->cache_bytes))
		return;
	writer_free(worker->writer);
	worker->writer = writer_new(worker->analyser);
}

/* A file that could not be read, now. */
static lupe_status note_unread(struct worker *worker, const struct work *work,
	struct result *result, const struct lupe_error *problem, struct lupe_error *err)
{
	const struct entry *entry = work->entry;

	if (entry->known && entry->outcome == OUTCOME_FAILED && !entry->folder &&
		span_equal(entry->note, span_of(problem->message)))
		return LUPE_OK;
	result->note = span_of(problem->message);
	result->cause = result->load.private                  ? CAUSE_PRIVATE
			: problem->status == LUPE_ERROR_LIMIT ? CAUSE_LIMIT
							      : CAUSE_UNREADABLE;
	return write_file(worker, work, result, false, err);
}

static lupe_status note_loaded(struct worker *worker, const struct work *work,
	struct result *result, struct lupe_error *err)
{
	const struct entry *entry = work->entry;
	bool same = is_same_content(worker, entry, result);
	lupe_status st = same ? LUPE_OK : try_move(worker, entry, result, err);

	if (st == LUPE_END)
		st = make_document(worker, entry->path, result, err);
	if (st != LUPE_OK)
		return st;
	/* Whether the next run may go by size and time: one that changed so lately might change
	   again within these. */
	result->settled = load_is_steady(&result->load) &&
			  load_mtime_ns(&result->load) < worker->apply->settled_before_ns;
	return write_file(worker, work, result, same, err);
}

static lupe_status handle_file(
	struct worker *worker, const struct work *work, struct lupe_error *err)
{
	const struct entry *entry = work->entry;
	struct result result = {.outcome = OUTCOME_FAILED};
	struct lupe_error problem;

	switch (load_file(
		worker->reader, &worker->apply->readers, work->file, &result.load, &problem)) {
	case LOAD_VANISHED:
		return LUPE_OK;
	case LOAD_OUT_OF_REACH:
		if (has_document(entry))
			return keep_old(worker, work, problem.message, err);
		return note_unread(worker, work, &result, &problem, err);
	case LOAD_REFUSED:
		return note_unread(worker, work, &result, &problem, err);
	case LOADED:
		break;
	}
	return note_loaded(worker, work, &result, err);
}

lupe_status worker_file(struct worker *worker, const struct work *work, struct lupe_error *err)
{
	lupe_status st = handle_file(worker, work, err);

	trim(worker, work);
	return st;
}
