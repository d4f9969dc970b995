/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks folders by file descriptors, so that neither long paths nor renamed parents matter. What
 * the catalog says about the files is left to plan.c.
 */
#include "indexer/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "indexer/format.h"
#include "store/index.h"

enum { IGNORE_LIMIT_BYTES = 1 << 20 };

/* A folder being visited, and those that it lies in. */
struct level {
	const struct level *up;
	dev_t device;
	ino_t inode;
	struct ignore ignore;
	size_t base; /* offset in the walker's path of what is below this folder */
};

struct walker {
	struct walk *walk;
	const struct walk_rules *rules;
	const char *root;
	size_t below;     /* offset in `path` of the part below the root */
	const char *only; /* the one way still to go before all is visited; "" */
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
	bool ignore_list; /* there is a .lupeignore */
};

void walk_rules_done(struct walk_rules *rules)
{
	ignore_done(&rules->excludes);
	ignore_done(&rules->includes);
}

void walk_done(struct walk *walk)
{
	free(walk->files);
	free(walk->folders);
	free(walk->others);
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

	found->private = readers_exceed(&walker->rules->readers, s);
	found->path = arena_copy(&walker->walk->arena, buf_span(&walker->path));
	found->root = walker->root;
	found->below = found->path.ptr + walker->below;
	found->follow = walker->rules->follow;
}

/* What a name has behind its last dot, if that looks like a type. */
static void set_extension(char ret[12], const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t n = 0;

	for (const char *c = dot ? dot + 1 : ""; *c; c++) {
		bool upper = *c >= 'A' && *c <= 'Z';

		if (n == 11 || !(upper || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))) {
			n = 0;
			break;
		}
		ret[n++] = (char)(upper ? *c - 'A' + 'a' : *c);
	}
	ret[n] = '\0';
}

