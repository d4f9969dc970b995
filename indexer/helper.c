/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The process and its limits. Nothing here may disturb other threads: no signal handlers, no
 * waiting for children that are not ours, no descriptor that another process could inherit.
 */
#include "indexer/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "indexer/child.h"
#include "indexer/extract/limits.h"
#include "indexer/extract/protection.h"
#include "indexer/extract/serve.h"

enum { TICK_MS = 500 };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void helper_init(struct helper *helper)
{
	*helper = (struct helper){.socket = -1};
}

void helper_done(struct helper *helper)
{
	inbox_done(&helper->inbox);
}

bool helper_runs(const struct helper *helper)
{
	return helper->pid > 0;
}

/* ---- starting ---- */

/* 0, 1 and 2 are the null device, PROTOCOL_SOCKET the socket, nothing else is open. Sanitizers
   report on 2. */
static int set_descriptors(posix_spawn_file_actions_t *actions, int socket)
{
	int error = posix_spawn_file_actions_adddup2(actions, socket, PROTOCOL_SOCKET);

	for (int fd = 0; fd <= 2 && !error; fd++)
		if (fd < 2 || !SANDBOX_SANITIZED)
			error = posix_spawn_file_actions_addopen(
				actions, fd, "/dev/null", O_RDWR, 0);
	return error ? error
		     : posix_spawn_file_actions_addclosefrom_np(actions, PROTOCOL_SOCKET + 1);
}

static int spawn(struct helper *helper, const struct helper_settings *settings, int socket)
{
	static const char *const environment[] = {
		"LC_ALL=C.UTF-8", "FONTCONFIG_FILE=/dev/null", NULL};
	const char *const arguments[] = {"lupe-extract",
		settings->no_sandbox ? "--no-sandbox" : "--serve",
		settings->no_sandbox ? "--serve" : NULL, NULL};
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	int error = set_descriptors(&actions, socket);
	if (!error)
		error = child_spawn(
			settings->program, arguments, environment, &actions, &helper->pid);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

lupe_status helper_start(
	struct helper *helper, const struct helper_settings *settings, struct lupe_error *err)
{
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "lupe-extract: %s", strerror(errno));
	int error = spawn(helper, settings, sockets[1]);
	close(sockets[1]);
	if (error) {
		helper->pid = 0;
		close(sockets[0]);
		return lupe_fail(err, error == ENOENT ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_INTERNAL,
			"%s: %s", settings->program, strerror(error));
	}
	helper->socket = sockets[0];
	helper->stopped = settings->stopped;
	inbox_clear(&helper->inbox);
	return LUPE_OK;
}

/* ---- ending ---- */

/* Waits for the end of the process; the status as waitpid gives it. */
static int reap(struct helper *helper)
{
	int status = 0;

	while (waitpid(helper->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(helper->socket);
	helper->pid = 0;
	helper->socket = -1;
	return status;
}

void helper_end(struct helper *helper)
{
	if (!helper_runs(helper))
		return;
	kill(helper->pid, SIGKILL);
	reap(helper);
}

static lupe_status needs_memory(struct lupe_error *err)
{
	return lupe_fail(
		err, LUPE_ERROR_LIMIT, "needs more than %d MB of memory", LIMIT_MEMORY_BYTES >> 20);
}

/* It has closed its socket: of what did it die? */
static lupe_status explain_death(struct helper *helper, struct lupe_error *err)
{
	/* One that has only closed the socket must not be waited for. */
	kill(helper->pid, SIGKILL);
	int status = reap(helper);

	if (WIFEXITED(status) && WEXITSTATUS(status) == SERVE_OUT_OF_MEMORY)
		return needs_memory(err);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "needs more than %u s of the processor",
			helper->seconds);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return lupe_fail(err, LUPE_ERROR_CORRUPT,
			"makes lupe-extract do what the sandbox forbids (killed by signal %d)",
			SIGSYS);
	if (WIFSIGNALED(status))
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "killed by signal %d while reading",
			WTERMSIG(status));
	return lupe_fail(
		err, LUPE_ERROR_CORRUPT, "ended with status %d while reading", WEXITSTATUS(status));
}

/* ---- limits ---- */

struct memory {
	uint64_t address_bytes, resident_bytes; /* 0 if the system does not tell */
};

static struct memory measure(const struct helper *helper)
{
	struct memory memory = {0};
	unsigned long long address = 0, resident = 0;
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	char path[64];

	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)helper->pid);
	FILE *file = fopen(path, "re");
	if (!file)
		return memory;
	if (fscanf(file, "%llu %llu", &address, &resident) == 2)
		memory = (struct memory){address * page, resident * page};
	fclose(file);
	return memory;
}

uint64_t helper_resident_bytes(const struct helper *helper)
{
	return measure(helper).resident_bytes;
}

static void set_limit(const struct helper *helper, __rlimit_resource_t resource, uint64_t most)
{
	struct rlimit limit = {most, RLIM_INFINITY};

	prlimit(helper->pid, resource, &limit, NULL);
}

static double processor_seconds(const struct helper *helper)
{
	clockid_t clock;
	struct timespec time;

	if (clock_getcpuclockid(helper->pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
		return 0;
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void helper_limit(struct helper *helper, unsigned seconds, uint64_t size)
{
	struct memory memory = measure(helper);
	double used = processor_seconds(helper);

	helper->seconds = seconds;
	helper->deadline = now() + seconds;
	helper->memory_bytes = memory.resident_bytes + size + LIMIT_MEMORY_BYTES;
	set_limit(helper, RLIMIT_CPU, (uint64_t)used + seconds + 1);
	/* AddressSanitizer reserves terabytes. */
	if (memory.address_bytes && !SANDBOX_SANITIZED)
		set_limit(helper, RLIMIT_AS, memory.address_bytes + size + LIMIT_MEMORY_BYTES);
}

/* ---- talking ---- */

lupe_status helper_send_fd(struct helper *helper, struct span bytes, int fd)
{
	return protocol_send_fd(helper->socket, bytes, fd, NULL);
}

/* Waits for bytes, a tick at most. LUPE_OK: there are some; LUPE_END: none yet. */
static lupe_status wait_for_bytes(struct helper *helper, struct lupe_error *err)
{
	struct pollfd socket = {.fd = helper->socket, .events = POLLIN};
	double left = helper->deadline - now();

	if (left <= 0)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "took longer than %u s", helper->seconds);
	int ready = poll(&socket, 1, left * 1000 < TICK_MS ? (int)(left * 1000) + 1 : TICK_MS);
	if (ready > 0)
		return LUPE_OK;
	if (helper_resident_bytes(helper) > helper->memory_bytes)
		return needs_memory(err);
	return LUPE_END;
}

static lupe_status receive(struct helper *helper, struct lupe_error *err)
{
	int fd = -1;
	lupe_status st = protocol_receive(helper->socket, &helper->inbox, &fd, err);

	/* It has nothing to give us. */
	if (fd >= 0)
		close(fd);
	return st == LUPE_END ? explain_death(helper, err) : st;
}

lupe_status helper_next(struct helper *helper, struct message *ret, struct lupe_error *err)
{
	lupe_status st;

	while ((st = inbox_next(&helper->inbox, ret, err)) == LUPE_END) {
		if (helper->stopped && helper->stopped())
			return LUPE_END;
		st = wait_for_bytes(helper, err);
		if (st == LUPE_OK)
			st = receive(helper, err);
		if (st < 0)
			return st;
	}
	return st;
}
