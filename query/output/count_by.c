/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Documents, hits and hits per 10,000 words for each year, type, path or author. The words are
 * those of all documents that are searched, with hits or without, so that years can be compared;
 * years and types without a hit have their row, too.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "query/concordance.h"
#include "query/output/json_parts.h"
#include "query/output/table.h"
#include "store/schema.h"

enum { BAR_COLUMNS = 40, YEAR_DIGITS = 4 };

struct group {
	struct span name; /* in the arena */
	unsigned long long words;
	size_t documents, hits;
};

struct groups {
	const struct answer *answer;
	struct group *items;
	size_t count, capacity;
	uint32_t *table;   /* by hash of the name: index + 1; at most half full */
	size_t table_size; /* a power of two */
	struct arena arena;
};

/* ---- groups by name ---- */

static uint32_t *slot_of(const struct groups *g, struct span name)
{
	size_t mask = g->table_size - 1, at = (size_t)hash64(name) & mask;
	while (g->table[at] && !span_equal(g->items[g->table[at] - 1].name, name))
		at = (at + 1) & mask;
	return &g->table[at];
}

static void grow_table(struct groups *g)
{
	free(g->table);
	g->table_size = g->table_size ? 2 * g->table_size : 64;
	g->table = mem_zalloc(g->table_size * sizeof(*g->table));
	for (size_t i = 0; i < g->count; i++)
		*slot_of(g, g->items[i].name) = (uint32_t)(i + 1);
}

static struct group *group_of(struct groups *g, struct span name)
{
	if (2 * (g->count + 1) > g->table_size)
		grow_table(g);
	uint32_t *slot = slot_of(g, name);
	if (*slot)
		return &g->items[*slot - 1];
	ARRAY_GROW(g->items, g->count, g->capacity);
	g->items[g->count++] = (struct group){.name = arena_copy(&g->arena, name)};
	*slot = (uint32_t)g->count;
	return &g->items[g->count - 1];
}

static void groups_done(struct groups *g)
{
	free(g->items);
	free(g->table);
	arena_done(&g->arena);
}

/* ---- what documents have ---- */

static const uint32_t slots[] = {[COUNT_BY_YEAR] = SLOT_DATE,
	[COUNT_BY_TYPE] = SLOT_TYPE,
	[COUNT_BY_PATH] = SLOT_PATH,
	[COUNT_BY_AUTHOR] = SLOT_AUTHOR,
	[COUNT_BY_BODY] = SLOT_BODY};

/* The group that a value puts a document in. */
static struct group *group_of_value(struct groups *g, struct xc_bytes value)
{
	enum count_by by = g->answer->settings->count_by;
	struct span name = {value.ptr, value.len};
	BUF_SCOPED(shown);
	if (by == COUNT_BY_YEAR && name.len > YEAR_DIGITS)
		name.len = YEAR_DIGITS;
	if (by == COUNT_BY_TYPE)
		name = filter_type_name(name);
	if (by == COUNT_BY_PATH) {
		paths_add_shown(g->answer->paths, name, &shown);
		name = buf_span(&shown);
	}
	return group_of(g, name);
}

/* A document that is searched, whether it has hits or not. */
static lupe_status count_words(struct groups *g, uint32_t docid, struct lupe_error *err)
{
	xc_document *document = NULL;
	struct xc_bytes value, words;
	lupe_status status =
		xc_document_open(index_database(g->answer->index), docid, true, &document, err);
	if (status == LUPE_OK)
		status = xc_document_value(
			document, slots[g->answer->settings->count_by], &value, err);
	struct group *group = status == LUPE_OK ? group_of_value(g, value) : NULL;
	if (status == LUPE_OK)
		status = xc_document_value(document, SLOT_WORDS, &words, err);
	for (size_t i = 0, number = 0; status == LUPE_OK && i < words.len; i++) {
		number = number << 8 | (unsigned char)words.ptr[i];
		group->words += i + 1 == words.len ? number : 0;
	}
	xc_document_close(document);
	return status;
}

static lupe_status count_corpus(struct groups *g, struct lupe_error *err)
{
	const struct answer *answer = g->answer;
	struct xc_search_options options;
	xc_query *all = NULL;
	xc_matches *matches = NULL;
	xc_search_options_init(&options);
	options.weighting = XC_WEIGHTING_NONE;
	options.max_items = UINT32_MAX;
	options.docid_order = XC_DOCID_ANY;
	lupe_status status = xc_query_all(&all, err);
	const xc_query *within = answer->settings->search.within;
	if (status == LUPE_OK)
		status = xc_search(index_database(answer->index), within ? within : all, &options,
			&matches, err);
	for (uint32_t i = 0; status == LUPE_OK && i < xc_matches_count(matches); i++) {
		struct xc_match match;
		status = xc_matches_item(matches, i, &match, err);
		if (status == LUPE_OK)
			status = count_words(g, match.docid, err);
	}
	xc_matches_close(matches);
	xc_query_free(all);
	return status;
}

static lupe_status count_results(struct groups *g, struct lupe_error *err)
{
	const struct answer *answer = g->answer;
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < answer->results->count && status == LUPE_OK; i++) {
		struct span value;
		size_t hits;
		if (!answer->results->items[i].all)
			break;
		status = document_open(
			answer->document, answer->results->items[i].docid, answer->plan, err);
		if (status == LUPE_OK)
			status = document_value(
				answer->document, slots[answer->settings->count_by], &value, err);
		if (status != LUPE_OK)
			break;
		struct group *group = group_of_value(g, (struct xc_bytes){value.ptr, value.len});
		document_hits(answer->document, &hits);
		group->documents++;
		group->hits += hits;
	}
	return status;
}

