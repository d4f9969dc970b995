/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads files of the formats that need no helper, whole. */
#include "indexer/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

struct reader {
	int fd; /* of the file loaded last, or -1 */
	struct buf raw;
};

struct reader *reader_new(void)
{
	struct reader *reader = mem_zalloc(sizeof(*reader));

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
	buf_done(&reader->raw);
	free(reader);
}

lupe_status reader_load(
	struct reader *reader, int fd, struct hash128 *ret_content, struct lupe_error *err)
{
	close_file(reader);
	reader->fd = fd;
	buf_clear(&reader->raw);
	lupe_status st = file_read_fd(fd, "", DOCUMENT_MAX_BYTES, &reader->raw, NULL);
	if (st == LUPE_ERROR_LIMIT)
		return lupe_fail(err, st, "larger than 1 GiB");
	if (st < 0)
		return lupe_fail(err, st, "%s", strerror(errno));
	*ret_content = hash128(buf_span(&reader->raw));
	return LUPE_OK;
}

lupe_status reader_read(
	struct reader *reader, struct span path, struct document *document, struct lupe_error *err)
{
	return document_parse(document, path, buf_span(&reader->raw), err);
}
