/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells are what hangs together from line to line. A stretch of text without blank lines is one row
 * of a table if it is low, its lines are short, it falls into cells side by side, and no number
 * stands right below another, as it would in a table of several rows set close.
 */
#include "indexer/extract/pdf_cells.h"

#include <math.h>
#include <string.h>

enum {
	CELLS_LEAST = 3,
	NUMBERS_LEAST = 2,      /* in a row, that make it one of its own */
	LETTERS_MOST = 60,      /* of a line of a cell */
	PAIR_LETTERS_LEAST = 8, /* of each cell, where there are two only */
	PAIR_LETTERS_MOST = 45, /* of a line of these */
};
/* In sizes of the font. */
static const float blank_least = 0.2F, row_highest = 12.0F;
static const float column_blank = 0.9F;
static const float overlap_least = 0.25F; /* of the narrower one's width */
static const float evenness = 0.1F;       /* of the widest */

struct cell {
	uint32_t letters, lines;
};

/* A dash stands for a number too. */
static bool is_number(struct span s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.len; i++)
		digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
	return digits * 2 >= s.len || span_equal(s, SPAN("-")) || span_equal(s, SPAN("–"));
}

static size_t end_of_row(const struct segment *const *list, size_t count)
{
	size_t i = 1;

	while (i < count && area_same_line(&list[i - 1]->area, &list[i]->area))
		i++;
	return i;
}

static bool is_row_of_numbers(
	const struct page *page, const struct segment *const *list, size_t count)
{
	size_t numbers = 0;

	for (size_t i = 0; i < count; i++)
		numbers += is_number(segment_text(page, list[i]));
	return numbers >= NUMBERS_LEAST && numbers * 2 >= count;
}

size_t cells_stretch(const struct page *page, const struct segment *const *list, size_t count)
{
	float bottom = list[0]->area.y2;
	size_t i = 0;

	while (i < count && list[i]->area.y1 <= bottom + list[i]->size * blank_least) {
		size_t row = end_of_row(list + i, count - i);

		if (is_row_of_numbers(page, list + i, row))
			return i ? i : row;
		for (size_t k = i; k < i + row; k++)
			bottom = fmaxf(bottom, list[k]->area.y2);
		i += row;
	}
	return i;
}

static bool hang_together(const struct segment *a, const struct segment *b)
{
	float narrower = fminf(a->area.x2 - a->area.x1, b->area.x2 - b->area.x1);
	float overlap = fminf(a->area.x2, b->area.x2) - fmaxf(a->area.x1, b->area.x1);
	float apart = fmaxf(a->area.y1, b->area.y1) - fminf(a->area.y2, b->area.y2);

	return overlap > narrower * overlap_least &&
	       apart <= fmaxf(a->size, b->size) * blank_least &&
	       !area_same_line(&a->area, &b->area);
}

static bool is_low(const struct segment *const *list, size_t count)
{
	float top = INFINITY, bottom = -INFINITY, size = 0;

	for (size_t i = 0; i < count; i++) {
		top = fminf(top, list[i]->area.y1);
		bottom = fmaxf(bottom, list[i]->area.y2);
		size = fmaxf(size, list[i]->size);
		if (list[i]->letters > LETTERS_MOST)
			return false;
	}
	return bottom - top <= size * row_highest;
}

/* Gives each segment the number of its cell; false if a number stands below another. */
static bool find_cells(
	const struct page *page, const struct segment *const *list, size_t count, uint8_t cells[])
{
	for (size_t i = 0; i < count; i++) {
		cells[i] = (uint8_t)i;
		for (size_t k = 0; k < i; k++) {
			uint8_t other = cells[k];

			if (cells[i] == other || !hang_together(list[i], list[k]))
				continue;
			if (is_number(segment_text(page, list[i])) &&
				is_number(segment_text(page, list[k])))
				return false;
			for (size_t j = 0; j < i; j++)
				if (cells[j] == other)
					cells[j] = cells[i];
		}
	}
	return true;
}

static bool are_cells(const struct segment *const *list, size_t count, const uint8_t cells[])
{
	struct cell found[CELLS_SEGMENTS_MOST] = {{0}};
	size_t cell_count = 0, high = 0;
	uint32_t longest = 0, fewest = UINT32_MAX;

	for (size_t i = 0; i < count; i++) {
		struct cell *cell = &found[cells[i]];

		cell_count += cell->lines++ == 0;
		cell->letters += list[i]->letters;
		longest = list[i]->letters > longest ? list[i]->letters : longest;
	}
	for (size_t i = 0; i < CELLS_SEGMENTS_MOST; i++) {
		high += found[i].lines > 1;
		if (found[i].lines && found[i].letters < fewest)
			fewest = found[i].letters;
	}
	return high &&
	       (cell_count >= CELLS_LEAST || (cell_count == 2 && fewest >= PAIR_LETTERS_LEAST &&
						     longest <= PAIR_LETTERS_MOST));
}

/*
 * Whether the blanks are those of justified lines: the same all along a line, or none as wide as
 * between columns.
 */
static bool is_justified(const struct segment *const *list, size_t count)
{
	float widest = 0;
	bool even = false;

	for (size_t i = 0; i < count;) {
		size_t row = i + end_of_row(list + i, count - i);
		float least = INFINITY, most = 0;

		for (size_t k = i + 1; k < row; k++) {
			float gap = list[k]->area.x1 - list[k - 1]->area.x2;

			least = fminf(least, gap);
			most = fmaxf(most, gap);
		}
		even |= row - i > 2 && most - least < most * evenness &&
			most < list[i]->size * column_blank;
		widest = fmaxf(widest, most / list[i]->size);
		i = row;
	}
	return even || widest < column_blank;
}

bool cells_sort(const struct page *page, const struct segment **list, size_t count,
	uint8_t ret_cells[CELLS_SEGMENTS_MOST])
{
	uint8_t cells[CELLS_SEGMENTS_MOST];
	const struct segment *sorted[CELLS_SEGMENTS_MOST];
	float begins[CELLS_SEGMENTS_MOST];
	size_t n = 0;

	if (count < 3 || count > CELLS_SEGMENTS_MOST || !is_low(list, count) ||
		is_justified(list, count) || !find_cells(page, list, count, cells) ||
		!are_cells(list, count, cells))
		return false;
	for (size_t i = 0; i < CELLS_SEGMENTS_MOST; i++)
		begins[i] = INFINITY;
	for (size_t i = 0; i < count; i++)
		begins[cells[i]] = fminf(begins[cells[i]], list[i]->area.x1);
	while (n < count) {
		size_t first = 0;

		for (size_t i = 1; i < CELLS_SEGMENTS_MOST; i++)
			if (begins[i] < begins[first])
				first = i;
		for (size_t i = 0; i < count; i++)
			if (cells[i] == first) {
				ret_cells[n] = (uint8_t)first;
				sorted[n++] = list[i];
			}
		begins[first] = INFINITY;
	}
	memcpy(list, sorted, count * sizeof(*list));
	return true;
}
