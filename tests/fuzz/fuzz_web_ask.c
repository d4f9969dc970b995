/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as the query string of an address: what is accepted has the form that its name
 * promises, and the link made of it is plain ASCII and is read back as the same.
 */
#include <stdint.h>
#include <stdlib.h>

#include "web/ask.h"
#include "web/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(struct span text)
{
	check(text.len <= ASK_QUERY_BYTES);
	check(utf8_is_valid(text));
	for (size_t i = 0; i < text.len; i++)
		check((unsigned char)text.ptr[i] >= 0x20 && text.ptr[i] != 0x7F);
}

static void check_link(const struct buf *link)
{
	for (size_t i = 0; i < link->len; i++)
		check(link->ptr[i] > ' ' && link->ptr[i] < 0x7F &&
			!strchr("<>\"'\\`", link->ptr[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct ask ask, again;
	BUF_SCOPED(link);
	if (ask_parse(&ask, (struct span){(const char *)data, size}, &arena) == ASK_FINE) {
		check_text(ask.query);
		check_text(ask.type);
		check_text(ask.body);
		check_text(ask.since);
		check_text(ask.until);
		check(ask.year.len == 0 || ask.year.len == 4);
		check(ask.page >= 1 && ask.page <= ASK_MOST_PAGES && ask.order < ORDER_COUNT);
		check(!ask.path.len || !memchr(ask.path.ptr, '\0', ask.path.len));
		ask_add_link(&link, "", &ask);
		check_link(&link);
		struct span rest = buf_span(&link);
		if (rest.len)
			rest = span_skip(rest, 1);
		check(ask_parse(&again, rest, &arena) == ASK_FINE);
		check(span_equal(ask.query, again.query) && span_equal(ask.path, again.path));
		check(span_equal(ask.since, again.since) && span_equal(ask.body, again.body));
		check(ask.page == again.page && ask.from == again.from && ask.order == again.order);
	}
	arena_done(&arena);
	return 0;
}
