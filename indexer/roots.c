/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns paths on the command line into roots and parts of roots. All comparisons are between
 * absolute paths without symbolic links.
 */
#include "indexer/roots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "indexer/format.h"

static void scope_done(struct scope *scope)
{
	free(scope->below);
	free(scope->location);
	free(scope->prefix);
}

void scopes_done(struct scopes *scopes)
{
	for (size_t i = 0; i < scopes->count; i++)
		scope_done(&scopes->items[i]);
	free(scopes->items);
	*scopes = (struct scopes){0};
}

/* If `path` is `folder` or lies in it, the part below it ("" for itself), else NULL. */
static const char *part_below(const char *folder, const char *path)
{
	size_t len = strlen(folder);

	if (len && folder[len - 1] == '/')
		len--;
	if (strncmp(folder, path, len) != 0)
		return NULL;
	if (path[len] == '/')
		return path + len + 1;
	return path[len] ? NULL : path + len;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static char *parent_of(const char *path)
{
	const char *name = base_name(path);

	return name - path > 1 ? mem_strndup(path, (size_t)(name - path - 1)) : mem_strdup("/");
}

/* Locations beside or in the index folder are stored relative to it, as "..", "../reports". */
static char *location_relative(const char *folder, const char *path)
{
	char *parent = parent_of(folder);
	const char *below = part_below(parent, path);
	char *location = !below   ? mem_strdup(path)
			 : *below ? path_join("..", below)
				  : mem_strdup("..");

	free(parent);
	return location;
}

static char *location_absolute(const char *folder, const char *location)
{
	if (location[0] == '/')
		return mem_strdup(location);
	char *parent = parent_of(folder);
	const char *below = part_below("..", location);
	char *path = below && *below ? path_join(parent, below) : mem_strdup(parent);

	free(parent);
	return path;
}

/* ---- scopes ---- */

/* Takes `below` and `location`. */
static void add_scope(
	struct scopes *scopes, size_t root, const char *label, char *below, char *location)
{
	char *prefix = *label && *below ? path_join(label, below)
		       : *label         ? mem_strdup(label)
					: mem_strdup(below);

	ARRAY_GROW(scopes->items, scopes->count, scopes->capacity);
	scopes->items[scopes->count++] = (struct scope){root, below, location, prefix, false};
}

void scopes_add_all(struct scopes *scopes, const struct manifest *manifest, const char *folder)
{
	for (size_t i = 0; i < manifest->root_count; i++)
		add_scope(scopes, i, manifest->roots[i].label, mem_strdup(""),
			location_absolute(folder, manifest->roots[i].location));
}

/* Adds a part of a root, unless it is in a scope already; scopes in it go. */
static void add_part(struct scopes *scopes, size_t root, const char *label, const char *below,
	const char *location)
{
	size_t kept = 0;

	for (size_t i = 0; i < scopes->count; i++)
		if (scopes->items[i].root == root && part_below(scopes->items[i].below, below))
			return;
	for (size_t i = 0; i < scopes->count; i++) {
		if (scopes->items[i].root == root && part_below(below, scopes->items[i].below))
			scope_done(&scopes->items[i]);
		else
			scopes->items[kept++] = scopes->items[i];
	}
	scopes->count = kept;
	add_scope(scopes, root, label, mem_strdup(below), mem_strdup(location));
}

/* ---- new roots ---- */

static bool is_label_free(const struct manifest *manifest, const char *folder, const char *label)
{
	for (size_t i = 0; i < manifest->root_count; i++) {
		if (strcmp(manifest->roots[i].label, label) == 0)
			return false;
		if (*manifest->roots[i].label)
			continue;
		char *whole = location_absolute(folder, manifest->roots[i].location);
		char *path = path_join(whole, label);
		bool taken = *label && access(path, F_OK) == 0;
		free(whole);
		free(path);
		if (taken)
			return false;
	}
	return true;
}

/* "" for the first folder; else the base name, "~2" and so on before the extension of a file. */
static void choose_label(const struct manifest *manifest, const char *folder, const char *path,
	bool is_folder, struct buf *ret)
{
	const char *name = *base_name(path) ? base_name(path) : "root";
	const char *dot = is_folder ? NULL : strrchr(name, '.');
	size_t stem_len = dot ? (size_t)(dot - name) : strlen(name);

	buf_add_string(ret, "");
	if (is_folder && is_label_free(manifest, folder, ""))
		return;
	buf_add_string(ret, name);
	for (int n = 2; !is_label_free(manifest, folder, buf_string(ret)); n++) {
		buf_clear(ret);
		buf_printf(ret, "%.*s~%d%s", (int)stem_len, name, n, dot ? dot : "");
	}
}

static lupe_status add_root(struct scopes *scopes, struct manifest *manifest, const char *folder,
	const char *real, const char *path, struct lupe_error *err)
{
	struct stat s;
	BUF_SCOPED(label);

	if (part_below(folder, real))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: lies in the index folder", path);
	if (stat(real, &s) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(s.st_mode) && !S_ISREG(s.st_mode))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: neither a folder nor a file", path);
	if (S_ISREG(s.st_mode) && !format_of(span_of(base_name(real))))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: not of a type that is read (.txt, .md)", path);
	choose_label(manifest, folder, real, S_ISDIR(s.st_mode), &label);
	char *location = location_relative(folder, real);
	manifest_add_root(manifest, location, buf_string(&label));
	free(location);
	add_part(scopes, manifest->root_count - 1, buf_string(&label), "", real);
	return LUPE_OK;
}

static lupe_status place_path(struct scopes *scopes, struct manifest *manifest, const char *folder,
	const char *real, const char *path, bool replace, struct lupe_error *err)
{
	for (size_t i = 0; i < manifest->root_count;) {
		char *location = location_absolute(folder, manifest->roots[i].location);
		const char *below = part_below(location, real);
		bool inside = below != NULL, contains = !inside && part_below(real, location);

		if (inside)
			add_part(scopes, i, manifest->roots[i].label, below, location);
		free(location);
		if (inside)
			return LUPE_OK;
		if (contains && !replace)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: a folder in it is indexed already; to index all of it "
				"instead: "
				"lupe-index rebuild",
				path);
		if (contains)
			manifest_remove_root(manifest, i);
		else
			i++;
	}
	return add_root(scopes, manifest, folder, real, path, err);
}

