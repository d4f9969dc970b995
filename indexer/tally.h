/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which document has which term how often, in one number, whatever the order: lists of documents
 * and lists of terms are two copies of it.
 */
#ifndef LUPE_INDEXER_TALLY_H
#define LUPE_INDEXER_TALLY_H

#include "lupe/xapian-c.h"

struct tally {
	uint64_t pairs; /**< of a document and a term */
	uint64_t sum;   /**< of their hashes */
};

void tally_add(struct tally *tally, struct xc_bytes term, uint32_t docid, uint32_t wdf);
/** Adds what another thread has counted. */
void tally_join(struct tally *tally, const struct tally *other);
bool tally_equal(const struct tally *a, const struct tally *b);

/** Reads all lists of documents into `tally`. Errors: CORRUPT, saying what is wrong with a list;
    others as xapian-c. */
lupe_status tally_postings(xc_database *database, struct tally *tally, struct lupe_error *err);

#endif
