/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and numbers for people. Everything but the summary goes to stderr. */
#include "indexer/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "text/harmless.h"

#define SHOW_INTERVAL_S 0.2
#define MB 1e6

double report_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void report_start(struct report *report, const struct options *options)
{
	const char *terminal = getenv("TERM");

	*report = (struct report){.options = options, .start = report_clock()};
	report->on_terminal = !options->quiet && isatty(STDERR_FILENO) && terminal &&
			      strcmp(terminal, "dumb") != 0;
}

static void clear_line(struct report *report)
{
	if (report->last_shown > 0)
		fputs("\r\033[K", stderr);
	report->last_shown = 0;
}

void report_end(struct report *report)
{
	clear_line(report);
	report->on_terminal = false;
}

void report_work(struct report *report, uint64_t files, uint64_t bytes)
{
	report->work_files = files;
	report->work_bytes = bytes;
}

void report_done(struct report *report, uint64_t bytes)
{
	report->done_files++;
	report->done_bytes += bytes;
	if (!report->on_terminal)
		return;
	double now = report_clock();
	if (now - report->last_shown < SHOW_INTERVAL_S)
		return;
	report->last_shown = now;
	double done = (double)report->done_bytes / MB;
	fprintf(stderr, "\r\033[K%" PRIu64 " of %" PRIu64 " files, %.0f of %.0f MB, %.1f MB/s",
		report->done_files, report->work_files, done, (double)report->work_bytes / MB,
		done / (now - report->start));
	fflush(stderr);
}

void report_phase(struct report *report, const char *phase)
{
	if (!report->on_terminal)
		return;
	report->last_shown = report_clock();
	fprintf(stderr, "\r\033[K%s ...", phase);
	fflush(stderr);
}

void report_file(struct report *report, const char *what, struct span path, struct span note)
{
	if (!report->options->verbose)
		return;
	clear_line(report);
	fprintf(stderr, "%s ", what);
	print_harmless(stderr, path);
	if (note.len)
		fprintf(stderr, ": %.*s", SPAN_ARG(note));
	fputc('\n', stderr);
}

void report_problem(struct report *report, struct span path, const char *reason)
{
	clear_line(report);
	fputs("lupe-index: ", stderr);
	print_harmless(stderr, path);
	fprintf(stderr, ": %s\n", reason);
}

static void print_duration(double seconds)
{
	if (seconds < 9.95)
		printf("%.1f s", seconds);
	else if (seconds < 119.5)
		printf("%.0f s", seconds);
	else
		printf("%d min %02d s", (int)(seconds + 0.5) / 60, (int)(seconds + 0.5) % 60);
}

void report_summary(struct report *report, const struct manifest *manifest)
{
	report_end(report);
	if (report->options->quiet)
		return;
	printf("%" PRIu64 " files: %" PRIu64 " searchable, %" PRIu64 " without text, %" PRIu64
	       " failed",
		manifest->files, manifest->searchable, manifest->no_text, manifest->failed);
	if (report->new_files + report->changed + report->removed)
		printf("; %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " removed",
			report->new_files, report->changed, report->removed);
	else
		printf("; unchanged");
	if (report->other_types)
		printf("; %" PRIu64 " of other types not read", report->other_types);
	printf(" — ");
	print_duration(report_clock() - report->start);
	putchar('\n');
}