static void add_other(struct walk *walk, const char *name)
{
	struct other_type type = {.count = 1};

	walk->other_count++;
	set_extension(type.extension, name);
	for (size_t i = 0; i < walk->other_type_count; i++) {
		if (strcmp(walk->others[i].extension, type.extension) != 0)
			continue;
		walk->others[i].count++;
		return;
	}
	ARRAY_GROW(walk->others, walk->other_type_count, walk->other_type_capacity);
	walk->others[walk->other_type_count++] = type;
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

/* ---- patterns ---- */

/* Of the path that the walker stands at. */
static bool is_excluded(const struct walker *walker, const struct level *level, bool folder)
{
	const struct walk_rules *rules = walker->rules;
	const char *below = walker->path.ptr + walker->below;

	if (ignore_match(&rules->excludes, below, folder) == IGNORE_EXCLUDED)
		return true;
	for (; level; level = level->up) {
		enum ignore_verdict verdict =
			ignore_match(&level->ignore, walker->path.ptr + level->base, folder);

		if (verdict == IGNORE_EXCLUDED)
			return true;
		if (verdict == IGNORE_INCLUDED)
			break;
	}
	return !folder && rules->includes.count &&
	       ignore_match(&rules->includes, below, false) != IGNORE_EXCLUDED;
}

/* Returns errno. */
static int read_ignore_list(int fd, struct ignore *ret)
{
	BUF_SCOPED(text);
	int list = openat(fd, IGNORE_FILE, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (list < 0)
		return errno == ENOENT ? 0 : errno;
	errno = EFBIG;
	lupe_status st = file_read_fd(list, IGNORE_FILE, IGNORE_LIMIT_BYTES, &text, NULL);
	int error = st == LUPE_OK ? 0 : errno;
	close(list);
	if (error == 0)
		ignore_add_list(ret, buf_span(&text));
	return error;
}

/* ---- one folder ---- */

static int compare_names(const void *a, const void *b, void *bytes)
{
	const struct name *x = a, *y = b;
	const char *ptr = bytes;

	return span_compare(
		(struct span){ptr + x->offset, x->len}, (struct span){ptr + y->offset, y->len});
}

static bool is_folder(const struct walker *walker, int fd, const struct dirent *entry)
{
	struct stat s;
	bool link = entry->d_type == DT_LNK && walker->rules->follow;

	if (entry->d_type != DT_UNKNOWN && !link)
		return entry->d_type == DT_DIR;
	return fstatat(fd, entry->d_name, &s, walker->rules->follow ? 0 : AT_SYMLINK_NOFOLLOW) ==
		       0 &&
	       S_ISDIR(s.st_mode);
}

static bool is_hidden(const struct walker *walker, const char *name)
{
	return name[0] == '.' &&
	       (!walker->rules->hidden || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		       strcmp(name, INDEX_FOLDER) == 0);
}

/* Reads and sorts the names that are not hidden; returns errno. */
static int read_names(const struct walker *walker, DIR *dir, struct names *names)
{
	struct dirent *entry;

	for (errno = 0; (entry = readdir(dir)) != NULL; errno = 0) {
		names->ignore_list |= strcmp(entry->d_name, IGNORE_FILE) == 0;
		if (is_hidden(walker, entry->d_name))
			continue;
		struct name name = {.offset = names->bytes.len};
		buf_add_string(&names->bytes, entry->d_name);
		if (is_folder(walker, dirfd(dir), entry))
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
	int flags = walker->rules->follow ? 0 : AT_SYMLINK_NOFOLLOW;

	if (fstatat(fd, name, &s, flags) != 0 || !S_ISREG(s.st_mode))
		return;
	if (format_of(span_of(name)))
		add_file(walker, &s);
	else
		add_other(walker->walk, name);
}

static void visit_folder(struct walker *walker, int fd, const struct level *up);

static int open_folder(const struct walker *walker, int fd, const char *name)
{
	int flags = *walker->only ? O_PATH : O_RDONLY;

	return openat(fd, name,
		flags | O_DIRECTORY | O_CLOEXEC | (walker->rules->follow ? 0 : O_NOFOLLOW));
}

/* A folder's name ends in a slash, which is taken off. */
static void visit_name(
	struct walker *walker, int fd, const struct level *level, char *name, size_t len)
{
	size_t path_len = walker->path.len;
	bool folder = name[len - 1] == '/';

	if (folder)
		name[--len] = '\0';
	if (path_len)
		buf_add_byte(&walker->path, '/');
	buf_add(&walker->path, name, len);
	if (is_excluded(walker, level, folder))
		;
	else if (folder)
		visit_folder(walker, open_folder(walker, fd, name), level);
	else
		visit_file(walker, fd, name);
	walker->path.len = path_len;
	if (walker->path.ptr)
		walker->path.ptr[path_len] = '\0';
}

/* The next step of the one way to go. */
static void visit_only(struct walker *walker, int fd, const struct level *level)
{
	struct span rest = span_of(walker->only), part = span_take(&rest, '/');
	int flags = walker->rules->follow ? 0 : AT_SYMLINK_NOFOLLOW;
	struct stat s;
	BUF_SCOPED(name);

	walker->only = rest.ptr ? rest.ptr : "";
	buf_add(&name, part.ptr, part.len);
	if (is_hidden(walker, buf_string(&name)))
		return;
	if (*walker->only || (fstatat(fd, name.ptr, &s, flags) == 0 && S_ISDIR(s.st_mode)))
		buf_add_byte(&name, '/');
	visit_name(walker, fd, level, name.ptr, name.len);
}

static int visit_all(struct walker *walker, DIR *dir, struct level *level)
{
	struct names names = {0};
	int error = read_names(walker, dir, &names);
	int list_error = names.ignore_list ? read_ignore_list(dirfd(dir), &level->ignore) : 0;

	for (size_t i = 0; i < names.count && list_error == 0; i++)
		visit_name(walker, dirfd(dir), level, names.bytes.ptr + names.items[i].offset,
			names.items[i].len);
	buf_done(&names.bytes);
	free(names.items);
	return list_error ? list_error : error;
}

/* Whether the folder is not to be visited: the index's, another file system's, or met already on
   the way to it. */
static bool is_barred(const struct walker *walker, const struct level *level)
{
	const struct walk_rules *rules = walker->rules;

	if (level->device == rules->index_device && level->inode == rules->index_inode)
		return true;
	if (rules->one_file_system && level->up && level->up->device != level->device)
		return true;
	for (const struct level *up = level->up; up; up = up->up)
		if (up->device == level->device && up->inode == level->inode)
			return true;
	return false;
}

/* Takes `fd`; returns errno. */
static int visit_open(struct walker *walker, int fd, struct level *level)
{
	bool on_the_way = *walker->only;
	DIR *dir = on_the_way ? NULL : fdopendir(fd);
	int error = 0;

	if (!on_the_way && !dir)
		error = errno;
	else if (dir)
		error = visit_all(walker, dir, level);
	else if ((error = read_ignore_list(fd, &level->ignore)) == 0)
		visit_only(walker, fd, level);
	if (dir)
		closedir(dir);
	else
		close(fd);
	return error;
}

/* Takes `fd`; -1 stands for a folder that could not be opened, errno saying why. */
static void visit_folder(struct walker *walker, int fd, const struct level *up)
{
	struct stat s;
	size_t len = walker->path.len;
	struct level level = {.up = up, .base = len ? len + 1 : 0};
	int error = fd < 0 || fstat(fd, &s) != 0 ? errno : 0;

	if (error == 0) {
		level.device = s.st_dev;
		level.inode = s.st_ino;
	}
	if (error == 0 && !is_barred(walker, &level))
		error = visit_open(walker, fd, &level);
	else if (fd >= 0)
		close(fd);
	if (error)
		add_unread(walker, error);
	ignore_done(&level.ignore);
}

/* ---- opening ---- */

int walk_open(const char *root, const char *below, int flags, bool follow)
{
	int fd = open(root, *below ? O_PATH | O_DIRECTORY | O_CLOEXEC : flags | O_CLOEXEC);
	struct span rest = span_of(below);

	while (fd >= 0 && rest.ptr && rest.len) {
		char *name;
		struct span part = span_take(&rest, '/');
		int step = rest.ptr ? O_PATH | O_DIRECTORY : flags | O_NONBLOCK;

		name = mem_strndup(part.ptr, part.len);
		int next = openat(fd, name, step | (follow ? 0 : O_NOFOLLOW) | O_CLOEXEC);
		int error = errno;
		free(name);
		close(fd);
		fd = next;
		errno = error;
	}
	return fd;
}

lupe_status walk_tree(struct walk *walk, const char *root, const char *below, const char *label,
	const struct walk_rules *rules, struct lupe_error *err)
{
	struct walker walker = {
		.walk = walk,
		.rules = rules,
		.root = arena_copy(&walk->arena, span_of(root)).ptr,
		.only = below,
	};
	int fd = open(root, (*below ? O_PATH : O_RDONLY) | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", root, strerror(errno));
	buf_add_string(&walker.path, label);
	walker.below = *label ? walker.path.len + 1 : 0;
	visit_folder(&walker, fd, NULL);
	buf_done(&walker.path);
	return LUPE_OK;
}

lupe_status walk_file(struct walk *walk, const char *folder, const char *name, const char *path,
	const struct walk_rules *rules, struct lupe_error *err)
{
	struct stat s;
	int fd = walk_open(folder, name, O_PATH, false);

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
	found->private = readers_exceed(&rules->readers, &s);
	found->path = arena_copy(&walk->arena, span_of(path));
	found->root = arena_copy(&walk->arena, span_of(folder)).ptr;
	found->below = arena_copy(&walk->arena, span_of(name)).ptr;
	return LUPE_OK;
}
