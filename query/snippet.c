/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Choosing windows works on positions alone; text is read only for the windows that are shown. A
 * snippet keeps within its frame of text and within a paragraph.
 */
#include "query/snippet.h"

#include <stdlib.h>

#include "base/mem.h"
#include "query/oneline.h"

/* Hits that stand near each other: [first, first + count) of the document's hits. */
struct window {
	size_t first, count;
	double score;
};

/* Words from the first to the last hit of a window. */
enum { WINDOW_WORDS = 20 };
/* A further hit of a word that the window already has. */
static const double REPEATED_SCORE = 0.01;

static struct window window_at(
	const struct hit *hits, size_t count, size_t first, const struct plan *plan)
{
	struct window window = {.first = first};
	uint64_t seen = 0;
	for (size_t i = first; i < count; i++) {
		if (hits[i].position - hits[first].position > WINDOW_WORDS)
			break;
		uint64_t bit = (uint64_t)1 << (hits[i].leaf & 63);
		window.score += seen & bit ? REPEATED_SCORE : plan->leaves[hits[i].leaf]->weight;
		seen |= bit;
		window.count++;
	}
	return window;
}

static bool overlaps(const struct window *a, const struct window *b)
{
	return a->first < b->first + b->count && b->first < a->first + a->count;
}

static bool overlaps_any(const struct window *window, const struct window *chosen, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (overlaps(window, &chosen[i]))
			return true;
	return false;
}

static size_t choose_windows(const struct hit *hits, size_t count, const struct plan *plan,
	struct window *ret, size_t room)
{
	size_t chosen = 0;
	while (chosen < room) {
		struct window best = {.score = -1};
		for (size_t i = 0; i < count; i++) {
			struct window window = window_at(hits, count, i, plan);
			if (window.score > best.score && !overlaps_any(&window, ret, chosen))
				best = window;
		}
		if (best.score < 0)
			break;
		ret[chosen++] = best;
	}
	return chosen;
}

static bool is_paragraph_end(const char *at, const char *end)
{
	return *at == '\n' && at + 1 < end && at[1] == '\n';
}

/* From `at` back: the beginning of the line (of a broken word, the line before), or of the last
 * `room` bytes of it, at a blank. */
static const char *reach_back(const char *at, const char *begin, size_t room, bool *ret_cut)
{
	const char *limit = (size_t)(at - begin) > room ? at - room : begin;
	const char *word = at;
	*ret_cut = false;
	for (const char *p = at; p > limit; p--) {
		if (p[-1] == '\n' && !(p - 1 > limit && oneline_is_hyphen(limit, p - 1)))
			return p;
		if (p[-1] == ' ')
			word = p;
	}
	if (limit == begin)
		return begin;
	*ret_cut = true;
	return word;
}

/* From `at` on: at most `room` bytes, to the end of the paragraph or a blank. */
static const char *reach_on(const char *at, const char *end, size_t room, bool *ret_cut)
{
	const char *limit = (size_t)(end - at) > room ? at + room : end;
	const char *word = at;
	*ret_cut = false;
	for (const char *p = at; p < limit; p++) {
		if (is_paragraph_end(p, end))
			return p;
		if (*p == ' ' || *p == '\n')
			word = p;
	}
	if (limit == end)
		return end > at && end[-1] == '\n' ? end - 1 : end;
	*ret_cut = *limit != '\n' && *limit != ' ' ? true : !is_paragraph_end(limit, end);
	return *limit == ' ' || *limit == '\n' ? limit : word;
}

/* Takes the hits that lie in [begin, end) of the document's text, none over another. */
static void add_marks(struct snippet *snippet, const struct place *places, size_t count,
	uint32_t begin, uint32_t end)
{
	uint32_t after = begin;
	for (size_t i = 0; i < count && snippet->mark_count < SNIPPET_MAX_MARKS; i++) {
		const struct place *place = &places[i];
		if (place->begin < after || place->end > end || place->frame != places[0].frame)
			continue;
		snippet->vias |= 1u << place->via;
		snippet->marks[snippet->mark_count++] =
			(struct mark){place->begin - begin, place->end - begin, place->leaf};
		after = place->end;
	}
}

