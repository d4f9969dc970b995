/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text and Markdown with front matter, title page and a file name, the first line of the input: any
 * bytes are read or refused, and what is read and found in it is sound.
 */
#include <ctype.h>
#include <stdint.h>

#include "indexer/format.h"
#include "sound.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One line of UTF-8. */
static void check_field(struct span field)
{
	if (!utf8_valid(field) || (field.len && memchr(field.ptr, '\n', field.len)))
		abort();
}

/* "2024-09-23", "2024-09", "2024" or nothing. */
static void check_date(const struct document *document)
{
	const char *date = document->date.text;
	size_t len = strlen(date);

	if ((len == 0) != (document->date_source == DATE_NONE))
		abort();
	if (len != 0 && len != 4 && len != 7 && len != 10)
		abort();
	for (size_t i = 0; i < len; i++)
		if (i == 4 || i == 7 ? date[i] != '-' : !isdigit((unsigned char)date[i]))
			abort();
}

static void read_as(struct span name, const char *extension, struct span raw)
{
	struct document document = {0};
	BUF_SCOPED(path);

	buf_add_byte(&path, 'a');
	buf_add_span(&path, name);
	buf_add_string(&path, extension);
	if (format_of(buf_span(&path)) &&
		document_parse(&document, buf_span(&path), raw, NULL) == LUPE_OK) {
		check_sound(&document);
		check_date(&document);
		check_field(buf_span(&document.title));
		check_field(buf_span(&document.author));
		check_field(buf_span(&document.body));
		if (document.title.len == 0)
			abort();
	}
	document_done(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = {(const char *)data, size};
	struct span name = span_take(&rest, '\n');

	if (name.len > 255 || (name.len && memchr(name.ptr, '\0', name.len)) || !rest.ptr)
		return 0;
	read_as(name, ".md", rest);
	read_as(name, ".txt", rest);
	return 0;
}
