/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The inside of a document being read: shared by document.c, hits.c and locate.c, nobody else.
 */
#ifndef LUPE_QUERY_DOCUMENT_INTERNAL_H
#define LUPE_QUERY_DOCUMENT_INTERNAL_H

#include "query/document.h"
#include "query/sequence.h"

struct hit_list {
	struct hit *items;
	size_t count, capacity;
};

struct document {
	xc_database *db;
	struct analyser *analyser;
	struct record *record;
	xc_document *handle;
	uint32_t docid;
	const struct plan *plan;
	struct hit_list hits;
	bool *leaf_found; /* by leaf index, negative leaves too */
	bool *leaf_known; /* by leaf index: decided without the text */
	size_t leaf_room;
	/* where the last locating stopped: windows of one frame are located one after the other */
	struct analyser_mark mark;
	size_t mark_frame; /* SIZE_MAX: nowhere */
	const char *mark_text;
	struct place *matches; /* of regular expressions, in order of the text */
	size_t match_count, match_capacity;
	struct sequence_reader *sequences;
	struct position_list found;
};

/** The frame that holds a byte of the text. */
size_t document_frame_of_byte(const struct document *document, uint32_t at);

/** Adds the hits of one leaf, unsorted. (hits.c) */
lupe_status hits_read(struct document *document, const struct leaf *leaf, struct lupe_error *err);

/** Adds the matches of a leaf's regular expression, as hits and as places. (matches.c) */
lupe_status matches_read(
	struct document *document, const struct leaf *leaf, struct lupe_error *err);

#endif
