/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stored text of a document with every hit marked, and a list of the hits to jump to. A hit's
 * id is its byte in the text, which the list of results knows, too. Long documents come in parts,
 * which lupe cuts at line ends.
 */
#include "web/pages.h"

/* ---- text ---- */

static bool begins_item(struct span line)
{
	return line.len == 0 || strchr("-*+|#>([ \t0123456789", line.ptr[0]) ||
	       span_starts(line, SPAN("•")) || span_starts(line, SPAN("–"));
}

/* Whether the line end before `next` only is where the line was full. */
static bool is_soft(struct span line, struct span next)
{
	enum { FULL_LINE_BYTES = 60 };
	return line.len >= FULL_LINE_BYTES && !span_ends(line, SPAN("-")) &&
	       !span_ends(line, SPAN("|")) && !span_ends(line, SPAN("  ")) && !begins_item(next);
}

/* Lines as they are, but those that go on in the next one. */
static void write_lines(struct page *page, struct span text, bool verbatim)
{
	struct html *h = &page->html;
	while (text.ptr) {
		struct span line = span_take(&text, '\n');
		html_text(h, line);
		if (!text.ptr)
			return;
		struct span rest = text, next = span_take(&rest, '\n');
		html_string(h, !verbatim && is_soft(line, next) ? " " : "\n");
	}
}

static void write_mark(struct page *page, struct span text, long long begin)
{
	struct html *h = &page->html;
	BUF_SCOPED(id);
	buf_printf(&id, "f%lld", begin);
	html_open(h, "mark");
	html_attr(h, "id", buf_span(&id));
	html_text(h, text);
	html_end(h);
}

/* What is shown of piece `i` of a block: the line ends around a block are its end, not its text,
   and the signs before a heading in Markdown say what the page says otherwise. */
static struct span shown_text(struct span text, size_t i, size_t count, bool heading)
{
	while (i == 0 &&
		(span_starts(text, SPAN("\n")) || (heading && span_starts(text, SPAN("#")))))
		text = span_skip(text, 1);
	while (i + 1 == count && span_ends(text, SPAN("\n")))
		text.len--;
	return text;
}

static void write_block_text(struct page *page, const json_t *block, bool heading, bool verbatim)
{
	long long at = json_number(block, "begin");
	const json_t *pieces = json_object_get(block, "text");
	size_t i, count = json_array_size(pieces);
	json_t *piece;
	json_array_foreach((json_t *)pieces, i, piece)
	{
		struct span text = json_text(piece, "t");
		struct span shown = shown_text(text, i, count, heading);
		if (json_object_get(piece, "m"))
			write_mark(page, shown, at);
		else if (shown.len)
			write_lines(page, shown, verbatim);
		at += (long long)text.len;
	}
}

/* Headings of the document stand below ours: h1 is its title, h2 what we say about it. None is more
   than one level below the one before it, whatever the document does. */
static const char *heading_of(const json_t *block, int *level)
{
	static const char *const headings[] = {"h3", "h4", "h5", "h6"};
	long long own = json_number(block, "level");
	int wanted = own < 1 ? 1 : own > 4 ? 4 : (int)own;
	*level = wanted > *level + 1 ? *level + 1 : wanted;
	return headings[*level - 1];
}

static void write_page_mark(struct page *page, const json_t *block)
{
	struct html *h = &page->html;
	BUF_SCOPED(id);
	buf_printf(&id, "seite-%lld", json_number(block, "page"));
	html_open_class(h, "p", "page-mark");
	html_attr(h, "id", buf_span(&id));
	html_text(h, result_place_name(page, block));
	html_end(h);
}

static void write_block(struct page *page, const json_t *block, int *level)
{
	struct html *h = &page->html;
	struct span kind = json_text(block, "kind");
	bool row = span_equal(kind, SPAN("row"));
	bool heading = span_equal(kind, SPAN("heading")) || span_equal(kind, SPAN("title"));
	html_open_class(h, heading ? heading_of(block, level) : "p", row ? "row" : NULL);
	write_block_text(page, block, heading, row);
	html_end(h);
}

static void write_blocks(struct page *page, const json_t *blocks)
{
	long long at_page = 0;
	int level = 0;
	size_t i;
	json_t *block;
	json_array_foreach((json_t *)blocks, i, block)
	{
		long long number = json_number(block, "page");
		if (number && number != at_page)
			write_page_mark(page, block);
		at_page = number;
		write_block(page, block, &level);
	}
}

/* ---- jumping ---- */

/* Hits that have one line of the list together: those of a page, of a section, or of a line. */
static bool same_place(const json_t *a, const json_t *b)
{
	if (json_number(a, "page") || json_number(b, "page"))
		return json_number(a, "page") == json_number(b, "page");
	struct span heading = json_text(a, "heading"), other = json_text(b, "heading");
	if (heading.len || other.len)
		return span_equal(heading, other);
	return json_number(a, "line") == json_number(b, "line");
}

