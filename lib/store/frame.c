/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a text is cut into frames. A frame is analysed on its own, so a cut must not fall where the
 * analyser would look across: into a word, a hyphenation or a gender form that runs over a line
 * end. So cuts are chosen among the line ends around the target size, the best place first:
 *
 *   begin            window_begin      target        window_end                      limit
 *   |----------------|=================|=================|-----------------------------|
 *    too short: taken  best place, then the nearest        first line end, else inside
 *    only before a     to the target                       the line at a blank
 *    very long line
 */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/record_format.h"

enum {
	WINDOW_BEGIN = FRAME_TARGET_BYTES * 3 / 4,
	WINDOW_END = FRAME_TARGET_BYTES * 5 / 4,
	SHORTEST = FRAME_TARGET_BYTES / 4,
};

/* How good a place for a cut is. */
enum place {
	PLACE_NONE,
	PLACE_LINE_END,
	PLACE_CLEAN_LINE_END,
	PLACE_SENTENCE_END,
	PLACE_BLANK_LINE,
	PLACE_BLOCK,
};

/* ---- judging one line end ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The line that ends (with its line feed) at `at`, not looking back before `begin`. */
static struct span line_before(struct span text, size_t begin, size_t at)
{
	size_t end = at - 1;
	const char *feed = end > begin ? memrchr(text.ptr + begin, '\n', end - begin) : NULL;
	size_t line_begin = feed ? (size_t)(feed - text.ptr) + 1 : begin;
	struct span line = {text.ptr + line_begin, end - line_begin};
	while (line.len && is_blank(line.ptr[line.len - 1]))
		line.len--;
	return line;
}

/* Whether a word may go on in the next line: "Inte-", "Bürger*", "Bürger:", "Arbeits- und/". */
static bool ends_open(struct span line)
{
	static const char *const open_ends[] = {
		"-", "*", ":", "/", "_", "\xE2\x80\x90", "\xE2\x80\x91", "\xC2\xAD"};
	for (size_t i = 0; i < sizeof(open_ends) / sizeof(open_ends[0]); i++)
		if (span_ends(line, span_of(open_ends[i])))
			return true;
	return false;
}

/* Whether a line goes on with the word before it: "*innen", "/-innen", "(innen)". */
static bool begins_open(struct span rest)
{
	size_t signs = 0;
	while (signs < rest.len && rest.ptr[signs] && strchr("*:/_-(", rest.ptr[signs]))
		signs++;
	if (span_starts(rest, SPAN("\xC2\xB7")))
		signs = 2;
	return signs && signs < rest.len && rest.ptr[signs] >= 'a' && rest.ptr[signs] <= 'z';
}

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether a sentence ends with the line, so that no citation goes on in the next: a word too long
   to be an abbreviation before the stop, and no small letter or number behind it. */
static bool ends_sentence(struct span line, struct span rest)
{
	enum { WORD_LETTERS = 4 };
	size_t letters = 0, stop = line.len ? line.len - 1 : 0;
	if (!line.len || !memchr(".!?", line.ptr[stop], 3))
		return false;
	while (letters < stop && is_letter(line.ptr[stop - letters - 1]))
		letters++;
	while (rest.len && is_blank(*rest.ptr))
		rest = span_skip(rest, 1);
	return letters >= WORD_LETTERS && rest.len && !(*rest.ptr >= 'a' && *rest.ptr <= 'z') &&
	       !(*rest.ptr >= '0' && *rest.ptr <= '9');
}

