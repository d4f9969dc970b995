/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of a build. Shards are written without waiting for the disk, so they outlive a killed
 * program, but not a system that crashed: that is what the boot id tells. What is written into them
 * is apply.c's.
 */
#include "indexer/shards.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/bytes.h"
#include "store/schema.h"

#define FOLDER "building"
#define SHARD "shard-"
#define STATE_FILE "state"
#define STATE_SYNCED "synced"
#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"
enum { STATE_LIMIT_BYTES = 100 };
/* Commits are ours to time, so Xapian never flushes by itself. */
#define NO_FLUSHES UINT32_MAX

/* ---- state ---- */

static void read_boot_id(struct buf *ret)
{
	if (file_read(BOOT_ID_PATH, STATE_LIMIT_BYTES, ret, NULL) != LUPE_OK)
		buf_clear(ret);
}

static lupe_status write_state(
	const struct shards *shards, struct span state, struct lupe_error *err)
{
	char *path = path_join(shards->folder, STATE_FILE);
	lupe_status st = file_replace(path, state, 0600, err);

	free(path);
	return st;
}

/* Whether what the folder holds is what was written into it. */
static bool is_trustworthy(const struct shards *shards)
{
	char *path = path_join(shards->folder, STATE_FILE);
	BUF_SCOPED(state);
	BUF_SCOPED(boot);

	read_boot_id(&boot);
	bool read = file_read(path, STATE_LIMIT_BYTES, &state, NULL) == LUPE_OK;
	free(path);
	return read && (span_equal(buf_span(&state), SPAN(STATE_SYNCED)) ||
			       (boot.len && span_equal(buf_span(&state), buf_span(&boot))));
}

/* ---- leftovers ---- */

static bool same_roots(const struct manifest *a, const struct manifest *b)
{
	if (a->root_count != b->root_count)
		return false;
	for (size_t i = 0; i < a->root_count; i++)
		if (strcmp(a->roots[i].location, b->roots[i].location) != 0 ||
			strcmp(a->roots[i].label, b->roots[i].label) != 0)
			return false;
	return true;
}

static bool read_manifest(xc_database *db, struct manifest *ret)
{
	struct xc_blob text = XC_BLOB_INIT;
	bool read =
		xc_metadata_get(db, bytes_of(SPAN(META_MANIFEST)), &text, NULL) == LUPE_OK &&
		manifest_parse((struct span){text.bytes.ptr, text.bytes.len}, ret, NULL) == LUPE_OK;

	xc_blob_done(&text);
	return read;
}

/* Of other rules the files are found out, of other roots the paths would be wrong. */
static bool is_same_build(const struct manifest *wanted, xc_database *db)
{
	struct manifest manifest = {0};
	bool same = read_manifest(db, &manifest) &&
		    strcmp(manifest.analyser, wanted->analyser) == 0 &&
		    same_roots(&manifest, wanted);

	manifest_done(&manifest);
	return same;
}

static bool is_shard(const char *name)
{
	return strncmp(name, SHARD, strlen(SHARD)) == 0;
}

static void add_shard(struct shards *shards, char *path)
{
	size_t count = shards->count + 1;

	shards->paths = mem_realloc_array(shards->paths, count, sizeof(*shards->paths));
	shards->paths[shards->count++] = path;
}

/* Adds the entries of a shard, and the shard; false if it is of no use. */
static bool take_shard(struct shards *shards, const char *path, const struct manifest *manifest,
	struct catalog *catalog)
{
	struct catalog trial = {0};
	xc_database *db = NULL;
	bool usable = xc_database_open(&path, 1, &db, NULL) == LUPE_OK &&
		      is_same_build(manifest, db) && catalog_load(&trial, db, NULL) == LUPE_OK;

	if (usable) {
		size_t before = catalog->count;

		catalog_load(catalog, db, NULL);
		for (size_t i = before; i < catalog->count; i++)
			catalog->entries[i]->shard = (uint16_t)shards->count;
		add_shard(shards, mem_strdup(path));
	}
	xc_database_close(db);
	catalog_done(&trial);
	return usable;
}

