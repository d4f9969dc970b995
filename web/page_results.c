/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page of results: how many there are and out of what, the list, what it can be narrowed to,
 * and further pages. Each document of the list is written by result.c.
 */
#include "web/pages.h"

/* ---- what was found ---- */

/* How many entries the list has; 0 if only documents with some of the words are in it. */
static long long entries_of(const json_t *json)
{
	const json_t *total = json_object_get(json, "total");
	const json_t *entries = json_object_get(total, "results");
	return json_is_integer(entries) ? json_integer_value(entries)
					: json_number(total, "documents");
}

static void write_found(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	long long documents = json_number(json_object_get(json, "total"), "documents");
	long long entries = entries_of(json), offset = json_number(json, "offset");
	long long shown = (long long)json_array_size(json_object_get(json, "results"));
	html_text(h, page_count(page, T_FOUND_ONE, T_FOUND_MANY, documents));
	if (entries < documents) {
		html_string(h, " ");
		html_text(h, page_fill(page, T_COLLAPSED, page_number(page, entries)));
	}
	if (shown && entries > shown) {
		html_string(h, " ");
		html_text(h, page_fill(page, T_SHOWN_RANGE, page_number(page, offset + 1),
				     page_number(page, offset + shown)));
	}
}

static void write_status(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	bool some = json_array_size(json_object_get(json, "results")) > 0;
	html_open_class(h, "p", "status");
	html_attr_string(h, "role", "status");
	if (json_number(json_object_get(json, "total"), "documents") > 0)
		write_found(page, json);
	else
		page_say(page, some ? T_ONLY_SOME_WORDS : T_FOUND_NONE);
	html_end(h);
}

static void write_missing(struct page *page, enum text text, long long files, bool *comma)
{
	if (!files)
		return;
	html_string(&page->html, *comma ? ", " : " ");
	html_text(&page->html, page_fill(page, text, page_number(page, files)));
	*comma = true;
}

static void write_completeness(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	const json_t *figures = json_object_get(json, "completeness");
	long long files = json_number(figures, "files");
	long long searchable = json_number(figures, "searchable");
	struct span built = json_text(json_object_get(json, "index"), "built");
	html_open_class(h, "p", "completeness");
	if (searchable >= files) {
		html_text(h, page_fill(page, T_COMPLETE, page_number(page, files)));
	} else {
		bool comma = false;
		html_text(h, page_fill(page, T_INCOMPLETE, page_number(page, searchable),
				     page_number(page, files)));
		write_missing(page, T_NO_TEXT, json_number(figures, "no_text"), &comma);
		write_missing(page, T_FAILED, json_number(figures, "failed"), &comma);
		html_string(h, ".");
	}
	if (built.len >= 10) {
		html_string(h, " ");
		html_text(h, page_fill(page, T_AS_OF, page_date(page, built)));
	}
	html_end(h);
}

static void write_suggestion(struct page *page, const json_t *query)
{
	struct html *h = &page->html;
	struct span other = json_text(query, "did_you_mean");
	if (!other.len)
		return;
	struct ask ask = *page->ask;
	ask.query = other;
	ask.page = 1;
	html_open_class(h, "p", "suggestion");
	page_say(page,
		json_is_true(json_object_get(query, "corrected")) ? T_CORRECTED : T_DID_YOU_MEAN);
	html_string(h, " ");
	page_link_text(page, page_address(page, "suche", &ask), other);
	html_end(h);
}

static void write_notices(struct page *page, const json_t *query)
{
	struct html *h = &page->html;
	const json_t *notices = json_object_get(query, "notices");
	if (!json_array_size(notices))
		return;
	html_open_class(h, "div", "notices");
	page_say_in(page, "p", T_NOTICE);
	html_open(h, "ul");
	size_t i;
	json_t *notice;
	json_array_foreach((json_t *)notices, i, notice)
	{
		html_open(h, "li");
		html_attr_string(h, "lang", "en");
		html_text(h, json_text(notice, "message"));
		html_end(h);
	}
	html_end(h);
	html_end(h);
}

static void write_advice(struct page *page)
{
	struct html *h = &page->html;
	const struct ask *ask = page->ask;
	page_say_in(page, "h2", T_NONE_ADVICE);
	html_open(h, "ul");
	page_say_in(page, "li", T_NONE_SPELLING);
	page_say_in(page, "li", T_NONE_FEWER);
	if (ask->year.len || ask->type.len || ask->body.len || ask->since.len || ask->until.len)
		page_say_in(page, "li", T_NONE_FILTERS);
	html_open(h, "li");
	page_link_text(page, page_address(page, "hilfe", NULL), span_of(page_text(page, T_HELP)));
	html_end(h);
	html_end(h);
}

/* ---- the list ---- */

static void begin_list(struct page *page, long long first)
{
	html_open_class(&page->html, "ol", "results");
	html_attr_number(&page->html, "start", first);
}

