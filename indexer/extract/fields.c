/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of fields (metadata, relationships, manifests) and the paths in them. */
#include "indexer/extract/fields.h"

enum { TEXT_MAX_BYTES = 4096 };

struct reader {
	fields_function *function;
	void *data;
	int tag; /* the open element's */
	struct buf text;
};

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct reader *reader = data;

	reader->tag = tag;
	buf_clear(&reader->text);
	if (tag)
		reader->function(reader->data, tag, attributes, (struct span){"", 0});
}

static void on_end(void *data, int tag)
{
	struct reader *reader = data;

	if (tag && tag == reader->tag && reader->text.len)
		reader->function(reader->data, tag, NULL, buf_span(&reader->text));
	reader->tag = 0;
}

static void on_text(void *data, struct span text)
{
	struct reader *reader = data;

	if (reader->tag && reader->text.len + text.len <= TEXT_MAX_BYTES)
		buf_add_span(&reader->text, text);
}

void fields_read(struct zip *zip, const char *part, const struct xml_grammar *grammar,
	fields_function *function, void *data)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, NULL};
	struct reader reader = {.function = function, .data = data};

	if (zip_has(zip, span_of(part)))
		xml_read_member(zip, part, grammar, &handler, &reader, NULL);
	buf_done(&reader.text);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_unescaped(struct buf *ret, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = s.ptr[i] == '%' && i + 2 < s.len ? hex_digit(s.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(s.ptr[i + 2]) : -1;

		if (low >= 0) {
			buf_add_byte(ret, (char)(high * 16 + low));
			i += 2;
		} else {
			buf_add_byte(ret, s.ptr[i]);
		}
	}
}

static void drop_last(struct buf *path)
{
	const char *slash = path->len ? memrchr(path->ptr, '/', path->len) : NULL;

	path->len = slash ? (size_t)(slash - path->ptr) : 0;
	if (path->ptr)
		path->ptr[path->len] = '\0';
}

void fields_resolve(struct span part, struct span target, struct buf *ret)
{
	const char *fragment = target.len ? memchr(target.ptr, '#', target.len) : NULL;
	struct span rest = fragment ? span_from(target.ptr, fragment) : target;

	buf_clear(ret);
	if (span_starts(rest, SPAN("/"))) {
		rest = span_skip(rest, 1);
	} else {
		buf_add_span(ret, part);
		drop_last(ret);
	}
	while (rest.ptr) {
		struct span step = span_take(&rest, '/');
		if (span_equal(step, SPAN("..")))
			drop_last(ret);
		if (step.len == 0 || span_equal(step, SPAN(".")) || span_equal(step, SPAN("..")))
			continue;
		if (ret->len)
			buf_add_byte(ret, '/');
		add_unescaped(ret, step);
	}
}
