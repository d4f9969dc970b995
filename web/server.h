/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The site as a server of its own.
 */
#ifndef LUPE_WEB_SERVER_H
#define LUPE_WEB_SERVER_H

#include "web/site.h"

/** Serves `site` on a listening socket until SIGTERM or SIGINT; then answers what has been asked
   and returns. Errors: IO. */
lupe_status server_run(const struct site *site, int listening, struct lupe_error *err);

#endif
