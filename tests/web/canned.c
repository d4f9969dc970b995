/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stands in for lupe where a test wants a certain answer: prints document.json (with --document) or
 * search.json from the index folder.
 */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	const char *folder = "", *name = "search.json";
	char path[1024], piece[4096];
	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--index=", 8) == 0)
			folder = argv[i] + 8;
		if (strncmp(argv[i], "--document=", 11) == 0)
			name = "document.json";
	}
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "r");
	if (!file)
		return 2;
	for (size_t got; (got = fread(piece, 1, sizeof(piece), file)) > 0;)
		fwrite(piece, 1, got, stdout);
	return fclose(file) != 0;
}
