/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a person reads in a page of HTML or XHTML, and what the page says of itself.
 *
 * A page comes as elements and text, from whichever parser; a book has many.
 */
#ifndef LUPE_INDEXER_EXTRACT_HTML_H
#define LUPE_INDEXER_EXTRACT_HTML_H

#include "indexer/extract/extract.h"
#include "indexer/extract/flow.h"
#include "indexer/extract/html_meta.h"
#include "indexer/extract/xml.h"

struct html_page;

/** Begins a page whose text goes into `flow`; `metadata` may be NULL: it is not looked for. */
struct html_page *html_page_new(struct flow *flow, struct html_metadata *metadata);
/** Ends it, with all that is open in it. */
void html_page_free(struct html_page *page);

extern const struct xml_grammar html_grammar;
/** Takes a struct html_page. */
extern const struct xml_handler html_handler;

/** Reads a page as browsers do, whatever it holds; bytes of any encoding. What was odd is appended
    to `notice`. Errors: LIMIT. */
lupe_status html_read(struct span raw, struct flow *flow, struct html_metadata *metadata,
	struct buf *notice, struct lupe_error *err);

lupe_status extract_html(
	const struct source *source, struct document *document, struct lupe_error *err);

#endif
