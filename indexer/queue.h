/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The files of a plan, handed out to threads.
 *
 * Large files come first, so that none is left for the end while the other threads have nothing to
 * do; then the order is the plan's. The bytes being worked on are bounded: a file too large for
 * the bound is worked on alone.
 */
#ifndef LUPE_INDEXER_QUEUE_H
#define LUPE_INDEXER_QUEUE_H

#include <pthread.h>

#include "indexer/plan.h"

struct queue {
	const struct work **items;
	size_t count, next;
	uint64_t bytes; /* handed out and not done */
	pthread_mutex_t lock;
	pthread_cond_t done;
};

/** `plan` is borrowed. */
void queue_init(struct queue *queue, const struct plan *plan);
void queue_done(struct queue *queue);
/** The next file; waits for room. NULL: there is none left, or the queue was closed. */
const struct work *queue_next(struct queue *queue);
/** A file that queue_next gave is done with. */
void queue_release(struct queue *queue, const struct work *work);
/** No more files are handed out. */
void queue_close(struct queue *queue);

#endif
