/* SPDX-License-Identifier: GPL-2.0-or-later */
/** A folder of its own for a test of files, as cmocka's setup and teardown. */
#ifndef LUPE_TESTS_SCRATCH_H
#define LUPE_TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/** `*state` becomes the folder's path. */
static inline int scratch_make(void **state)
{
	char *folder = strdup("/tmp/lupe-test-XXXXXX");
	*state = folder;
	return folder && mkdtemp(folder) ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	int result = file_remove_tree(*state, NULL);
	free(*state);
	return result;
}

/** FOLDER/NAME, in one of sixteen buffers used in turn. */
static inline const char *scratch_path(void **state, const char *name)
{
	static char paths[16][256];
	static unsigned next;
	char *path = paths[next++ % 16];
	snprintf(path, sizeof(paths[0]), "%s/%s", (const char *)*state, name);
	return path;
}

static inline void scratch_write(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	if (!out || fputs(text, out) < 0 || fclose(out) != 0)
		abort();
}

#endif
