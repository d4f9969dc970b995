/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the text of a query to a tree.
 *
 *   or     := and ( ("ODER" | "OR") and )*
 *   and    := not ( ("UND" | "AND")? not )*
 *   not    := ("NICHT" | "NOT" | "-") not | group
 *   group  := "(" or ")" | field? "="? '"' words '"' | field? "="? word
 *   field  := "titel:" | "title:" | "norm:"
 *
 * Nothing is an error here: what cannot be read as an operator is searched as the words it
 * consists of, and a notice says so with its byte offset. Whoever wants strictness turns the first
 * notice into an error. The tree is the shape of the query alone; the language comes in plan.h.
 */
#ifndef LUPE_QUERY_PARSE_H
#define LUPE_QUERY_PARSE_H

#include <stdbool.h>

#include "base/arena.h"

enum node_kind {
	NODE_WORD,   /**< `text` between blanks */
	NODE_PHRASE, /**< `text` between quotation marks */
	NODE_AND,    /**< `children`; `required` if an operator or a parenthesis asked for all */
	NODE_OR,     /**< `children` */
	NODE_NOT,    /**< one child */
};

/** Where a word or phrase is looked for. */
enum field {
	FIELD_TEXT,
	FIELD_TITLE, /**< titel:, title: */
	FIELD_NORM,  /**< norm: only as a citation */
};

struct node {
	enum node_kind kind;
	struct span text;      /**< words and phrases: points into the query */
	size_t offset;         /**< of `text` in the query, in bytes */
	enum field field;      /**< words and phrases */
	bool exact;            /**< words and phrases: as written (=Wort) */
	bool required;         /**< NODE_AND: not just words side by side */
	struct node *children; /**< first child */
	struct node *next;     /**< next sibling */
	struct leaf *leaf;     /**< words and phrases: what plan.h made of it; NULL if nothing */
};

/** Something that was read otherwise than it seems to be meant. */
struct notice {
	const char *message; /**< for a person; without line feed */
	size_t offset;       /**< in the query, in bytes */
	struct notice *next;
};

struct parsed {
	struct node *root;      /**< NULL if the query holds nothing to search for */
	struct notice *notices; /**< in order of the query */
};

/** Parses `query` (valid UTF-8, borrowed as long as the tree is used); nodes are in `arena`. */
struct parsed parse_query(struct span query, struct arena *arena);

/** A NODE_OR over several trees; NULLs are passed over. */
struct node *parse_any_of(struct node *const *roots, size_t count, struct arena *arena);

#endif
