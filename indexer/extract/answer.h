/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A document on its way from lupe-extract to lupe-index.
 *
 *   answer := FIELD* DATE? PAGES? LABELS* PICTURES* TEXT* BLOCKS* END
 *           | any beginning of that, ERROR
 *
 * Whoever reads a document may have been taken over by it. So nothing in an answer is believed:
 * lengths, order, numbers, encoding are checked, and what comes out is a document that keeps the
 * promises of document.h, whatever came in.
 */
#ifndef LUPE_INDEXER_EXTRACT_ANSWER_H
#define LUPE_INDEXER_EXTRACT_ANSWER_H

#include "indexer/document.h"
#include "indexer/extract/protocol.h"

enum answer_field {
	ANSWER_TITLE,
	ANSWER_AUTHOR,
	ANSWER_BODY,
	ANSWER_LANGUAGE,
	ANSWER_NOTICE,
	ANSWER_FIELDS,
};

/* Bits of `flags` in PAGES (the first and the third) and ERROR (the second). */
enum { ANSWER_IMAGE_ONLY = 1, ANSWER_ENCRYPTED = 2, ANSWER_NAME_REFUSED = 4 };

/* ---- lupe-extract's side ---- */

/** Sends a document. Errors: IO. */
lupe_status answer_send(int socket, const struct document *document, struct lupe_error *err);
/** Sends why there is none; of `document` only its flags. Errors: IO. */
lupe_status answer_send_error(int socket, const struct document *document,
	const struct lupe_error *reason, struct lupe_error *err);

/* ---- lupe-index's side ---- */

/** An answer being read. */
struct answer {
	struct document *document;
	uint8_t stage;   /**< the last type of message, as its place in the order */
	unsigned fields; /**< bits of the fields that have come */
};

/** Starts reading an answer into `document`, which is cleared. */
void answer_start(struct answer *answer, struct document *document);
/**
 * Takes the next message. LUPE_OK: there is more to come; LUPE_END: the document is complete but
 * for its type, and for a title if it has none. Errors: ARGUMENT, LIMIT: the file cannot be read,
 * and why; CORRUPT: no lupe-extract in its right mind says such a thing. After an error the
 * document is of no use, but for `encrypted`.
 */
lupe_status answer_take(
	struct answer *answer, const struct message *message, struct lupe_error *err);

#endif
