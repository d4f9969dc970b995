/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Percent-encoding in both directions. What a name or value means, and which bytes it may hold, is
 * decided by who asks for it (ask.c); here any byte goes through, NUL and invalid UTF-8 included.
 */
#include "web/url.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static struct span decode(struct span s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++) {
		int high = i + 2 < s.len && s.ptr[i] == '%' ? hex_digit(s.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(s.ptr[i + 2]) : -1;
		if (low >= 0) {
			out[len++] = (char)(high << 4 | low);
			i += 2;
		} else {
			out[len++] = s.ptr[i] == '+' ? ' ' : s.ptr[i];
		}
	}
	out[len] = '\0';
	return (struct span){out, len};
}

bool url_take_pair(
	struct span *query, struct arena *arena, struct span *ret_name, struct span *ret_value)
{
	while (query->ptr) {
		struct span pair = span_take(query, '&');
		if (!pair.len)
			continue;
		struct span name = span_take(&pair, '=');
		*ret_name = decode(name, arena);
		*ret_value = decode(pair, arena);
		return true;
	}
	return false;
}

void url_add_encoded(struct buf *url, struct span value)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (letter || (c >= '0' && c <= '9') || (c && strchr("-._~", c))) {
			buf_add_byte(url, (char)c);
		} else if (c == ' ') {
			buf_add_byte(url, '+');
		} else {
			char escape[] = {'%', digits[c >> 4], digits[c & 15]};
			buf_add(url, escape, sizeof(escape));
		}
	}
}

void url_add_pair(struct buf *url, const char *name, struct span value)
{
	buf_add_byte(url, url->len && memchr(url->ptr, '?', url->len) ? '&' : '?');
	buf_add_string(url, name);
	buf_add_byte(url, '=');
	url_add_encoded(url, value);
}
