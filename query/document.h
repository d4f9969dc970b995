/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Where the words of a query stand in one document.
 *
 *   document_open -> hits by position (from the position lists, no text is read)
 *                 -> document_locate -> places: bytes and lines, of the hits that are shown
 *
 * A reader is reused over documents; what it gives out is valid until the next document_open.
 */
#ifndef LUPE_QUERY_DOCUMENT_H
#define LUPE_QUERY_DOCUMENT_H

#include "query/surface.h"
#include "store/record.h"

/** A word or phrase of the query in the document. */
struct hit {
	uint32_t position; /**< of its first word */
	uint16_t words;    /**< how many words it covers */
	uint16_t leaf;     /**< index in plan.leaves */
	uint32_t match;    /**< of a regular expression: which; its position is approximate */
};

struct place {
	uint32_t begin, end; /**< bytes in the document's text */
	uint32_t line;       /**< of `begin`, from 1 */
	uint32_t frame;
	uint16_t leaf;
	uint8_t via;     /**< enum via: the weakest of its words */
	bool as_written; /**< every word stands as in the query, but for case and ß */
};

struct document;

struct document *document_new(xc_database *db, struct analyser *analyser);
void document_free(struct document *document);

/** Reads the document's record head and, for the plan's positive leaves, its hits, those of exact
    leaves verified in the text. Errors: the store's, CORRUPT. */
lupe_status document_open(
	struct document *document, uint32_t docid, const struct plan *plan, struct lupe_error *err);
/** The same as far as it takes to decide about the document: behind it, only document_matches,
    document_matches_any and document_value may be asked. */
lupe_status document_check(
	struct document *document, uint32_t docid, const struct plan *plan, struct lupe_error *err);
/** Goes on to a document for its path alone, which is valid until the next one: reads no text,
   unless the path is very long. Errors: as document_open. */
lupe_status document_path(
	struct document *document, uint32_t docid, struct span *ret, struct lupe_error *err);
const struct record_fields *document_fields(const struct document *document);
/** A value of the document, empty if it has none; valid until the next document_open. */
lupe_status document_value(
	struct document *document, uint32_t slot, struct span *ret, struct lupe_error *err);
/** Hits in order of position; of those at one position the longest first. */
const struct hit *document_hits(const struct document *document, size_t *ret_count);
/** Whether the document has what the tree of a plan to be verified asks for. This is what decides:
    a store query finds the same documents, or more (node->loose). */
bool document_matches(const struct document *document, const struct node *root);
/** The same where any word of several side by side will do (MATCH_ANY). */
bool document_matches_any(const struct document *document, const struct node *root);

/** Finds the places of `count` hits from `first` on; `ret` has room for them. */
lupe_status document_locate(struct document *document, size_t first, size_t count,
	struct place *ret, struct lupe_error *err);
/** The text of a frame and where it begins in the document's text; valid as record.h says. */
lupe_status document_frame(struct document *document, size_t frame, struct span *ret_text,
	uint32_t *ret_begin, struct lupe_error *err);
/** Appends bytes [begin, end) of the text to `ret`; an end behind the text's is the text's. */
lupe_status document_range(struct document *document, uint32_t begin, uint32_t end, struct buf *ret,
	struct lupe_error *err);
/** Size of the text in bytes. */
size_t document_bytes(const struct document *document);
/** Its blocks, in order. */
const struct block *document_blocks(const struct document *document, size_t *ret_count);
/** The stretch [*ret_begin, *ret_end) around a byte that reads on: a heading, a row, a note, or
    running text, over pages. */
void document_stretch(
	const struct document *document, uint32_t at, uint32_t *ret_begin, uint32_t *ret_end);
/** The block that holds a byte, by number; SIZE_MAX if there are none. */
size_t document_block_of(const struct document *document, uint32_t at);
/** The hits [*ret_first, result) whose first word may stand in bytes [begin, end): all that do, and
    others of the frames they are in. */
size_t document_hits_near(
	const struct document *document, uint32_t begin, uint32_t end, size_t *ret_first);
/** Order of the text: by begin, then the longer first. Hits of one position begin at different
    bytes (EU-Länder, and the Länder in it), so places come in another order than hits. */
void places_sort(struct place *places, size_t count);

#endif
