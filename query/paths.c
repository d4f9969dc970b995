/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Translates between the index's paths and the file system's, by text: nothing here needs the
 * documents to exist still.
 */
#include "query/paths.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/schema.h"

struct known_root {
	const char *label;
	char *location; /* absolute */
	char *shown;    /* what its documents' paths begin with when shown; "" or with a slash */
	char *inside;   /* the way from it down to the working folder; NULL if that is elsewhere */
};

struct paths {
	char *here; /* the working folder, absolute; NULL if there is none any more */
	struct known_root *roots;
	size_t root_count;
	xc_query **restrictions;
	size_t count, capacity;
	xc_query *query; /* of several restrictions */
};

/* Takes "." and ".." out of an absolute path, by text. */
static char *clean_path(const char *path)
{
	struct span rest = span_of(path);
	struct buf out = BUF_INIT;
	while (rest.ptr) {
		struct span part = span_take(&rest, '/');
		if (part.len == 0 || span_equal(part, SPAN(".")))
			continue;
		if (span_equal(part, SPAN(".."))) {
			while (out.len && out.ptr[--out.len] != '/')
				;
			if (out.ptr)
				out.ptr[out.len] = '\0';
			continue;
		}
		buf_add_byte(&out, '/');
		buf_add_span(&out, part);
	}
	if (out.len == 0)
		buf_add_byte(&out, '/');
	return out.ptr;
}

/* The absolute form of `path`, symbolic links resolved where it exists. */
static char *absolute(const char *here, const char *path)
{
	char *real = realpath(path, NULL);
	if (real)
		return real;
	char *joined = path_join(here ? here : "/", path);
	char *clean = clean_path(joined);
	free(joined);
	return clean;
}

/* If `path` is `folder` or lies in it: the part below ("" for itself); else NULL. */
static const char *part_below(const char *folder, const char *path)
{
	size_t len = strlen(folder);
	if (len && folder[len - 1] == '/')
		len--;
	if (strncmp(folder, path, len) != 0)
		return NULL;
	return path[len] == '/' ? path + len + 1 : path[len] ? NULL : path + len;
}

/* How to get from the working folder, which is not in `location`, there: "below/", else the
   absolute path. */
static char *way_to(const char *here, const char *location)
{
	const char *below = here ? part_below(here, location) : NULL;
	struct buf way = BUF_INIT;
	buf_printf(&way, "%s/", below && *below ? below : location);
	return way.ptr;
}

/* The way from a folder to a document, both below one root: up, as far as must be, and down. */
static void add_way(struct span from, struct span to, struct buf *ret)
{
	while (from.len) {
		struct span from_rest = from, to_rest = to;
		struct span folder = span_take(&from_rest, '/');
		if (!span_equal(span_take(&to_rest, '/'), folder) || !to_rest.ptr)
			break;
		from = from_rest;
		to = to_rest;
	}
	while (from.len) {
		span_take(&from, '/');
		buf_add_string(ret, "../");
	}
	buf_add_span(ret, to);
}

struct paths *paths_new(const struct index *index)
{
	const struct manifest *manifest = index_manifest(index);
	struct paths *paths = mem_zalloc(sizeof(*paths));
	paths->here = getcwd(NULL, 0);
	paths->roots = mem_zalloc((manifest->root_count + 1) * sizeof(*paths->roots));
	paths->root_count = manifest->root_count;
	for (size_t i = 0; i < manifest->root_count; i++) {
		struct known_root *root = &paths->roots[i];
		char *path = path_join(index_folder(index), manifest->roots[i].location);
		root->label = manifest->roots[i].label;
		root->location = absolute(paths->here, path);
		const char *inside = paths->here ? part_below(root->location, paths->here) : NULL;
		root->inside = inside ? mem_strdup(inside) : NULL;
		root->shown = way_to(paths->here, root->location);
		free(path);
	}
	return paths;
}

void paths_free(struct paths *paths)
{
	if (!paths)
		return;
	for (size_t i = 0; i < paths->root_count; i++) {
		free(paths->roots[i].location);
		free(paths->roots[i].shown);
		free(paths->roots[i].inside);
	}
	for (size_t i = 0; i < paths->count; i++)
		xc_query_free(paths->restrictions[i]);
	xc_query_free(paths->query);
	free(paths->restrictions);
	free(paths->roots);
	free(paths->here);
	free(paths);
}

