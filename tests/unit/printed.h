/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages put together for tests: every letter is 5 points wide and 10 high. */
#ifndef LUPE_TESTS_UNIT_PRINTED_H
#define LUPE_TESTS_UNIT_PRINTED_H

#include <stdio.h>

#include "indexer/extract/pdf_page.h"

enum { PAGE_WIDTH = 600, PAGE_HEIGHT = 800, LETTER_WIDTH = 5 };

/** The words of `text`, the first at (x, y), in a font of `size` points. */
static inline void print_text(
	struct page *page, float x, float y, float size, bool bold, const char *text)
{
	struct span rest = span_of(text);
	float width = size / 10 * LETTER_WIDTH;

	while (rest.ptr) {
		struct span word = span_take(&rest, ' ');
		float x2 = x + width * (float)word.len;

		if (word.len)
			page_add_word(page, &(struct word){
						    .area = {x, y, x2, y + size},
						    .size = size,
						    .bold = bold,
						    .text = word,
					    });
		x = x2 + width * 0.6F;
	}
}

static inline void print_line(struct page *page, float x, float y, const char *text)
{
	print_text(page, x, y, 10, false, text);
}

/** Lines one below the other, 12 points apart, until NULL. */
static inline void print_lines(struct page *page, float x, float y, const char *const *lines)
{
	for (; *lines; lines++, y += 12)
		print_line(page, x, y, *lines);
}

#endif
