/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * For fuzzing readers of archives: a ZIP of members that stand in one readable input, each behind
 * a line "==> name"; what stands before the first such line is the member `main`.
 */
#ifndef LUPE_TESTS_FUZZ_MEMBERS_H
#define LUPE_TESTS_FUZZ_MEMBERS_H

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/buf.h"

static void add_member(struct archive *archive, const char *name, struct span content)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (la_int64_t)content.len);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	if (archive_write_header(archive, entry) == ARCHIVE_OK)
		archive_write_data(archive, content.ptr, content.len);
	archive_entry_free(entry);
}

/* The end of a member: where a line "==> " begins, or `end`. */
static const char *member_end(const char *at, const char *end)
{
	for (const char *line = at; line && line < end;) {
		if (end - line > 4 && memcmp(line, "==> ", 4) == 0)
			return line;
		line = memchr(line, '\n', (size_t)(end - line));
		line = line ? line + 1 : NULL;
	}
	return end;
}

static void members_to_zip(struct span input, const char *main_member, struct buf *ret)
{
	const char *at = input.ptr, *end = input.ptr + input.len;
	size_t capacity = input.len + 4096 + input.len * 40, used = 0;
	struct archive *archive = archive_write_new();
	char name[100];

	buf_reserve(ret, capacity);
	archive_write_set_format_zip(archive);
	archive_write_set_options(archive, "zip:compression=store");
	archive_write_open_memory(archive, ret->ptr, capacity, &used);
	const char *next = member_end(at, end);
	if (next > at)
		add_member(archive, main_member, span_from(at, next));
	for (at = next; at < end; at = next) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		if (!line_end)
			break;
		snprintf(name, sizeof(name), "%.*s", (int)(line_end - at - 4), at + 4);
		next = member_end(line_end + 1, end);
		add_member(archive, name, span_from(line_end + 1, next));
	}
	archive_write_close(archive);
	archive_write_free(archive);
	ret->len = used;
}

#endif
