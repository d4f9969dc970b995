/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides what each line is, from its font's size and place, and appends it. The order of lines is
 * that of pdf_layout.c, but for footnotes: text that goes on over the end of a page goes on there
 * in the document too, so the page's notes move to the last end of a sentence before.
 */
#include "indexer/extract/pdf_emit.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
	TITLE_LINES_MOST = 6,
	TITLE_LETTERS_MOST = 240,
	TITLE_LETTERS_LEAST = 3,
	TITLE_SHORT_LETTERS = 16, /* fewer are hardly a title on their own */
	HEADING_LETTERS_MOST = 160,
	BOLD_HEADING_LETTERS_MOST = 100,
};
/* Sizes of fonts, relative to running text. */
static const float size_level1 = 1.8F, size_level2 = 1.4F, size_level3 = 1.15F, size_note = 0.92F;
static const float notes_from = 0.4F; /* of the page's height */

void emitter_done(struct emitter *emitter)
{
	layout_done(&emitter->layout);
	buf_done(&emitter->title);
	free(emitter->kinds);
	free(emitter->order);
	*emitter = (struct emitter){0};
}

void emitter_measure(struct emitter *emitter, const struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct segment *segment = &page->segments[i];
		size_t half_points = (size_t)(fminf(segment->size * 2 + 0.5F, EMIT_SIZES - 1));

		emitter->letters_by_size[half_points] += segment->letters;
		emitter->letters += segment->letters;
		emitter->bold_letters += segment->bold ? segment->letters : 0;
	}
}

static float text_size(const struct emitter *emitter)
{
	size_t best = 0;

	for (size_t i = 0; i < EMIT_SIZES; i++)
		if (emitter->letters_by_size[i] > emitter->letters_by_size[best])
			best = i;
	return (float)best / 2;
}

/* ---- what a line says ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static size_t count_letters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += is_letter(s.ptr[i]) && (s.ptr[i] & 0xc0) != 0x80;
	return n;
}

static bool ends_broken(struct span s)
{
	return s.len > 1 && span_ends(s, SPAN("-")) && is_letter(s.ptr[s.len - 2]);
}

static bool ends_sentence(struct span s)
{
	static const char *const closing[] = {"\"", "“", ")", "”", "«", NULL};

	for (size_t i = 0; closing[i]; i++)
		if (span_ends(s, span_of(closing[i])))
			s.len -= strlen(closing[i]);
	return s.len && strchr(".!?:;", s.ptr[s.len - 1]);
}

/* Whether the last cell of a row is a number rather than words. */
static bool ends_in_number(struct span s)
{
	const char *tab = s.len ? memrchr(s.ptr, '\t', s.len) : NULL;
	struct span cell = tab ? span_from(tab + 1, s.ptr + s.len) : s;
	size_t digits = 0;

	for (size_t i = 0; i < cell.len; i++)
		digits += is_digit(cell.ptr[i]);
	return digits * 2 >= cell.len;
}

/* ---- kinds ---- */

struct view {
	const struct layout *layout;
	float size; /* of running text */
	bool bold_is_rare;
};

static struct span text_at(const struct view *view, size_t i)
{
	return line_text(view->layout, &view->layout->lines[i]);
}

static bool is_large_heading(const struct view *view, size_t i)
{
	const struct line *line = &view->layout->lines[i];

	return line->size >= view->size * size_level3 && line->letters <= HEADING_LETTERS_MOST &&
	       line->cells <= 2 && line->turn == view->layout->lines[0].turn &&
	       count_letters(text_at(view, i)) >= 2;
}

/* Bold lines between others: at most two of them together, not the end of a sentence. */
static bool is_bold_heading(const struct view *view, size_t i)
{
	const struct line *lines = view->layout->lines, *line = &lines[i];
	struct span text = text_at(view, i);
	size_t first = i, end = i + 1;

	if (!view->bold_is_rare || !line->bold || line->cells > 2 ||
		line->size < view->size * 0.95F || line->letters > BOLD_HEADING_LETTERS_MOST ||
		count_letters(text) < 3 || span_ends(text, SPAN(",")) ||
		span_ends(text, SPAN(".")) || span_ends(text, SPAN(";")))
		return false;
	while (first > 0 && lines[first - 1].bold)
		first--;
	while (end < view->layout->count && lines[end].bold)
		end++;
	return end - first <= 2;
}

static unsigned heading_level(const struct view *view, const struct line *line)
{
	if (line->size >= view->size * size_level1)
		return 1;
	if (line->size >= view->size * size_level2)
		return 2;
	return line->size >= view->size * size_level3 ? 3 : 4;
}

