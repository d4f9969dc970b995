/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Everything a reader reads, by language: another language is another `struct language`.
 *
 * `{1}`, `{2}` ... in a text stand for what is filled in.
 */
#ifndef LUPE_WEB_TEXTS_H
#define LUPE_WEB_TEXTS_H

#include "base/buf.h"

enum text {
	/* frame */
	T_SITE,
	T_SKIP,
	T_SEARCH_LABEL,
	T_SEARCH_BUTTON,
	T_MENU,
	T_FOOT,
	T_HOME,
	T_HELP,
	T_ACCESSIBILITY,
	T_IMPRINT,
	T_PRIVACY,
	T_NEW_SEARCH,
	T_TITLE_AND_SITE,
	/* start page */
	T_START_TITLE,
	T_START_LEAD,
	T_START_EXAMPLES,
	T_START_MORE_HELP,
	/* search form */
	T_MORE_FIELDS,
	T_SINCE,
	T_UNTIL,
	T_DATE_HINT,
	T_ORDER,
	T_ORDER_RELEVANCE,
	T_ORDER_NEWEST,
	T_ORDER_PATH,
	/* results */
	T_RESULTS_FOR,
	T_RESULTS,
	T_FOUND_NONE,
	T_FOUND_ONE,
	T_FOUND_MANY,
	T_COLLAPSED,
	T_SHOWN_RANGE,
	T_ONLY_SOME_WORDS,
	T_NOT_ALL_WORDS,
	T_NONE_ADVICE,
	T_NONE_SPELLING,
	T_NONE_FEWER,
	T_NONE_FILTERS,
	T_DID_YOU_MEAN,
	T_CORRECTED,
	T_NOTICE,
	T_COMPLETE,
	T_INCOMPLETE,
	T_NO_TEXT,
	T_FAILED,
	T_AS_OF,
	T_JUMP_TO_FILTERS,
	/* one result */
	T_PAGE,
	T_PAGE_AND_LABEL,
	T_LINE,
	T_PAGES_ONE,
	T_PAGES_MANY,
	T_ALL_HITS_ONE,
	T_ALL_HITS_MANY,
	T_OPEN_DOCUMENT,
	T_ORIGINAL,
	T_DUPLICATES_ONE,
	T_DUPLICATES_MANY,
	T_VIA_INFLECTION,
	T_VIA_UMLAUT,
	T_VIA_JOIN,
	T_VIA_GENDER,
	T_VIA_NORM,
	T_VIA_COMPOUND,
	T_VIA_WILDCARD,
	T_VIA_SPELLING,
	T_FOUND_AS,
	/* narrowing */
	T_NARROW,
	T_ACTIVE_FILTERS,
	T_REMOVE_FILTER,
	T_REMOVE_ALL,
	T_YEAR,
	T_TYPE,
	T_BODY,
	T_SINCE_VALUE,
	T_UNTIL_VALUE,
	T_UNKNOWN,
	T_DOCUMENTS,
	T_DOCUMENTS_ONE,
	T_DOCUMENTS_MANY,
	T_CHART_TITLE,
	T_CHART_ABOUT,
	T_CHART_TABLE,
	T_DOWNLOAD,
	T_DOWNLOAD_HINT,
	/* paging */
	T_PAGING,
	T_PREVIOUS,
	T_NEXT,
	T_PAGE_NUMBER,
	/* document */
	T_BACK_TO_RESULTS,
	T_DOCUMENT_HITS_NONE,
	T_DOCUMENT_HITS_ONE,
	T_DOCUMENT_HITS_MANY,
	T_JUMP,
	T_HITS_HERE,
	T_TEXT,
	T_PART_PREVIOUS,
	T_PART_NEXT,
	T_PART_NEXT_HIT,
	T_PARTS,
	T_PARTS_BELOW,
	T_MORE_HITS,
	T_PATH,
	/* errors */
	T_ERROR_400,
	T_ERROR_400_ADVICE,
	T_ERROR_QUERY,
	T_ERROR_404,
	T_ERROR_404_ADVICE,
	T_ERROR_405,
	T_ERROR_405_ADVICE,
	T_ERROR_413,
	T_ERROR_413_ADVICE,
	T_ERROR_429,
	T_ERROR_429_ADVICE,
	T_ERROR_500,
	T_ERROR_500_ADVICE,
	T_ERROR_503,
	T_ERROR_503_ADVICE,
	T_ERROR_INDEX,
	/* accessibility */
	T_FEEDBACK,
	T_FEEDBACK_TO,
	T_FEEDBACK_MISSING,
	T_FEEDBACK_THEN,
	/* units of downloads */
	T_CSV_HEAD,
	TEXT_COUNT
};

/** Help and statement are lists of these. `query` is an example that can be followed. */
struct passage {
	const char *heading; /**< begins a section */
	const char *text;
	const char *query;
};

struct example {
	const char *query;
	const char *about;
};

struct language {
	const char *tag; /**< BCP 47 */
	const char *thousands;
	const char *months[12];
	const char *texts[TEXT_COUNT];
	const struct example *examples; /**< ends in NULL */
	const struct passage *help;     /**< ends in a passage of NULLs */
	const struct passage *accessibility;
};

extern const struct language language_german;

/** Appends a text with `{1}`... replaced by `values`. */
void text_fill(struct buf *out, const struct language *language, enum text text,
	const struct span *values, size_t count);
/** 1234 as "1.234". */
void text_add_number(struct buf *out, const struct language *language, long long number);
/** "2019-05-14" as "14. Mai 2019", "2019-05" as "Mai 2019"; what is no date as it is. */
void text_add_date(struct buf *out, const struct language *language, struct span date);
/** "application/pdf" as "PDF". */
struct span text_type_name(struct span type);

#endif
