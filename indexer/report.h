/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a run tells: a progress line on a terminal, one line for each file that newly fails, one
 * summary line.
 */
#ifndef LUPE_INDEXER_REPORT_H
#define LUPE_INDEXER_REPORT_H

#include <stdint.h>

#include "base/span.h"
#include "indexer/options.h"
#include "lupe/status.h"
#include "store/manifest.h"

struct plan;

struct report {
	const struct options *options;
	uint64_t new_files, changed, moved, removed, newly_failed;
	uint64_t other_types; /**< files that are not read */
	/* progress */
	bool on_terminal;
	uint64_t work_files, work_bytes;
	uint64_t done_files, done_bytes;
	double start, work_start, last_shown; /**< seconds */
};

enum { REPORT_TIME_BYTES = 24 };
/** The time of day: UTC, ISO 8601. */
void report_time(char ret[REPORT_TIME_BYTES]);
/** Seconds of a clock that only goes forward. */
double report_clock(void);

void report_start(struct report *report, const struct options *options);
/** So much is to be read. */
void report_work(struct report *report, uint64_t files, uint64_t bytes);
/** A file of so many bytes is dealt with. */
void report_done(struct report *report, uint64_t bytes);
/** What is under way besides reading files; for the progress line. */
void report_phase(struct report *report, const char *phase);
/** With --verbose: "new berichte/a.md: read as Windows-1252". The note may be empty. */
void report_file(struct report *report, const char *what, struct span path, struct span note);
/** The same of a moved file: "moved neu/a.md: was alt/a.md". */
void report_move(struct report *report, struct span path, struct span from);
/** A line on stderr about a path. */
void report_problem(struct report *report, struct span path, const char *reason);
/** Ends the progress line and, unless --quiet, prints the summary. */
void report_summary(struct report *report, const struct manifest *manifest);
/** Appends a line to the file of --log: time, exit status, and the summary or else `error`. A file
    that cannot be written is told on stderr. */
void report_log(
	struct report *report, const struct manifest *manifest, int exit, const char *error);
/** What --dry-run found: a line for each file with --verbose, and one in sum. */
void report_dry_run(struct report *report, const struct plan *plan);
/** Ends the progress line. */
void report_end(struct report *report);

#endif
