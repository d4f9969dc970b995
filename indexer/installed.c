/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files beside the program, so that an installation can be moved and a build be tried. */
#include "indexer/installed.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

static char *program_folder(void)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (len <= 0)
		return NULL;
	path[len] = '\0';
	char *slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return path_join("", path);
}

void installed_find(const struct installed *file, struct buf *ret)
{
	const char *environment = getenv(file->environment);
	buf_clear(ret);
	if (environment && *environment) {
		buf_add_string(ret, environment);
		return;
	}
	char *folder = program_folder();
	for (size_t i = 0; folder && i < sizeof(file->beside) / sizeof(file->beside[0]); i++) {
		buf_clear(ret);
		buf_printf(ret, "%s/%s", folder, file->beside[i]);
		if (access(buf_string(ret), R_OK) == 0) {
			free(folder);
			return;
		}
	}
	free(folder);
	buf_clear(ret);
	buf_add_string(ret, file->fallback);
}
