/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the store knows of words that are only found as written.
 *
 * Whether `*ung` or `=Kurse` stands in a document, its exact forms tell, without its text; only
 * forms that are their own stem (`sprung`), which have no term of their own, have to be looked for.
 */
#ifndef LUPE_QUERY_KNOWN_H
#define LUPE_QUERY_KNOWN_H

#include "query/plan_internal.h"

/** For a plan that is verified: lists, for each leaf of which it can be told, the documents that
    answer it, and those that have to be looked into. */
lupe_status known_make(struct planner *p);

enum known { KNOWN_NOTHING, KNOWN_FOUND, KNOWN_MISSING };
/** What is known of a document; KNOWN_NOTHING: its text has to tell. */
enum known known_of(const struct leaf *leaf, uint32_t docid);

/** Whether a document is among them. */
bool docids_hold(struct docids list, uint32_t docid);

#endif
