/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Requests that need lupe wait in a queue of bounded length for one of a few threads.
 */
#ifndef LUPE_WEB_WORK_H
#define LUPE_WEB_WORK_H

#include <stdbool.h>
#include <stddef.h>

struct work;
typedef void (*work_function)(void *context, void *job);

/** Starts `threads` threads that call `function` for each job; NULL if they cannot be had. */
struct work *work_start(size_t threads, size_t queue, work_function function, void *context);
/** False if `queue` jobs are waiting already, or after work_stop. */
bool work_add(struct work *work, void *job);
/** Does what is in the queue and ends the threads. */
void work_stop(struct work *work);
/** After work_stop, when nobody adds any more. */
void work_free(struct work *work);

#endif
