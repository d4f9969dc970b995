/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Context is cut by columns, not bytes, so that concordances line up whatever the script. Words
 * for sorting are what stands between blanks, without signs around them.
 */
#include "query/concordance.h"

#include "query/oneline.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Bytes of text that mostly give a column, and that do so even of combining characters and runs of
   blanks. */
enum { FEW_BYTES = 2, MANY_BYTES = 16, KEY_WORDS = 4 };

size_t text_columns(struct span text)
{
	const char *end = text.ptr + text.len;
	size_t columns = 0, len;
	for (const char *at = text.ptr; at < end; at += len)
		columns += char_columns(utf8_get(at, end, &len));
	return columns;
}

void concordance_done(struct concordance *c)
{
	buf_done(&c->left);
	buf_done(&c->match);
	buf_done(&c->right);
	buf_done(&c->text);
	buf_done(&c->scratch);
}

/* Appends text with runs of blanks made one, without those at its beginning. */
static void add_squeezed(struct buf *ret, struct span text)
{
	char *to = buf_reserve(ret, text.len);
	char last = ret->len ? to[-1] : ' ';
	for (size_t i = 0; i < text.len; i++) {
		*to = text.ptr[i];
		to += *to != ' ' || last != ' ';
		last = text.ptr[i];
	}
	ret->len = (size_t)(to - ret->ptr);
	*to = '\0';
}

/* The end of `text` that fits into `width` columns. */
static struct span last_columns(struct span text, size_t width, size_t *ret_columns)
{
	const char *end = text.ptr + text.len, *from = end;
	*ret_columns = 0;
	for (const char *at = end; at > text.ptr;) {
		size_t len;
		do
			at--;
		while (at > text.ptr && ((unsigned char)*at & 0xc0) == 0x80);
		size_t columns = char_columns(utf8_get(at, end, &len));
		if (*ret_columns + columns > width)
			break;
		*ret_columns += columns;
		if (columns) /* not from the middle of a character */
			from = at;
	}
	return span_from(from, end);
}

static struct span first_columns(struct span text, size_t width, size_t *ret_columns)
{
	const char *end = text.ptr + text.len, *at = text.ptr;
	size_t len;
	for (*ret_columns = 0; at < end; at += len) {
		size_t columns = char_columns(utf8_get(at, end, &len));
		if (*ret_columns + columns > width)
			break;
		*ret_columns += columns;
	}
	return span_from(text.ptr, at);
}

static void take_left(struct concordance *c, struct span text, size_t width)
{
	buf_clear(&c->scratch);
	buf_clear(&c->left);
	add_squeezed(&c->scratch, text);
	struct span kept = last_columns(buf_span(&c->scratch), width, &c->left_columns);
	buf_add_span(&c->left, kept);
}

static void take_right(struct concordance *c, struct span text, size_t width)
{
	buf_clear(&c->scratch);
	buf_clear(&c->right);
	bool blank = text.len && text.ptr[0] == ' ';
	if (blank)
		buf_add_byte(&c->scratch, ' ');
	add_squeezed(&c->scratch, text);
	struct span kept = first_columns(buf_span(&c->scratch), width, &c->right_columns);
	while (kept.len && kept.ptr[kept.len - 1] == ' ') {
		kept.len--;
		c->right_columns--;
	}
	buf_add_span(&c->right, kept);
}

/* Moves a byte offset of the document to where a code point begins. */
static lupe_status read_around(struct concordance *c, struct document *d, uint32_t from,
	uint32_t to, uint32_t *ret_from, struct lupe_error *err)
{
	buf_clear(&c->scratch);
	lupe_status status = document_range(d, from, to, &c->scratch, err);
	size_t skip = 0;
	while (skip < c->scratch.len && ((unsigned char)c->scratch.ptr[skip] & 0xc0) == 0x80)
		skip++;
	*ret_from = from + (uint32_t)skip;
	return status;
}

