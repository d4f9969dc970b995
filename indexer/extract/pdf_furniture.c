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

enum {
	ROWS = 3, /* at the top, and at the bottom, that are looked at */
	EDGE_SEGMENTS_MOST = 64,
	EQUALS_LEAST = 3, /* pages, this one included */
	TEXT_MOST = 200,
	LABELLED_LEAST = 3, /* pages */
};
static const float edge = 0.15F;  /* of the page's height */
static const float tolerance = 4; /* points */

struct mark {
	uint64_t whole; /* 0: has no letter */
	uint64_t rest;  /* without the number; 0: has no number */
	int32_t ahead;  /* the number less the page's */
	uint32_t number;
	float x, y;
	uint32_t segment;
	bool roman, alone;
	uint8_t turn;
};

void furniture_done(struct furniture *furniture)
{
	free(furniture->marks);
	free(furniture->page_begins);
	free(furniture->printed);
	*furniture = (struct furniture){0};
}

/* ---- numbers ---- */

static uint32_t read_roman(struct span s)
{
	static const struct {
		char digit;
		uint32_t value;
	} digits[] = {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}, {'c', 100}};
	uint32_t sum = 0, last = 0;
	bool upper = s.len && isupper((unsigned char)s.ptr[0]);

	for (size_t i = s.len; i-- > 0;) {
		uint32_t value = 0;

		for (size_t k = 0; k < sizeof(digits) / sizeof(digits[0]); k++)
			if ((upper ? tolower((unsigned char)s.ptr[i]) : s.ptr[i]) ==
				digits[k].digit)
				value = digits[k].value;
		if (value == 0 || s.len > 8)
			return 0;
		sum = value < last ? sum - value : sum + value;
		last = value;
	}
	return sum;
}

static uint32_t read_number(struct span s, bool *ret_roman)
{
	uint32_t number = 0;

	*ret_roman = s.len && !isdigit((unsigned char)s.ptr[0]);
	if (*ret_roman)
		return read_roman(s);
	for (size_t i = 0; i < s.len; i++) {
		if (!isdigit((unsigned char)s.ptr[i]) || i >= 5)
			return 0;
		number = number * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	return number;
}

/* Takes dashes, bars, brackets and blanks off both ends. */
static struct span strip(struct span s)
{
	static const char *const signs[] = {
		"-", "–", "—", "|", "[", "]", "(", ")", " ", ".", "•", "·", "\u00a0", NULL};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; signs[i]; i++) {
			struct span sign = span_of(signs[i]);

			if (s.len && span_starts(s, sign)) {
				s = span_skip(s, sign.len);
				again = true;
			}
			if (s.len && span_ends(s, sign)) {
				s.len -= sign.len;
				again = true;
			}
		}
	}
	return s;
}

/* Cuts " von 12", " of 12", "/12" off. */
static struct span cut_total(struct span s)
{
	static const char *const words[] = {" von", " of", "/", " /", NULL};
	struct span before = s;

	while (before.len && isdigit((unsigned char)before.ptr[before.len - 1]))
		before.len--;
	if (before.len == s.len)
		return s;
	while (before.len && before.ptr[before.len - 1] == ' ')
		before.len--;
	for (size_t i = 0; words[i]; i++)
		if (span_ends(before, span_of(words[i]))) {
			before.len -= strlen(words[i]);
			return before;
		}
	return s;
}

static bool is_word_for_page(struct span s)
{
	return s.len == 0 || span_equal(s, SPAN("Seite")) || span_equal(s, SPAN("S")) ||
	       span_equal(s, SPAN("Page")) || span_equal(s, SPAN("Blatt"));
}

/* Finds a page number at the end or begin of a text. */
static void find_number(struct mark *mark, struct span text, uint32_t page)
{
	struct span s = strip(cut_total(strip(text)));
	const char *blank = s.len ? memrchr(s.ptr, ' ', s.len) : NULL;
	struct span last = blank ? span_from(blank + 1, s.ptr + s.len) : s;
	struct span rest = blank ? span_from(s.ptr, blank) : (struct span){s.ptr, 0};

	mark->number = read_number(last, &mark->roman);
	if (mark->number == 0 && blank) {
		const char *first_end = memchr(s.ptr, ' ', s.len);

		mark->number = read_number(span_from(s.ptr, first_end), &mark->roman);
		rest = span_from(first_end, s.ptr + s.len);
	}
	if (mark->number == 0)
		return;
	rest = strip(rest);
	mark->alone = is_word_for_page(rest);
	/* a roman number among words is an article more often than a page */
	if (mark->roman && !mark->alone) {
		mark->number = 0;
		return;
	}
	mark->ahead = (int32_t)mark->number - (int32_t)page;
	mark->rest = mark->alone ? 1U + mark->roman : hash64(rest) | 4U;
}

