/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types and dates are terms and values of the store. Globs are matched against the paths of all
 * documents, which the store lists as the values of a slot, and become terms of single documents.
 */
#include "query/filter.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/option.h"
#include "store/schema.h"

void strings_add(struct strings *strings, const char *string)
{
	ARRAY_GROW(strings->items, strings->count, strings->capacity);
	strings->items[strings->count++] = string;
}

void filter_done(struct filter *filter)
{
	free(filter->types.items);
	free(filter->includes.items);
	free(filter->excludes.items);
}

/* ---- types ---- */

static const struct {
	const char *name, *type;
} types[] = {
	{"txt", "text/plain"},
	{"md", "text/markdown"},
	{"html", "text/html"},
	{"pdf", "application/pdf"},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"odt", "application/vnd.oasis.opendocument.text"},
	{"epub", "application/epub+zip"},
};
enum { TYPE_COUNT = sizeof(types) / sizeof(types[0]) };

const char *filter_type_names(void)
{
	return "txt md html pdf docx odt epub";
}

static const char *media_type(const char *name)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (strcmp(types[i].name, name) == 0)
			return types[i].type;
	return strchr(name, '/') ? name : NULL;
}

struct span filter_type_name(struct span type)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (span_equal(span_of(types[i].type), type))
			return span_of(types[i].name);
	return type;
}

lupe_status filter_check_type(const char *name, struct lupe_error *err)
{
	if (media_type(name))
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT,
		"--type: %s is none of %s, and no media type like text/plain", name,
		filter_type_names());
}

static lupe_status types_query(const struct filter *filter, xc_query **ret, struct lupe_error *err)
{
	xc_query **subs = mem_zalloc(filter->types.count * sizeof(xc_query *));
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < filter->types.count && status == LUPE_OK; i++) {
		BUF_SCOPED(term);
		buf_printf(&term, "%s%s", PREFIX_TYPE, media_type(filter->types.items[i]));
		if (term.len > XC_TERM_MAX)
			term.len = XC_TERM_MAX;
		status = xc_query_term((struct xc_bytes){term.ptr, term.len}, 1, &subs[i], err);
	}
	if (status == LUPE_OK)
		status = xc_query_or((const xc_query *const *)subs, filter->types.count, ret, err);
	for (size_t i = 0; i < filter->types.count; i++)
		xc_query_free(subs[i]);
	free(subs);
	return status;
}

/* ---- dates ---- */

lupe_status filter_read_date(
	struct filter *filter, const char *value, bool until, struct lupe_error *err)
{
	bool read = (until ? dates_read_until : dates_read_since)(span_of(value), &filter->dates);
	if (read)
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT,
		"%s: %s is no date like 2019, 2019-05, 2019-05-14 or 14.5.2019",
		until ? "--until" : "--since", value);
}

/* ---- bodies ---- */

static lupe_status body_query(const char *body, xc_query **ret, struct lupe_error *err)
{
	size_t len = strlen(body);
	struct xc_bytes value = {body, len < SLOT_TEXT_BYTES ? len : SLOT_TEXT_BYTES};
	return xc_query_value_range(SLOT_BODY, value, value, ret, err);
}

/* ---- names ---- */

/* As grep: against the last component, or the whole path if the glob has a slash. */
static bool matches_any(const struct strings *globs, const char *path)
{
	const char *slash = strrchr(path, '/');
	for (size_t i = 0; i < globs->count; i++) {
		const char *subject = strchr(globs->items[i], '/') || !slash ? path : slash + 1;
		if (fnmatch(globs->items[i], subject, 0) == 0)
			return true;
	}
	return false;
}

static bool passes(const struct filter *filter, const char *path)
{
	return (!filter->includes.count || matches_any(&filter->includes, path)) &&
	       !matches_any(&filter->excludes, path);
}

/* The queries of single documents, those that pass or those that do not. */
struct names {
	xc_query **items;
	size_t count, capacity;
};

