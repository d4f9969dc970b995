/* SPDX-License-Identifier: GPL-2.0-or-later */
/** From Lupe's runs of bytes to those of xapian-c. */
#ifndef LUPE_INDEXER_BYTES_H
#define LUPE_INDEXER_BYTES_H

#include "base/span.h"
#include "lupe/xapian-c.h"

static inline struct xc_bytes bytes_of(struct span s)
{
	return (struct xc_bytes){s.ptr, s.len};
}

#endif
