/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index rollback` and `prune`: what is to become of the generation that was live before.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "indexer/commands.h"
#include "indexer/folder.h"
#include "indexer/lexicon.h"
#include "store/index.h"
#include "store/stub.h"

/* The folder, locked, and its stub; end with stub_done and folder_done either way. */
static lupe_status start(const struct options *options, struct folder *ret_folder,
	struct stub *ret_stub, struct lupe_error *err)
{
	*ret_folder = (struct folder){NULL, -1};
	*ret_stub = (struct stub){0};
	if (options->operand_count)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: this command takes no path",
			options->operands[0]);
	lupe_status st = folder_locate(options, ret_folder, err);
	if (st == LUPE_OK)
		st = stub_read(ret_folder->path, ret_stub, err);
	if (st == LUPE_OK && (ret_stub->count != 1 || !ret_stub->entries[0].name))
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: made of several databases or a remote one; not for this command",
			ret_folder->path);
	if (st == LUPE_OK)
		st = folder_lock(ret_folder, options->wait_s, err);
	if (st < 0)
		return st;
	stub_done(ret_stub); /* it may have changed while we waited */
	return stub_read(ret_folder->path, ret_stub, err);
}

/* ---- rollback ---- */

static lupe_status swap(
	const struct folder *folder, const struct stub *stub, struct lupe_error *err)
{
	if (!stub->previous)
		return lupe_fail(err, LUPE_ERROR_NOT_FOUND,
			"%s: there is no index from before a rebuild", folder->path);
	char *path = path_join(folder->path, stub->previous);
	xc_database *database = NULL;
	lupe_status st = xc_database_open((const char *const *)&path, 1, &database, err);

	xc_database_close(database);
	free(path);
	if (st < 0)
		return st;
	return stub_publish(folder->path, stub->previous, stub->entries[0].name, err);
}

lupe_status command_rollback(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct folder folder;
	struct stub stub;
	struct index *index = NULL;
	lupe_status st = start(options, &folder, &stub, err);

	if (st == LUPE_OK)
		st = swap(&folder, &stub, err);
	if (st == LUPE_OK)
		st = index_open(folder.path, NULL, &index, err);
	if (st == LUPE_OK && !options->quiet)
		printf("the index is that of %s again; files changed since are read by the next "
		       "run\n",
			index_manifest(index)->built);
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	index_close(index);
	stub_done(&stub);
	folder_done(&folder);
	return st;
}

/* ---- prune ---- */

/* Blocks of a database keep what was deleted until something else is written there: all that is
   alive is written anew. */
static lupe_status write_anew(
	const struct folder *folder, const char *live, const char *fresh, struct lupe_error *err)
{
	struct language language;
	lupe_status st = xc_compact(&live, 1, fresh, 0, err);

	if (st < 0)
		return st;
	st = lexicon_open_copy(&language, live, NULL, err);
	if (st == LUPE_OK)
		st = lexicon_copy(&language, fresh, err);
	language_close(&language);
	return st < 0 ? st : folder_publish(folder, fresh, false, err);
}

static lupe_status purge(
	const struct folder *folder, const struct stub *stub, struct lupe_error *err)
{
	char *fresh = path_join(folder->path, "building");
	lupe_status st = file_remove_tree(fresh, err);

	if (st == LUPE_OK)
		st = write_anew(folder, stub->entries[0].path, fresh, err);
	if (st < 0)
		file_remove_tree(fresh, NULL);
	free(fresh);
	return st;
}

static lupe_status forget_previous(
	const struct folder *folder, const struct stub *stub, struct lupe_error *err)
{
	const char *live = stub->entries[0].name;
	lupe_status st = stub->previous ? stub_publish(folder->path, live, NULL, err) : LUPE_OK;

	return st < 0 ? st : folder_tidy(folder, live, NULL, true, err);
}

lupe_status command_prune(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct folder folder;
	struct stub stub;
	lupe_status st = start(options, &folder, &stub, err);
	uint64_t before = st == LUPE_OK ? file_tree_bytes(folder.path) : 0;

	if (st == LUPE_OK)
		st = options->purge ? purge(&folder, &stub, err)
				    : forget_previous(&folder, &stub, err);
	if (st == LUPE_OK && !options->quiet) {
		uint64_t after = file_tree_bytes(folder.path);

		printf("%.1f MB, before %.1f MB\n", (double)after / 1e6, (double)before / 1e6);
	}
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	stub_done(&stub);
	folder_done(&folder);
	return st;
}
