/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages that are the same for everybody: start, help, accessibility; and those of errors. */
#include "web/pages.h"

static void write_example(struct page *page, const char *query)
{
	struct ask ask = {.query = span_of(query), .page = 1};
	html_open_class(&page->html, "a", "example");
	html_attr(&page->html, "href", page_address(page, "suche", &ask));
	html_string(&page->html, query);
	html_end(&page->html);
}

void page_start(struct page *page)
{
	struct html *h = &page->html;
	page_begin(page, (struct span){NULL, 0});
	page_say_in(page, "h1", T_START_TITLE);
	html_open_class(h, "p", "lead");
	page_say(page, T_START_LEAD);
	html_end(h);
	page_say_in(page, "h2", T_START_EXAMPLES);
	html_open_class(h, "ul", "examples");
	for (const struct example *e = page->site->language->examples; e->query; e++) {
		html_open(h, "li");
		write_example(page, e->query);
		html_string(h, " ");
		html_element(h, "span", span_of(e->about));
		html_end(h);
	}
	html_end(h);
	html_open(h, "p");
	page_link_text(page, page_address(page, "hilfe", NULL),
		span_of(page_text(page, T_START_MORE_HELP)));
	html_end(h);
	page_end(page);
}

static void write_passages(struct page *page, const struct passage *passages)
{
	struct html *h = &page->html;
	for (const struct passage *p = passages; p->text; p++) {
		if (p->heading)
			html_element(h, "h2", span_of(p->heading));
		html_open(h, "p");
		html_string(h, p->text);
		if (p->query) {
			html_string(h, " ");
			write_example(page, p->query);
		}
		html_end(h);
	}
}

void page_help(struct page *page)
{
	page_begin(page, span_of(page_text(page, T_HELP)));
	html_open_class(&page->html, "div", "prose");
	page_say_in(page, "h1", T_HELP);
	write_passages(page, page->site->language->help);
	html_end(&page->html);
	page_end(page);
}

static void write_contact(struct page *page)
{
	struct html *h = &page->html;
	const char *contact = page->site->settings->contact;
	page_say_in(page, "h2", T_FEEDBACK);
	html_open(h, "p");
	page_say(page, contact ? T_FEEDBACK_TO : T_FEEDBACK_MISSING);
	if (contact) {
		BUF_SCOPED(address);
		buf_printf(&address, "mailto:%s", contact);
		html_string(h, " ");
		page_link_text(page, buf_span(&address), span_of(contact));
	}
	html_end(h);
	page_say_in(page, "p", T_FEEDBACK_THEN);
}

void page_accessibility(struct page *page)
{
	page_begin(page, span_of(page_text(page, T_ACCESSIBILITY)));
	html_open_class(&page->html, "div", "prose");
	page_say_in(page, "h1", T_ACCESSIBILITY);
	write_passages(page, page->site->language->accessibility);
	write_contact(page);
	html_end(&page->html);
	page_end(page);
}

static void texts_of_error(unsigned status, enum text *ret_title, enum text *ret_advice)
{
	static const struct {
		unsigned status;
		enum text title, advice;
	} errors[] = {
		{400, T_ERROR_400, T_ERROR_400_ADVICE},
		{404, T_ERROR_404, T_ERROR_404_ADVICE},
		{405, T_ERROR_405, T_ERROR_405_ADVICE},
		{413, T_ERROR_413, T_ERROR_413_ADVICE},
		{429, T_ERROR_429, T_ERROR_429_ADVICE},
		{503, T_ERROR_503, T_ERROR_503_ADVICE},
		{500, T_ERROR_500, T_ERROR_500_ADVICE},
	};
	size_t last = sizeof(errors) / sizeof(errors[0]) - 1, i = 0;
	while (i < last && errors[i].status != status)
		i++;
	*ret_title = errors[i].title;
	*ret_advice = errors[i].advice;
}

void page_error(struct page *page, unsigned status, enum text reason)
{
	enum text title, advice;
	texts_of_error(status, &title, &advice);
	if (reason != T_SITE) {
		advice = status == 400 ? reason : T_ERROR_500_ADVICE;
		title = status == 400 ? title : reason;
	}
	page_begin(page, span_of(page_text(page, title)));
	html_open_class(&page->html, "div", "prose");
	page_say_in(page, "h1", title);
	page_say_in(page, "p", advice);
	html_open(&page->html, "p");
	page_link_text(page, page_address(page, "hilfe", NULL), span_of(page_text(page, T_HELP)));
	html_end(&page->html);
	html_end(&page->html);
	page_end(page);
}
