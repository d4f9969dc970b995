/* SPDX-License-Identifier: GPL-2.0-or-later */
/** A DOCX being read: what its elements are called, what is open, and what happens within a run. */
#ifndef LUPE_INDEXER_EXTRACT_DOCX_RUN_H
#define LUPE_INDEXER_EXTRACT_DOCX_RUN_H

#include "indexer/extract/docx.h"

enum { NESTED_MAX = 64, FIELDS_MAX = 64 };

enum {
	TAG_BREAK = 1,
	TAG_CELL,
	TAG_DELETED,
	TAG_ENDNOTE_REFERENCE,
	TAG_FIELD,
	TAG_FOOTNOTE_REFERENCE,
	TAG_HYPHEN,
	TAG_NOTE,
	TAG_OUTLINE,
	TAG_PARAGRAPH,
	TAG_PARAGRAPH_PROPERTIES,
	TAG_PARAGRAPH_STYLE,
	TAG_PLACEHOLDER,
	TAG_PLACEHOLDER_CONTENT,
	TAG_PLACEHOLDER_PROPERTIES,
	TAG_ROW,
	TAG_ROW_PROPERTIES,
	TAG_RUN,
	TAG_RUN_PROPERTIES,
	TAG_RUN_STYLE,
	TAG_SKIPPED,
	TAG_TAB,
	TAG_TEXT,
	TAG_TEXT_BOX,
	TAG_VANISH,
	TAG_VERTICAL,
};

/** What is known of the open paragraph and run. A text box in a run has paragraphs of its own. */
struct docx_place {
	const struct docx_style *style;
	int level;          /* said of this paragraph; -1 not */
	bool in_properties; /* of the paragraph */
	bool mark_deleted;  /* the next paragraph continues this one */
	bool in_run, in_run_properties;
	int hidden; /* said of this run; -1 not */
	const struct docx_style *run_style;
};

struct docx_body {
	const struct docx_parts *parts;
	struct docx_notes *notes; /* being read, or NULL */
	struct flow *flow;
	struct docx_place places[NESTED_MAX];
	size_t nested;
	unsigned depth, skip_depth; /* elements below `skip_depth` are left out; 0: none */
	unsigned row_depth;         /* of the row that began last */
	bool in_row_properties;
	bool in_text, is_placeholder;
	bool field_codes[FIELDS_MAX]; /* of open fields: whether their code is being read */
	size_t fields;
	unsigned codes; /* how many of these */
};

static inline struct docx_place *docx_here(struct docx_body *body)
{
	return &body->places[body->nested];
}

/** An element within a run: text, tabs, breaks, fields, references to notes. */
void docx_start_in_run(struct docx_body *body, int tag, const struct xml_attributes *attributes);
/** An element within the properties of a paragraph or of a run. */
void docx_start_in_properties(
	struct docx_body *body, int tag, const struct xml_attributes *attributes);

#endif
