/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares what is there with what was there. Reads no file: that is apply.c's.
 */
#include "indexer/plan.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

enum { REMOVALS_UNNOTICED = 10, REMOVALS_PERCENT = 20 };

void plan_done(struct plan *plan)
{
	free(plan->files);
	free(plan->gone);
	free(plan->folders);
	*plan = (struct plan){0};
}

static bool is_unchanged(const struct entry *entry, const struct found *file, bool retry_failed)
{
	if (retry_failed && entry_is_retried(entry))
		return false;
	if (file->private && entry->outcome != OUTCOME_FAILED)
		return false;
	return entry->known && entry->settled && !entry->folder && entry->size == file->size &&
	       entry->mtime_ns == file->mtime_ns && entry->inode == file->inode;
}

static void plan_file(struct plan *plan, const struct found *file, struct catalog *catalog,
	struct report *report, bool retry_failed)
{
	struct entry *entry = catalog_find(catalog, file->path);

	if (entry && entry->seen) {
		report_problem(report, file->path, "in two roots; the second is left out");
		return;
	}
	if (!entry)
		entry = catalog_add(catalog, file->path);
	entry->seen = true;
	if (is_unchanged(entry, file, retry_failed))
		return;
	ARRAY_GROW(plan->files, plan->file_count, plan->file_capacity);
	plan->files[plan->file_count++] = (struct work){.file = file, .entry = entry};
	plan->bytes += file->size;
}

static void plan_folder(struct plan *plan, const struct unread *folder, struct catalog *catalog)
{
	struct entry *entry = catalog_find(catalog, folder->path);

	if (entry)
		entry->seen = true;
	if (entry && entry->folder)
		return;
	ARRAY_GROW(plan->folders, plan->folder_count, plan->folder_capacity);
	plan->folders[plan->folder_count++] = folder;
}

static bool is_out_of_sight(const struct walk *walk, struct span path)
{
	for (size_t i = 0; i < walk->folder_count; i++) {
		struct span folder = walk->folders[i].path;

		if (folder.len == 0 || (span_starts(path, folder) && path.len > folder.len &&
					       path.ptr[folder.len] == '/'))
			return true;
	}
	return false;
}

static bool is_in_scope(
	const struct scopes *scopes, const struct manifest *manifest, struct span path)
{
	for (size_t i = 0; i < scopes->count; i++)
		if (scope_has(&scopes->items[i], manifest, path))
			return true;
	return false;
}

/* ---- moved files ---- */

static int compare_inodes(const void *a, const void *b)
{
	const struct work *const *x = a, *const *y = b;
	ino_t i = (*x)->file->inode, j = (*y)->file->inode;

	return (i > j) - (i < j);
}

/* The files in the order of their inodes. */
static struct work **sort_by_inode(const struct plan *plan)
{
	struct work **files = mem_realloc_array(NULL, plan->file_count + 1, sizeof(*files));

	for (size_t i = 0; i < plan->file_count; i++)
		files[i] = &plan->files[i];
	qsort(files, plan->file_count, sizeof(struct work *), compare_inodes);
	return files;
}

/* Which of the gone files are still there under another name. */
static void find_moved(struct plan *plan)
{
	struct work **files = plan->gone_count ? sort_by_inode(plan) : NULL;

	for (size_t i = 0; i < plan->gone_count; i++) {
		struct entry *gone = plan->gone[i];
		const struct found wanted = {.inode = gone->inode};
		const struct work key = {.file = &wanted}, *key_at = &key;
		struct work **match = bsearch(
			&key_at, files, plan->file_count, sizeof(struct work *), compare_inodes);

		if (!match || (*match)->was || (*match)->file->size != gone->size ||
			(*match)->file->mtime_ns != gone->mtime_ns)
			continue;
		(*match)->was = gone;
		gone->elsewhere = true;
		plan->moved_count++;
	}
	free(files);
}

void plan_make(struct plan *plan, const struct walk *walk, struct catalog *catalog,
	const struct scopes *scopes, const struct manifest *manifest, struct report *report,
	bool retry_failed)
{
	for (size_t i = 0; i < walk->file_count; i++)
		plan_file(plan, &walk->files[i], catalog, report, retry_failed);
	for (size_t i = 0; i < walk->folder_count; i++)
		plan_folder(plan, &walk->folders[i], catalog);
	for (size_t i = 0; i < catalog->count; i++) {
		struct entry *entry = catalog->entries[i];

		if (entry->seen || entry->removed || is_out_of_sight(walk, entry->path) ||
			!is_in_scope(scopes, manifest, entry->path))
			continue;
		ARRAY_GROW(plan->gone, plan->gone_count, plan->gone_capacity);
		plan->gone[plan->gone_count++] = entry;
	}
	find_moved(plan);
}

/* ---- caution ---- */

/* Whether there are entries in the scope, but no file, neither known nor new. */
static bool is_emptied(const struct plan *plan, const struct catalog *catalog,
	const struct scope *scope, const struct manifest *manifest)
{
	size_t gone = 0, all = 0;

	for (size_t i = 0; i < plan->file_count; i++)
		if (scope_has(scope, manifest, plan->files[i].file->path))
			return false;
	for (size_t i = 0; i < plan->gone_count; i++)
		gone += scope_has(scope, manifest, plan->gone[i]->path);
	for (size_t i = 0; gone && i < catalog->count; i++)
		all += catalog->entries[i]->known &&
		       scope_has(scope, manifest, catalog->entries[i]->path);
	return gone && gone == all;
}

lupe_status plan_check_removals(const struct plan *plan, const struct catalog *catalog,
	const struct scopes *scopes, const struct manifest *manifest, struct lupe_error *err)
{
	static const char hint[] = "nothing removed (if that is right: --allow-mass-delete)";

	if (plan->gone_count == 0)
		return LUPE_OK;
	size_t lost = plan->gone_count - plan->moved_count;
	for (size_t i = 0; i < scopes->count; i++) {
		const struct scope *scope = &scopes->items[i];

		if (!*scope->below && is_emptied(plan, catalog, scope, manifest))
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: empty, but files in it are indexed; %s", scope->location,
				hint);
	}
	size_t known = catalog_known(catalog);
	if (lost <= REMOVALS_UNNOTICED || lost * 100 <= known * REMOVALS_PERCENT)
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%zu of %zu indexed files are gone; %s", lost,
		known, hint);
}
