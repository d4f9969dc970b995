/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pager is the user's own command, so it is given to a shell, as everybody does. A pager that
 * ends early is a broken pipe, which ends the search quietly.
 */
#include "query/pager.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static pid_t pager;

/* Whether a program of this name is in PATH. */
static bool is_installed(const char *name)
{
	struct span path = span_of(getenv("PATH"));
	bool found = false;
	while (path.ptr && !found) {
		BUF_SCOPED(file);
		struct span folder = span_take(&path, ':');
		buf_printf(&file, "%.*s/%s", SPAN_ARG(folder), name);
		found = access(file.ptr, X_OK) == 0;
	}
	return found;
}

static const char *command(void)
{
	const char *own = getenv("LUPE_PAGER"), *any = getenv("PAGER");
	const char *found = own ? own : any;
	if (!found)
		return is_installed("less") ? "less" : NULL;
	return *found && strcmp(found, "cat") != 0 ? found : NULL;
}

static void become_pager(const char *program, int in)
{
	if (dup2(in, STDIN_FILENO) < 0)
		_exit(127);
	close(in);
	setenv("LESS", "FRX", 0);
	execl("/bin/sh", "sh", "-c", program, (char *)NULL);
	_exit(127);
}

void pager_start(void)
{
	const char *program = command();
	int ends[2];
	if (!program || pipe(ends) != 0)
		return;
	pager = fork();
	if (pager == 0) {
		close(ends[1]);
		become_pager(program, ends[0]);
	}
	close(ends[0]);
	if (pager > 0)
		dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	if (pager < 0)
		pager = 0;
}

void pager_finish(void)
{
	if (!pager)
		return;
	fflush(stdout);
	close(STDOUT_FILENO);
	waitpid(pager, NULL, 0);
	pager = 0;
}
