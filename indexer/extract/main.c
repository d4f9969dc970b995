/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lupe-extract: reads documents with other people's parsers, so that lupe-index need not.
 * lupe-index calls it as a server (serve.c), and to launch other programs (launch.c); called with
 * files it shows what it makes of them, in the same sandbox. The parsers have a file each.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "indexer/extract/docx.h"
#include "indexer/extract/epub.h"
#include "indexer/extract/extract.h"
#include "indexer/extract/html.h"
#include "indexer/extract/launch.h"
#include "indexer/extract/limits.h"
#include "indexer/extract/odt.h"
#include "indexer/extract/pdf.h"
#include "indexer/extract/protection.h"
#include "indexer/extract/sandbox.h"
#include "indexer/extract/serve.h"
#include "indexer/extract/show.h"
#include "indexer/format.h"

static const struct {
	const char *media_type;
	extract_function *extract;
	void (*prepare)(void);
} parsers[] = {
	{"application/pdf", extract_pdf, extract_pdf_prepare},
	{"application/epub+zip", extract_epub, xml_prepare},
	{"application/vnd.oasis.opendocument.text", extract_odt, xml_prepare},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", extract_docx,
		xml_prepare},
	{"text/html", extract_html, xml_prepare},
	{NULL, NULL, NULL},
};

/* What cannot be done any more in the sandbox. */
static void prepare(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; parsers[i].media_type; i++)
		if (parsers[i].prepare)
			parsers[i].prepare();
}

static lupe_status check_limits(const struct document *document, struct lupe_error *err)
{
	if (document->text.len > LIMIT_TEXT_BYTES)
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "more than %d MB of text", LIMIT_TEXT_BYTES >> 20);
	if (document->pages > LIMIT_PAGES)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "more than %d pages", LIMIT_PAGES);
	return LUPE_OK;
}

static lupe_status extract(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	const struct format *format = format_of(source->name);

	document_clear(document);
	for (size_t i = 0; format && parsers[i].media_type; i++) {
		if (strcmp(parsers[i].media_type, format->media_type) != 0)
			continue;
		document->type = format->media_type;
		lupe_status st = parsers[i].extract(source, document, err);
		return st < 0 ? st : check_limits(document, err);
	}
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "of no type that is read");
}

/* ---- showing files ---- */

/* A file opened and mapped while that is still possible. */
struct opened {
	const char *path;
	void *bytes;
	size_t size;
	int error;
};

static struct opened open_file(const char *path)
{
	struct opened file = {.path = path};
	struct stat s;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &s) != 0) {
		file.error = errno;
	} else if (!S_ISREG(s.st_mode)) {
		file.error = EINVAL;
	} else if (s.st_size) {
		file.size = (size_t)s.st_size;
		file.bytes = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, fd, 0);
		file.error = file.bytes == MAP_FAILED ? errno : 0;
	}
	if (fd >= 0)
		close(fd);
	return file;
}

static int fail(const char *path, const char *reason)
{
	fprintf(stderr, "lupe-extract: %s: %s\n", path, reason);
	return 1;
}

static int show_file(const struct opened *file)
{
	const struct source source = {{file->bytes, file->size}, span_of(file->path)};
	struct document document = {0};
	struct lupe_error err;
	int exit_status = 0;

	if (file->error)
		return fail(file->path, strerror(file->error));
	if (extract(&source, &document, &err) == LUPE_OK)
		show_document(&document, stdout);
	else
		exit_status = fail(file->path, err.message);
	document_done(&document);
	return exit_status;
}

static int show_files(char **paths, int count, bool sandbox)
{
	struct opened *files = mem_realloc_array(NULL, (size_t)count, sizeof(*files));
	int exit_status = 0;

	for (int i = 0; i < count; i++)
		files[i] = open_file(paths[i]);
	prepare();
	if (sandbox && !protections_suffice(sandbox_enter()))
		return fail("this system", "no protection from what may be in files");
	for (int i = 0; i < count; i++)
		exit_status |= show_file(&files[i]);
	free(files);
	return exit_status;
}

/* ---- */

static int print_usage(void)
{
	fputs("Usage: lupe-extract [--no-sandbox] FILE...\n"
	      "Shows what lupe-index reads in files.\n",
		stderr);
	return 2;
}

int main(int argc, char **argv)
{
	bool no_sandbox = argc > 1 && strcmp(argv[1], "--no-sandbox") == 0;
	int first = no_sandbox ? 2 : 1;

	if (argc > 1 && strcmp(argv[1], "--filter") == 0)
		return launch(argc - 2, argv + 2);
	if (argc <= first)
		return print_usage();
	if (strcmp(argv[first], "--serve") == 0)
		return serve(prepare, extract, !no_sandbox);
	int exit_status = show_files(argv + first, argc - first, !no_sandbox);
	if (SANDBOX_SANITIZED && !no_sandbox) { /* the search for leaks needs calls given up */
		fflush(stdout);
		_exit(exit_status);
	}
	return exit_status;
}
