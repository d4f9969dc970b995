/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding and opening an index. Every database is opened on its own, so that none joins unread:
 * its manifest must be of this schema and this analyser. A publication may replace the databases
 * between our reading of the stub and our opening of what it names; then the stub has changed, and
 * we begin again. What to do about an error is said here, since only here the folder is known.
 */
#include "store/index.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/schema.h"
#include "store/stub.h"

enum { MOST_ATTEMPTS = 3, REMOTE_TIMEOUT_MS = 10 * 1000 };

/* ---- finding ---- */

static bool is_ours(const struct stat *s)
{
	return s->st_uid == geteuid() || s->st_uid == 0;
}

/* Whether `candidate` is an index folder; IO if it is one, but somebody else's. */
static lupe_status check_found(const char *candidate, bool *ret_found, struct lupe_error *err)
{
	struct stat link, target;
	*ret_found = false;
	if (lstat(candidate, &link) != 0 || stat(candidate, &target) != 0 ||
		!S_ISDIR(target.st_mode))
		return LUPE_OK;
	if (!is_ours(&link) || !is_ours(&target))
		return lupe_fail(err, LUPE_ERROR_IO,
			"%s: this index belongs to another user; to use it nevertheless: --index "
			"%s",
			candidate, candidate);
	*ret_found = true;
	return LUPE_OK;
}

/* Cuts the last component off; false at "/". */
static bool go_up(char *folder)
{
	char *slash = strrchr(folder, '/');
	if (!slash || folder[1] == '\0')
		return false;
	slash[slash == folder ? 1 : 0] = '\0';
	return true;
}

/* The nearest INDEX_FOLDER from the working folder up to "/"; NULL if there is none. */
static lupe_status search_upwards(char **ret_folder, struct lupe_error *err)
{
	*ret_folder = NULL;
	char *here = getcwd(NULL, 0);
	if (!here)
		return LUPE_OK; /* it was removed: nothing is above it */
	lupe_status st;
	bool found;
	do {
		char *candidate = path_join(here, INDEX_FOLDER);
		st = check_found(candidate, &found, err);
		if (st == LUPE_OK && found)
			*ret_folder = candidate;
		else
			free(candidate);
	} while (st == LUPE_OK && !found && go_up(here));
	free(here);
	return st;
}

static bool is_given(const char *place)
{
	return place && *place;
}

lupe_status index_locate(
	const struct index_places *places, char **ret_folder, struct lupe_error *err)
{
	const char *named = is_given(places->folder) ? places->folder : places->environment;
	if (is_given(named)) {
		*ret_folder = mem_strdup(named);
		return LUPE_OK;
	}
	char *folder;
	lupe_status st = search_upwards(&folder, err);
	if (st < 0)
		return st;
	if (!folder && is_given(places->data_home)) {
		folder = path_join(places->data_home, "lupe");
		if (access(folder, F_OK) != 0) {
			free(folder);
			folder = NULL;
		}
	}
	if (!folder)
		return lupe_fail(err, LUPE_ERROR_NOT_FOUND,
			"no index here or above; make one with: lupe-index FOLDER");
	*ret_folder = folder;
	return LUPE_OK;
}

/* ---- opening ---- */

struct index {
	char *folder;
	struct manifest manifest;
	xc_database *database;
	char *generation; /* NULL if remote */
};

void index_close(struct index *index)
{
	if (!index)
		return;
	xc_database_close(index->database);
	manifest_done(&index->manifest);
	free(index->folder);
	free(index->generation);
	free(index);
}

xc_database *index_database(struct index *index)
{
	return index->database;
}

const struct manifest *index_manifest(const struct index *index)
{
	return &index->manifest;
}

const char *index_folder(const struct index *index)
{
	return index->folder;
}

const char *index_generation(const struct index *index)
{
	return index->generation;
}

/* Turns what went wrong with one database into what the user can do about the index. */
static lupe_status explain(
	const char *folder, lupe_status st, const char *detail, struct lupe_error *err)
{
	switch (st) {
	case LUPE_ERROR_NOT_FOUND: /* the stub is there, what it names is not */
	case LUPE_ERROR_CORRUPT:
		return lupe_fail(err, LUPE_ERROR_CORRUPT,
			"%s: index is damaged: %s: rebuild needed (lupe-index rebuild)", folder,
			detail);
	case LUPE_ERROR_SCHEMA:
		return lupe_fail(
			err, st, "%s: %s: rebuild needed (lupe-index rebuild)", folder, detail);
	default:
		return lupe_fail(err, st, "%s: %s", folder, detail);
	}
}

