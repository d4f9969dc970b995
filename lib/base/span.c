/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The few span functions too long to be inline. */
#include "base/span.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct span span_trim(struct span s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = span_skip(s, 1);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct span span_take(struct span *rest, char separator)
{
	const char *end = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	struct span head = *rest;
	if (!end) {
		*rest = (struct span){NULL, 0};
		return head;
	}
	head.len = (size_t)(end - head.ptr);
	*rest = span_skip(*rest, head.len + 1);
	return head;
}
