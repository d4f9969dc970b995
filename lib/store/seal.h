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

/** Replaces what is in `out` by `body`, sealed, and returns it. */
struct span seal(struct buf *out, struct span body);

/** What was sealed; it points into `sealed`. Errors: CORRUPT. */
lupe_status seal_open(struct span sealed, struct span *ret_body, struct lupe_error *err);

/** The sealed value in a document's slot, opened; valid until the document is closed. Errors:
 * CORRUPT; the store's. */
lupe_status sealed_value(
	xc_document *document, uint32_t slot, struct span *ret_body, struct lupe_error *err);

#endif
