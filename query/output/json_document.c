/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A stretch of one document's stored text, in blocks, with every hit in it: what a page needs that
 * shows a document as it was searched. The stretch begins and ends at line ends.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/output/json_parts.h"
#include "text/utf8.h"

enum { DEFAULT_BYTES = 64 * 1024, LINE_REACH = 4096 };

struct stretch {
	uint32_t begin, end;
	struct buf text;
	struct place *places; /* of the hits in it, in order */
	size_t place_count;
	size_t first_hit, hit_end; /* the document's hits in it */
};

/* Where the line that holds byte `at` begins, if that is near. */
static lupe_status back_to_line(struct document *d, uint32_t *at, struct lupe_error *err)
{
	BUF_SCOPED(before);
	uint32_t from = *at > LINE_REACH ? *at - LINE_REACH : 0;
	lupe_status status = document_range(d, from, *at, &before, err);
	if (status != LUPE_OK)
		return status;
	for (size_t i = before.len; i > 0; i--)
		if (before.ptr[i - 1] == '\n') {
			*at = from + (uint32_t)i;
			return LUPE_OK;
		}
	*at = from == 0 ? 0 : from + (uint32_t)utf8_whole(buf_string(&before), before.len);
	return LUPE_OK;
}

/* Ends the stretch behind its last line end, if it is not that of the text. */
static void cut_at_line(struct stretch *s, size_t text_bytes)
{
	size_t len = s->text.len;
	if (s->begin + len < text_bytes) {
		while (len > 0 && s->text.ptr[len - 1] != '\n')
			len--;
		if (len == 0)
			len = utf8_whole(s->text.ptr, s->text.len);
		s->text.len = len;
	}
	s->end = s->begin + (uint32_t)len;
}

static lupe_status read_hits(struct document *d, struct stretch *s, struct lupe_error *err)
{
	size_t first, kept = 0;
	size_t count = document_hits_near(d, s->begin, s->end, &first) - first;
	s->first_hit = s->hit_end = first;
	s->places = mem_alloc((count + 1) * sizeof(*s->places));
	lupe_status status = document_locate(d, first, count, s->places, err);
	if (status != LUPE_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		const struct place *place = &s->places[i];
		s->first_hit += place->begin < s->begin;
		s->hit_end += place->begin < s->end;
		if (place->begin >= s->begin && place->begin < s->end)
			s->places[kept++] = *place;
	}
	s->place_count = kept;
	places_sort(s->places, kept);
	return LUPE_OK;
}

static json_t *hits_of(
	const struct stretch *s, struct finder *finder, lupe_status *status, struct lupe_error *err)
{
	json_t *array = json_array();
	for (size_t i = 0; i < s->place_count && *status == LUPE_OK; i++) {
		const struct place *place = &s->places[i];
		struct where where = {.line = 0};
		struct span heading = SPAN("");
		*status = finder_find(finder, place->begin, place->line, &where, err);
		if (*status == LUPE_OK)
			*status = finder_heading(finder, place->begin, &heading, err);
		json_array_append_new(
			array, json_pack("{s:I, s:I, s:i, s:o, s:o, s:o, s:i, s:o}", "begin",
				       (json_int_t)place->begin, "end", (json_int_t)place->end, "m",
				       (int)place->leaf, "via", json_of_vias(1u << place->via),
				       "page", json_of_number(where.page), "page_label",
				       json_of_known(where.label), "line", (int)where.line,
				       "heading", json_of_known(heading)));
	}
	return array;
}

/* The pieces of bytes [begin, end) of the document, which lie in the stretch. */
static json_t *pieces_of(const struct stretch *s, uint32_t begin, uint32_t end)
{
	struct mark *marks = mem_alloc((s->place_count + 1) * sizeof(*marks));
	size_t count = 0;
	uint32_t after = begin;
	for (size_t i = 0; i < s->place_count; i++) {
		const struct place *place = &s->places[i];
		if (place->begin < after || place->begin >= end)
			continue;
		after = place->end < end ? place->end : end;
		marks[count++] = (struct mark){place->begin - begin, after - begin, place->leaf};
	}
	struct span text = {s->text.ptr + (begin - s->begin), end - begin};
	json_t *pieces = json_of_segments(text, marks, count);
	free(marks);
	return pieces;
}

