/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages of words with any boxes: nothing crashes, and no word that is not furniture is lost or told
 * twice. Input: a page for each 0xff; each word takes eight bytes, of which the last makes wild
 * numbers.
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>

#include "indexer/extract/pdf_emit.h"
#include "indexer/extract/pdf_furniture.h"

enum { PAGES = 6, WORD_BYTES = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static float coordinate(uint8_t byte, uint8_t wild)
{
	static const float others[] = {NAN, INFINITY, -INFINITY, 1e30F, -5};

	return wild > 250 ? others[wild - 251] : (float)byte * 3;
}

static struct word make_word(const uint8_t *at)
{
	static const char *const texts[] = {
		"Ar-", "beit", "7", "Stadt", "-", "ii", "12,5", "a", "§", "1)"};
	uint8_t wild = at[7];
	float x = coordinate(at[0], wild), y = coordinate(at[1], wild);

	return (struct word){
		.area = {x, y, x + at[2], y + at[3]},
		.size = wild > 250 ? coordinate(0, wild) : (float)(at[4] % 40),
		.bold = at[5] & 64,
		.turn = at[5] & 128 ? (enum turn)(at[5] % TURN_COUNT) : TURN_RIGHT,
		.text = span_of(texts[at[6] % (sizeof(texts) / sizeof(texts[0]))]),
	};
}

static size_t count_text(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] != ' ' && s.ptr[i] != '\t' && s.ptr[i] != '\n';
	return n;
}

static void check_layout(const struct page *page)
{
	struct layout layout = {0};
	size_t given = 0;

	layout_page(&layout, page);
	for (size_t i = 0; i < page->count; i++)
		given += page->segments[i].dropped
				 ? 0
				 : count_text(segment_text(page, &page->segments[i]));
	assert(count_text(buf_span(&layout.text)) == given);
	layout_done(&layout);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct page pages[PAGES] = {{0}};
	struct furniture furniture = {0};
	struct document document = {0};
	struct emitter emitter = {.document = &document};
	BUF_SCOPED(labels);
	uint32_t count = 1;

	page_clear(&pages[0], 1, 600, 800);
	for (; size >= WORD_BYTES; data += WORD_BYTES, size -= WORD_BYTES) {
		if (data[0] == 0xff && count < PAGES) {
			page_clear(&pages[count], count + 1, 600, 800);
			count++;
		}
		struct word word = make_word(data);
		page_add_word(&pages[count - 1], &word);
	}
	for (uint32_t i = 0; i < count; i++) {
		page_finish(&pages[i]);
		furniture_learn(&furniture, &pages[i]);
		emitter_measure(&emitter, &pages[i]);
	}
	for (uint32_t i = 0; i < count; i++) {
		furniture_mark(&furniture, &pages[i], count);
		check_layout(&pages[i]);
		emitter_add_page(&emitter, &pages[i]);
	}
	furniture_labels(&furniture, &labels);
	for (uint32_t i = 0; i < PAGES; i++)
		page_done(&pages[i]);
	emitter_done(&emitter);
	furniture_done(&furniture);
	document_done(&document);
	return 0;
}
