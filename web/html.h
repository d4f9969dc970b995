/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * HTML that cannot be broken out of.
 *
 * There is no way to write text or an attribute's value unescaped: names of elements and attributes
 * are literals of the program, everything else goes through html_text and html_attr. Control
 * characters and bytes that are no UTF-8 become U+FFFD. Elements are closed in the order in which
 * they were opened.
 *
 *     html_open(h, "a");
 *     html_attr(h, "href", link);
 *     html_text(h, title);
 *     html_end(h);
 */
#ifndef LUPE_WEB_HTML_H
#define LUPE_WEB_HTML_H

#include "base/buf.h"

enum { HTML_DEPTH = 32 };

struct html {
	struct buf *out;
	const char *open[HTML_DEPTH];
	size_t depth;
	bool in_tag; /**< the start tag of the innermost element may get attributes */
};

#define HTML_INIT(buffer) ((struct html){.out = (buffer)})

/** `<!DOCTYPE html>`; `<?xml ...?>`. */
void html_doctype(struct html *h);
void html_xml_declaration(struct html *h);
void html_open(struct html *h, const char *element);
/** Directly behind html_open or another attribute. */
void html_attr(struct html *h, const char *name, struct span value);
void html_attr_string(struct html *h, const char *name, const char *value);
void html_attr_number(struct html *h, const char *name, long long value);
/** An attribute without a value. */
void html_attr_flag(struct html *h, const char *name);
void html_text(struct html *h, struct span text);
void html_string(struct html *h, const char *text);
/** Closes the innermost element; an element that holds nothing in HTML gets no end tag. */
void html_end(struct html *h);

/** An element with a class (NULL: none) that is left open. */
void html_open_class(struct html *h, const char *element, const char *class_name);
/** An element with text and nothing else. */
void html_element(struct html *h, const char *element, struct span text);
/** `text` as the escaping of this file leaves it, for other uses of the same rules. */
void html_escape(struct buf *out, struct span text);

#endif
