/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Orders segments: by columns (pdf_columns.c), in each stretch of a column by lines, in a line from
 * left to right. A word that is broken at the end of a table's cell goes on in the cell's next
 * line, so that line is taken at once. Words and blanks are pdf_page.c's, what a line is to the
 * document pdf_emit.c's.
 */
#include "indexer/extract/pdf_layout.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/pdf_cells.h"
#include "indexer/extract/pdf_columns.h"

enum {
	DEPTH_MOST = 16,
	COLUMNS_SEGMENTS_MOST = 3000, /* more are no page of running text */
	LOOK_AHEAD = 64,              /* segments in which a cell's next line is looked for */
};
/* In sizes of the font: from here on a blank separates cells. */
static const float cell_blank = 1.0F;

struct layout_scratch {
	const struct page *page;
	const struct segment **list, **spare;
	bool *taken;      /* by place in the page */
	size_t *row_ends; /* by place of the row's first */
	size_t capacity;
};

void layout_done(struct layout *layout)
{
	if (layout->scratch) {
		free(layout->scratch->list);
		free(layout->scratch->spare);
		free(layout->scratch->taken);
		free(layout->scratch->row_ends);
		free(layout->scratch);
	}
	buf_done(&layout->text);
	free(layout->lines);
	*layout = (struct layout){0};
}

/* Lists are sorted as they are read, so what is taken ahead is remembered apart from its place. */
static bool *taken(const struct layout_scratch *scratch, size_t at)
{
	return &scratch->taken[scratch->list[at] - scratch->page->segments];
}

/* ---- a word that goes on in the next line of its cell ---- */

static bool is_letter_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static size_t hyphen_length(struct span s)
{
	if (span_ends(s, SPAN("-")))
		return 1;
	if (span_ends(s, SPAN("\u2010")))
		return 3;
	return span_ends(s, SPAN("\u00ad")) ? 2 : 0;
}

static bool is_broken(struct span s)
{
	size_t n = hyphen_length(s);

	return n && s.len > n && is_letter_byte(s.ptr[s.len - n - 1]);
}

/* How well `t`, which is below, goes with `s`: as a line that begins there, or is centred there. */
static float distance_below(const struct segment *s, const struct segment *t)
{
	float left = fabsf(t->area.x1 - s->area.x1);
	float middle = fabsf(t->area.x1 + t->area.x2 - s->area.x1 - s->area.x2) / 2;

	return fminf(left, middle) + t->area.y1 - s->area.y1;
}

/* The place of the segment that stands right below the one at `at`; `end` if there is none. */
static size_t find_below(const struct layout_scratch *scratch, size_t at, size_t end)
{
	const struct segment *s = scratch->list[at];
	size_t best = end;

	for (size_t i = at + 1; i < end && i <= at + LOOK_AHEAD; i++) {
		const struct segment *t = scratch->list[i];
		float middle = (s->area.y1 + s->area.y2) / 2;

		if (*taken(scratch, i) || t->area.y1 < middle ||
			t->area.y1 > s->area.y2 + s->size || t->area.x1 >= s->area.x2 ||
			t->area.x2 <= s->area.x1 || area_same_line(&s->area, &t->area))
			continue;
		if (best == end || distance_below(s, t) < distance_below(s, scratch->list[best]))
			best = i;
	}
	if (best < end && !is_letter_byte(segment_text(scratch->page, scratch->list[best]).ptr[0]))
		return end;
	return best;
}

/* ---- lines ---- */

static void begin_line(struct layout *layout)
{
	ARRAY_GROW(layout->lines, layout->count, layout->capacity);
	layout->lines[layout->count++] = (struct line){
		.area = {INFINITY, INFINITY, -INFINITY, -INFINITY},
		.begin = (uint32_t)layout->text.len,
		.bold = true,
	};
}

static void end_line(struct layout *layout)
{
	struct line *line = &layout->lines[layout->count - 1];

	line->len = (uint32_t)(layout->text.len - line->begin);
	buf_add_byte(&layout->text, '\n');
}

static void add_to_line(
	struct layout *layout, const struct page *page, const struct segment *segment, bool apart)
{
	struct line *line = &layout->lines[layout->count - 1];

