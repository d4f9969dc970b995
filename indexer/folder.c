/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index folder as a thing in the file system. What is in its databases is none of its concern.
 */
#include "indexer/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/config.h"
#include "indexer/report.h"
#include "indexer/stop.h"
#include "store/index.h"
#include "store/stub.h"
#include "text/language.h"

enum { LOCK_RETRY_MS = 100 };
#define LOCK_FILE "lock"
#define TAG_FILE "CACHEDIR.TAG"
#define BUILDING "building"
#define GENERATION "gen-"

#define TAG_TEXT                                                                                   \
	"Signature: 8a477f597d28d172789f06886806bc55\n"                                            \
	"# This folder is a search index made by lupe-index; it can be made again at any time.\n"

/* ---- which one ---- */

/* `path` made absolute; its last component need not exist. */
static lupe_status resolve(const char *path, char **ret, struct lupe_error *err)
{
	char *real = realpath(path, NULL);

	if (!real && errno == ENOENT) {
		char *copy = mem_strdup(path);
		size_t len = strlen(copy);
		while (len > 1 && copy[len - 1] == '/')
			copy[--len] = '\0';
		char *slash = strrchr(copy, '/');
		const char *name = slash ? slash + 1 : copy;
		char *parent = slash == copy ? mem_strdup("/")
			       : slash       ? mem_strndup(copy, (size_t)(slash - copy))
					     : mem_strdup(".");
		char *real_parent = *name ? realpath(parent, NULL) : NULL;
		if (real_parent)
			real = path_join(real_parent, name);
		free(real_parent);
		free(parent);
		free(copy);
	}
	if (!real)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	*ret = real;
	return LUPE_OK;
}

static lupe_status set_path(struct folder *ret, const char *path, struct lupe_error *err)
{
	ret->lock = -1;
	return resolve(path, &ret->path, err);
}

lupe_status folder_locate(const struct options *options, struct folder *ret, struct lupe_error *err)
{
	const char *data_home = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char *default_home = home ? path_join(home, ".local/share") : NULL;
	const struct index_places places = {
		.folder = options->index_folder,
		.environment = getenv("LUPE_INDEX"),
		.data_home = data_home && *data_home ? data_home : default_home,
	};
	char *path;
	lupe_status st = index_locate(&places, &path, err);

	free(default_home);
	if (st < 0)
		return st;
	st = set_path(ret, path, err);
	free(path);
	return st;
}

static bool is_ours(const char *path)
{
	struct stat link, s;

	return lstat(path, &link) == 0 && stat(path, &s) == 0 && S_ISDIR(s.st_mode) &&
	       (link.st_uid == geteuid() || link.st_uid == 0) &&
	       (s.st_uid == geteuid() || s.st_uid == 0);
}

/* The nearest index folder in or above `real`, or NULL. */
static char *search_upwards(const char *real)
{
	char *here = mem_strdup(real);
	char *found = NULL;

	for (char *end = here + strlen(here); !found; end = strrchr(here, '/')) {
		*end = '\0';
		found = path_join(*here ? here : "/", INDEX_FOLDER);
		if (!is_ours(found)) {
			free(found);
			found = NULL;
		}
		if (!*here)
			break;
	}
	free(here);
	return found;
}

static lupe_status choose_for_path(const char *path, struct folder *ret, struct lupe_error *err)
{
	struct stat s;
	char *real = realpath(path, NULL);

	if (!real || stat(real, &s) != 0) {
		free(real);
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	}
	char *found = search_upwards(real);
	if (!found && S_ISDIR(s.st_mode))
		found = path_join(real, INDEX_FOLDER);
	free(real);
	if (!found)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: in no index; say where it goes with --index DIR", path);
	lupe_status st = set_path(ret, found, err);
	free(found);
	return st;
}

lupe_status folder_choose(const struct options *options, struct folder *ret, struct lupe_error *err)
{
	if (options->index_folder)
		return set_path(ret, options->index_folder, err);
	if (options->operand_count == 0)
		return folder_locate(options, ret, err);
	const char *environment = getenv("LUPE_INDEX");
	if (environment && *environment)
		return set_path(ret, environment, err);
	if (options->operand_count > 1)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"several paths: say where the index goes with --index DIR");
	return choose_for_path(options->operands[0], ret, err);
}

void folder_done(struct folder *folder)
{
	if (folder->path && folder->lock >= 0)
		close(folder->lock);
	free(folder->path);
	*folder = (struct folder){NULL, -1};
}

/* ---- making and locking it ---- */

static bool has(const struct folder *folder, const char *name)
{
	char *path = path_join(folder->path, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

bool folder_is_used(const struct folder *folder)
{
	return has(folder, LOCK_FILE) || has(folder, STUB_FILE);
}

bool folder_has_index(const struct folder *folder)
{
	return has(folder, STUB_FILE);
}

static lupe_status fail(const struct folder *folder, struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", folder->path, strerror(errno));
}

/* Refuses a folder that holds something else. */
static lupe_status check_content(const struct folder *folder, struct lupe_error *err)
{
	DIR *dir = opendir(folder->path);
	struct dirent *entry;
	bool empty = true;

	if (!dir)
		return fail(folder, err);
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
			strcmp(entry->d_name, CONFIG_FILE) != 0 &&
			strcmp(entry->d_name, WORDS_FILE) != 0)
			empty = false;
	closedir(dir);
	if (empty || folder_is_used(folder))
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT,
		"%s: neither empty nor an index; the index needs a folder of its own",
		folder->path);
}

lupe_status folder_create(const struct folder *folder, struct lupe_error *err)
{
	if (mkdir(folder->path, 0700) != 0 && errno != EEXIST)
		return fail(folder, err);
	lupe_status st = check_content(folder, err);
	if (st < 0 || has(folder, TAG_FILE))
		return st;
	char *tag = path_join(folder->path, TAG_FILE);
	st = file_replace(tag, SPAN(TAG_TEXT), 0644, err);
	free(tag);
	return st;
}

