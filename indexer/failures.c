/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index failures`: files that are not searchable, and those that are read with a reservation.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "indexer/commands.h"
#include "indexer/reading.h"
#include "text/decode.h"
#include "text/harmless.h"

/* What is worst comes first. */
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
	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:s}", "path", json_text(entry->path),
		"path_b64", utf8_valid(entry->path) ? json_null() : json_base64(entry->path),
		"outcome", outcome_name(entry->outcome), "cause",
		entry->cause ? json_string(cause_name(entry->cause)) : json_null(), "reason",
		json_text(entry->note), "since", since);
}

static void print_failure(const struct entry *entry)
{
	char since[24];

	print_since(entry->since, since);
	printf("%s: ", outcome_name(entry->outcome));
	print_harmless(stdout, entry->path);
	if (entry->note.len) {
		printf(": ");
		print_harmless(stdout, entry->note);
	}
	printf(" (since %.10s)\n", since);
}

lupe_status command_failures(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	lupe_status st = reading_start(options, &reading, err);
	struct catalog *catalog = &reading.catalog;
	json_t *list = json_array();

	if (st == LUPE_OK && catalog->count)
		qsort(catalog->entries, catalog->count, sizeof(*catalog->entries), compare_entries);
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
