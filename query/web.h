/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Requests that strangers send over a web page (--web): what they may ask for, and how much.
 *
 * The query, numbers and paths in the index come from outside; they are given to `lupe` as an
 * argument vector. The environment is not read. Every error has a code (doc/json.md).
 */
#ifndef LUPE_QUERY_WEB_H
#define LUPE_QUERY_WEB_H

#include "query/settings.h"

enum {
	WEB_QUERY_BYTES = 1024,
	WEB_TERMS = 32,              /**< words and phrases of a query */
	WEB_LIMIT = 100,             /**< documents of an answer */
	WEB_WINDOW = 1000,           /**< how far down the list one can go: offset + limit */
	WEB_TEXT_BYTES = 256 * 1024, /**< of a document at a time */
	WEB_TIME_MS = 2000,          /**< wall time of an answer */
};

/** Checks the command line. `*ret_code` names the error. Errors: ARGUMENT, LIMIT. */
lupe_status web_check_settings(
	const struct settings *settings, const char **ret_code, struct lupe_error *err);
/** Checks the words of a query. Errors: LIMIT. */
lupe_status web_check_plan(const struct plan *plan, const char **ret_code, struct lupe_error *err);

/**
 * From now on, until web_stop_clock, the process prints `answer` (borrowed) on standard output and
 * exits with `status` when WEB_TIME_MS are over. Nothing may have been printed by then.
 */
void web_start_clock(struct span answer, int status);
void web_stop_clock(void);

#endif
