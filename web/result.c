/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One document of the list: its title leads to its text, the page of a place to that place, and
 * where a word stands otherwise than it was asked for, the place says why it is shown. Titles and
 * paths may be in any script: they are isolated, so that they cannot turn the line around them.
 */
#include "web/pages.h"

#include "web/url.h"

/* ---- addresses ---- */

struct span result_original(const struct page *page, const json_t *result, long long at_page)
{
	struct ask ask = {.path = json_path(result, page->arena), .page = 1};
	if (page->site->files_root < 0 || !ask.path.len)
		return (struct span){NULL, 0};
	BUF_SCOPED(address);
	buf_add_span(&address, page_address(page, "datei", &ask));
	if (at_page > 0 && span_equal(json_text(result, "type"), SPAN("application/pdf")))
		buf_printf(&address, "#page=%lld", at_page);
	return arena_copy(page->arena, buf_span(&address));
}

struct span result_text_address(struct page *page, const json_t *result, long long hit)
{
	enum { CONTEXT_BYTES = 2000 };
	struct ask ask = *page->ask;
	ask.path = json_path(result, page->arena);
	/* The page begins with the text unless the hit is too far down, then a little before it. */
	ask.from =
		hit >= ASK_DOCUMENT_BYTES - CONTEXT_BYTES ? (unsigned long)hit - CONTEXT_BYTES : 0;
	BUF_SCOPED(address);
	buf_add_span(&address, page_address(page, "dokument", &ask));
	if (hit >= 0)
		buf_printf(&address, "#f%lld", hit);
	return arena_copy(page->arena, buf_span(&address));
}

/* ---- about the document ---- */

static void write_isolated(struct page *page, const char *class_name, struct span text)
{
	html_open_class(&page->html, "bdi", class_name);
	html_text(&page->html, text);
	html_end(&page->html);
}

void result_write_about(struct page *page, const json_t *result)
{
	struct html *h = &page->html;
	struct span date = json_text(json_object_get(result, "date"), "value");
	struct span body = json_text(result, "body"), author = json_text(result, "author");
	struct span type = text_type_name(json_text(result, "type"));
	long long pages = json_number(result, "pages");
	html_open_class(h, "ul", "about");
	if (date.len) {
		html_open(h, "li");
		html_open(h, "time");
		html_attr(h, "datetime", date);
		html_text(h, page_date(page, date));
		html_end(h);
		html_end(h);
	}
	if (body.len || author.len) {
		html_open(h, "li");
		write_isolated(page, NULL, body.len ? body : author);
		html_end(h);
	}
	if (type.len)
		html_element(h, "li", type);
	if (pages)
		html_element(h, "li", page_count(page, T_PAGES_ONE, T_PAGES_MANY, pages));
	html_open(h, "li");
	html_open_class(h, "span", "unseen");
	page_say(page, T_PATH);
	html_string(h, ": ");
	html_end(h);
	write_isolated(page, "path", json_path(result, page->arena));
	html_end(h);
	html_end(h);
}

/* ---- places ---- */

void result_write_pieces(struct page *page, const json_t *pieces)
{
	size_t i;
	json_t *piece;
	json_array_foreach((json_t *)pieces, i, piece)
	{
		if (json_object_get(piece, "m"))
			html_element(&page->html, "mark", json_text(piece, "t"));
		else
			html_text(&page->html, json_text(piece, "t"));
	}
}

static void write_via(struct page *page, const json_t *vias)
{
	static const struct {
		const char *via;
		enum text text;
	} reasons[] = {
		{"compound", T_VIA_COMPOUND},
		{"gender", T_VIA_GENDER},
		{"join", T_VIA_JOIN},
		{"norm", T_VIA_NORM},
		{"umlaut", T_VIA_UMLAUT},
		{"wildcard", T_VIA_WILDCARD},
		{"spelling", T_VIA_SPELLING},
		{"inflection", T_VIA_INFLECTION},
	};
	for (size_t r = 0; r < sizeof(reasons) / sizeof(reasons[0]); r++) {
		size_t i;
		json_t *via;
		json_array_foreach((json_t *)vias, i, via)
		{
			if (strcmp(json_string_value(via), reasons[r].via) != 0)
				continue;
			html_string(&page->html, " ");
			html_open_class(&page->html, "span", "via");
			html_open_class(&page->html, "span", "unseen");
			page_say(page, T_FOUND_AS);
			html_end(&page->html);
			page_say(page, reasons[r].text);
			html_end(&page->html);
		}
	}
}

