/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The socket that a server listens on.
 */
#ifndef LUPE_WEB_LISTEN_H
#define LUPE_WEB_LISTEN_H

#include "base/buf.h"
#include "lupe/status.h"

/** The socket that systemd handed over, else one for `where` ("127.0.0.1:8080", "[::1]:0"), which
    it appends to `ret_address` as a URL. Errors: ARGUMENT, IO. */
lupe_status listen_open(
	const char *where, int *ret_socket, struct buf *ret_address, struct lupe_error *err);

#endif
