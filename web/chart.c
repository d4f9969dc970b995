/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Documents a year as bars. The picture is for the eyes and tells its gist in words; the table
 * behind it has every figure, and its years are links. Colours are the style sheet's, by class, for
 * the policy of our pages allows no style in them.
 */
#include "web/pages.h"

#include <stdlib.h>

#include "base/mem.h"

enum { WIDTH = 320, HEIGHT = 120, FOOT = 18, MOST_YEARS = 240 };

struct year {
	int year;
	long long documents;
	struct span name;
};

struct years {
	struct year *items;
	size_t count, capacity;
	size_t best; /* index of the year with most documents */
};

static int by_year(const void *a, const void *b)
{
	const struct year *x = a, *y = b;
	return (x->year > y->year) - (x->year < y->year);
}

static void take_years(struct years *ret, const json_t *values)
{
	size_t i;
	json_t *value;
	json_array_foreach((json_t *)values, i, value)
	{
		struct span name = json_text(value, "value");
		if (name.len != 4 || atoi(name.ptr) <= 0)
			continue;
		ARRAY_GROW(ret->items, ret->count, ret->capacity);
		ret->items[ret->count++] =
			(struct year){atoi(name.ptr), json_number(value, "documents"), name};
	}
	if (ret->count)
		qsort(ret->items, ret->count, sizeof(*ret->items), by_year);
	for (size_t k = 1; k < ret->count; k++)
		if (ret->items[k].documents > ret->items[ret->best].documents)
			ret->best = k;
}

/* ---- picture ---- */

static void write_rect(struct html *h, double x, double width, double height)
{
	struct {
		const char *name;
		double value;
	} sides[] = {{"x", x}, {"y", HEIGHT - FOOT - height}, {"width", width}, {"height", height}};
	html_open(h, "rect");
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		BUF_SCOPED(value);
		buf_printf(&value, "%.1f", sides[i].value);
		html_attr(h, sides[i].name, buf_span(&value));
	}
	html_end(h);
}

static void write_axis_label(struct html *h, int x, const char *anchor, struct span text)
{
	html_open(h, "text");
	html_attr_number(h, "x", x);
	html_attr_number(h, "y", HEIGHT - 4);
	html_attr_string(h, "text-anchor", anchor);
	html_text(h, text);
	html_end(h);
}

static struct span gist(const struct page *page, const struct years *years)
{
	const struct year *last = &years->items[years->count - 1];
	const struct year *best = &years->items[years->best];
	return page_fill(page, T_CHART_ABOUT, years->items[0].name, last->name,
		page_count(page, T_DOCUMENTS_ONE, T_DOCUMENTS_MANY, best->documents), best->name);
}

static void write_picture(struct page *page, const struct years *years)
{
	struct html *h = &page->html;
	int first = years->items[0].year, last = years->items[years->count - 1].year;
	double slot = (double)WIDTH / (last - first + 1);
	double most = (double)years->items[years->best].documents;
	html_open_class(h, "svg", "chart");
	BUF_SCOPED(box);
	buf_printf(&box, "0 0 %d %d", WIDTH, HEIGHT);
	html_attr(h, "viewBox", buf_span(&box));
	html_attr_string(h, "role", "img");
	html_attr(h, "aria-label", gist(page, years));
	for (size_t i = 0; i < years->count; i++) {
		const struct year *year = &years->items[i];
		double height =
			(double)year->documents / (most > 0 ? most : 1) * (HEIGHT - FOOT - 2);
		double gap = slot > 4 ? slot * 0.15 : 0;
		write_rect(h, (year->year - first) * slot + gap / 2, slot - gap,
			height < 1 ? 1 : height);
	}
	write_axis_label(h, 0, "start", years->items[0].name);
	write_axis_label(h, WIDTH, "end", years->items[years->count - 1].name);
	html_end(h);
}

/* ---- table ---- */

static void write_row(struct page *page, const struct year *year)
{
	struct html *h = &page->html;
	struct ask ask = *page->ask;
	ask.page = 1;
	ask.year = year->name;
	html_open(h, "tr");
	html_open(h, "th");
	html_attr_string(h, "scope", "row");
	page_link_text(page, page_address(page, "suche", &ask), year->name);
	html_end(h);
	html_element(h, "td", page_number(page, year->documents));
	html_end(h);
}

static void write_table(struct page *page, const struct years *years)
{
	struct html *h = &page->html;
	html_open(h, "details");
	page_say_in(page, "summary", T_CHART_TABLE);
	html_open(h, "table");
	html_open(h, "thead");
	html_open(h, "tr");
	for (int column = 0; column < 2; column++) {
		html_open(h, "th");
		html_attr_string(h, "scope", "col");
		page_say(page, column ? T_DOCUMENTS : T_YEAR);
		html_end(h);
	}
	html_end(h);
	html_end(h);
	html_open(h, "tbody");
	for (size_t i = years->count; i-- > 0;)
		write_row(page, &years->items[i]);
	html_end(h);
	html_end(h);
	html_end(h);
}

void chart_write(struct page *page, const json_t *values)
{
	struct html *h = &page->html;
	struct years years = {0};
	take_years(&years, values);
	if (years.count) {
		html_open_class(h, "section", "facet years");
		page_say_in(page, "h2", T_CHART_TITLE);
		if (years.items[years.count - 1].year - years.items[0].year < MOST_YEARS)
			write_picture(page, &years);
		write_table(page, &years);
		html_end(h);
	}
	free(years.items);
}