/* The text of a snippet on one line; its marks follow. */
static void add_text(struct snippet *snippet, struct span text)
{
	uint32_t offsets[2 * SNIPPET_MAX_MARKS];
	for (size_t i = 0; i < snippet->mark_count; i++) {
		offsets[2 * i] = snippet->marks[i].begin;
		offsets[2 * i + 1] = snippet->marks[i].end;
	}
	oneline_add(&snippet->text, text, offsets, 2 * snippet->mark_count);
	for (size_t i = 0; i < snippet->mark_count; i++) {
		snippet->marks[i].begin = offsets[2 * i];
		snippet->marks[i].end = offsets[2 * i + 1];
	}
}

static lupe_status read_where(struct snippet *snippet, struct finder *finder,
	const struct place *place, struct lupe_error *err)
{
	struct where where;
	struct span heading;
	lupe_status status = finder_find(finder, place->begin, place->line, &where, err);
	buf_clear(&snippet->label);
	buf_clear(&snippet->heading);
	if (status != LUPE_OK)
		return status;
	snippet->begin = place->begin;
	snippet->page = where.page;
	snippet->line = where.line;
	buf_add_span(&snippet->label, where.label);
	status = finder_heading(finder, place->begin, &heading, err);
	if (status == LUPE_OK)
		buf_add_span(&snippet->heading, heading);
	return status;
}

/* The stretch of a frame around the places: `width` bytes, the first of them in its first third. */
static void cut_stretch(struct snippet *snippet, struct span frame, uint32_t frame_begin,
	const struct place *places, size_t count, size_t width)
{
	const char *end = frame.ptr + frame.len;
	const char *first = frame.ptr + (places[0].begin - frame_begin);
	const char *first_end = frame.ptr + (places[0].end - frame_begin);
	first_end = first_end < end ? first_end : end;
	const char *from = reach_back(first, frame.ptr, width / 3, &snippet->cut_begin);
	size_t used = (size_t)(first_end - from);
	const char *to =
		reach_on(first_end, end, used < width ? width - used : 0, &snippet->cut_end);
	buf_clear(&snippet->text);
	snippet->mark_count = 0;
	snippet->vias = 0;
	add_marks(snippet, places, count, frame_begin + (uint32_t)(from - frame.ptr),
		frame_begin + (uint32_t)(to - frame.ptr));
	add_text(snippet, span_from(from, to));
}

static lupe_status read_window(struct document *document, struct finder *finder,
	const struct window *window, size_t width, struct snippet *ret, struct lupe_error *err)
{
	struct place *places = mem_alloc(window->count * sizeof(*places));
	struct span text;
	uint32_t frame_begin;
	lupe_status status = document_locate(document, window->first, window->count, places, err);
	if (status == LUPE_OK)
		status = document_frame(document, places[0].frame, &text, &frame_begin, err);
	if (status == LUPE_OK) {
		cut_stretch(ret, text, frame_begin, places, window->count, width);
		status = read_where(ret, finder, &places[0], err);
	}
	free(places);
	return status;
}

/* In order of position, so that each frame is analysed once. */
static size_t next_unread(const struct window *windows, size_t count, uint32_t read)
{
	size_t next = count;
	for (size_t i = 0; i < count; i++)
		if (!(read & 1u << i) && (next == count || windows[i].first < windows[next].first))
			next = i;
	return next;
}

lupe_status snippets_read(struct snippets *ret, struct document *document, struct finder *finder,
	const struct plan *plan, size_t room, size_t width, struct lupe_error *err)
{
	struct window windows[SNIPPETS_MAX];
	size_t hit_count;
	const struct hit *hits = document_hits(document, &hit_count);
	uint32_t read = 0;
	finder_reset(finder);
	ret->count = choose_windows(
		hits, hit_count, plan, windows, room < SNIPPETS_MAX ? room : SNIPPETS_MAX);
	for (size_t i = 0; i < ret->count; i++) {
		size_t next = next_unread(windows, ret->count, read);
		lupe_status status = read_window(
			document, finder, &windows[next], width, &ret->items[next], err);
		if (status != LUPE_OK)
			return status;
		read |= 1u << next;
	}
	return LUPE_OK;
}

void snippets_done(struct snippets *snippets)
{
	for (size_t i = 0; i < SNIPPETS_MAX; i++) {
		buf_done(&snippets->items[i].text);
		buf_done(&snippets->items[i].label);
		buf_done(&snippets->items[i].heading);
	}
}
