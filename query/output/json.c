/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The answer as one JSON object (doc/json.md). Texts are segments, marked or not, never markup.
 * Strings are UTF-8 by construction, but for paths: one that is not goes into path_b64.
 */
#include <jansson.h>

#include "query/output/output.h"
#include "query/snippet.h"
#include "text/decode.h"

enum { PLACES_PER_DOCUMENT = 3, SNIPPET_BYTES = 240, JSON_SCHEMA = 1 };

static json_t *string_of(struct span s)
{
	json_t *string = json_stringn(s.ptr ? s.ptr : "", s.len);
	return string ? string : json_null();
}

static json_t *string_or_null(struct span s)
{
	return s.len ? string_of(s) : json_null();
}

static json_t *base64_of(struct span s)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	BUF_SCOPED(out);
	for (size_t i = 0; i < s.len; i += 3) {
		uint32_t bits = 0;
		size_t have = s.len - i < 3 ? s.len - i : 3;
		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < have ? (unsigned char)s.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_add_byte(&out, k <= have ? digits[bits >> (18 - 6 * k) & 63] : '=');
	}
	return string_of(buf_span(&out));
}

static json_t *query_object(const struct answer *answer)
{
	static const char *const modes[] = {"auto", "all", "any"};
	json_t *notices = json_array();
	struct xc_blob parsed = XC_BLOB_INIT;
	for (const struct notice *n = answer->request->notices; n; n = n->next)
		json_array_append_new(notices, json_pack("{s:s, s:I}", "message", n->message,
						       "offset", (json_int_t)n->offset));
	if (answer->plan->all)
		xc_query_description(answer->plan->all, &parsed, NULL);
	json_t *object = json_pack("{s:o, s:o, s:s, s:o, s:o, s:b}", "input",
		string_of(answer->request->input), "parsed",
		string_of((struct span){parsed.bytes.ptr, parsed.bytes.len}), "match",
		modes[answer->settings->search.match], "notices", notices, "did_you_mean",
		string_or_null(answer->request->did_you_mean), "corrected",
		(int)answer->request->corrected);
	xc_blob_done(&parsed);
	return object;
}

static json_t *snippet_object(const struct snippet *snippet)
{
	json_t *segments = json_array(), *vias = json_array();
	struct span text = buf_span(&snippet->text);
	size_t at = 0;
	for (size_t i = 0; i < snippet->mark_count; i++) {
		const struct mark *mark = &snippet->marks[i];
		if (mark->begin > at)
			json_array_append_new(segments,
				json_pack("{s:o}", "t",
					string_of((struct span){text.ptr + at, mark->begin - at})));
		json_array_append_new(
			segments, json_pack("{s:o, s:i}", "t",
					  string_of((struct span){
						  text.ptr + mark->begin, mark->end - mark->begin}),
					  "m", (int)mark->leaf));
		at = mark->end;
	}
	if (at < text.len)
		json_array_append_new(
			segments, json_pack("{s:o}", "t", string_of(span_skip(text, at))));
	for (enum via via = VIA_EXACT; via < VIA_COUNT; via++)
		if (snippet->vias & 1u << via)
			json_array_append_new(vias, json_string(via_name(via)));
	return json_pack("{s:n, s:n, s:i, s:o, s:o}", "page", "page_label", "line",
		(int)snippet->line, "via", vias, "snippet", segments);
}

static json_t *date_object(const struct record_fields *fields)
{
	const char *source = date_source_name((enum date_source)fields->date_source);
	if (!fields->date.len)
		return json_null();
	return json_pack("{s:o, s:s?}", "value", string_of(fields->date), "source", source);
}

static lupe_status hits_array(const struct answer *answer, struct snippets *snippets,
	json_t **ret_hits, struct lupe_error *err)
{
	size_t room = answer->settings->max_lines < PLACES_PER_DOCUMENT
			      ? answer->settings->max_lines
			      : PLACES_PER_DOCUMENT;
	lupe_status status =
		snippets_read(snippets, answer->document, answer->plan, room, SNIPPET_BYTES, err);
	if (status != LUPE_OK)
		return status;
	*ret_hits = json_array();
	for (size_t i = 0; i < snippets->count; i++)
		json_array_append_new(*ret_hits, snippet_object(&snippets->items[i]));
	return LUPE_OK;
}

