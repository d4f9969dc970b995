/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hits are located a frame at a time. Lines are looked for in the frame that holds them; only a
 * line so long that it was cut goes on in the next one.
 */
#include "query/places.h"

#include <stdlib.h>

#include "base/mem.h"
#include "query/document_internal.h"

void places_start(struct places *places, struct document *document)
{
	places->document = document;
	places->next = 0;
	places->count = 0;
}

void places_done(struct places *places)
{
	free(places->items);
	*places = (struct places){.count = 0};
}

lupe_status places_next(struct places *places, struct lupe_error *err)
{
	struct document *d = places->document;
	size_t first = places->next, end = first + 1;
	places->count = 0;
	if (first >= d->hits.count)
		return LUPE_END;
	size_t frame = record_frame_of_position(d->record, d->hits.items[first].position);
	uint32_t behind = frame + 1 < record_frame_count(d->record)
				  ? record_frame(d->record, frame + 1)->first_position
				  : UINT32_MAX;
	while (end < d->hits.count && d->hits.items[end].position < behind)
		end++;
	places->next = end;
	places->count = end - first;
	if (places->room < places->count) {
		places->room = places->count;
		places->items =
			mem_realloc_array(places->items, places->room, sizeof(*places->items));
	}
	lupe_status status = document_locate(d, first, places->count, places->items, err);
	if (status == LUPE_OK)
		places_sort(places->items, places->count);
	return status;
}

/* ---- lines ---- */

/* Where the line that holds `at` begins, from frame `index` back. */
static lupe_status find_begin(
	struct document *d, size_t index, uint32_t at, uint32_t *ret, struct lupe_error *err)
{
	for (;; index--) {
		const struct frame *frame = record_frame(d->record, index);
		struct span text;
		lupe_status status = record_frame_text(d->record, index, &text, err);
		if (status != LUPE_OK)
			return status;
		const char *feed =
			at > frame->begin ? memrchr(text.ptr, '\n', at - frame->begin) : NULL;
		*ret = feed ? frame->begin + (uint32_t)(feed + 1 - text.ptr) : frame->begin;
		at = frame->begin;
		if (feed || index == 0)
			return LUPE_OK;
	}
}

static lupe_status find_end(
	struct document *d, size_t index, uint32_t at, uint32_t *ret, struct lupe_error *err)
{
	for (;; index++) {
		const struct frame *frame = record_frame(d->record, index);
		struct span text;
		lupe_status status = record_frame_text(d->record, index, &text, err);
		if (status != LUPE_OK)
			return status;
		const char *from = text.ptr + (at - frame->begin);
		const char *feed = at < frame->end ? memchr(from, '\n', frame->end - at) : NULL;
		*ret = feed ? frame->begin + (uint32_t)(feed - text.ptr) : frame->end;
		at = frame->end;
		if (feed || index + 1 == record_frame_count(d->record))
			return LUPE_OK;
	}
}

lupe_status line_at(struct document *d, uint32_t at, struct line *ret, struct lupe_error *err)
{
	size_t index = document_frame_of_byte(d, at);
	lupe_status status = find_begin(d, index, at, &ret->begin, err);
	return status == LUPE_OK ? find_end(d, index, at, &ret->end, err) : status;
}

lupe_status line_next(struct document *d, struct line *line, struct lupe_error *err)
{
	if (line->end + 1 >= document_bytes(d))
		return LUPE_END;
	uint32_t begin = line->end + 1;
	lupe_status status = find_end(d, document_frame_of_byte(d, begin), begin, &line->end, err);
	line->begin = begin;
	line->number++;
	return status;
}

lupe_status line_previous(struct document *d, struct line *line, struct lupe_error *err)
{
	if (line->begin == 0)
		return LUPE_END;
	line->end = line->begin - 1;
	line->number--;
	return find_begin(d, document_frame_of_byte(d, line->end), line->end, &line->begin, err);
}
