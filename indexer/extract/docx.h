/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Parts of a DOCX: what its styles mean, and what stands in its text and notes. */
#ifndef LUPE_INDEXER_EXTRACT_DOCX_H
#define LUPE_INDEXER_EXTRACT_DOCX_H

#include "base/arena.h"
#include "indexer/extract/extract.h"
#include "indexer/extract/flow.h"
#include "indexer/extract/xml.h"

/** What a style makes of a paragraph or run. */
struct docx_style {
	struct span id, based_on;
	signed char level;  /**< of a heading, from 1; 0 none; -1 not said */
	signed char hidden; /**< 0, 1; -1 not said */
	bool is_title;
};

struct docx_styles {
	struct docx_style *list; /**< by id, once read */
	size_t count, capacity;
	struct arena arena;
};

/** Zero it first; a document without the part has no styles. Errors: as xml_read_member. */
lupe_status docx_read_styles(
	struct zip *zip, const char *part, struct docx_styles *styles, struct lupe_error *err);
void docx_styles_done(struct docx_styles *styles);
/** NULL if there is none of this id. */
const struct docx_style *docx_style(const struct docx_styles *styles, struct span id);

/** Footnotes or endnotes, each a stretch of a text whose lines are its paragraphs. */
struct docx_notes {
	struct document document;
	struct docx_note {
		long id;
		size_t begin, end;
	} * list;
	size_t count, capacity;
};
void docx_notes_done(struct docx_notes *notes);

struct docx_parts {
	const struct docx_styles *styles;
	const struct docx_notes *footnotes, *endnotes; /**< NULL while these are read themselves */
};

/** Reads the main part into `flow`. Errors: as xml_read_member. */
lupe_status docx_read_body(struct zip *zip, const char *part, const struct docx_parts *parts,
	struct flow *flow, struct lupe_error *err);
/** Reads notes; zero `ret` first. Errors: as docx_read_body. */
lupe_status docx_read_notes(struct zip *zip, const char *part, const struct docx_styles *styles,
	struct docx_notes *ret, struct lupe_error *err);

extern const struct xml_space docx_spaces[];
enum { SPACE_WORD = 1, SPACE_COMPATIBILITY, SPACE_MATH, DOCX_SPACE_COUNT = 5 };
/** Whether a property that may be switched off, `<w:vanish w:val="0"/>`, is on. */
bool docx_is_on(const struct xml_attributes *attributes);

lupe_status extract_docx(
	const struct source *source, struct document *document, struct lupe_error *err);

#endif
