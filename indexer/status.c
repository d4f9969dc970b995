/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands that only read: status, failures, check.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "indexer/bytes.h"
#include "indexer/catalog.h"
#include "indexer/commands.h"
#include "indexer/folder.h"
#include "text/harmless.h"
#include "indexer/writer.h"
#include "store/index.h"
#include "store/schema.h"
#include "store/stub.h"
#include "text/decode.h"

enum { JSON_SCHEMA = 1 };

/* What each of these commands reads; end with reading_done. */
struct reading {
	struct folder folder;
	struct index *index;
	const struct manifest *manifest;
	struct catalog catalog;
};

static void reading_done(struct reading *reading)
{
	catalog_done(&reading->catalog);
	index_close(reading->index);
	folder_done(&reading->folder);
}

static lupe_status start_reading(
	const struct options *options, struct reading *ret, struct lupe_error *err)
{
	lupe_status st;

	*ret = (struct reading){.folder = {NULL, -1}};
	if (options->operand_count)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: this command takes no path",
			options->operands[0]);
	st = folder_locate(options, &ret->folder, err);
	if (st == LUPE_OK)
		st = index_open(ret->folder.path, NULL, &ret->index, err);
	if (st < 0)
		return st;
	ret->manifest = index_manifest(ret->index);
	return catalog_load(&ret->catalog, index_database(ret->index), err);
}

