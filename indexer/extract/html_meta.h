/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a page of HTML says of itself, in any of the ways that are in use: <title>, <meta> after
 * Dublin Core, OpenGraph and others, microdata, <time>, JSON-LD after schema.org.
 */
#ifndef LUPE_INDEXER_EXTRACT_HTML_META_H
#define LUPE_INDEXER_EXTRACT_HTML_META_H

#include "indexer/document.h"

enum html_field {
	HTML_TITLE,
	HTML_AUTHOR,
	HTML_BODY,
	HTML_LANGUAGE,
	HTML_DATE, /**< of publication */
	HTML_FILE_DATE,
	HTML_FIELDS,
};

/** For each field the value of the best source so far. */
struct html_metadata {
	struct html_value {
		struct buf text;
		unsigned rank; /**< the lower, the better; 0: none yet */
	} fields[HTML_FIELDS];
	unsigned times; /**< <time> elements met */
};

void html_metadata_done(struct html_metadata *metadata);
/** Takes a value unless one of a better or equal source is known. */
void html_metadata_add(
	struct html_metadata *metadata, enum html_field field, unsigned rank, struct span value);
/** <meta name=... content=...>, also property=, itemprop= and http-equiv=. */
void html_metadata_meta(struct html_metadata *metadata, struct span name, struct span content);
/** <time datetime=... itemprop=...> */
void html_metadata_time(struct html_metadata *metadata, struct span property, struct span time);
/** The text of <script type="application/ld+json">. */
void html_metadata_json(struct html_metadata *metadata, struct span json);
/** Sets the fields of the document, whose text is there. */
void html_metadata_finish(struct html_metadata *metadata, struct document *document);
/** The title's, which has to be known before the text. */
void html_metadata_set_title(struct html_metadata *metadata, struct document *document);

/** Sources of titles and languages beyond <meta>. */
enum { HTML_RANK_TITLE_ELEMENT = 3, HTML_RANK_LANG = 1 };

#endif