/* ---- printing ---- */

static double rate_of(const struct group *group)
{
	return group->words ? 1e4 * (double)group->hits / (double)group->words : 0;
}

/* Years rise; others fall by hits. The group without a name is last. */
static int compare_groups(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (!x->name.len != !y->name.len)
		return x->name.len ? -1 : 1;
	return span_compare(x->name, y->name);
}

static int compare_hits(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->hits != y->hits)
		return x->hits > y->hits ? -1 : 1;
	return compare_groups(a, b);
}

/* Drops what is not shown and brings the rest in order. */
static void settle(struct groups *g)
{
	enum count_by by = g->answer->settings->count_by;
	bool complete = by == COUNT_BY_YEAR || by == COUNT_BY_TYPE;
	size_t kept = 0;
	for (size_t i = 0; i < g->count; i++)
		if (complete || g->items[i].documents)
			g->items[kept++] = g->items[i];
	g->count = kept;
	if (kept)
		qsort(g->items, kept, sizeof(*g->items),
			by == COUNT_BY_YEAR ? compare_groups : compare_hits);
}

static const char *unknown_name(const struct answer *answer)
{
	return answer->german ? "unbekannt" : "unknown";
}

static void print_rows(const struct groups *g)
{
	struct table table = {g->answer->out, g->answer->settings->table, 0};
	if (!g->answer->later) {
		BUF_SCOPED(header);
		buf_printf(&header, "query %s documents hits words per_10000_words",
			count_by_name(g->answer->settings->count_by));
		table_header(&table, header.ptr);
	}
	for (size_t i = 0; i < g->count; i++) {
		char rate[32];
		snprintf(rate, sizeof(rate), "%.4f", rate_of(&g->items[i]));
		table_field(&table, answer_id(g->answer));
		table_field(&table, g->items[i].name);
		table_number(&table, g->items[i].documents);
		table_number(&table, g->items[i].hits);
		table_number(&table, g->items[i].words);
		table_field(&table, span_of(rate));
		table_end_row(&table);
	}
}

/* Eighths of a column. */
static void print_bar(FILE *out, double part)
{
	static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	unsigned length = (unsigned)(part * BAR_COLUMNS * 8 + 0.5);
	for (unsigned i = 0; i < length / 8; i++)
		fputs("█", out);
	fputs(eighths[length % 8], out);
}

static void print_chart(const struct groups *g)
{
	const struct answer *answer = g->answer;
	double most = 0;
	size_t width = 7;
	for (size_t i = 0; i < g->count; i++) {
		size_t columns = text_columns(g->items[i].name);
		most = rate_of(&g->items[i]) > most ? rate_of(&g->items[i]) : most;
		width = columns > width ? columns : width;
	}
	if (answer->qid)
		fprintf(answer->out, "%s%.*s\n", answer->later ? "\n" : "",
			SPAN_ARG(answer_id(answer)));
	paint_begin(answer, PAINT_FAINT);
	fprintf(answer->out, "%*s  %9s %8s %9s", (int)width, "",
		answer->german ? "Dokumente" : "documents", answer->german ? "Treffer" : "hits",
		answer->german ? "je 10.000" : "per 10000");
	paint_end(answer);
	fputc('\n', answer->out);
	for (size_t i = 0; i < g->count; i++) {
		const struct group *group = &g->items[i];
		struct span name = group->name.len ? group->name : span_of(unknown_name(answer));
		print_text(answer, name);
		fprintf(answer->out, "%*s  %9zu %8zu %9.2f", (int)(width - text_columns(name)), "",
			group->documents, group->hits, rate_of(group));
		if (answer->terminal && most > 0 && group->hits) {
			fputs("  ", answer->out);
			print_bar(answer->out, rate_of(group) / most);
		}
		fputc('\n', answer->out);
	}
}

static void print_json(const struct groups *g)
{
	const struct answer *answer = g->answer;
	json_t *array = json_array();
	for (size_t i = 0; i < g->count; i++)
		json_array_append_new(array, json_pack("{s:o, s:I, s:I, s:I, s:f}", "value",
						     json_of_known(g->items[i].name), "documents",
						     (json_int_t)g->items[i].documents, "hits",
						     (json_int_t)g->items[i].hits, "words",
						     (json_int_t)g->items[i].words,
						     "per_10000_words", rate_of(&g->items[i])));
	json_t *object = json_pack("{s:i, s:o, s:o, s:o, s:{s:I, s:b}, s:s, s:o, s:n}", "schema",
		JSON_SCHEMA, "query", json_of_query(answer), "index", json_of_index(answer),
		"completeness", json_of_completeness(answer), "total", "documents",
		(json_int_t)answer->results->total, "exact", !answer->plan->capped, "count_by",
		count_by_name(answer->settings->count_by), "counts", array, "error");
	if (answer->qid)
		json_object_set_new(object, "id", json_of(answer_id(answer)));
	json_print(answer->out, object);
}

lupe_status output_count_by(
	const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct groups g = {.answer = answer, .arena = ARENA_INIT};
	lupe_status status = count_corpus(&g, err);
	if (status == LUPE_OK)
		status = count_results(&g, err);
	settle(&g);
	if (status == LUPE_OK) {
		if (answer->settings->json_counts)
			print_json(&g);
		else if (answer->settings->table)
			print_rows(&g);
		else
			print_chart(&g);
		*ret_printed += g.count;
	}
	groups_done(&g);
	return status;
}