	if (line->cells)
		buf_add_byte(&layout->text, apart ? '\t' : ' ');
	buf_add_span(&layout->text, segment_text(page, segment));
	line->cells += line->cells == 0 || (apart && line->cells < UINT16_MAX);
	if (segment->letters >= line->letters)
		line->size = segment->size;
	line->letters += segment->letters;
	line->bold &= segment->bold;
	line->turn = segment->turn;
	line->area.x1 = fminf(line->area.x1, segment->area.x1);
	line->area.y1 = fminf(line->area.y1, segment->area.y1);
	line->area.x2 = fmaxf(line->area.x2, segment->area.x2);
	line->area.y2 = fmaxf(line->area.y2, segment->area.y2);
}

/* Whether the next one in the row belongs to the same cell. */
static bool is_near(const struct segment *segment, const struct segment *next)
{
	return next->area.x1 - segment->area.x2 < segment->size * cell_blank;
}

/* Adds the segment at `at` to the line that grows, and, if a word is broken at its end, the lines
   of its cell that follow, each in a line of its own; the last of them grows on. */
static void add_cell(struct layout *layout, size_t at, size_t row_end, size_t end, bool *line_open)
{
	struct layout_scratch *scratch = layout->scratch;

	for (;;) {
		const struct segment *segment = scratch->list[at];

		if (!*line_open)
			begin_line(layout);
		*line_open = true;
		struct line *line = &layout->lines[layout->count - 1];
		bool apart = segment->area.x1 - line->area.x2 > segment->size * cell_blank;
		add_to_line(layout, scratch->page, segment, apart);
		*taken(scratch, at) = true;
		if (!is_broken(segment_text(scratch->page, segment)) ||
			(at + 1 < row_end && is_near(segment, scratch->list[at + 1])))
			return;
		size_t below = find_below(scratch, at, end);
		/* the last of its row, and the first of the next: it comes next anyway */
		if (below == end || (at + 1 >= row_end && below == row_end))
			return;
		end_line(layout);
		*line_open = false;
		at = below;
		row_end = 0;
	}
}

static int compare_left(const void *a, const void *b)
{
	const struct segment *s = *(const struct segment *const *)a;
	const struct segment *t = *(const struct segment *const *)b;

	if (s->area.x1 != t->area.x1)
		return s->area.x1 < t->area.x1 ? -1 : 1;
	return (s > t) - (s < t);
}

static int compare_middle(const void *a, const void *b)
{
	const struct segment *s = *(const struct segment *const *)a;
	const struct segment *t = *(const struct segment *const *)b;
	float middle_s = s->area.y1 + s->area.y2, middle_t = t->area.y1 + t->area.y2;

	if (middle_s != middle_t)
		return middle_s < middle_t ? -1 : 1;
	return compare_left(a, b);
}

/* Where the row ends that begins at `begin` of the list, which is in the order of middles. */
static size_t find_row_end(const struct segment *const *list, size_t begin, size_t end)
{
	const struct segment *longest = list[begin];
	size_t i = begin + 1;

	while (i < end && area_same_line(&longest->area, &list[i]->area)) {
		if (list[i]->letters > longest->letters)
			longest = list[i];
		i++;
	}
	return i;
}

/* A row whose cells have several lines; only a broken word ends a line in it. */
static void lay_out_cells(
	struct layout *layout, size_t begin, size_t row_end, size_t end, const uint8_t cells[])
{
	struct layout_scratch *scratch = layout->scratch;
	bool line_open = false;

	for (size_t i = begin; i < row_end; i++) {
		const struct segment *segment = scratch->list[i];
		bool last = i + 1 == row_end || cells[i + 1 - begin] != cells[i - begin];

		if (*taken(scratch, i))
			continue;
		if (last) {
			add_cell(layout, i, 0, end, &line_open);
			continue;
		}
		if (!line_open)
			begin_line(layout);
		add_to_line(layout, scratch->page, segment,
			i > begin && cells[i - begin] != cells[i - begin - 1]);
		*taken(scratch, i) = true;
		line_open = !is_broken(segment_text(scratch->page, segment));
		if (!line_open)
			end_line(layout);
	}
	if (line_open)
		end_line(layout);
}

