/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Starting other programs: lupe-extract as a helper, and as the launcher of filters. */
#ifndef LUPE_INDEXER_CHILD_H
#define LUPE_INDEXER_CHILD_H

#include <spawn.h>
#include <sys/types.h>

/**
 * Starts `program` in a process group of its own, so that it can be ended as a whole and Ctrl-C is
 * lupe-index's to deal with; it ignores and blocks no signal. `arguments` and `environment` end in
 * NULL; `actions` tell what becomes of descriptors. Returns 0 or an error of errno.h.
 */
int child_spawn(const char *program, const char *const *arguments, const char *const *environment,
	const posix_spawn_file_actions_t *actions, pid_t *ret);

#endif
