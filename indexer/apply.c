/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file after the other: read it, compare its hash, write its document, write its entry. When
 * to commit is for the caller to say.
 */
#include "indexer/apply.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "indexer/bytes.h"
#include "indexer/reader.h"
#include "indexer/writer.h"
#include "store/schema.h"

/* Memory reused from file to file. */
struct worker {
	struct apply *apply;
	struct writer *writer;
	struct reader *reader;
	struct document document;
};

/* What became of a file. */
struct result {
	enum outcome outcome;
	bool settled;
	struct hash128 content;
	struct span note;
	const struct xc_new_document *document;
};

/* ---- reading ---- */

enum reading { READ, READ_FAILED, READ_VANISHED };

/* `stat` is that of the file as it was read, `*ret_content` the hash of its bytes. */
static enum reading read_file(struct worker *worker, const struct found *file,
	struct stat *ret_stat, struct hash128 *ret_content, struct lupe_error *err)
{
	int fd = walk_open(file->root, file->below, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0 && (errno == ENOENT || errno == ELOOP))
		return READ_VANISHED;
	if (fd < 0) {
		lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
		return READ_FAILED;
	}
	if (fstat(fd, ret_stat) != 0 || !S_ISREG(ret_stat->st_mode)) {
		close(fd);
		return READ_VANISHED;
	}
	return reader_load(worker->reader, fd, ret_content, err) < 0 ? READ_FAILED : READ;
}

/* ---- storing ---- */

static lupe_status store_document(struct worker *worker, const struct found *file,
	const struct entry *old, const struct result *result, struct lupe_error *err)
{
	xc_writer *database = worker->apply->database;
	bool was_there = old && old->outcome == OUTCOME_SEARCHABLE;
	uint32_t docid;

	if (result->outcome == OUTCOME_SEARCHABLE)
		return was_there ? xc_writer_replace(database, result->document, &docid, err)
				 : xc_writer_add(database, result->document, &docid, err);
	if (was_there)
		return xc_writer_delete(database, writer_id(worker->writer, file->path), err);
	return LUPE_OK;
}

static lupe_status store_entry(
	struct apply *apply, const struct entry *entry, struct lupe_error *err)
{
	apply->changed = true;
	return catalog_store(apply->database, entry, err);
}

static void set_stat(struct entry *entry, const struct found *file)
{
	entry->size = file->size;
	entry->inode = file->inode;
	entry->mtime_ns = file->mtime_ns;
}

static void set_outcome(struct entry *entry, enum outcome outcome)
{
	if (entry->since == 0 || entry->outcome != outcome)
		entry->since = time(NULL);
	entry->outcome = (uint8_t)outcome;
}

static void count(struct report *report, const struct entry *old, const struct found *file,
	const struct result *result)
{
	bool failed_before = old && old->outcome == OUTCOME_FAILED;

	if (old)
		report->changed++;
	else
		report->new_files++;
	if (result->outcome == OUTCOME_FAILED && !failed_before) {
		report->newly_failed++;
		report_problem(report, file->path, result->note.ptr);
	} else if (result->outcome != OUTCOME_FAILED) {
		report_file(report, old ? "changed" : "new", file->path, result->note);
	}
}

static lupe_status store(struct worker *worker, const struct found *file, struct entry *entry,
	const struct result *result, struct lupe_error *err)
{
	struct catalog *catalog = worker->apply->catalog;
	lupe_status st = store_document(worker, file, entry, result, err);

	if (st < 0)
		return st;
	count(worker->apply->report, entry, file, result);
	if (!entry)
		entry = catalog_add(catalog, file->path);
	set_stat(entry, file);
	set_outcome(entry, result->outcome);
	catalog_set_note(catalog, entry, result->note);
	entry->content = result->content;
	entry->settled = result->settled;
	entry->folder = false;
	entry->seen = entry->done = true;
	return store_entry(worker->apply, entry, err);
}

/* The file is what it was: only size, time and inode may be new. */
static lupe_status refresh(struct worker *worker, const struct found *file, struct entry *entry,
	bool settled, struct lupe_error *err)
{
	bool same = entry->settled == settled && entry->size == file->size &&
		    entry->inode == file->inode && entry->mtime_ns == file->mtime_ns;

	set_stat(entry, file);
	entry->settled = settled;
	entry->done = true;
	return same ? LUPE_OK : store_entry(worker->apply, entry, err);
}

/* ---- one file ---- */

static void make_document(struct worker *worker, struct span path, struct result *ret)
{
	struct lupe_error problem;
	uint32_t words;

	if (reader_read(worker->reader, path, &worker->document, &problem) < 0) {
		buf_clear(&worker->document.notice);
		buf_add_string(&worker->document.notice, problem.message);
		ret->outcome = OUTCOME_FAILED;
	} else {
		ret->document = writer_make(worker->writer, &worker->document, path, &words);
		ret->outcome = words ? OUTCOME_SEARCHABLE : OUTCOME_NO_TEXT;
	}
	ret->note =
		(struct span){buf_string(&worker->document.notice), worker->document.notice.len};
}

