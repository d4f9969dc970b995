/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process for one document: started, listened to, limited in time and output, ended together with
 * whatever it started. What it may do is extract/launch.c's concern.
 */
#include "indexer/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/child.h"
#include "indexer/extract/launch.h"
#include "indexer/extract/limits.h"
#include "text/decode.h"

enum { TICK_MS = 500, NAP_MS = 10, PART_BYTES = 1 << 16, REPORT_MAX_BYTES = 4096 };

/* A program that runs. */
struct process {
	const struct command *command;
	const struct extract_settings *settings;
	const char *pages; /* for $LUPE_PAGES, or "" */
	pid_t pid;
	int output, report; /* pipes from it */
	double deadline;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- starting ---- */

static int set_descriptors(posix_spawn_file_actions_t *actions, int input, int output, int report)
{
	int error = posix_spawn_file_actions_adddup2(actions, input, 0);

	if (!error)
		error = posix_spawn_file_actions_adddup2(actions, output, 1);
	if (!error)
		error = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_RDWR, 0);
	if (!error)
		error = posix_spawn_file_actions_adddup2(actions, report, LAUNCH_REPORT);
	return error ? error : posix_spawn_file_actions_addclosefrom_np(actions, LAUNCH_REPORT + 1);
}

static int spawn(struct process *process, const char *folder, int input, int output, int report)
{
	const struct command *command = process->command;
	char seconds[16];
	BUF_SCOPED(temporary);
	BUF_SCOPED(home);
	BUF_SCOPED(pages);
	posix_spawn_file_actions_t actions;

	snprintf(seconds, sizeof(seconds), "%u", command->seconds);
	buf_printf(&temporary, "TMPDIR=%s", folder);
	buf_printf(&home, "HOME=%s", folder);
	buf_printf(&pages, "LUPE_PAGES=%s", process->pages);
	const char *const environment[] = {"LC_ALL=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin",
		"OMP_THREAD_LIMIT=1", temporary.ptr, home.ptr, *process->pages ? pages.ptr : NULL,
		NULL};
	const char **arguments = mem_realloc_array(NULL, command->count + 5, sizeof(*arguments));
	arguments[0] = "lupe-extract";
	arguments[1] = "--filter";
	arguments[2] = process->settings->no_sandbox ? LAUNCH_FREE
		       : command->starts_programs    ? LAUNCH_PROGRAMS
						     : LAUNCH_PROGRAM;
	arguments[3] = seconds;
	memcpy(arguments + 4, command->arguments, (command->count + 1) * sizeof(*arguments));
	posix_spawn_file_actions_init(&actions);
	int error = set_descriptors(&actions, input, output, report);
	if (!error)
		error = child_spawn(buf_string(&process->settings->program), arguments, environment,
			&actions, &process->pid);
	posix_spawn_file_actions_destroy(&actions);
	free(arguments);
	return error;
}

static lupe_status start(
	struct process *process, const char *folder, int input, struct lupe_error *err)
{
	int output[2], report[2];

	if (pipe2(output, O_CLOEXEC) != 0)
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "lupe-extract: %s", strerror(errno));
	if (pipe2(report, O_CLOEXEC) != 0) {
		close(output[0]);
		close(output[1]);
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "lupe-extract: %s", strerror(errno));
	}
	process->deadline = now() + process->command->seconds;
	int error = spawn(process, folder, input, output[1], report[1]);
	close(output[1]);
	close(report[1]);
	process->output = output[0];
	process->report = report[0];
	if (!error)
		return LUPE_OK;
	close(output[0]);
	close(report[0]);
	return lupe_fail(err, error == ENOENT ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_INTERNAL,
		"%s: %s", buf_string(&process->settings->program), strerror(error));
}

/* ---- listening ---- */

static bool is_stopped(const struct process *process)
{
	return process->settings->stopped && process->settings->stopped();
}

static lupe_status took_longer(const struct process *process, struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_LIMIT, "%s: took longer than %u s",
		command_name(process->command), process->command->seconds);
}

/* LUPE_OK: there is more, or it has closed its end; LUPE_END: stopped. */
static lupe_status wait_for_output(const struct process *process, struct lupe_error *err)
{
	struct pollfd output = {.fd = process->output, .events = POLLIN};

	while (!is_stopped(process)) {
		double left_ms = (process->deadline - now()) * 1000;

		if (left_ms <= 0)
			return took_longer(process, err);
		if (poll(&output, 1, left_ms < TICK_MS ? (int)left_ms + 1 : TICK_MS) > 0)
			return LUPE_OK;
	}
	return LUPE_END;
}

