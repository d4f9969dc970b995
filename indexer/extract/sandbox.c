/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Protections by prctl, setrlimit and Landlock; the list of system calls is in seccomp.c.
 * Landlock has no function in the C library and Debian 12's header is older than many kernels, so
 * its numbers stand here.
 */
#include "indexer/extract/sandbox.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DESCRIPTORS_MAX = 16 };

void sandbox_strip(int first)
{
	if (close_range((unsigned)first, ~0u, 0) != 0)
		for (int fd = first; fd < sysconf(_SC_OPEN_MAX); fd++)
			close(fd);
	clearenv();
}

bool sandbox_no_new_privs(void)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static bool set_limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit limit = {most, most};

	return setrlimit(resource, &limit) == 0;
}

static bool is_file(int fd)
{
	struct stat s;

	return fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
}

/* Of files only what is shown to a person may be one. */
static bool limit_files(void)
{
	return is_file(STDOUT_FILENO) || is_file(STDERR_FILENO) || set_limit(RLIMIT_FSIZE, 0);
}

bool sandbox_limits(void)
{
	return limit_files() && set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_NPROC, 0) &&
	       set_limit(RLIMIT_NOFILE, DESCRIPTORS_MAX) && set_limit(RLIMIT_MSGQUEUE, 0) &&
	       set_limit(RLIMIT_MEMLOCK, 0);
}

/* ---- Landlock ---- */

enum { LANDLOCK_VERSION_FLAG = 1, LANDLOCK_BENEATH = 1 };
/* Rights that a file has, too: execute, write, read, truncate, control of devices. */
enum { LANDLOCK_OF_FILES = 1 | 2 | 4 | 1 << 14 | 1 << 15 };
/* Versions from which on the kernel knows more. */
enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NET = 4, ABI_IOCTL = 5, ABI_SCOPE = 6 };

struct landlock_ruleset {
	uint64_t files, net, scopes;
};

/* Everything that this version of Landlock can deny. */
static struct landlock_ruleset deny_all(long abi)
{
	unsigned file_rights = 13;

	if (abi >= ABI_REFER)
		file_rights = 14;
	if (abi >= ABI_TRUNCATE)
		file_rights = 15;
	if (abi >= ABI_IOCTL)
		file_rights = 16;
	return (struct landlock_ruleset){
		.files = (UINT64_C(1) << file_rights) - 1,
		.net = abi >= ABI_NET ? 3 : 0,
		.scopes = abi >= ABI_SCOPE ? 3 : 0,
	};
}

static size_t ruleset_size(long abi)
{
	if (abi >= ABI_SCOPE)
		return sizeof(struct landlock_ruleset);
	return abi >= ABI_NET ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
}

bool landlock_start(struct landlock *ret)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION_FLAG);

	if (abi < 1)
		return false;
	struct landlock_ruleset rules = deny_all(abi);
	long fd = syscall(SYS_landlock_create_ruleset, &rules, ruleset_size(abi), 0);
	*ret = (struct landlock){(int)fd, rules.files};
	return fd >= 0;
}

bool landlock_allow(const struct landlock *rules, int path, uint64_t rights)
{
	struct {
		uint64_t rights;
		int32_t path;
	} __attribute__((packed)) rule = {rights & rules->rights, path};
	struct stat s;

	if (fstat(path, &s) != 0)
		return false;
	if (!S_ISDIR(s.st_mode))
		rule.rights &= LANDLOCK_OF_FILES;
	return syscall(SYS_landlock_add_rule, rules->fd, LANDLOCK_BENEATH, &rule, 0) == 0;
}

bool landlock_enforce(struct landlock *rules)
{
	bool done = syscall(SYS_landlock_restrict_self, rules->fd, 0) == 0;

	close(rules->fd);
	return done;
}

bool sandbox_landlock(void)
{
	struct landlock rules;

	return landlock_start(&rules) && landlock_enforce(&rules);
}

/* ---- all of them ---- */

unsigned sandbox_enter(void)
{
	unsigned active = 0;

	if (sandbox_no_new_privs())
		active |= PROTECTION_NO_NEW_PRIVS;
	if (sandbox_landlock())
		active |= PROTECTION_LANDLOCK;
	if (sandbox_limits())
		active |= PROTECTION_RLIMITS;
	if (sandbox_seccomp())
		active |= PROTECTION_SECCOMP;
	return active;
}
