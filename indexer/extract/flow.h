/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the paragraphs of a marked-up document to the lines and blocks of a text.
 *
 * A paragraph, a heading, a note and a row of a table are a line each; what breaks a line inside
 * one is a line end. Cells are separated by a tab. What stands apart from the paragraph that
 * mentions it, a note or a text box, comes behind that paragraph or the row that holds it, so that
 * no phrase goes through it. Within a row, paragraphs of a cell are joined by blanks; a row that
 * holds headings or other rows, or has one cell only, is layout, and its paragraphs are lines.
 *
 * The first heading is the title of a document that has none by then.
 */
#ifndef LUPE_INDEXER_EXTRACT_FLOW_H
#define LUPE_INDEXER_EXTRACT_FLOW_H

#include "indexer/document.h"

struct flow;

/** Writes into `document`, which must outlive it. */
struct flow *flow_new(struct document *document);
void flow_free(struct flow *flow);

/** Adds UTF-8 to the open paragraph as it stands; soft hyphens are dropped. */
void flow_text(struct flow *flow, struct span text);
/** The same with runs of white space as one blank, none at the begin of a line. */
void flow_words(struct flow *flow, struct span text);
/** Raised text: a digit behind a word of more than three letters is a mark, not part of it. */
void flow_raise(struct flow *flow);
/** A line end within the paragraph. */
void flow_line_end(struct flow *flow);
/** Ends the open paragraph; nothing if there is nothing in it. */
void flow_end(struct flow *flow, enum block_kind kind, unsigned level);

/** Between these stands what comes behind the paragraph that is open: a note (BLOCK_NOTE, of all
    its paragraphs), or a text box (BLOCK_TEXT). */
void flow_push(struct flow *flow, enum block_kind kind);
void flow_pop(struct flow *flow);
/** Rows may stand in cells of others. A paragraph that is open is ended as running text. */
void flow_row_begin(struct flow *flow);
void flow_cell_begin(struct flow *flow);
void flow_row_end(struct flow *flow);

/** Ends what is open; to be called once, last. Errors: LIMIT. */
lupe_status flow_finish(struct flow *flow, struct lupe_error *err);
/** Whether the text is as long as it may be: reading on is in vain. */
bool flow_is_full(const struct flow *flow);

#endif
