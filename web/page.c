/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The frame around every page: head, search form, foot. The search field is the first thing behind
 * the skip link, and keeps what was asked. What stands in `<main>` is told by the files page_*.c.
 */
#include "web/page.h"

#include "web/assets.h"
#include "web/url.h"

/* ---- texts ---- */

const char *page_text(const struct page *page, enum text text)
{
	return page->site->language->texts[text];
}

void page_say(struct page *page, enum text text)
{
	html_string(&page->html, page_text(page, text));
}

void page_say_in(struct page *page, const char *element, enum text text)
{
	html_element(&page->html, element, span_of(page_text(page, text)));
}

struct span page_fill_values(
	const struct page *page, enum text text, const struct span *values, size_t count)
{
	BUF_SCOPED(filled);
	text_fill(&filled, page->site->language, text, values, count);
	return arena_copy(page->arena, buf_span(&filled));
}

struct span page_number(const struct page *page, long long number)
{
	BUF_SCOPED(digits);
	text_add_number(&digits, page->site->language, number);
	return arena_copy(page->arena, buf_span(&digits));
}

struct span page_date(const struct page *page, struct span date)
{
	BUF_SCOPED(text);
	text_add_date(&text, page->site->language, date);
	return arena_copy(page->arena, buf_span(&text));
}

struct span page_count(const struct page *page, enum text one, enum text many, long long number)
{
	return page_fill(page, number == 1 ? one : many, page_number(page, number));
}

/* ---- links ---- */

struct span page_address(const struct page *page, const char *route, const struct ask *ask)
{
	static const struct ask nothing = {.page = 1};
	BUF_SCOPED(address);
	buf_add_span(&address, page->request->base);
	ask_add_link(&address, route, ask ? ask : &nothing);
	if (!address.len)
		buf_add_string(&address, "./");
	return arena_copy(page->arena, buf_span(&address));
}

void page_link(struct page *page, struct span address)
{
	html_open(&page->html, "a");
	html_attr(&page->html, "href", address);
}

void page_link_text(struct page *page, struct span address, struct span text)
{
	page_link(page, address);
	html_text(&page->html, text);
	html_end(&page->html);
}

/* ---- head ---- */

static struct span site_title(const struct page *page)
{
	const char *title = page->site->settings->title;
	return span_of(title ? title : page_text(page, T_SITE));
}

static void write_meta(struct html *h, const char *name, const char *content)
{
	html_open(h, "meta");
	html_attr_string(h, "name", name);
	html_attr_string(h, "content", content);
	html_end(h);
}

static void write_head_link(
	struct page *page, const char *relation, struct span address, const char *type)
{
	struct html *h = &page->html;
	html_open(h, "link");
	html_attr_string(h, "rel", relation);
	html_attr(h, "href", address);
	if (type)
		html_attr_string(h, "type", type);
	if (strcmp(relation, "search") == 0)
		html_attr(h, "title", site_title(page));
	html_end(h);
}

static void write_head(struct page *page, struct span title)
{
	struct html *h = &page->html;
	html_open(h, "head");
	html_open(h, "meta");
	html_attr_string(h, "charset", "utf-8");
	html_end(h);
	html_element(h, "title",
		title.len ? page_fill(page, T_TITLE_AND_SITE, title, site_title(page))
			  : site_title(page));
	write_meta(h, "viewport", "width=device-width, initial-scale=1");
	write_meta(h, "color-scheme", "light dark");
	write_head_link(page, "stylesheet", page_address(page, asset_style_address(), NULL), NULL);
	write_head_link(page, "icon", page_address(page, "symbol.svg", NULL), "image/svg+xml");
	write_head_link(page, "search", page_address(page, "opensearch.xml", NULL),
		"application/opensearchdescription+xml");
	html_end(h);
}

/* ---- search form ---- */

static void write_field(
	struct page *page, const char *id, enum text label, struct span value, const char *hint)
{
	struct html *h = &page->html;
	html_open_class(h, "div", "field");
	html_open(h, "label");
	html_attr_string(h, "for", id);
	page_say(page, label);
	html_end(h);
	html_open(h, "input");
	html_attr_string(h, "id", id);
	html_attr_string(h, "name", id);
	html_attr_string(h, "type", "text");
	html_attr_string(h, "maxlength", "10");
	html_attr_string(h, "autocomplete", "off");
	html_attr_string(h, "aria-describedby", hint);
	html_attr(h, "value", value);
	html_end(h);
	html_end(h);
}

static void write_orders(struct page *page)
{
	static const enum text names[ORDER_COUNT] = {
		[ORDER_RELEVANCE] = T_ORDER_RELEVANCE,
		[ORDER_NEWEST] = T_ORDER_NEWEST,
		[ORDER_PATH] = T_ORDER_PATH,
	};
	struct html *h = &page->html;
	html_open_class(h, "div", "field");
	html_open(h, "label");
	html_attr_string(h, "for", "sortierung");
	page_say(page, T_ORDER);
	html_end(h);
	html_open(h, "select");
	html_attr_string(h, "id", "sortierung");
	html_attr_string(h, "name", "sortierung");
	for (enum ask_order order = 0; order < ORDER_COUNT; order++) {
		html_open(h, "option");
		html_attr_string(h, "value", ask_order_name(order));
		if (page->ask->order == order)
			html_attr_flag(h, "selected");
		page_say(page, names[order]);
		html_end(h);
	}
	html_end(h);
	html_end(h);
}

