/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Values with a checksum in front: those of which Xapian, which has none, would give back other
 * bytes after a fault of the disk, and nobody would see it.
 *
 *   sealed := 4 bytes, little-endian: the low half of hash64 of the rest; the rest
 *
 * Nothing is sealed as nothing. The checksum serves for one thing more: Xapian keeps the least and
 * the greatest value of a slot and writes them anew with each commit; so they are just any two, not
 * those of the largest document.
 */
#ifndef LUPE_STORE_SEAL_H
#define LUPE_STORE_SEAL_H

#include "base/buf.h"
#include "lupe/xapian-c.h"

enum { SEAL_BYTES = 4 };

/** Writes the checksum of what follows into the first SEAL_BYTES of `len` at `sealed`. */
void seal_fill(char *sealed, size_t len);

/** Replaces what is in `out` by `body`, sealed, and returns it. */
struct span seal(struct buf *out, struct span body);

/** What was sealed; it points into `sealed`. Errors: CORRUPT. */
lupe_status seal_open(struct span sealed, struct span *ret_body, struct lupe_error *err);

/** Gives what is sealed in a slot of one document, opened; empty if nothing is. It is valid as long
 * as the document that `context` stands for. Errors: CORRUPT; the store's. */
typedef lupe_status (*value_source)(
	void *context, uint32_t slot, struct span *ret_body, struct lupe_error *err);

/** A value_source; `document` is an xc_document. */
lupe_status sealed_value(
	void *document, uint32_t slot, struct span *ret_body, struct lupe_error *err);

#endif
