/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opens what a query needs: the index, the language it was made with, the documents it is
 * restricted to. What is asked and printed is main.c's.
 */
#include "query/session.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "query/message.h"

enum { LIST_LIMIT = 64 << 20 };

static lupe_status locate(
	const struct settings *settings, char **ret_folder, struct lupe_error *err)
{
	BUF_SCOPED(data_home);
	if (settings->web) /* nothing from the environment */
		return index_locate(
			&(struct index_places){.folder = settings->index_folder}, ret_folder, err);
	const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	const char *environment = getenv("LUPE_INDEX");
	if (xdg && *xdg)
		buf_add_string(&data_home, xdg);
	else if (home && *home)
		buf_printf(&data_home, "%s/.local/share", home);
	struct index_places places = {.folder = settings->index_folder,
		.environment = environment && *environment ? environment : NULL,
		.data_home = data_home.len ? data_home.ptr : NULL};
	return index_locate(&places, ret_folder, err);
}

/* A path that is not in the index is told, and the others are searched, as grep does; the last such
   message is the error if there are no others. */
struct restriction {
	struct lupe_error missing;
	size_t known;
};

static lupe_status restrict_to(
	struct session *s, const char *path, struct restriction *r, struct lupe_error *err)
{
	struct lupe_error detail;
	bool told = r->missing.status != LUPE_OK && !s->settings.no_messages;
	lupe_status status = s->settings.web
				     ? paths_restrict_inside(s->paths, path, s->index, &detail)
				     : paths_restrict(s->paths, path, s->index, &detail);
	if (status == LUPE_OK) {
		r->known++;
		return LUPE_OK;
	}
	if (status != LUPE_ERROR_ARGUMENT) {
		*err = detail;
		return status;
	}
	if (told)
		message_print("", r->missing.message);
	r->missing = detail;
	return LUPE_OK;
}

/* --files-from: a path a line, or each with a NUL behind it. */
static lupe_status restrict_to_list(
	struct session *s, struct restriction *r, struct lupe_error *err)
{
	const char *name = s->settings.files_from;
	BUF_SCOPED(contents);
	BUF_SCOPED(path);
	lupe_status status = strcmp(name, "-") == 0 ? file_read_fd(STDIN_FILENO, "standard input",
							      LIST_LIMIT, &contents, err)
						    : file_read(name, LIST_LIMIT, &contents, err);
	struct span rest = buf_span(&contents);
	while (status == LUPE_OK && rest.ptr) {
		struct span line = span_take(&rest, s->settings.null_lists ? '\0' : '\n');
		if (line.len == 0)
			continue;
		buf_clear(&path);
		buf_add_span(&path, line);
		status = restrict_to(s, path.ptr, r, err);
	}
	return status;
}

static lupe_status restrict_paths(struct session *s, struct lupe_error *err)
{
	struct restriction r = {.known = 0};
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < s->settings.path_count && status == LUPE_OK; i++)
		status = restrict_to(s, s->settings.paths[i], &r, err);
	if (status == LUPE_OK && s->settings.files_from)
		status = restrict_to_list(s, &r, err);
	if (status != LUPE_OK || r.missing.status == LUPE_OK)
		return status;
	s->errors = true;
	if (r.known == 0) {
		s->error_code = s->settings.form == FORM_DOCUMENT ? "document_missing" : NULL;
		s->quiet_error = s->settings.no_messages;
		*err = r.missing;
		return r.missing.status;
	}
	if (!s->settings.no_messages)
		message_print("", r.missing.message);
	return LUPE_OK;
}

/* Opens the language that the index was made with: its own copies. */
static lupe_status open_language(struct session *s, struct lupe_error *err)
{
	const char *generation = index_generation(s->index);
	const char *wanted = index_manifest(s->index)->analyser;
	char *lexicon = path_join(generation ? generation : index_folder(s->index), LEXICON_FILE);
	char *words = path_join(generation ? generation : index_folder(s->index), WORDS_FILE);
	lupe_status status = language_open(&s->language, lexicon, words, NULL, NULL, err);
	free(lexicon);
	free(words);
	if (status == LUPE_OK && strcmp(s->language.name, wanted) != 0)
		status = lupe_fail(err, LUPE_ERROR_SCHEMA,
			"%s: made with analyser %s, this is %s: rebuild needed (lupe-index "
			"rebuild)",
			index_folder(s->index), wanted, s->language.name);
	return status;
}

lupe_status session_open_index(struct session *s, struct lupe_error *err)
{
	char *folder = NULL;
	lupe_status status = locate(&s->settings, &folder, err);
	if (status == LUPE_OK)
		status = index_open(folder, NULL, &s->index, err);
	free(folder);
	if (status == LUPE_OK)
		s->paths = paths_new(s->index);
	return status;
}

lupe_status session_open(struct session *s, struct lupe_error *err)
{
	lupe_status status = session_open_index(s, err);
	if (status == LUPE_OK)
		status = open_language(s, err);
	if (status != LUPE_OK)
		return status;
	s->document = document_new(index_database(s->index), s->language.analyser);
	s->finder = finder_new(s->document);
	xc_query *paths = NULL;
	status = restrict_paths(s, err);
	if (status == LUPE_OK)
		status = paths_query(s->paths, &paths, err);
	if (status == LUPE_OK)
		status = filter_query(
			&s->settings.filter, index_database(s->index), paths, &s->within, err);
	s->settings.search.within = s->within;
	return status;
}

void session_close(struct session *s)
{
	xc_query_free(s->within);
	finder_free(s->finder);
	document_free(s->document);
	paths_free(s->paths);
	index_close(s->index);
	language_close(&s->language);
	s->within = NULL;
	s->finder = NULL;
	s->document = NULL;
	s->paths = NULL;
	s->index = NULL;
	s->settings.search.within = NULL;
}
