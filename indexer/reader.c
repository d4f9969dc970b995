/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of formats that lupe-index reads itself come into memory whole; of others only the hash is
 * taken, and the descriptor goes to lupe-extract or to a program of the configuration.
 */
#include "indexer/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/filter.h"
#include "indexer/format.h"
#include "indexer/ocr.h"

enum { PART_BYTES = 1 << 16 };

struct reader {
	const struct extract_settings *settings;
	struct extractor *extractor;
	struct hasher *hasher;
	int fd; /* of the file loaded last, or -1 */
	struct span path;
	const struct format *format;
	uint64_t size;
	struct buf raw; /* its bytes, if it is read here */
};

struct reader *reader_new(const struct extract_settings *extract)
{
	struct reader *reader = mem_zalloc(sizeof(*reader));

	reader->settings = extract;
	reader->extractor = extractor_new(extract);
	reader->hasher = hasher_new();
	reader->fd = -1;
	return reader;
}

static void close_file(struct reader *reader)
{
	if (reader->fd >= 0)
		close(reader->fd);
	reader->fd = -1;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	close_file(reader);
	extractor_free(reader->extractor);
	hasher_free(reader->hasher);
	buf_done(&reader->raw);
	free(reader);
}

/* ---- loading ---- */

static lupe_status too_large(struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_LIMIT, "larger than 1 GiB");
}

static lupe_status load_whole(
	struct reader *reader, struct hash128 *ret_content, struct lupe_error *err)
{
	buf_clear(&reader->raw);
	lupe_status st = file_read_fd(reader->fd, "", DOCUMENT_MAX_BYTES, &reader->raw, NULL);
	if (st == LUPE_ERROR_LIMIT)
		return too_large(err);
	if (st < 0)
		return lupe_fail(err, st, "%s", strerror(errno));
	reader->size = reader->raw.len;
	*ret_content = hash128(buf_span(&reader->raw));
	return LUPE_OK;
}

static lupe_status load_hash(
	struct reader *reader, struct hash128 *ret_content, struct lupe_error *err)
{
	char part[PART_BYTES];
	ssize_t got;

	reader->size = 0;
	hasher_start(reader->hasher);
	while ((got = read(reader->fd, part, sizeof(part))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
		reader->size += (uint64_t)got;
		if (reader->size > DOCUMENT_MAX_BYTES)
			return too_large(err);
		hasher_add(reader->hasher, (struct span){part, (size_t)got});
	}
	*ret_content = hasher_result(reader->hasher);
	return LUPE_OK;
}

lupe_status reader_load(struct reader *reader, int fd, struct span path,
	struct hash128 *ret_content, struct lupe_error *err)
{
	struct stat s;

	close_file(reader);
	reader->fd = fd;
	reader->path = path;
	reader->format = format_of(path);
	if (fstat(fd, &s) == 0 && (uint64_t)s.st_size > DOCUMENT_MAX_BYTES)
		return too_large(err);
	return reader->format->in_helper ? load_hash(reader, ret_content, err)
					 : load_whole(reader, ret_content, err);
}

/* ---- reading ---- */

static void add_notice(struct document *document)
{
	uint32_t pictures = ocr_count_pages(document);

	if (!document->pages_without_text || !document->text.len)
		return;
	if (document->notice.len)
		buf_add_string(&document->notice, "; ");
	buf_printf(&document->notice, "%u of %u pages without text", document->pages_without_text,
		document->pages);
	if (pictures)
		buf_printf(&document->notice, ", %u of them pictures", pictures);
}

static lupe_status read_in_filter(
	struct reader *reader, struct document *document, struct lupe_error *err)
{
	const struct command *command = reader->format->filter;
	BUF_SCOPED(output);

	document_clear(document);
	document->type = reader->format->media_type;
	lupe_status st = filter_run(command, reader->settings, reader->fd, "", &output, err);
	if (st == LUPE_OK)
		st = filter_read_output(command, document, buf_span(&output), err);
	if (st != LUPE_OK)
		return st;
	add_notice(document);
	document_finish(document, reader->path);
	return LUPE_OK;
}

static lupe_status read_in_helper(
	struct reader *reader, struct document *document, struct lupe_error *err)
{
	lupe_status st = extractor_read(reader->extractor, reader->fd, reader->size,
		path_base(reader->path), document, err);

	if (st != LUPE_OK)
		return st;
	document->type = reader->format->media_type;
	if (reader->settings->ocr && ocr_count_pages(document) > 0)
		st = ocr_read(reader->settings->ocr, reader->settings, reader->fd, document, err);
	if (st != LUPE_OK)
		return st;
	add_notice(document);
	if (document->date_source == DATE_NONE &&
		date_in_first_lines(buf_span(&document->text), &document->date))
		document->date_source = DATE_TITLE_PAGE;
	document_finish(document, reader->path);
	return LUPE_OK;
}

lupe_status reader_read(struct reader *reader, struct document *document, struct lupe_error *err)
{
	if (reader->format->filter)
		return read_in_filter(reader, document, err);
	if (reader->format->in_helper)
		return read_in_helper(reader, document, err);
	return document_parse(document, reader->path, buf_span(&reader->raw), err);
}

bool reader_failed(lupe_status status)
{
	return status < 0 && status != LUPE_ERROR_NOT_FOUND && status != LUPE_ERROR_INTERNAL;
}