/* Reads with `reach` bytes on either side; `*ret_short` says whether more would give more. */
static lupe_status read_within(struct concordance *c, struct document *d, const struct place *place,
	size_t width, uint32_t reach, bool *ret_short, struct lupe_error *err)
{
	uint32_t least, most, from, to;
	document_stretch(d, place->begin, &least, &most);
	most = most > place->end ? most : place->end;
	from = place->begin - least > reach ? place->begin - reach : least;
	to = most - place->end > reach ? place->end + reach : most;
	bool more_left = from > least, more_right = to < most;
	lupe_status status = read_around(c, d, from, to, &from, err);
	if (status != LUPE_OK)
		return status;
	size_t skip = c->scratch.len - (to - from);
	size_t len = utf8_whole(c->scratch.ptr + skip, to - from);
	uint32_t offsets[2] = {place->begin - from, place->end - from};
	buf_clear(&c->text);
	oneline_add(&c->text, (struct span){c->scratch.ptr + skip, len}, offsets, 2);
	struct span text = buf_span(&c->text);
	buf_clear(&c->match);
	add_squeezed(&c->match, span_from(text.ptr + offsets[0], text.ptr + offsets[1]));
	c->match_columns = text_columns(buf_span(&c->match));
	take_left(c, (struct span){text.ptr, offsets[0]}, width);
	take_right(c, span_skip(text, offsets[1]), width);
	*ret_short = (more_left && c->left_columns + 1 < width) ||
		     (more_right && c->right_columns + 1 < width);
	return LUPE_OK;
}

lupe_status concordance_read(struct concordance *c, struct document *d, const struct place *place,
	size_t width, struct lupe_error *err)
{
	bool is_short;
	uint32_t columns = (uint32_t)width + 8;
	lupe_status status = read_within(c, d, place, width, FEW_BYTES * columns, &is_short, err);
	if (status == LUPE_OK && is_short)
		status = read_within(c, d, place, width, MANY_BYTES * columns, &is_short, err);
	return status;
}

/* ---- sorting ---- */

/* The letter that a dictionary sorts an umlaut under. */
static void add_plain(struct buf *ret, uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *plain;
	} plains[] = {{0xe4, "a"}, {0xf6, "o"}, {0xfc, "u"}, {0xdf, "ss"}};
	char bytes[4];
	cp = char_lower(cp);
	for (size_t i = 0; i < sizeof(plains) / sizeof(plains[0]); i++)
		if (plains[i].cp == cp) {
			buf_add_string(ret, plains[i].plain);
			return;
		}
	buf_add(ret, bytes, utf8_put(cp, bytes));
}

/* False if it is signs alone, which count for nothing. */
static bool add_word(struct buf *ret, struct span word)
{
	const char *end = word.ptr + word.len;
	size_t len, before = ret->len;
	for (const char *at = word.ptr; at < end; at += len) {
		uint32_t cp = utf8_get(at, end, &len);
		enum char_class class = char_class(cp);
		if (class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_MARK ||
			class == CHAR_IDEOGRAPH)
			add_plain(ret, cp);
	}
	if (ret->len == before)
		return false;
	buf_add_byte(ret, 1);
	return true;
}

/* Takes the first or last stretch without blanks off `*text`. */
static struct span take_word(struct span *text, bool backwards)
{
	*text = span_trim(*text);
	struct span word = {text->ptr, 0};
	if (!backwards) {
		while (word.len < text->len && text->ptr[word.len] != ' ')
			word.len++;
		*text = span_skip(*text, word.len);
		return word;
	}
	size_t begin = text->len;
	while (begin > 0 && text->ptr[begin - 1] != ' ')
		begin--;
	word = span_skip(*text, begin);
	text->len = begin;
	return word;
}

void concordance_sort_key(struct span text, bool backwards, unsigned first, struct buf *ret)
{
	BUF_SCOPED(word);
	for (unsigned i = 1; i < first + KEY_WORDS && text.len;) {
		buf_clear(&word);
		if (!add_word(&word, take_word(&text, backwards)))
			continue;
		if (i++ >= first)
			buf_add_span(ret, buf_span(&word));
	}
}
