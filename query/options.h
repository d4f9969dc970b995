/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The option table of `lupe`: parser, help, manual check and completion read the same rows.
 */
#ifndef LUPE_QUERY_OPTIONS_H
#define LUPE_QUERY_OPTIONS_H

#include "base/option.h"

/* Options without a letter; a letter is its own number. */
enum {
	OPTION_INDEX = 256,
	OPTION_MATCH,
	OPTION_K1,
	OPTION_B,
	OPTION_LIMIT,
	OPTION_OFFSET,
	OPTION_COLOR,
	OPTION_PRETTY,
	OPTION_JSON,
	OPTION_TREC,
	OPTION_QUERIES,
	OPTION_STRICT,
	OPTION_VIA,
	OPTION_EXPLAIN,
	OPTION_WEIGHTS,
	OPTION_SPELL,
	OPTION_HELP,
	OPTION_HELP_QUERY,
	OPTION_LINES,
	OPTION_SINCE,
	OPTION_BODY,
	OPTION_UNTIL,
	OPTION_INCLUDE,
	OPTION_EXCLUDE,
	OPTION_SORT,
	OPTION_DUPLICATES,
	OPTION_FACETS,
	OPTION_WEB,
	OPTION_DOCUMENT,
	OPTION_FILES_FROM,
	OPTION_JSONL,
	OPTION_KWIC,
	OPTION_SORT_CONTEXT,
	OPTION_COUNT_BY,
	OPTION_CSV,
	OPTION_TSV,
	OPTION_BIBTEX,
	OPTION_HYPERLINK,
	OPTION_PAGER,
	OPTION_OPEN,
	OPTION_COMPLETE,
};

/** Ends in a row of zeros. */
extern const struct option_row lupe_options[];
void lupe_print_help(void);
/** What an option's value may be: words separated by blanks, or "@" and the name of a list that
    only the index or the system knows (@years, @paths, @files, @folders); NULL: anything. */
const char *lupe_option_values(int id);

#endif
