/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Narrowing: each value of a facet is a link to the same search with that value, each active one a
 * link to the search without it. The numbers are lupe's.
 */
#include "web/pages.h"

struct facet {
	const char *key; /* in JSON */
	enum text name;
	size_t offset; /* of its field in struct ask */
};

static const struct facet facets[] = {
	{"type", T_TYPE, offsetof(struct ask, type)},
	{"body", T_BODY, offsetof(struct ask, body)},
};

static struct span *field_of(struct ask *ask, const struct facet *facet)
{
	return (struct span *)((char *)ask + facet->offset);
}

static struct span shown_value(const struct facet *facet, struct span value)
{
	return facet->name == T_TYPE ? text_type_name(value) : value;
}

/* ---- what is active ---- */

static void write_removal(struct page *page, const struct ask *without, struct span text)
{
	struct html *h = &page->html;
	html_open(h, "li");
	page_link(page, page_address(page, "suche", without));
	html_attr(h, "aria-label", page_fill(page, T_REMOVE_FILTER, text));
	html_text(h, text);
	html_open(h, "span");
	html_attr_string(h, "aria-hidden", "true");
	html_string(h, " ×");
	html_end(h);
	html_end(h);
	html_end(h);
}

static void write_removals(struct page *page)
{
	const struct ask *ask = page->ask;
	struct ask without = *ask;
	without.page = 1;
	if (ask->year.len) {
		without.year.len = 0;
		write_removal(page, &without, ask->year);
		without.year = ask->year;
	}
	for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]); i++) {
		struct span *field = field_of(&without, &facets[i]), value = *field;
		if (!value.len)
			continue;
		field->len = 0;
		write_removal(page, &without, shown_value(&facets[i], value));
		*field = value;
	}
	if (ask->since.len) {
		without.since.len = 0;
		write_removal(page, &without,
			page_fill(page, T_SINCE_VALUE, page_date(page, ask->since)));
		without.since = ask->since;
	}
	if (ask->until.len) {
		without.until.len = 0;
		write_removal(page, &without,
			page_fill(page, T_UNTIL_VALUE, page_date(page, ask->until)));
	}
}

void facets_write_active(struct page *page)
{
	struct html *h = &page->html;
	const struct ask *ask = page->ask;
	if (!ask->year.len && !ask->type.len && !ask->body.len && !ask->since.len &&
		!ask->until.len)
		return;
	struct ask bare = {.query = ask->query, .order = ask->order, .page = 1};
	html_open_class(h, "nav", "active");
	html_attr_string(h, "aria-label", page_text(page, T_ACTIVE_FILTERS));
	html_open(h, "p");
	page_say(page, T_ACTIVE_FILTERS);
	html_string(h, ":");
	html_end(h);
	html_open(h, "ul");
	write_removals(page);
	html_open(h, "li");
	page_link_text(
		page, page_address(page, "suche", &bare), span_of(page_text(page, T_REMOVE_ALL)));
	html_end(h);
	html_end(h);
	html_end(h);
}

/* ---- what there is ---- */

static void write_value(struct page *page, const struct facet *facet, const json_t *value)
{
	struct html *h = &page->html;
	struct span text = json_text(value, "value");
	struct ask ask = *page->ask;
	ask.page = 1;
	*field_of(&ask, facet) = text;
	html_open(h, "li");
	page_link(page, page_address(page, "suche", &ask));
	html_open(h, "bdi");
	html_text(h, shown_value(facet, text));
	html_end(h);
	html_end(h);
	html_string(h, " ");
	html_open_class(h, "span", "count");
	html_text(h, page_number(page, json_number(value, "documents")));
	html_open_class(h, "span", "unseen");
	html_string(h, " ");
	page_say(page, T_DOCUMENTS);
	html_end(h);
	html_end(h);
	html_end(h);
}

static void write_facet(struct page *page, const struct facet *facet, const json_t *values)
{
	enum { MOST = 12 };
	struct html *h = &page->html;
	struct ask ask = *page->ask;
	size_t i;
	json_t *value;
	if (!json_array_size(values) || field_of(&ask, facet)->len)
		return;
	html_open_class(h, "section", "facet");
	page_say_in(page, "h2", facet->name);
	html_open(h, "ul");
	json_array_foreach((json_t *)values, i, value)
	{
		if (i < MOST && json_text(value, "value").len)
			write_value(page, facet, value);
	}
	html_end(h);
	html_end(h);
}

void facets_write(struct page *page, const json_t *values)
{
	if (!page->ask->year.len)
		chart_write(page, json_object_get(values, "year"));
	for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]); i++)
		write_facet(page, &facets[i], json_object_get(values, facets[i].key));
}