static size_t first_block_from(const struct block *blocks, size_t block_count, size_t offset)
{
	size_t low = 0, high = block_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (blocks[middle].begin < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether positions jump at the begin of this block: no phrase crosses it. */
static bool has_gap(const struct block *blocks, size_t i)
{
	return blocks[i].kind != BLOCK_TEXT || (i > 0 && blocks[i - 1].kind != BLOCK_TEXT);
}

struct cutter {
	struct span text;
	const struct block *blocks;
	size_t block_count;
};

/* How good a cut before `at`, behind a line feed, is for the frame that begins at `begin`. */
static enum place judge(const struct cutter *c, size_t begin, size_t at)
{
	size_t block = first_block_from(c->blocks, c->block_count, at);
	bool at_block = block < c->block_count && c->blocks[block].begin == at;
	if (at_block && has_gap(c->blocks, block))
		return PLACE_BLOCK;
	struct span line = line_before(c->text, begin, at);
	if (ends_open(line) || begins_open(span_skip(c->text, at)))
		return PLACE_LINE_END;
	if (at_block)
		return PLACE_BLOCK;
	if (!line.len)
		return PLACE_BLANK_LINE;
	return ends_sentence(line, span_skip(c->text, at)) ? PLACE_SENTENCE_END
							   : PLACE_CLEAN_LINE_END;
}

/* ---- finding a cut ---- */

/* The offset behind the first line feed in [from, to); 0 if there is none. */
static size_t line_end_in(struct span text, size_t from, size_t to)
{
	const char *feed = from < to ? memchr(text.ptr + from, '\n', to - from) : NULL;
	return feed ? (size_t)(feed - text.ptr) + 1 : 0;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The best place in the window, of equals the nearest to the target; 0 if there is no line end. */
static size_t cut_in_window(const struct cutter *c, size_t begin)
{
	size_t target = begin + FRAME_TARGET_BYTES, window_end = begin + WINDOW_END;
	size_t best = 0;
	enum place best_place = PLACE_NONE;
	size_t at = begin + WINDOW_BEGIN;
	while ((at = line_end_in(c->text, at, window_end))) {
		enum place place = judge(c, begin, at);
		if (place < best_place)
			continue;
		if (place > best_place || distance(at, target) < distance(best, target))
			best = at;
		best_place = place;
	}
	return best;
}

/* In the middle of a very long line: behind a blank before the target, else between characters. */
static size_t cut_inside_line(struct span text, size_t begin)
{
	size_t target = begin + FRAME_TARGET_BYTES;
	for (size_t at = target; at > begin + SHORTEST; at--)
		if (is_blank(text.ptr[at - 1]))
			return at;
	size_t at = target;
	while (at > begin + SHORTEST && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static size_t cut(const struct cutter *c, size_t begin)
{
	if (c->text.len - begin <= WINDOW_END)
		return c->text.len;
	size_t at = cut_in_window(c, begin);
	if (at)
		return at;
	const char *feed = memrchr(c->text.ptr + begin + SHORTEST, '\n', WINDOW_BEGIN - SHORTEST);
	if (feed)
		return (size_t)(feed - c->text.ptr) + 1;
	size_t limit = begin + FRAME_MAX_BYTES;
	if (c->text.len <= limit)
		limit = c->text.len;
	at = line_end_in(c->text, begin + WINDOW_END, limit);
	if (at)
		return at;
	return limit == c->text.len ? limit : cut_inside_line(c->text, begin);
}

/* ---- the plan ---- */

static uint32_t count_lines(struct span text)
{
	uint32_t lines = 0;
	const char *end = text.ptr + text.len;
	const char *feed = text.ptr;
	while (feed < end && (feed = memchr(feed, '\n', (size_t)(end - feed)))) {
		lines++;
		feed++;
	}
	return lines;
}

void frame_plan_make(
	struct frame_plan *plan, struct span text, const struct block *blocks, size_t block_count)
{
	assert(text.len < UINT32_MAX);
	struct cutter cutter = {text, blocks, block_count};
	size_t begin = 0;
	uint32_t line = 1;
	plan->count = 0;
	plan->checkpoint_count = 0;
	do {
		size_t end = cut(&cutter, begin);
		ARRAY_GROW(plan->frames, plan->count, plan->capacity);
		plan->frames[plan->count++] =
			(struct frame){(uint32_t)begin, (uint32_t)end, 0, line};
		if (end > begin)
			line += count_lines((struct span){text.ptr + begin, end - begin});
		begin = end;
	} while (begin < text.len);
}

void frame_plan_add_checkpoint(struct frame_plan *plan, uint32_t offset, uint32_t position)
{
	ARRAY_GROW(plan->checkpoints, plan->checkpoint_count, plan->checkpoint_capacity);
	plan->checkpoints[plan->checkpoint_count++] = (struct checkpoint){offset, position};
}

void frame_plan_done(struct frame_plan *plan)
{
	free(plan->checkpoints);
	free(plan->frames);
	free(plan->breaks);
	*plan = (struct frame_plan){0};
}

const uint32_t *frame_breaks_in(const struct frame *frame, const struct block *blocks,
	size_t block_count, uint32_t **scratch, size_t *capacity, size_t *ret_count)
{
	size_t count = 0;
	ARRAY_GROW(*scratch, count, *capacity); /* never NULL */
	size_t i = first_block_from(blocks, block_count, frame->begin);
	for (; i < block_count && blocks[i].begin < frame->end; i++) {
		uint32_t offset = blocks[i].begin - frame->begin;
		if (!has_gap(blocks, i) || (count && (*scratch)[count - 1] == offset))
			continue;
		ARRAY_GROW(*scratch, count, *capacity);
		(*scratch)[count++] = offset;
	}
	*ret_count = count;
	return *scratch;
}

const uint32_t *frame_breaks(struct frame_plan *plan, size_t frame, const struct block *blocks,
	size_t block_count, size_t *ret_count)
{
	assert(frame < plan->count);
	return frame_breaks_in(&plan->frames[frame], blocks, block_count, &plan->breaks,
		&plan->break_capacity, ret_count);
}
