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

/** What takes a member's bytes; anything but LUPE_OK ends the reading and is passed on. */
typedef lupe_status zip_sink(void *data, struct span bytes, struct lupe_error *err);

/** Opens an archive in memory that must outlive it. Errors: ARGUMENT (none, or damaged), LIMIT. */
lupe_status zip_open(struct span bytes, struct zip **ret, struct lupe_error *err);
void zip_close(struct zip *zip);

bool zip_has(const struct zip *zip, struct span name);
/** The member number `i` in the order of the archive; false behind the last. */
bool zip_name(const struct zip *zip, size_t i, struct span *ret_name);
/** Gives a member to `sink`. Cheap for members read in the order of the archive. Errors: NOT_FOUND
    (no such member), ARGUMENT (damaged, encrypted), LIMIT (of all that was read), the sink's. */
lupe_status zip_read(
	struct zip *zip, struct span name, zip_sink *sink, void *data, struct lupe_error *err);
/** Appends a member to `ret`. Errors: as zip_read. */
lupe_status zip_read_whole(
	struct zip *zip, struct span name, struct buf *ret, struct lupe_error *err);
/** Whether the member that was read last, or could not be, is encrypted. */
bool zip_met_encryption(const struct zip *zip);

#endif
