/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer as one JSON object (doc/json.md), and the object of an error. */
#include "query/output/json_parts.h"
#include "text/decode.h"

enum { PLACES_PER_DOCUMENT = 3, SNIPPET_BYTES = 240 };

static json_t *facets_of(const struct facets *facets)
{
	json_t *object = json_object();
	for (enum facet_kind kind = FACET_YEAR; kind < FACET_KINDS; kind++) {
		const struct facet *facet = &facets->items[kind];
		json_t *array = json_array();
		for (size_t i = 0; i < facet->count; i++)
			json_array_append_new(array,
				json_pack("{s:o, s:I}", "value", json_of(facet->values[i].value),
					"documents", (json_int_t)facet->values[i].documents));
		json_object_set_new(object, facet_name(kind), array);
	}
	return object;
}

static json_t *total_of(const struct answer *answer)
{
	const struct results *results = answer->results;
	json_t *list = json_null();
	if (answer->settings->search.facets)
		list = json_integer(
			(json_int_t)(answer->settings->search.collapse ? results->facets.distinct
								       : results->total));
	return json_pack("{s:I, s:b, s:o}", "documents", (json_int_t)results->total, "exact",
		!answer->plan->capped, "results", list);
}

static lupe_status hits_array(const struct answer *answer, struct snippets *snippets,
	json_t **ret_hits, struct lupe_error *err)
{
	size_t room = answer->settings->max_lines < PLACES_PER_DOCUMENT
			      ? answer->settings->max_lines
			      : PLACES_PER_DOCUMENT;
	lupe_status status = snippets_read(
		snippets, answer->document, answer->finder, answer->plan, room, SNIPPET_BYTES, err);
	if (status != LUPE_OK)
		return status;
	*ret_hits = json_array();
	for (size_t i = 0; i < snippets->count; i++)
		json_array_append_new(*ret_hits, json_of_snippet(&snippets->items[i]));
	return LUPE_OK;
}

static lupe_status result_object(const struct answer *answer, size_t i, struct snippets *snippets,
	json_t **ret, struct lupe_error *err)
{
	const struct result *result = &answer->results->items[i];
	json_t *hits = NULL, *duplicates = NULL;
	size_t hits_total;
	lupe_status status = document_open(answer->document, result->docid, answer->plan, err);
	if (status == LUPE_OK)
		status = hits_array(answer, snippets, &hits, err);
	if (status == LUPE_OK)
		status = json_of_duplicates(answer, result->docid, &duplicates, err);
	if (status != LUPE_OK) {
		json_decref(hits);
		json_decref(duplicates);
		return status;
	}
	document_hits(answer->document, &hits_total);
	bool all = answer->settings->search.match == MATCH_ANY
			   ? document_matches(answer->document, answer->plan->root)
			   : result->all;
	*ret = json_pack("{s:I, s:f, s:b}", "rank",
		(json_int_t)(answer->settings->search.offset + i + 1), "score", result->score,
		"all", (int)all);
	json_set_fields(*ret, document_fields(answer->document));
	json_object_set_new(*ret, "hits", hits);
	json_object_set_new(*ret, "hits_total", json_integer((json_int_t)hits_total));
	json_object_set_new(*ret, "duplicates", duplicates);
	return LUPE_OK;
}

lupe_status output_json(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct snippets snippets = {0};
	json_t *results = json_array();
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < answer->results->count && status == LUPE_OK; i++) {
		json_t *result = NULL;
		status = result_object(answer, i, &snippets, &result, err);
		if (result)
			json_array_append_new(results, result);
	}
	snippets_done(&snippets);
	if (status != LUPE_OK) {
		json_decref(results);
		return status;
	}
	static const char *const orders[] = {"relevance", "date", "path"};
	const struct search_options *search = &answer->settings->search;
	json_t *object = json_pack("{s:i, s:o, s:o, s:o, s:o, s:s, s:I, s:o, s:f, s:o, s:o, s:n}",
		"schema", JSON_SCHEMA, "query", json_of_query(answer), "index",
		json_of_index(answer), "completeness", json_of_completeness(answer), "total",
		total_of(answer), "sort", orders[search->sort], "offset",
		(json_int_t)search->offset, "limit",
		search->limit == SIZE_MAX ? json_null() : json_integer((json_int_t)search->limit),
		"took_ms", answer->took_ms, "facets",
		search->facets ? facets_of(&answer->results->facets) : json_object(), "results",
		results, "error");
	if (answer->qid)
		json_object_set_new(object, "id", json_of(answer_id(answer)));
	json_print(answer->out, object);
	++*ret_printed;
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

void output_json_error(
	FILE *out, struct span input, const struct lupe_error *error, const char *code)
{
	BUF_SCOPED(clean);
	BUF_SCOPED(message); /* it may name a file */
	text_decode(input, &clean, NULL);
	text_decode(span_of(error->message), &message, NULL);
	json_print(out, json_pack("{s:i, s:{s:o}, s:[], s:{s:s, s:o}}", "schema", JSON_SCHEMA,
				"query", "input", json_of(buf_span(&clean)), "results", "error",
				"code", code ? code : error_code(error->status), "message",
				json_of(buf_span(&message))));
}
