/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loaded into filters (launch.c): the C library's tmpfile makes its file in /tmp whatever TMPDIR
 * says, and there a filter may write nothing. antiword and others copy their standard input so.
 */
#undef _FILE_OFFSET_BITS /* would make one name of the two */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

static FILE *open_temporary(void)
{
	const char *folder = getenv("TMPDIR");
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/XXXXXX", folder ? folder : P_tmpdir);
	int fd = len < (int)sizeof(path) ? mkstemp(path) : -1;

	if (fd < 0)
		return NULL;
	unlink(path);
	FILE *file = fdopen(fd, "w+");
	if (!file)
		close(fd);
	return file;
}

EXPORTED FILE *tmpfile(void)
{
	return open_temporary();
}

EXPORTED FILE *tmpfile64(void)
{
	return open_temporary();
}