/* What narrows the results now stays so when the words are changed. */
static void write_kept(struct page *page, const char *name, struct span value)
{
	struct html *h = &page->html;
	if (!value.len)
		return;
	html_open(h, "input");
	html_attr_string(h, "type", "hidden");
	html_attr_string(h, "name", name);
	html_attr(h, "value", value);
	html_end(h);
}

static void write_more_fields(struct page *page)
{
	struct html *h = &page->html;
	const struct ask *ask = page->ask;
	html_open_class(h, "details", "more-fields");
	if (ask->since.len || ask->until.len || ask->order != ORDER_RELEVANCE)
		html_attr_flag(h, "open");
	page_say_in(page, "summary", T_MORE_FIELDS);
	html_open_class(h, "div", "fields");
	write_field(page, "von", T_SINCE, ask->since, "datum-hinweis");
	write_field(page, "bis", T_UNTIL, ask->until, "datum-hinweis");
	write_orders(page);
	html_end(h);
	html_open_class(h, "p", "hint");
	html_attr_string(h, "id", "datum-hinweis");
	page_say(page, T_DATE_HINT);
	html_end(h);
	html_end(h);
}

static void write_search_form(struct page *page)
{
	struct html *h = &page->html;
	html_open(h, "form");
	html_attr_string(h, "role", "search");
	html_attr(h, "action", page_address(page, "suche", NULL));
	html_attr_string(h, "method", "get");
	html_open(h, "label");
	html_attr_string(h, "for", "q");
	page_say(page, T_SEARCH_LABEL);
	html_end(h);
	html_open_class(h, "div", "search-line");
	html_open(h, "input");
	html_attr_string(h, "id", "q");
	html_attr_string(h, "name", "q");
	html_attr_string(h, "type", "search");
	html_attr_number(h, "maxlength", ASK_QUERY_BYTES);
	html_attr_string(h, "autocapitalize", "none");
	html_attr_string(h, "autocomplete", "off");
	html_attr_string(h, "enterkeyhint", "search");
	html_attr(h, "value", page->ask->query);
	html_end(h);
	html_open(h, "button");
	html_attr_string(h, "type", "submit");
	page_say(page, T_SEARCH_BUTTON);
	html_end(h);
	html_end(h);
	write_kept(page, "jahr", page->ask->year);
	write_kept(page, "typ", page->ask->type);
	write_kept(page, "stelle", page->ask->body);
	write_more_fields(page);
	html_end(h);
}

/* ---- frame ---- */

static void write_header(struct page *page)
{
	struct html *h = &page->html;
	html_open(h, "header");
	html_open_class(h, "div", "bar");
	html_open_class(h, "a", "site");
	html_attr(h, "href", page_address(page, "", NULL));
	html_text(h, site_title(page));
	html_end(h);
	html_open(h, "nav");
	html_attr_string(h, "aria-label", page_text(page, T_MENU));
	page_link_text(page, page_address(page, "hilfe", NULL), span_of(page_text(page, T_HELP)));
	html_end(h);
	html_end(h);
	write_search_form(page);
	html_end(h);
}

void page_begin(struct page *page, struct span title)
{
	struct html *h = &page->html;
	html_doctype(h);
	html_open(h, "html");
	html_attr_string(h, "lang", page->site->language->tag);
	write_head(page, title);
	html_open(h, "body");
	html_open_class(h, "a", "skip");
	html_attr_string(h, "href", "#inhalt");
	page_say(page, T_SKIP);
	html_end(h);
	write_header(page);
	html_open(h, "main");
	html_attr_string(h, "id", "inhalt");
	html_attr_string(h, "tabindex", "-1");
}

static void write_foot_link(struct page *page, struct span address, enum text text)
{
	if (!address.len)
		return;
	html_open(&page->html, "li");
	page_link_text(page, address, span_of(page_text(page, text)));
	html_end(&page->html);
}

void page_end(struct page *page)
{
	struct html *h = &page->html;
	const struct settings *settings = page->site->settings;
	html_end(h); /* main */
	html_open(h, "footer");
	html_open(h, "nav");
	html_attr_string(h, "aria-label", page_text(page, T_FOOT));
	html_open(h, "ul");
	write_foot_link(page, page_address(page, "", NULL), T_HOME);
	write_foot_link(page, page_address(page, "hilfe", NULL), T_HELP);
	write_foot_link(page, page_address(page, "barrierefreiheit", NULL), T_ACCESSIBILITY);
	write_foot_link(page, span_of(settings->imprint_url), T_IMPRINT);
	write_foot_link(page, span_of(settings->privacy_url), T_PRIVACY);
	html_end(h);
	html_end(h);
	html_end(h);
	html_end(h); /* body */
	html_end(h);
	buf_add_byte(h->out, '\n');
}
