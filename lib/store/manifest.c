/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The manifest as text: one table of its single-valued keys serves parsing and printing; roots,
 * of which there may be several, are dealt with beside it. Whether the analyser fits the program
 * is for index.c to say.
 */
#include "store/manifest.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"

/* A text field has `size` bytes in struct manifest, NUL included; a number has size 0. */
struct key {
	const char *name;
	size_t offset;
	size_t size;
};

#define TEXT_KEY(field)                                                                            \
	{                                                                                          \
#field, offsetof(struct manifest, field), sizeof(((struct manifest *)0)->field)    \
	}
#define NUMBER_KEY(field)                                                                          \
	{                                                                                          \
#field, offsetof(struct manifest, field), 0                                        \
	}

static const struct key keys[] = {
	TEXT_KEY(analyser),
	TEXT_KEY(built),
	NUMBER_KEY(files),
	NUMBER_KEY(searchable),
	NUMBER_KEY(no_text),
	NUMBER_KEY(failed),
};
/* Need not be there. */
static const struct key others_key = TEXT_KEY(others);
enum { KEY_COUNT = sizeof(keys) / sizeof(keys[0]) };

/* ---- rules ---- */

static const struct {
	const char *name;
	size_t offset;
} switches[] = {
	{"hidden", offsetof(struct file_rules, hidden)},
	{"follow", offsetof(struct file_rules, follow)},
	{"one_file_system", offsetof(struct file_rules, one_file_system)},
};
enum { SWITCH_COUNT = sizeof(switches) / sizeof(switches[0]) };

void file_rules_add(char ***list, size_t *count, const char *pattern)
{
	*list = mem_realloc_array(*list, *count + 1, sizeof(**list));
	(*list)[(*count)++] = mem_strdup(pattern);
}

void file_rules_clear(char ***list, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		free((*list)[i]);
	free(*list);
	*list = NULL;
	*count = 0;
}

void file_rules_copy(struct file_rules *rules, const struct file_rules *other)
{
	for (size_t i = 0; i < other->exclude_count; i++)
		file_rules_add(&rules->excludes, &rules->exclude_count, other->excludes[i]);
	for (size_t i = 0; i < other->include_count; i++)
		file_rules_add(&rules->includes, &rules->include_count, other->includes[i]);
	rules->hidden = other->hidden;
	rules->follow = other->follow;
	rules->one_file_system = other->one_file_system;
}

static bool lists_equal(char **a, size_t a_count, char **b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

bool file_rules_equal(const struct file_rules *a, const struct file_rules *b)
{
	return lists_equal(a->excludes, a->exclude_count, b->excludes, b->exclude_count) &&
	       lists_equal(a->includes, a->include_count, b->includes, b->include_count) &&
	       a->hidden == b->hidden && a->follow == b->follow &&
	       a->one_file_system == b->one_file_system;
}

/* ---- life ---- */

void manifest_done(struct manifest *manifest)
{
	for (size_t i = 0; i < manifest->root_count; i++) {
		free(manifest->roots[i].location);
		free(manifest->roots[i].label);
	}
	free(manifest->roots);
	file_rules_clear(&manifest->rules.excludes, &manifest->rules.exclude_count);
	file_rules_clear(&manifest->rules.includes, &manifest->rules.include_count);
	*manifest = (struct manifest){0};
}

static struct root *new_root(struct manifest *manifest)
{
	size_t count = manifest->root_count + 1;
	manifest->roots = mem_realloc_array(manifest->roots, count, sizeof(*manifest->roots));
	return &manifest->roots[manifest->root_count++];
}

void manifest_add_root(struct manifest *manifest, const char *location, const char *label)
{
	*new_root(manifest) = (struct root){mem_strdup(location), mem_strdup(label)};
}

void manifest_remove_root(struct manifest *manifest, size_t root)
{
	free(manifest->roots[root].location);
	free(manifest->roots[root].label);
	manifest->root_count--;
	memmove(&manifest->roots[root], &manifest->roots[root + 1],
		(manifest->root_count - root) * sizeof(*manifest->roots));
}

/* ---- printing ---- */

static bool needs_escape(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f || c == '%';
}

static void print_escaped(struct buf *ret, const char *string)
{
	for (; *string; string++) {
		if (needs_escape(*string))
			buf_printf(ret, "%%%02X", (unsigned)*string);
		else
			buf_add_byte(ret, *string);
	}
}

static void print_patterns(struct buf *ret, const char *key, char **list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_printf(ret, "%s ", key);
		print_escaped(ret, list[i]);
		buf_add_byte(ret, '\n');
	}
}

static void print_rules(const struct file_rules *rules, struct buf *ret)
{
	print_patterns(ret, "exclude", rules->excludes, rules->exclude_count);
	print_patterns(ret, "include", rules->includes, rules->include_count);
	for (size_t i = 0; i < SWITCH_COUNT; i++) {
		bool on;

		memcpy(&on, (const char *)rules + switches[i].offset, sizeof(on));
		if (on)
			buf_printf(ret, "%s yes\n", switches[i].name);
	}
}

