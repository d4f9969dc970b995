/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Landlock says which files, seccomp which system calls. Both are inherited: what is allowed is
 * what this program and lupe need together, and the query program gains nothing by being run. A
 * call that is not in the list fails with EPERM, so that a newer C library which tries it first can
 * fall back.
 */
#include "web/sandbox.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_REFER /* Linux 5.19 */
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE /* Linux 6.2 */
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

/* ---- user ---- */

lupe_status sandbox_drop_privileges(const struct settings *settings, struct lupe_error *err)
{
	if (!settings->user)
		return geteuid() != 0 ? LUPE_OK
				      : lupe_fail(err, LUPE_ERROR_ARGUMENT,
						"started as root: --user says whom to become");
	const struct passwd *user = getpwnam(settings->user);
	if (!user)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--user: no user %s", settings->user);
	if (geteuid() == user->pw_uid)
		return LUPE_OK;
	if (initgroups(user->pw_name, user->pw_gid) != 0 ||
		setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
		setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0)
		return lupe_fail(
			err, LUPE_ERROR_IO, "--user %s: %s", settings->user, strerror(errno));
	return LUPE_OK;
}

/* ---- files ---- */

enum {
	READ_FILES = LANDLOCK_ACCESS_FS_READ_FILE,
	READ_FOLDERS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	READ_WRITE = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
	RUN = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE,
};

/* What is not there needs no rule. */
static int allow_fd(int ruleset, int fd, unsigned access)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
	return fd < 0 ? 0
		      : (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
				&rule, 0);
}

static int allow(int ruleset, const char *path, unsigned access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	int failed = allow_fd(ruleset, fd, access);
	if (fd >= 0)
		close(fd);
	return failed;
}

/* The loader that the kernel runs a dynamic program with; "" if there is none. */
static void find_interpreter(const char *program, char *ret, size_t size)
{
	Elf64_Ehdr head;
	Elf64_Phdr segment;
	int fd = open(program, O_RDONLY | O_CLOEXEC);
	bool is_elf = fd >= 0 && pread(fd, &head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
		      memcmp(head.e_ident, ELFMAG, SELFMAG) == 0;
	ret[0] = '\0';
	for (unsigned i = 0; is_elf && i < head.e_phnum; i++) {
		off_t at = (off_t)(head.e_phoff + i * sizeof(segment));
		if (pread(fd, &segment, sizeof(segment), at) != (ssize_t)sizeof(segment) ||
			segment.p_type != PT_INTERP || segment.p_filesz >= size)
			continue;
		ssize_t got = pread(fd, ret, segment.p_filesz, (off_t)segment.p_offset);
		ret[got > 0 ? got : 0] = '\0';
		break;
	}
	if (fd >= 0)
		close(fd);
}

static int allow_files(int ruleset, const struct site *site)
{
	static const char *const libraries[] = {
		"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"};
	char interpreter[256];
	int failed = allow(ruleset, site->settings->lupe, RUN);
	find_interpreter(site->settings->lupe, interpreter, sizeof(interpreter));
	failed |= allow(ruleset, interpreter, RUN);
	failed |= allow(ruleset, site->settings->index_folder, READ_FOLDERS);
	failed |= allow_fd(ruleset, site->files_root, READ_FOLDERS);
	failed |= allow(ruleset, "/dev/null", READ_WRITE);
	failed |= allow(ruleset, "/etc/ld.so.cache", READ_FILES);
	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++)
		failed |= allow(ruleset, libraries[i], READ_FOLDERS);
#ifdef LUPE_SANITIZED /* the sanitizers look at /proc/self/maps */
	failed |= allow(ruleset, "/proc", READ_FOLDERS);
#endif
	return failed;
}

