/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The documents of an index as their stored texts say, read word by word, and what answers a query
 * by looking at all of them: no posting, no position list, no dictionary. The terms that a word or
 * phrase of a query stands for are the plan's (tested elsewhere); where they stand, and everything
 * else (wildcards, nearness, fields, operators), is found here once more.
 */
#ifndef LUPE_TESTS_NAIVE_H
#define LUPE_TESTS_NAIVE_H

#include "query/search.h"
#include "text/language.h"

struct naive_word {
	uint32_t position;
	const struct terms *terms;
	struct span surface;
};

struct naive_document {
	uint32_t docid;
	struct buf text;
	struct naive_word *words;
	size_t word_count;
	char *title, *author, *body, *date, *type, *path, *language;
};

struct naive {
	struct naive_document *documents;
	size_t count;
	struct analyser *analyser;
};

/** Reads all documents; anything that goes wrong ends the program. */
void naive_read(struct naive *ret, xc_database *db, struct analyser *analyser);
void naive_done(struct naive *naive);

/** The hits of positive leaves in a document, as document_hits gives them; returns their number.
    `*ret_matches` is whether the document answers the tree. */
size_t naive_search(const struct naive *naive, const struct naive_document *document,
	const struct plan *plan, struct hit *ret, size_t room, bool *ret_matches);

#endif
