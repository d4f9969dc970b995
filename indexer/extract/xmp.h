/* SPDX-License-Identifier: GPL-2.0-or-later */
/** XMP: what a PDF says of itself in XML, beside or in place of its Info dictionary. */
#ifndef LUPE_INDEXER_EXTRACT_XMP_H
#define LUPE_INDEXER_EXTRACT_XMP_H

#include "base/buf.h"

/** Empty where the packet does not say it. */
struct xmp {
	struct buf title;   /**< in the default language */
	struct buf author;  /**< the first */
	struct buf created; /**< when the document was made: "2019-05-14T08:00:00+02:00" or less */
};

/** Reads a packet, which may be broken: what stands before the fault counts. Zero `ret` first; end
    with xmp_done. */
void xmp_read(struct span packet, struct xmp *ret);
void xmp_done(struct xmp *xmp);

#endif
