/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sandbox for programs that nobody has written for one: they are let read what belongs to the
 * system, so a list of what is refused stands here, where lupe-extract's own has one of what is
 * allowed.
 */
#include "indexer/extract/launch.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/extract/limits.h"
#include "indexer/extract/sandbox.h"

enum { DESCRIPTORS_MAX = 256, INTERPRETER_MAX_BYTES = 256 };

/* ---- files ---- */

static void allow(const struct landlock *rules, const char *path, uint64_t rights)
{
	/* What is not there need not be allowed. */
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return;
	landlock_allow(rules, fd, rights);
	close(fd);
}

/* The loader that this program was started by, which is that of the others, too. */
static const char *loader(void)
{
	const ElfW(Phdr) *headers = (const ElfW(Phdr) *)getauxval(AT_PHDR);
	size_t count = getauxval(AT_PHNUM);
	uintptr_t base = 0;

	for (size_t i = 0; i < count; i++)
		if (headers[i].p_type == PT_PHDR)
			base = (uintptr_t)headers - headers[i].p_vaddr;
	for (size_t i = 0; i < count; i++)
		if (headers[i].p_type == PT_INTERP)
			return (const char *)(base + headers[i].p_vaddr);
	return "";
}

/* Of a script, the program in its first line; else "". */
static void find_interpreter(const char *program, char ret[INTERPRETER_MAX_BYTES])
{
	int fd = open(program, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, ret, INTERPRETER_MAX_BYTES - 1);

	if (fd >= 0)
		close(fd);
	ret[len > 0 ? len : 0] = '\0';
	if (strncmp(ret, "#!", 2) != 0) {
		ret[0] = '\0';
		return;
	}
	char *begin = ret + 2 + strspn(ret + 2, " \t");
	begin[strcspn(begin, " \t\n")] = '\0';
	memmove(ret, begin, strlen(begin) + 1);
}

/* tmpfile.c, which is beside this program; "" if it is not there. */
static void find_preloaded(char ret[PATH_MAX])
{
	static const char name[] = "lupe-tmpfile.so";
	ssize_t len = readlink("/proc/self/exe", ret, PATH_MAX - sizeof(name));
	char *slash = len > 0 ? memrchr(ret, '/', (size_t)len) : NULL;

	if (slash)
		memcpy(slash + 1, name, sizeof(name));
	if (!slash || access(ret, R_OK) != 0)
		ret[0] = '\0';
}

static bool restrict_files(
	const char *program, const char *preloaded, const char *folder, bool programs)
{
	static const char *const system_folders[] = {
		"/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32"};
	static const char *const readable[] = {"/etc/ld.so.cache", "/etc/ld.so.preload",
		"/etc/fonts", "/etc/antiword", "/etc/localtime", "/dev/urandom", "/dev/zero"};
	const uint64_t look = LANDLOCK_READ_FILE | LANDLOCK_READ_DIR;
	char interpreter[INTERPRETER_MAX_BYTES];
	struct landlock rules;

	if (!landlock_start(&rules))
		return false;
	for (size_t i = 0; i < sizeof(system_folders) / sizeof(system_folders[0]); i++)
		allow(&rules, system_folders[i], programs ? look | LANDLOCK_EXECUTE : look);
	for (size_t i = 0; i < sizeof(readable) / sizeof(readable[0]); i++)
		allow(&rules, readable[i], look);
	find_interpreter(program, interpreter);
	allow(&rules, program, LANDLOCK_EXECUTE | LANDLOCK_READ_FILE);
	allow(&rules, preloaded, LANDLOCK_READ_FILE);
	allow(&rules, interpreter, LANDLOCK_EXECUTE | LANDLOCK_READ_FILE);
	allow(&rules, loader(), LANDLOCK_EXECUTE | LANDLOCK_READ_FILE);
	allow(&rules, "/dev/null", LANDLOCK_READ_FILE | LANDLOCK_WRITE_FILE);
	allow(&rules, folder, ~(uint64_t)LANDLOCK_EXECUTE);
	return landlock_enforce(&rules);
}

/* ---- system calls ---- */

