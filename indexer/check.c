/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lupe-index check`: is the index sound, and the catalog right about it? */
#include <stdio.h>

#include "indexer/commands.h"
#include "indexer/reading.h"
#include "indexer/writer.h"
#include "store/stub.h"
#include "text/harmless.h"

/* Counts errors in the databases; no run may be writing meanwhile. */
static lupe_status check_databases(
	struct reading *reading, double wait_s, size_t *ret_errors, struct lupe_error *err)
{
	struct stub stub;
	lupe_status st = folder_lock(&reading->folder, wait_s, err);

	if (st == LUPE_OK)
		st = stub_read(reading->folder.path, &stub, err);
	if (st < 0)
		return st;
	for (size_t i = 0; i < stub.count && st == LUPE_OK; i++) {
		size_t errors = 0;

		if (!stub.entries[i].path)
			continue;
		st = xc_check(stub.entries[i].path, &errors, err);
		if (errors)
			fprintf(stderr, "lupe-index: %s: %zu errors\n", stub.entries[i].name,
				errors);
		*ret_errors += errors;
	}
	stub_done(&stub);
	return st;
}

/* Every entry must be right about its document. */
static lupe_status check_catalog(
	struct reading *reading, size_t *ret_errors, struct lupe_error *err)
{
	struct writer *writer = writer_new(NULL);
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < reading->catalog.count && st == LUPE_OK; i++) {
		const struct entry *entry = reading->catalog.entries[i];
		bool exists;

		st = xc_term_exists(index_database(reading->index), writer_id(writer, entry->path),
			&exists, err);
		if (st < 0 || exists == (entry->outcome == OUTCOME_SEARCHABLE))
			continue;
		fprintf(stderr, "lupe-index: ");
		print_harmless(stderr, entry->path);
		fprintf(stderr, exists ? ": a document without reason\n" : ": no document\n");
		++*ret_errors;
	}
	writer_free(writer);
	return st;
}

lupe_status command_check(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	size_t errors = 0;
	lupe_status st = reading_start(options, &reading, err);

	if (st == LUPE_OK)
		st = check_databases(&reading, options->wait_s, &errors, err);
	if (st == LUPE_OK)
		st = check_catalog(&reading, &errors, err);
	if (st == LUPE_OK && !options->quiet)
		printf(errors ? "damaged: %zu errors; make it anew with: lupe-index rebuild\n"
			      : "sound\n",
			errors);
	*ret_exit = errors ? EXIT_DAMAGED : EXIT_NOTHING_NEW_FAILED;
	reading_done(&reading);
	return st;
}