static lupe_status fail_locked(const struct folder *folder, int fd, struct lupe_error *err)
{
	char pid[24] = "";
	ssize_t len = read(fd, pid, sizeof(pid) - 1);

	while (len > 0 && (pid[len - 1] < '0' || pid[len - 1] > '9'))
		len--;
	return lupe_fail(err, LUPE_ERROR_LOCKED, "%s: another run (pid %.*s) holds the lock",
		folder->path, len > 0 ? (int)len : 1, len > 0 ? pid : "?");
}

/* Tries again until the time is over: a lock that is waited for in the kernel knows no time. */
static bool lock_in_time(int fd, double wait_s)
{
	const struct timespec pause = {.tv_nsec = LOCK_RETRY_MS * 1000000L};
	double end = report_clock() + wait_s;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK || report_clock() >= end || atomic_load(&stop_signal))
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

lupe_status folder_lock(struct folder *folder, double wait_s, struct lupe_error *err)
{
	char *path = path_join(folder->path, LOCK_FILE);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	lupe_status st = LUPE_OK;

	free(path);
	if (fd < 0)
		return fail(folder, err);
	if (!lock_in_time(fd, wait_s))
		st = errno == EWOULDBLOCK ? fail_locked(folder, fd, err) : fail(folder, err);
	else if (ftruncate(fd, 0) != 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0)
		st = fail(folder, err);
	if (st < 0)
		close(fd);
	else
		folder->lock = fd;
	return st;
}

static bool may_write(const char *path)
{
	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

static lupe_status lock_read_only(
	struct folder *folder, const char *path, double wait_s, struct lupe_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return LUPE_OK;
	if (lock_in_time(fd, wait_s) || errno != EWOULDBLOCK) {
		folder->lock = fd;
		return LUPE_OK;
	}
	lupe_status st = fail_locked(folder, fd, err);
	close(fd);
	return st;
}

lupe_status folder_lock_to_read(struct folder *folder, double wait_s, struct lupe_error *err)
{
	char *path = path_join(folder->path, LOCK_FILE);
	bool writable = may_write(path) || (errno == ENOENT && may_write(folder->path));
	lupe_status st = writable ? folder_lock(folder, wait_s, err)
				  : lock_read_only(folder, path, wait_s, err);

	free(path);
	return st;
}

/* ---- generations ---- */

/* A name that is not in use; malloc'ed. */
static char *new_generation(const struct folder *folder)
{
	time_t now = time(NULL);
	struct tm utc;
	char stamp[32];
	BUF_SCOPED(name);

	gmtime_r(&now, &utc);
	strftime(stamp, sizeof(stamp), GENERATION "%Y%m%dT%H%M%S", &utc);
	buf_add_string(&name, stamp);
	for (int n = 2; has(folder, buf_string(&name)); n++) {
		buf_clear(&name);
		buf_printf(&name, "%s-%d", stamp, n);
	}
	return mem_strdup(buf_string(&name));
}

static bool is_leftover(const char *name, const char *live, const char *previous, bool building)
{
	if (strncmp(name, GENERATION, strlen(GENERATION)) == 0)
		return strcmp(name, live) != 0 && (!previous || strcmp(name, previous) != 0);
	return building && strcmp(name, BUILDING) == 0;
}

lupe_status folder_tidy(const struct folder *folder, const char *live, const char *previous,
	bool building, struct lupe_error *err)
{
	DIR *dir = opendir(folder->path);
	struct dirent *entry;
	lupe_status st = LUPE_OK;

	if (!dir)
		return fail(folder, err);
	while (st == LUPE_OK && (entry = readdir(dir)) != NULL) {
		if (!is_leftover(entry->d_name, live, previous, building))
			continue;
		char *path = path_join(folder->path, entry->d_name);
		st = file_remove_tree(path, err);
		free(path);
	}
	closedir(dir);
	return st;
}

/* From here on, should the system crash, the generation is whole and has its name. */
static lupe_status name_generation(const struct folder *folder, const char *path,
	const char *generation, struct lupe_error *err)
{
	lupe_status st = file_sync_folder(path, err);

	if (st == LUPE_OK && rename(path, generation) != 0)
		st = lupe_fail(err, LUPE_ERROR_IO, "%s: %s", generation, strerror(errno));
	return st < 0 ? st : file_sync(folder->path, err);
}

/* An error may come after the rename. */
static bool is_live(const struct folder *folder, const char *name)
{
	struct stub stub;
	bool live = stub_read(folder->path, &stub, NULL) == LUPE_OK;

	if (!live)
		return false;
	live = stub.entries[0].name && strcmp(stub.entries[0].name, name) == 0;
	stub_done(&stub);
	return live;
}

lupe_status folder_publish(
	const struct folder *folder, const char *path, bool keep_previous, struct lupe_error *err)
{
	char *name = new_generation(folder);
	char *generation = path_join(folder->path, name);
	struct stub old = {0};
	lupe_status st = name_generation(folder, path, generation, err);

	if (keep_previous && stub_read(folder->path, &old, NULL) != LUPE_OK)
		old = (struct stub){0};
	const char *previous = old.count == 1 ? old.entries[0].name : NULL;
	if (st == LUPE_OK) {
		st = stub_publish(folder->path, name, previous, err);
		if (st < 0 && !is_live(folder, name))
			file_remove_tree(generation, NULL);
	}
	if (st == LUPE_OK)
		st = folder_tidy(folder, name, previous, true, err);
	stub_done(&old);
	free(generation);
	free(name);
	return st;
}
