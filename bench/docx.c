/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * docx FILE...: what reading DOCX costs beside what its libraries ask. In turn, file by file and
 * round by round, its parts are only inflated by libarchive, inflated and parsed by libxml2 with
 * handlers that do nothing, and the document is read as lupe-extract reads it. Prints, of the
 * median rounds, megabytes of XML and of text per CPU second. Not counted: the start of a process,
 * its sandbox, the way of a document to lupe-index.
 */
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "indexer/extract/docx.h"

enum { ROUNDS = 9, WAYS = 3, MAX_FILE_BYTES = 64 << 20 };

/* What is read of a DOCX. */
static const char *const parts[] = {"_rels/.rels", "word/_rels/document.xml.rels",
	"docProps/core.xml", "docProps/app.xml", "word/styles.xml", "word/footnotes.xml",
	"word/endnotes.xml", "word/document.xml", NULL};
static size_t elements, text_bytes, xml_bytes;

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int read_archive(void *archive, char *buffer, int size)
{
	return (int)archive_read_data(archive, buffer, (size_t)size);
}

static void count_element(void *data, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri, int space_count, const xmlChar **spaces, int count, int defaulted,
	const xmlChar **attributes)
{
	(void)data, (void)name, (void)prefix, (void)uri, (void)space_count, (void)spaces;
	(void)count, (void)defaulted, (void)attributes;
	elements++;
}

static void ignore_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)data, (void)name, (void)prefix, (void)uri;
}

static void ignore_text(void *data, const xmlChar *text, int len)
{
	(void)data, (void)text, (void)len;
}

static void parse_only(struct archive *archive)
{
	xmlSAXHandler events = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = count_element,
		.endElementNs = ignore_end,
		.characters = ignore_text,
		.ignorableWhitespace = ignore_text,
	};
	xmlParserCtxtPtr parser = xmlCreateIOParserCtxt(
		&events, NULL, read_archive, NULL, archive, XML_CHAR_ENCODING_NONE);

	xmlParseDocument(parser);
	xmlFreeParserCtxt(parser);
}

static void inflate_only(struct archive *archive)
{
	const void *bytes;
	size_t len;
	la_int64_t offset;

	while (archive_read_data_block(archive, &bytes, &len, &offset) == ARCHIVE_OK)
		xml_bytes += len;
}

static bool is_part(const char *name)
{
	size_t i = 0;

	while (parts[i] && strcmp(parts[i], name) != 0)
		i++;
	return parts[i] != NULL;
}

static void with_parts(struct span file, void (*read)(struct archive *archive))
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;

	archive_read_support_format_zip_seekable(archive);
	archive_read_open_memory(archive, file.ptr, file.len);
	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK)
		if (is_part(archive_entry_pathname(entry)))
			read(archive);
	archive_read_free(archive);
}

static void run(int way, struct span file)
{
	static struct document document; /* as in lupe-extract, its memory is used again */
	struct source source = {file, SPAN("a.docx")};

	if (way == 0) {
		with_parts(file, inflate_only);
	} else if (way == 1) {
		with_parts(file, parse_only);
	} else {
		document_clear(&document);
		if (extract_docx(&source, &document, NULL) == LUPE_OK)
			text_bytes += document.text.len;
	}
}

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static const char *const names[WAYS] = {"libarchive", "libarchive, libxml2", "all of it"};
	double spent[WAYS][ROUNDS] = {0};
	struct lupe_error err;

	if (argc < 2)
		return 2;
	for (int round = 0; round < ROUNDS; round++) {
		text_bytes = elements = xml_bytes = 0;
		for (int i = 1; i < argc; i++) {
			BUF_SCOPED(file);
			if (file_read(argv[i], MAX_FILE_BYTES, &file, &err) < 0) {
				fprintf(stderr, "%s\n", err.message);
				return 1;
			}
			for (int way = 0; way < WAYS; way++) {
				double begin = seconds();
				run(way, buf_span(&file));
				spent[way][round] += seconds() - begin;
			}
		}
	}
	printf("%d files, %.1f MB of XML, %zu elements, %.2f MB of text\n", argc - 1,
		(double)xml_bytes / 1e6, elements, (double)text_bytes / 1e6);
	for (int way = 0; way < WAYS; way++) {
		qsort(spent[way], ROUNDS, sizeof(spent[way][0]), compare_numbers);
		double median = spent[way][ROUNDS / 2];
		printf("%-20s %6.1f ms %7.1f MB of XML/s %6.2f MB of text/s\n", names[way],
			median * 1000, (double)xml_bytes / 1e6 / median,
			(double)text_bytes / 1e6 / median);
	}
	return 0;
}
