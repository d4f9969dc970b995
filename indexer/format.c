/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of formats. What is in the files is left to document.c and to lupe-extract. */
#include "indexer/format.h"

#include <strings.h>

static const struct format formats[] = {
	{".txt", "text/plain", false},
	{".md", "text/markdown", false},
	{".pdf", "application/pdf", true},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true},
	{".docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true},
	{".odt", "application/vnd.oasis.opendocument.text", true},
	{".epub", "application/epub+zip", true},
	{".html", "text/html", true},
	{".htm", "text/html", true},
	{".xhtml", "text/html", true},
};

const struct format *format_of(struct span file_name)
{
	const char *slash = memrchr(file_name.ptr, '/', file_name.len);
	struct span name = slash ? span_from(slash + 1, file_name.ptr + file_name.len) : file_name;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		size_t len = strlen(formats[i].extension);

		if (name.len > len &&
			strncasecmp(name.ptr + name.len - len, formats[i].extension, len) == 0)
			return &formats[i];
	}
	return NULL;
}
