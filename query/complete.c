/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One place knows what can be completed: the option table; the shells' scripts only ask. The index
 * is opened for years and paths alone.
 */
#include "query/complete.h"

#include <stdio.h>
#include <stdlib.h>

#include "query/options.h"
#include "query/session.h"
#include "store/schema.h"

enum { YEAR_DIGITS = 4 };

struct completer {
	const char *index_folder; /* --index of the line */
	struct span prefix;       /* goes before each candidate: "--sort=" */
	struct span begun;        /* what candidates begin with */
};

static const struct option_row *row_named(struct span name)
{
	for (const struct option_row *row = lupe_options; row->id; row++)
		if (row->name && span_equal(span_of(row->name), name))
			return row;
	return NULL;
}

static const struct option_row *row_of_letter(char letter)
{
	for (const struct option_row *row = lupe_options; row->id; row++)
		if (row->letter == letter)
			return row;
	return NULL;
}

static bool needs_value(const struct option_row *row)
{
	return row && row->argument && row->argument[0] != '[';
}

/* The option whose value the word behind `word` is: "--type", "-t", "-lt". */
static const struct option_row *row_before(const char *word)
{
	struct span s = span_of(word);
	const struct option_row *row = NULL;
	if (span_starts(s, SPAN("--")))
		row = row_named(span_skip(s, 2));
	else if (s.len > 1 && s.ptr[0] == '-')
		row = row_of_letter(s.ptr[s.len - 1]);
	return needs_value(row) ? row : NULL;
}

static void print_candidate(const struct completer *c, struct span candidate, const char *help)
{
	if (!span_starts(candidate, c->begun) || memchr(candidate.ptr, '\n', candidate.len))
		return;
	printf("%.*s%.*s%s%s\n", SPAN_ARG(c->prefix), SPAN_ARG(candidate), help ? "\t" : "",
		help ? help : "");
}

static void print_options(const struct completer *c)
{
	for (const struct option_row *row = lupe_options; row->id; row++) {
		BUF_SCOPED(name);
		if (!row->name || !row->help)
			continue;
		buf_printf(&name, "--%s%s", row->name, needs_value(row) ? "=" : "");
		print_candidate(c, buf_span(&name), row->help);
	}
}

/* ---- from the index ---- */

/* Values of a slot in all documents: whole years, or paths up to the next slash. */
static void print_slot(const struct completer *c, struct session *s, uint32_t slot)
{
	struct xc_search_options options;
	xc_query *all = NULL;
	xc_matches *matches = NULL;
	xc_terms *values = NULL;
	struct xc_term value;
	BUF_SCOPED(last);
	xc_search_options_init(&options);
	options.weighting = XC_WEIGHTING_NONE;
	options.max_items = 0;
	options.check_at_least = UINT32_MAX;
	options.facet_slots = &slot;
	options.facet_count = 1;
	if (xc_query_all(&all, NULL) == LUPE_OK &&
		xc_search(index_database(s->index), all, &options, &matches, NULL) == LUPE_OK &&
		xc_facets_start(matches, slot, NULL, &values, NULL) == LUPE_OK)
		while (xc_terms_next(values, &value, NULL) == LUPE_OK) {
			struct span text = {value.term.ptr, value.term.len};
			BUF_SCOPED(shown);
			if (slot == SLOT_PATH)
				paths_add_shown(s->paths, text, &shown);
			else
				buf_add(&shown, text.ptr,
					text.len < YEAR_DIGITS ? text.len : YEAR_DIGITS);
			text = buf_span(&shown);
			if (!span_starts(text, c->begun))
				continue;
			const char *slash =
				memchr(text.ptr + c->begun.len, '/', text.len - c->begun.len);
			if (slot == SLOT_PATH && slash) /* a folder at a time */
				text.len = (size_t)(slash + 1 - text.ptr);
			if (!span_equal(text, buf_span(&last)))
				print_candidate(c, text, NULL);
			buf_clear(&last);
			buf_add_span(&last, text);
		}
	xc_terms_close(values);
	xc_matches_close(matches);
	xc_query_free(all);
}

static void print_from_index(const struct completer *c, uint32_t slot)
{
	struct session s = {.settings = {.index_folder = c->index_folder}};
	if (session_open_index(&s, NULL) == LUPE_OK)
		print_slot(c, &s, slot);
	session_close(&s);
}

/* ---- the line ---- */

static void print_values(const struct completer *c, const char *values)
{
	struct span rest = span_of(values);
	if (!values)
		return;
	if (strcmp(values, "@years") == 0) {
		print_from_index(c, SLOT_DATE);
	} else if (strcmp(values, "@paths") == 0) {
		print_from_index(c, SLOT_PATH);
	} else if (*values == '@') {
		printf("%s\n", values); /* the shell knows better */
	} else {
		while (rest.ptr)
			print_candidate(c, span_take(&rest, ' '), NULL);
	}
}

/* Whether the words before the last one hold a query. */
static bool has_query(int count, char **words)
{
	bool found = false;
	for (int i = 0; i + 1 < count; i++) {
		bool value = i > 0 && row_before(words[i - 1]);
		const struct option_row *row = row_before(words[i]);
		found |=
			(*words[i] != '-' && !value) || (row && (row->id == 'e' || row->id == 'f'));
	}
	return found;
}

void complete(int count, char **words)
{
	struct completer c = {.begun = count ? span_of(words[count - 1]) : SPAN("")};
	const struct option_row *row = count > 1 ? row_before(words[count - 2]) : NULL;
	for (int i = 0; i + 1 < count; i++) {
		if (strcmp(words[i], "--index") == 0)
			c.index_folder = words[i + 1];
		else if (strncmp(words[i], "--index=", 8) == 0)
			c.index_folder = words[i] + 8;
	}
	const char *equals = c.begun.len ? memchr(c.begun.ptr, '=', c.begun.len) : NULL;
	if (row) {
		print_values(&c, lupe_option_values(row->id));
	} else if (span_starts(c.begun, SPAN("--")) && equals) {
		c.prefix = span_from(c.begun.ptr, equals + 1);
		row = row_named(span_from(c.begun.ptr + 2, equals));
		c.begun = span_skip(c.begun, c.prefix.len);
		print_values(&c, row ? lupe_option_values(row->id) : NULL);
	} else if (span_starts(c.begun, SPAN("-"))) {
		print_options(&c);
	} else if (has_query(count, words)) {
		print_values(&c, "@paths");
	}
}