static lupe_status read_output(
	const struct process *process, struct buf *ret, struct lupe_error *err)
{
	lupe_status st;

	while ((st = wait_for_output(process, err)) == LUPE_OK) {
		ssize_t got = read(process->output, buf_reserve(ret, PART_BYTES + 1), PART_BYTES);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return LUPE_OK;
		ret->len += (size_t)got;
		ret->ptr[ret->len] = '\0';
		if (ret->len > LIMIT_TEXT_BYTES)
			return lupe_fail(err, LUPE_ERROR_LIMIT, "%s: more than %d MB of text",
				command_name(process->command), LIMIT_TEXT_BYTES >> 20);
	}
	return st;
}

/* Its output may have an end before it has. */
static lupe_status wait_for_end(const struct process *process, struct lupe_error *err)
{
	const struct timespec nap = {.tv_nsec = NAP_MS * 1000000L};
	siginfo_t info = {0};

	while (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
		info.si_pid == 0) {
		if (is_stopped(process))
			return LUPE_END;
		if (now() >= process->deadline)
			return took_longer(process, err);
		nanosleep(&nap, NULL);
	}
	return LUPE_OK;
}

/* ---- ending ---- */

/* All of the group; its leader is there until it is waited for, so the number is no other's. */
static int end(const struct process *process)
{
	int status = 0;

	kill(-process->pid, SIGKILL);
	while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* What lupe-extract had to say, if it came to no program. */
static lupe_status read_report(const struct process *process, struct lupe_error *err)
{
	char report[REPORT_MAX_BYTES];
	ssize_t len = read(process->report, report, sizeof(report));

	if (len <= 0)
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_INTERNAL, "%.*s", (int)len, report);
}

static lupe_status explain(const struct process *process, int status, struct lupe_error *err)
{
	const char *name = command_name(process->command);

	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return took_longer(process, err);
	if (WIFSIGNALED(status))
		return lupe_fail(
			err, LUPE_ERROR_CORRUPT, "%s: killed by signal %d", name, WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s: exit status %d", name, WEXITSTATUS(status));
	return LUPE_OK;
}

static lupe_status run_in(struct process *process, const char *folder, int fd, struct buf *ret,
	struct lupe_error *err)
{
	lupe_status st = start(process, folder, fd, err);

	if (st < 0)
		return st;
	st = read_output(process, ret, err);
	if (st == LUPE_OK)
		st = wait_for_end(process, err);
	int status = end(process);
	lupe_status report = read_report(process, err);
	close(process->output);
	close(process->report);
	if (report < 0)
		return report;
	return st == LUPE_OK ? explain(process, status, err) : st;
}

lupe_status filter_run(const struct command *command, const struct extract_settings *settings,
	int fd, const char *pages, struct buf *ret, struct lupe_error *err)
{
	struct process process = {.command = command, .settings = settings, .pages = pages};
	const char *place = getenv("TMPDIR");
	char *folder = path_join(place && *place == '/' ? place : "/tmp", "lupe-XXXXXX");
	lupe_status st;

	buf_clear(ret);
	if (!mkdtemp(folder) || lseek(fd, 0, SEEK_SET) != 0)
		st = lupe_fail(err, LUPE_ERROR_INTERNAL, "%s: %s", folder, strerror(errno));
	else
		st = run_in(&process, folder, fd, ret, err);
	file_remove_tree(folder, NULL);
	free(folder);
	return st;
}

/* ---- its output ---- */

static void read_pages(struct document *document, struct span text)
{
	uint32_t count = 0, empty = 0;

	while (text.ptr && text.len) {
		struct span page = span_take(&text, '\f');

		document->page = ++count;
		if (!span_trim(page).len) {
			empty++;
			continue;
		}
		document_add_block(document, document->text.len, BLOCK_TEXT, 0);
		buf_add_span(&document->text, page);
		if (!span_ends(page, SPAN("\n")))
			buf_add_byte(&document->text, '\n');
	}
	if (count < document->pages)
		empty += document->pages - count;
	else
		document->pages = count;
	document->pages_without_text = empty;
}

lupe_status filter_read_output(const struct command *command, struct document *document,
	struct span output, struct lupe_error *err)
{
	struct decode_report report;
	BUF_SCOPED(text);

	buf_clear(&document->text);
	document->block_count = 0;
	text_decode(output, &text, &report);
	if (report.binary)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: prints binary data, not text",
			command_name(command));
	if (document->pages || (text.len && memchr(text.ptr, '\f', text.len))) {
		read_pages(document, buf_span(&text));
		return LUPE_OK;
	}
	buf_add_span(&document->text, buf_span(&text));
	if (document->text.len)
		document_parse_plain(document);
	return LUPE_OK;
}
