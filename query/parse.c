/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recursive descent over the bytes of a query. Asterisks, colons, slashes and parentheses within
 * a word belong to the word (Migrant*innen, Lehrer(innen)); what an operator or a field's name
 * looks like is in lex.c, what a wildcard is in pattern.c.
 */
#include "query/parse.h"

#include "query/lex.h"
#include "query/pattern.h"
#include "text/norm.h"
#include "text/utf8.h"

enum { MAX_DEPTH = 64 };

static struct node *parse_or(struct lexer *l, enum field field);

static struct node *new_node(struct lexer *l, enum node_kind kind, struct node *children)
{
	struct node *node = arena_alloc(l->arena, sizeof(*node));
	*node = (struct node){.kind = kind, .children = children};
	return node;
}

static struct node *new_leaf(struct lexer *l, enum node_kind kind, struct span text)
{
	struct node *node = new_node(l, kind, NULL);
	node->text = text;
	node->offset = (size_t)(text.ptr - l->query.ptr);
	return node;
}

/* An operator that has nothing on one side is a word after all. */
static struct node *operator_as_word(struct lexer *l, size_t begin, size_t end)
{
	lex_note(l, begin, "operator without a word beside it, searched as a word");
	return new_leaf(l, NODE_WORD, (struct span){l->query.ptr + begin, end - begin});
}

/* Takes what stands between quotation marks; false if the second one is missing, and then the
   first alone. */
static bool take_quoted(struct lexer *l, struct span *ret)
{
	size_t open = l->at;
	l->at += lex_quote(lex_rest(l));
	size_t begin = l->at;
	while (l->at < l->query.len && !lex_quote(lex_rest(l)))
		l->at += utf8_length((unsigned char)l->query.ptr[l->at]);
	if (l->at >= l->query.len) {
		l->at = begin;
		lex_note(l, open, "quotation mark without a second one, ignored");
		return false;
	}
	*ret = (struct span){l->query.ptr + begin, l->at - begin};
	l->at += lex_quote(lex_rest(l));
	return true;
}

static struct node *parse_phrase(struct lexer *l)
{
	struct span text;
	if (!take_quoted(l, &text))
		return NULL;
	if (memchr(text.ptr, '*', text.len)) {
		struct span rest = text, counts;
		while (rest.len) {
			struct span word = span_take(&rest, ' ');
			if (word.len && pattern_kind(word, &counts) == PATTERN_WORD)
				lex_note(l, (size_t)(word.ptr - l->query.ptr),
					"no wildcards between quotation marks: the star is passed "
					"over; for one beside a word: a NEAR/1 b*");
		}
	}
	return new_leaf(l, NODE_PHRASE, text);
}

/* A citation of several words is one: § 16a Abs. 1 AufenthG. */
static struct node *parse_norm(struct lexer *l)
{
	struct norm norm;
	struct span s = lex_rest(l);
	const char *end = s.ptr + s.len;
	if (!norm_may_begin(s.ptr, end) || !norm_read(s.ptr, end, &norm))
		return NULL;
	for (size_t i = 0; i < norm.context_len; i++)
		if (lex_quote(span_skip(s, i)))
			return NULL;
	struct span behind = span_skip(s, norm.context_len);
	if (behind.len && !lex_blank(behind) && behind.ptr[0] != ')')
		return NULL;
	l->at += norm.context_len;
	return new_leaf(l, NODE_WORD, (struct span){s.ptr, norm.context_len});
}

static struct node *parse_word(struct lexer *l, bool exact)
{
	struct node *norm = exact ? NULL : parse_norm(l);
	if (norm)
		return norm;
	struct span word = lex_take_word(l), counts;
	size_t offset = (size_t)(word.ptr - l->query.ptr);
	enum pattern_kind kind = pattern_kind(word, &counts);
	if (kind == PATTERN_SHORT)
		lex_note(l, offset,
			"a wildcard needs two letters beside it: searched as a word without it");
	else if (kind == PATTERN_OTHER || (kind == PATTERN_GENDER && word.ptr[word.len - 1] == '*'))
		lex_note(l, offset, "no wildcard: the star is passed over");
	struct node *node = new_leaf(l, NODE_WORD, counts);
	node->pattern = kind == PATTERN_WORD;
	return node;
}

