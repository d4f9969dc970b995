/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the operator decides: the command line, or a file with one option a line.
 *
 * Nothing here ever comes from a request.
 */
#ifndef LUPE_WEB_SETTINGS_H
#define LUPE_WEB_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "lupe/status.h"

enum access_log { LOG_NONE, LOG_REQUESTS, LOG_ADDRESSES };

struct settings {
	const char *index_folder;
	const char *lupe;        /**< the query program */
	const char *listen;      /**< ADDRESS:PORT */
	const char *files_root;  /**< --serve-files; NULL: originals are not given out */
	const char *title;       /**< of the site */
	const char *url;         /**< where the public finds it, with a slash at its end, or NULL */
	const char *imprint_url; /**< or NULL */
	const char *privacy_url; /**< or NULL */
	const char *contact;     /**< for the accessibility statement, or NULL */
	const char *user;        /**< to become, or NULL */
	unsigned long concurrent; /**< queries at one time */
	unsigned long queue;      /**< requests that wait for their turn */
	unsigned long connections;
	unsigned long time_limit_s; /**< of one query, on the clock */
	unsigned long rate;         /**< pages a minute for one address; 0: any number */
	bool trust_proxy;           /**< X-Forwarded-For and X-Forwarded-Proto are believed */
	bool allow_connect;         /**< the query program may connect: remote databases */
	bool no_sandbox;
	enum access_log log;
	struct arena arena; /**< what was read from the file */
};

/** Fills `ret` from the command line and the file it names. LUPE_END: help or version was asked
    for and printed. Errors: ARGUMENT, NOT_FOUND, IO. End with settings_done either way. */
lupe_status settings_parse(struct settings *ret, int argc, char **argv, struct lupe_error *err);
/** The same from a file alone: CGI, where arguments may come from the client (RFC 3875, 4.4). */
lupe_status settings_read(struct settings *ret, const char *file, struct lupe_error *err);
void settings_done(struct settings *settings);

#endif