static bool has_letter(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (isalpha((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] == 0xc3)
			return true;
	return false;
}

/* ---- learning ---- */

static void add_mark(struct furniture *furniture, const struct page *page, size_t at)
{
	const struct segment *segment = &page->segments[at];
	struct span text = segment_text(page, segment);
	struct mark mark = {
		.x = segment->area.x1,
		.y = segment->area.y1,
		.segment = (uint32_t)at,
		.turn = segment->turn,
	};

	if (text.len > TEXT_MOST)
		return;
	find_number(&mark, text, page->number);
	if (has_letter(text))
		mark.whole = hash64(text) | 1;
	if (!mark.whole && !mark.rest)
		return;
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
	struct edge_segment *list, size_t count)
{
	size_t rows = 0;

	qsort(list, count, sizeof(*list), compare_edges);
	for (size_t i = 0; i < count; i++) {
		const struct area *area = &page->segments[list[i].at].area;

		if (i == 0 || !area_same_line(area, &page->segments[list[i - 1].at].area))
			rows++;
		if (rows > ROWS)
			return;
		add_mark(furniture, page, list[i].at);
	}
}

void furniture_learn(struct furniture *furniture, const struct page *page)
{
	struct edge_segment top[EDGE_SEGMENTS_MOST], bottom[EDGE_SEGMENTS_MOST];
	size_t top_count = 0, bottom_count = 0;
	size_t first = furniture->count;

	ARRAY_GROW(furniture->page_begins, furniture->page_count, furniture->page_capacity);
	furniture->page_begins[furniture->page_count++] = first;
	for (size_t i = 0; i < page->count; i++) {
		const struct segment *s = &page->segments[i];
		float middle = (s->area.y1 + s->area.y2) / 2;

		if (s->turn != TURN_RIGHT) {
			if (furniture->count - first < EDGE_SEGMENTS_MOST)
				add_mark(furniture, page, i);
		} else if (middle < page->height * edge && top_count < EDGE_SEGMENTS_MOST) {
			top[top_count++] = (struct edge_segment){middle, i};
		} else if (middle > page->height * (1 - edge) &&
			   bottom_count < EDGE_SEGMENTS_MOST) {
			bottom[bottom_count++] = (struct edge_segment){-middle, i};
		}
	}
	add_rows(furniture, page, top, top_count);
	add_rows(furniture, page, bottom, bottom_count);
}

/* ---- marking ---- */

static void page_marks(
	const struct furniture *furniture, size_t page, const struct mark **ret, size_t *ret_count)
{
	size_t begin = furniture->page_begins[page - 1];
	size_t end = page < furniture->page_count ? furniture->page_begins[page] : furniture->count;

	*ret = furniture->marks + begin;
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

void furniture_mark(struct furniture *furniture, struct page *page, uint32_t pages)
{
	const struct mark *marks;
	size_t count;
	struct printed printed = {0, false};
	uint32_t least = pages > EQUALS_LEAST ? EQUALS_LEAST : 2;

	page_marks(furniture, page->number, &marks, &count);
	for (size_t i = 0; i < count; i++) {
		const struct mark *mark = &marks[i];
		struct segment *segment = &page->segments[mark->segment];
		bool numbered = pages == 1 ? mark->alone && mark->number == 1
					   : has_equals(furniture, mark, page->number, least,
						     counts_with_pages);

		if (numbered && !printed.number)
			printed = (struct printed){mark->number, mark->roman};
		segment->page_number |= numbered && mark->alone;
		segment->dropped |=
			numbered || (pages > 1 && has_equals(furniture, mark, page->number, least,
							  is_same_text));
	}
	ARRAY_GROW(furniture->printed, furniture->printed_count, furniture->printed_capacity);
	furniture->printed[furniture->printed_count++] = printed;
}

/* ---- labels ---- */

static void add_roman(struct buf *ret, uint32_t number)
{
	static const struct {
		uint32_t value;
		const char *digits;
	} steps[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
		{4, "iv"}, {1, "i"}};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		for (; number >= steps[i].value; number -= steps[i].value)
			buf_add_string(ret, steps[i].digits);
}

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
		add_roman(ret, (uint32_t)number);
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