static struct node *parse_leaf(struct lexer *l)
{
	bool exact = false;
	struct span behind = lex_rest(l);
	if (span_starts(behind, SPAN("="))) {
		behind = span_skip(behind, 1);
		exact = behind.len && !lex_blank(behind);
		l->at += exact;
	}
	struct node *leaf = lex_quote(lex_rest(l)) ? parse_phrase(l) : parse_word(l, exact);
	if (leaf)
		leaf->exact = exact;
	return leaf;
}

/* The value of typ:, pfad:, jahr: or sprache:; what is no value is searched as words, the field's
   name, which begins at `begin`, among them. */
static struct node *parse_filter(struct lexer *l, enum field field, size_t begin)
{
	struct span value;
	if (!lex_quote(lex_rest(l)))
		value = lex_take_word(l);
	else if (!take_quoted(l, &value))
		return NULL;
	value = span_trim(value);
	struct node *node = new_leaf(l, NODE_FILTER, value);
	node->field = field;
	if (field == FIELD_DATE && !dates_read(value, &node->dates)) {
		lex_note(l, begin,
			"no date such as 2019, 2019-05, 2015..2023 or >=2019: "
			"searched as words");
		*node = *new_leaf(l, NODE_WORD, (struct span){l->query.ptr + begin, l->at - begin});
	}
	return value.len ? node : NULL;
}

static struct node *parse_parenthesis(struct lexer *l, enum field field)
{
	size_t begin = l->at++;
	l->open++;
	struct node *node = lex_at_end(l) ? NULL : parse_or(l, field);
	l->open--;
	lex_at_end(l);
	if (l->at < l->query.len)
		l->at++;
	else
		lex_note(l, begin, "parenthesis without a second one, ignored");
	if (node && node->kind == NODE_AND)
		node->required = true;
	return node;
}

/* `field` is that of the parenthesis around it. */
static struct node *parse_group(struct lexer *l, enum field field)
{
	size_t begin = l->at;
	l->at += lex_field(l, &field);
	if (l->query.ptr[l->at] == '(' && l->open < MAX_DEPTH)
		return parse_parenthesis(l, field);
	if (field >= FIELD_TYPE)
		return parse_filter(l, field, begin);
	struct node *leaf = parse_leaf(l);
	if (leaf)
		leaf->field = field;
	return leaf;
}

/* ---- NAHE ---- */

static bool stands_in_text(const struct node *node)
{
	if (node->kind == NODE_OR) {
		for (const struct node *child = node->children; child; child = child->next)
			if (!stands_in_text(child))
				return false;
		return true;
	}
	return node_is_leaf(node) && (node->field == FIELD_TEXT || node->field == FIELD_NORM);
}

/* Takes NAHE if a word stands behind it. */
static bool take_near(struct lexer *l, uint32_t *ret_reach)
{
	size_t begin = l->at, len, next;
	uint32_t ignored;
	if (lex_at_end(l) || lex_operator(l, &len, ret_reach) != OPERATOR_NEAR) {
		l->at = begin;
		return false;
	}
	size_t name = l->at;
	l->at += len;
	if (lex_at_end(l) || lex_operator(l, &next, &ignored) != OPERATOR_NONE) {
		l->at = begin;
		return false;
	}
	if (*ret_reach < 1 || *ret_reach > NEAR_MOST) {
		lex_note(
			l, name, "NAHE reaches from 1 to 1000 words: taken as the nearer of these");
		*ret_reach = *ret_reach < 1 ? 1 : NEAR_MOST;
	}
	return true;
}

