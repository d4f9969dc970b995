/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Members of a ZIP archive by their names, inflated piece by piece. Nothing is ever written to
 * disk, so names mean nothing but themselves; of two members of one name the first counts.
 */
#ifndef LUPE_INDEXER_EXTRACT_ZIP_H
#define LUPE_INDEXER_EXTRACT_ZIP_H

#include "base/buf.h"
#include "lupe/status.h"

struct zip;

/** Opens an archive in memory that must outlive it. Errors: ARGUMENT (none, or damaged), LIMIT. */
lupe_status zip_open(struct span bytes, struct zip **ret, struct lupe_error *err);
void zip_close(struct zip *zip);

bool zip_has(const struct zip *zip, struct span name);
/** The member number `i` in the order of the archive; false behind the last. */
bool zip_name(const struct zip *zip, size_t i, struct span *ret_name);
/** Goes to the begin of a member, which zip_next then gives. Cheap for members read in the order of
    the archive. Errors: NOT_FOUND (no such member), ARGUMENT (damaged, encrypted). */
lupe_status zip_begin(struct zip *zip, struct span name, struct lupe_error *err);
/** The next piece of the member, valid until the next call; LUPE_END behind the last. Errors:
    ARGUMENT (damaged), LIMIT (of all that was read). */
lupe_status zip_next(struct zip *zip, struct span *ret, struct lupe_error *err);
/** Appends a member to `ret`. Errors: as zip_begin and zip_next. */
lupe_status zip_read_whole(
	struct zip *zip, struct span name, struct buf *ret, struct lupe_error *err);
/** Whether the member that was begun last, or could not be, is encrypted. */
bool zip_met_encryption(const struct zip *zip);

#endif