static lupe_status add_name(struct names *names, struct span path, struct lupe_error *err)
{
	char term[1 + HASH128_HEX_LEN + 1] = PREFIX_ID;
	hash128_hex(hash128(path), term + 1);
	ARRAY_GROW(names->items, names->count, names->capacity);
	lupe_status status = xc_query_term(
		(struct xc_bytes){term, 1 + HASH128_HEX_LEN}, 1, &names->items[names->count], err);
	names->count += status == LUPE_OK;
	return status;
}

static void names_done(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		xc_query_free(names->items[i]);
	free(names->items);
}

/* All paths of the index. */
static lupe_status list_paths(
	xc_database *db, xc_matches **ret_matches, xc_terms **ret_paths, struct lupe_error *err)
{
	static const uint32_t slot = SLOT_PATH;
	struct xc_search_options options;
	xc_query *everything = NULL;
	xc_search_options_init(&options);
	options.weighting = XC_WEIGHTING_NONE;
	options.max_items = 0;
	options.check_at_least = UINT32_MAX;
	options.facet_slots = &slot;
	options.facet_count = 1;
	lupe_status status = xc_query_all(&everything, err);
	if (status == LUPE_OK)
		status = xc_search(db, everything, &options, ret_matches, err);
	xc_query_free(everything);
	return status == LUPE_OK ? xc_facets_start(*ret_matches, slot, NULL, ret_paths, err)
				 : status;
}

/* The shorter of the lists, of what passes and of what does not, makes the query. */
static lupe_status combine(
	const struct names *pass, const struct names *fail, xc_query **ret, struct lupe_error *err)
{
	xc_query *pair[2] = {NULL, NULL};
	if (pass->count <= fail->count)
		return xc_query_or((const xc_query *const *)pass->items, pass->count, ret, err);
	lupe_status status = xc_query_all(&pair[0], err);
	if (status == LUPE_OK)
		status = xc_query_or(
			(const xc_query *const *)fail->items, fail->count, &pair[1], err);
	if (status == LUPE_OK)
		status = xc_query_and_not((const xc_query *const *)pair, 2, ret, err);
	xc_query_free(pair[0]);
	xc_query_free(pair[1]);
	return status;
}

static lupe_status names_query(
	const struct filter *filter, xc_database *db, xc_query **ret, struct lupe_error *err)
{
	struct names pass = {0}, fail = {0};
	xc_matches *matches = NULL;
	xc_terms *paths = NULL;
	struct xc_term path;
	BUF_SCOPED(name);
	lupe_status status = list_paths(db, &matches, &paths, err);
	while (status == LUPE_OK && (status = xc_terms_next(paths, &path, err)) == LUPE_OK) {
		buf_clear(&name);
		buf_add(&name, path.term.ptr, path.term.len);
		status = add_name(
			passes(filter, buf_string(&name)) ? &pass : &fail, buf_span(&name), err);
	}
	if (status == LUPE_END)
		status = combine(&pass, &fail, ret, err);
	xc_terms_close(paths);
	xc_matches_close(matches);
	names_done(&pass);
	names_done(&fail);
	return status;
}

/* ---- all together ---- */

lupe_status filter_query(const struct filter *filter, xc_database *db, const xc_query *paths,
	xc_query **ret, struct lupe_error *err)
{
	xc_query *own[4] = {NULL};
	const xc_query *subs[5];
	size_t own_count = 0, count = 0;
	lupe_status status = LUPE_OK;
	*ret = NULL;
	if (paths)
		subs[count++] = paths;
	if (filter->types.count)
		status = types_query(filter, &own[own_count++], err);
	if (status == LUPE_OK && filter->body)
		status = body_query(filter->body, &own[own_count++], err);
	if (status == LUPE_OK && (*filter->dates.from || *filter->dates.to))
		status = dates_query(&filter->dates, &own[own_count++], err);
	if (status == LUPE_OK && (filter->includes.count || filter->excludes.count))
		status = names_query(filter, db, &own[own_count++], err);
	for (size_t i = 0; i < own_count; i++)
		subs[count++] = own[i];
	if (status == LUPE_OK && count)
		status = xc_query_and(subs, count, ret, err);
	for (size_t i = 0; i < own_count; i++)
		xc_query_free(own[i]);
	return status;
}