static struct node *parse_near(struct lexer *l, enum field field)
{
	size_t begin = l->at;
	struct node *first = parse_group(l, field), **next = first ? &first->next : &first;
	uint32_t reach;
	bool stands = !first || stands_in_text(first);
	while (take_near(l, &reach)) {
		struct node *node = parse_group(l, field);
		if (!node)
			continue;
		stands &= stands_in_text(node);
		node->reach = reach;
		*next = node;
		next = &node->next;
	}
	if (!first || !first->next)
		return first;
	struct node *node = new_node(l, stands ? NODE_NEAR : NODE_AND, first);
	node->required = true;
	if (!stands)
		lex_note(l, begin,
			"NAHE stands between words, phrases and groups of these with "
			"ODER: searched as UND");
	return node;
}

/* ---- operators ---- */

static bool take_minus(struct lexer *l)
{
	struct span s = lex_rest(l);
	if (s.len < 2 || s.ptr[0] != '-' || lex_blank(span_skip(s, 1)) || s.ptr[1] == '-')
		return false;
	l->at++;
	return true;
}

static struct node *parse_not(struct lexer *l, enum field field)
{
	bool negated = false;
	for (;;) {
		size_t begin = l->at, len = 0;
		uint32_t reach;
		bool word = lex_operator(l, &len, &reach) == OPERATOR_NOT;
		if (word)
			l->at += len;
		else if (!take_minus(l))
			break;
		if (lex_at_end(l))
			return word ? operator_as_word(l, begin, begin + len) : NULL;
		negated = !negated;
	}
	struct node *node = parse_near(l, field);
	return node && negated ? new_node(l, NODE_NOT, node) : node;
}

/* Appends `node` (which may be NULL) to a list of siblings. */
static void append(struct node ***next, struct node *node)
{
	if (!node)
		return;
	**next = node;
	*next = &node->next;
}

static struct node *parse_and(struct lexer *l, enum field field)
{
	struct node *first = NULL, **next = &first;
	bool required = false;
	while (!lex_at_end(l)) {
		size_t begin = l->at, len;
		uint32_t reach;
		enum operation op = lex_operator(l, &len, &reach);
		if (op == OPERATOR_NONE || op == OPERATOR_NOT) {
			append(&next, parse_not(l, field));
			continue;
		}
		l->at += len;
		bool between = first && !lex_at_end(l);
		if (between && op == OPERATOR_OR) {
			l->at = begin;
			break;
		}
		if (between && op == OPERATOR_AND)
			required = true;
		else
			append(&next, operator_as_word(l, begin, begin + len));
	}
	if (!first || (!first->next && first->kind != NODE_NOT))
		return first;
	struct node *node = new_node(l, NODE_AND, first);
	node->required = required;
	return node;
}

static struct node *parse_or(struct lexer *l, enum field field)
{
	struct node *first = NULL, **next = &first;
	size_t len;
	uint32_t reach;
	append(&next, parse_and(l, field));
	while (!lex_at_end(l) && lex_operator(l, &len, &reach) == OPERATOR_OR) {
		l->at += len;
		lex_at_end(l);
		append(&next, parse_and(l, field));
	}
	return first && first->next ? new_node(l, NODE_OR, first) : first;
}

struct parsed parse_query(struct span query, struct arena *arena)
{
	struct lexer lexer = {.query = query, .arena = arena};
	struct node *first = NULL, **next = &first;
	while (!lex_at_end(&lexer))
		append(&next, parse_or(&lexer, FIELD_TEXT));
	return (struct parsed){first, lex_notices(&lexer)};
}

struct node *parse_regex(struct span expression, struct arena *arena)
{
	if (expression.len == 0)
		return NULL;
	struct node *node = arena_alloc(arena, sizeof(*node));
	*node = (struct node){.kind = NODE_REGEX, .text = expression};
	return node;
}

struct node *parse_any_of(struct node *const *roots, size_t count, struct arena *arena)
{
	struct node *first = NULL, **next = &first;
	for (size_t i = 0; i < count; i++)
		append(&next, roots[i]);
	if (!first || !first->next)
		return first;
	struct node *node = arena_alloc(arena, sizeof(*node));
	*node = (struct node){.kind = NODE_OR, .children = first};
	return node;
}
