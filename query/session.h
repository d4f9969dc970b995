/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Everything that is open while queries run.
 */
#ifndef LUPE_QUERY_SESSION_H
#define LUPE_QUERY_SESSION_H

#include "query/paths.h"
#include "query/settings.h"
#include "query/where.h"
#include "text/language.h"

struct session {
	struct settings settings;
	struct language language;
	struct index *index;
	struct paths *paths;
	xc_query *within; /**< the documents that are searched; NULL: all */
	struct document *document;
	struct finder *finder;
	size_t printed;
	bool terminal; /**< standard output is one, or was before the pager */
	bool later;    /**< not the first query of a batch */
	bool found;
	bool errors;            /**< messages were given, though there is an answer */
	bool quiet_error;       /**< the error is one that -s suppresses */
	const char *error_code; /**< of an error under --web; NULL: by its status */
};

/** Opens all but the settings, which are there. Errors: of index_open, language_open; SCHEMA;
    ARGUMENT if no path of several is in the index. End with session_close either way. */
lupe_status session_open(struct session *session, struct lupe_error *err);
/** The same, but opens the index and knows its paths, no more. */
lupe_status session_open_index(struct session *session, struct lupe_error *err);
void session_close(struct session *session);

#endif
