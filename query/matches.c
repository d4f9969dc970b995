/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The matches of a regular expression in a document: its text is read frame by frame. They have
 * bytes and lines at once; their positions, by which windows are chosen, are estimated from the
 * bytes.
 */
#include "base/mem.h"
#include "query/document_internal.h"
#include "query/regex.h"

static uint32_t count_lines(const char *from, const char *to)
{
	uint32_t lines = 0;
	while (from < to && (from = memchr(from, '\n', (size_t)(to - from)))) {
		lines++;
		from++;
	}
	return lines;
}

static void add_match(
	struct document *d, const struct leaf *leaf, struct place place, uint32_t position)
{
	ARRAY_GROW(d->hits.items, d->hits.count, d->hits.capacity);
	d->hits.items[d->hits.count++] = (struct hit){.position = position,
		.words = 1,
		.leaf = (uint16_t)leaf->index,
		.match = (uint32_t)d->match_count};
	ARRAY_GROW(d->matches, d->match_count, d->match_capacity);
	d->matches[d->match_count++] = place;
}

static lupe_status read_frame(
	struct document *d, const struct leaf *leaf, size_t index, struct lupe_error *err)
{
	const struct frame *frame = record_frame(d->record, index);
	bool last = index + 1 == record_frame_count(d->record);
	uint32_t words =
		last ? (frame->end - frame->begin) / 8
		     : record_frame(d->record, index + 1)->first_position - frame->first_position;
	struct span text;
	size_t begin, end = 0, counted = 0;
	uint32_t line = frame->first_line;
	lupe_status status = record_frame_text(d->record, index, &text, err);
	while (status == LUPE_OK &&
		(status = regex_find(leaf->regex, text, end, &begin, &end, err)) == LUPE_OK) {
		line += count_lines(text.ptr + counted, text.ptr + begin);
		counted = begin;
		struct place place = {.begin = frame->begin + (uint32_t)begin,
			.end = frame->begin + (uint32_t)end,
			.line = line,
			.frame = (uint32_t)index,
			.leaf = (uint16_t)leaf->index,
			.via = VIA_EXACT,
			.as_written = true};
		uint64_t share = (uint64_t)words * begin / (text.len ? text.len : 1);
		add_match(d, leaf, place, frame->first_position + (uint32_t)share);
	}
	return status == LUPE_END ? LUPE_OK : status;
}

lupe_status matches_read(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < record_frame_count(d->record) && status == LUPE_OK; i++)
		status = read_frame(d, leaf, i, err);
	return status;
}
