/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Remembers of each page what stands at its edges, as hashes: of the whole text, and of the text
 * without a number at its begin or end, with what the number is ahead of the page. Furniture is
 * what has equals at the same place near by. A heading that happens to stand on top of three
 * chapters has none near by and stays; so do the rows of a table that goes on over pages, since
 * numbers alone count only when they count with the pages.
 */
#include "indexer/extract/pdf_furniture.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "indexer/extract/pdf_number.h"

enum {
	ROWS = 3, /* at the top, and at the bottom, that are looked at */
	EDGE_SEGMENTS_MOST = 64,
	EQUALS_LEAST = 3, /* pages, this one included */
	TEXT_MOST = 200,
	LABELLED_LEAST = 3, /* pages */
};
static const float edge_height = 0.15F; /* of the page's height */
static const float tolerance = 4;       /* points */

struct mark {
	uint64_t whole; /* 0: has no letter */
	uint64_t rest;  /* without the number; 0: has no number */
	int32_t ahead;  /* the number less the page's */
	uint32_t number;
	float x, y;
	uint32_t segment;
	bool roman, alone;
	uint8_t turn;
	uint8_t edge, row; /* the rows of an edge are counted inwards from 1 */
};

enum { EDGE_NONE, EDGE_TOP, EDGE_BOTTOM, EDGE_COUNT };

void furniture_done(struct furniture *furniture)
{
	free(furniture->marks);
	free(furniture->page_begins);
	free(furniture->printed);
	*furniture = (struct furniture){0};
}

/* Without the number, texts with page numbers are the same on all pages. */
static void find_number(struct mark *mark, struct span text, uint32_t page)
{
	struct page_number number;

	if (!page_number_find(text, &number))
		return;
	mark->number = number.number;
	mark->roman = number.roman;
	mark->alone = number.alone;
	mark->ahead = (int32_t)number.number - (int32_t)page;
	mark->rest = number.alone ? 1U + number.roman : hash64(number.rest) | 4U;
}

