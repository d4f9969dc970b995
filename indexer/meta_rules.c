/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules by path. What a document says of itself was found before; this only overrules it.
 */
#include "indexer/meta_rules.h"

#include <stdlib.h>

#include "base/mem.h"

void meta_rules_done(struct meta_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		struct meta_rule *rule = &rules->items[i];

		ignore_done(&rule->pattern);
		buf_done(&rule->title);
		buf_done(&rule->author);
		buf_done(&rule->body);
	}
	free(rules->items);
	*rules = (struct meta_rules){0};
}

/* ---- reading ---- */

static bool is_exact_date(struct span value, size_t len)
{
	if (value.len != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (i == 4 || i == 7 ? value.ptr[i] != '-'
				     : value.ptr[i] < '0' || value.ptr[i] > '9')
			return false;
	return true;
}

static lupe_status set_date(
	struct meta_rule *rule, const char *name, struct span value, struct lupe_error *err)
{
	bool year = strcmp(name, "year") == 0;
	bool form = is_exact_date(value, 4) ||
		    (!year && (is_exact_date(value, 7) || is_exact_date(value, 10)));

	if (form && date_in_value(value, &rule->date) && strlen(rule->date.text) == value.len)
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: %.*s: not a %s, from 1949 to the next year",
		name, SPAN_ARG(value), year ? "year (2019)" : "date (2019-05-14, 2019-05, 2019)");
}

static lupe_status set_field(
	struct meta_rule *rule, struct span name, struct span value, struct lupe_error *err)
{
	struct buf *field = span_equal(name, SPAN("title"))    ? &rule->title
			    : span_equal(name, SPAN("author")) ? &rule->author
			    : span_equal(name, SPAN("body"))   ? &rule->body
							       : NULL;

	if (value.len == 0)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%.*s: no value", SPAN_ARG(name));
	if (span_equal(name, SPAN("year")))
		return set_date(rule, "year", value, err);
	if (span_equal(name, SPAN("date")))
		return set_date(rule, "date", value, err);
	if (!field)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%.*s: no such field (title, author, body, date, year)", SPAN_ARG(name));
	document_set_field(field, value);
	return LUPE_OK;
}

/* Takes `name: value` and the comma behind it off `*rest`; a value in quotes may have commas. */
static lupe_status take_field(struct meta_rule *rule, struct span *rest, struct lupe_error *err)
{
	struct span whole = *rest, name = span_trim(span_take(rest, ':'));

	if (!rest->ptr)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%.*s: not FIELD: VALUE",
			SPAN_ARG(span_trim(whole)));
	*rest = span_trim(*rest);
	if (!span_starts(*rest, SPAN("\"")))
		return set_field(rule, name, span_trim(span_take(rest, ',')), err);
	*rest = span_skip(*rest, 1);
	struct span value = span_take(rest, '"');
	struct span between = rest->ptr ? span_trim(span_take(rest, ',')) : SPAN("\"");
	if (between.len)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%.*s: a quote that is not closed, or "
			"something behind it",
			SPAN_ARG(name));
	return set_field(rule, name, value, err);
}

lupe_status meta_rules_add(
	struct meta_rules *rules, struct span pattern, struct span fields, struct lupe_error *err)
{
	lupe_status st;

	if (span_starts(pattern, SPAN("!")))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%.*s: a rule cannot take back others",
			SPAN_ARG(pattern));
	ARRAY_GROW(rules->items, rules->count, rules->capacity);
	struct meta_rule *rule = &rules->items[rules->count++];
	*rule = (struct meta_rule){0};
	ignore_add(&rule->pattern, pattern);
	if (!rule->pattern.count)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%.*s: not a pattern", SPAN_ARG(pattern));
	do {
		st = take_field(rule, &fields, err);
	} while (st == LUPE_OK && fields.ptr);
	return st;
}

/* ---- applying ---- */

static bool fits(const struct meta_rule *rule, const char *path)
{
	char *part = mem_strdup(path);
	bool found = ignore_match(&rule->pattern, part, false) == IGNORE_EXCLUDED;
	char *slash;

	while (!found && (slash = strrchr(part, '/')) != NULL) {
		*slash = '\0';
		found = ignore_match(&rule->pattern, part, true) == IGNORE_EXCLUDED;
	}
	free(part);
	return found;
}

static void overrule(
	struct document *document, struct buf *field, const struct buf *value, enum origin origin)
{
	if (!value->len)
		return;
	buf_clear(field);
	buf_add_span(field, buf_span(value));
	document->origins |= origin;
}

static void apply_rule(const struct meta_rule *rule, struct document *document)
{
	overrule(document, &document->title, &rule->title, ORIGIN_TITLE_RULE);
	overrule(document, &document->author, &rule->author, ORIGIN_AUTHOR_RULE);
	overrule(document, &document->body, &rule->body, ORIGIN_BODY_RULE);
	if (!*rule->date.text)
		return;
	document->date = rule->date;
	document->date_source = DATE_CONFIGURATION;
}

void meta_rules_apply(const struct meta_rules *rules, struct span path, struct document *document)
{
	char *name = mem_strndup(path.ptr, path.len);

	for (size_t i = 0; i < rules->count; i++)
		if (fits(&rules->items[i], name))
			apply_rule(&rules->items[i], document);
	free(name);
}