void manifest_print(const struct manifest *manifest, struct buf *ret)
{
	buf_printf(ret, "schema %d\n", manifest->schema);
	for (size_t i = 0; i < KEY_COUNT; i++) {
		const char *field = (const char *)manifest + keys[i].offset;
		uint64_t number;
		if (keys[i].size) {
			buf_printf(ret, "%s %s\n", keys[i].name, field);
			continue;
		}
		memcpy(&number, field, sizeof(number));
		buf_printf(ret, "%s %" PRIu64 "\n", keys[i].name, number);
	}
	if (*manifest->others)
		buf_printf(ret, "others %s\n", manifest->others);
	for (size_t i = 0; i < manifest->root_count; i++) {
		buf_add_string(ret, "root ");
		print_escaped(ret, manifest->roots[i].location);
		buf_add_byte(ret, '\t');
		print_escaped(ret, manifest->roots[i].label);
		buf_add_byte(ret, '\n');
	}
	print_rules(&manifest->rules, ret);
}

/* ---- parsing ---- */

static bool parse_number(struct span text, uint64_t *ret)
{
	uint64_t number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		uint64_t digit = (uint64_t)(text.ptr[i] - '0');
		if (number > (UINT64_MAX - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*ret = number;
	return text.len > 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What print_escaped made of a string; NULL if it cannot be that. */
static char *parse_escaped(struct span text)
{
	BUF_SCOPED(plain);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '%') {
			int high = text.len - i > 2 ? hex_digit(text.ptr[i + 1]) : -1;
			int low = text.len - i > 2 ? hex_digit(text.ptr[i + 2]) : -1;
			if (high < 0 || low < 0 || high + low == 0)
				return NULL;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (needs_escape(c)) {
			return NULL;
		}
		buf_add_byte(&plain, c);
	}
	return mem_strdup(buf_string(&plain));
}

static bool parse_root(struct span value, struct manifest *ret)
{
	struct span location = span_take(&value, '\t');
	if (!value.ptr || !location.len)
		return false;
	struct root root = {parse_escaped(location), parse_escaped(value)};
	if (!root.location || !root.label) {
		free(root.location);
		free(root.label);
		return false;
	}
	*new_root(ret) = root;
	return true;
}

static bool parse_pattern(struct span value, char ***list, size_t *count)
{
	char *pattern = value.len ? parse_escaped(value) : NULL;

	if (!pattern)
		return false;
	file_rules_add(list, count, pattern);
	free(pattern);
	return true;
}

/* `*ret_known` is false for a key of other things. */
static bool parse_rule(struct span name, struct span value, struct file_rules *ret, bool *ret_known)
{
	*ret_known = true;
	if (span_equal(name, SPAN("exclude")))
		return parse_pattern(value, &ret->excludes, &ret->exclude_count);
	if (span_equal(name, SPAN("include")))
		return parse_pattern(value, &ret->includes, &ret->include_count);
	for (size_t i = 0; i < SWITCH_COUNT; i++) {
		bool on = true;

		if (!span_equal(name, span_of(switches[i].name)))
			continue;
		memcpy((char *)ret + switches[i].offset, &on, sizeof(on));
		return span_equal(value, SPAN("yes"));
	}
	*ret_known = false;
	return false;
}

static bool parse_value(const struct key *key, struct span value, struct manifest *ret)
{
	char *field = (char *)ret + key->offset;
	uint64_t number;
	if (key->size) {
		if (!value.len || value.len >= key->size || memchr(value.ptr, '\0', value.len))
			return false;
		memcpy(field, value.ptr, value.len);
		return true;
	}
	if (!parse_number(value, &number))
		return false;
	memcpy(field, &number, sizeof(number));
	return true;
}

/* One line that is not the schema's; `seen` has a bit for each key met before. */
static bool parse_line(struct span line, unsigned *seen, struct manifest *ret)
{
	struct span value = line;
	struct span name = span_take(&value, ' ');
	bool is_rule, good = parse_rule(name, value, &ret->rules, &is_rule);

	if (is_rule)
		return good;
	if (span_equal(name, SPAN("root")))
		return parse_root(value, ret);
	if (span_equal(name, SPAN("others")))
		return !*ret->others && parse_value(&others_key, value, ret);
	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (!span_equal(name, span_of(keys[i].name)))
			continue;
		if (*seen & 1u << i)
			return false;
		*seen |= 1u << i;
		return parse_value(&keys[i], value, ret);
	}
	return true;
}

static lupe_status parse_schema(struct span line, struct manifest *ret, struct lupe_error *err)
{
	uint64_t schema;
	if (!span_starts(line, SPAN("schema ")) ||
		!parse_number(span_skip(line, strlen("schema ")), &schema) || schema > INT32_MAX)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "manifest: no schema in it");
	ret->schema = (int)schema;
	if (ret->schema != SCHEMA_VERSION)
		return lupe_fail(err, LUPE_ERROR_SCHEMA,
			"made by schema %d, this is lupe schema %d", ret->schema, SCHEMA_VERSION);
	return LUPE_OK;
}

lupe_status manifest_parse(struct span text, struct manifest *ret, struct lupe_error *err)
{
	*ret = (struct manifest){0};
	if (!span_ends(text, SPAN("\n")))
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "manifest: its end is missing");
	text.len--;
	struct span rest = text;
	lupe_status st = parse_schema(span_take(&rest, '\n'), ret, err);
	if (st < 0)
		return st;
	unsigned seen = 0;
	while (rest.ptr) {
		struct span line = span_take(&rest, '\n');
		if (!parse_line(line, &seen, ret))
			return lupe_fail(err, LUPE_ERROR_CORRUPT, "manifest: not understood: %.*s",
				SPAN_ARG(line));
	}
	for (size_t i = 0; i < KEY_COUNT; i++)
		if (!(seen & 1u << i))
			return lupe_fail(
				err, LUPE_ERROR_CORRUPT, "manifest: no %s in it", keys[i].name);
	return LUPE_OK;
}