/* Documents with all words first, then, under a heading of their own, those with some. */
static void write_list(struct page *page, const json_t *results)
{
	struct html *h = &page->html;
	bool open = false, partial = false;
	size_t i;
	json_t *result;
	json_array_foreach((json_t *)results, i, result)
	{
		bool all = !json_is_false(json_object_get(result, "all"));
		if (open && !all && !partial) {
			html_end(h);
			open = false;
		}
		if (!open) {
			html_open(h, "h2");
			if (all)
				html_attr_string(h, "class", "unseen");
			page_say(page, all ? T_RESULTS : T_NOT_ALL_WORDS);
			html_end(h);
			begin_list(page, json_number(result, "rank"));
			open = true;
			partial = !all;
		}
		html_open(h, "li");
		result_write(page, result);
		html_end(h);
	}
	if (open)
		html_end(h);
}

/* ---- further pages ---- */

static void write_page_link(struct page *page, unsigned number, enum text text, bool is_number)
{
	struct html *h = &page->html;
	struct ask ask = *page->ask;
	ask.page = number;
	html_open(h, "li");
	page_link(page, page_address(page, "suche", &ask));
	if (!is_number) {
		html_attr_string(h, "rel", text == T_NEXT ? "next" : "prev");
		page_say(page, text);
	} else {
		if (number == page->ask->page)
			html_attr_string(h, "aria-current", "page");
		html_attr(
			h, "aria-label", page_fill(page, T_PAGE_NUMBER, page_number(page, number)));
		html_text(h, page_number(page, number));
	}
	html_end(h);
	html_end(h);
}

static void write_paging(struct page *page, const json_t *json)
{
	enum { AROUND = 2 };
	struct html *h = &page->html;
	unsigned here = page->ask->page;
	long long pages = (entries_of(json) + ASK_RESULTS_A_PAGE - 1) / ASK_RESULTS_A_PAGE;
	bool full = json_array_size(json_object_get(json, "results")) == ASK_RESULTS_A_PAGE;
	if (pages > ASK_MOST_PAGES)
		pages = ASK_MOST_PAGES;
	/* Behind those with all words come those with some, whose number is not told. */
	if (full && pages <= here && here < ASK_MOST_PAGES)
		pages = here + 1;
	if (pages < 2 && here < 2)
		return;
	html_open_class(h, "nav", "paging");
	html_attr_string(h, "aria-label", page_text(page, T_PAGING));
	html_open(h, "ul");
	if (here > 1)
		write_page_link(page, here - 1, T_PREVIOUS, false);
	for (unsigned number = here > AROUND ? here - AROUND : 1;
		number <= here + AROUND && (long long)number <= pages; number++)
		write_page_link(page, number, T_PAGE_NUMBER, true);
	if (here < pages)
		write_page_link(page, here + 1, T_NEXT, false);
	html_end(h);
	html_end(h);
}

static void write_downloads(struct page *page)
{
	static const char *const forms[][2] = {
		{"suche.csv", "CSV"}, {"suche.bib", "BibTeX"}, {"suche.json", "JSON"}};
	struct html *h = &page->html;
	struct ask ask = *page->ask;
	ask.page = 1;
	html_open_class(h, "section", "downloads");
	page_say_in(page, "h2", T_DOWNLOAD);
	html_open_class(h, "p", "hint");
	html_text(h, page_fill(page, T_DOWNLOAD_HINT, page_number(page, ASK_DOWNLOAD_RESULTS)));
	html_end(h);
	html_open(h, "ul");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		html_open(h, "li");
		page_link_text(page, page_address(page, forms[i][0], &ask), span_of(forms[i][1]));
		html_end(h);
	}
	html_end(h);
	html_end(h);
}

static void write_sidebar(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	html_open(h, "aside");
	html_attr_string(h, "id", "eingrenzen");
	html_attr_string(h, "aria-label", page_text(page, T_NARROW));
	facets_write(page, json_object_get(json, "facets"));
	write_downloads(page);
	html_end(h);
}

void page_results(struct page *page, const json_t *json)
{
	struct html *h = &page->html;
	const json_t *query = json_object_get(json, "query");
	const json_t *results = json_object_get(json, "results");
	struct span title = page_fill(page, T_RESULTS_FOR, page->ask->query);
	bool some = json_array_size(results) > 0;
	page_begin(page, title);
	html_element(h, "h1", title);
	write_status(page, json);
	write_suggestion(page, query);
	write_notices(page, query);
	facets_write_active(page);
	write_completeness(page, json);
	if (!some) {
		write_advice(page);
		page_end(page);
		return;
	}
	html_open_class(h, "p", "jump");
	page_link_text(page, SPAN("#eingrenzen"), span_of(page_text(page, T_JUMP_TO_FILTERS)));
	html_end(h);
	html_open_class(h, "div", "columns");
	html_open_class(h, "div", "list");
	write_list(page, results);
	write_paging(page, json);
	html_end(h);
	write_sidebar(page, json);
	html_end(h);
	page_end(page);
}
