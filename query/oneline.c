/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a word goes on behind a line end is decided by text/shape.h, as for the index; here only
 * what that leaves out is left out, and byte offsets follow.
 */
#include "query/oneline.h"

#include "text/shape.h"

enum { WORD_REACH = 200 };

struct copier {
	struct buf *ret;
	size_t begin; /* of what is appended */
	const char *text;
	uint32_t *offsets;
	size_t offset_count, next_offset;
};

/* Offsets up to that of `at` in the text stand where the copy ends. */
static void settle(struct copier *c, const char *at)
{
	while (c->next_offset < c->offset_count &&
		c->offsets[c->next_offset] <= (size_t)(at - c->text))
		c->offsets[c->next_offset++] = (uint32_t)(c->ret->len - c->begin);
}

static void copy(struct copier *c, const char *from, const char *to)
{
	while (from < to) {
		const char *stop = to;
		settle(c, from);
		if (c->next_offset < c->offset_count &&
			c->offsets[c->next_offset] < (size_t)(to - c->text))
			stop = c->text + c->offsets[c->next_offset];
		char *to_byte = buf_reserve(c->ret, (size_t)(stop - from));
		c->ret->len += (size_t)(stop - from);
		for (; from < stop; from++)
			*to_byte++ = *from == '\n' || *from == '\t' ? ' ' : *from;
		*to_byte = '\0';
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool may_begin_word(char c)
{
	unsigned char byte = (unsigned char)c;
	return byte >= 0xc3 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z');
}

/* -, U+2010, U+00AD */
bool oneline_is_hyphen(const char *begin, const char *at)
{
	struct span before = span_from(begin, at);
	return span_ends(before, SPAN("-")) || span_ends(before, SPAN("\xe2\x80\x90")) ||
	       span_ends(before, SPAN("\xc2\xad"));
}

/* If a word goes on over the line end at `feed`: the stretch that is no part of it. */
static bool is_broken_word(const char *begin, const char *feed, const char *end,
	const char **ret_from, const char **ret_to)
{
	const char *hyphen = feed;
	while (hyphen > begin && (hyphen[-1] == ' ' || hyphen[-1] == '\r'))
		hyphen--;
	if (!oneline_is_hyphen(begin, hyphen))
		return false;
	const char *word = hyphen;
	while (word > begin && hyphen - word < WORD_REACH && !is_blank(word[-1]))
		word--;
	while (word < hyphen && !may_begin_word(*word))
		word++;
	if (word == hyphen)
		return false;
	struct shape shape;
	size_t len = shape_read(word, end, false, &shape);
	if (word + len <= feed)
		return false;
	for (size_t i = 1; i < shape.glyph_count; i++)
		if (word + shape.glyphs[i].begin > feed) {
			*ret_from = word + shape.glyphs[i - 1].end;
			*ret_to = word + shape.glyphs[i].begin;
			return *ret_from <= feed;
		}
	return false;
}

void oneline_add(struct buf *ret, struct span text, uint32_t *offsets, size_t offset_count)
{
	struct copier c = {.ret = ret,
		.begin = ret->len,
		.text = text.ptr,
		.offsets = offsets,
		.offset_count = offset_count};
	const char *at = text.ptr, *end = text.ptr + text.len, *feed, *search = at;
	while (search < end && (feed = memchr(search, '\n', (size_t)(end - search)))) {
		const char *from, *to;
		search = feed + 1;
		if (!is_broken_word(text.ptr, feed, end, &from, &to) || from < at)
			continue;
		copy(&c, at, from);
		at = to;
		search = to;
	}
	copy(&c, at, end);
	settle(&c, end);
}