static bool has_letter(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (isalpha((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] == 0xc3)
			return true;
	return false;
}

/* ---- learning ---- */

/* Segments that cannot be furniture are marked too: they tell that their row is none. */
static void add_mark(
	struct furniture *furniture, const struct page *page, size_t at, uint8_t edge, uint8_t row)
{
	const struct segment *segment = &page->segments[at];
	struct span text = segment_text(page, segment);
	struct mark mark = {
		.x = segment->area.x1,
		.y = segment->area.y1,
		.segment = (uint32_t)at,
		.turn = segment->turn,
		.edge = edge,
		.row = row,
	};

	if (text.len <= TEXT_MOST) {
		find_number(&mark, text, page->number);
		if (has_letter(text))
			mark.whole = hash64(text) | 1;
	}
	ARRAY_GROW(furniture->marks, furniture->count, furniture->capacity);
	furniture->marks[furniture->count++] = mark;
}

struct edge_segment {
	float middle;
	size_t at;
};

static int compare_edges(const void *a, const void *b)
{
	const struct edge_segment *s = a, *t = b;

	return (s->middle > t->middle) - (s->middle < t->middle);
}

/* Marks the outermost rows of the `count` segments at one edge of the page. */
static void add_rows(struct furniture *furniture, const struct page *page,
	struct edge_segment *list, size_t count, uint8_t edge)
{
	uint8_t rows = 0;

	qsort(list, count, sizeof(*list), compare_edges);
	for (size_t i = 0; i < count; i++) {
		const struct area *area = &page->segments[list[i].at].area;

		if (i == 0 || !area_same_line(area, &page->segments[list[i - 1].at].area))
			rows++;
		if (rows > ROWS)
			return;
		add_mark(furniture, page, list[i].at, edge, rows);
	}
}

void furniture_learn(struct furniture *furniture, const struct page *page)
{
	struct edge_segment top[EDGE_SEGMENTS_MOST] = {{0}}, bottom[EDGE_SEGMENTS_MOST] = {{0}};
	size_t top_count = 0, bottom_count = 0;
	size_t first = furniture->count;

	ARRAY_GROW(furniture->page_begins, furniture->page_count, furniture->page_capacity);
	furniture->page_begins[furniture->page_count++] = first;
	for (size_t i = 0; i < page->count; i++) {
		const struct segment *s = &page->segments[i];
		float middle = (s->area.y1 + s->area.y2) / 2;

		if (s->turn != TURN_RIGHT) {
			if (furniture->count - first < EDGE_SEGMENTS_MOST)
				add_mark(furniture, page, i, EDGE_NONE, 0);
		} else if (middle < page->height * edge_height && top_count < EDGE_SEGMENTS_MOST) {
			top[top_count++] = (struct edge_segment){middle, i};
		} else if (middle > page->height * (1 - edge_height) &&
			   bottom_count < EDGE_SEGMENTS_MOST) {
			bottom[bottom_count++] = (struct edge_segment){-middle, i};
		}
	}
	add_rows(furniture, page, top, top_count, EDGE_TOP);
	add_rows(furniture, page, bottom, bottom_count, EDGE_BOTTOM);
}

/* ---- marking ---- */

static void page_marks(
	const struct furniture *furniture, size_t page, const struct mark **ret, size_t *ret_count)
{
	size_t begin = furniture->page_begins[page - 1];
	size_t end = page < furniture->page_count ? furniture->page_begins[page] : furniture->count;

	*ret = furniture->marks ? furniture->marks + begin : NULL;
	*ret_count = end - begin;
}

static bool is_at(const struct mark *a, const struct mark *b)
{
	return a->turn == b->turn && fabsf(a->y - b->y) <= tolerance;
}

static bool is_same_text(const struct mark *a, const struct mark *b)
{
	return a->whole && a->whole == b->whole && is_at(a, b);
}

static bool counts_with_pages(const struct mark *a, const struct mark *b)
{
	return a->rest && a->rest == b->rest && a->ahead == b->ahead && is_at(a, b);
}

typedef bool equal_function(const struct mark *a, const struct mark *b);

/* Whether enough pages around have an equal, this one included. */
static bool has_equals(const struct furniture *furniture, const struct mark *mark, uint32_t page,
	uint32_t least, equal_function *equal)
{
	uint32_t around = FURNITURE_PAGES_AROUND, count = 0;
	size_t from = page > around ? page - around : 1;

	for (size_t p = from; p <= page + around && p <= furniture->page_count; p++) {
		const struct mark *marks;
		size_t mark_count;

		page_marks(furniture, p, &marks, &mark_count);
		for (size_t i = 0; i < mark_count; i++)
			if (equal(mark, &marks[i])) {
				count++;
				break;
			}
	}
	return count >= least;
}

static bool is_numbered(
	const struct furniture *furniture, const struct mark *mark, uint32_t page, uint32_t pages)
{
	uint32_t least = pages > EQUALS_LEAST ? EQUALS_LEAST : 2;

	if (pages == 1)
		return mark->alone && mark->number == 1;
	return has_equals(furniture, mark, page, least, counts_with_pages);
}

static bool is_repeated(
	const struct furniture *furniture, const struct mark *mark, uint32_t page, uint32_t pages)
{
	uint32_t least = pages > EQUALS_LEAST ? EQUALS_LEAST : 2;

	return pages > 1 && has_equals(furniture, mark, page, least, is_same_text);
}

struct row {
	size_t segments, furniture;
	bool numbered;
};

/*
 * Which rows of an edge are furniture: those that are nothing else, from the outermost on inwards,
 * and the outermost if the page's number stands in it. The head of a table that goes on over pages
 * mostly has other rows around it.
 */
static size_t furniture_rows(const struct row rows[ROWS + 1])
{
	size_t row = 1;

	while (row <= ROWS && rows[row].segments && rows[row].furniture == rows[row].segments)
		row++;
	return row == 1 && rows[1].numbered ? 1 : row - 1;
}

void furniture_mark(struct furniture *furniture, struct page *page, uint32_t pages)
{
	const struct mark *marks;
	size_t count, last[EDGE_COUNT];
	struct row rows[EDGE_COUNT][ROWS + 1] = {{{0}}};
	struct printed printed = {0, false};

	page_marks(furniture, page->number, &marks, &count);
	for (size_t i = 0; i < count; i++) {
		struct segment *segment = &page->segments[marks[i].segment];
		struct row *row = &rows[marks[i].edge][marks[i].row];
		bool numbered = is_numbered(furniture, &marks[i], page->number, pages);

		segment->page_number = numbered && marks[i].alone;
		segment->dropped =
			numbered || is_repeated(furniture, &marks[i], page->number, pages);
		row->segments++;
		row->furniture += segment->dropped;
		row->numbered |= numbered;
	}
	for (int edge = 0; edge < EDGE_COUNT; edge++)
		last[edge] = edge ? furniture_rows(rows[edge]) : 0;
	for (size_t i = 0; i < count; i++) {
		struct segment *segment = &page->segments[marks[i].segment];

		segment->dropped &= marks[i].row <= last[marks[i].edge];
		if (segment->dropped && !printed.number &&
			is_numbered(furniture, &marks[i], page->number, pages))
			printed = (struct printed){marks[i].number, marks[i].roman};
	}
	ARRAY_GROW(furniture->printed, furniture->printed_count, furniture->printed_capacity);
	furniture->printed[furniture->printed_count++] = printed;
}

/* ---- labels ---- */

/* The printed number nearest to page `at`; the one before it where both are as near. */
static size_t nearest(const struct furniture *furniture, size_t at)
{
	size_t n = furniture->printed_count;

	for (size_t step = 0; step < n; step++) {
		if (step <= at && furniture->printed[at - step].number)
			return at - step;
		if (at + step < n && furniture->printed[at + step].number)
			return at + step;
	}
	return at;
}

static void add_label(const struct furniture *furniture, size_t at, struct buf *ret)
{
	size_t known = nearest(furniture, at);
	const struct printed *printed = &furniture->printed[known];
	int64_t number = (int64_t)printed->number + (int64_t)at - (int64_t)known;

	if (number > 0 && printed->roman)
		page_number_add_roman(ret, (uint32_t)number);
	else if (number > 0)
		buf_printf(ret, "%u", (unsigned)number);
	buf_add_byte(ret, '\0');
}

void furniture_labels(const struct furniture *furniture, struct buf *ret)
{
	size_t labelled = 0, same = 0, n = furniture->printed_count;

	for (size_t i = 0; i < n; i++) {
		labelled += furniture->printed[i].number != 0;
		same += furniture->printed[i].number == i + 1 && !furniture->printed[i].roman;
	}
	if (labelled < LABELLED_LEAST || labelled * 2 < n || same == labelled)
		return;
	for (size_t i = 0; i < n; i++)
		add_label(furniture, i, ret);
}
