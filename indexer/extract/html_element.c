/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The elements of HTML, and what their attributes say: which are not shown, and which are no part
 * of a page's own text: scripts, navigation, controls, marks of notes. What becomes of the others
 * is html_page.c's.
 */
#include "indexer/extract/html_element.h"

#include <strings.h>

#include "indexer/extract/html.h"

enum { SPACE_XHTML = 1 };

#define NAME(name, tag)                                                                            \
	{                                                                                          \
		name, SPACE_XHTML, tag                                                             \
	}
static const struct xml_name names[] = {
	NAME("a", TAG_LINK),
	NAME("address", TAG_BLOCK),
	NAME("annotation", TAG_SKIPPED),
	NAME("applet", TAG_SKIPPED),
	NAME("article", TAG_NEW_BLOCK),
	NAME("aside", TAG_NEW_BLOCK),
	NAME("audio", TAG_SKIPPED),
	NAME("blockquote", TAG_BLOCK),
	NAME("body", TAG_BODY),
	NAME("br", TAG_BREAK),
	NAME("button", TAG_SKIPPED),
	NAME("canvas", TAG_SKIPPED),
	NAME("caption", TAG_BLOCK),
	NAME("center", TAG_BLOCK),
	NAME("datalist", TAG_SKIPPED),
	NAME("dd", TAG_BLOCK),
	NAME("details", TAG_NEW_BLOCK),
	NAME("dialog", TAG_DIALOG),
	NAME("dir", TAG_BLOCK),
	NAME("div", TAG_BLOCK),
	NAME("dl", TAG_BLOCK),
	NAME("dt", TAG_BLOCK),
	NAME("embed", TAG_SKIPPED),
	NAME("fieldset", TAG_BLOCK),
	NAME("figcaption", TAG_NEW_BLOCK),
	NAME("figure", TAG_NEW_BLOCK),
	NAME("footer", TAG_NEW_BLOCK),
	NAME("form", TAG_BLOCK),
	NAME("h1", TAG_HEADING_1),
	NAME("h2", TAG_HEADING_1 + 1),
	NAME("h3", TAG_HEADING_1 + 2),
	NAME("h4", TAG_HEADING_1 + 3),
	NAME("h5", TAG_HEADING_1 + 4),
	NAME("h6", TAG_HEADING_6),
	NAME("head", TAG_HEAD),
	NAME("header", TAG_NEW_BLOCK),
	NAME("hgroup", TAG_NEW_BLOCK),
	NAME("hr", TAG_BLOCK),
	NAME("html", TAG_HTML),
	NAME("iframe", TAG_SKIPPED),
	NAME("legend", TAG_BLOCK),
	NAME("li", TAG_BLOCK),
	NAME("main", TAG_NEW_BLOCK),
	NAME("menu", TAG_BLOCK),
	NAME("meta", TAG_META),
	NAME("nav", TAG_SKIPPED),
	NAME("noembed", TAG_SKIPPED),
	NAME("noframes", TAG_SKIPPED),
	NAME("noscript", TAG_SKIPPED),
	NAME("object", TAG_SKIPPED),
	NAME("ol", TAG_BLOCK),
	NAME("optgroup", TAG_SKIPPED),
	NAME("option", TAG_SKIPPED),
	NAME("p", TAG_PARAGRAPH),
	NAME("plaintext", TAG_PRE),
	NAME("pre", TAG_PRE),
	NAME("q", TAG_QUOTE),
	NAME("rp", TAG_SKIPPED),
	NAME("rt", TAG_SKIPPED),
	NAME("script", TAG_SCRIPT),
	NAME("search", TAG_SKIPPED),
	NAME("section", TAG_NEW_BLOCK),
	NAME("select", TAG_SKIPPED),
	NAME("style", TAG_SKIPPED),
	NAME("summary", TAG_NEW_BLOCK),
	NAME("sup", TAG_SUP),
	NAME("svg", TAG_SKIPPED),
	NAME("table", TAG_BLOCK),
	NAME("td", TAG_CELL),
	NAME("template", TAG_SKIPPED),
	NAME("textarea", TAG_SKIPPED),
	NAME("th", TAG_CELL),
	NAME("time", TAG_TIME),
	NAME("title", TAG_TITLE),
	NAME("tr", TAG_ROW),
	NAME("ul", TAG_BLOCK),
	NAME("video", TAG_SKIPPED),
	NAME("xmp", TAG_PRE),
};
#undef NAME

