/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The signs of a query: blanks, quotation marks, operators, names of fields. For parse.c alone.
 */
#ifndef LUPE_QUERY_LEX_H
#define LUPE_QUERY_LEX_H

#include "query/parse.h"

struct lexer {
	struct span query;
	size_t at;
	int open; /* parentheses */
	struct arena *arena;
	struct notice *notices; /* newest first */
};

/** Notes an oddity; of those with one message the first in the query is kept. */
void lex_note(struct lexer *lexer, size_t offset, const char *message);
/** All notices in order of the query. */
struct notice *lex_notices(struct lexer *lexer);

struct span lex_rest(const struct lexer *lexer);
/** Length of the blank, or of the quotation mark, at the beginning of `s`; 0 if there is none. */
size_t lex_blank(struct span s);
size_t lex_quote(struct span s);
/** Passes over blanks; whether the query, or the group in parentheses, ends there. */
bool lex_at_end(struct lexer *lexer);

enum operation { OPERATOR_NONE, OPERATOR_AND, OPERATOR_OR, OPERATOR_NOT, OPERATOR_NEAR };
/** The operator that stands here, between blanks; `*ret_len` is its length, `*ret_reach` that of
    NAHE. */
enum operation lex_operator(const struct lexer *lexer, size_t *ret_len, uint32_t *ret_reach);

/** The length of "titel:" and the like right before a value, 0 if there is none. */
size_t lex_field(const struct lexer *lexer, enum field *ret);

/** Takes a word up to a blank, a quotation mark or the end of the group. */
struct span lex_take_word(struct lexer *lexer);

#endif