static void lay_out_rows(struct layout *layout, size_t begin, size_t end)
{
	struct layout_scratch *scratch = layout->scratch;
	size_t *ends = scratch->row_ends;

	for (size_t row = begin; row < end; row = ends[row]) {
		ends[row] = find_row_end(scratch->list, row, end);
		qsort(scratch->list + row, ends[row] - row, sizeof(*scratch->list), compare_left);
	}
	for (size_t row = begin; row < end; row = ends[row]) {
		bool line_open = false;

		for (size_t i = row; i < ends[row]; i++)
			if (!*taken(scratch, i))
				add_cell(layout, i, ends[row], end, &line_open);
		if (line_open)
			end_line(layout);
	}
}

static void lay_out_stretches(struct layout *layout, size_t begin, size_t end)
{
	const struct segment **list = layout->scratch->list;
	uint8_t cells[CELLS_SEGMENTS_MOST];
	size_t rows = begin;

	for (size_t at = begin; at < end;) {
		size_t next = at + cells_stretch(layout->scratch->page, list + at, end - at);

		if (cells_sort(layout->scratch->page, list + at, next - at, cells)) {
			lay_out_rows(layout, rows, at);
			lay_out_cells(layout, at, next, end, cells);
			rows = next;
		}
		at = next;
	}
	lay_out_rows(layout, rows, end);
}

/* Moves what lies left of x in [begin, end) to the front; returns where the rest begins. */
static size_t part(struct layout_scratch *scratch, size_t begin, size_t end, float x)
{
	size_t left = begin, right = 0;

	for (size_t i = begin; i < end; i++)
		if (scratch->list[i]->area.x2 <= x)
			scratch->list[left++] = scratch->list[i];
		else
			scratch->spare[right++] = scratch->list[i];
	memcpy(scratch->list + left, scratch->spare, right * sizeof(*scratch->spare));
	return left;
}

static void lay_out(struct layout *layout, size_t begin, size_t end, unsigned depth)
{
	struct layout_scratch *scratch = layout->scratch;
	struct columns columns;

	if (depth > DEPTH_MOST || end - begin > COLUMNS_SEGMENTS_MOST ||
		!columns_find(scratch->list + begin, end - begin, &columns)) {
		lay_out_stretches(layout, begin, end);
		return;
	}
	size_t first = begin + columns.begin, last = begin + columns.end;
	size_t middle = part(scratch, first, last, columns.x);

	if (begin < first)
		lay_out(layout, begin, first, depth + 1);
	lay_out(layout, first, middle, depth + 1);
	lay_out(layout, middle, last, depth + 1);
	if (last < end)
		lay_out(layout, last, end, depth + 1);
}

static enum turn main_turn(const struct page *page)
{
	size_t letters[TURN_COUNT] = {0};
	enum turn best = TURN_RIGHT;

	for (size_t i = 0; i < page->count; i++)
		letters[page->segments[i].turn] += page->segments[i].letters;
	for (int turn = 0; turn < TURN_COUNT; turn++)
		if (letters[turn] > letters[best])
			best = (enum turn)turn;
	return best;
}

static void prepare(struct layout *layout, const struct page *page)
{
	struct layout_scratch *scratch = layout->scratch;

	if (!scratch)
		scratch = layout->scratch = mem_zalloc(sizeof(*scratch));
	scratch->page = page;
	if (scratch->capacity < page->count) {
		size_t n = scratch->capacity = page->count * 2;

		scratch->list = mem_realloc_array(scratch->list, n, sizeof(*scratch->list));
		scratch->spare = mem_realloc_array(scratch->spare, n, sizeof(*scratch->spare));
		scratch->taken = mem_realloc_array(scratch->taken, n, sizeof(*scratch->taken));
		scratch->row_ends =
			mem_realloc_array(scratch->row_ends, n, sizeof(*scratch->row_ends));
	}
	buf_clear(&layout->text);
	layout->count = 0;
}

void layout_page(struct layout *layout, const struct page *page)
{
	enum turn main = main_turn(page);

	prepare(layout, page);
	for (int i = 0; i < TURN_COUNT; i++) {
		struct layout_scratch *scratch = layout->scratch;
		size_t count = 0;

		for (size_t k = 0; k < page->count; k++)
			if (!page->segments[k].dropped && page->segments[k].len &&
				page->segments[k].turn == (main + i) % TURN_COUNT)
				scratch->list[count++] = &page->segments[k];
		if (count == 0)
			continue;
		qsort(scratch->list, count, sizeof(*scratch->list), compare_middle);
		memset(scratch->taken, 0, page->count * sizeof(*scratch->taken));
		lay_out(layout, 0, count, 0);
	}
}