static lupe_status take_leftovers(struct shards *shards, const struct manifest *manifest,
	struct catalog *catalog, struct lupe_error *err)
{
	bool trusted = is_trustworthy(shards);
	DIR *dir = opendir(shards->folder);
	struct dirent *entry;
	lupe_status st = LUPE_OK;

	if (!dir)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", shards->folder, strerror(errno));
	while (st == LUPE_OK && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		char *path = path_join(shards->folder, entry->d_name);
		if (!trusted || !is_shard(entry->d_name) || shards->count == UINT16_MAX ||
			!take_shard(shards, path, manifest, catalog))
			st = file_remove_tree(path, err);
		free(path);
	}
	closedir(dir);
	return st;
}

static bool recall_shard(const char *path, struct manifest *ret)
{
	xc_database *db = NULL;
	bool found = xc_database_open(&path, 1, &db, NULL) == LUPE_OK && read_manifest(db, ret);

	xc_database_close(db);
	return found;
}

bool shards_recall(const char *index_folder, struct manifest *ret)
{
	struct shards shards = {.folder = path_join(index_folder, FOLDER)};
	DIR *dir = opendir(shards.folder);
	struct dirent *entry;
	bool found = false;

	while (dir && !found && is_trustworthy(&shards) && (entry = readdir(dir)) != NULL) {
		char *path = path_join(shards.folder, entry->d_name);

		found = is_shard(entry->d_name) && recall_shard(path, ret);
		free(path);
	}
	if (dir)
		closedir(dir);
	shards_done(&shards);
	return found;
}

lupe_status shards_find(struct shards *ret, const char *index_folder,
	const struct manifest *manifest, struct catalog *catalog, struct lupe_error *err)
{
	*ret = (struct shards){.folder = path_join(index_folder, FOLDER)};
	if (mkdir(ret->folder, 0700) != 0 && errno != EEXIST)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", ret->folder, strerror(errno));
	return take_leftovers(ret, manifest, catalog, err);
}

/* ---- writing ---- */

static void add_new_shard(struct shards *shards)
{
	struct stat s;
	BUF_SCOPED(path);

	do {
		buf_clear(&path);
		buf_printf(&path, "%s/" SHARD "%u", shards->folder, shards->next_number++);
	} while (stat(buf_string(&path), &s) == 0);
	add_shard(shards, mem_strdup(buf_string(&path)));
}

lupe_status shards_open(struct shards *shards, size_t count, struct lupe_error *err)
{
	BUF_SCOPED(boot);

	read_boot_id(&boot);
	lupe_status st = write_state(shards, buf_span(&boot), err);
	while (shards->count < count)
		add_new_shard(shards);
	shards->sinks = mem_zalloc(shards->count * sizeof(*shards->sinks));
	for (size_t i = 0; i < shards->count; i++)
		sink_init(&shards->sinks[i], NULL);
	for (size_t i = 0; i < shards->count && st == LUPE_OK; i++)
		st = xc_writer_open(shards->paths[i], XC_WRITER_CREATE_OR_OPEN | XC_WRITER_NO_SYNC,
			NO_FLUSHES, &shards->sinks[i].database, err);
	return st;
}

lupe_status shards_close(struct shards *shards, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < shards->count && st == LUPE_OK; i++) {
		st = xc_writer_close(shards->sinks[i].database, err);
		shards->sinks[i].database = NULL;
	}
	return st;
}

lupe_status shards_sync(struct shards *shards, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < shards->count && st == LUPE_OK; i++)
		st = file_sync_folder(shards->paths[i], err);
	return st < 0 ? st : write_state(shards, SPAN(STATE_SYNCED), err);
}

void shards_done(struct shards *shards)
{
	for (size_t i = 0; i < shards->count; i++) {
		free(shards->paths[i]);
		if (!shards->sinks)
			continue;
		if (shards->sinks[i].database)
			xc_writer_discard(shards->sinks[i].database);
		sink_done(&shards->sinks[i]);
	}
	free(shards->paths);
	free(shards->sinks);
	free(shards->folder);
	*shards = (struct shards){0};
}
