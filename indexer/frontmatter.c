/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads front matter. An entry is a line that begins with a key, with all indented lines and list
 * items behind it; the value is put together from these.
 */
#include "indexer/frontmatter.h"

#include <strings.h>

static bool is_fence(struct span line, char byte)
{
	line = span_trim(line);
	return line.len == 3 && line.ptr[0] == byte && line.ptr[1] == byte && line.ptr[2] == byte;
}

size_t frontmatter_length(struct span text)
{
	struct span rest = text;
	struct span line = span_take(&rest, '\n');

	if (!span_starts(line, SPAN("---")) || !is_fence(line, '-'))
		return 0;
	while (rest.ptr) {
		line = span_take(&rest, '\n');
		if (is_fence(line, '-') || is_fence(line, '.'))
			return rest.ptr ? (size_t)(rest.ptr - text.ptr) : text.len;
	}
	return 0;
}

static bool continues_entry(struct span line)
{
	return line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t' || line.ptr[0] == '-');
}

static void add_quoted(struct buf *value, struct span s, char quote)
{
	for (size_t i = 1; i < s.len; i++) {
		if (quote == '"' && s.ptr[i] == '\\' && i + 1 < s.len)
			i++;
		else if (s.ptr[i] == quote &&
			 (quote == '"' || i + 1 == s.len || s.ptr[++i] != quote))
			return;
		buf_add_byte(value, s.ptr[i]);
	}
}

/* A plain or quoted scalar on one line; a comment behind a plain one is dropped. */
static void add_scalar(struct buf *value, struct span s)
{
	s = span_trim(s);
	if (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\'')) {
		add_quoted(value, s, s.ptr[0]);
		return;
	}
	const char *comment = s.len ? memmem(s.ptr, s.len, " #", 2) : NULL;
	if (comment)
		s.len = (size_t)(comment - s.ptr);
	buf_add_span(value, span_trim(s));
}

static void add_item(struct buf *value, struct span item)
{
	if (value->len)
		buf_add_string(value, ", ");
	add_scalar(value, item);
}

/* [one, "two"] */
static void add_flow_list(struct buf *value, struct span list)
{
	struct span rest = span_skip(list, 1);

	if (span_ends(rest, SPAN("]")))
		rest.len--;
	while (rest.ptr) {
		struct span item = span_take(&rest, ',');
		if (span_trim(item).len)
			add_item(value, item);
	}
}

static bool is_list_item(struct span line)
{
	return span_starts(line, SPAN("- ")) || span_equal(line, SPAN("-"));
}

/* Lines of a scalar joined by blanks. */
static void join_lines(struct buf *joined, struct span rest)
{
	while (rest.ptr) {
		struct span line = span_trim(span_take(&rest, '\n'));
		if (joined->len && line.len)
			buf_add_byte(joined, ' ');
		buf_add_span(joined, line);
	}
}

/* `entry` is all that stands behind the colon, up to the next key. */
static void read_value(struct span entry, struct buf *value)
{
	struct span rest = entry;
	struct span first = span_trim(span_take(&rest, '\n'));
	struct span ahead = rest;

	if (first.len == 0 && is_list_item(span_trim(span_take(&ahead, '\n')))) {
		while (rest.ptr) {
			struct span line = span_trim(span_take(&rest, '\n'));
			if (is_list_item(line))
				add_item(value, span_skip(line, 1));
		}
		return;
	}
	if (first.len && strchr("|>", first.ptr[0])) {
		join_lines(value, rest);
		return;
	}
	BUF_SCOPED(joined);
	join_lines(&joined, entry);
	if (joined.len && joined.ptr[0] == '[')
		add_flow_list(value, buf_span(&joined));
	else
		add_scalar(value, buf_span(&joined));
}

static bool find_entry(struct span text, const char *key, struct span *ret_entry)
{
	size_t key_len = strlen(key);
	struct span rest = text;

	while (rest.ptr) {
		struct span line = span_take(&rest, '\n');

		if (line.len <= key_len || strncasecmp(line.ptr, key, key_len) != 0)
			continue;
		struct span behind = span_trim(span_skip(line, key_len));
		if (behind.len == 0 || behind.ptr[0] != ':')
			continue;
		const char *begin = behind.ptr + 1, *end = line.ptr + line.len;
		while (rest.ptr) {
			line = span_take(&rest, '\n');
			if (!continues_entry(line) || is_fence(line, '-'))
				break;
			end = line.ptr + line.len;
		}
		*ret_entry = span_from(begin, end);
		return true;
	}
	return false;
}

bool frontmatter_value(struct span text, const char *const *keys, struct buf *ret_value)
{
	struct span entry;

	for (; *keys; keys++) {
		buf_clear(ret_value);
		if (!find_entry(text, *keys, &entry))
			continue;
		read_value(entry, ret_value);
		if (ret_value->len)
			return true;
	}
	buf_clear(ret_value);
	return false;
}
