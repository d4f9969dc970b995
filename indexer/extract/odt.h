/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Parts of an ODT: what its styles mean, and how it names things. */
#ifndef LUPE_INDEXER_EXTRACT_ODT_H
#define LUPE_INDEXER_EXTRACT_ODT_H

#include "base/arena.h"
#include "indexer/extract/extract.h"
#include "indexer/extract/flow.h"
#include "indexer/extract/xml.h"

enum {
	SPACE_OFFICE = 1,
	SPACE_STYLE,
	SPACE_TEXT,
	SPACE_TABLE,
	SPACE_DRAW,
	SPACE_META,
	SPACE_DUBLIN_CORE,
	SPACE_SVG,
	SPACE_MANIFEST,
	ODT_SPACE_COUNT = 9,
};
extern const struct xml_space odt_spaces[ODT_SPACE_COUNT];

struct odt_style {
	struct span name, parent;
	bool hidden;    /**< its text is not shown */
	bool raised;    /**< stands above the line */
	unsigned level; /**< of a heading; 0 none */
};

/** Styles of both places that have some, styles.xml and the text's own. Zero it first. */
struct odt_styles {
	struct odt_style *list;
	size_t count, capacity;
	struct arena arena;
	bool sorted;
};

void odt_styles_done(struct odt_styles *styles);
/** Begins a style; its properties are added to the one begun last. */
void odt_style_begin(struct odt_styles *styles, const struct xml_attributes *attributes);
void odt_style_properties(struct odt_styles *styles, const struct xml_attributes *attributes);
/** NULL if there is none of this name. After the first call no style may be added. */
const struct odt_style *odt_style(struct odt_styles *styles, struct span name);
/** Whether a paragraph in this style is the document's title. */
bool odt_style_is_title(struct odt_styles *styles, struct span name);
/** Reads styles.xml, if it is there. Errors: as xml_read_member. */
lupe_status odt_read_styles(struct zip *zip, struct odt_styles *styles, struct lupe_error *err);

/** Reads content.xml into `flow`. Errors: as xml_read_member. */
lupe_status odt_read_content(
	struct zip *zip, struct odt_styles *styles, struct flow *flow, struct lupe_error *err);

lupe_status extract_odt(
	const struct source *source, struct document *document, struct lupe_error *err);

#endif
