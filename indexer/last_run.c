/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of the last run. Who is told what of it is for write.c and status.c. */
#include "indexer/last_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define LAST_RUN_FILE "last-run"
enum { LIMIT_BYTES = 8192 };

static const struct {
	const char *name;
	size_t offset;
} numbers[] = {
	{"new", offsetof(struct last_run, new_files)},
	{"changed", offsetof(struct last_run, changed)},
	{"moved", offsetof(struct last_run, moved)},
	{"removed", offsetof(struct last_run, removed)},
	{"newly_failed", offsetof(struct last_run, newly_failed)},
};
enum { NUMBER_COUNT = sizeof(numbers) / sizeof(numbers[0]) };

/* ---- reading ---- */

static void copy_text(char *ret, size_t size, struct span text)
{
	if (text.len < size) {
		memcpy(ret, text.ptr, text.len);
		ret[text.len] = '\0';
	}
}

/* `value` ends where the line ends, which is no digit. */
static void read_line(struct last_run *ret, struct span name, struct span value)
{
	if (span_equal(name, SPAN("finished")))
		copy_text(ret->finished, sizeof(ret->finished), value);
	else if (span_equal(name, SPAN("error")))
		copy_text(ret->error, sizeof(ret->error), value);
	else if (span_equal(name, SPAN("milliseconds")))
		ret->seconds = (double)strtoull(value.ptr, NULL, 10) / 1000;
	else if (span_equal(name, SPAN("exit")))
		ret->exit = (int)strtol(value.ptr, NULL, 10);
	for (size_t i = 0; i < NUMBER_COUNT; i++) {
		uint64_t number = strtoull(value.ptr, NULL, 10);

		if (span_equal(name, span_of(numbers[i].name)))
			memcpy((char *)ret + numbers[i].offset, &number, sizeof(number));
	}
}

void last_run_read(const char *folder, struct last_run *ret)
{
	char *path = path_join(folder, LAST_RUN_FILE);
	BUF_SCOPED(text);

	*ret = (struct last_run){0};
	if (file_read(path, LIMIT_BYTES, &text, NULL) == LUPE_OK) {
		struct span rest = buf_span(&text);

		while (rest.ptr) {
			struct span value = span_take(&rest, '\n');
			struct span name = span_take(&value, ' ');

			if (value.ptr)
				read_line(ret, name, value);
		}
	}
	free(path);
}

/* ---- writing ---- */

void last_run_write(const char *folder, const struct report *report, int exit, const char *error)
{
	char *path = path_join(folder, LAST_RUN_FILE);
	char finished[REPORT_TIME_BYTES];
	BUF_SCOPED(text);

	report_time(finished);
	buf_printf(&text, "finished %s\nmilliseconds %.0f\nexit %d\n", finished,
		(report_clock() - report->start) * 1000, exit);
	buf_printf(&text,
		"new %" PRIu64 "\nchanged %" PRIu64 "\nmoved %" PRIu64 "\nremoved %" PRIu64
		"\nnewly_failed %" PRIu64 "\n",
		report->new_files, report->changed, report->moved, report->removed,
		report->newly_failed);
	if (*error && !strchr(error, '\n'))
		buf_printf(&text, "error %s\n", error);
	file_replace(path, buf_span(&text), 0600, NULL);
	free(path);
}
