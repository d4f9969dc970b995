/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index check`: are the databases sound, does the catalog tell the truth about them, and does
 * every document have the terms of its text? The last is looked at by several threads.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/commands.h"
#include "indexer/lexicon.h"
#include "indexer/reading.h"
#include "indexer/run.h"
#include "indexer/verify.h"
#include "store/stub.h"
#include "text/harmless.h"

enum { LINES_MAX = 50 };

struct checking {
	const struct options *options;
	struct reading reading;
	struct language language;
	bool compare_terms;
	pthread_mutex_t lock; /* of what follows */
	size_t next;          /* entry to look at */
	size_t problems;
	bool blocks_unchecked;     /* for want of permission to write */
	uint64_t length;           /* of all documents */
	bool lists_taken;          /* a thread reads, or has read, the lists of documents */
	struct tally lists, terms; /* what these say, and what lists of terms say */
	lupe_status status;        /* the first error that is no damage */
	struct lupe_error error;
};

/* ---- telling ---- */

static void tell(struct checking *checking, struct span thing, const char *problem)
{
	pthread_mutex_lock(&checking->lock);
	if (checking->problems++ < LINES_MAX) {
		fputs("lupe-index: ", stderr);
		print_harmless(stderr, thing);
		fputs(": ", stderr);
		print_harmless(stderr, span_of(problem));
		fputc('\n', stderr);
	}
	pthread_mutex_unlock(&checking->lock);
}

static void stop(struct checking *checking, lupe_status st, const struct lupe_error *error)
{
	pthread_mutex_lock(&checking->lock);
	if (checking->status == LUPE_OK) {
		checking->status = st;
		checking->error = *error;
	}
	checking->next = SIZE_MAX;
	pthread_mutex_unlock(&checking->lock);
}

/* ---- the databases ---- */

/* Xapian's check opens tables as if to write. */
static bool can_write(const char *database)
{
	char *table = path_join(database, "postlist.glass");
	bool can = faccessat(AT_FDCWD, table, W_OK, AT_EACCESS) == 0 || errno == ENOENT;

	free(table);
	return can;
}

static lupe_status check_tables(
	struct checking *checking, const struct stub_entry *entry, struct lupe_error *err)
{
	size_t errors = 0;
	char problem[64];

	if (!can_write(entry->path)) {
		checking->blocks_unchecked = true;
		return LUPE_OK;
	}
	lupe_status st = xc_check(entry->path, &errors, err);
	snprintf(problem, sizeof(problem), "%zu errors in the database", errors);
	if (errors)
		tell(checking, span_of(entry->name), problem);
	return st;
}

static lupe_status check_databases(struct checking *checking, struct lupe_error *err)
{
	struct stub stub;
	lupe_status st = stub_read(checking->reading.folder.path, &stub, err);

	if (st < 0)
		return st;
	for (size_t i = 0; i < stub.count && st == LUPE_OK; i++)
		if (stub.entries[i].path)
			st = check_tables(checking, &stub.entries[i], err);
	stub_done(&stub);
	return st;
}

/* ---- documents ---- */

static const struct entry *next_entry(struct checking *checking)
{
	const struct catalog *catalog = &checking->reading.catalog;
	const struct entry *entry = NULL;

	pthread_mutex_lock(&checking->lock);
	if (checking->next < catalog->count)
		entry = catalog->entries[checking->next++];
	pthread_mutex_unlock(&checking->lock);
	return entry;
}

static lupe_status check_entry(struct checking *checking, struct verifier *verifier,
	const struct entry *entry, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	if (entry->outcome == OUTCOME_SEARCHABLE) {
		st = verify_document(verifier, entry->path, err);
	} else if (stored_open(&verifier->stored, entry->path, NULL) == LUPE_OK) {
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "a document of a file without text");
	}
	if (st == LUPE_ERROR_CORRUPT || st == LUPE_ERROR_SCHEMA) {
		tell(checking, entry->path, err->message);
		return LUPE_OK;
	}
	return st;
}

static bool take_lists(struct checking *checking)
{
	pthread_mutex_lock(&checking->lock);
	bool taken = checking->lists_taken;
	checking->lists_taken = true;
	pthread_mutex_unlock(&checking->lock);
	return !taken;
}

/* One thread does it. */
static lupe_status check_lists(
	struct checking *checking, xc_database *database, struct lupe_error *err)
{
	if (!take_lists(checking))
		return LUPE_OK;
	lupe_status st = tally_postings(database, &checking->lists, err);
	if (st != LUPE_ERROR_CORRUPT)
		return st;
	tell(checking, SPAN("database"), err->message);
	return LUPE_OK;
}

static void *check_documents(void *arg)
{
	struct checking *checking = arg;
	struct index *index;
	struct verifier verifier;
	struct lupe_error error;
	const struct entry *entry;
	lupe_status st = index_open(checking->reading.folder.path, NULL, &index, &error);

	if (st == LUPE_OK) {
		verifier_init(&verifier, index_database(index),
			checking->compare_terms ? &checking->language : NULL);
		st = check_lists(checking, index_database(index), &error);
		while (st == LUPE_OK && (entry = next_entry(checking)) != NULL)
			st = check_entry(checking, &verifier, entry, &error);
		pthread_mutex_lock(&checking->lock);
		checking->length += verifier.length;
		tally_join(&checking->terms, &verifier.tally);
		pthread_mutex_unlock(&checking->lock);
		verifier_done(&verifier);
		index_close(index);
	}
	if (st < 0)
		stop(checking, st, &error);
	return NULL;
}

static lupe_status check_all_documents(struct checking *checking, struct lupe_error *err)
{
	size_t count = run_job_count(checking->options), started = 1;
	pthread_t *threads = mem_realloc_array(NULL, count, sizeof(*threads));

	while (started < count &&
		pthread_create(&threads[started], NULL, check_documents, checking) == 0)
		started++;
	check_documents(checking);
	for (size_t i = 1; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
	if (checking->status < 0 && err)
		*err = checking->error;
	return checking->status;
}

/* ---- counts ---- */

static lupe_status check_counts(struct checking *checking, struct lupe_error *err)
{
	struct reading *reading = &checking->reading;
	const struct manifest *manifest = reading->manifest;
	const struct catalog *catalog = &reading->catalog;
	struct xc_statistics statistics;
	lupe_status st = xc_database_statistics(index_database(reading->index), &statistics, err);

	if (st < 0)
		return st;
	if (statistics.documents != catalog_count(catalog, OUTCOME_SEARCHABLE))
		tell(checking, SPAN("catalog"), "not as many files as there are documents");
	if (statistics.total_length != checking->length)
		tell(checking, SPAN("database"), "its length is not that of its documents");
	/* Behind a problem of another kind, not all terms were read. */
	if (!checking->problems && !tally_equal(&checking->lists, &checking->terms))
		tell(checking, SPAN("database"),
			"its lists of documents are not those of the documents' terms");
	if (manifest->searchable != catalog_count(catalog, OUTCOME_SEARCHABLE) ||
		manifest->no_text != catalog_count(catalog, OUTCOME_NO_TEXT) ||
		manifest->failed != catalog_count(catalog, OUTCOME_FAILED) ||
		manifest->files != catalog_known(catalog))
		tell(checking, SPAN("manifest"), "counts are not those of the catalog");
	return LUPE_OK;
}

/* ---- the copies of lexicon and words ---- */

static lupe_status check_language(struct checking *checking)
{
	const char *generation = index_generation(checking->reading.index);
	struct lupe_error error;

	if (!generation)
		return LUPE_OK;
	lupe_status st = lexicon_open_copy(&checking->language, generation, NULL, &error);
	if (st == LUPE_OK)
		st = lexicon_verify(checking->language.lexicon, &error);
	if (st < 0) {
		tell(checking, SPAN(LEXICON_FILE), error.message);
		return LUPE_OK;
	}
	checking->compare_terms =
		strcmp(checking->language.name, checking->reading.manifest->analyser) == 0;
	if (!checking->compare_terms)
		fprintf(stderr,
			"lupe-index: made with analyser %s, this is %s: texts and terms are not "
			"compared\n",
			checking->reading.manifest->analyser, checking->language.name);
	return LUPE_OK;
}

/* ---- all ---- */

/* No run may be writing meanwhile, if there is permission to keep it off. */
static lupe_status check(struct checking *checking, struct lupe_error *err)
{
	lupe_status st = reading_start_locked(checking->options, &checking->reading, err);

	if (st == LUPE_OK)
		st = check_databases(checking, err);
	if (st == LUPE_OK)
		st = check_language(checking);
	if (st == LUPE_OK)
		st = check_all_documents(checking, err);
	if (st == LUPE_OK)
		st = check_counts(checking, err);
	return st;
}

/* ---- in a process of its own ---- */

/* Damage may make Xapian itself crash, in its check too (1.4.22). Returns 0 in a child that is to
   do the work and dies with us, else the child's exit status once it is over. */
static int run_apart(void)
{
	int status = 0;

	signal(SIGINT, SIG_DFL); /* nothing is written, so nothing needs an orderly end */
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (child <= 0)
		return 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		return WEXITSTATUS(status) ? WEXITSTATUS(status) : -1;
	fprintf(stderr, "lupe-index: reading the database crashes (signal %d)\n", WTERMSIG(status));
	puts("damaged: make it anew with: lupe-index rebuild");
	return EXIT_DAMAGED;
}

lupe_status command_check(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	int child = run_apart();

	if (child) {
		*ret_exit = child > 0 ? child : EXIT_NOTHING_NEW_FAILED;
		return LUPE_OK;
	}
	struct checking checking = {.options = options, .lock = PTHREAD_MUTEX_INITIALIZER};
	lupe_status st = check(&checking, err);

	if (st == LUPE_OK && checking.blocks_unchecked && !options->quiet)
		fputs("lupe-index: without permission to write, the blocks of the tables were not "
		      "checked; all that is in them was read\n",
			stderr);
	if (st == LUPE_OK && !options->quiet)
		printf(checking.problems ? "damaged: %zu errors; make it anew with: lupe-index "
					   "rebuild\n"
					 : "sound\n",
			checking.problems);
	*ret_exit = checking.problems ? EXIT_DAMAGED : EXIT_NOTHING_NEW_FAILED;
	language_close(&checking.language);
	reading_done(&checking.reading);
	return st;
}
