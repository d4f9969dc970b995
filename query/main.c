/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe`: opens the index, runs the query or a batch of them, prints the answer in the form asked
 * for. A publication under a running query is met by starting again, as long as nothing has been
 * printed.
 */
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "query/complete.h"
#include "query/message.h"
#include "query/output/output.h"
#include "query/pager.h"
#include "query/request.h"
#include "query/session.h"
#include "query/web.h"
#include "text/decode.h"
#include "text/harmless.h"

enum { EXIT_FOUND = 0, EXIT_NONE = 1, EXIT_ERROR = 2 };
enum { DEFAULT_LIMIT = 10, TREC_LIMIT = 1000, MOST_ATTEMPTS = 3, BATCH_LIMIT = 64 << 20 };

static bool for_web;

static void memory_exhausted(void)
{
	static const char answer[] =
		"{\"schema\":1,\"query\":{\"input\":\"\"},\"results\":[],"
		"\"error\":{\"code\":\"internal\",\"message\":\"out of memory\"}}\n";
	if (for_web && write(STDOUT_FILENO, answer, sizeof(answer) - 1) < 0)
		_exit(EXIT_ERROR);
	message_print("", "out of memory");
	_exit(EXIT_ERROR);
}

/* Memory that was freed is used again, rather than given back and asked for page by page: texts of
   some 100 KB come and go ten times on a page of results. */
static void keep_memory(void)
{
	enum { KEPT = 32 << 20, STEP = 1 << 20 };
	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, STEP);
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool wants_color(const struct settings *settings, bool terminal)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	if (settings->color != COLOR_AUTO)
		return settings->color == COLOR_ALWAYS;
	return terminal && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

/* A terminal that is fit for colours shows links, or passes over them. */
static bool wants_links(const struct settings *settings, bool terminal)
{
	if (settings->hyperlink != COLOR_AUTO)
		return settings->hyperlink == COLOR_ALWAYS;
	return terminal && settings->color != COLOR_NEVER && wants_color(settings, terminal);
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
	case FORM_JSONL:
		return output_jsonl(answer, &s->printed, err);
	case FORM_KWIC:
		return output_kwic(answer, &s->printed, err);
	case FORM_COUNT_BY:
		return output_count_by(answer, &s->printed, err);
	case FORM_BIBTEX:
		return output_bibtex(answer, &s->printed, err);
	case FORM_OPEN:
		return output_open(answer, &s->printed, err);
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

/* The one document that --document names. */
static lupe_status find_document(struct session *s, uint32_t *ret, struct lupe_error *err)
{
	struct xc_search_options options;
	xc_matches *matches = NULL;
	struct xc_match match;
	xc_search_options_init(&options);
	options.max_items = 2;
	lupe_status status =
		xc_search(index_database(s->index), s->within, &options, &matches, err);
	if (status == LUPE_OK && xc_matches_count(matches) != 1) {
		s->error_code = "document_missing";
		status = lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: no document in the index",
			s->settings.document_path);
	}
	if (status == LUPE_OK)
		status = xc_matches_item(matches, 0, &match, err);
	if (status == LUPE_OK)
		*ret = match.docid;
	xc_matches_close(matches);
	return status;
}

static lupe_status search_and_print(
	struct session *s, struct answer *answer, struct plan *plan, struct lupe_error *err)
{
	struct results results = {0};
	uint32_t docid = 0;
	lupe_status status;
	if (s->settings.form == FORM_DOCUMENT) {
		status = find_document(s, &docid, err);
		s->found |= status == LUPE_OK;
		return status == LUPE_OK ? output_document(answer, docid, &s->printed, err)
					 : status;
	}
	status = search_run(
		&results, index_database(s->index), plan, &s->settings.search, s->document, err);
	if (status == LUPE_OK) {
		answer->results = &results;
		answer->took_ms = now_ms() - answer->took_ms;
		s->found |= has_found(s, &results);
		status = print_answer(s, answer, err);
		answer->results = NULL;
	}
	results_done(&results);
	return status;
}

/* What is asked, as a plan. A query without a word is an error, but in a batch. */
static lupe_status make_plan(struct session *s, const char *const *patterns, size_t count,
	bool batch, struct request *request, struct plan *plan, struct arena *arena,
	struct lupe_error *err)
{
	struct spell spell;
	spell_init(&spell, index_database(s->index), s->language.analyser, s->language.lexicon);
	lupe_status status =
		request_read(request, patterns, count, &s->settings, &spell, arena, err);
	spell_done(&spell);
	s->quiet_error |= request->told;
	if (status == LUPE_OK)
		status = plan_make(plan, request->root, &s->settings.plan, s->language.analyser,
			index_database(s->index), arena, err);
	if (status == LUPE_OK && !plan->all && !batch && count && s->settings.form != FORM_DOCUMENT)
		status = lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "the query holds no word to search for");
	if (status == LUPE_OK && s->settings.web)
		status = web_check_plan(plan, &s->error_code, err);
	if (status == LUPE_OK)
		note_exclusions(s, plan);
	if (status == LUPE_OK)
		request_add_notices(request, &s->settings, plan->notices);
	return status;
}

static lupe_status run_query(struct session *s, const char *const *patterns, size_t count,
	const char *qid, struct lupe_error *err)
{
	struct arena arena = ARENA_INIT;
	struct plan plan = {0};
	struct request request;
	bool terminal = s->terminal;
	struct answer answer = {.settings = &s->settings,
		.index = s->index,
		.paths = s->paths,
		.document = s->document,
		.finder = s->finder,
		.request = &request,
		.plan = &plan,
		.qid = qid,
		.took_ms = now_ms(),
		.out = stdout,
		.color = wants_color(&s->settings, terminal),
		.links = wants_links(&s->settings, terminal),
		.later = s->later,
		.terminal = terminal,
		.german = message_in_german()};
	lupe_status status =
		make_plan(s, patterns, count, qid != NULL, &request, &plan, &arena, err);
	if (status == LUPE_OK)
		status = search_and_print(s, &answer, &plan, err);
	plan_done(&plan);
	arena_done(&arena);
	return status;
}

/* A batch: lines of id, tab, query; or of a query, which is its id then. TREC's ids have no blanks,
   so there has to be one. */
static lupe_status run_batch(struct session *s, struct lupe_error *err)
{
	const char *name = s->settings.queries_file;
	BUF_SCOPED(contents);
	lupe_status status = strcmp(name, "-") == 0 ? file_read_fd(STDIN_FILENO, "standard input",
							      BATCH_LIMIT, &contents, err)
						    : file_read(name, BATCH_LIMIT, &contents, err);
	struct span rest = buf_span(&contents);
	for (size_t number = 1; status == LUPE_OK && rest.len; number++) {
		struct span query = span_take(&rest, '\n');
		if (span_ends(query, SPAN("\r")))
			query.len--;
		if (!query.len)
			continue;
		contents.ptr[query.ptr - contents.ptr + (ptrdiff_t)query.len] = '\0';
		char *line = contents.ptr + (query.ptr - contents.ptr), *tab = strchr(line, '\t');
		if (!tab && s->settings.form == FORM_TREC)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: line %zu has no tab between id and query", name, number);
		if (tab)
			*tab = '\0';
		const char *text = tab ? tab + 1 : line;
		status = run_query(s, &text, 1, line, err);
		s->later = true;
	}
	return status;
}

static lupe_status run(struct session *s, struct lupe_error *err)
{
	for (int attempt = 1;; attempt++) {
		s->later = false;
		lupe_status status = session_open(s, err);
		if (status == LUPE_OK)
			status = s->settings.queries_file
					 ? run_batch(s, err)
					 : run_query(s, s->settings.patterns.items,
						   s->settings.patterns.count, NULL, err);
		if (status != LUPE_ERROR_MODIFIED)
			return status; /* the end of the process closes what is open faster */
		session_close(s);
		if (s->printed || attempt == MOST_ATTEMPTS)
			return lupe_fail(err, LUPE_ERROR_MODIFIED, "index changed, run again");
	}
}

/* Bounds of the list where none are given. */
static void settle_limit(struct settings *settings, bool page)
{
	if (!settings->limit_given && page)
		settings->search.limit = DEFAULT_LIMIT;
	if (!settings->limit_given && settings->form == FORM_TREC)
		settings->search.limit = TREC_LIMIT;
	if (settings->form == FORM_QUIET || settings->form == FORM_OPEN) {
		settings->search.limit = 1;
		settings->search.offset = settings->open > 1 ? settings->open - 1 : 0;
	}
}

static void settle_form(struct settings *settings, bool terminal)
{
	if (settings->form == FORM_AUTO)
		settings->form = terminal ? FORM_PRETTY : FORM_LINES;
	settings->search.inverted = settings->form == FORM_FILES_WITHOUT;
	bool page = settings->form == FORM_PRETTY || settings->form == FORM_JSON ||
		    settings->form == FORM_OPEN;
	settle_limit(settings, page);
	if (!settings->collapse_given)
		settings->search.collapse = page;
	settings->search.facets =
		settings->form == FORM_JSON && (settings->facets || settings->web);
	/* documents without all words are for lists that say so */
	if (settings->search.match == MATCH_AUTO && !page && settings->form != FORM_TREC)
		settings->search.match = MATCH_ALL;
	if (settings->form == FORM_DOCUMENT) {
		settings->paths = (char **)&settings->document_path;
		settings->path_count = 1;
	}
}

static struct span input_of(const struct session *s)
{
	return span_of(s->settings.patterns.count ? s->settings.patterns.items[0] : "");
}

/* The answer to a request from the web that takes too long, or more memory than there is. */
static struct buf late_answer;

static void prepare_for_web(struct session *s)
{
	static const struct lupe_error late = {LUPE_ERROR_LIMIT, "the search took too long"};
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	if (!out)
		return;
	output_json_error(out, input_of(s), &late, "timeout");
	fclose(out);
	buf_add(&late_answer, text, len);
	free(text);
	web_start_clock(buf_span(&late_answer), EXIT_ERROR);
}

/* Long answers for people; what goes to a file or a program is theirs. */
static bool wants_pager(const struct session *s)
{
	if (s->settings.pager != COLOR_AUTO)
		return s->settings.pager == COLOR_ALWAYS;
	return s->terminal && !s->settings.web && s->settings.form != FORM_QUIET &&
	       s->settings.form != FORM_OPEN;
}

static lupe_status settle_and_run(struct session *s, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	s->terminal = isatty(STDOUT_FILENO);
	settle_form(&s->settings, s->terminal);
	for_web = s->settings.web;
	if (for_web) {
		prepare_for_web(s);
		status = web_check_settings(&s->settings, &s->error_code, err);
	}
	if (status == LUPE_OK && wants_pager(s))
		pager_start();
	return status == LUPE_OK ? run(s, err) : status;
}

int main(int argc, char **argv)
{
	static struct session s;
	struct lupe_error err = {LUPE_OK, ""};
	keep_memory();
	mem_set_exhausted_handler(memory_exhausted);
	if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
		complete(argc - 2, argv + 2);
		return EXIT_FOUND;
	}
	lupe_status status = settings_parse(&s.settings, argc, argv, &err);
	if (status == LUPE_OK) {
		status = settle_and_run(&s, &err);
	} else if (status == LUPE_END) {
		status = LUPE_OK;
		s.found = true;
	} else if (s.settings.web) {
		s.error_code = "bad_request";
	}
	web_stop_clock();
	if (status < 0) {
		if (s.settings.web)
			s.settings.form = FORM_JSON;
		if (settings_is_json(&s.settings) && !s.printed)
			output_json_error(stdout, input_of(&s), &err, s.error_code);
		if (!s.quiet_error)
			message_print("", err.message);
	}
	settings_done(&s.settings);
	buf_done(&late_answer);
	bool flushed = fflush(stdout) == 0 && !ferror(stdout);
	int reason = errno;
	pager_finish();
	if (!flushed) {
		if (reason != EPIPE)
			message_print("standard output: ", strerror(reason));
		status = LUPE_ERROR_IO;
	}
	if (s.settings.form == FORM_QUIET && s.found)
		return EXIT_FOUND;
	if (status < 0 || s.errors)
		return EXIT_ERROR;
	return s.found ? EXIT_FOUND : EXIT_NONE;
}
