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
	bool links;    /**< OSC 8 hyperlinks around paths */
	bool later;    /**< not the first query of a batch: headers are printed already */
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

/** Every hit with its context, as lines or as a table (--csv, --tsv). */
lupe_status output_kwic(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** Every hit as a JSON object a line. */
lupe_status output_jsonl(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** An entry for each document, with the pages of its hits. */
lupe_status output_bibtex(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);
/** Documents and hits by year, type, ...: a chart, a table or JSON. */
lupe_status output_count_by(
	const struct answer *answer, size_t *ret_printed, struct lupe_error *err);

/** Shows the first result in a viewer. */
lupe_status output_open(const struct answer *answer, size_t *ret_printed, struct lupe_error *err);

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
/** Prints the id of a query of a batch and a tab; nothing without a batch. */
void print_batch_id(const struct answer *answer);
/** The path of a document as shown, on terminals that know them as a link to its page. */
void print_linked(const struct answer *answer, struct span path, uint32_t page);
/** The same on a line of its own, then `end` (NUL with -Z). */
void print_path(const struct answer *answer, struct span path, char end);
/** What stands before a line of a document: "path:", "path#page=3:" (page 0: none), "page=3:"
    under -h. */
void print_file_name(const struct answer *answer, struct span path, uint32_t page, char separator);
/** "path:12", "path#page=3:12" */
void print_place(
	const struct answer *answer, const struct record_fields *fields, const struct where *where);
/** What a query is called in tables: its id in a batch, else itself. */
struct span answer_id(const struct answer *answer);
/** Whether nobody reads what is printed any more. */
bool output_is_closed(const struct answer *answer);

#endif