static lupe_status result_object(const struct answer *answer, size_t i, struct snippets *snippets,
	json_t **ret, struct lupe_error *err)
{
	const struct result *result = &answer->results->items[i];
	json_t *hits = NULL;
	size_t hits_total = 0;
	lupe_status status = document_open(answer->document, result->docid, answer->plan, err);
	if (status == LUPE_OK)
		status = hits_array(answer, snippets, &hits, err);
	if (status != LUPE_OK)
		return status;
	document_hits(answer->document, &hits_total);
	const struct record_fields *fields = document_fields(answer->document);
	bool all = answer->settings->search.match == MATCH_ANY
			   ? document_matches(answer->document, answer->plan->root)
			   : result->all;
	bool utf8 = utf8_valid(fields->path);
	*ret = json_pack("{s:I, s:f, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:[]}",
		"rank", (json_int_t)(answer->settings->search.offset + i + 1), "score",
		result->score, "all", (int)all, "path",
		utf8 ? string_of(fields->path) : json_null(), "path_b64",
		utf8 ? json_null() : base64_of(fields->path), "type", string_or_null(fields->type),
		"title", string_or_null(fields->title), "author", string_or_null(fields->author),
		"date", date_object(fields), "pages",
		fields->pages ? json_integer(fields->pages) : json_null(), "hits", hits,
		"hits_total", (json_int_t)hits_total, "duplicates");
	return LUPE_OK;
}

static json_t *completeness_object(const struct manifest *manifest)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "files", (json_int_t)manifest->files, "searchable",
		(json_int_t)manifest->searchable, "no_text", (json_int_t)manifest->no_text,
		"failed", (json_int_t)manifest->failed);
}

static void print_object(FILE *out, json_t *object)
{
	json_dumpf(object, out, JSON_COMPACT | JSON_REAL_PRECISION(8));
	fputc('\n', out);
	json_decref(object);
}

lupe_status output_json(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	const struct manifest *manifest = index_manifest(answer->index);
	struct snippets snippets = {0};
	json_t *results = json_array();
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < answer->results->count && status == LUPE_OK; i++) {
		json_t *result = NULL;
		status = result_object(answer, i, &snippets, &result, err);
		if (result)
			json_array_append_new(results, result);
		++*ret_printed;
	}
	snippets_done(&snippets);
	if (status != LUPE_OK) {
		json_decref(results);
		return status;
	}
	size_t limit = answer->settings->search.limit;
	print_object(answer->out,
		json_pack("{s:i, s:o, s:{s:s, s:s}, s:o, s:{s:I, s:b}, s:I, s:o, s:f, s:{}, s:o, "
			  "s:n}",
			"schema", JSON_SCHEMA, "query", query_object(answer), "index", "built",
			manifest->built, "analyser", manifest->analyser, "completeness",
			completeness_object(manifest), "total", "documents",
			(json_int_t)answer->results->total, "exact", 1, "offset",
			(json_int_t)answer->settings->search.offset, "limit",
			limit == SIZE_MAX ? json_null() : json_integer((json_int_t)limit),
			"took_ms", answer->took_ms, "facets", "results", results, "error"));
	return LUPE_OK;
}

static const char *error_code(lupe_status status)
{
	switch (status) {
	case LUPE_ERROR_ARGUMENT:
		return "bad_query";
	case LUPE_ERROR_NOT_FOUND:
		return "index_missing";
	case LUPE_ERROR_SCHEMA:
		return "index_version";
	case LUPE_ERROR_CORRUPT:
		return "index_damaged";
	case LUPE_ERROR_MODIFIED:
		return "index_changed";
	case LUPE_ERROR_IO:
		return "io";
	case LUPE_ERROR_LIMIT:
		return "limit";
	default:
		return "internal";
	}
}

void output_json_error(FILE *out, struct span input, const struct lupe_error *error)
{
	BUF_SCOPED(message); /* it may name a file */
	text_decode(span_of(error->message), &message, NULL);
	print_object(
		out, json_pack("{s:i, s:{s:o}, s:[], s:{s:s, s:o}}", "schema", JSON_SCHEMA, "query",
			     "input", string_of(input), "results", "error", "code",
			     error_code(error->status), "message", string_of(buf_span(&message))));
}