/* The root a document's path belongs to, and the part of the path below it. */
static const struct known_root *root_of(
	const struct paths *paths, struct span path, struct span *ret_below)
{
	const struct known_root *best = NULL;
	for (size_t i = 0; i < paths->root_count; i++) {
		const struct known_root *root = &paths->roots[i];
		struct span label = span_of(root->label);
		bool whole = path.len == label.len || label.len == 0 ||
			     (path.len > label.len && path.ptr[label.len] == '/');
		if (!span_starts(path, label) || !whole ||
			(best && strlen(best->label) >= label.len))
			continue;
		best = root;
		*ret_below = span_skip(path, label.len);
		if (label.len && ret_below->len)
			*ret_below = span_skip(*ret_below, 1);
	}
	return best;
}

void paths_add_shown(const struct paths *paths, struct span path, struct buf *ret)
{
	struct span below;
	const struct known_root *root = root_of(paths, path, &below);
	if (!root) {
		buf_add_span(ret, path);
		return;
	}
	if (root->inside) {
		add_way(span_of(root->inside), below, ret);
		return;
	}
	struct span shown = span_of(root->shown);
	if (below.len == 0 && shown.len) /* a root that is a file */
		shown.len--;
	buf_add_span(ret, shown);
	buf_add_span(ret, below);
}

bool paths_add_location(const struct paths *paths, struct span path, struct buf *ret)
{
	struct span below;
	const struct known_root *root = root_of(paths, path, &below);
	if (!root)
		return false;
	buf_add_string(ret, root->location);
	if (below.len) {
		buf_add_byte(ret, '/');
		buf_add_span(ret, below);
	}
	return true;
}

/* Adds the query for a path of the index if the index has it. */
static lupe_status add_if_known(struct paths *paths, struct span path, xc_database *db,
	bool *ret_known, struct lupe_error *err)
{
	static const char *const prefixes[] = {PREFIX_ID, PREFIX_PATH};
	char hex[HASH128_HEX_LEN + 1];
	hash128_hex(hash128(path), hex);
	for (size_t i = 0; i < 2; i++) {
		char term[HASH128_HEX_LEN + 2];
		bool exists = false;
		term[0] = prefixes[i][0];
		memcpy(term + 1, hex, sizeof(hex));
		struct xc_bytes bytes = {term, HASH128_HEX_LEN + 1};
		lupe_status status = xc_term_exists(db, bytes, &exists, err);
		if (status != LUPE_OK)
			return status;
		if (!exists)
			continue;
		*ret_known = true;
		ARRAY_GROW(paths->restrictions, paths->count, paths->capacity);
		status = xc_query_term(bytes, 1, &paths->restrictions[paths->count], err);
		if (status != LUPE_OK)
			return status;
		paths->count++;
	}
	return LUPE_OK;
}

/* All documents of a root without a label. */
static lupe_status add_everything(struct paths *paths, struct lupe_error *err)
{
	ARRAY_GROW(paths->restrictions, paths->count, paths->capacity);
	lupe_status status = xc_query_all(&paths->restrictions[paths->count], err);
	if (status == LUPE_OK)
		paths->count++;
	return status;
}

lupe_status paths_restrict(
	struct paths *paths, const char *operand, struct index *index, struct lupe_error *err)
{
	bool known = false;
	lupe_status status = LUPE_OK;
	char *path = absolute(paths->here, operand);
	for (size_t i = 0; i < paths->root_count && status == LUPE_OK; i++) {
		const struct known_root *root = &paths->roots[i];
		const char *below = part_below(root->location, path);
		if (!below && part_below(path, root->location))
			below = ""; /* a folder above the root */
		if (!below)
			continue;
		if (!*root->label && !*below) {
			status = add_everything(paths, err);
			known = true;
			continue;
		}
		char *inside = *root->label && *below ? path_join(root->label, below)
						      : mem_strdup(*below ? below : root->label);
		status = add_if_known(paths, span_of(inside), index_database(index), &known, err);
		free(inside);
	}
	free(path);
	if (status == LUPE_OK && !known) /* as JSON and TREC output name it */
		status = add_if_known(paths, span_of(operand), index_database(index), &known, err);
	if (status == LUPE_OK && !known)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: no such path in the index; quote a query of several words", operand);
	return status;
}

lupe_status paths_restrict_inside(
	struct paths *paths, const char *path, struct index *index, struct lupe_error *err)
{
	bool known = false;
	lupe_status status = add_if_known(paths, span_of(path), index_database(index), &known, err);
	if (status == LUPE_OK && !known)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: no such path in the index", path);
	return status;
}

lupe_status paths_query(struct paths *paths, xc_query **ret, struct lupe_error *err)
{
	if (paths->count < 2) {
		*ret = paths->count ? paths->restrictions[0] : NULL;
		return LUPE_OK;
	}
	if (!paths->query) {
		lupe_status status = xc_query_or((const xc_query *const *)paths->restrictions,
			paths->count, &paths->query, err);
		if (status != LUPE_OK)
			return status;
	}
	*ret = paths->query;
	return LUPE_OK;
}
