/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Holds a stored document against itself: its text, analysed again, must give its terms, their
 * frequencies, positions and values.
 */
#ifndef LUPE_INDEXER_VERIFY_H
#define LUPE_INDEXER_VERIFY_H

#include "indexer/document.h"
#include "indexer/stored.h"
#include "indexer/tally.h"
#include "indexer/writer.h"
#include "text/language.h"

/** For one thread; memory is reused from document to document. */
struct verifier {
	struct stored stored;
	struct analyser *analyser; /**< NULL: terms are not compared */
	struct writer *writer;
	struct document document;
	struct buf type;
	struct tally tally; /**< of all their terms */
	uint64_t length;    /**< sum of the lengths of the documents verified */
};

/** `language` (borrowed) is what the documents were analysed with; NULL: terms are not compared. */
void verifier_init(
	struct verifier *verifier, xc_database *database, const struct language *language);
void verifier_done(struct verifier *verifier);
/** Errors: CORRUPT, the message saying what is wrong with the document; others as xapian-c. */
lupe_status verify_document(struct verifier *verifier, struct span path, struct lupe_error *err);

#endif
