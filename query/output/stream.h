/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Every hit of an answer, one after the other, with where it stands and what is around it: common
 * to the forms that print all hits.
 */
#ifndef LUPE_QUERY_STREAM_H
#define LUPE_QUERY_STREAM_H

#include "query/concordance.h"
#include "query/output/output.h"
#include "query/places.h"

struct occurrence {
	size_t rank; /**< of its document, from 1 */
	uint32_t docid;
	const struct record_fields *fields;
	const struct place *place;
	struct where where;
	struct span heading;             /**< empty unless asked for */
	const struct concordance *words; /**< NULL unless asked for */
};

struct stream_options {
	bool heading;
	bool words;
	size_t width; /**< of the words around */
};

/** Takes one hit; what it points to is valid during the call. */
typedef lupe_status (*stream_take)(
	void *context, const struct occurrence *occurrence, struct lupe_error *err);

/** Calls `take` for each hit of each document with all words, at most -m of a document, in the
    order of the list and of the texts. Errors: the store's, `take`'s. */
lupe_status stream_hits(const struct answer *answer, const struct stream_options *options,
	stream_take take, void *context, struct lupe_error *err);

#endif
