/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Joins words to segments. Words that are letter-spaced ("V o r b e m e r k u n g") come as single
 * letters; when a segment ends, the widths of its blanks tell where the words are. The order of
 * segments is left to pdf_layout.c.
 */
#include "indexer/extract/pdf_page.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* In sizes of the font. Cells of tables may stand as near as the first; what is parted within
   running text is joined again, line by line. */
static const float widest_blank = 0.5F, widest_spaced_blank = 1.0F, deepest_overlap = 0.5F;
static const float widest_even_blank = 0.75F, widest_justified_blank = 2.0F;
static const float evenness = 0.03F, wide_evenness = 0.01F; /* of the wider one */
static const float farthest = 1e5F;                         /* points */
static const size_t spaced_words_least = 5;

/* A file can give any number, and what is none. */
static float sane(float x)
{
	return x >= -farthest && x <= farthest ? x : 0;
}

static struct area sane_area(const struct area *a)
{
	float x1 = sane(a->x1), y1 = sane(a->y1), x2 = sane(a->x2), y2 = sane(a->y2);

	return (struct area){fminf(x1, x2), fminf(y1, y2), fmaxf(x1, x2), fmaxf(y1, y2)};
}

void page_done(struct page *page)
{
	buf_done(&page->text);
	free(page->segments);
	free(page->growing);
	*page = (struct page){0};
}

void page_clear(struct page *page, uint32_t number, float width, float height)
{
	buf_clear(&page->text);
	page->count = page->growing_count = 0;
	page->number = number;
	page->width = sane(width);
	page->height = sane(height);
}

bool area_same_line(const struct area *a, const struct area *b)
{
	float least = fminf(area_height(a), area_height(b));
	float overlap = fminf(a->y2, b->y2) - fmaxf(a->y1, b->y1);
	float apart = fabsf(a->y1 + a->y2 - b->y1 - b->y2) / 2;

	return overlap >= least / 2 && apart <= least * 0.6F;
}

static struct area upright(const struct page *page, const struct area *a, enum turn turn)
{
	switch (turn) {
	case TURN_DOWN:
		return (struct area){a->y1, page->width - a->x2, a->y2, page->width - a->x1};
	case TURN_UP:
		return (struct area){page->height - a->y2, a->x1, page->height - a->y1, a->x2};
	default:
		return *a;
	}
}

static size_t count_letters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (s.ptr[i] & 0xc0) != 0x80;
	return n;
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The blank that is common between the words that grow; 0 if they are hardly letter-spaced. */
static float common_blank(const struct page *page)
{
	float blanks[64];
	size_t count = 0, small = 0, words = page->growing_count;

	for (size_t i = 0; i < words; i++) {
		const struct growing *w = &page->growing[i];
		struct span text = {page->text.ptr + w->begin, w->end - w->begin};

		small += count_letters(text) <= 2 && (text.ptr[0] < '0' || text.ptr[0] > '9');
		if (i > 0 && count < sizeof(blanks) / sizeof(blanks[0]))
			blanks[count++] = fmaxf(w->x1 - w[-1].x2, 0);
	}
	if (words < spaced_words_least || small * 5 < words * 4)
		return 0;
	qsort(blanks, count, sizeof(*blanks), compare_floats);
	return blanks[count / 2];
}

/* Ends the last segment: takes the blanks of letter-spacing out. */
static void close_segment(struct page *page)
{
	float blank = page->growing_count ? common_blank(page) : 0;

	if (blank > 0) {
		struct segment *segment = &page->segments[page->count - 1];
		size_t end = page->growing[0].end;

		for (size_t i = 1; i < page->growing_count; i++) {
			const struct growing *w = &page->growing[i];

			if (w->x1 - w[-1].x2 > blank * 1.5F)
				page->text.ptr[end++] = ' ';
			memmove(page->text.ptr + end, page->text.ptr + w->begin, w->end - w->begin);
			end += w->end - w->begin;
		}
		page->text.ptr[page->text.len = end] = '\0';
		segment->len = (uint32_t)(end - segment->begin);
	}
	page->growing_count = 0;
}

/* Single letters one behind the other are letter-spaced, so their words have wide blanks. */
static bool is_spaced(const struct page *page, const struct word *word)
{
	size_t n = page->growing_count;

	if (n < 3 || count_letters(word->text) > 2)
		return false;
	for (size_t i = n - 3; i < n; i++) {
		const struct growing *w = &page->growing[i];

		if (count_letters((struct span){page->text.ptr + w->begin, w->end - w->begin}) > 2)
			return false;
	}
	return true;
}

/* Numbers stand in columns, dots and lines lead from one to another. */
static bool begins_with_letter(struct span s)
{
	return (s.ptr[0] | 0x20) >= 'a' ? (s.ptr[0] | 0x20) <= 'z' : (s.ptr[0] & 0x80) != 0;
}

/* The blank before segment `i`, if that and the one before it are words in one line; else 0. */
static float blank_between_words(const struct page *page, size_t i)
{
	const struct segment *left = &page->segments[i - 1], *right = &page->segments[i];

	if (left->blank > 0 || right->blank > 0 || left->turn != right->turn ||
		!area_same_line(&left->area, &right->area))
		return 0;
	return fmaxf(right->area.x1 - left->area.x2, 0);
}

static bool is_even(float blank, float other, float tolerance)
{
	return other > 0 && fabsf(blank - other) <= fmaxf(blank, other) * tolerance;
}

/* In columns of one width, words of one width have even blanks, too. */
static bool differ_in_width(const struct segment *a, const struct segment *b)
{
	float x = a->area.x2 - a->area.x1, y = b->area.x2 - b->area.x1;

	return fabsf(x - y) > fmaxf(x, y) * wide_evenness;
}

