/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines and blocks. At the top level a paragraph goes straight into the document; in a row it is
 * kept until the row ends, in a note or a text box until the paragraph around it does.
 *
 *   levels: document | note or box | one inside that ...   each with its open paragraph and row
 *   deferred: what levels above the first have ended
 */
#include "indexer/extract/flow.h"

#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/limits.h"

enum { ROW_LINE_BYTES = 1000, LEVELS_MAX = 64 };

struct item {
	size_t begin, end; /* in the text of its list */
	unsigned cell;
	uint8_t kind, level;
};

struct items {
	struct buf text;
	struct item *list;
	size_t count, capacity;
};

/* An open row; those around it stand before it. */
struct row {
	size_t first; /* of its items */
	unsigned cell;
};

struct level {
	struct buf line;
	bool raised;
	enum block_kind kind;
	struct items items; /* of open rows */
	struct row *rows;
	size_t row_count, row_capacity;
};

struct flow {
	struct document *document;
	struct level levels[LEVELS_MAX];
	size_t top;
	size_t too_deep; /* pushes beyond the levels: they run into the last one */
	struct items deferred;
	bool has_title;
	bool full;
};

struct flow *flow_new(struct document *document)
{
	struct flow *flow = mem_zalloc(sizeof(*flow));

	flow->document = document;
	return flow;
}

static void items_done(struct items *items)
{
	buf_done(&items->text);
	free(items->list);
}

void flow_free(struct flow *flow)
{
	if (!flow)
		return;
	for (size_t i = 0; i < LEVELS_MAX; i++) {
		buf_done(&flow->levels[i].line);
		items_done(&flow->levels[i].items);
		free(flow->levels[i].rows);
	}
	items_done(&flow->deferred);
	free(flow);
}

static struct level *top_level(struct flow *flow)
{
	return &flow->levels[flow->top];
}

/* ---- the open paragraph ---- */

static bool ends_in_letters(struct span line, size_t count)
{
	size_t letters = 0;

	for (size_t i = line.len; i > 0 && letters < count; i--) {
		unsigned char c = (unsigned char)line.ptr[i - 1];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		if (!letter && c < 0x80)
			return false;
		letters += letter || c >= 0xc0;
	}
	return letters == count;
}

void flow_raise(struct flow *flow)
{
	top_level(flow)->raised = true;
}

/* "m²" is a unit, "Bericht¹" a word and a mark. */
static void part_mark(struct level *level, struct span text)
{
	bool digit = text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';

	if (digit && ends_in_letters(buf_span(&level->line), 4))
		buf_add_byte(&level->line, ' ');
	level->raised = false;
}

/* The first soft hyphen, or NULL. */
static const char *find_soft_hyphen(struct span text)
{
	const char *at = text.ptr, *end = text.ptr + text.len;

	while ((at = memchr(at, 0xc2, (size_t)(end - at))) && at + 1 < end && at[1] != '\xad')
		at++;
	return at && at + 1 < end ? at : NULL;
}

