/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of JSON objects. Texts are segments, marked or not, never markup. Strings are UTF-8 by
 * construction, but for paths: one that is not goes into path_b64.
 */
#include "query/output/json_parts.h"

#include "base/hash.h"
#include "query/web.h"
#include "store/schema.h"
#include "text/decode.h"

enum { DUPLICATES_MAX = 100 };

json_t *json_of(struct span s)
{
	json_t *string = json_stringn(s.ptr ? s.ptr : "", s.len);
	return string ? string : json_null();
}

json_t *json_of_known(struct span s)
{
	return s.len ? json_of(s) : json_null();
}

json_t *json_of_number(uint32_t number)
{
	return number ? json_integer(number) : json_null();
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
	return json_of(buf_span(&out));
}

void json_set_path(json_t *object, struct span path)
{
	bool utf8 = utf8_valid(path);
	json_object_set_new(object, "path", utf8 ? json_of(path) : json_null());
	json_object_set_new(object, "path_b64", utf8 ? json_null() : base64_of(path));
}

static json_t *date_of(const struct record_fields *fields)
{
	const char *source = date_source_name((enum date_source)fields->date_source);
	if (!fields->date.len)
		return json_null();
	return json_pack("{s:o, s:s?}", "value", json_of(fields->date), "source", source);
}

void json_set_fields(json_t *object, const struct record_fields *fields)
{
	json_set_path(object, fields->path);
	json_object_set_new(object, "type", json_of_known(fields->type));
	json_object_set_new(object, "title", json_of_known(fields->title));
	json_object_set_new(object, "author", json_of_known(fields->author));
	json_object_set_new(object, "body", json_of_known(fields->body));
	json_object_set_new(object, "language", json_of_known(fields->language));
	json_object_set_new(object, "date", date_of(fields));
	json_object_set_new(object, "pages", json_of_number(fields->pages));
}

json_t *json_of_query(const struct answer *answer)
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
		json_of(answer->request->input), "parsed",
		json_of((struct span){parsed.bytes.ptr, parsed.bytes.len}), "match",
		modes[answer->settings->search.match], "notices", notices, "did_you_mean",
		json_of_known(answer->request->did_you_mean), "corrected",
		(int)answer->request->corrected);
	xc_blob_done(&parsed);
	return object;
}

json_t *json_of_index(const struct answer *answer)
{
	const struct manifest *manifest = index_manifest(answer->index);
	xc_database *db = index_database(answer->index);
	struct xc_blob uuid = XC_BLOB_INIT;
	uint64_t revision = 0; /* only a single local database has one */
	bool has_revision = xc_database_revision(db, &revision, NULL) == LUPE_OK;
	xc_database_uuid(db, &uuid, NULL);
	json_t *object = json_pack("{s:s, s:s, s:o, s:o}", "built", manifest->built, "analyser",
		manifest->analyser, "uuid",
		json_of_known((struct span){uuid.bytes.ptr, uuid.bytes.len}), "revision",
		has_revision ? json_integer((json_int_t)revision) : json_null());
	xc_blob_done(&uuid);
	return object;
}

json_t *json_of_completeness(const struct answer *answer)
{
	const struct manifest *manifest = index_manifest(answer->index);
	return json_pack("{s:I, s:I, s:I, s:I}", "files", (json_int_t)manifest->files, "searchable",
		(json_int_t)manifest->searchable, "no_text", (json_int_t)manifest->no_text,
		"failed", (json_int_t)manifest->failed);
}

json_t *json_of_vias(unsigned vias)
{
	json_t *array = json_array();
	for (enum via via = VIA_EXACT; via < VIA_COUNT; via++)
		if (vias & 1u << via)
			json_array_append_new(array, json_string(via_name(via)));
	return array;
}

static void add_piece(json_t *segments, struct span text, int m)
{
	if (!text.len)
		return;
	json_t *piece = json_object();
	json_object_set_new(piece, "t", json_of(text));
	if (m >= 0)
		json_object_set_new(piece, "m", json_integer(m));
	json_array_append_new(segments, piece);
}

json_t *json_of_segments(struct span text, const struct mark *marks, size_t count)
{
	json_t *segments = json_array();
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		const struct mark *mark = &marks[i];
		add_piece(segments, (struct span){text.ptr + at, mark->begin - at}, -1);
		add_piece(segments, (struct span){text.ptr + mark->begin, mark->end - mark->begin},
			mark->leaf);
		at = mark->end;
	}
	add_piece(segments, span_skip(text, at), -1);
	return segments;
}

json_t *json_of_snippet(const struct snippet *snippet)
{
	return json_pack("{s:I, s:o, s:o, s:i, s:o, s:o, s:b, s:b, s:o}", "begin",
		(json_int_t)snippet->begin, "page", json_of_number(snippet->page), "page_label",
		json_of_known(buf_span(&snippet->label)), "line", (int)snippet->line, "heading",
		json_of_known(buf_span(&snippet->heading)), "via", json_of_vias(snippet->vias),
		"cut_begin", (int)snippet->cut_begin, "cut_end", (int)snippet->cut_end, "snippet",
		json_of_segments(buf_span(&snippet->text), snippet->marks, snippet->mark_count));
}

static lupe_status add_duplicate(
	json_t *array, xc_database *db, uint32_t docid, struct lupe_error *err)
{
	xc_document *document = NULL;
	struct xc_bytes path;
	lupe_status status = xc_document_open(db, docid, true, &document, err);
	if (status == LUPE_OK)
		status = xc_document_value(document, SLOT_PATH, &path, err);
	if (status == LUPE_OK) {
		json_t *object = json_object();
		json_set_path(object, (struct span){path.ptr, path.len});
		json_array_append_new(array, object);
	}
	xc_document_close(document);
	return status;
}

lupe_status json_of_duplicates(
	const struct answer *answer, uint32_t docid, json_t **ret, struct lupe_error *err)
{
	xc_database *db = index_database(answer->index);
	xc_postings *postings = NULL;
	struct hash128 hash;
	struct span content;
	uint32_t copy;
	*ret = json_array();
	lupe_status status = document_value(answer->document, SLOT_CONTENT, &content, err);
	if (status != LUPE_OK || !answer->settings->search.collapse || content.len != sizeof(hash))
		return status;
	char term[1 + HASH128_HEX_LEN + 1] = PREFIX_CONTENT;
	memcpy(&hash, content.ptr, sizeof(hash));
	hash128_hex(hash, term + 1);
	status =
		xc_postings_start(db, (struct xc_bytes){term, 1 + HASH128_HEX_LEN}, &postings, err);
	while (status == LUPE_OK && json_array_size(*ret) < DUPLICATES_MAX &&
		(status = xc_postings_next(postings, &copy, NULL, err)) == LUPE_OK)
		if (copy != docid)
			status = add_duplicate(*ret, db, copy, err);
	xc_postings_close(postings);
	return status < 0 ? status : LUPE_OK;
}

void json_print(FILE *out, json_t *object)
{
	web_stop_clock();
	json_dumpf(object, out, JSON_COMPACT | JSON_REAL_PRECISION(8));
	fputc('\n', out);
	json_decref(object);
}
