/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Deals with one file after the other, in a thread of its own.
 */
#ifndef LUPE_INDEXER_WORKER_H
#define LUPE_INDEXER_WORKER_H

#include "indexer/apply.h"

struct worker;

/** Everything is borrowed; `analyser` is used by this worker alone. */
struct worker *worker_new(struct apply *apply, struct sink *sink, struct analyser *analyser);
void worker_free(struct worker *worker);
/** Reads a file and writes its document and entry. Errors: those of the database. */
lupe_status worker_file(struct worker *worker, const struct work *work, struct lupe_error *err);

#endif