static struct span plain_number(const struct page *page, long long number)
{
	BUF_SCOPED(digits);
	buf_printf(&digits, "%lld", number);
	return arena_copy(page->arena, buf_span(&digits));
}

/* "Seite 12 (Blatt 14)", "Zeile 1234": names of places, and no amounts */
struct span result_place_name(const struct page *page, const json_t *hit)
{
	long long number = json_number(hit, "page");
	struct span label = json_text(hit, "page_label");
	struct span digits = plain_number(page, number);
	if (!number)
		return page_fill(page, T_LINE, plain_number(page, json_number(hit, "line")));
	if (!label.len || span_equal(label, digits))
		return page_fill(page, T_PAGE, digits);
	return page_fill(page, T_PAGE_AND_LABEL, label, digits);
}

/* Where a place leads: to the page of the original if that can be shown, else to the text. */
static struct span place_address(struct page *page, const json_t *result, const json_t *hit)
{
	long long number = json_number(hit, "page");
	struct span original =
		number ? result_original(page, result, number) : (struct span){NULL, 0};
	if (original.len && memchr(original.ptr, '#', original.len))
		return original;
	const json_t *begin = json_object_get(hit, "begin");
	return result_text_address(
		page, result, json_is_integer(begin) ? json_integer_value(begin) : -1);
}

static void write_places(struct page *page, const json_t *result)
{
	struct html *h = &page->html;
	const json_t *hits = json_object_get(result, "hits");
	size_t i;
	json_t *hit;
	if (!json_array_size(hits))
		return;
	html_open_class(h, "ul", "places");
	json_array_foreach((json_t *)hits, i, hit)
	{
		html_open(h, "li");
		html_open_class(h, "a", "place");
		html_attr(h, "href", place_address(page, result, hit));
		html_text(h, result_place_name(page, hit));
		html_end(h);
		html_string(h, json_is_true(json_object_get(hit, "cut_begin")) ? " … " : " ");
		result_write_pieces(page, json_object_get(hit, "snippet"));
		if (json_is_true(json_object_get(hit, "cut_end")))
			html_string(h, " …");
		write_via(page, json_object_get(hit, "via"));
		html_end(h);
	}
	html_end(h);
}

/* ---- the same text elsewhere ---- */

static void write_duplicates(struct page *page, const json_t *result)
{
	struct html *h = &page->html;
	const json_t *others = json_object_get(result, "duplicates");
	size_t count = json_array_size(others), i;
	json_t *other;
	if (!count)
		return;
	html_open_class(h, "details", "duplicates");
	html_element(h, "summary",
		page_count(page, T_DUPLICATES_ONE, T_DUPLICATES_MANY, (long long)count));
	html_open(h, "ul");
	json_array_foreach((json_t *)others, i, other)
	{
		html_open(h, "li");
		page_link(page, result_text_address(page, other, -1));
		write_isolated(page, "path", json_path(other, page->arena));
		html_end(h);
		html_end(h);
	}
	html_end(h);
	html_end(h);
}

/* ---- the whole ---- */

static void write_actions(struct page *page, const json_t *result)
{
	struct html *h = &page->html;
	long long hits = json_number(result, "hits_total");
	struct span original = result_original(page, result, 0);
	html_open_class(h, "ul", "actions");
	html_open(h, "li");
	page_link_text(page, result_text_address(page, result, -1),
		hits ? page_count(page, T_ALL_HITS_ONE, T_ALL_HITS_MANY, hits)
		     : span_of(page_text(page, T_OPEN_DOCUMENT)));
	html_end(h);
	if (original.len) {
		html_open(h, "li");
		page_link_text(page, original,
			page_fill(page, T_ORIGINAL, text_type_name(json_text(result, "type"))));
		html_end(h);
	}
	html_end(h);
}

void result_write(struct page *page, const json_t *result)
{
	struct html *h = &page->html;
	html_open(h, "article");
	html_open(h, "h3");
	page_link(page, result_text_address(page, result, -1));
	write_isolated(page, NULL, json_text(result, "title"));
	html_end(h);
	html_end(h);
	result_write_about(page, result);
	write_places(page, result);
	write_actions(page, result);
	write_duplicates(page, result);
	html_end(h);
}
