/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes HTML (and the XML and SVG within the same rules). It knows which bytes are dangerous, and
 * which elements have no end tag; what a page is made of is told by the files page_*.c.
 */
#include "web/html.h"

#include <assert.h>
#include <stdint.h>

#include "web/utf8.h"

/* ---- escaping ---- */

static const char *entity_of(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_escape(struct buf *out, struct span text)
{
	while (text.len) {
		uint32_t code;
		size_t len = utf8_take(text, &code);
		const char *entity = code < 0x80 ? entity_of((unsigned char)code) : NULL;
		if (entity)
			buf_add_string(out, entity);
		else if (utf8_printable(code))
			buf_add(out, text.ptr, len);
		else
			buf_add_string(out, "\xEF\xBF\xBD");
		text = span_skip(text, len);
	}
}

/* ---- elements ---- */

static bool is_void(const char *element)
{
	static const char *const names[] = {"br", "hr", "input", "link", "meta", "wbr"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], element) == 0)
			return true;
	return false;
}

static void close_tag(struct html *h)
{
	if (h->in_tag)
		buf_add_byte(h->out, '>');
	h->in_tag = false;
}

void html_doctype(struct html *h)
{
	buf_add_string(h->out, "<!DOCTYPE html>\n");
}

void html_xml_declaration(struct html *h)
{
	buf_add_string(h->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void html_open(struct html *h, const char *element)
{
	assert(h->depth < HTML_DEPTH);
	close_tag(h);
	buf_add_byte(h->out, '<');
	buf_add_string(h->out, element);
	h->open[h->depth++] = element;
	h->in_tag = true;
}

void html_attr(struct html *h, const char *name, struct span value)
{
	assert(h->in_tag);
	buf_add_byte(h->out, ' ');
	buf_add_string(h->out, name);
	buf_add_string(h->out, "=\"");
	html_escape(h->out, value);
	buf_add_byte(h->out, '"');
}

void html_attr_string(struct html *h, const char *name, const char *value)
{
	html_attr(h, name, span_of(value));
}

void html_attr_number(struct html *h, const char *name, long long value)
{
	BUF_SCOPED(digits);
	buf_printf(&digits, "%lld", value);
	html_attr(h, name, buf_span(&digits));
}

void html_attr_flag(struct html *h, const char *name)
{
	assert(h->in_tag);
	buf_add_byte(h->out, ' ');
	buf_add_string(h->out, name);
}

void html_text(struct html *h, struct span text)
{
	close_tag(h);
	html_escape(h->out, text);
}

void html_string(struct html *h, const char *text)
{
	html_text(h, span_of(text));
}

void html_end(struct html *h)
{
	assert(h->depth > 0);
	close_tag(h);
	const char *element = h->open[--h->depth];
	if (is_void(element))
		return;
	buf_add_string(h->out, "</");
	buf_add_string(h->out, element);
	buf_add_byte(h->out, '>');
}

void html_open_class(struct html *h, const char *element, const char *class_name)
{
	html_open(h, element);
	if (class_name)
		html_attr_string(h, "class", class_name);
}

void html_element(struct html *h, const char *element, struct span text)
{
	html_open(h, element);
	html_text(h, text);
	html_end(h);
}
