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
#include "text/utf8.h"

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

enum { CARET_WIDTH = 72 };

/* The stretch of the query around `offset`, and a caret below it. */
static void print_caret(struct span query, size_t offset)
{
	const char *end = query.ptr + query.len, *at = query.ptr + offset;
	const char *from = at, *to = at;
	size_t before = 0, width = 0, length;
	for (; from > query.ptr && before < CARET_WIDTH / 2; from--)
		before += ((unsigned char)from[-1] & 0xc0) != 0x80;
	for (width = before; to < end && width < CARET_WIDTH; to += length, width++)
		utf8_get(to, end, &length);
	fflush(stdout);
	fputs("  ", stderr);
	for (const char *c = from; c < to; c++)
		fputc((unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c, stderr);
	fprintf(stderr, "\n  %*s^\n", (int)before, "");
}

static void print_notices(const struct settings *settings, const struct notice *notices)
{
	if (settings_is_json(settings))
		return;
	for (const struct notice *n = notices; n; n = n->next) {
		char line[200];
		snprintf(line, sizeof(line), "query, byte %zu: %s", n->offset, n->message);
		message_print("", line);
	}
}

/* Under --strict-query the first notice is an error, told here with a caret below the query. */
static lupe_status report_notices(struct request *request, const struct settings *settings,
	struct span query, const struct notice *notices, struct lupe_error *err)
{
	if (!notices || !settings->strict_query) {
		print_notices(settings, notices);
		return LUPE_OK;
	}
	lupe_fail(
		err, LUPE_ERROR_ARGUMENT, "query, byte %zu: %s", notices->offset, notices->message);
	request->told = !settings_is_json(settings);
	if (request->told) {
		char line[200];
		snprintf(line, sizeof(line), "query, byte %zu: %s", notices->offset,
			notices->message);
		message_print("", line);
		print_caret(query, notices->offset);
	}
	return LUPE_ERROR_ARGUMENT;
}

void request_add_notices(
	struct request *request, const struct settings *settings, struct notice *notices)
{
	struct notice **next = &request->notices;
	print_notices(settings, notices);
	while (*next)
		next = &(*next)->next;
	*next = notices;
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

/* Tells the words of a corrected query that were; their texts point into it. */
static void mark_corrected(struct node *node, struct span query, struct span marks)
{
	for (struct node *child = node ? node->children : NULL; child; child = child->next)
		mark_corrected(child, query, marks);
	if (!node || !node_is_leaf(node) || node->text.ptr < query.ptr ||
		node->text.ptr + node->text.len > query.ptr + query.len)
		return;
	node->spelled = node->text.len &&
			memchr(marks.ptr + (node->text.ptr - query.ptr), 1, node->text.len);
}

/* The query with its unknown words corrected, and parsed again if that is to be searched. */
static lupe_status correct(struct request *request, const struct settings *settings,
	struct spell *spell, struct span query, bool first, struct parsed *parsed,
	struct arena *arena, struct lupe_error *err)
{
	BUF_SCOPED(correction);
	BUF_SCOPED(marks);
	if (settings->spell == SPELL_OFF || settings->regex)
		return LUPE_OK;
	lupe_status status = correct_query(spell, query, parsed->root, &correction, &marks, err);
	if (status != LUPE_OK || correction.len == 0)
		return status;
	struct span kept = arena_copy(arena, buf_span(&correction));
	announce(settings, kept);
	if (first)
		request->did_you_mean = kept;
	if (settings->spell == SPELL_AUTO) {
		request->corrected |= first;
		parsed->root = parse_query(kept, arena).root;
		mark_corrected(parsed->root, kept, buf_span(&marks));
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
		struct parsed parsed = {.root = NULL};
		if (settings->regex)
			parsed.root = parse_regex(query, arena);
		else
			parsed = parse_query(query, arena);
		if (damaged && !settings_is_json(settings))
			message_print("", "query is not UTF-8, read as well as possible");
		if (i == 0)
			ret->notices = parsed.notices;
		lupe_status status = report_notices(ret, settings, query, parsed.notices, err);
		if (status == LUPE_OK)
			status = correct(ret, settings, spell, query, i == 0, &parsed, arena, err);
		if (status != LUPE_OK)
			return status;
		roots[i] = parsed.root;
	}
	ret->root = parse_any_of(roots, count, arena);
	return LUPE_OK;
}
