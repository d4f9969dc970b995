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
/** False if `queue` jobs are waiting already. */
bool work_add(struct work *work, void *job);
/** Does what is in the queue, ends the threads, frees all. */
void work_stop(struct work *work);

#endif
