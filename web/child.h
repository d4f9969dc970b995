/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Runs a program to its end: no shell, no environment, and no more time or output than allowed.
 */
#ifndef LUPE_WEB_CHILD_H
#define LUPE_WEB_CHILD_H

#include "base/buf.h"
#include "lupe/status.h"

/**
 * Runs `argv[0]` with the arguments of `argv` (ends in NULL), an empty environment, /dev/null as
 * input and as standard error, and no other descriptor of ours. Appends its output to `ret_output`
 * and gives its exit status. A program that takes longer than `limit_ms` or prints more than
 * `limit_bytes` is killed. To be called from any thread; none but it may wait for children.
 * Errors: LIMIT for either limit, IO if it could not be run, INTERNAL if a signal ended it.
 */
lupe_status child_run(char *const *argv, unsigned limit_ms, size_t limit_bytes,
	struct buf *ret_output, int *ret_exit, struct lupe_error *err);

#endif
