/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Patterns are cut at their slashes; fnmatch(3) compares a component, and what `**` stands for is
 * found here. Where lists are and in which order they count is walk.c's.
 */
#include "indexer/ignore.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void ignore_done(struct ignore *ignore)
{
	for (size_t i = 0; i < ignore->count; i++)
		free(ignore->rules[i].pattern);
	free(ignore->rules);
	*ignore = (struct ignore){0};
}

/* ---- reading ---- */

/* Without blanks at the end, unless a backslash stands before them. */
static struct span trim_end(struct span line)
{
	while (line.len && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\t' ||
				   line.ptr[line.len - 1] == '\r')) {
		size_t slashes = 0;

		while (slashes + 1 < line.len && line.ptr[line.len - 2 - slashes] == '\\')
			slashes++;
		if (slashes % 2)
			break;
		line.len--;
	}
	return line;
}

/* Cuts the pattern in place into components; `**` at the end must leave something to stand for. */
static size_t cut(char *pattern, size_t len)
{
	size_t components = 1;

	for (size_t i = 0; i < len; i++) {
		if (pattern[i] != '/')
			continue;
		pattern[i] = '\0';
		components++;
	}
	return components;
}

void ignore_add(struct ignore *ignore, struct span pattern)
{
	struct ignore_rule rule = {0};

	if (pattern.len && pattern.ptr[0] == '!') {
		rule.negated = true;
		pattern = span_skip(pattern, 1);
	}
	if (pattern.len && pattern.ptr[pattern.len - 1] == '/') {
		rule.folders_only = true;
		pattern.len--;
	}
	rule.anchored = pattern.len && memchr(pattern.ptr, '/', pattern.len);
	if (pattern.len && pattern.ptr[0] == '/')
		pattern = span_skip(pattern, 1);
	if (!pattern.len || memchr(pattern.ptr, '\0', pattern.len))
		return;
	bool all_below = span_ends(pattern, SPAN("/**"));
	rule.pattern = mem_alloc(pattern.len + sizeof("/*"));
	memcpy(rule.pattern, pattern.ptr, pattern.len);
	strcpy(rule.pattern + pattern.len, all_below ? "/*" : "");
	rule.components = cut(rule.pattern, strlen(rule.pattern));
	ARRAY_GROW(ignore->rules, ignore->count, ignore->capacity);
	ignore->rules[ignore->count++] = rule;
}

void ignore_add_list(struct ignore *ignore, struct span text)
{
	if (span_starts(text, SPAN("\xEF\xBB\xBF")))
		text = span_skip(text, 3);
	while (text.ptr) {
		struct span line = trim_end(span_take(&text, '\n'));

		if (line.len && line.ptr[0] != '#')
			ignore_add(ignore, line);
	}
}

/* ---- matching ---- */

/* A name of a path, which need not end in NUL, against a component. */
static bool fits(const char *component, const char *name, size_t len)
{
	char copy[1024];

	if (len >= sizeof(copy))
		return false;
	memcpy(copy, name, len);
	copy[len] = '\0';
	return fnmatch(component, copy, 0) == 0;
}

static bool is_any_depth(const char *component)
{
	return strcmp(component, "**") == 0;
}

static const char *next_component(const char *component)
{
	return component + strlen(component) + 1;
}

/*
 * As wildcards are compared: what fits is passed by on both sides; where it does not, the last `**`
 * takes in one name more. Going back to an earlier `**` is never of use.
 */
static bool fits_path(const struct ignore_rule *rule, const char *path)
{
	const char *component = rule->pattern, *star = NULL, *star_path = NULL;
	size_t left = rule->components, star_left = 0;

	while (*path) {
		size_t len = strcspn(path, "/");
		const char *rest = path + len + (path[len] == '/');

		if (left && is_any_depth(component)) {
			component = star = next_component(component);
			star_left = --left;
			star_path = path;
		} else if (left && fits(component, path, len)) {
			component = next_component(component);
			left--;
			path = rest;
		} else if (star) {
			len = strcspn(star_path, "/");
			path = star_path += len + (star_path[len] == '/');
			component = star;
			left = star_left;
		} else {
			return false;
		}
	}
	return left == 0 || (left == 1 && is_any_depth(component));
}

static bool fits_rule(const struct ignore_rule *rule, const char *path, bool is_folder)
{
	const char *slash = strrchr(path, '/');

	if (rule->folders_only && !is_folder)
		return false;
	if (rule->anchored)
		return fits_path(rule, path);
	return fnmatch(rule->pattern, slash ? slash + 1 : path, 0) == 0;
}

enum ignore_verdict ignore_match(const struct ignore *ignore, const char *path, bool is_folder)
{
	for (size_t i = ignore->count; i-- > 0;)
		if (fits_rule(&ignore->rules[i], path, is_folder))
			return ignore->rules[i].negated ? IGNORE_INCLUDED : IGNORE_EXCLUDED;
	return IGNORE_SILENT;
}
