/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Asks the query program, and reads what it says.
 */
#ifndef LUPE_WEB_LUPE_H
#define LUPE_WEB_LUPE_H

#include <jansson.h>

#include "web/ask.h"
#include "web/settings.h"

/** What an answer is worth, as the status of a response. */
struct answer {
	json_t *json;    /**< the object, whatever the status; NULL if there was none */
	unsigned status; /**< 200, 400, 404, 413, 500 or 503 */
	bool no_index;   /**< it is missing, damaged or of another version: for the operator */
};

/** Documents `offset`... of what `ask` finds; `limit` may be 0: only totals. */
void lupe_search(struct answer *ret, const struct settings *settings, const struct ask *ask,
	unsigned offset, unsigned limit);
/** The first `most` documents of it, by several runs. */
void lupe_search_all(
	struct answer *ret, const struct settings *settings, const struct ask *ask, unsigned most);
/** About `bytes` of the text of the document ask->path from byte `from` on, in blocks with the hits
    of ask->query. */
void lupe_document(struct answer *ret, const struct settings *settings, const struct ask *ask,
	unsigned long from, unsigned long bytes);
void answer_done(struct answer *answer);

/* ---- fields, without a care for what is missing ---- */

/** A string; empty if there is none. Borrowed from the object, as long as that lives. */
struct span json_text(const json_t *object, const char *key);
/** An integer; 0 if there is none. */
long long json_number(const json_t *object, const char *key);
/** The path of a result as bytes, from `path` or `path_b64`. */
struct span json_path(const json_t *result, struct arena *arena);

#endif
