/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe`: opens the index, runs the query or a batch of them, prints the answer in the form asked
 * for. A publication under a running query is met by starting again, as long as nothing has been
 * printed.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "query/message.h"
#include "query/output/output.h"
#include "query/request.h"
#include "text/decode.h"
#include "text/harmless.h"
#include "text/language.h"

enum { EXIT_FOUND = 0, EXIT_NONE = 1, EXIT_ERROR = 2 };
enum { DEFAULT_LIMIT = 10, TREC_LIMIT = 1000, MOST_ATTEMPTS = 3, BATCH_LIMIT = 64 << 20 };

/* Everything that is open while a query runs. */
struct session {
	struct settings settings;
	struct language language;
	struct index *index;
	struct paths *paths;
	struct document *document;
	size_t printed;
	bool found;
	bool errors;      /* messages were given, though there is an answer */
	bool quiet_error; /* the error is one that -s suppresses */
};

static void memory_exhausted(void)
{
	message_print("", "out of memory");
	_exit(EXIT_ERROR);
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The user's language, by the variables that setlocale(LC_MESSAGES) reads. */
static bool speaks_german(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return strncmp(value, "de", 2) == 0;
	}
	return false;
}

static bool wants_color(const struct settings *settings, bool terminal)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	if (settings->color != COLOR_AUTO)
		return settings->color == COLOR_ALWAYS;
	return terminal && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

/* ---- opening ---- */

static lupe_status locate(
	const struct settings *settings, char **ret_folder, struct lupe_error *err)
{
	BUF_SCOPED(data_home);
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

/* An operand that is not in the index is told, and the others are searched, as grep does; the last
   such message is the error if there are no others. */
static lupe_status restrict_paths(struct session *s, struct lupe_error *err)
{
	struct lupe_error missing = {LUPE_OK, ""};
	size_t known = 0;
	for (size_t i = 0; i < s->settings.path_count; i++) {
		struct lupe_error detail;
		lupe_status status =
			paths_restrict(s->paths, s->settings.paths[i], s->index, &detail);
		known += status == LUPE_OK;
		if (status != LUPE_OK && status != LUPE_ERROR_ARGUMENT) {
			*err = detail;
			return status;
		}
		if (status == LUPE_OK)
			continue;
		if (missing.status != LUPE_OK && !s->settings.no_messages)
			message_print("", missing.message);
		missing = detail;
	}
	if (missing.status == LUPE_OK)
		return LUPE_OK;
	s->errors = true;
	if (known == 0) {
		s->quiet_error = s->settings.no_messages;
		*err = missing;
		return missing.status;
	}
	if (!s->settings.no_messages)
		message_print("", missing.message);
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

static lupe_status open_session(struct session *s, struct lupe_error *err)
{
	char *folder = NULL;
	lupe_status status = locate(&s->settings, &folder, err);
	if (status != LUPE_OK)
		return status;
	status = index_open(folder, NULL, &s->index, err);
	free(folder);
	if (status == LUPE_OK)
		status = open_language(s, err);
	if (status != LUPE_OK)
		return status;
	s->paths = paths_new(s->index);
	s->document = document_new(index_database(s->index), s->language.analyser);
	status = restrict_paths(s, err);
	return status == LUPE_OK ? paths_query(s->paths, &s->settings.search.within, err) : status;
}

static void close_session(struct session *s)
{
	document_free(s->document);
	paths_free(s->paths);
	index_close(s->index);
	language_close(&s->language);
	s->document = NULL;
	s->paths = NULL;
	s->index = NULL;
	s->settings.search.within = NULL;
}

/* ---- one query ---- */

static lupe_status print_answer(
	struct session *s, const struct answer *answer, struct lupe_error *err)
{
	if (s->settings.explain)
		return output_explain(answer, &s->printed, err);
	switch (s->settings.form) {
	case FORM_FILES:
	case FORM_FILES_WITHOUT:
		return output_files(answer, &s->printed, err);
	case FORM_JSON:
		return output_json(answer, &s->printed, err);
	case FORM_TREC:
		return output_trec(answer, &s->printed, err);
	case FORM_PRETTY:
		return output_pretty(answer, &s->printed, err);
	case FORM_QUIET:
		return LUPE_OK;
	default:
		return output_lines(answer, &s->printed, err);
	}
}

/* Whether the answer holds a document that the exit status counts. */
static bool has_found(const struct session *s, const struct results *results)
{
	if (s->settings.form == FORM_FILES_WITHOUT || s->settings.search.match == MATCH_ANY)
		return results->count > 0 || results->total > 0;
	return results->total > 0;
}

/* Nothing that was only excluded can be shown on lines of its own. */
static void note_exclusions(const struct session *s, const struct plan *plan)
{
	bool by_lines = s->settings.form == FORM_LINES || s->settings.form == FORM_MATCHES ||
			s->settings.form == FORM_COUNT;
	for (size_t i = 0; i < plan->leaf_count; i++)
		by_lines &= plan->leaves[i]->negative;
	if (by_lines && plan->leaf_count)
		message_print("", "the query only excludes; -l lists the documents that are left");
}

static lupe_status run_query(struct session *s, const char *const *patterns, size_t count,
	const char *qid, struct lupe_error *err)
{
	struct arena arena = ARENA_INIT;
	struct plan plan = {0};
	struct results results = {0};
	struct request request;
	struct spell spell;
	double began = now_ms();
	spell_init(&spell, index_database(s->index), s->language.analyser, s->language.lexicon);
	lupe_status status =
		request_read(&request, patterns, count, &s->settings, &spell, &arena, err);
	spell_done(&spell);
	if (status == LUPE_OK)
		status = plan_make(&plan, request.root, &s->settings.plan, s->language.analyser,
			index_database(s->index), &arena, err);
	if (status == LUPE_OK && !plan.all && !qid && count)
		status = lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "the query holds no word to search for");
	note_exclusions(s, &plan);
	if (status == LUPE_OK)
		status = search_run(&results, index_database(s->index), &plan, &s->settings.search,
			s->document, err);
	if (status == LUPE_OK) {
		bool terminal = isatty(STDOUT_FILENO);
		struct answer answer = {.settings = &s->settings,
			.index = s->index,
			.paths = s->paths,
			.document = s->document,
			.request = &request,
			.plan = &plan,
			.results = &results,
			.qid = qid,
			.took_ms = now_ms() - began,
			.out = stdout,
			.color = wants_color(&s->settings, terminal),
			.terminal = terminal,
			.german = speaks_german()};
		s->found |= has_found(s, &results);
		status = print_answer(s, &answer, err);
	}
	results_done(&results);
	plan_done(&plan);
	arena_done(&arena);
	return status;
}

/* A batch: lines of id, tab, query. */
static lupe_status run_batch(struct session *s, struct lupe_error *err)
{
	const char *name = s->settings.queries_file;
	BUF_SCOPED(contents);
	lupe_status status = strcmp(name, "-") == 0 ? file_read_fd(STDIN_FILENO, "standard input",
							      BATCH_LIMIT, &contents, err)
						    : file_read(name, BATCH_LIMIT, &contents, err);
	size_t number = 0;
	for (char *line = contents.ptr; status == LUPE_OK && line && *line;) {
		char *end = strchr(line, '\n'), *tab = strchr(line, '\t');
		number++;
		if (end)
			*end = '\0';
		if (!tab || (end && tab > end))
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: line %zu has no tab between id and query", name, number);
		*tab = '\0';
		const char *query = tab + 1;
		status = run_query(s, &query, 1, line, err);
		line = end ? end + 1 : NULL;
	}
	return status;
}

static lupe_status run(struct session *s, struct lupe_error *err)
{
	for (int attempt = 1;; attempt++) {
		lupe_status status = open_session(s, err);
		if (status == LUPE_OK)
			status = s->settings.queries_file
					 ? run_batch(s, err)
					 : run_query(s, s->settings.patterns,
						   s->settings.pattern_count, NULL, err);
		close_session(s);
		if (status != LUPE_ERROR_MODIFIED)
			return status;
		if (s->printed || attempt == MOST_ATTEMPTS)
			return lupe_fail(err, LUPE_ERROR_MODIFIED, "index changed, run again");
	}
}

static void settle_form(struct settings *settings)
{
	if (settings->form == FORM_AUTO)
		settings->form = isatty(STDOUT_FILENO) ? FORM_PRETTY : FORM_LINES;
	settings->search.inverted = settings->form == FORM_FILES_WITHOUT;
	bool page = settings->form == FORM_PRETTY || settings->form == FORM_JSON;
	if (!settings->limit_given && page)
		settings->search.limit = DEFAULT_LIMIT;
	if (!settings->limit_given && settings->form == FORM_TREC)
		settings->search.limit = TREC_LIMIT;
	if (settings->form == FORM_QUIET) {
		settings->search.limit = 1;
		settings->search.offset = 0;
	}
	/* documents without all words are for lists that say so */
	if (settings->search.match == MATCH_AUTO && !page && settings->form != FORM_TREC)
		settings->search.match = MATCH_ALL;
}

int main(int argc, char **argv)
{
	static struct session s;
	struct lupe_error err = {LUPE_OK, ""};
	mem_set_exhausted_handler(memory_exhausted);
	lupe_status status = settings_parse(&s.settings, argc, argv, &err);
	if (status == LUPE_OK) {
		settle_form(&s.settings);
		status = run(&s, &err);
	} else if (status == LUPE_END) {
		status = LUPE_OK;
		s.found = true;
	}
	if (status < 0) {
		if (s.settings.form == FORM_JSON && !s.printed)
			output_json_error(stdout,
				span_of(s.settings.pattern_count ? s.settings.patterns[0] : ""),
				&err);
		if (!s.quiet_error)
			message_print("", err.message);
	}
	settings_done(&s.settings);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		if (errno != EPIPE)
			message_print("standard output: ", strerror(errno));
		status = LUPE_ERROR_IO;
	}
	if (s.settings.form == FORM_QUIET && s.found)
		return EXIT_FOUND;
	if (status < 0 || s.errors)
		return EXIT_ERROR;
	return s.found ? EXIT_FOUND : EXIT_NONE;
}
