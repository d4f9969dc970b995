/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the text of a query to a tree.
 *
 *   or     := and ( ("ODER" | "OR") and )*
 *   and    := not ( ("UND" | "AND")? not )*
 *   not    := ("NICHT" | "NOT" | "-") not | near
 *   near   := group ( ("NAHE" | "NEAR") ("/" number)? group )*
 *   group  := field? "(" or ")" | field? "="? '"' words '"' | field? "="? word
 *   field  := ("titel" | "autor" | "typ" | "pfad" | "jahr" | "datum" | "norm" | "sprache") ":"
 *
 * Fields have English names too. Nothing is an error here: what cannot be read as an operator is
 * searched as the words it consists of, and a notice says so with its byte offset, once for each
 * kind of oddity. Whoever wants strictness turns the first notice into an error. The tree is the
 * shape of the query alone; the language comes in plan.h.
 */
#ifndef LUPE_QUERY_PARSE_H
#define LUPE_QUERY_PARSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "query/dates.h"

enum node_kind {
	NODE_WORD,   /**< `text` between blanks */
	NODE_PHRASE, /**< `text` between quotation marks */
	NODE_REGEX,  /**< `text` is a regular expression (-E); not made by parse_query */
	NODE_FILTER, /**< documents with `text` in `field` */
	NODE_AND,    /**< `children`; `required` if an operator or a parenthesis asked for all */
	NODE_OR,     /**< `children` */
	NODE_NEAR,   /**< `children`: words, phrases, NODE_ORs of these; each `reach` words at most
			from   the one before */
	NODE_NOT,    /**< one child */
};

/** Where a word or phrase is looked for. */
enum field {
	FIELD_TEXT,
	FIELD_TITLE,  /**< titel:, title: */
	FIELD_AUTHOR, /**< autor:, author:, the publishing body too */
	FIELD_NORM,   /**< norm: only as a citation */
	/* of NODE_FILTER */
	FIELD_TYPE,     /**< typ:, type: */
	FIELD_PATH,     /**< pfad:, path:, a glob */
	FIELD_DATE,     /**< jahr:, year:, datum:, date: */
	FIELD_LANGUAGE, /**< sprache:, language: */
};

struct node {
	enum node_kind kind;
	struct span text;       /**< words, phrases, filters: points into the query */
	size_t offset;          /**< of `text` in the query, in bytes */
	enum field field;       /**< words, phrases, filters */
	bool exact;             /**< words and phrases: as written (=Wort) */
	bool pattern;           /**< words: with wildcards, see pattern.h */
	bool spelled;           /**< words and phrases: corrected; for request.c to say */
	bool required;          /**< NODE_AND: not just words side by side */
	uint32_t reach;         /**< children of NODE_NEAR behind the first */
	struct dates dates;     /**< filters of FIELD_DATE */
	bool loose;             /**< the store finds more than answers it: see plan.h */
	const uint32_t *docids; /**< filters of a plan to be verified: what they find, rising */
	size_t docid_count;
	struct node *children; /**< first child */
	struct node *next;     /**< next sibling */
	struct leaf *leaf; /**< words, phrases, regexes: what plan.h made of it; NULL if nothing */
};

enum { NEAR_DEFAULT = 10, NEAR_MOST = 1000 };

/** Something that was read otherwise than it seems to be meant. */
struct notice {
	const char *message; /**< for a person; without line feed */
	size_t offset;       /**< in the query, in bytes; of the first of its kind */
	struct notice *next;
};

struct parsed {
	struct node *root;      /**< NULL if the query holds nothing to search for */
	struct notice *notices; /**< in order of the query, each message once */
};

/** Parses `query` (valid UTF-8, borrowed as long as the tree is used); nodes are in `arena`. */
struct parsed parse_query(struct span query, struct arena *arena);

/** The tree of a regular expression, borrowed; NULL if it is empty. */
struct node *parse_regex(struct span expression, struct arena *arena);

/** A NODE_OR over several trees; NULLs are passed over. */
struct node *parse_any_of(struct node *const *roots, size_t count, struct arena *arena);

/** Whether nodes of this kind have a leaf rather than children. */
static inline bool node_is_leaf(const struct node *node)
{
	return node->kind == NODE_WORD || node->kind == NODE_PHRASE || node->kind == NODE_REGEX;
}

#endif
