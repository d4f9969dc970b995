/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Where words and phrases stand in a document, by its packed positions alone.
 *
 * A sequence of slots one behind the other is a merge of their lists; the parts of a compound are
 * found by a window that slides over all their positions. No text is read.
 */
#ifndef LUPE_QUERY_SEQUENCE_H
#define LUPE_QUERY_SEQUENCE_H

#include "query/plan.h"
#include "store/seal.h"

struct sequence_reader;

/** `tiers`: which of the alternatives count; borrowed; NULL for all. */
struct sequence_reader *sequence_reader_new(const bool tiers[TIER_COUNT]);
void sequence_reader_free(struct sequence_reader *reader);

/**
 * Goes on to a document, whose positions (store/positions.h) come from `source`, and must live
 * until the next value is asked for. With a database, the document's own list of terms is asked
 * where a slot has very many; `db` may be NULL.
 */
void sequence_reader_open(struct sequence_reader *reader, xc_database *db, uint32_t docid,
	value_source source, void *context);

/** The positions of any of a slot's terms. Errors: CORRUPT; the store's. */
lupe_status sequence_read_slot(struct sequence_reader *reader, const struct slot *slot,
	struct position_list *ret, struct lupe_error *err);

/** The positions at which a sequence begins; if it has a window, all positions in windows that
 * hold every slot. Parts may stand in one compound of the text, at one position, but slots that
 * share terms need a position each. Errors: as above. */
lupe_status sequence_read(struct sequence_reader *reader, const struct sequence *sequence,
	struct position_list *ret, struct lupe_error *err);

/** Whether it stands anywhere; `scratch` is the caller's, for reuse. Errors: as above. */
lupe_status sequence_stands(struct sequence_reader *reader, const struct sequence *sequence,
	struct position_list *scratch, bool *ret, struct lupe_error *err);

#endif