void flow_text(struct flow *flow, struct span text)
{
	struct level *level = top_level(flow);

	if (text.len == 0 || flow->full)
		return;
	if (level->raised)
		part_mark(level, text);
	for (;;) {
		const char *soft = text.len ? find_soft_hyphen(text) : NULL;
		if (!soft)
			break;
		buf_add_span(&level->line, span_from(text.ptr, soft));
		text = span_from(soft + 2, text.ptr + text.len);
	}
	buf_add_span(&level->line, text);
	if (level->line.len > LIMIT_TEXT_BYTES)
		flow->full = true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

void flow_words(struct flow *flow, struct span text)
{
	struct buf *line = &top_level(flow)->line;
	const char *at = text.ptr, *end = text.ptr + text.len;

	while (at < end) {
		const char *begin = at;

		while (at < end && is_blank(*at))
			at++;
		if (at > begin && line->len && !is_blank(line->ptr[line->len - 1]))
			buf_add_byte(line, ' ');
		begin = at;
		/* A single blank between words stays in the run. */
		while (at < end &&
			(!is_blank(*at) || (*at == ' ' && at + 1 < end && !is_blank(at[1]))))
			at++;
		flow_text(flow, span_from(begin, at));
	}
}

static void trim_end(struct buf *line)
{
	while (line->len && is_blank(line->ptr[line->len - 1]))
		line->len--;
	if (line->ptr)
		line->ptr[line->len] = '\0';
}

void flow_line_end(struct flow *flow)
{
	struct buf *line = &top_level(flow)->line;

	while (line->len && (line->ptr[line->len - 1] == ' ' || line->ptr[line->len - 1] == '\t'))
		line->len--;
	if (line->len && line->ptr[line->len - 1] != '\n')
		buf_add_byte(line, '\n');
}

/* ---- into the document ---- */

/* The first heading is the title if none is known, or if it says the same; so is what the document
   marks as its title. */
static enum block_kind kind_of_heading(struct flow *flow, enum block_kind kind, struct span text)
{
	struct document *document = flow->document;
	BUF_SCOPED(line);

	if (flow->has_title)
		return BLOCK_HEADING;
	document_set_field(&line, text);
	if (kind == BLOCK_HEADING && document->title.len &&
		!span_equal(buf_span(&line), buf_span(&document->title)))
		return BLOCK_HEADING;
	if (document->title.len == 0)
		document_set_title(document, buf_span(&line));
	flow->has_title = true;
	return BLOCK_TITLE;
}

static void emit(struct flow *flow, enum block_kind kind, unsigned level, struct span text)
{
	struct document *document = flow->document;
	size_t begin = document->text.len;

	if (begin + text.len >= LIMIT_TEXT_BYTES) {
		flow->full = true;
		return;
	}
	if (kind == BLOCK_TITLE || kind == BLOCK_HEADING)
		kind = kind_of_heading(flow, kind, text);
	if (kind != BLOCK_HEADING)
		level = 0;
	else if (level == 0)
		level = 1;
	document_add_block(document, begin, kind, level);
	document_add_text(document, text);
	buf_add_byte(&document->text, '\n');
}

static struct span item_text(const struct items *items, const struct item *item)
{
	return (struct span){items->text.ptr + item->begin, item->end - item->begin};
}

static void add_item(struct items *items, struct item item, struct span text)
{
	ARRAY_GROW(items->list, items->count, items->capacity);
	item.begin = items->text.len;
	buf_add_span(&items->text, text);
	item.end = items->text.len;
	items->list[items->count++] = item;
}

static void emit_deferred(struct flow *flow)
{
	struct items *items = &flow->deferred;

	for (size_t i = 0; i < items->count; i++)
		emit(flow, items->list[i].kind, items->list[i].level,
			item_text(items, &items->list[i]));
	items->count = 0;
	buf_clear(&items->text);
}

/* A line that is ended outside of rows. */
static void put(struct flow *flow, enum block_kind kind, unsigned level, struct span text)
{
	if (flow->top == 0) {
		emit(flow, kind, level, text);
		return;
	}
	if (top_level(flow)->kind == BLOCK_NOTE)
		kind = BLOCK_NOTE;
	add_item(&flow->deferred, (struct item){.kind = (uint8_t)kind, .level = (uint8_t)level},
		text);
	if (flow->deferred.text.len > LIMIT_TEXT_BYTES)
		flow->full = true;
}

static bool says_nothing(struct span text)
{
	size_t i = 0;

	while (i < text.len &&
		(is_blank(text.ptr[i]) ||
			(i + 1 < text.len && memcmp(text.ptr + i, "\u00a0", 2) == 0)))
		i += is_blank(text.ptr[i]) ? 1 : 2;
	return i == text.len;
}

void flow_end(struct flow *flow, enum block_kind kind, unsigned level)
{
	struct level *top = top_level(flow);

	trim_end(&top->line);
	top->raised = false;
	struct span text = buf_span(&top->line);
	while (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\n'))
		text = span_skip(text, 1);
	if (!says_nothing(text)) {
		if (top->row_count)
			add_item(&top->items,
				(struct item){.cell = top->rows[top->row_count - 1].cell,
					.kind = (uint8_t)kind,
					.level = (uint8_t)level},
				text);
		else
			put(flow, kind, level, text);
	}
	buf_clear(&top->line);
	if (top->items.text.len > LIMIT_TEXT_BYTES)
		flow->full = true;
	if (flow->top == 0 && top->row_count == 0 && flow->deferred.count)
		emit_deferred(flow);
}

/* ---- notes and boxes ---- */

void flow_push(struct flow *flow, enum block_kind kind)
{
	if (flow->top + 1 == LEVELS_MAX) {
		flow->too_deep++;
		return;
	}
	if (flow->top && top_level(flow)->kind == BLOCK_NOTE)
		kind = BLOCK_NOTE;
	flow->top++;
	top_level(flow)->kind = kind;
}

void flow_pop(struct flow *flow)
{
	if (flow->too_deep) {
		flow->too_deep--;
		return;
	}
	if (flow->top == 0)
		return;
	while (top_level(flow)->row_count)
		flow_row_end(flow);
	flow_end(flow, BLOCK_TEXT, 0);
	flow->top--;
}

/* ---- rows ---- */

void flow_row_begin(struct flow *flow)
{
	struct level *top = top_level(flow);

	flow_end(flow, BLOCK_TEXT, 0);
	ARRAY_GROW(top->rows, top->row_count, top->row_capacity);
	top->rows[top->row_count++] = (struct row){.first = top->items.count};
}

void flow_cell_begin(struct flow *flow)
{
	struct level *top = top_level(flow);

	flow_end(flow, BLOCK_TEXT, 0);
	if (top->row_count)
		top->rows[top->row_count - 1].cell++;
}

static bool is_layout(const struct items *items, size_t first)
{
	bool one_cell = true;

	for (size_t i = first; i < items->count; i++) {
		const struct item *item = &items->list[i];

		if (item->kind == BLOCK_HEADING || item->kind == BLOCK_TITLE ||
			item->kind == BLOCK_ROW)
			return true;
		one_cell &= item->cell == items->list[first].cell;
	}
	return one_cell;
}

static void join_row(const struct items *items, size_t first, struct buf *row)
{
	size_t line_begin = 0;

	for (size_t i = first; i < items->count; i++) {
		const struct item *item = &items->list[i];

		if (i > first && item->cell != item[-1].cell) {
			buf_add_byte(row, '\t');
		} else if (i > first && row->len - line_begin < ROW_LINE_BYTES) {
			buf_add_byte(row, ' ');
		} else if (i > first) {
			buf_add_byte(row, '\n');
			line_begin = row->len;
		}
		buf_add_span(row, item_text(items, item));
	}
}

static void drop_items(struct items *items, size_t first)
{
	items->text.len = first < items->count ? items->list[first].begin : items->text.len;
	items->count = first;
}

void flow_row_end(struct flow *flow)
{
	struct level *top = top_level(flow);
	struct items *items = &top->items;
	BUF_SCOPED(joined);

	if (top->row_count == 0)
		return;
	flow_end(flow, BLOCK_TEXT, 0);
	struct row row = top->rows[--top->row_count];
	if (row.first < items->count && !is_layout(items, row.first)) {
		join_row(items, row.first, &joined);
		drop_items(items, row.first);
		add_item(items,
			(struct item){.kind = BLOCK_ROW,
				.cell = top->row_count ? top->rows[top->row_count - 1].cell : 0},
			buf_span(&joined));
	} else if (top->row_count) {
		/* layout within a row: as if the cell around held its paragraphs */
		for (size_t i = row.first; i < items->count; i++)
			items->list[i].cell = top->rows[top->row_count - 1].cell;
	}
	if (top->row_count)
		return;
	for (size_t i = 0; i < items->count; i++)
		put(flow, items->list[i].kind, items->list[i].level,
			item_text(items, &items->list[i]));
	drop_items(items, 0);
	if (flow->top == 0)
		emit_deferred(flow);
}

bool flow_is_full(const struct flow *flow)
{
	return flow->full;
}

lupe_status flow_finish(struct flow *flow, struct lupe_error *err)
{
	flow->too_deep = 0;
	while (flow->top)
		flow_pop(flow);
	while (top_level(flow)->row_count)
		flow_row_end(flow);
	flow_end(flow, BLOCK_TEXT, 0);
	if (flow->full)
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "more than %d MB of text", LIMIT_TEXT_BYTES >> 20);
	return LUPE_OK;
}
