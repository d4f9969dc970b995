/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain text: the title is the first line that is not empty, if it looks like one; all else is
 * running text.
 */
#include "indexer/document.h"

enum { TITLE_BEFORE_BLANK_BYTES = 200, TITLE_BYTES = 120 };

/* Whether a line is part of a paragraph that goes on in `next`. */
static bool runs_on(struct span line, struct span next)
{
	if (span_ends(line, SPAN("-")) || span_ends(line, SPAN(",")))
		return true;
	return (next.ptr[0] >= 'a' && next.ptr[0] <= 'z') || span_starts(next, SPAN("ä")) ||
	       span_starts(next, SPAN("ö")) || span_starts(next, SPAN("ü"));
}

static bool is_title(struct span line, struct span next)
{
	if (next.len == 0)
		return line.len <= TITLE_BEFORE_BLANK_BYTES;
	return line.len <= TITLE_BYTES && !runs_on(line, next);
}

void document_parse_plain(struct document *document)
{
	struct span text = buf_span(&document->text), rest = text;
	const char *begin = text.ptr;
	struct span line = {NULL, 0};

	while (rest.ptr && line.len == 0) {
		begin = rest.ptr;
		line = span_trim(span_take(&rest, '\n'));
	}
	document_add_block(document, 0, BLOCK_TEXT, 0);
	struct span ahead = rest;
	struct span next = ahead.ptr ? span_trim(span_take(&ahead, '\n')) : (struct span){NULL, 0};
	if (line.len && is_title(line, next)) {
		document_set_title(document, line);
		document_add_block(document, (size_t)(begin - text.ptr), BLOCK_TITLE, 0);
		if (rest.ptr && rest.len)
			document_add_block(document, (size_t)(rest.ptr - text.ptr), BLOCK_TEXT, 0);
	}
	if (date_in_first_lines(text, &document->date))
		document->date_source = DATE_TITLE_PAGE;
}
