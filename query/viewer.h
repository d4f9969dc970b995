/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Showing a document in the program that people have for it.
 */
#ifndef LUPE_QUERY_VIEWER_H
#define LUPE_QUERY_VIEWER_H

#include <stdint.h>

#include "base/span.h"
#include "lupe/status.h"

/**
 * Runs $LUPE_VIEWER, words separated by blanks in which %f is the file, %p the page (1 if there are
 * none) and %u a URI with the page; else `xdg-open %u`. No shell is involved. Waits for it.
 * Errors: NOT_FOUND (there is no such program), IO (it failed).
 */
lupe_status viewer_run(struct span location, uint32_t page, struct lupe_error *err);

/** Appends "file:///a%20b.pdf#page=3"; `host` may be "". */
struct buf;
void viewer_add_uri(struct buf *ret, const char *host, struct span location, uint32_t page);

#endif
