/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Counts the terms of one document: how often each stands there, and where.
 */
#ifndef LUPE_INDEXER_COUNTER_H
#define LUPE_INDEXER_COUNTER_H

#include "lupe/xapian-c.h"
#include "store/positions.h"
#include "text/analyser.h"

struct counter;

struct counter *counter_new(void);
void counter_free(struct counter *counter);

/** Forgets the document before. `ids_gone`: the analyser gives its term ids anew. */
void counter_start(struct counter *counter, bool ids_gone);

/** Counts the terms of words of the text, as `analyser` read them; positions rise from word to
 * word. */
void counter_add_words(struct counter *counter, const struct analyser *analyser,
	const struct read_word *words, size_t count);

/** Counts a term of the title: `extra` more of it, without a position. Whether it is the first
 * time in this document. */
bool counter_add_title(struct counter *counter, const struct analyser *analyser,
	const struct term *term, uint32_t extra);

/** Adds a term that stands nowhere: prefix and text, both copied. */
void counter_add_own(struct counter *counter, const char *prefix, struct span text, uint32_t wdf);

/**
 * Ends the document: its terms in the order of bytes, and their positions as values (see
 * store/positions.h). Both are valid until the next start. Terms added by counter_add_own() may
 * stand there twice.
 */
const struct xc_posting *counter_finish(struct counter *counter, size_t *ret_count,
	const struct xc_value **ret_positions, size_t *ret_position_count);

#endif
