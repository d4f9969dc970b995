/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lupe-index status`: what an index holds, for people and for monitoring. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "indexer/commands.h"
#include "indexer/config.h"
#include "indexer/extract/protection.h"
#include "indexer/extractor.h"
#include "indexer/last_run.h"
#include "indexer/lexicon.h"
#include "indexer/reading.h"
#include "text/harmless.h"

static int64_t age_seconds(const struct manifest *manifest)
{
	struct tm built = {0};

	if (!strptime(manifest->built, "%Y-%m-%dT%H:%M:%SZ", &built))
		return 0;
	return (int64_t)(time(NULL) - timegm(&built));
}

/* null if nothing is known */
static json_t *json_last_run(const struct last_run *last)
{
	if (!*last->finished)
		return json_null();
	return json_pack("{s:s, s:f, s:i, s:I, s:I, s:I, s:I, s:I, s:o}", "finished",
		last->finished, "seconds", last->seconds, "exit", last->exit, "new",
		(json_int_t)last->new_files, "changed", (json_int_t)last->changed, "moved",
		(json_int_t)last->moved, "removed", (json_int_t)last->removed, "newly_failed",
		(json_int_t)last->newly_failed, "error",
		*last->error ? json_text(span_of(last->error)) : json_null());
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

/* An index elsewhere has no list here. */
static bool words_changed(const struct reading *reading)
{
	const char *generation = index_generation(reading->index);

	return generation && lexicon_words_changed(generation, reading->folder.path);
}

/* What the catalog adds up to. */
struct sums {
	uint64_t file_bytes, pages;
	uint64_t causes[CAUSES];
};

static struct sums add_up(const struct catalog *catalog)
{
	struct sums sums = {0};

	for (size_t i = 0; i < catalog->count; i++) {
		const struct entry *entry = catalog->entries[i];

		sums.file_bytes += entry->size;
		sums.pages += entry->pages;
		sums.causes[entry->cause]++;
	}
	return sums;
}

/* What would protect from documents here, now; none if lupe-extract cannot be started. */
static unsigned find_protections(void)
{
	struct extract_settings settings;
	unsigned protections = 0;

	extract_settings_init(&settings);
	settings.no_sandbox = false;
	struct extractor *extractor = extractor_new(&settings);
	extractor_protections(extractor, &protections, NULL);
	extractor_free(extractor);
	extract_settings_done(&settings);
	return protections;
}

static json_t *json_protections(unsigned protections)
{
	json_t *list = json_array();

	for (unsigned bit = 1; bit <= PROTECTIONS; bit <<= 1)
		if (protections & bit)
			json_array_append_new(list, json_string(protection_name(bit)));
	return list;
}

/* ---- lupe.conf ---- */

/* The configuration that the next run goes by. A mistake in it keeps nobody from looking. */
struct conf {
	struct config config;
	struct lupe_error error; /* why there is none, or "" */
};

static void load_conf(const struct options *options, const struct folder *folder, struct conf *ret)
{
	*ret = (struct conf){0};
	if (config_load(&ret->config, options->config_file, folder->path, &ret->error) == LUPE_OK)
		ret->error.message[0] = '\0';
}

static json_t *json_command(const struct command *command)
{
	json_t *words = json_array();

	for (size_t i = 0; i < command->count; i++)
		json_array_append_new(words, json_text(span_of(command->arguments[i])));
	return words;
}

static json_t *json_conf(const struct conf *conf)
{
	json_t *filters = json_object();

	for (size_t i = 0; i < conf->config.filter_count; i++) {
		const struct config_filter *filter = &conf->config.filters[i];

		json_object_set_new(filters, filter->extension, json_command(&filter->command));
	}
	return json_pack("{s:o, s:o, s:o}", "filters", filters, "ocr",
		conf->config.ocr.count ? json_command(&conf->config.ocr) : json_null(), "error",
		*conf->error.message ? json_text(span_of(conf->error.message)) : json_null());
}

static void print_command(const char *name, const struct command *command)
{
	printf("filter    ");
	print_harmless(stdout, span_of(name));
	putchar(':');
	for (size_t i = 0; i < command->count; i++) {
		putchar(' ');
		print_harmless(stdout, span_of(command->arguments[i]));
	}
	putchar('\n');
}

static void print_conf(const struct conf *conf)
{
	for (size_t i = 0; i < conf->config.filter_count; i++)
		print_command(conf->config.filters[i].extension, &conf->config.filters[i].command);
	if (conf->config.ocr.count)
		print_command("OCR", &conf->config.ocr);
	if (*conf->error.message) {
		printf("config    ");
		print_harmless(stdout, span_of(conf->error.message));
		putchar('\n');
	}
}

/* ---- in JSON ---- */

static json_t *json_causes(const struct sums *sums)
{
	json_t *causes = json_object();

	for (unsigned i = CAUSE_NONE + 1; i < CAUSES; i++)
		if (sums->causes[i])
			json_object_set_new(
				causes, cause_name(i), json_integer((json_int_t)sums->causes[i]));
	return causes;
}

/* The manifest's "jpg:12 exe:3" as an object. */
static json_t *json_others(const struct manifest *manifest)
{
	json_t *others = json_object();
	struct span rest = span_of(manifest->others);

	while (rest.ptr && rest.len) {
		struct span count = span_take(&rest, ' ');
		struct span name = span_take(&count, ':');

		if (count.ptr)
			json_object_setn_new(others, name.ptr, name.len,
				json_integer(strtoll(count.ptr, NULL, 10)));
	}
	return others;
}

static void print_status_json(const struct reading *reading, const struct last_run *last,
	const struct conf *conf, uint64_t bytes)
{
	const struct manifest *manifest = reading->manifest;
	const struct sums sums = add_up(&reading->catalog);

	print_json(
		json_pack("{s:i, s:o, s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o,"
			  " s:o, s:o, s:o, s:b, s:o, s:o}",
			"schema", JSON_SCHEMA, "index", json_text(span_of(reading->folder.path)),
			"built", manifest->built, "age_seconds", (json_int_t)age_seconds(manifest),
			"analyser", manifest->analyser, "files", (json_int_t)manifest->files,
			"searchable", (json_int_t)manifest->searchable, "no_text",
			(json_int_t)manifest->no_text, "failed", (json_int_t)manifest->failed,
			"limits_hit", (json_int_t)sums.causes[CAUSE_LIMIT], "bytes",
			(json_int_t)bytes, "file_bytes", (json_int_t)sums.file_bytes, "pages",
			(json_int_t)sums.pages, "causes", json_causes(&sums), "other_types",
			json_others(manifest), "protections", json_protections(find_protections()),
			"configuration", json_conf(conf), "words_changed", words_changed(reading),
			"roots", json_roots(manifest), "last_run", json_last_run(last)));
}

/* ---- for people ---- */

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

static void print_last_run(const struct last_run *last)
{
	if (!*last->finished)
		return;
	printf("last run  %s, exit status %d: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64
	       " removed, ",
		last->finished, last->exit, last->new_files, last->changed, last->removed);
	if (last->moved)
		printf("%" PRIu64 " moved, ", last->moved);
	printf("%" PRIu64 " newly failed, %.1f s\n", last->newly_failed, last->seconds);
	if (*last->error) {
		printf("          ");
		print_harmless(stdout, span_of(last->error));
		putchar('\n');
	}
}

static void print_sums(const struct sums *sums)
{
	const char *before = "causes    ";

	for (unsigned i = CAUSE_NONE + 1; i < CAUSES; i++) {
		if (!sums->causes[i])
			continue;
		printf("%s%" PRIu64 " %s", before, sums->causes[i], cause_name(i));
		before = ", ";
	}
	if (*before == ',')
		putchar('\n');
	printf("read      %.1f MB", (double)sums->file_bytes / 1e6);
	if (sums->pages)
		printf(", %" PRIu64 " pages", sums->pages);
	putchar('\n');
}

static void print_protections(unsigned protections)
{
	printf("sandbox  ");
	for (unsigned bit = 1; bit <= PROTECTIONS; bit <<= 1)
		if (protections & bit)
			printf(" %s", protection_name(bit));
	puts(protections_suffice(protections) ? ""
					      : " not enough; lupe-extract reads nothing here");
}

static void print_status_text(const struct reading *reading, const struct last_run *last,
	const struct conf *conf, uint64_t bytes)
{
	const struct manifest *manifest = reading->manifest;
	const struct sums sums = add_up(&reading->catalog);

	printf("index     ");
	print_harmless(stdout, span_of(reading->folder.path));
	printf("\nbuilt     %s (", manifest->built);
	print_age(age_seconds(manifest));
	printf(" ago)\nanalyser  %s\nsize      %.1f MB\n", manifest->analyser, (double)bytes / 1e6);
	printf("files     %" PRIu64 ": %" PRIu64 " searchable, %" PRIu64 " without text, %" PRIu64
	       " failed\n",
		manifest->files, manifest->searchable, manifest->no_text, manifest->failed);
	print_sums(&sums);
	if (*manifest->others)
		printf("others    %s (not read)\n", manifest->others);
	print_protections(find_protections());
	print_conf(conf);
	print_last_run(last);
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
	if (words_changed(reading))
		printf("%s changed: rebuild\n", WORDS_FILE);
}

lupe_status command_status(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct reading reading;
	lupe_status st = reading_start(options, &reading, err);

	if (st == LUPE_OK) {
		uint64_t bytes = file_tree_bytes(reading.folder.path);
		struct last_run last;
		struct conf conf;

		load_conf(options, &reading.folder, &conf);
		last_run_read(reading.folder.path, &last);
		if (options->json)
			print_status_json(&reading, &last, &conf, bytes);
		else
			print_status_text(&reading, &last, &conf, bytes);
		config_done(&conf.config);
	}
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	reading_done(&reading);
	return st;
}
