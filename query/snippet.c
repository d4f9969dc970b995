/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Choosing windows works on positions alone; text is read only for the windows that are shown. A
 * snippet keeps within its frame of text and within a paragraph.
 */
#include "query/snippet.h"

#include <stdlib.h>

#include "base/mem.h"

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

/* From `at` back: the beginning of the line, or of the last `room` bytes of it, at a blank. */
static const char *reach_back(const char *at, const char *begin, size_t room, bool *ret_cut)
{
	const char *limit = (size_t)(at - begin) > room ? at - room : begin;
	const char *word = at;
	*ret_cut = false;
	for (const char *p = at; p > limit; p--) {
		if (p[-1] == '\n')
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

/* Appends text with line ends and tabs as blanks. */
static void add_one_line(struct buf *out, const char *begin, const char *end)
{
	size_t at = out->len;
	buf_add(out, begin, (size_t)(end - begin));
	for (; at < out->len; at++)
		if (out->ptr[at] == '\n' || out->ptr[at] == '\t')
			out->ptr[at] = ' ';
}

static void add_marks(struct snippet *snippet, const struct place *places, size_t count,
	uint32_t begin, uint32_t end)
{
	for (size_t i = 0; i < count && snippet->mark_count < SNIPPET_MAX_MARKS; i++) {
		const struct place *place = &places[i];
		size_t marks = snippet->mark_count;
		uint32_t after = marks ? snippet->marks[marks - 1].end + begin : begin;
		if (place->begin < after || place->end > end || place->frame != places[0].frame)
			continue;
		snippet->vias |= 1u << place->via;
		snippet->marks[snippet->mark_count++] =
			(struct mark){place->begin - begin, place->end - begin, place->leaf};
	}
}

static lupe_status read_window(struct document *document, const struct window *window, size_t width,
	struct snippet *ret, struct lupe_error *err)
{
	struct place *places = mem_alloc(window->count * sizeof(*places));
	struct span text;
	uint32_t frame_begin;
	lupe_status status = document_locate(document, window->first, window->count, places, err);
	if (status == LUPE_OK)
		status = document_frame(document, places[0].frame, &text, &frame_begin, err);
	if (status == LUPE_OK) {
		const char *end = text.ptr + text.len;
		const char *first = text.ptr + (places[0].begin - frame_begin);
		const char *first_end = text.ptr + (places[0].end - frame_begin);
		first_end = first_end < end ? first_end : end;
		const char *from = reach_back(first, text.ptr, width / 3, &ret->cut_begin);
		size_t used = (size_t)(first_end - from);
		const char *to =
			reach_on(first_end, end, used < width ? width - used : 0, &ret->cut_end);
		buf_clear(&ret->text);
		ret->mark_count = 0;
		ret->vias = 0;
		ret->line = places[0].line;
		add_one_line(&ret->text, from, to);
		add_marks(ret, places, window->count, frame_begin + (uint32_t)(from - text.ptr),
			frame_begin + (uint32_t)(to - text.ptr));
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

lupe_status snippets_read(struct snippets *ret, struct document *document, const struct plan *plan,
	size_t room, size_t width, struct lupe_error *err)
{
	struct window windows[SNIPPETS_MAX];
	size_t hit_count;
	const struct hit *hits = document_hits(document, &hit_count);
	uint32_t read = 0;
	ret->count = choose_windows(
		hits, hit_count, plan, windows, room < SNIPPETS_MAX ? room : SNIPPETS_MAX);
	for (size_t i = 0; i < ret->count; i++) {
		size_t next = next_unread(windows, ret->count, read);
		lupe_status status =
			read_window(document, &windows[next], width, &ret->items[next], err);
		if (status != LUPE_OK)
			return status;
		read |= 1u << next;
	}
	return LUPE_OK;
}

void snippets_done(struct snippets *snippets)
{
	for (size_t i = 0; i < SNIPPETS_MAX; i++)
		buf_done(&snippets->items[i].text);
}
