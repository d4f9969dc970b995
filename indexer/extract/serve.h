/* SPDX-License-Identifier: GPL-2.0-or-later */
/** lupe-extract as lupe-index calls it. */
#ifndef LUPE_INDEXER_EXTRACT_SERVE_H
#define LUPE_INDEXER_EXTRACT_SERVE_H

#include <stdbool.h>

#include "indexer/extract/extract.h"

/** Exit status of a helper that ran out of memory. */
enum { SERVE_OUT_OF_MEMORY = 71 };

/**
 * Reads files that come over PROTOCOL_SOCKET with `extract` until it is closed; returns the exit
 * status. `prepare` is called first, before everything is given up, if `sandbox`.
 */
int serve(void (*prepare)(void), extract_function *extract, bool sandbox);

#endif
