/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file: read it, compare its hash, write its document, write its entry. Reading and analysing
 * need no lock. When to commit is for the caller to say.
 */
#include "indexer/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "indexer/meta_rules.h"
#include "indexer/reader.h"
#include "indexer/writer.h"

/* Ends the note of a document whose file was out of reach; the true note comes with the file. */
#define KEPT "; found as it was before"
/* A file that changes while it is read is read again, but not for ever. */
enum { READ_ATTEMPTS = 3 };
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
	struct document document;
};

/* What became of a file. */
struct result {
	enum outcome outcome;
	enum cause cause;
	uint32_t pages;
	bool settled;
	struct stat stat; /* of the file as it was read */
	bool private;     /* it may not be read by all who may read the index */
	struct hash128 content;
	struct span note;
	const struct xc_new_document *document;
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
	return worker;
}

void worker_free(struct worker *worker)
{
	writer_free(worker->writer);
	document_done(&worker->document);
	reader_free(worker->reader);
	free(worker);
}

/* ---- reading ---- */

static int64_t mtime_ns(const struct stat *s)
{
	return (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
}

static bool same_state(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && mtime_ns(a) == mtime_ns(b);
}

enum reading { READ, READ_FAILED, READ_VANISHED, READ_OUT_OF_REACH };

/* The descriptor stays open, and the reader's, until the next file. */
static enum reading load_file(struct worker *worker, const struct found *file, int *ret_fd,
	struct result *result, struct lupe_error *err)
{
	int flags = O_RDONLY | O_NONBLOCK | (file->follow ? 0 : O_NOFOLLOW);
	int fd = walk_open(file->root, file->below, flags, file->follow);

	if (fd < 0 && (errno == ENOENT || errno == ELOOP))
		return READ_VANISHED;
	if (fd < 0) {
		bool refused = errno == EACCES || errno == EPERM;

		lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
		return refused ? READ_FAILED : READ_OUT_OF_REACH;
	}
	if (fstat(fd, &result->stat) != 0 || !S_ISREG(result->stat.st_mode)) {
		close(fd);
		return READ_VANISHED;
	}
	if (readers_exceed(&worker->apply->readers, &result->stat)) {
		close(fd);
		result->private = true;
		lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"not everybody who may read the index may read it (--allow-private)");
		return READ_FAILED;
	}
	*ret_fd = fd;
	lupe_status st = reader_load(worker->reader, fd, file->path, &result->content, err);
	if (st == LUPE_ERROR_IO)
		return READ_OUT_OF_REACH;
	return st < 0 ? READ_FAILED : READ;
}

/* Whether the file is still in the state that it was opened in. */
static bool is_steady(int fd, const struct result *result)
{
	struct stat now;

	return fstat(fd, &now) == 0 && same_state(&now, &result->stat);
}

static enum reading read_file(struct worker *worker, const struct found *file, int *ret_fd,
	struct result *result, struct lupe_error *err)
{
	enum reading reading = READ;

	for (int attempt = 0; attempt < READ_ATTEMPTS && reading == READ; attempt++) {
		reading = load_file(worker, file, ret_fd, result, err);
		if (reading == READ && is_steady(*ret_fd, result))
			break;
	}
	return reading;
}

/* ---- storing ---- */

static lupe_status store_document(struct worker *worker, const struct work *work,
	const struct result *result, struct lupe_error *err)
{
	xc_writer *database = worker->sink->database;
	const struct entry *entry = work->entry;
	bool was_there = entry->known && entry->outcome == OUTCOME_SEARCHABLE;
	uint32_t docid;

	if (result->outcome == OUTCOME_SEARCHABLE)
		return was_there ? xc_writer_replace(database, result->document, &docid, err)
				 : xc_writer_add(database, result->document, &docid, err);
	if (was_there)
		return xc_writer_delete(database, writer_id(worker->writer, entry->path), err);
	return LUPE_OK;
}

static void count(struct apply *apply, const struct entry *old, const struct result *result)
{
	struct report *report = apply->report;
	bool failed_before = (old->known && old->outcome == OUTCOME_FAILED) ||
			     catalog_has_failure(apply->previous, old->path);

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
	entry->size = (uint64_t)result->stat.st_size;
	entry->inode = result->stat.st_ino;
	entry->mtime_ns = mtime_ns(&result->stat);
	entry->settled = result->settled;
}

static void set_entry(struct apply *apply, struct entry *entry, const struct result *result)
{
	pthread_mutex_lock(&apply->lock);
	count(apply, entry, result);
	if (!entry->known || entry->outcome != result->outcome)
		entry->since = time(NULL);
	set_stat(entry, result);
	catalog_set_note(apply->catalog, entry, result->note);
	entry->outcome = (uint8_t)result->outcome;
	entry->cause = (uint8_t)result->cause;
	entry->pages = result->pages;
	entry->content = result->content;
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
	return catalog_store(worker->sink->database, work->entry, err);
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
	bool again = worker->apply->retry_failed &&
		     (entry->outcome == OUTCOME_FAILED || entry->cause == CAUSE_PICTURES);

	if (again || entry->cause == CAUSE_PRIVATE)
		return false;
	return entry->known && !entry->folder && !span_ends(entry->note, SPAN(KEPT)) &&
	       memcmp(&result->content, &entry->content, sizeof(result->content)) == 0;
}

/* A disk or a share that fails takes nothing from the index: the document stays, with a note. */
static lupe_status keep_old(
	struct worker *worker, const struct work *work, const char *problem, struct lupe_error *err)
{
	struct apply *apply = worker->apply;
	struct entry *entry = work->entry;
	BUF_SCOPED(note);

	buf_printf(&note, "%s" KEPT, problem);
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

/* Whether the next run may go by size and time: one that changed so lately might change again
   within these. */
static bool is_settled(const struct worker *worker, int fd, const struct result *result)
{
	return is_steady(fd, result) && mtime_ns(&result->stat) < worker->apply->settled_before_ns;
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

static lupe_status handle_file(
	struct worker *worker, const struct work *work, struct lupe_error *err)
{
	const struct entry *entry = work->entry;
	struct result result = {.outcome = OUTCOME_FAILED};
	struct lupe_error problem;
	int fd = -1;

	switch (read_file(worker, work->file, &fd, &result, &problem)) {
	case READ_VANISHED:
		return LUPE_OK;
	case READ_OUT_OF_REACH:
		if (entry->known && entry->outcome == OUTCOME_SEARCHABLE)
			return keep_old(worker, work, problem.message, err);
		/* fall through */
	case READ_FAILED:
		if (entry->known && entry->outcome == OUTCOME_FAILED && !entry->folder &&
			span_equal(entry->note, span_of(problem.message)))
			return LUPE_OK;
		result.note = span_of(problem.message);
		result.cause = result.private                       ? CAUSE_PRIVATE
			       : problem.status == LUPE_ERROR_LIMIT ? CAUSE_LIMIT
								    : CAUSE_UNREADABLE;
		return write_file(worker, work, &result, false, err);
	case READ:
		break;
	}
	bool same = is_same_content(worker, entry, &result);
	lupe_status st = same ? LUPE_OK : make_document(worker, entry->path, &result, err);
	if (st != LUPE_OK)
		return st;
	result.settled = is_settled(worker, fd, &result);
	return write_file(worker, work, &result, same, err);
}

lupe_status worker_file(struct worker *worker, const struct work *work, struct lupe_error *err)
{
	lupe_status st = handle_file(worker, work, err);

	trim(worker, work);
	return st;
}
