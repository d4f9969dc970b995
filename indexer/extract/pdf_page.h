/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A printed page as words with their boxes, joined to segments: runs of words on one baseline with
 * blanks of common width between them, or of one and the same, as in justified lines. A line of a
 * cell, a line in a column, a page number are one segment each.
 *
 * Knows nothing of the library that reads the file. Units are points, the origin is the top left
 * corner. Segments have upright coordinates: those of text that runs downwards are turned until it
 * runs to the right.
 */
#ifndef LUPE_INDEXER_EXTRACT_PDF_PAGE_H
#define LUPE_INDEXER_EXTRACT_PDF_PAGE_H

#include "base/buf.h"

struct area {
	float x1, y1, x2, y2;
};

/** Which way the text runs on the page. */
enum turn { TURN_RIGHT, TURN_DOWN, TURN_UP, TURN_COUNT };

struct word {
	struct area area; /**< on the page as it is seen */
	float size;       /**< of the font */
	bool bold;
	enum turn turn;
	struct span text; /**< UTF-8, not empty */
};

struct segment {
	struct area area;    /**< upright */
	float size;          /**< of most of its letters' font */
	uint32_t begin, len; /**< of its text, words separated by single blanks, in page->text */
	uint32_t letters;
	float blank;      /**< the widest between its words; 0: one word */
	bool bold;        /**< all of it */
	bool dropped;     /**< furniture: a running head or page number (pdf_furniture.h) */
	bool page_number; /**< a page number and nothing else */
	uint8_t turn;
};

struct page {
	uint32_t number; /**< physical, from 1 */
	float width, height;
	struct buf text;
	struct segment *segments;
	size_t count, capacity;
	/* the words of the last segment while it grows */
	struct growing {
		float x1, x2;
		uint32_t begin, end;
	} * growing;
	size_t growing_count, growing_capacity;
};

void page_done(struct page *page);
/** Makes it an empty page of this size; keeps the memory. */
void page_clear(struct page *page, uint32_t number, float width, float height);
/** Adds the next word in the order in which the file is read. */
void page_add_word(struct page *page, const struct word *word);
/** To be called behind the last word. */
void page_finish(struct page *page);

static inline struct span segment_text(const struct page *page, const struct segment *segment)
{
	return (struct span){page->text.ptr + segment->begin, segment->len};
}

static inline float area_height(const struct area *area)
{
	return area->y2 - area->y1;
}

/** Whether two areas stand on one line: they overlap by half of the lower one's height, and their
    middles are near. */
bool area_same_line(const struct area *a, const struct area *b);

#endif