lupe_status scopes_add_path(struct scopes *scopes, struct manifest *manifest, const char *folder,
	const char *path, bool replace, struct lupe_error *err)
{
	char *real = realpath(path, NULL);

	if (!real)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	lupe_status st = place_path(scopes, manifest, folder, real, path, replace, err);
	free(real);
	return st;
}

/* ---- using scopes ---- */

static bool is_below(const char *prefix, struct span path)
{
	size_t len = strlen(prefix);

	return span_starts(path, span_of(prefix)) &&
	       (len == 0 || path.len == len || path.ptr[len] == '/');
}

bool scope_has(const struct scope *scope, const struct manifest *manifest, struct span path)
{
	if (!is_below(scope->prefix, path))
		return false;
	if (*manifest->roots[scope->root].label)
		return true;
	for (size_t i = 0; i < manifest->root_count; i++)
		if (*manifest->roots[i].label && is_below(manifest->roots[i].label, path))
			return false;
	return true;
}

static lupe_status walk_one(const struct scope *scope, struct walk *walk,
	const struct walk_rules *rules, struct lupe_error *err)
{
	char *parent = parent_of(scope->location);
	lupe_status st =
		walk_file(walk, parent, base_name(scope->location), scope->prefix, rules, err);

	free(parent);
	return st;
}

lupe_status scope_walk(const struct scope *scope, const char *label, struct walk *walk,
	const struct walk_rules *rules, struct lupe_error *err)
{
	struct stat s;

	if (stat(scope->location, &s) != 0)
		return lupe_fail(err, errno == ENOENT ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_IO,
			"%s: %s", scope->location, strerror(errno));
	if (!S_ISDIR(s.st_mode))
		return walk_one(scope, walk, rules, err);
	return walk_tree(walk, scope->location, scope->below, label, rules, err);
}
