/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all programs that are started have in common. Which descriptors they get, and how long they
 * may take, is a matter of those who start them.
 */
#include "indexer/child.h"

#include <signal.h>

static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setpgroup(attributes, 0);
	return posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

int child_spawn(const char *program, const char *const *arguments, const char *const *environment,
	const posix_spawn_file_actions_t *actions, pid_t *ret)
{
	posix_spawnattr_t attributes;

	posix_spawnattr_init(&attributes);
	int error = set_attributes(&attributes);
	if (!error)
		error = posix_spawn(ret, program, actions, &attributes, (char *const *)arguments,
			(char *const *)environment);
	posix_spawnattr_destroy(&attributes);
	return error;
}
