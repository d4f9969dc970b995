/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lupe.conf: lines and sections are libinih's, the meaning of each key stands here. The library
 * cuts lines that are longer than its buffer and gives no line numbers, so it reads through a
 * function of ours that refuses the one and counts the other.
 */
#include "indexer/config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/option.h"
#include "indexer/extract/limits.h"
#include "indexer/format.h"

enum { FILE_MAX_BYTES = 1 << 20, OCR_SECONDS = 300, SECONDS_MAX = 3600 };

/* A file being read. */
struct source {
	struct config *config;
	const char *path;
	char *folder; /* that the file is in */
	struct span rest;
	int line;
	struct lupe_error *err;
	lupe_status status;
};

void config_done(struct config *config)
{
	format_reset();
	for (size_t i = 0; i < config->filter_count; i++)
		command_done(&config->filters[i].command);
	free(config->filters);
	command_done(&config->ocr);
	meta_rules_done(&config->meta);
	free(config->roots.items);
	free(config->excludes.items);
	free(config->includes.items);
	arena_done(&config->arena);
	*config = (struct config){0};
}

/* The first problem is the one that is told. */
static lupe_status refuse(struct source *source, const char *problem)
{
	if (source->status == LUPE_OK)
		source->status = lupe_fail(source->err, LUPE_ERROR_ARGUMENT, "%s:%d: %s",
			source->path, source->line, problem);
	return source->status;
}

/* ---- keys ---- */

static const char *keep(struct config *config, const char *value)
{
	return arena_copy(&config->arena, span_of(value)).ptr;
}

static void add(struct patterns *list, const char *value)
{
	ARRAY_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = value;
}

static lupe_status set_switch(int *ret, const char *value, struct lupe_error *err)
{
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: neither yes nor no", value);
	*ret = strcmp(value, "yes") == 0 ? 1 : -1;
	return LUPE_OK;
}

static lupe_status set_jobs(size_t *ret, const char *value, struct lupe_error *err)
{
	unsigned long jobs;
	lupe_status st = option_number(value, "jobs", &jobs, err);

	if (st == LUPE_OK && (jobs == 0 || jobs > JOBS_MAX))
		st = lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s: 1 to %d are possible", value, JOBS_MAX);
	if (st == LUPE_OK)
		*ret = jobs;
	return st;
}

/* Roots are relative to the folder of the file. */
static void add_root(struct source *source, const char *value)
{
	char *path = path_join(source->folder, value);

	add(&source->config->roots, keep(source->config, path));
	free(path);
}

static lupe_status take_index(
	struct source *source, const char *key, const char *value, struct lupe_error *err)
{
	struct config *config = source->config;

	if (strcmp(key, "root") == 0)
		add_root(source, value);
	else if (strcmp(key, "exclude") == 0)
		add(&config->excludes, keep(config, value));
	else if (strcmp(key, "include") == 0)
		add(&config->includes, keep(config, value));
	else if (strcmp(key, "group") == 0)
		config->group = keep(config, value);
	else if (strcmp(key, "hidden") == 0)
		return set_switch(&config->hidden, value, err);
	else if (strcmp(key, "follow") == 0)
		return set_switch(&config->follow, value, err);
	else if (strcmp(key, "one-file-system") == 0)
		return set_switch(&config->one_file_system, value, err);
	else if (strcmp(key, "jobs") == 0)
		return set_jobs(&config->jobs, value, err);
	else
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no such key in [index]");
	return LUPE_OK;
}

static lupe_status take_meta(
	struct source *source, const char *key, const char *value, struct lupe_error *err)
{
	return meta_rules_add(&source->config->meta, span_of(key), span_of(value), err);
}

static lupe_status set_seconds(unsigned *ret, const char *value, struct lupe_error *err)
{
	unsigned long seconds;
	lupe_status st = option_number(value, "timeout", &seconds, err);

	if (st == LUPE_OK && (seconds == 0 || seconds > SECONDS_MAX))
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: 1 to %d seconds are possible", value,
			SECONDS_MAX);
	if (st == LUPE_OK)
		*ret = (unsigned)seconds;
	return st;
}

static lupe_status take_filter(
	struct source *source, const char *key, const char *value, struct lupe_error *err)
{
	struct config *config = source->config;

	if (strcmp(key, "timeout") == 0)
		return set_seconds(&config->filter_seconds, value, err);
	if (key[0] != '.' || !key[1] || strchr(key, '/'))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "neither an .EXTENSION nor \"timeout\"");
	ARRAY_GROW(config->filters, config->filter_count, config->filter_capacity);
	struct config_filter *filter = &config->filters[config->filter_count++];
	*filter = (struct config_filter){.extension = keep(config, key)};
	return command_parse(&filter->command, value, err);
}

static lupe_status take_ocr(
	struct source *source, const char *key, const char *value, struct lupe_error *err)
{
	if (strcmp(key, "timeout") == 0)
		return set_seconds(&source->config->ocr_seconds, value, err);
	if (strcmp(key, "command") == 0)
		return command_parse(&source->config->ocr, value, err);
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no such key in [ocr]");
}

static const struct {
	const char *name;
	lupe_status (*take)(
		struct source *source, const char *key, const char *value, struct lupe_error *err);
} sections[] = {
	{"index", take_index},
	{"filter", take_filter},
	{"ocr", take_ocr},
	{"meta", take_meta},
};

