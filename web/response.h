/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A request and its response, free of how they travel: the server and CGI carry the same.
 */
#ifndef LUPE_WEB_RESPONSE_H
#define LUPE_WEB_RESPONSE_H

#include <stdint.h>

#include "base/buf.h"

/** Spans are borrowed; the header fields are empty where the client sent none. */
struct request {
	struct span method;
	struct span path;  /**< from the site's root on, not decoded: "/suche" */
	struct span query; /**< behind `?`, not decoded */
	struct span host;
	struct span if_none_match;
	struct span accept_encoding;
	struct span base; /**< what links begin with: "" or "/cgi-bin/lupe-web/" */
	bool has_body;
	bool https;
};

/** What a browser may do with the content. */
enum policy {
	POLICY_PAGE, /**< our own pages: our style sheet and nothing else */
	POLICY_FILE, /**< somebody's document, shown by the browser */
	POLICY_DATA, /**< to be saved */
};

struct response {
	unsigned status;
	const char *route; /**< for the log: a name of ours, never of the client's */
	const char *type;  /**< Content-Type */
	enum policy policy;
	struct buf body;
	int fd; /**< a file to send in place of `body`, or -1; owned */
	uint64_t file_bytes;
	struct buf etag;        /**< with its quotes; empty: none */
	struct buf location;    /**< of a redirection */
	struct buf disposition; /**< Content-Disposition */
	unsigned retry_after_s; /**< 0: none */
	unsigned max_age_s;     /**< 0: ask again every time */
	bool search_engines;    /**< may list it */
	bool gzipped;
};

void response_init(struct response *response);
void response_done(struct response *response);

/** Turns the response into 304 if the client has it already, and compresses the body if it is
    worth it and the client reads that. To be called once, when the body is complete. */
void response_finish(struct response *response, const struct request *request);

typedef void (*response_header)(void *context, const char *name, const char *value);
/** Gives every header field but Content-Length to `header`. */
void response_headers(const struct response *response, response_header header, void *context);
/** "Not Found" for 404, and so on. */
const char *response_reason(unsigned status);

#endif
