/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks folders by file descriptors, so that neither long paths nor renamed parents matter. What
 * the catalog says about the files is left to plan.c.
 */
#include "indexer/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "indexer/format.h"

struct walker {
	struct walk *walk;
	const struct walk_rules *rules;
	const char *root;
	size_t below; /* offset in `path` of the part below the root */
	struct buf path;
};

struct name {
	size_t offset; /* in the names of the folder */
	size_t len;    /* with the slash that a folder's name ends in here: orders as paths do */
};

struct names {
	struct buf bytes;
	struct name *items;
	size_t count, capacity;
};

void walk_done(struct walk *walk)
{
	free(walk->files);
	free(walk->folders);
	arena_done(&walk->arena);
	*walk = (struct walk){0};
}

static struct found *add_found(struct walk *walk, const struct stat *s)
{
	ARRAY_GROW(walk->files, walk->file_count, walk->file_capacity);
	struct found *found = &walk->files[walk->file_count++];
	*found = (struct found){
		.size = (uint64_t)s->st_size,
		.inode = s->st_ino,
		.mtime_ns = (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec,
	};
	return found;
}

static void add_file(struct walker *walker, const struct stat *s)
{
	struct found *found = add_found(walker->walk, s);

	found->path = arena_copy(&walker->walk->arena, buf_span(&walker->path));
	found->root = walker->root;
	found->below = found->path.ptr + walker->below;
}

static void add_unread(struct walker *walker, int error)
{
	struct walk *walk = walker->walk;

	ARRAY_GROW(walk->folders, walk->folder_count, walk->folder_capacity);
	walk->folders[walk->folder_count++] = (struct unread){
		.path = arena_copy(&walk->arena, buf_span(&walker->path)),
		.error = error,
	};
}

static bool is_excluded(const struct walker *walker, const char *name)
{
	const struct walk_rules *rules = walker->rules;

	for (size_t i = 0; i < rules->exclude_count; i++) {
		const char *pattern = rules->excludes[i];
		const char *subject =
			strchr(pattern, '/') ? walker->path.ptr + walker->below : name;

		if (fnmatch(pattern, subject, FNM_PATHNAME) == 0)
			return true;
	}
	return false;
}

/* ---- one folder ---- */

static int compare_names(const void *a, const void *b, void *bytes)
{
	const struct name *x = a, *y = b;
	const char *ptr = bytes;

	return span_compare(
		(struct span){ptr + x->offset, x->len}, (struct span){ptr + y->offset, y->len});
}

static bool is_folder(int fd, const struct dirent *entry)
{
	struct stat s;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(fd, entry->d_name, &s, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(s.st_mode);
}

/* Reads and sorts the names that are not hidden; returns errno. */
static int read_names(DIR *dir, struct names *names)
{
	struct dirent *entry;

	for (errno = 0; (entry = readdir(dir)) != NULL; errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		struct name name = {.offset = names->bytes.len};
		buf_add_string(&names->bytes, entry->d_name);
		if (is_folder(dirfd(dir), entry))
			buf_add_byte(&names->bytes, '/');
		name.len = names->bytes.len - name.offset;
		buf_add_byte(&names->bytes, '\0');
		ARRAY_GROW(names->items, names->count, names->capacity);
		names->items[names->count++] = name;
	}
	int error = errno;
	if (names->count)
		qsort_r(names->items, names->count, sizeof(*names->items), compare_names,
			names->bytes.ptr);
	return error;
}

static void visit_file(struct walker *walker, int fd, const char *name)
{
	struct stat s;

	if (fstatat(fd, name, &s, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(s.st_mode))
		return;
	if (format_of(span_of(name)))
		add_file(walker, &s);
	else
		walker->walk->other_count++;
}

static void visit_folder(struct walker *walker, int fd);

static void visit_name(struct walker *walker, int fd, char *name, size_t len)
{
	size_t path_len = walker->path.len;
	bool folder = name[len - 1] == '/';

	if (folder)
		name[--len] = '\0';
	if (path_len)
		buf_add_byte(&walker->path, '/');
	buf_add(&walker->path, name, len);
	if (is_excluded(walker, name))
		;
	else if (folder)
		visit_folder(
			walker, openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	else
		visit_file(walker, fd, name);
	walker->path.len = path_len;
	if (walker->path.ptr)
		walker->path.ptr[path_len] = '\0';
}

static bool is_index_folder(const struct walker *walker, int fd)
{
	struct stat s;

	return fstat(fd, &s) == 0 && s.st_dev == walker->rules->index_device &&
	       s.st_ino == walker->rules->index_inode;
}

/* Takes `fd`; -1 stands for a folder that could not be opened, errno saying why. */
static void visit_folder(struct walker *walker, int fd)
{
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct names names = {0};

	if (!dir) {
		add_unread(walker, errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	if (!is_index_folder(walker, fd)) {
		int error = read_names(dir, &names);
		if (error)
			add_unread(walker, error);
		for (size_t i = 0; i < names.count; i++)
			visit_name(walker, fd, names.bytes.ptr + names.items[i].offset,
				names.items[i].len);
	}
	buf_done(&names.bytes);
	free(names.items);
	closedir(dir);
}

/* ---- opening ---- */

int walk_open(const char *root, const char *below, int flags)
{
	int fd = open(root, *below ? O_PATH | O_DIRECTORY | O_CLOEXEC : flags | O_CLOEXEC);
	struct span rest = span_of(below);

	while (fd >= 0 && rest.ptr && rest.len) {
		char *name;
		struct span part = span_take(&rest, '/');
		int step = rest.ptr ? O_PATH | O_DIRECTORY : flags | O_NONBLOCK;

		name = mem_strndup(part.ptr, part.len);
		int next = openat(fd, name, step | O_NOFOLLOW | O_CLOEXEC);
		int error = errno;
		free(name);
		close(fd);
		fd = next;
		errno = error;
	}
	return fd;
}

static void start_path(struct walker *walker, const char *label, const char *below)
{
	buf_add_string(&walker->path, label);
	walker->below = *label ? walker->path.len + 1 : 0;
	if (*label && *below)
		buf_add_byte(&walker->path, '/');
	buf_add_string(&walker->path, below);
}

lupe_status walk_tree(struct walk *walk, const char *root, const char *below, const char *label,
	const struct walk_rules *rules, struct lupe_error *err)
{
	struct walker walker = {
		.walk = walk,
		.rules = rules,
		.root = arena_copy(&walk->arena, span_of(root)).ptr,
	};
	int fd = walk_open(root, below, O_RDONLY | O_DIRECTORY);

	if (fd < 0 && !*below)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", root, strerror(errno));
	start_path(&walker, label, below);
	visit_folder(&walker, fd);
	buf_done(&walker.path);
	return LUPE_OK;
}

lupe_status walk_file(struct walk *walk, const char *folder, const char *name, const char *path,
	struct lupe_error *err)
{
	struct stat s;
	int fd = walk_open(folder, name, O_PATH);

	if (fd < 0 || fstat(fd, &s) != 0) {
		int error = errno;

		if (fd >= 0)
			close(fd);
		return lupe_fail(err, LUPE_ERROR_IO, "%s/%s: %s", folder, name, strerror(error));
	}
	close(fd);
	if (!S_ISREG(s.st_mode))
		return lupe_fail(err, LUPE_ERROR_IO, "%s/%s: not a regular file", folder, name);
	struct found *found = add_found(walk, &s);
	found->path = arena_copy(&walk->arena, span_of(path));
	found->root = arena_copy(&walk->arena, span_of(folder)).ptr;
	found->below = arena_copy(&walk->arena, span_of(name)).ptr;
	return LUPE_OK;
}
