/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lupe-extract: reads documents with other people's parsers, so that lupe-index need not. Called
 * with files it shows what it makes of them. The parsers have a file each.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/extract/extract.h"
#include "indexer/extract/show.h"
#include "indexer/format.h"

static const struct {
	const char *media_type;
	extract_function *extract;
} parsers[] = {
	{NULL, NULL},
};

static lupe_status extract(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	const struct format *format = format_of(source->name);

	document_clear(document);
	for (size_t i = 0; format && parsers[i].media_type; i++) {
		if (strcmp(parsers[i].media_type, format->media_type) != 0)
			continue;
		document->type = format->media_type;
		return parsers[i].extract(source, document, err);
	}
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "of no type that is read");
}

static lupe_status extract_file(const char *path, struct document *document, struct lupe_error *err)
{
	struct stat s;
	void *bytes = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || fstat(fd, &s) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
	if (s.st_size)
		bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
	struct source source = {{bytes, (size_t)s.st_size}, span_of(path)};
	lupe_status st = extract(&source, document, err);
	if (bytes)
		munmap(bytes, (size_t)s.st_size);
	return st;
}

int main(int argc, char **argv)
{
	struct document document = {0};
	struct lupe_error err;
	int exit_status = 0;

	if (argc < 2) {
		fputs("Usage: lupe-extract FILE...\nShows what lupe-index reads in files.\n",
			stderr);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		if (extract_file(argv[i], &document, &err) == LUPE_OK) {
			show_document(&document, stdout);
			continue;
		}
		fprintf(stderr, "lupe-extract: %s: %s\n", argv[i], err.message);
		exit_status = 1;
	}
	document_done(&document);
	return exit_status;
}
