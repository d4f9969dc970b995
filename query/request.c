/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads queries: decodes and parses them, looks for misspelled words, and tells the user what was
 * understood otherwise than typed.
 */
#include "query/request.h"

#include <stdio.h>

#include "query/correct.h"
#include "query/message.h"
#include "text/decode.h"

/* A query from the command line or a file, as valid UTF-8. */
static struct span clean_query(const char *raw, struct arena *arena, bool *ret_damaged)
{
	BUF_SCOPED(text);
	struct decode_report report;
	text_decode(span_of(raw), &text, &report);
	*ret_damaged = report.bad_bytes > 0 || report.encoding == ENCODING_WINDOWS1252;
	return arena_copy(arena, buf_span(&text));
}

/* The query as a phrase to stand as written: none of its signs is an operator. */
static struct span quote(struct span query, struct arena *arena)
{
	static const char *const marks[] = {"\"", "„", "“", "”", "«", "»"};
	BUF_SCOPED(quoted);
	buf_add_string(&quoted, "=\"");
	while (query.len) {
		size_t mark = 0, count = sizeof(marks) / sizeof(marks[0]);
		while (mark < count && !span_starts(query, span_of(marks[mark])))
			mark++;
		buf_add_byte(&quoted, mark < count ? ' ' : query.ptr[0]);
		query = span_skip(query, mark < count ? strlen(marks[mark]) : 1);
	}
	buf_add_byte(&quoted, '"');
	return arena_copy(arena, buf_span(&quoted));
}

static lupe_status report_notices(const struct settings *settings, struct span query,
	const struct notice *notices, struct lupe_error *err)
{
	if (!notices)
		return LUPE_OK;
	if (settings->strict_query)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "query, byte %zu: %s: %.*s",
			notices->offset, notices->message, SPAN_ARG(query));
	if (settings_is_json(settings))
		return LUPE_OK;
	for (const struct notice *n = notices; n; n = n->next) {
		char line[200];
		snprintf(line, sizeof(line), "query, byte %zu: %s", n->offset, n->message);
		message_print("", line);
	}
	return LUPE_OK;
}

static void announce(const struct settings *settings, struct span correction)
{
	char line[400];
	if (settings_is_json(settings) || settings->form == FORM_QUIET)
		return;
	snprintf(line, sizeof(line), "%.*s", SPAN_ARG(correction));
	message_print(
		settings->spell == SPELL_AUTO ? "searched instead: " : "did you mean: ", line);
}

/* The query with its unknown words corrected, and parsed again if that is to be searched. */
static lupe_status correct(struct request *request, const struct settings *settings,
	struct spell *spell, struct span query, bool first, struct parsed *parsed,
	struct arena *arena, struct lupe_error *err)
{
	BUF_SCOPED(correction);
	if (settings->spell == SPELL_OFF)
		return LUPE_OK;
	lupe_status status = correct_query(spell, query, parsed->root, &correction, err);
	if (status != LUPE_OK || correction.len == 0)
		return status;
	struct span kept = arena_copy(arena, buf_span(&correction));
	announce(settings, kept);
	if (first)
		request->did_you_mean = kept;
	if (settings->spell == SPELL_AUTO) {
		request->corrected |= first;
		parsed->root = parse_query(kept, arena).root;
	}
	return LUPE_OK;
}

lupe_status request_read(struct request *ret, const char *const *patterns, size_t count,
	const struct settings *settings, struct spell *spell, struct arena *arena,
	struct lupe_error *err)
{
	struct node **roots = arena_alloc(arena, count * sizeof(struct node *));
	*ret = (struct request){.input = SPAN("")};
	for (size_t i = 0; i < count; i++) {
		bool damaged;
		struct span query = clean_query(patterns[i], arena, &damaged);
		if (i == 0)
			ret->input = query;
		if (settings->literal)
			query = quote(query, arena);
		struct parsed parsed = parse_query(query, arena);
		if (damaged && !settings_is_json(settings))
			message_print("", "query is not UTF-8, read as well as possible");
		if (i == 0)
			ret->notices = parsed.notices;
		lupe_status status = report_notices(settings, query, parsed.notices, err);
		if (status == LUPE_OK)
			status = correct(ret, settings, spell, query, i == 0, &parsed, arena, err);
		if (status != LUPE_OK)
			return status;
		roots[i] = parsed.root;
	}
	ret->root = parse_any_of(roots, count, arena);
	return LUPE_OK;
}
