/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the last run over an index came to: a small file of `key value` lines, for `status`, and for
 * --cron to know what was told before. It is no part of the index: without it, nothing is known.
 */
#ifndef LUPE_INDEXER_LAST_RUN_H
#define LUPE_INDEXER_LAST_RUN_H

#include "indexer/report.h"
#include "lupe/status.h"

struct last_run {
	char finished[24]; /**< UTC, ISO 8601; "" if nothing is known */
	double seconds;
	int exit;
	uint64_t new_files, changed, moved, removed, newly_failed;
	char error[sizeof(((struct lupe_error *)0)->message)]; /**< message of a run that ended with
								  one, else "" */
};

/** Reads that of an index folder; all zero if there is none. */
void last_run_read(const char *folder, struct last_run *ret);
/** Writes it. A folder that cannot be written has no last run. */
void last_run_write(const char *folder, const struct report *report, int exit, const char *error);

#endif
