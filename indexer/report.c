/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and numbers for people. Everything but the summary goes to stderr. */
#include "indexer/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "indexer/plan.h"
#include "text/harmless.h"

enum { BAR_CELLS = 20 };
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
	report->work_start = report_clock();
}

/* Filled in proportion, with the end in eighths of a cell. */
static void print_bar(FILE *out, double part)
{
	static const char *const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	int filled = (int)(part * BAR_CELLS * 8);

	fputs("▕", out);
	for (int i = 0; i < BAR_CELLS; i++) {
		int rest = filled - i * 8;

		fputs(rest >= 8 ? "█" : eighths[rest > 0 ? rest : 0], out);
	}
	fputs("▏", out);
}

static void print_progress(const struct report *report, double elapsed)
{
	double done = (double)report->done_bytes, all = (double)report->work_bytes;
	double part = all > 0 ? done / all : 1;

	fputs("\r\033[K", stderr);
	print_bar(stderr, part < 1 ? part : 1);
	fprintf(stderr, " %" PRIu64 "/%" PRIu64 " files  %.0f/%.0f MB  %.1f MB/s",
		report->done_files, report->work_files, done / MB, all / MB, done / MB / elapsed);
	if (part > 0 && part < 1 && elapsed > 1) {
		int left = (int)(elapsed * (1 - part) / part + 0.5);

		fprintf(stderr, "  %d:%02d left", left / 60, left % 60);
	}
	fflush(stderr);
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
	print_progress(report, now - report->work_start);
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
	if (note.len) {
		fputs(": ", stderr);
		print_harmless(stderr, note);
	}
	fputc('\n', stderr);
}

void report_move(struct report *report, struct span path, struct span from)
{
	BUF_SCOPED(note);

	buf_printf(&note, "was %.*s", SPAN_ARG(from));
	report_file(report, "moved", path, buf_span(&note));
}

void report_problem(struct report *report, struct span path, const char *reason)
{
	clear_line(report);
	fputs("lupe-index: ", stderr);
	print_harmless(stderr, path);
	fputs(": ", stderr);
	print_harmless(stderr, span_of(reason));
	fputc('\n', stderr);
}

static void print_duration(FILE *out, double seconds)
{
	if (seconds < 9.95)
		fprintf(out, "%.1f s", seconds);
	else if (seconds < 119.5)
		fprintf(out, "%.0f s", seconds);
	else
		fprintf(out, "%d min %02d s", (int)(seconds + 0.5) / 60, (int)(seconds + 0.5) % 60);
}

static void print_summary(FILE *out, const struct report *report, const struct manifest *manifest)
{
	fprintf(out,
		"%" PRIu64 " files: %" PRIu64 " searchable, %" PRIu64 " without text, %" PRIu64
		" failed",
		manifest->files, manifest->searchable, manifest->no_text, manifest->failed);
	if (report->new_files + report->changed + report->moved + report->removed)
		fprintf(out, "; %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " removed",
			report->new_files, report->changed, report->removed);
	else
		fprintf(out, "; unchanged");
	if (report->moved)
		fprintf(out, ", %" PRIu64 " moved", report->moved);
	if (report->other_types)
		fprintf(out, "; %" PRIu64 " of other types not read", report->other_types);
	fprintf(out, " — ");
	print_duration(out, report_clock() - report->start);
	fputc('\n', out);
}

void report_summary(struct report *report, const struct manifest *manifest)
{
	report_end(report);
	if (!report->options->quiet)
		print_summary(stdout, report, manifest);
}

void report_time(char ret[REPORT_TIME_BYTES])
{
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	strftime(ret, REPORT_TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

void report_log(struct report *report, const struct manifest *manifest, int exit, const char *error)
{
	const char *path = report->options->log_file;
	FILE *log = fopen(path, "ae");
	char now[REPORT_TIME_BYTES];

	report_time(now);
	if (log) {
		fprintf(log, "%s exit %d: ", now, exit);
		if (error) {
			print_harmless(log, span_of(error));
			fputc('\n', log);
		} else {
			print_summary(log, report, manifest);
		}
	}
	if (!log || fclose(log) != 0)
		report_problem(report, span_of(path), strerror(errno));
}

/* ---- what would be done ---- */

/* Moved files are read for their hash alone, and are not counted as read. */
static uint64_t list_files(struct report *report, const struct plan *plan, size_t *ret_fresh)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < plan->file_count; i++) {
		const struct work *work = &plan->files[i];
		bool fresh = !work->entry->known && !work->was;

		*ret_fresh += fresh;
		bytes += work->was ? 0 : work->file->size;
		if (work->was)
			report_move(report, work->file->path, work->was->path);
		else
			report_file(
				report, fresh ? "new" : "to be read", work->file->path, SPAN(""));
	}
	return bytes;
}

void report_dry_run(struct report *report, const struct plan *plan)
{
	size_t fresh = 0;
	uint64_t bytes = list_files(report, plan, &fresh);

	for (size_t i = 0; i < plan->folder_count; i++)
		report_problem(report, plan->folders[i]->path, strerror(plan->folders[i]->error));
	for (size_t i = 0; i < plan->gone_count; i++)
		if (!plan->gone[i]->elsewhere)
			report_file(report, "gone", plan->gone[i]->path, SPAN(""));
	if (report->options->quiet)
		return;
	printf("nothing written; %zu new, %zu to be read again, %zu gone", fresh,
		plan->file_count - plan->moved_count - fresh, plan->gone_count - plan->moved_count);
	if (plan->moved_count)
		printf(", %zu moved", plan->moved_count);
	printf("; %.1f MB to read\n", (double)bytes / MB);
}
