/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Documents of an index, looked up by path: for the commands that look into it.
 */
#ifndef LUPE_INDEXER_STORED_H
#define LUPE_INDEXER_STORED_H

#include "base/buf.h"
#include "indexer/document.h"
#include "lupe/xapian-c.h"
#include "store/positions.h"
#include "store/record.h"
#include "store/schema.h"

enum { STORED_SLOTS = SLOT_SHARES }; /**< values that are no others than they look */

/** A document, and memory reused from one to the next. */
struct stored {
	xc_database *database; /**< borrowed */
	uint32_t docid;
	xc_document *document;
	struct record *record;
	struct buf text;
};

void stored_init(struct stored *stored, xc_database *database);
void stored_done(struct stored *stored);
/** Opens the document of a path, and reads the head of its record. Errors: CORRUPT (there is none,
    or several, or the record makes no sense), SCHEMA. */
lupe_status stored_open(struct stored *stored, struct span path, struct lupe_error *err);
/** Reads all of its text into `text`. Errors: CORRUPT. */
lupe_status stored_read_text(struct stored *stored, struct lupe_error *err);
/** Makes `document` what a reader of its format would have handed over, but for its type, its text
    and its blocks. */
void stored_restore_fields(const struct stored *stored, struct document *document);
/** Then these, behind stored_read_text. */
void stored_restore_text(const struct stored *stored, struct document *document);
/** Lets go of the document, and so of the database. */
void stored_close(struct stored *stored);

#endif
