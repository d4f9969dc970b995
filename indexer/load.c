/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a name to bytes that belong together. What they are is reader.c's. */
#include "indexer/load.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { ATTEMPTS = 3 };

static int64_t mtime_ns(const struct stat *s)
{
	return (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
}

int64_t load_mtime_ns(const struct load *load)
{
	return mtime_ns(&load->stat);
}

bool load_is_steady(const struct load *load)
{
	struct stat now;

	return fstat(load->fd, &now) == 0 && now.st_size == load->stat.st_size &&
	       mtime_ns(&now) == mtime_ns(&load->stat);
}

static enum loading load_once(struct reader *reader, const struct readers *readers,
	const struct found *file, struct load *ret, struct lupe_error *err)
{
	int flags = O_RDONLY | O_NONBLOCK | (file->follow ? 0 : O_NOFOLLOW);
	int fd = walk_open(file->root, file->below, flags, file->follow);

	if (fd < 0 && (errno == ENOENT || errno == ELOOP))
		return LOAD_VANISHED;
	if (fd < 0) {
		bool refused = errno == EACCES || errno == EPERM;

		lupe_fail(err, LUPE_ERROR_IO, "%s", strerror(errno));
		return refused ? LOAD_REFUSED : LOAD_OUT_OF_REACH;
	}
	if (fstat(fd, &ret->stat) != 0 || !S_ISREG(ret->stat.st_mode)) {
		close(fd);
		return LOAD_VANISHED;
	}
	if (readers_exceed(readers, &ret->stat)) {
		close(fd);
		ret->private = true;
		lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"not everybody who may read the index may read it (--allow-private)");
		return LOAD_REFUSED;
	}
	ret->fd = fd;
	lupe_status st = reader_load(reader, fd, file->path, &ret->content, err);
	if (st == LUPE_ERROR_IO)
		return LOAD_OUT_OF_REACH;
	return st < 0 ? LOAD_REFUSED : LOADED;
}

enum loading load_file(struct reader *reader, const struct readers *readers,
	const struct found *file, struct load *ret, struct lupe_error *err)
{
	enum loading loading = LOADED;

	for (int attempt = 0; attempt < ATTEMPTS && loading == LOADED; attempt++) {
		loading = load_once(reader, readers, file, ret, err);
		if (loading == LOADED && load_is_steady(ret))
			break;
	}
	return loading;
}
