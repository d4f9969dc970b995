/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The limits are checked before anything costly is done; what is left is bounded by the clock,
 * whose signal ends the process with an answer made beforehand.
 */
#include "query/web.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static lupe_status check_options(
	const struct settings *settings, const char **ret_code, struct lupe_error *err)
{
	*ret_code = "bad_request";
	if (!settings_is_json(settings))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--web answers in JSON only");
	if (settings->queries_file || settings->pattern_file_count || settings->files_from)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--web reads no files");
	if (settings->explain)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--web explains nothing");
	if (settings->regex)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--web takes no regular expressions");
	if (!settings->index_folder)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--web needs --index");
	return LUPE_OK;
}

static lupe_status check_window(
	const struct settings *settings, const char **ret_code, struct lupe_error *err)
{
	size_t limit = settings->search.limit, offset = settings->search.offset;
	*ret_code = "window_too_large";
	if (settings->form == FORM_DOCUMENT) {
		if (settings->limit_given && limit > WEB_TEXT_BYTES)
			return lupe_fail(err, LUPE_ERROR_LIMIT, "more than %d bytes at a time",
				WEB_TEXT_BYTES);
		return LUPE_OK;
	}
	if (settings->limit_given && limit > WEB_LIMIT)
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "more than %d documents at a time", WEB_LIMIT);
	if (offset > WEB_WINDOW || (settings->limit_given && offset + limit > WEB_WINDOW))
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "only the best %d documents are shown", WEB_WINDOW);
	return LUPE_OK;
}

lupe_status web_check_settings(
	const struct settings *settings, const char **ret_code, struct lupe_error *err)
{
	size_t bytes = 0;
	lupe_status status = check_options(settings, ret_code, err);
	if (status != LUPE_OK)
		return status;
	for (size_t i = 0; i < settings->patterns.count; i++)
		bytes += strlen(settings->patterns.items[i]);
	if (bytes > WEB_QUERY_BYTES) {
		*ret_code = "query_too_long";
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "query of more than %d bytes", WEB_QUERY_BYTES);
	}
	status = check_window(settings, ret_code, err);
	if (status == LUPE_OK)
		*ret_code = NULL;
	return status;
}

lupe_status web_check_plan(const struct plan *plan, const char **ret_code, struct lupe_error *err)
{
	if (plan->leaf_count <= WEB_TERMS)
		return LUPE_OK;
	*ret_code = "query_too_complex";
	return lupe_fail(
		err, LUPE_ERROR_LIMIT, "query of more than %d words and phrases", WEB_TERMS);
}

/* ---- the clock ---- */

static struct span late_answer;
static int late_status;

static void give_up(int signal_number)
{
	(void)signal_number;
	struct span rest = late_answer;
	while (rest.len) {
		ssize_t written = write(STDOUT_FILENO, rest.ptr, rest.len);
		if (written <= 0)
			break;
		rest = span_skip(rest, (size_t)written);
	}
	_exit(late_status);
}

static bool running;

static void set_clock(long ms)
{
	struct itimerval timer = {.it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000}};
	setitimer(ITIMER_REAL, &timer, NULL);
}

void web_start_clock(struct span answer, int status)
{
	struct sigaction action = {.sa_handler = give_up};
	late_answer = answer;
	late_status = status;
	sigaction(SIGALRM, &action, NULL);
	running = true;
	set_clock(WEB_TIME_MS);
}

void web_stop_clock(void)
{
	if (running)
		set_clock(0);
	running = false;
}