/*
 * In a justified line all blanks are the same, and some are wide. How many segments at the end of
 * the page turn out to be one, because the blank before the next word is as wide as those before
 * and between them: 0 if it is not, 1 if the last one just goes on. The wider it is, the more it
 * takes, since cells may have even blanks by chance.
 */
static size_t count_justified(const struct page *page, const struct word *word, float blank)
{
	size_t count = page->count;
	const struct segment *last = &page->segments[count - 1];
	const struct growing *w = &page->growing[page->growing_count - 1];
	struct span text = {page->text.ptr + w->begin, w->end - w->begin};
	float size = fmaxf(last->size, word->size);
	bool wide = blank > size * widest_even_blank;
	float tolerance = wide ? wide_evenness : evenness;

	if (blank > size * widest_justified_blank ||
		(!begins_with_letter(text) && !begins_with_letter(word->text)))
		return 0;
	if (last->blank > 0)
		return is_even(blank, last->blank, evenness) ? 1 : 0;
	if (count < 2 || !is_even(blank, blank_between_words(page, count - 1), tolerance))
		return 0;
	if (!wide)
		return 2;
	if (count < 3 || !is_even(blank, blank_between_words(page, count - 2), tolerance) ||
		!differ_in_width(last, last - 1) || !differ_in_width(last - 1, last - 2) ||
		!differ_in_width(last, last - 2))
		return 0;
	size_t joined = 3;
	while (joined < count &&
		is_even(blank, blank_between_words(page, count - joined), evenness))
		joined++;
	return joined;
}

/* How many segments the word goes on from; 0: it begins one. */
static size_t continues(
	const struct page *page, const struct area *area, const struct word *word, float blank)
{
	const struct segment *last = &page->segments[page->count - 1];
	float size = fmaxf(last->size, word->size);
	float widest = size * (is_spaced(page, word) ? widest_spaced_blank : widest_blank);

	if (last->turn != word->turn || blank < -size * deepest_overlap ||
		!area_same_line(&last->area, area))
		return 0;
	return blank <= widest ? 1 : count_justified(page, word, blank);
}

/* Makes the last segment, a word or some, the end of the one before, which is a word. */
static void join_last(struct page *page)
{
	struct segment *last = &page->segments[page->count - 1], *first = last - 1;

	ARRAY_GROW(page->growing, page->growing_count, page->growing_capacity);
	memmove(page->growing + 1, page->growing, page->growing_count++ * sizeof(page->growing[0]));
	page->growing[0] = (struct growing){
		first->area.x1, first->area.x2, first->begin, first->begin + first->len};
	if (last->letters > first->letters)
		first->size = last->size;
	first->letters += last->letters;
	first->bold &= last->bold;
	first->blank = fmaxf(last->area.x1 - first->area.x2, last->blank);
	first->area.x1 = fminf(first->area.x1, last->area.x1);
	first->area.x2 = fmaxf(first->area.x2, last->area.x2);
	first->area.y1 = fminf(first->area.y1, last->area.y1);
	first->area.y2 = fmaxf(first->area.y2, last->area.y2);
	first->len = last->begin + last->len - first->begin;
	page->count--;
}

static void add_segment(struct page *page, const struct area *area, const struct word *word)
{
	if (page->count)
		buf_add_byte(&page->text, ' ');
	ARRAY_GROW(page->segments, page->count, page->capacity);
	page->segments[page->count++] = (struct segment){
		.area = *area,
		.size = word->size,
		.begin = (uint32_t)page->text.len,
		.letters = 0,
		.bold = true,
		.turn = (uint8_t)word->turn,
	};
}

static void grow(struct segment *segment, const struct area *area, const struct word *word)
{
	size_t letters = count_letters(word->text);

	if (letters > segment->letters)
		segment->size = word->size;
	segment->letters += (uint32_t)letters;
	segment->bold &= word->bold;
	segment->area.x1 = fminf(segment->area.x1, area->x1);
	segment->area.x2 = fmaxf(segment->area.x2, area->x2);
	if (segment->size == word->size) {
		segment->area.y1 = fminf(segment->area.y1, area->y1);
		segment->area.y2 = fmaxf(segment->area.y2, area->y2);
	}
}

void page_add_word(struct page *page, const struct word *given)
{
	struct word sane_word = *given;
	const struct word *word = &sane_word;

	sane_word.area = sane_area(&given->area);
	sane_word.size = given->size > 0.1F ? sane(given->size) : 0.1F;
	struct area area = upright(page, &word->area, word->turn);
	struct segment *last = page->count ? &page->segments[page->count - 1] : NULL;
	float blank = last ? area.x1 - last->area.x2 : 0;

	size_t joined = last ? continues(page, &area, word, blank) : 0;

	if (joined) {
		while (--joined > 0)
			join_last(page);
		last = &page->segments[page->count - 1];
		last->blank = fmaxf(last->blank, blank);
		buf_add_byte(&page->text, ' ');
	} else {
		close_segment(page);
		add_segment(page, &area, word);
		last = &page->segments[page->count - 1];
	}
	ARRAY_GROW(page->growing, page->growing_count, page->growing_capacity);
	struct growing *w = &page->growing[page->growing_count++];
	*w = (struct growing){area.x1, area.x2, (uint32_t)page->text.len, 0};
	buf_add_span(&page->text, word->text);
	w->end = (uint32_t)page->text.len;
	grow(last, &area, word);
	last->len = (uint32_t)(page->text.len - last->begin);
}

void page_finish(struct page *page)
{
	close_segment(page);
}
