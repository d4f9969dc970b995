/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Child processes. The parent holds the only reading end of a pipe and looks at the clock while it
 * reads; whatever happens, the child is dead and waited for when child_run returns. What the
 * arguments mean is lupe.c's affair.
 */
#include "web/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int spawn(char *const *argv, int output, pid_t *ret_pid)
{
	static char *const no_environment[] = {NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int error = posix_spawn(ret_pid, argv[0], &files, &attributes, argv, no_environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

/* Until the end of the output: LUPE_OK, or LIMIT, or IO. */
static lupe_status read_output(int fd, const char *name, unsigned limit_ms, size_t limit_bytes,
	struct buf *ret, struct lupe_error *err)
{
	long long deadline = now_ms() + limit_ms;
	for (;;) {
		enum { PIECE = 64 * 1024 };
		long long left = deadline - now_ms();
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready == 0)
			return lupe_fail(
				err, LUPE_ERROR_LIMIT, "%s: not done in %u ms", name, limit_ms);
		char *room = buf_reserve(ret, PIECE);
		ssize_t got = ready < 0 ? -1 : read(fd, room, PIECE);
		room[got > 0 ? got : 0] = '\0';
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", name, strerror(errno));
		if (got == 0)
			return LUPE_OK;
		ret->len += (size_t)got;
		if (ret->len > limit_bytes)
			return lupe_fail(err, LUPE_ERROR_LIMIT, "%s: more output than %zu bytes",
				name, limit_bytes);
	}
}

/* A program may close its output and stay: it is killed either way. */
static int reap(pid_t pid, bool at_once)
{
	enum { PATIENCE_MS = 1000 };
	int status = 0;
	long long deadline = now_ms() + (at_once ? 0 : PATIENCE_MS);
	for (;;) {
		bool late = now_ms() >= deadline;
		if (late)
			kill(pid, SIGKILL);
		pid_t done = waitpid(pid, &status, late ? 0 : WNOHANG);
		if (done == pid)
			return status;
		if (done == 0)
			nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
		else if (errno != EINTR)
			return -1;
	}
}

lupe_status child_run(char *const *argv, unsigned limit_ms, size_t limit_bytes,
	struct buf *ret_output, int *ret_exit, struct lupe_error *err)
{
	int ends[2];
	pid_t pid;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "pipe: %s", strerror(errno));
	int error = spawn(argv, ends[1], &pid);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", argv[0], strerror(error));
	}
	lupe_status status = read_output(ends[0], argv[0], limit_ms, limit_bytes, ret_output, err);
	close(ends[0]);
	int ended = reap(pid, status != LUPE_OK);
	if (status != LUPE_OK)
		return status;
	if (!WIFEXITED(ended))
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "%s: ended by a signal", argv[0]);
	*ret_exit = WEXITSTATUS(ended);
	return LUPE_OK;
}