static int on_key(void *user, const char *section, const char *key, const char *value)
{
	struct source *source = user;
	struct lupe_error err = {0};
	BUF_SCOPED(problem);

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if (strcmp(section, sections[i].name) != 0)
			continue;
		/* A list may be emptied by "exclude =". */
		bool may_be_empty = strcmp(key, "exclude") == 0 || strcmp(key, "include") == 0;
		if (!*value && !may_be_empty)
			lupe_fail(&err, LUPE_ERROR_ARGUMENT, "no value");
		else if (sections[i].take(source, key, value, &err) == LUPE_OK)
			return 1;
		buf_printf(&problem, "%s: %s", key, err.message);
		refuse(source, buf_string(&problem));
		return 0;
	}
	buf_printf(&problem, *section ? "[%s]: no such section" : "a key before any [section]",
		section);
	refuse(source, buf_string(&problem));
	return 0;
}

/* ---- lines ---- */

/* As fgets. Blanks at the beginning would make the line go on the one before. */
static char *next_line(char *line, int size, void *stream)
{
	struct source *source = stream;

	if (!source->rest.ptr || !source->rest.len || source->status != LUPE_OK)
		return NULL;
	struct span s = span_trim(span_take(&source->rest, '\n'));
	source->line++;
	if (memchr(s.ptr, '\0', s.len)) {
		refuse(source, "a NUL byte");
		return NULL;
	}
	if (s.len + 2 > (size_t)size) {
		BUF_SCOPED(problem);

		buf_printf(&problem, "longer than %d bytes", size - 2);
		refuse(source, buf_string(&problem));
		return NULL;
	}
	memcpy(line, s.ptr, s.len);
	memcpy(line + s.len, "\n", 2);
	return line;
}

static lupe_status parse(struct source *source)
{
	int bad_line = ini_parse_stream(next_line, source, on_key, source);

	if (source->status == LUPE_OK && bad_line > 0) {
		source->line = bad_line;
		refuse(source, "neither [SECTION] nor KEY = VALUE");
	}
	return source->status;
}

/* ---- the file ---- */

/* It names programs that run as the caller. */
static lupe_status check_owner(int fd, const char *path, struct lupe_error *err)
{
	struct stat s;

	if (fstat(fd, &s) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(s.st_mode))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: not a regular file", path);
	if ((s.st_uid != geteuid() && s.st_uid != 0) || s.st_mode & S_IWOTH)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: somebody else's, or everybody may write it; not used", path);
	return LUPE_OK;
}

static lupe_status load_file(
	const char *path, bool needed, struct buf *ret, bool *ret_found, struct lupe_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	*ret_found = fd >= 0;
	if (fd < 0 && !needed && (errno == ENOENT || errno == ENOTDIR))
		return LUPE_OK;
	if (fd < 0)
		return lupe_fail(err, errno == ENOENT ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_IO,
			"%s: %s", path, strerror(errno));
	lupe_status st = check_owner(fd, path, err);
	if (st == LUPE_OK)
		st = file_read_fd(fd, path, FILE_MAX_BYTES, ret, err);
	close(fd);
	return st;
}

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == path ? mem_strdup("/")
	       : slash       ? mem_strndup(path, (size_t)(slash - path))
			     : mem_strdup("");
}

lupe_status config_load(
	struct config *config, const char *named, const char *index_folder, struct lupe_error *err)
{
	char *path = named ? mem_strdup(named) : path_join(index_folder, CONFIG_FILE);
	bool found;
	BUF_SCOPED(text);
	lupe_status st = load_file(path, named != NULL, &text, &found, err);

	if (st == LUPE_OK && found) {
		struct source source = {
			.config = config,
			.path = path,
			.folder = folder_of(path),
			.rest = buf_span(&text),
			.err = err,
		};

		st = parse(&source);
		free(source.folder);
	}
	free(path);
	return st;
}

/* ---- using it ---- */

static void complete_list(struct patterns *list, const struct patterns *from)
{
	if (list->count)
		return;
	for (size_t i = 0; i < from->count; i++)
		add(list, from->items[i]);
}

static void add_formats(struct config *config)
{
	for (size_t i = 0; i < config->filter_count; i++) {
		struct config_filter *filter = &config->filters[i];

		filter->command.seconds =
			config->filter_seconds ? config->filter_seconds : LIMIT_SECONDS;
		format_add(filter->extension, &filter->command);
	}
}

void config_complete(struct config *config, struct options *options)
{
	add_formats(config);
	config->ocr.seconds = config->ocr_seconds ? config->ocr_seconds : OCR_SECONDS;
	config->ocr.starts_programs = true;
	options->ocr = config->ocr.count ? &config->ocr : NULL;
	options->roots = &config->roots;
	options->meta = &config->meta;
	complete_list(&options->excludes, &config->excludes);
	complete_list(&options->includes, &config->includes);
	options->hidden = options->hidden ? options->hidden : config->hidden;
	options->follow = options->follow ? options->follow : config->follow;
	options->one_file_system =
		options->one_file_system ? options->one_file_system : config->one_file_system;
	options->jobs = options->jobs ? options->jobs : config->jobs;
	options->group = options->group ? options->group : config->group;
}
