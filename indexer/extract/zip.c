/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Members over libarchive, which knows an archive as a sequence. A first pass takes the names; to
 * read a member the sequence is followed to its place, from the begin again if that has been
 * passed. Only archives with a directory at their end are read: without it they are cut short.
 */
#include "indexer/extract/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "indexer/extract/limits.h"

struct zip {
	struct span bytes;
	struct archive *archive;
	struct archive_entry *entry;
	size_t next; /* number of the member that `archive` comes to next */
	struct arena arena;
	struct span *names;
	size_t count, capacity;
	size_t inflated; /* bytes, of all that was read */
	bool met_encryption;
};

void zip_close(struct zip *zip)
{
	if (!zip)
		return;
	archive_read_free(zip->archive);
	arena_done(&zip->arena);
	free(zip->names);
	free(zip);
}

static lupe_status fail_damaged(struct zip *zip, const char *what, struct lupe_error *err)
{
	const char *detail = archive_error_string(zip->archive);

	return lupe_fail(
		err, LUPE_ERROR_ARGUMENT, "%s%s%s", what, detail ? ": " : "", detail ? detail : "");
}

/* To the begin of the sequence. */
static lupe_status rewind_archive(struct zip *zip, struct lupe_error *err)
{
	archive_read_free(zip->archive);
	zip->next = 0;
	zip->archive = archive_read_new();
	if (!zip->archive)
		return lupe_fail(err, LUPE_ERROR_MEMORY, "out of memory");
	archive_read_support_format_zip_seekable(zip->archive);
	if (archive_read_open_memory(zip->archive, zip->bytes.ptr, zip->bytes.len) != ARCHIVE_OK)
		return fail_damaged(zip, "no ZIP archive, or cut short", err);
	return LUPE_OK;
}

/* The next member; LUPE_END behind the last. */
static lupe_status next_member(struct zip *zip, struct lupe_error *err)
{
	int result = archive_read_next_header(zip->archive, &zip->entry);

	if (result == ARCHIVE_EOF)
		return LUPE_END;
	if (result < ARCHIVE_WARN)
		return fail_damaged(zip, "damaged ZIP archive", err);
	zip->next++;
	return LUPE_OK;
}

static struct span member_name(struct zip *zip)
{
	const char *name = archive_entry_pathname_utf8(zip->entry);

	if (!name)
		name = archive_entry_pathname(zip->entry);
	return span_of(name ? name : "");
}

static lupe_status read_names(struct zip *zip, struct lupe_error *err)
{
	lupe_status st;

	while ((st = next_member(zip, err)) == LUPE_OK) {
		if (zip->count == LIMIT_MEMBERS)
			return lupe_fail(err, LUPE_ERROR_LIMIT,
				"more than %d members in the archive", LIMIT_MEMBERS);
		ARRAY_GROW(zip->names, zip->count, zip->capacity);
		zip->names[zip->count++] = arena_copy(&zip->arena, member_name(zip));
	}
	return st < 0 ? st : LUPE_OK;
}

lupe_status zip_open(struct span bytes, struct zip **ret, struct lupe_error *err)
{
	struct zip *zip;
	lupe_status st;

	if (bytes.len == 0)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "an empty file");
	zip = mem_zalloc(sizeof(*zip));
	zip->bytes = bytes;
	st = rewind_archive(zip, err);
	if (st == LUPE_OK)
		st = read_names(zip, err);
	if (st < 0) {
		zip_close(zip);
		return st;
	}
	*ret = zip;
	return LUPE_OK;
}

bool zip_name(const struct zip *zip, size_t i, struct span *ret_name)
{
	if (i >= zip->count)
		return false;
	*ret_name = zip->names[i];
	return true;
}

/* The number of the first member of a name; zip->count if there is none. */
static size_t find(const struct zip *zip, struct span name)
{
	for (size_t i = 0; i < zip->count; i++)
		if (span_equal(zip->names[i], name))
			return i;
	return zip->count;
}

bool zip_has(const struct zip *zip, struct span name)
{
	return find(zip, name) < zip->count;
}

bool zip_met_encryption(const struct zip *zip)
{
	return zip->met_encryption;
}

static lupe_status go_to(struct zip *zip, size_t number, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;

	if (number < zip->next)
		st = rewind_archive(zip, err);
	while (st == LUPE_OK && zip->next <= number)
		st = next_member(zip, err);
	if (st == LUPE_END)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "damaged ZIP archive");
	return st;
}

static lupe_status count_inflated(struct zip *zip, size_t bytes, struct lupe_error *err)
{
	zip->inflated += bytes;
	if (zip->inflated > LIMIT_INFLATED_BYTES)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "more than %d MB inflated",
			LIMIT_INFLATED_BYTES >> 20);
	if (zip->inflated > LIMIT_RATIO_FROM_BYTES && zip->inflated / LIMIT_RATIO > zip->bytes.len)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "inflates to more than %d times its size",
			LIMIT_RATIO);
	return LUPE_OK;
}

lupe_status zip_begin(struct zip *zip, struct span name, struct lupe_error *err)
{
	size_t number = find(zip, name);
	lupe_status st;

	zip->met_encryption = false;
	if (number == zip->count)
		return lupe_fail(err, LUPE_ERROR_NOT_FOUND, "no %.*s in it", SPAN_ARG(name));
	st = go_to(zip, number, err);
	if (st < 0)
		return st;
	if (archive_entry_is_encrypted(zip->entry)) {
		zip->met_encryption = true;
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "encrypted");
	}
	return LUPE_OK;
}

lupe_status zip_next(struct zip *zip, struct span *ret, struct lupe_error *err)
{
	const void *bytes;
	size_t len;
	la_int64_t offset;
	int result = archive_read_data_block(zip->archive, &bytes, &len, &offset);

	if (result == ARCHIVE_EOF)
		return LUPE_END;
	if (result != ARCHIVE_OK) {
		const char *detail = archive_error_string(zip->archive);
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%.*s is damaged: %s",
			SPAN_ARG(zip->names[zip->next - 1]), detail ? detail : "cut short");
	}
	*ret = (struct span){bytes, len};
	return count_inflated(zip, len, err);
}

lupe_status zip_read_whole(
	struct zip *zip, struct span name, struct buf *ret, struct lupe_error *err)
{
	lupe_status st = zip_begin(zip, name, err);
	struct span piece;

	if (st < 0)
		return st;
	while ((st = zip_next(zip, &piece, err)) == LUPE_OK)
		buf_add_span(ret, piece);
	return st < 0 ? st : LUPE_OK;
}
