/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes through the words of a query in their order and copies what lies between them. */
#include "query/correct.h"

#include "text/chars.h"
#include "text/utf8.h"

struct corrector {
	struct spell *spell;
	struct span query;
	struct buf *out, *marks;
	size_t copied; /* bytes of the query that are in `out` */
	bool changed;
	struct lupe_error *err;
};

/* Without what stands before and behind the word: "Grundschule?", „ambulant", (Rat). */
static struct span inner_word(struct span word)
{
	const char *begin = word.ptr, *end = begin + word.len, *last = begin;
	for (const char *at = begin; at < end;) {
		size_t length;
		uint32_t cp = utf8_get(at, end, &length);
		enum char_class class = char_class(cp);
		bool inside = class == CHAR_LETTER || class == CHAR_MARK || class == CHAR_DIGIT ||
			      class == CHAR_HYPHEN || cp == '*';
		at += length;
		if (inside)
			last = at;
		else if (last == begin)
			begin = last = at;
	}
	return span_from(begin, last);
}

static void add(struct corrector *c, struct span text, char mark)
{
	buf_add_span(c->out, text);
	for (size_t i = 0; i < text.len; i++)
		buf_add_byte(c->marks, mark);
}

static lupe_status correct_word(struct corrector *c, struct span word)
{
	BUF_SCOPED(suggestion);
	word = inner_word(word);
	size_t offset = (size_t)(word.ptr - c->query.ptr);
	lupe_status status = spell_correct(c->spell, word, &suggestion, c->err);
	if (status != LUPE_OK || suggestion.len == 0)
		return status;
	add(c, (struct span){c->query.ptr + c->copied, offset - c->copied}, 0);
	add(c, buf_span(&suggestion), 1);
	c->copied = offset + word.len;
	c->changed = true;
	return LUPE_OK;
}

static lupe_status correct_node(struct corrector *c, const struct node *node)
{
	lupe_status status = LUPE_OK;
	bool leaf = node->kind == NODE_WORD || node->kind == NODE_PHRASE;
	if (leaf && (node->exact || node->field == FIELD_NORM))
		return LUPE_OK;
	for (struct span rest = leaf ? node->text : SPAN(""); rest.len && status == LUPE_OK;) {
		struct span word = span_take(&rest, ' ');
		if (word.len)
			status = correct_word(c, word);
	}
	for (const struct node *child = node->children; child && status == LUPE_OK;
		child = child->next)
		status = correct_node(c, child);
	return status;
}

lupe_status correct_query(struct spell *spell, struct span query, const struct node *root,
	struct buf *ret, struct buf *marks, struct lupe_error *err)
{
	struct corrector c = {
		.spell = spell, .query = query, .out = ret, .marks = marks, .err = err};
	buf_clear(ret);
	buf_clear(marks);
	lupe_status status = root ? correct_node(&c, root) : LUPE_OK;
	if (c.changed)
		add(&c, span_skip(query, c.copied), 0);
	else
		buf_clear(ret);
	return status;
}
