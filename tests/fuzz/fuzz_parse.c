/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a query: leaves lie in it and in its order, notices point into it, the tree is no
 * deeper than the parser promises. Texts that are no UTF-8 are read too: nothing may lie outside.
 */
#include <stdint.h>
#include <stdlib.h>

#include "query/parse.h"
#include "query/pattern.h"
#include "query/regex.h"

enum { MOST_DEEP = 64 * 4 + 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct checker {
	struct span query;
	size_t behind; /* the last leaf */
};

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_node(struct checker *c, const struct node *node, size_t depth)
{
	check(depth < MOST_DEEP);
	if (node_is_leaf(node) || node->kind == NODE_FILTER) {
		check(!node->children && !node->leaf);
		check(node->offset >= c->behind);
		check(node->offset <= c->query.len);
		check(node->text.len <= c->query.len - node->offset);
		check(node->text.ptr == c->query.ptr + node->offset);
		c->behind = node->offset + node->text.len;
		return;
	}
	check(node->children != NULL);
	check(node->kind != NODE_NOT || !node->children->next);
	check((node->kind != NODE_OR && node->kind != NODE_NEAR) || node->children->next);
	for (const struct node *child = node->children; child; child = child->next) {
		check(node->kind != NODE_NEAR || child == node->children ||
			(child->reach > 0 && child->reach <= NEAR_MOST));
		check_node(c, child, depth + 1);
	}
}

/* A pattern is no longer than folding makes it, and matching it ends; letters of a regular
   expression lie in it. */
static void check_pattern(struct span text, struct arena *arena)
{
	struct span counts;
	if (text.len > 200)
		return;
	char *letters = arena_alloc(arena, text.len + 1);
	check(regex_letters(text, letters) <= text.len);
	if (pattern_kind(text, &counts) != PATTERN_WORD)
		return;
	struct pattern pattern = pattern_make(counts, arena);
	check(pattern.text.len <= counts.len * 3);
	check(pattern_matches(&pattern, pattern.text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct checker c = {.query = {(const char *)data, size}};
	struct parsed parsed = parse_query(c.query, &arena);
	if (parsed.root)
		check_node(&c, parsed.root, 0);
	size_t before = 0;
	for (const struct notice *n = parsed.notices; n; n = n->next) {
		check(n->message && *n->message);
		check(n->offset >= before && n->offset < size);
		before = n->offset;
		for (const struct notice *other = n->next; other; other = other->next)
			check(strcmp(n->message, other->message) != 0);
	}
	check_pattern(c.query, &arena);
	arena_done(&arena);
	return 0;
}
