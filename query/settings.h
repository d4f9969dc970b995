/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the command line asks for.
 */
#ifndef LUPE_QUERY_SETTINGS_H
#define LUPE_QUERY_SETTINGS_H

#include "base/arena.h"
#include "query/filter.h"
#include "query/search.h"

enum form {
	FORM_AUTO,          /**< pretty on a terminal, lines elsewhere */
	FORM_PRETTY,        /**< the best documents with their best places */
	FORM_LINES,         /**< path:line:text */
	FORM_MATCHES,       /**< path:line:match (-o) */
	FORM_FILES,         /**< paths (-l) */
	FORM_FILES_WITHOUT, /**< paths of what does not match (-L) */
	FORM_COUNT,         /**< path:lines (-c) */
	FORM_QUIET,         /**< the exit status alone (-q) */
	FORM_JSON,
	FORM_JSONL,    /**< every hit, an object a line */
	FORM_KWIC,     /**< every hit with what stands around it */
	FORM_COUNT_BY, /**< documents and hits by year, type, ... */
	FORM_BIBTEX,   /**< an entry for each document */
	FORM_OPEN,     /**< a viewer, at the best place */
	FORM_DOCUMENT, /**< the text of one document (--document), as JSON */
	FORM_TREC,
};

/** What is done about words that nobody knows. */
enum spelling { SPELL_OFFER, SPELL_AUTO, SPELL_OFF };

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum table_format { TABLE_NONE, TABLE_CSV, TABLE_TSV };

enum count_by { COUNT_BY_YEAR, COUNT_BY_TYPE, COUNT_BY_PATH, COUNT_BY_AUTHOR, COUNT_BY_BODY };
/** "year", "type", "path", "author", "body". */
const char *count_by_name(enum count_by by);

/** What a concordance is sorted by. */
struct sort_context {
	bool given;
	bool date;
	bool left;     /**< by words to the left, else to the right */
	unsigned word; /**< the first one, from 1 */
};

struct settings {
	const char *index_folder;
	struct strings patterns; /**< queries: any of them; from the operand, -e and -f */
	bool literal;            /**< -F: not parsed, but a phrase to stand as written */
	bool whole_words;        /**< -w: not within compounds */
	char **paths;            /**< operands behind the query */
	size_t path_count;
	const char *queries_file; /**< --queries: a batch */
	enum form form;
	struct search_options search;
	struct filter filter;
	const char *files_from; /**< --files-from: paths to search in */
	bool null_lists;        /**< -0: paths in lists end in NUL, read and printed */
	size_t kwic_width;      /**< columns on either side of a hit */
	struct sort_context sort_context;
	enum table_format table; /**< --csv, --tsv */
	enum count_by count_by;
	bool count_by_given;
	bool json_given;           /**< --json, whatever came after it */
	bool json_counts;          /**< --count-by as JSON */
	bool collapse_given;       /**< --duplicates */
	bool facets;               /**< --facets */
	bool web;                  /**< limits and rules for requests from the web */
	const char *document_path; /**< --document */
	struct plan_options plan;
	bool explain;
	enum spelling spell;
	bool limit_given;
	bool strict_query;
	bool regex;           /**< -E: the queries are regular expressions */
	bool no_messages;     /**< -s */
	bool no_filename;     /**< -h */
	bool null;            /**< -Z */
	size_t max_lines;     /**< -m: of one document; SIZE_MAX: all */
	size_t before, after; /**< lines of context */
	bool context_given;   /**< -A, -B or -C, if only of 0 lines */
	enum color color, hyperlink, pager;
	size_t open;               /**< --open: rank of the document */
	struct arena strings;      /**< what other members point into */
	struct buf *pattern_files; /**< contents of -f files, which patterns point into */
	size_t pattern_file_count, pattern_file_capacity;
};

/**
 * Fills `ret` from the command line. LUPE_END: help or version was asked for and printed. Errors:
 * ARGUMENT, and those of reading -f files. End with settings_done either way.
 */
lupe_status settings_parse(struct settings *ret, int argc, char **argv, struct lupe_error *err);
void settings_done(struct settings *settings);

/** Whether the form is JSON, in which notices and errors have their place. */
bool settings_is_json(const struct settings *settings);

#endif