static lupe_status read_manifest(
	xc_database *database, struct manifest *ret, struct lupe_error *err)
{
	static const struct xc_bytes key = {META_MANIFEST, sizeof(META_MANIFEST) - 1};
	struct xc_blob text = XC_BLOB_INIT;
	*ret = (struct manifest){0};
	lupe_status st = xc_metadata_get(database, key, &text, err);
	if (st == LUPE_OK && !text.bytes.len)
		st = lupe_fail(
			err, LUPE_ERROR_CORRUPT, "manifest: none; not made by lupe-index, or torn");
	else if (st == LUPE_OK)
		st = manifest_parse((struct span){text.bytes.ptr, text.bytes.len}, ret, err);
	xc_blob_done(&text);
	return st;
}

/* The first manifest becomes the index's; of the others only the counts are taken. */
static void add_manifest(struct manifest *sum, struct manifest *part)
{
	if (!sum->schema) {
		*sum = *part;
		return;
	}
	sum->files += part->files;
	sum->searchable += part->searchable;
	sum->no_text += part->no_text;
	sum->failed += part->failed;
	manifest_done(part);
}

static lupe_status check_analyser(
	const struct manifest *part, const char *wanted, struct lupe_error *err)
{
	if (!*wanted || strcmp(part->analyser, wanted) == 0)
		return LUPE_OK;
	return lupe_fail(
		err, LUPE_ERROR_SCHEMA, "made with analyser %s, not %s", part->analyser, wanted);
}

/* Opens one database, checks its manifest, joins it. `err` gets the bare detail. */
static lupe_status add_database(struct index *index, const struct stub_entry *entry,
	const char *analyser, struct lupe_error *err)
{
	xc_database *database = NULL;
	const char *paths[] = {entry->path};
	lupe_status st = entry->host ? xc_database_open_remote(entry->host, (uint16_t)entry->port,
					       REMOTE_TIMEOUT_MS, &database, err)
				     : xc_database_open(paths, 1, &database, err);
	if (st < 0)
		return st;
	struct manifest manifest = {0};
	st = read_manifest(database, &manifest, err);
	if (st == LUPE_OK)
		st = check_analyser(&manifest, analyser ? analyser : index->manifest.analyser, err);
	if (st == LUPE_OK && index->database)
		st = xc_database_add(index->database, database, err);
	if (st < 0) {
		manifest_done(&manifest);
		xc_database_close(database);
		return st;
	}
	add_manifest(&index->manifest, &manifest);
	if (index->database)
		xc_database_close(database);
	else
		index->database = database;
	return LUPE_OK;
}

static lupe_status open_all(const char *folder, const struct stub *stub, const char *analyser,
	struct index **ret, struct lupe_error *err)
{
	struct index *index = mem_zalloc(sizeof(*index));
	index->folder = mem_strdup(folder);
	if (stub->count && stub->entries[0].path)
		index->generation = mem_strdup(stub->entries[0].path);
	for (size_t i = 0; i < stub->count; i++) {
		struct lupe_error detail;
		lupe_status st = add_database(index, &stub->entries[i], analyser, &detail);
		if (st < 0) {
			index_close(index);
			return explain(folder, st, detail.message, err);
		}
	}
	*ret = index;
	return LUPE_OK;
}

/* Whether another state was published since `stub` was read. */
static bool is_outdated(const char *folder, const struct stub *stub)
{
	struct stub now;
	if (stub_read(folder, &now, NULL) < 0)
		return false;
	bool same = stub_equal(stub, &now);
	stub_done(&now);
	return !same;
}

lupe_status index_open(
	const char *folder, const char *analyser, struct index **ret, struct lupe_error *err)
{
	for (int attempt = 1;; attempt++) {
		struct stub stub;
		lupe_status st = stub_read(folder, &stub, err);
		if (st < 0)
			return st;
		st = open_all(folder, &stub, analyser, ret, err);
		bool again = st < 0 && attempt < MOST_ATTEMPTS && is_outdated(folder, &stub);
		stub_done(&stub);
		if (!again)
			return st;
	}
}