static bool is_row(const struct view *view, size_t i)
{
	const struct line *line = &view->layout->lines[i];

	return line->cells >= 3 || (line->cells == 2 && ends_in_number(text_at(view, i)));
}

static bool begins_note(struct span text)
{
	size_t digits = 0;

	while (digits < text.len && is_digit(text.ptr[digits]))
		digits++;
	if (digits == 0) /* an asterisk, a raised digit */
		return text.len > 2 && (text.ptr[0] == '*' || span_starts(text, SPAN("\u00b9")) ||
					       span_starts(text, SPAN("\u00b2")) ||
					       span_starts(text, SPAN("\u00b3")) ||
					       span_starts(text, SPAN("\xe2\x81")));
	return digits <= 3 && digits + 2 < text.len &&
	       (text.ptr[digits] == ' ' || text.ptr[digits] == ')' || text.ptr[digits] == '\t' ||
		       is_letter(text.ptr[digits]));
}

/* Where the footnotes begin with which the page ends; the number of lines if there are none. */
static size_t find_notes(const struct view *view, const struct page *page)
{
	const struct layout *layout = view->layout;
	size_t first = layout->count;

	while (first > 0 && layout->lines[first - 1].size <= view->size * size_note &&
		layout->lines[first - 1].turn == TURN_RIGHT)
		first--;
	/* small print from the top of a page, or without a mark, is not sure to be notes */
	if (first == 0 || first == layout->count || !begins_note(text_at(view, first)) ||
		layout->lines[first].area.y1 < page->height * notes_from)
		return layout->count;
	return first;
}

static void decide_kinds(struct emitter *emitter, const struct view *view, size_t notes)
{
	for (size_t i = 0; i < view->layout->count; i++) {
		enum block_kind kind = BLOCK_TEXT;

		if (i >= notes)
			kind = BLOCK_NOTE;
		else if (is_row(view, i))
			kind = BLOCK_ROW;
		else if (is_large_heading(view, i) || is_bold_heading(view, i))
			kind = BLOCK_HEADING;
		emitter->kinds[i] = (uint8_t)kind;
	}
}

/* ---- the title ---- */

static bool may_be_title(const struct emitter *emitter, size_t i)
{
	const struct layout *layout = &emitter->layout;

	return layout->lines[i].turn == TURN_RIGHT && emitter->kinds[i] != BLOCK_ROW &&
	       count_letters(line_text(layout, &layout->lines[i])) >= TITLE_LETTERS_LEAST;
}

/* The line of the largest letters, or the first bold one; the number of lines if neither is there.
 */
static size_t find_title(const struct emitter *emitter, const struct view *view)
{
	const struct layout *layout = view->layout;
	size_t best = layout->count;

	for (size_t i = 0; i < layout->count; i++)
		if (may_be_title(emitter, i) &&
			(best == layout->count ||
				layout->lines[i].size > layout->lines[best].size * 1.02F))
			best = i;
	if (best < layout->count && layout->lines[best].size >= view->size * size_level3)
		return best;
	for (best = 0; best < layout->count; best++)
		if (may_be_title(emitter, best) && view->bold_is_rare && layout->lines[best].bold)
			break;
	return best;
}

/* Whether line `i` goes on with the title that has the letters of `first`. */
static bool continues_title(
	const struct emitter *emitter, const struct view *view, size_t first, size_t i)
{
	const struct line *a = &view->layout->lines[first], *b = &view->layout->lines[i];
	const struct line *above = &view->layout->lines[i - 1];
	bool alike = b->size >= a->size * 0.95F && b->size <= a->size * 1.05F;

	if (!may_be_title(emitter, i) || emitter->title.len + b->len > TITLE_LETTERS_MOST ||
		b->area.y1 < above->area.y1 || b->area.y1 - above->area.y2 > b->size * 3)
		return false;
	if (count_letters(buf_span(&emitter->title)) < TITLE_SHORT_LETTERS)
		return alike || b->size >= view->size * size_level3 || b->bold;
	return alike && b->bold == a->bold && above->size >= a->size * 0.95F;
}

static void take_title(struct emitter *emitter, const struct view *view)
{
	size_t first = find_title(emitter, view);

	emitter->title_sought = true;
	for (size_t i = first; i < view->layout->count && i < first + TITLE_LINES_MOST; i++) {
		struct span text = text_at(view, i);

		if (i > first && !continues_title(emitter, view, first, i))
			return;
		if (ends_broken(buf_span(&emitter->title)) && text.ptr[0] >= 'a')
			emitter->title.len--;
		else if (emitter->title.len)
			buf_add_byte(&emitter->title, ' ');
		buf_add_span(&emitter->title, text);
		emitter->kinds[i] = BLOCK_TITLE;
	}
}

