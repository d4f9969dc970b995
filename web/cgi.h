/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * One request of the Common Gateway Interface (RFC 3875).
 */
#ifndef LUPE_WEB_CGI_H
#define LUPE_WEB_CGI_H

#include <stdio.h>

#include "web/site.h"

/** Answers the request that the environment describes, to `out`. */
lupe_status cgi_answer(const struct site *site, FILE *out, struct lupe_error *err);
/** What a browser is told if there is no site to answer: an error without a page. */
void cgi_fail(FILE *out);

#endif
