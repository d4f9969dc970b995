/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of formats. What is in the files is left to document.c and to lupe-extract. */
#include "indexer/format.h"

#include <stdlib.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"

static const struct format formats[] = {
	{".txt", "text/plain", false, NULL},
	{".md", "text/markdown", false, NULL},
	{".pdf", "application/pdf", true, NULL},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true,
		NULL},
	{".docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true,
		NULL},
	{".odt", "application/vnd.oasis.opendocument.text", true, NULL},
	{".epub", "application/epub+zip", true, NULL},
	{".html", "text/html", true, NULL},
	{".htm", "text/html", true, NULL},
	{".xhtml", "text/html", true, NULL},
};

/* Those of the configuration, the latest last. */
static struct format *added;
static size_t added_count, added_capacity;

void format_add(const char *extension, const struct command *filter)
{
	const char *media_type = "application/octet-stream";

	if (strcasecmp(extension, ".doc") == 0)
		media_type = "application/msword";
	else if (strcasecmp(extension, ".rtf") == 0)
		media_type = "application/rtf";
	ARRAY_GROW(added, added_count, added_capacity);
	added[added_count++] = (struct format){extension, media_type, true, filter};
}

void format_reset(void)
{
	free(added);
	added = NULL;
	added_count = added_capacity = 0;
}

static bool is_of(const struct format *format, struct span name)
{
	size_t len = strlen(format->extension);

	return name.len > len &&
	       strncasecmp(name.ptr + name.len - len, format->extension, len) == 0;
}

const struct format *format_of(struct span file_name)
{
	struct span name = path_base(file_name);

	for (size_t i = added_count; i-- > 0;)
		if (is_of(&added[i], name))
			return &added[i];
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (is_of(&formats[i], name))
			return &formats[i];
	return NULL;
}
