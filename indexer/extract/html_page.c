/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From elements to lines and blocks. A parser says where elements begin and end, html_element.c
 * which of them are shown; here it is known which begin a line, and of what kind it is. Ends
 * without a begin mean nothing, ends that are missing are made up for.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/html.h"
#include "indexer/extract/html_element.h"

enum { JSON_MAX_BYTES = 1 << 20 };

struct element {
	unsigned char tag;
	bool note;       /* a footnote, or a list of them */
	bool is_heading; /* by its role */
};

struct html_page {
	struct flow *flow;
	struct html_metadata *metadata;
	struct element *stack;
	size_t count, capacity;
	size_t skip_from; /* elements from this number on are not shown; 0: none */
	unsigned notes, pre;
	unsigned level; /* of the open heading; 0: none */
	bool in_head, in_title, in_json, at_pre_begin;
	struct buf text; /* of a title or script */
};

/* ---- lines ---- */

static void end_line(struct html_page *page)
{
	if (page->level)
		flow_end(page->flow, BLOCK_HEADING, page->level);
	else
		flow_end(page->flow, page->notes ? BLOCK_NOTE : BLOCK_TEXT, 0);
}

static void open_element(
	struct html_page *page, struct element *element, const struct xml_attributes *attributes)
{
	int tag = element->tag;

	switch (tag) {
	case TAG_INLINE:
	case TAG_TIME:
	case TAG_LINK:
		break;
	case TAG_SUP:
		flow_raise(page->flow);
		break;
	case TAG_QUOTE:
		flow_text(page->flow, SPAN("„"));
		break;
	case TAG_BREAK:
		flow_line_end(page->flow);
		break;
	case TAG_ROW:
		end_line(page);
		flow_row_begin(page->flow);
		break;
	case TAG_CELL:
		end_line(page);
		flow_cell_begin(page->flow);
		break;
	case TAG_HEAD:
		page->in_head = true;
		break;
	case TAG_BODY:
		page->in_head = false;
		break;
	case TAG_TITLE:
		page->in_title = page->in_head;
		buf_clear(&page->text);
		break;
	default:
		end_line(page);
	}
	if (tag >= TAG_HEADING_1 && tag <= TAG_HEADING_6)
		page->level = (unsigned)(tag - TAG_HEADING_1 + 1);
	if (tag == TAG_PRE) {
		page->pre++;
		page->at_pre_begin = true;
	}
	if (attributes->count && span_equal(xml_value(attributes, "role"), SPAN("heading"))) {
		long level = xml_number(attributes, "aria-level", 2);
		end_line(page);
		element->is_heading = true;
		page->level = level >= 1 && level <= 9 ? (unsigned)level : 2;
	}
	element->note = html_is_note(tag, attributes);
	page->notes += element->note;
}

static void close_element(struct html_page *page, const struct element *element)
{
	int tag = element->tag;

	switch (tag) {
	case TAG_INLINE:
	case TAG_TIME:
	case TAG_LINK:
	case TAG_SUP:
	case TAG_BREAK:
		break;
	case TAG_QUOTE:
		flow_text(page->flow, SPAN("“"));
		break;
	case TAG_ROW:
		end_line(page);
		flow_row_end(page->flow);
		break;
	case TAG_HEAD:
		page->in_head = false;
		break;
	case TAG_TITLE:
		if (page->in_title && page->metadata)
			html_metadata_add(page->metadata, HTML_TITLE, HTML_RANK_TITLE_ELEMENT,
				buf_span(&page->text));
		page->in_title = false;
		break;
	default:
		end_line(page);
	}
	if ((tag >= TAG_HEADING_1 && tag <= TAG_HEADING_6) || element->is_heading) {
		end_line(page);
		page->level = 0;
	}
	page->pre -= tag == TAG_PRE;
	page->notes -= element->note;
}

/* ---- the stack ---- */

static void pop(struct html_page *page)
{
	struct element element = page->stack[--page->count];

	if (page->skip_from == 0)
		close_element(page, &element);
	else if (page->count + 1 == page->skip_from)
		page->skip_from = 0;
}

static void push(struct html_page *page, int tag, const struct xml_attributes *attributes)
{
	ARRAY_GROW(page->stack, page->count, page->capacity);
	page->stack[page->count] = (struct element){.tag = (unsigned char)tag};
	page->count++;
	if (page->skip_from)
		return;
	if (html_is_skipped(tag, attributes))
		page->skip_from = page->count;
	else
		open_element(page, &page->stack[page->count - 1], attributes);
}

