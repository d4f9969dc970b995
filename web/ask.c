/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses. Every parameter has its rule here, so that behind this file a value has the form that
 * its name promises; whether an index has such a year or document is for lupe to say.
 */
#include "web/ask.h"

#include <stdio.h>

#include "web/url.h"
#include "web/utf8.h"

static const char *const order_names[ORDER_COUNT] = {
	[ORDER_RELEVANCE] = "relevanz",
	[ORDER_NEWEST] = "neueste",
	[ORDER_PATH] = "pfad",
};

const char *ask_order_name(enum ask_order order)
{
	return order_names[order];
}

/* ---- reading ---- */

/* White space, however it was sent, becomes one kind of blank; other control characters do not. */
static bool clean_text(struct span *text)
{
	if (!utf8_is_valid(*text))
		return false;
	char *bytes = (char *)text->ptr; /* decoded into the arena, so ours */
	for (size_t i = 0; i < text->len; i++) {
		if (strchr("\t\r\n", bytes[i]) && bytes[i])
			bytes[i] = ' ';
		if ((unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7F)
			return false;
	}
	*text = span_trim(*text);
	return true;
}

static bool is_number(struct span text, size_t digits)
{
	if (text.len != digits)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return true;
}

static bool take_number(struct span text, unsigned long *ret)
{
	if (text.len > 9 || !text.len || !is_number(text, text.len))
		return false;
	*ret = 0;
	for (size_t i = 0; i < text.len; i++)
		*ret = *ret * 10 + (unsigned long)(text.ptr[i] - '0');
	return true;
}

static bool take_page(struct span text, unsigned *ret)
{
	unsigned long number;
	if (!take_number(text, &number) || number < 1 || number > ASK_MOST_PAGES)
		return false;
	*ret = (unsigned)number;
	return true;
}

/* 2019, 2019-05, 2019-05-14; or the 14.05.2019 that people write, brought to that form. */
static bool clean_date(struct span *text, struct arena *arena)
{
	int day, month, year;
	char iso[32], end;
	if (!clean_text(text) || text->len > 10)
		return false;
	if (!text->len || is_number(*text, 4))
		return true;
	if (sscanf(text->ptr, "%2d.%2d.%4d%c", &day, &month, &year, &end) == 3)
		snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day);
	else if (sscanf(text->ptr, "%4d-%2d-%2d%c", &year, &month, &day, &end) == 3)
		snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day);
	else if (sscanf(text->ptr, "%4d-%2d%c", &year, &month, &end) == 2)
		snprintf(iso, sizeof(iso), "%04d-%02d", year, month), day = 1;
	else
		return false;
	*text = arena_copy(arena, span_of(iso));
	return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool take_order(struct span text, enum ask_order *ret)
{
	for (enum ask_order order = 0; order < ORDER_COUNT; order++) {
		if (span_equal(text, span_of(order_names[order]))) {
			*ret = order;
			return true;
		}
	}
	return false;
}

static bool clean_path(struct span *path)
{
	return path->len && !memchr(path->ptr, '\0', path->len);
}

enum parameter {
	P_QUERY,
	P_YEAR,
	P_TYPE,
	P_BODY,
	P_SINCE,
	P_UNTIL,
	P_ORDER,
	P_PAGE,
	P_PATH,
	P_FROM,
	P_COUNT
};

static const char *const names[P_COUNT] = {
	[P_QUERY] = "q",
	[P_YEAR] = "jahr",
	[P_TYPE] = "typ",
	[P_BODY] = "stelle",
	[P_SINCE] = "von",
	[P_UNTIL] = "bis",
	[P_ORDER] = "sortierung",
	[P_PAGE] = "seite",
	[P_PATH] = "pfad",
	[P_FROM] = "ab",
};

static enum parameter parameter_of(struct span name)
{
	enum parameter p = 0;
	while (p < P_COUNT && !span_equal(name, span_of(names[p])))
		p++;
	return p;
}

static bool set(struct ask *ask, enum parameter p, struct span value, struct arena *arena)
{
	switch (p) {
	case P_QUERY:
		ask->query = value;
		return clean_text(&ask->query);
	case P_YEAR:
		ask->year = value;
		return !value.len || is_number(value, 4);
	case P_TYPE:
		ask->type = value;
		return clean_text(&ask->type);
	case P_BODY:
		ask->body = value;
		return clean_text(&ask->body);
	case P_SINCE:
		ask->since = value;
		return clean_date(&ask->since, arena);
	case P_UNTIL:
		ask->until = value;
		return clean_date(&ask->until, arena);
	case P_ORDER:
		return !value.len || take_order(value, &ask->order);
	case P_PAGE:
		return take_page(value, &ask->page);
	case P_PATH:
		ask->path = value;
		return clean_path(&ask->path);
	case P_FROM:
		return take_number(value, &ask->from);
	default:
		return true;
	}
}

enum ask_fault ask_parse(struct ask *ret, struct span query_string, struct arena *arena)
{
	struct span name, value;
	bool seen[P_COUNT + 1] = {false};
	*ret = (struct ask){.page = 1};
	while (url_take_pair(&query_string, arena, &name, &value)) {
		enum parameter p = parameter_of(name);
		if (seen[p] || p == P_COUNT)
			continue;
		seen[p] = true;
		if (p != P_PATH && value.len > ASK_QUERY_BYTES)
			return ASK_TOO_LONG;
		if (!set(ret, p, value, arena))
			return ASK_WRONG;
	}
	return ASK_FINE;
}

/* ---- writing ---- */

static void add_text(struct buf *url, enum parameter p, struct span value)
{
	if (value.len)
		url_add_pair(url, names[p], value);
}

static void add_number(struct buf *url, enum parameter p, unsigned long value)
{
	BUF_SCOPED(digits);
	buf_printf(&digits, "%lu", value);
	url_add_pair(url, names[p], buf_span(&digits));
}

void ask_add_link(struct buf *url, const char *page, const struct ask *ask)
{
	BUF_SCOPED(link);
	buf_add_string(&link, page);
	add_text(&link, P_PATH, ask->path);
	add_text(&link, P_QUERY, ask->query);
	add_text(&link, P_YEAR, ask->year);
	add_text(&link, P_TYPE, ask->type);
	add_text(&link, P_BODY, ask->body);
	add_text(&link, P_SINCE, ask->since);
	add_text(&link, P_UNTIL, ask->until);
	if (ask->order != ORDER_RELEVANCE)
		url_add_pair(&link, names[P_ORDER], span_of(order_names[ask->order]));
	if (ask->page > 1)
		add_number(&link, P_PAGE, ask->page);
	if (ask->from)
		add_number(&link, P_FROM, ask->from);
	buf_add_span(url, buf_span(&link));
}