static const int refused[] = {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(io_uring_setup), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(kill), SCMP_SYS(tkill),
	SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(setsid), SCMP_SYS(setpgid),
	SCMP_SYS(setrlimit), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open), SCMP_SYS(truncate),
	SCMP_SYS(memfd_create), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat),
	SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(utime),
	SCMP_SYS(utimes), SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr),
	SCMP_SYS(fsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr)};

/* Newer than the list above: among them are other ways to change modes and attributes. They are
   told to be unknown, as on an older kernel. */
enum { NEWER_CALLS_BEGIN = 452, NEWER_CALLS_END = 512 };

static int refuse_newer(scmp_filter_ctx filter)
{
	int failed = 0;

	for (int call = NEWER_CALLS_BEGIN; call < NEWER_CALLS_END; call++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
	return failed;
}

/* Signals to oneself, as abort sends them. Where clone3 is not known, the C library takes clone,
   which can be looked at. */
static int refuse_processes(scmp_filter_ctx filter, bool programs)
{
	const struct scmp_arg_cmp other = SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0);
	const struct scmp_arg_cmp process = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
	const struct scmp_arg_cmp new_limit = SCMP_A2(SCMP_CMP_NE, 0, 0);
	const uint32_t deny = SCMP_ACT_ERRNO(EPERM);
	int failed = 0;

	failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	failed |= seccomp_rule_add_array(filter, deny, SCMP_SYS(tgkill), 1, &other);
	failed |= seccomp_rule_add_array(filter, deny, SCMP_SYS(prlimit64), 1, &new_limit);
	if (programs)
		return failed;
	failed |= seccomp_rule_add(filter, deny, SCMP_SYS(fork), 0);
	failed |= seccomp_rule_add(filter, deny, SCMP_SYS(vfork), 0);
	return failed | seccomp_rule_add_array(filter, deny, SCMP_SYS(clone), 1, &process);
}

static bool restrict_calls(bool programs)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int failed = 0;

	if (!filter)
		return false;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	failed |= refuse_newer(filter);
	failed |= refuse_processes(filter, programs);
	failed |= seccomp_load(filter);
	seccomp_release(filter);
	return !failed;
}

/* ---- */

static void set_limit(__rlimit_resource_t resource, rlim_t most)
{
	const struct rlimit limit = {most, most};

	setrlimit(resource, &limit);
}

static void set_limits(unsigned seconds)
{
	set_limit(RLIMIT_CPU, seconds);
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_FSIZE, LIMIT_TEXT_BYTES);
	set_limit(RLIMIT_NOFILE, DESCRIPTORS_MAX);
	/* Last, for what is allocated already may be more; AddressSanitizer reserves terabytes. */
	if (!SANDBOX_SANITIZED)
		set_limit(RLIMIT_AS, LIMIT_MEMORY_BYTES);
}

static int report(const char *what, const char *reason)
{
	dprintf(LAUNCH_REPORT, "%s: %s", what, reason);
	return 1;
}

int launch(int count, char **arguments)
{
	const char *folder = getenv("TMPDIR");

	if (count < 3 || !folder)
		return 2;
	bool free = strcmp(arguments[0], LAUNCH_FREE) == 0;
	bool programs = strcmp(arguments[0], LAUNCH_PROGRAMS) == 0;
	const char *program = arguments[2];
	char preloaded[PATH_MAX];

	fcntl(LAUNCH_REPORT, F_SETFD, FD_CLOEXEC);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (chdir(folder) != 0)
		return report(folder, strerror(errno));
	find_preloaded(preloaded);
	if (!free &&
		!(sandbox_no_new_privs() && restrict_files(program, preloaded, folder, programs)))
		return report("lupe-extract", "this system has no Landlock to keep filters from "
					      "doing harm (run them all the same: --no-sandbox)");
	set_limits((unsigned)atoi(arguments[1]));
	if (!free && !restrict_calls(programs))
		return report("lupe-extract", "this system has no seccomp to keep filters from "
					      "doing harm (run them all the same: --no-sandbox)");
	if (*preloaded)
		setenv("LD_PRELOAD", preloaded, 1);
	execv(program, arguments + 2);
	return report(program, strerror(errno));
}