static const struct xml_space spaces[] = {{"http://www.w3.org/1999/xhtml", SPACE_XHTML}};

const struct xml_grammar html_grammar = {names, sizeof(names) / sizeof(names[0]), spaces, 1, true};

/* ---- what attributes say ---- */

static bool has_word(struct span list, const char *word)
{
	while (list.ptr && list.len) {
		struct span one = span_trim(span_take(&list, ' '));
		if (one.len == strlen(word) && strncasecmp(one.ptr, word, one.len) == 0)
			return true;
	}
	return false;
}

static bool has_one_of(struct span list, const char *const *words)
{
	for (; list.len && *words; words++)
		if (has_word(list, *words))
			return true;
	return false;
}

/* "display: none" in a style attribute, blanks and case aside. */
static bool says(struct span style, const char *declaration)
{
	for (size_t i = 0; i < style.len; i++) {
		const char *want = declaration;
		size_t at = i;

		while (at < style.len && *want) {
			char c = style.ptr[at++];
			if (c == ' ' || c == '\t' || c == '\n')
				continue;
			if ((c | 0x20) != (*want | 0x20))
				break;
			want++;
		}
		if (!*want)
			return true;
	}
	return false;
}

static bool is_hidden(const struct xml_attributes *attributes)
{
	struct span value;

	if (attributes->count == 0)
		return false;
	if (xml_attribute(attributes, "hidden", &value) && !span_equal(value, SPAN("until-found")))
		return true;
	if (span_equal(xml_value(attributes, "aria-hidden"), SPAN("true")))
		return true;
	value = xml_value(attributes, "style");
	return value.len && (says(value, "display:none") || says(value, "visibility:hidden"));
}

/* Navigation and marks of notes. `type` is EPUB's word for what an element is. */
static bool is_apart(int tag, const struct xml_attributes *attributes)
{
	static const char *const roles[] = {"navigation", "search", "doc-toc", "doc-noteref",
		"doc-backlink", "doc-cover", NULL};
	static const char *const classes[] = {"nav", "navbar", "navigation", "navheader",
		"navfooter", "breadcrumb", "breadcrumbs", "pagination", NULL};
	static const char *const marks[] = {"footnote-ref", "footnote-back", "footnoteRef", NULL};
	static const char *const types[] = {"noteref", "toc", "cover", "pagebreak", NULL};

	if (attributes->count == 0)
		return false;
	if (has_one_of(xml_value(attributes, "role"), roles) ||
		has_one_of(xml_value(attributes, "type"), types))
		return true;
	struct span class = xml_value(attributes, "class");
	if (tag == TAG_LINK || tag == TAG_SUP)
		return has_one_of(class, marks);
	return (tag == TAG_BLOCK || tag == TAG_NEW_BLOCK) && has_one_of(class, classes);
}

bool html_is_note(int tag, const struct xml_attributes *attributes)
{
	static const char *const words[] = {"doc-footnote", "doc-endnote", "doc-endnotes",
		"footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", NULL};

	if (attributes->count == 0 || (tag != TAG_BLOCK && tag != TAG_NEW_BLOCK))
		return false;
	return has_one_of(xml_value(attributes, "role"), words) ||
	       has_one_of(xml_value(attributes, "class"), words) ||
	       has_one_of(xml_value(attributes, "type"), words);
}

bool html_is_skipped(int tag, const struct xml_attributes *attributes)
{
	struct span value;

	if (tag == TAG_HTML || tag == TAG_BODY || tag == TAG_HEAD)
		return false;
	if (tag == TAG_SKIPPED || tag == TAG_SCRIPT)
		return true;
	if (tag == TAG_DIALOG && !xml_attribute(attributes, "open", &value))
		return true;
	return is_hidden(attributes) || is_apart(tag, attributes);
}
