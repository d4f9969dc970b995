/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files, whole and durable. Durable means: when a function that promises it returns, a power cut
 * finds either the old contents or the new, and finds the name in its folder. What is written and
 * when is decided elsewhere.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { FIRST_READ_BYTES = 16 * 1024, LARGEST_READ_BYTES = 1024 * 1024 };

static lupe_status system_error(const char *path, struct lupe_error *err)
{
	bool absent = errno == ENOENT || errno == ENOTDIR;
	return lupe_fail(err, absent ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_IO, "%s: %s", path,
		strerror(errno));
}

static lupe_status io_error(const char *path, struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
}

/* Closes and keeps errno, for the way out after another error. */
static void close_quietly(int fd)
{
	int saved = errno;
	close(fd);
	errno = saved;
}

/* ---- reading ---- */

lupe_status file_read_fd(
	int fd, const char *name, size_t limit, struct buf *ret, struct lupe_error *err)
{
	size_t total = 0;
	size_t chunk = FIRST_READ_BYTES;
	for (;;) {
		/* One byte more than may come, to notice that more is there. */
		size_t room = limit - total < chunk ? limit - total + 1 : chunk;
		ssize_t got = read(fd, buf_reserve(ret, room), room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return io_error(name, err);
		if (got == 0)
			return LUPE_OK;
		if ((size_t)got > limit - total)
			return lupe_fail(
				err, LUPE_ERROR_LIMIT, "%s: larger than %zu bytes", name, limit);
		ret->len += (size_t)got;
		ret->ptr[ret->len] = '\0';
		total += (size_t)got;
		if (chunk < LARGEST_READ_BYTES)
			chunk *= 2;
	}
}

lupe_status file_read(const char *path, size_t limit, struct buf *ret, struct lupe_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return system_error(path, err);
	lupe_status st = file_read_fd(fd, path, limit, ret, err);
	close(fd);
	return st;
}

/* ---- writing ---- */

lupe_status file_sync(const char *path, struct lupe_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return system_error(path, err);
	bool synced = fsync(fd) == 0;
	close_quietly(fd);
	return synced ? LUPE_OK : io_error(path, err);
}

static lupe_status sync_parent(const char *path, struct lupe_error *err)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return file_sync(".", err);
	char *parent = mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
	lupe_status st = file_sync(parent, err);
	free(parent);
	return st;
}

static bool write_all(int fd, struct span contents)
{
	while (contents.len) {
		ssize_t put = write(fd, contents.ptr, contents.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		contents = span_skip(contents, (size_t)put);
	}
	return true;
}

/* Creates `path`, which must not exist, whatever the umask says; on disk when it returns. */
static bool write_new(const char *path, struct span contents, unsigned mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	if (fchmod(fd, mode) == 0 && write_all(fd, contents) && fsync(fd) == 0)
		return close(fd) == 0;
	close_quietly(fd);
	return false;
}

lupe_status file_replace(
	const char *path, struct span contents, unsigned mode, struct lupe_error *err)
{
	BUF_SCOPED(fresh);
	buf_printf(&fresh, "%s.new", path);
	unlink(fresh.ptr); /* left over from a killed run */
	if (!write_new(fresh.ptr, contents, mode)) {
		io_error(fresh.ptr, err);
		unlink(fresh.ptr);
		return LUPE_ERROR_IO;
	}
	if (rename(fresh.ptr, path) != 0) {
		io_error(path, err);
		unlink(fresh.ptr);
		return LUPE_ERROR_IO;
	}
	return sync_parent(path, err);
}

/* ---- folders ---- */

/* One folder, its entries in no order; NULL with errno. Links are seen as links. */
static FTS *walk_start(const char *folder)
{
	char *roots[] = {mem_strdup(folder), NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int saved = errno;
	free(roots[0]);
	errno = saved;
	return walk;
}

static void walk_end(FTS **walk)
{
	if (*walk)
		fts_close(*walk);
}

lupe_status file_sync_folder(const char *folder, struct lupe_error *err)
{
	__attribute__((cleanup(walk_end))) FTS *walk = walk_start(folder);
	if (!walk)
		return io_error(folder, err);
	FTSENT *entry;
	while ((entry = fts_read(walk))) {
		lupe_status st = LUPE_OK;
		if (entry->fts_info == FTS_F)
			st = file_sync(entry->fts_path, err);
		else if (entry->fts_info == FTS_D && entry->fts_level > 0)
			fts_set(walk, entry, FTS_SKIP);
		else if (entry->fts_level == 0 && entry->fts_info != FTS_D &&
			 entry->fts_info != FTS_DP)
			st = file_sync(folder, err); /* names what is wrong with it */
		if (st < 0)
			return st;
	}
	return file_sync(folder, err);
}

static lupe_status remove_entry(const FTSENT *entry, struct lupe_error *err)
{
	switch (entry->fts_info) {
	case FTS_D:
		return LUPE_OK; /* met again after its contents, as FTS_DP */
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		errno = entry->fts_errno;
		if (errno != ENOENT)
			return io_error(entry->fts_path, err);
		return LUPE_OK;
	default:
		break;
	}
	int gone =
		entry->fts_info == FTS_DP ? rmdir(entry->fts_accpath) : unlink(entry->fts_accpath);
	return gone == 0 || errno == ENOENT ? LUPE_OK : io_error(entry->fts_path, err);
}

lupe_status file_remove_tree(const char *folder, struct lupe_error *err)
{
	__attribute__((cleanup(walk_end))) FTS *walk = walk_start(folder);
	if (!walk)
		return io_error(folder, err);
	FTSENT *entry;
	while ((entry = fts_read(walk))) {
		lupe_status st = remove_entry(entry, err);
		if (st < 0)
			return st;
	}
	return LUPE_OK;
}

uint64_t file_tree_bytes(const char *folder)
{
	__attribute__((cleanup(walk_end))) FTS *walk = walk_start(folder);
	uint64_t total = 0;
	FTSENT *entry;
	while (walk && (entry = fts_read(walk)))
		if (entry->fts_info == FTS_F && entry->fts_statp &&
			S_ISREG(entry->fts_statp->st_mode))
			total += (uint64_t)entry->fts_statp->st_size;
	return total;
}

char *path_join(const char *folder, const char *name)
{
	size_t len = strlen(folder);
	if (name[0] == '/' || len == 0)
		return mem_strdup(name);
	struct buf path = BUF_INIT;
	buf_add(&path, folder, len);
	if (folder[len - 1] != '/')
		buf_add_byte(&path, '/');
	buf_add_string(&path, name);
	return path.ptr;
}

struct span path_base(struct span path)
{
	const char *slash = path.len ? memrchr(path.ptr, '/', path.len) : NULL;
	return slash ? span_from(slash + 1, path.ptr + path.len) : path;
}