static void write_jump(struct page *page, const json_t *hit, size_t count)
{
	struct html *h = &page->html;
	struct span heading = json_text(hit, "heading");
	BUF_SCOPED(address);
	buf_printf(&address, "#f%lld", json_number(hit, "begin"));
	html_open(h, "li");
	page_link_text(page, buf_span(&address),
		json_number(hit, "page") || !heading.len ? result_place_name(page, hit) : heading);
	if (count > 1) {
		html_string(h, " ");
		html_open_class(h, "span", "count");
		html_text(h, page_fill(page, T_HITS_HERE, page_number(page, (long long)count)));
		html_end(h);
	}
	html_end(h);
}

static void write_jumps(struct page *page, const json_t *hits)
{
	enum { MOST = 100 };
	struct html *h = &page->html;
	size_t total = json_array_size(hits), lines = 0, i = 0;
	if (!total)
		return;
	html_open_class(h, "nav", "jumps");
	html_attr_string(h, "aria-label", page_text(page, T_JUMP));
	page_say_in(page, "h2", T_JUMP);
	html_open(h, "ol");
	while (i < total && lines++ < MOST) {
		size_t first = i;
		const json_t *hit = json_array_get(hits, first);
		while (i < total && same_place(hit, json_array_get(hits, i)))
			i++;
		write_jump(page, hit, i - first);
	}
	html_end(h);
	if (i < total)
		page_say_in(page, "p", T_MORE_HITS);
	html_end(h);
}

/* ---- around the text ---- */

static void write_part_link(struct page *page, enum text text, long long from)
{
	struct ask ask = *page->ask;
	ask.from = from > 0 ? (unsigned long)from : 0;
	html_open(&page->html, "li");
	page_link_text(page, page_address(page, "dokument", &ask), span_of(page_text(page, text)));
	html_end(&page->html);
}

static void write_parts(struct page *page, const json_t *document, enum text label)
{
	enum { CONTEXT_BYTES = 2000 };
	struct html *h = &page->html;
	long long begin = json_number(json_object_get(document, "window"), "begin");
	const json_t *next = json_object_get(document, "next");
	const json_t *hit = json_object_get(document, "next_hit");
	if (begin == 0 && !json_is_integer(next))
		return;
	html_open_class(h, "nav", "paging");
	html_attr_string(h, "aria-label", page_text(page, label));
	html_open(h, "ul");
	if (begin > 0)
		write_part_link(page, T_PART_PREVIOUS, begin - ASK_DOCUMENT_BYTES);
	if (json_is_integer(next))
		write_part_link(page, T_PART_NEXT, json_integer_value(next));
	if (json_is_integer(hit))
		write_part_link(page, T_PART_NEXT_HIT, json_integer_value(hit) - CONTEXT_BYTES);
	html_end(h);
	html_end(h);
}

static void write_actions(struct page *page, const json_t *document)
{
	struct html *h = &page->html;
	struct span original = result_original(page, document, 0);
	struct ask back = *page->ask;
	back.path.len = 0;
	back.from = 0;
	html_open_class(h, "ul", "actions");
	if (page->ask->query.len) {
		html_open(h, "li");
		page_link_text(page, page_address(page, "suche", &back),
			span_of(page_text(page, T_BACK_TO_RESULTS)));
		html_end(h);
	}
	if (original.len) {
		html_open(h, "li");
		page_link_text(page, original,
			page_fill(page, T_ORIGINAL, text_type_name(json_text(document, "type"))));
		html_end(h);
	}
	html_end(h);
}

void page_document(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	const json_t *document = json_object_get(json, "document");
	struct span title = json_text(document, "title");
	long long hits = json_number(document, "hits_total");
	page_begin(page, title);
	html_open(h, "h1");
	html_element(h, "bdi", title);
	html_end(h);
	result_write_about(page, document);
	write_actions(page, document);
	if (page->ask->query.len) {
		html_open_class(h, "p", "status");
		html_text(
			h, hits ? page_count(page, T_DOCUMENT_HITS_ONE, T_DOCUMENT_HITS_MANY, hits)
				: span_of(page_text(page, T_DOCUMENT_HITS_NONE)));
		html_end(h);
	}
	html_open_class(h, "div", "columns document");
	write_jumps(page, json_object_get(document, "hits"));
	html_open_class(h, "article", "text");
	html_attr_string(h, "aria-label", page_text(page, T_TEXT));
	html_open_class(h, "h2", "unseen");
	page_say(page, T_TEXT);
	html_end(h);
	write_parts(page, document, T_PARTS);
	write_blocks(page, json_object_get(document, "blocks"));
	write_parts(page, document, T_PARTS_BELOW);
	html_end(h);
	html_end(h);
	page_end(page);
}
