/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Letting a group read an index. What is shared is seen from the folder's mode alone. */
#ifndef LUPE_INDEXER_SHARE_H
#define LUPE_INDEXER_SHARE_H

#include "indexer/folder.h"
#include "indexer/readers.h"

/** Who may read the index when a run with these options is over; nobody else than the owner counts
    if files that are private are asked for. Errors: ARGUMENT (no such group). */
lupe_status share_readers(const struct folder *folder, const struct options *options,
	struct readers *ret, struct lupe_error *err);

/** Makes what the run writes readable for those who will get into the folder (by its umask). */
void share_begin(const struct folder *folder, const struct options *options);
/** With --group, makes the folder and all in it the group's to read; when what the group must not
    read is out of it. Errors: ARGUMENT, IO. */
lupe_status share_end(
	const struct folder *folder, const struct options *options, struct lupe_error *err);

#endif