static lupe_status add_block(json_t *array, const struct answer *answer, const struct stretch *s,
	const struct block *block, uint32_t end, struct lupe_error *err)
{
	static const char *const kinds[] = {"text", "title", "heading", "row", "note"};
	struct where where;
	uint32_t begin = block->begin > s->begin ? block->begin : s->begin;
	end = end < s->end ? end : s->end;
	if (begin >= end)
		return LUPE_OK;
	lupe_status status = finder_find(answer->finder, begin, 1, &where, err);
	if (status == LUPE_OK)
		json_array_append_new(
			array, json_pack("{s:s, s:o, s:o, s:o, s:I, s:I, s:o}", "kind",
				       kinds[block->kind <= BLOCK_NOTE ? block->kind : 0], "level",
				       json_of_number(block->level), "page",
				       json_of_number(where.page), "page_label",
				       json_of_known(where.label), "begin", (json_int_t)begin,
				       "end", (json_int_t)end, "text", pieces_of(s, begin, end)));
	return status;
}

static json_t *blocks_of(const struct answer *answer, const struct stretch *s, lupe_status *status,
	struct lupe_error *err)
{
	size_t count;
	const struct block *blocks = document_blocks(answer->document, &count);
	json_t *array = json_array();
	for (size_t i = 0; i < count && *status == LUPE_OK; i++)
		*status = add_block(array, answer, s, &blocks[i],
			i + 1 < count ? blocks[i + 1].begin : UINT32_MAX, err);
	return array;
}

/* Where hit number `hit` begins; null if there is none. */
static json_t *begin_of_hit(
	struct document *d, size_t hit, lupe_status *status, struct lupe_error *err)
{
	size_t count;
	struct place place;
	document_hits(d, &count);
	if (*status != LUPE_OK || hit >= count)
		return json_null();
	*status = document_locate(d, hit, 1, &place, err);
	return *status == LUPE_OK ? json_integer((json_int_t)place.begin) : json_null();
}

static lupe_status read_stretch(
	const struct answer *answer, struct stretch *s, struct lupe_error *err)
{
	const struct settings *settings = answer->settings;
	struct document *d = answer->document;
	size_t bytes = document_bytes(d), offset = settings->search.offset;
	size_t limit = settings->limit_given ? settings->search.limit : DEFAULT_BYTES;
	s->begin = (uint32_t)(offset < bytes ? offset : bytes);
	lupe_status status = back_to_line(d, &s->begin, err);
	size_t end = limit < bytes - s->begin ? s->begin + limit : bytes;
	if (status == LUPE_OK)
		status = document_range(d, s->begin, (uint32_t)end, &s->text, err);
	cut_at_line(s, bytes);
	return status == LUPE_OK ? read_hits(d, s, err) : status;
}

static lupe_status print_stretch(
	const struct answer *answer, const struct stretch *s, struct lupe_error *err)
{
	struct document *d = answer->document;
	size_t hits_total, bytes = document_bytes(d);
	lupe_status status = LUPE_OK;
	document_hits(d, &hits_total);
	json_t *document = json_object();
	json_set_fields(document, document_fields(d));
	json_t *extra = json_pack("{s:I, s:I, s:{s:I, s:I}, s:o, s:I, s:o, s:o, s:o, s:o}", "bytes",
		(json_int_t)bytes, "hits_total", (json_int_t)hits_total, "window", "begin",
		(json_int_t)s->begin, "end", (json_int_t)s->end, "next",
		s->end < bytes ? json_integer((json_int_t)s->end) : json_null(), "hits_before",
		(json_int_t)s->first_hit, "previous_hit",
		begin_of_hit(d, s->first_hit - 1, &status, err), "next_hit",
		begin_of_hit(d, s->hit_end, &status, err), "blocks",
		blocks_of(answer, s, &status, err), "hits",
		hits_of(s, answer->finder, &status, err));
	json_object_update(document, extra);
	json_decref(extra);
	json_t *object = json_pack("{s:i, s:o, s:o, s:o, s:n}", "schema", JSON_SCHEMA, "query",
		json_of_query(answer), "index", json_of_index(answer), "document", document,
		"error");
	if (status == LUPE_OK)
		json_print(answer->out, object);
	else
		json_decref(object);
	return status;
}

lupe_status output_document(
	const struct answer *answer, uint32_t docid, size_t *ret_printed, struct lupe_error *err)
{
	struct stretch stretch = {.begin = 0};
	lupe_status status = document_open(answer->document, docid, answer->plan, err);
	finder_reset(answer->finder);
	if (status == LUPE_OK)
		status = read_stretch(answer, &stretch, err);
	if (status == LUPE_OK)
		status = print_stretch(answer, &stretch, err);
	*ret_printed += status == LUPE_OK;
	buf_done(&stretch.text);
	free(stretch.places);
	return status;
}