static lupe_status restrict_files(const struct site *site, bool *ret_files, struct lupe_error *err)
{
	struct landlock_ruleset_attr attr = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
	int version =
		(int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	*ret_files = version > 0;
	if (version <= 0)
		return LUPE_OK;
	if (version >= 2)
		attr.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		attr.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (ruleset < 0)
		return lupe_fail(err, LUPE_ERROR_IO, "Landlock: %s", strerror(errno));
	int failed = allow_files(ruleset, site);
	if (failed == 0)
		failed = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
	int cause = errno;
	close(ruleset);
	return failed ? lupe_fail(err, LUPE_ERROR_IO, "Landlock: %s", strerror(cause)) : LUPE_OK;
}

/* ---- system calls ---- */

static const char *const calls[] = {
	/* files: which ones is Landlock's affair */
	"access",
	"close",
	"close_range",
	"dup",
	"dup2",
	"dup3",
	"faccessat",
	"faccessat2",
	"fadvise64",
	"fcntl",
	"fstat",
	"fstatfs",
	"getcwd",
	"getdents64",
	"lseek",
	"newfstatat",
	"open",
	"openat",
	"openat2",
	"pipe2",
	"pread64",
	"preadv",
	"read",
	"readlink",
	"readlinkat",
	"readv",
	"stat",
	"lstat",
	"statfs",
	"statx",
	"write",
	"writev",
	/* connections that come in */
	"accept4",
	"epoll_create1",
	"epoll_ctl",
	"epoll_pwait",
	"epoll_wait",
	"eventfd2",
	"getpeername",
	"getsockname",
	"getsockopt",
	"poll",
	"ppoll",
	"recvfrom",
	"recvmsg",
	"sendfile",
	"sendmsg",
	"sendto",
	"setsockopt",
	"shutdown",
	/* processes and threads */
	"arch_prctl",
	"clone",
	"clone3",
	"execve",
	"exit",
	"exit_group",
	"futex",
	"getegid",
	"geteuid",
	"getgid",
	"getpid",
	"getppid",
	"getrandom",
	"getrlimit",
	"getrusage",
	"gettid",
	"getuid",
	"kill",
	"membarrier",
	"prctl",
	"prlimit64",
	"restart_syscall",
	"rseq",
	"sched_getaffinity",
	"sched_yield",
	"set_robust_list",
	"set_tid_address",
	"sysinfo",
	"tgkill",
	"uname",
	"vfork",
	"wait4",
	"waitid",
	/* memory, signals, time */
	"brk",
	"clock_getres",
	"clock_gettime",
	"clock_nanosleep",
	"gettimeofday",
	"madvise",
	"mmap",
	"mprotect",
	"mremap",
	"munmap",
	"nanosleep",
	"rt_sigaction",
	"rt_sigpending",
	"rt_sigprocmask",
	"rt_sigreturn",
	"rt_sigtimedwait",
	"setitimer",
	"sigaltstack",
	"time",
#ifdef LUPE_SANITIZED /* the leak checker at the end of a process */
	"getdents",
	"process_vm_readv",
	"ptrace",
	"sched_setscheduler",
	"setpgid",
#endif
	NULL,
};

static const char *const connecting_calls[] = {"bind", "connect", "socket", NULL};

static int allow_calls(scmp_filter_ctx filter, const char *const *names)
{
	int failed = 0;
	for (; *names; names++) {
		int number = seccomp_syscall_resolve_name(*names);
		if (number != __NR_SCMP_ERROR) /* not on this architecture */
			failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
	}
	return failed;
}

static lupe_status restrict_calls(const struct settings *settings, struct lupe_error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter)
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "seccomp: no filter");
	int failed = allow_calls(filter, calls);
	/* isatty() asks what standard output is; nothing else is controlled */
	const struct scmp_arg_cmp asks = {.arg = 1, .op = SCMP_CMP_EQ, .datum_a = TCGETS};
	failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, &asks);
	if (settings->allow_connect)
		failed |= allow_calls(filter, connecting_calls);
	if (failed == 0)
		failed = seccomp_load(filter);
	seccomp_release(filter);
	if (failed)
		return lupe_fail(err, LUPE_ERROR_IO, "seccomp: %s", strerror(abs(failed)));
	return LUPE_OK;
}

lupe_status sandbox_enter(const struct site *site, bool *ret_files, struct lupe_error *err)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "no_new_privs: %s", strerror(errno));
	lupe_status status = restrict_files(site, ret_files, err);
	return status == LUPE_OK ? restrict_calls(site->settings, err) : status;
}
