/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Percent-encoding, as browsers send forms and as links of ours are written.
 */
#ifndef LUPE_WEB_URL_H
#define LUPE_WEB_URL_H

#include "base/arena.h"
#include "base/buf.h"

/**
 * Takes the next `name=value` off a query string; both come decoded (`+` is a blank) and live in
 * `arena`. A `%` without two hexadecimal digits stands for itself. False at the end.
 */
bool url_take_pair(
	struct span *query, struct arena *arena, struct span *ret_name, struct span *ret_value);
/** Appends `value` so that it is one value of a query string: everything but letters, digits and
    `-._~` is encoded, a blank as `+`. */
void url_add_encoded(struct buf *url, struct span value);
/** Appends `?name=value`, or `&name=value` behind another one. */
void url_add_pair(struct buf *url, const char *name, struct span value);

#endif