static void print_json(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

/* ---- status ---- */

static int64_t age_seconds(const struct manifest *manifest)
{
	struct tm built = {0};

	if (!strptime(manifest->built, "%Y-%m-%dT%H:%M:%SZ", &built))
		return 0;
	return (int64_t)(time(NULL) - timegm(&built));
}

/* Bytes of text that need not be UTF-8, as JSON can hold them. */
static json_t *json_text(struct span text)
{
	BUF_SCOPED(decoded);

	if (utf8_valid(text))
		return json_stringn(text.ptr ? text.ptr : "", text.len);
	text_decode(text, &decoded, NULL);
	return json_stringn(buf_string(&decoded), decoded.len);
}

static json_t *json_roots(const struct manifest *manifest)
{
	json_t *roots = json_array();

	for (size_t i = 0; i < manifest->root_count; i++) {
		json_t *root = json_object();

		json_object_set_new(
			root, "location", json_text(span_of(manifest->roots[i].location)));
		json_object_set_new(root, "label", json_text(span_of(manifest->roots[i].label)));
		json_array_append_new(roots, root);
	}
	return roots;
}

static void print_status_json(const struct reading *reading, uint64_t bytes)
{
	const struct manifest *manifest = reading->manifest;

	print_json(json_pack("{s:i, s:o, s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "schema",
		JSON_SCHEMA, "index", json_text(span_of(reading->folder.path)), "built",
		manifest->built, "age_seconds", (json_int_t)age_seconds(manifest), "analyser",
		manifest->analyser, "files", (json_int_t)manifest->files, "searchable",
		(json_int_t)manifest->searchable, "no_text", (json_int_t)manifest->no_text,
		"failed", (json_int_t)manifest->failed, "bytes", (json_int_t)bytes, "roots",
		json_roots(manifest)));
}

static void print_age(int64_t seconds)
{
	if (seconds < 120)
		printf("%" PRId64 " seconds", seconds);
	else if (seconds < 2 * 3600)
		printf("%" PRId64 " minutes", seconds / 60);
	else if (seconds < 2 * 86400)
		printf("%" PRId64 " hours", seconds / 3600);
	else
		printf("%" PRId64 " days", seconds / 86400);
}

static void print_status_text(const struct reading *reading, uint64_t bytes)
{
	const struct manifest *manifest = reading->manifest;

	printf("index     ");
	print_harmless(stdout, span_of(reading->folder.path));
	printf("\nbuilt     %s (", manifest->built);
	print_age(age_seconds(manifest));
	printf(" ago)\nanalyser  %s\nsize      %.1f MB\n", manifest->analyser,
		(double)bytes / 1e6);
	printf("files     %" PRIu64 ": %" PRIu64 " searchable, %" PRIu64 " without text, %" PRIu64
	       " failed\n",
		manifest->files, manifest->searchable, manifest->no_text, manifest->failed);
	for (size_t i = 0; i < manifest->root_count; i++) {
		const struct root *root = &manifest->roots[i];

		printf("root      ");
		print_harmless(stdout, span_of(root->location));
		if (*root->label) {
			printf(" as ");
			print_harmless(stdout, span_of(root->label));
		}
		putchar('\n');
	}
}

lupe_status command_status(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	lupe_status st = start_reading(options, &reading, err);

	if (st == LUPE_OK) {
		uint64_t bytes = file_tree_bytes(reading.folder.path);

		if (options->json)
			print_status_json(&reading, bytes);
		else
			print_status_text(&reading, bytes);
	}
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	reading_done(&reading);
	return st;
}

/* ---- failures ---- */

static int compare_entries(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	if ((*x)->outcome != (*y)->outcome)
		return (int)(*y)->outcome - (int)(*x)->outcome;
	return span_compare((*x)->path, (*y)->path);
}

static void print_since(int64_t since, char ret[24])
{
	time_t seconds = (time_t)since;
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(ret, 24, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static json_t *json_base64(struct span bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	BUF_SCOPED(text);

	for (size_t i = 0; i < bytes.len; i += 3) {
		uint32_t group = 0;
		size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 | (j < n ? (unsigned char)bytes.ptr[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			buf_add_byte(&text, j <= n ? digits[group >> (18 - 6 * j) & 63] : '=');
	}
	return json_string(buf_string(&text));
}

static json_t *json_failure(const struct entry *entry)
{
	char since[24];

	print_since(entry->since, since);
	return json_pack("{s:o, s:o, s:s, s:o, s:s}", "path", json_text(entry->path), "path_b64",
		utf8_valid(entry->path) ? json_null() : json_base64(entry->path), "outcome",
		outcome_name(entry->outcome), "reason", json_text(entry->note), "since", since);
}

static void print_failure(const struct entry *entry)
{
	printf("%s: ", outcome_name(entry->outcome));
	print_harmless(stdout, entry->path);
	if (entry->note.len) {
		printf(": ");
		print_harmless(stdout, entry->note);
	}
	putchar('\n');
}

lupe_status command_failures(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	lupe_status st = start_reading(options, &reading, err);
	struct catalog *catalog = &reading.catalog;
	json_t *list = json_array();

	if (st == LUPE_OK && catalog->count)
		qsort(catalog->entries, catalog->count, sizeof(*catalog->entries),
			compare_entries);
	for (size_t i = 0; st == LUPE_OK && i < catalog->count; i++) {
		const struct entry *entry = catalog->entries[i];

		if (entry->outcome == OUTCOME_SEARCHABLE && !entry->note.len)
			continue;
		if (options->json)
			json_array_append_new(list, json_failure(entry));
		else
			print_failure(entry);
	}
	if (st == LUPE_OK && options->json)
		print_json(json_pack("{s:i, s:O}", "schema", JSON_SCHEMA, "failures", list));
	json_decref(list);
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	reading_done(&reading);
	return st;
}

/* ---- check ---- */

/* Counts errors in the databases; no run may be writing meanwhile. */
static lupe_status check_databases(
	struct reading *reading, size_t *ret_errors, struct lupe_error *err)
{
	struct stub stub;
	lupe_status st = folder_lock(&reading->folder, err);

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

		st = xc_term_exists(index_database(reading->index),
			writer_id(writer, entry->path), &exists, err);
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
	lupe_status st = start_reading(options, &reading, err);

	if (st == LUPE_OK)
		st = check_databases(&reading, &errors, err);
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