/* The new elements of HTML 5 end an open paragraph as the old ones do. */
static void end_open_paragraph(struct html_page *page)
{
	for (size_t i = page->count; i > 0; i--) {
		int tag = page->stack[i - 1].tag;

		if (tag == TAG_PARAGRAPH) {
			while (page->count >= i)
				pop(page);
			return;
		}
		if (tag != TAG_INLINE && tag != TAG_LINK)
			return;
	}
}

/* ---- what a page says of itself ---- */

static void read_meta(struct html_page *page, int tag, const struct xml_attributes *attributes)
{
	static const char *const keys[] = {"name", "property", "itemprop", "http-equiv", NULL};
	struct html_metadata *metadata = page->metadata;
	struct span key, value;

	if (attributes->count == 0)
		return;
	if (tag == TAG_HTML && xml_attribute(attributes, "lang", &value))
		html_metadata_add(metadata, HTML_LANGUAGE, HTML_RANK_LANG, value);
	if (tag == TAG_TIME && xml_attribute(attributes, "datetime", &value)) {
		key = xml_value(attributes, "itemprop");
		if (xml_attribute(attributes, "pubdate", &key))
			key = SPAN("datePublished");
		html_metadata_time(metadata, key, value);
	}
	if (tag != TAG_META || !xml_attribute(attributes, "content", &value))
		return;
	for (size_t i = 0; keys[i]; i++)
		if (xml_attribute(attributes, keys[i], &key))
			html_metadata_meta(metadata, key, value);
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct html_page *page = data;

	tag = tag ? tag : TAG_INLINE;
	if (page->metadata)
		read_meta(page, tag, attributes);
	if (tag == TAG_NEW_BLOCK || tag == TAG_DIALOG)
		end_open_paragraph(page);
	if (tag == TAG_SCRIPT && page->metadata) {
		page->in_json =
			span_equal(xml_value(attributes, "type"), SPAN("application/ld+json"));
		buf_clear(&page->text);
	}
	push(page, tag, attributes);
}

static void on_end(void *data, int tag)
{
	struct html_page *page = data;
	size_t i = page->count;

	tag = tag ? tag : TAG_INLINE;
	if (tag == TAG_SCRIPT && page->in_json) {
		html_metadata_json(page->metadata, buf_span(&page->text));
		page->in_json = false;
	}
	while (i > 0 && page->stack[i - 1].tag != tag)
		i--;
	while (i > 0 && page->count >= i)
		pop(page);
}

/* Numbers of characters that mean Windows-1252, as browsers take them: "&#150;" is a dash. */
static void add_repaired(struct html_page *page, struct span text)
{
	void (*add)(struct flow * flow, struct span text) = page->pre ? flow_text : flow_words;
	const char *at = text.ptr, *end = text.ptr + text.len;

	while (at < end) {
		const char *lead = memchr(at, 0xc2, (size_t)(end - at));

		while (lead && lead + 1 < end && (unsigned char)lead[1] >= 0xa0)
			lead = memchr(lead + 2, 0xc2, (size_t)(end - lead - 2));
		if (!lead || lead + 1 >= end)
			break;
		char bytes[4];
		size_t len = charset_repair((unsigned char)lead[1], bytes);
		add(page->flow, span_from(at, lead));
		add(page->flow, (struct span){bytes, len});
		at = lead + 2;
	}
	if (at < end)
		add(page->flow, span_from(at, end));
}

static void on_text(void *data, struct span text)
{
	struct html_page *page = data;

	if (page->in_title || page->in_json) {
		if (page->text.len + text.len <= JSON_MAX_BYTES)
			buf_add_span(&page->text, text);
		return;
	}
	if (page->skip_from || page->in_head)
		return;
	if (page->at_pre_begin && span_starts(text, SPAN("\n")))
		text = span_skip(text, 1);
	page->at_pre_begin = false;
	if (text.len)
		add_repaired(page, text);
}

static bool is_done(void *data)
{
	return flow_is_full(((struct html_page *)data)->flow);
}

const struct xml_handler html_handler = {on_start, on_end, on_text, is_done};

struct html_page *html_page_new(struct flow *flow, struct html_metadata *metadata)
{
	struct html_page *page = mem_zalloc(sizeof(*page));

	page->flow = flow;
	page->metadata = metadata;
	return page;
}

void html_page_free(struct html_page *page)
{
	if (!page)
		return;
	while (page->count)
		pop(page);
	end_line(page);
	buf_done(&page->text);
	free(page->stack);
	free(page);
}
