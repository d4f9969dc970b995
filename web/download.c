/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Downloads. CSV as German spreadsheets read it (semicolons, a byte order mark), with a quotation
 * mark before what they would take for a formula; BibTeX with braces that cannot be closed from
 * within; JSON without what is of use to developers only.
 */
#include "web/download.h"

#include "web/lupe.h"
#include "web/utf8.h"

/* ---- CSV ---- */

static bool looks_like_formula(struct span text)
{
	return text.len && strchr("=+-@\t\r", text.ptr[0]) != NULL;
}

static void csv_field(struct buf *out, struct span text, bool last)
{
	buf_add_byte(out, '"');
	if (looks_like_formula(text))
		buf_add_byte(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buf_add_byte(out, '"');
		buf_add_byte(out, (unsigned char)text.ptr[i] < 0x20 ? ' ' : text.ptr[i]);
	}
	buf_add_string(out, last ? "\"\r\n" : "\";");
}

static void csv_number(struct buf *out, long long number)
{
	if (number)
		buf_printf(out, "%lld", number);
	buf_add_byte(out, ';');
}

static void add_snippet(struct buf *out, const json_t *hit)
{
	size_t i;
	json_t *piece;
	json_array_foreach(json_object_get(hit, "snippet"), i, piece)
	{
		buf_add_span(out, json_text(piece, "t"));
	}
}

static void csv_result(struct buf *out, const json_t *result, struct arena *arena)
{
	const json_t *hit = json_array_get(json_object_get(result, "hits"), 0);
	struct span body = json_text(result, "body");
	BUF_SCOPED(snippet);
	add_snippet(&snippet, hit);
	csv_number(out, json_number(result, "rank"));
	csv_field(out, json_text(result, "title"), false);
	csv_field(out, json_text(json_object_get(result, "date"), "value"), false);
	csv_field(out, body.len ? body : json_text(result, "author"), false);
	csv_field(out, text_type_name(json_text(result, "type")), false);
	csv_field(out, json_path(result, arena), false);
	csv_number(out, json_number(result, "hits_total"));
	csv_number(out, json_number(hit, "page"));
	csv_field(out, buf_span(&snippet), true);
}

static void write_csv(struct buf *out, const struct language *language, const json_t *results,
	struct arena *arena)
{
	size_t i;
	json_t *result;
	buf_printf(out, "\xEF\xBB\xBF%s\r\n", language->texts[T_CSV_HEAD]);
	json_array_foreach((json_t *)results, i, result)
	{
		csv_result(out, result, arena);
	}
}

/* ---- BibTeX ---- */

/* Braces would close the value, a backslash begin a command. */
static void bib_text(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if ((unsigned char)c < 0x20 || c == '{' || c == '}' || c == '\\') {
			buf_add_byte(out, ' ');
			continue;
		}
		if (strchr("%&$#_", c))
			buf_add_byte(out, '\\');
		buf_add_byte(out, c);
	}
}

static void bib_field(struct buf *out, const char *name, struct span value)
{
	if (!value.len)
		return;
	buf_printf(out, ",\n  %s = {", name);
	bib_text(out, value);
	buf_add_byte(out, '}');
}

static void bib_result(struct buf *out, const json_t *result, struct arena *arena)
{
	const json_t *hit = json_array_get(json_object_get(result, "hits"), 0);
	struct span date = json_text(json_object_get(result, "date"), "value");
	struct span author = json_text(result, "author"), body = json_text(result, "body");
	struct span page = json_text(hit, "page_label");
	struct span year = date.len >= 4 ? (struct span){date.ptr, 4} : date;
	buf_printf(out, "@misc{lupe%lld,\n  title = {{", json_number(result, "rank"));
	bib_text(out, json_text(result, "title"));
	buf_add_string(out, "}}");
	if (author.len || body.len) { /* the name of a body is not taken apart */
		buf_add_string(out, ",\n  author = {{");
		bib_text(out, author.len ? author : body);
		buf_add_string(out, "}}");
	}
	if (author.len)
		bib_field(out, "publisher", body);
	bib_field(out, "year", year);
	bib_field(out, "date", date);
	bib_field(out, "howpublished", json_path(result, arena));
	bib_field(out, "pages", page);
	buf_add_string(out, "\n}\n\n");
}

static void write_bib(struct buf *out, const json_t *results, struct arena *arena)
{
	size_t i;
	json_t *result;
	json_array_foreach((json_t *)results, i, result)
	{
		bib_result(out, result, arena);
	}
}

/* ---- JSON ---- */

static void write_json(struct buf *out, const json_t *json)
{
	json_t *copy = json_copy((json_t *)json);
	json_t *query = json_copy(json_object_get(json, "query"));
	json_object_del(query, "parsed");
	json_object_set_new(copy, "query", query);
	json_object_del(copy, "took_ms");
	char *text = json_dumps(copy, JSON_INDENT(1) | JSON_REAL_PRECISION(8));
	buf_printf(out, "%s\n", text);
	free(text);
	json_decref(copy);
}

void download_write(struct response *response, const struct language *language, struct span path,
	const json_t *json)
{
	const json_t *results = json_object_get(json, "results");
	struct arena arena = ARENA_INIT;
	const char *name;
	response->policy = POLICY_DATA;
	if (span_ends(path, SPAN(".csv"))) {
		name = "ergebnisse.csv";
		response->type = "text/csv; charset=utf-8";
		write_csv(&response->body, language, results, &arena);
	} else if (span_ends(path, SPAN(".bib"))) {
		name = "ergebnisse.bib";
		response->type = "application/x-bibtex; charset=utf-8";
		write_bib(&response->body, results, &arena);
	} else {
		name = "ergebnisse.json";
		response->type = "application/json";
		write_json(&response->body, json);
	}
	buf_printf(&response->disposition, "attachment; filename=\"%s\"", name);
	arena_done(&arena);
}
