/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gives a fuzz target the inputs kept in files, so that what a fuzzer once found is tested by
 * every build. Arguments are files or folders of files; a folder that does not exist is an empty
 * one. An empty input is always tried. A finding is a crash; there is no other verdict.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(2);
}

/* The input lies in memory of exactly its size, so that reading past its end is noticed. */
static void replay_file(const char *path, size_t size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = malloc(size ? size : 1);

	if (!file || !data || fread(data, 1, size, file) != size)
		die(path);
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static unsigned replay(const char *path);

static unsigned replay_folder(const char *folder)
{
	struct dirent **entries;
	int entry_count = scandir(folder, &entries, NULL, alphasort);
	unsigned replayed = 0;

	if (entry_count < 0)
		die(folder);
	for (int i = 0; i < entry_count; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			replayed += replay(path);
		free(entries[i]);
	}
	free(entries);
	return replayed;
}

/* Returns the number of inputs that the path stood for. */
static unsigned replay(const char *path)
{
	struct stat info;

	if (stat(path, &info) < 0) {
		if (errno == ENOENT)
			return 0;
		die(path);
	}
	if (S_ISDIR(info.st_mode))
		return replay_folder(path);
	replay_file(path, (size_t)info.st_size);
	return 1;
}

int main(int argc, char **argv)
{
	unsigned replayed = 0;

	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		replayed += replay(argv[i]);
	printf("%u inputs replayed\n", replayed);
	return 0;
}
