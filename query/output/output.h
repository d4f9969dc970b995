/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The forms in which an answer is printed. Each prints to `out` as it goes.
 */
#ifndef LUPE_QUERY_OUTPUT_H
#define LUPE_QUERY_OUTPUT_H

#include <stdio.h>

#include "query/paths.h"
#include "query/request.h"
#include "query/settings.h"
#include "query/where.h"

/** One query's answer and what is needed to print it; all borrowed. */
struct answer {
	const struct settings *settings;
	struct index *index;
	const struct paths *paths;
	struct document *document;
	struct finder *finder;
	const struct request *request;
	const struct plan *plan;
	const struct results *results;
	const char *qid; /**< of a batch */
	double took_ms;
	FILE *out;
	bool color;
	bool terminal; /**< names and texts are made harmless */
	bool german;   /**< words around the results */
};

/** -l, -L: a path a line. `*ret_printed` counts lines, here and below. */
lupe_status output_files(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** path:line:text, -o, -c. */
lupe_status output_lines(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** Ranked documents with their best places. */
lupe_status output_pretty(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** One JSON object, schema 1 (doc/json.md). */
lupe_status output_json(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** The JSON object of an answer that did not come about; `code` NULL: by the error's status. */
void output_json_error(
	FILE *out, struct span input, const struct lupe_error *error, const char *code);
/** One document's text in blocks, with its hits, as a JSON object. */
lupe_status output_document(
	const struct answer *answer, uint32_t docid, size_t *ret_printed, struct lupe_error *err);
/** qid Q0 document rank score tag. */
lupe_status output_trec(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);

/** What the words of the query are searched as. */
lupe_status output_explain(
	const struct answer *answer, size_t *ret_printed, struct lupe_error *err);

/* ---- common to the forms ---- */

enum paint { PAINT_PATH, PAINT_LINE, PAINT_SEPARATOR, PAINT_MATCH, PAINT_TITLE, PAINT_FAINT };

/** Switches a colour on (grep's defaults); nothing without answer->color. */
void paint_begin(const struct answer *answer, enum paint paint);
void paint_end(const struct answer *answer);
/** Text as it is, or made harmless on a terminal. */
void print_text(const struct answer *answer, struct span text);
void print_painted(const struct answer *answer, enum paint paint, struct span text);
/** The path of a document as shown, then `end` (NUL with -Z). */
void print_path(const struct answer *answer, struct span path, char end);

#endif
