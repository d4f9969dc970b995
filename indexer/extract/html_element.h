/* SPDX-License-Identifier: GPL-2.0-or-later */
/** What elements of HTML are for the text of a page. */
#ifndef LUPE_INDEXER_EXTRACT_HTML_ELEMENT_H
#define LUPE_INDEXER_EXTRACT_HTML_ELEMENT_H

#include <stdbool.h>

#include "indexer/extract/xml.h"

/** The tags of html_grammar; elements that it does not know are TAG_INLINE. */
enum {
	TAG_INLINE = 1,
	TAG_BLOCK,
	TAG_BODY,
	TAG_BREAK,
	TAG_CELL,
	TAG_DIALOG,
	TAG_HEAD,
	TAG_HEADING_1,
	TAG_HEADING_6 = TAG_HEADING_1 + 5,
	TAG_HTML,
	TAG_LINK,
	TAG_META,
	TAG_NEW_BLOCK, /* of HTML 5: ends a paragraph, but parsers of HTML 4 do not know */
	TAG_PARAGRAPH,
	TAG_PRE,
	TAG_QUOTE,
	TAG_ROW,
	TAG_SCRIPT,
	TAG_SKIPPED,
	TAG_SUP,
	TAG_TIME,
	TAG_TITLE,
};

/** Whether an element and all that is in it is left out. */
bool html_is_skipped(int tag, const struct xml_attributes *attributes);
/** Whether it is a footnote, or a list of them. */
bool html_is_note(int tag, const struct xml_attributes *attributes);

#endif
