/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The site: which address is answered by what.
 */
#ifndef LUPE_WEB_SITE_H
#define LUPE_WEB_SITE_H

#include "web/response.h"
#include "web/settings.h"
#include "web/texts.h"

struct site {
	const struct settings *settings;
	const struct language *language;
	int files_root; /**< descriptor of --serve-files, or -1 */
};

/** Opens what the settings name. Errors: IO, NOT_FOUND. */
lupe_status site_open(struct site *ret, const struct settings *settings, struct lupe_error *err);
void site_close(struct site *site);

/** Whether the answer takes a run of lupe, and so has to wait for its turn. */
bool site_needs_lupe(const struct request *request);
/** Answers a request; `ret` comes initialised and is complete then, response_finish included. From
    any thread. */
void site_answer(const struct site *site, const struct request *request, struct response *ret);
/** An error page, for what never gets as far as site_answer: 413, 429, 503. */
void site_refuse(const struct site *site, const struct request *request, unsigned status,
	struct response *ret);

#endif