/* Whether the file changed so lately that the same size and time might hide another change. */
static bool is_settled(const struct apply *apply, const struct found *file, const struct stat *s)
{
	int64_t mtime_ns = (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;

	return mtime_ns == file->mtime_ns && (uint64_t)s->st_size == file->size &&
	       mtime_ns < apply->settled_before_ns;
}

static lupe_status apply_file(
	struct worker *worker, const struct found *file, struct lupe_error *err)
{
	struct entry *entry = catalog_find(worker->apply->catalog, file->path);
	struct result result = {.outcome = OUTCOME_FAILED};
	struct stat s;
	struct lupe_error problem;

	if (entry && entry->done) {
		report_problem(
			worker->apply->report, file->path, "in two roots; the second is left out");
		return LUPE_OK;
	}
	switch (read_file(worker, file, &s, &result.content, &problem)) {
	case READ_VANISHED:
		return LUPE_OK;
	case READ_FAILED:
		if (entry && entry->outcome == OUTCOME_FAILED && !entry->folder)
			return LUPE_OK;
		result.note = span_of(problem.message);
		return store(worker, file, entry, &result, err);
	case READ:
		break;
	}
	result.settled = is_settled(worker->apply, file, &s);
	if (entry && !entry->folder &&
		memcmp(&result.content, &entry->content, sizeof(result.content)) == 0)
		return refresh(worker, file, entry, result.settled, err);
	make_document(worker, file->path, &result);
	return store(worker, file, entry, &result, err);
}

/* ---- the rest of a plan ---- */

static lupe_status apply_gone(struct worker *worker, struct entry *entry, struct lupe_error *err)
{
	struct apply *apply = worker->apply;

	apply->changed = true;
	if (entry->outcome == OUTCOME_SEARCHABLE) {
		lupe_status st = xc_writer_delete(
			apply->database, writer_id(worker->writer, entry->path), err);
		if (st < 0)
			return st;
	}
	if (!entry->folder) {
		apply->report->removed++;
		report_file(apply->report, "removed", entry->path, SPAN(""));
	}
	return catalog_erase(apply->database, entry, err);
}

static lupe_status apply_folder(
	struct apply *apply, const struct unread *folder, struct lupe_error *err)
{
	struct entry *entry = catalog_find(apply->catalog, folder->path);
	const char *reason = strerror(folder->error);

	if (!entry)
		entry = catalog_add(apply->catalog, folder->path);
	set_outcome(entry, OUTCOME_FAILED);
	catalog_set_note(apply->catalog, entry, span_of(reason));
	entry->folder = entry->seen = true;
	apply->report->newly_failed++;
	report_problem(apply->report, folder->path, reason);
	return store_entry(apply, entry, err);
}

static lupe_status apply_files(
	struct worker *worker, const struct plan *plan, struct lupe_error *err)
{
	struct apply *apply = worker->apply;
	uint64_t bytes = 0;
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < plan->file_count && st >= 0 && !*apply->stop; i++) {
		const struct found *file = plan->files[i];
		bool committed = false;

		st = apply_file(worker, file, err);
		bytes += file->size;
		report_done(apply->report, file->size);
		if (st >= 0)
			st = apply->checkpoint(apply, bytes, &committed, err);
		if (committed)
			bytes = 0;
	}
	return st;
}

lupe_status apply_plan(struct apply *apply, const struct plan *plan, struct lupe_error *err)
{
	struct worker worker = {
		.apply = apply,
		.writer = writer_new(apply->analyser),
		.reader = reader_new(),
	};

	report_work(apply->report, plan->file_count, plan->bytes);
	lupe_status st = apply_files(&worker, plan, err);
	for (size_t i = 0; i < plan->folder_count && st >= 0 && !*apply->stop; i++)
		st = apply_folder(apply, plan->folders[i], err);
	for (size_t i = 0; i < plan->gone_count && st >= 0 && !*apply->stop; i++)
		st = apply_gone(&worker, plan->gone[i], err);
	writer_free(worker.writer);
	reader_free(worker.reader);
	document_done(&worker.document);
	return st < 0 ? st : LUPE_OK;
}

lupe_status apply_manifest(struct apply *apply, struct lupe_error *err)
{
	struct manifest *manifest = apply->manifest;
	time_t now = time(NULL);
	struct tm utc;
	BUF_SCOPED(text);

	manifest->schema = SCHEMA_VERSION;
	gmtime_r(&now, &utc);
	strftime(manifest->built, sizeof(manifest->built), "%Y-%m-%dT%H:%M:%SZ", &utc);
	manifest->searchable = catalog_count(apply->catalog, OUTCOME_SEARCHABLE);
	manifest->no_text = catalog_count(apply->catalog, OUTCOME_NO_TEXT);
	manifest->failed = catalog_count(apply->catalog, OUTCOME_FAILED);
	manifest->files = manifest->searchable + manifest->no_text + manifest->failed;
	manifest_print(manifest, &text);
	return xc_writer_set_metadata(
		apply->database, bytes_of(SPAN(META_MANIFEST)), bytes_of(buf_span(&text)), err);
}
