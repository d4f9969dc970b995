/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * escape PROTECTION... -- DEED: sets up protections, then does what they must not let it do.
 * Exit status: 0 it was refused, 1 it was done, 2 not called as meant, 3 no such protection here;
 * what the system call list forbids ends it with SIGSYS. Without a protection it says 1, so a test
 * can see that the deed would be done.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "indexer/extract/sandbox.h"

static bool read_file(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool write_file(void)
{
	int fd = open("escaped", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	return fd >= 0 && write(fd, "x", 1) == 1;
}

static bool remove_file(void)
{
	return unlink("precious") == 0;
}

static bool go_online(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return false;
	/* Nobody listens there: that is an answer from the network, too. */
	return connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
	       errno == ECONNREFUSED;
}

static bool run_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return false;
}

static bool make_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static bool make_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		       0) != MAP_FAILED;
}

static bool signal_parent(void)
{
	return kill(getppid(), SIGCONT) == 0;
}

static bool look_into_parent(void)
{
	return ptrace(PTRACE_SEIZE, getppid(), 0, 0) == 0;
}

static const struct {
	const char *name;
	bool (*run)(void);
} deeds[] = {
	{"read", read_file},
	{"write", write_file},
	{"remove", remove_file},
	{"online", go_online},
	{"exec", run_program},
	{"fork", make_process},
	{"code", make_code},
	{"signal", signal_parent},
	{"ptrace", look_into_parent},
};

static const struct {
	const char *name;
	bool (*enter)(void);
} protections[] = {
	{"no_new_privs", sandbox_no_new_privs},
	{"rlimits", sandbox_limits},
	{"landlock", sandbox_landlock},
	{"seccomp", sandbox_seccomp},
};

static void protect(const char *name)
{
	for (size_t i = 0; i < sizeof(protections) / sizeof(protections[0]); i++) {
		if (strcmp(protections[i].name, name) != 0)
			continue;
		if (!protections[i].enter())
			_exit(3);
		return;
	}
	_exit(2);
}

int main(int argc, char **argv)
{
	int i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		protect(argv[i]);
	for (size_t j = 0; i + 1 < argc && j < sizeof(deeds) / sizeof(deeds[0]); j++)
		if (strcmp(deeds[j].name, argv[i + 1]) == 0)
			_exit(deeds[j].run() ? 1 : 0);
	_exit(2);
}