/* ---- order and output ---- */

/* Moves the notes so that text which goes on over the end of the page is not interrupted. */
static void order_lines(struct emitter *emitter, const struct view *view, size_t notes)
{
	size_t count = view->layout->count, insert = notes, n = 0;

	if (notes < count && notes > 0 && !ends_sentence(text_at(view, notes - 1)) &&
		emitter->kinds[notes - 1] == BLOCK_TEXT) {
		while (insert > 0 && !ends_sentence(text_at(view, insert - 1)))
			insert--;
		if (insert == 0)
			insert = ends_broken(text_at(view, notes - 1)) ? notes - 1 : notes;
		if (insert == 0 && emitter->broken)
			insert = 1;
	}
	for (size_t i = 0; i < insert; i++)
		emitter->order[n++] = (uint32_t)i;
	for (size_t i = notes; i < count; i++)
		emitter->order[n++] = (uint32_t)i;
	for (size_t i = insert; i < notes; i++)
		emitter->order[n++] = (uint32_t)i;
}

/* Whether the line goes on in the block before, which is of the same kind. */
static bool continues_block(
	const struct emitter *emitter, const struct line *line, struct span text)
{
	switch (emitter->kind) {
	case BLOCK_HEADING:
		return fabsf(line->size - emitter->last_size) < 0.1F && !is_digit(text.ptr[0]) &&
		       text.ptr[0] >= 'a';
	case BLOCK_NOTE:
		return !begins_note(text);
	case BLOCK_ROW:
		return false;
	default:
		return true;
	}
}

/* Cells are of rows: elsewhere a wide blank is a blank. */
static void flatten(struct emitter *emitter, const struct line *line)
{
	char *text = emitter->layout.text.ptr + line->begin;

	for (size_t i = 0; i < line->len; i++)
		if (text[i] == '\t')
			text[i] = ' ';
}

static void emit_line(struct emitter *emitter, const struct view *view, size_t i, bool first)
{
	struct document *document = emitter->document;
	const struct line *line = &view->layout->lines[i];
	enum block_kind kind = emitter->kinds[i];
	struct span text = text_at(view, i);
	/* a word that goes on keeps its line in the block, whatever the line is */
	bool goes_on = emitter->broken && is_letter(text.ptr[0]);

	if (goes_on && emitter->kind == BLOCK_TEXT)
		kind = BLOCK_TEXT;
	if (first ||
		(!goes_on && (kind != emitter->kind || !continues_block(emitter, line, text)))) {
		document_add_block(document, document->text.len, kind,
			kind == BLOCK_HEADING ? heading_level(view, line) : 0);
		emitter->kind = kind;
	}
	if (emitter->kind != BLOCK_ROW)
		flatten(emitter, line);
	document_add_text(document, (struct span){text.ptr, text.len + 1});
	emitter->broken = ends_broken(text);
	emitter->last_size = line->size;
}

static void prepare(struct emitter *emitter)
{
	size_t count = emitter->layout.count;

	if (emitter->capacity >= count)
		return;
	emitter->capacity = count * 2;
	emitter->kinds =
		mem_realloc_array(emitter->kinds, emitter->capacity, sizeof(*emitter->kinds));
	emitter->order =
		mem_realloc_array(emitter->order, emitter->capacity, sizeof(*emitter->order));
}

/* The furniture of page 1 that is text, each piece a note. */
static void emit_furniture(struct emitter *emitter, const struct page *page)
{
	struct document *document = emitter->document;

	for (size_t i = 0; i < page->count; i++) {
		const struct segment *segment = &page->segments[i];
		struct span text = segment_text(page, segment);

		if (!segment->dropped || segment->page_number || count_letters(text) < 3)
			continue;
		document_add_block(document, document->text.len, BLOCK_NOTE, 0);
		document_add_text(document, text);
		document_add_text(document, SPAN("\n"));
	}
}

void emitter_add_page(struct emitter *emitter, const struct page *page)
{
	struct view view = {
		.layout = &emitter->layout,
		.size = text_size(emitter),
		.bold_is_rare = emitter->bold_letters * 3 < emitter->letters,
	};

	emitter->document->page = page->number;
	layout_page(&emitter->layout, page);
	prepare(emitter);
	if (page->number == 1)
		emit_furniture(emitter, page);
	size_t notes = find_notes(&view, page);
	decide_kinds(emitter, &view, notes);
	if (!emitter->title_sought && emitter->layout.count)
		take_title(emitter, &view);
	order_lines(emitter, &view, notes);
	for (size_t i = 0; i < emitter->layout.count; i++)
		emit_line(emitter, &view, emitter->order[i], i == 0);
}
