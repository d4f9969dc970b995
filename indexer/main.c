/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lupe-index: the command line, signals, and what the exit status says.
 */
#include <locale.h>
#include <malloc.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/option.h"
#include "indexer/commands.h"
#include "indexer/stop.h"
#include "lupe/xapian-c.h"
#include "text/harmless.h"

#ifndef LUPE_VERSION
#define LUPE_VERSION "unknown"
#endif

atomic_int stop_signal;

enum {
	OPTION_INDEX = 1000,
	OPTION_CONFIG,
	OPTION_JSON,
	OPTION_EXCLUDE,
	OPTION_INCLUDE,
	OPTION_HIDDEN,
	OPTION_FOLLOW,
	OPTION_ALLOW_MASS_DELETE,
	OPTION_NO_SANDBOX,
	OPTION_RETRY_FAILED,
	OPTION_GROUP,
	OPTION_ALLOW_PRIVATE,
	OPTION_DRY_RUN,
	OPTION_WAIT,
	OPTION_CRON,
	OPTION_LOG,
	OPTION_PURGE,
	OPTION_TERMS,
	OPTION_HELP,
	OPTION_VERSION,
};
/* Allocations from here on go back to the system when they are freed; without a fixed threshold
   glibc raises it after the first large document, and keeps them. */
enum { LARGE_ALLOCATION_BYTES = 1 << 18 };

static const struct option_row rows[] = {
	{OPTION_INDEX, 0, "index", "DIR", "the index folder; default: .lupe in or above PATH"},
	{OPTION_CONFIG, 0, "config", "FILE",
		"the configuration file; default: lupe.conf in the index folder"},
	{OPTION_EXCLUDE, 0, "exclude", "GLOB",
		"pass over names, or with a slash paths, like this; repeatable, remembered"},
	{OPTION_INCLUDE, 0, "include", "GLOB", "read no files but those like this; the same"},
	{OPTION_HIDDEN, 0, "hidden", "[YES]", "read hidden files, too (no: not any more)"},
	{OPTION_FOLLOW, 0, "follow", "[YES]", "follow symbolic links (no: not any more)"},
	{'x', 'x', "one-file-system", "[YES]",
		"leave out what is mounted below a root (no: not any more)"},
	{OPTION_ALLOW_MASS_DELETE, 0, "allow-mass-delete", NULL,
		"believe it when a fifth of the files or a whole root is gone"},
	{OPTION_DRY_RUN, 0, "dry-run", NULL, "tell what would be read and removed; write nothing"},
	{OPTION_WAIT, 0, "wait", "[SECONDS]", "wait for another run to end"},
	{OPTION_CRON, 0, "cron", NULL, "print nothing but what is newly wrong"},
	{OPTION_LOG, 0, "log", "FILE", "append the summary to FILE"},
	{OPTION_PURGE, 0, "purge", NULL, "prune: leave nothing of deleted texts either"},
	{'j', 'j', "jobs", "N", "read and analyse with N threads; default: one a processor"},
	{OPTION_RETRY_FAILED, 0, "retry-failed", NULL,
		"read failed files again, though they have not changed"},
	{OPTION_GROUP, 0, "group", "NAME", "let this group read the index"},
	{OPTION_ALLOW_PRIVATE, 0, "allow-private", NULL,
		"index files that not everybody may read who may read the index"},
	{OPTION_NO_SANDBOX, 0, "no-sandbox", NULL,
		"read documents without protection from what may be in them"},
	{OPTION_JSON, 0, "json", NULL, "JSON output, of status, failures and analyze"},
	{OPTION_TERMS, 0, "terms", NULL, "dump: every term with frequency and positions"},
	{'q', 'q', "quiet", NULL, "no summary and no progress"},
	{'v', 'v', "verbose", NULL, "a line for each file that is new, changed or removed"},
	{OPTION_HELP, 0, "help", NULL, "this help"},
	{OPTION_VERSION, 0, "version", NULL, "versions of the program and of Xapian"},
	{0, 0, NULL, NULL, NULL},
};

typedef lupe_status command(const struct options *options, int *ret_exit, struct lupe_error *err);

static const struct {
	const char *name;
	command *run;
	const char *help;
} commands[] = {
	{"update", command_update, "read what is new or changed (the default)"},
	{"rebuild", command_rebuild, "read everything again, then replace the index"},
	{"rollback", command_rollback, "go back to the index before the last rebuild"},
	{"prune", command_prune, "remove the index before the last rebuild"},
	{"status", command_status, "what the index holds"},
	{"failures", command_failures, "files that could not be read, or not quite"},
	{"check", command_check, "whether the index is sound; exit status 1 if not"},
	{"dump", command_dump, "all that the index knows, as JSON, file by file"},
	{"analyze", command_analyze, "show words and terms of a text, or of standard input"},
};
enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static void print_help(void)
{
	puts("Usage: lupe-index [COMMAND] [OPTION]... [PATH]...\n"
	     "Makes an index of documents (PDF, DOCX, ODT, EPUB, HTML, Markdown, text) and\n"
	     "keeps it up to date.\n\n"
	     "Commands:");
	for (int i = 0; i < COMMAND_COUNT; i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].help);
	puts("\nOptions:");
	option_print_help(rows, stdout);
	puts("\nExit status: 0 published, or nothing to do; 1 published, but files newly fail;\n"
	     "2 fatal, the old index is kept; 75 another run holds the lock; 130 or 143\n"
	     "interrupted: what was read is kept, and the next run goes on from there.");
}

static void print_version(void)
{
	printf("lupe-index %s (Xapian %s)\n", LUPE_VERSION, xc_xapian_version());
}

static void add_pattern(struct patterns *patterns, const char *pattern)
{
	ARRAY_GROW(patterns->items, patterns->count, patterns->capacity);
	patterns->items[patterns->count++] = pattern;
}

static lupe_status parse_switch(
	int *ret, const char *name, const char *value, struct lupe_error *err)
{
	bool no = value && strcmp(value, "no") == 0;

	if (value && !no && strcmp(value, "yes") != 0)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s: %s: neither yes nor no", name, value);
	*ret = no ? -1 : 1;
	return LUPE_OK;
}

static lupe_status parse_jobs(struct options *options, const char *value, struct lupe_error *err)
{
	unsigned long jobs;
	lupe_status st = option_number(value, "--jobs", &jobs, err);

	if (st == LUPE_OK && (jobs == 0 || jobs > JOBS_MAX))
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "--jobs: %s: 1 to %d are possible", value,
			JOBS_MAX);
	if (st == LUPE_OK)
		options->jobs = jobs;
	return st;
}

/* LUPE_END: the option was all that was asked for. */
static lupe_status apply_option(
	struct options *options, int id, const char *value, struct lupe_error *err)
{
	switch (id) {
	case OPTION_INDEX:
		options->index_folder = value;
		break;
	case OPTION_CONFIG:
		options->config_file = value;
		break;
	case OPTION_EXCLUDE:
		add_pattern(&options->excludes, value);
		break;
	case OPTION_INCLUDE:
		add_pattern(&options->includes, value);
		break;
	case OPTION_HIDDEN:
		return parse_switch(&options->hidden, "--hidden", value, err);
	case OPTION_FOLLOW:
		return parse_switch(&options->follow, "--follow", value, err);
	case 'x':
		return parse_switch(&options->one_file_system, "--one-file-system", value, err);
	case OPTION_DRY_RUN:
		options->dry_run = true;
		break;
	case OPTION_WAIT:
		options->wait_s = INFINITY;
		return value ? option_decimal(value, "--wait", &options->wait_s, err) : LUPE_OK;
	case OPTION_CRON:
		options->cron = options->quiet = true;
		break;
	case OPTION_LOG:
		options->log_file = value;
		break;
	case OPTION_PURGE:
		options->purge = true;
		break;
	case OPTION_ALLOW_MASS_DELETE:
		options->allow_mass_delete = true;
		break;
	case OPTION_RETRY_FAILED:
		options->retry_failed = true;
		break;
	case OPTION_GROUP:
		options->group = value;
		break;
	case OPTION_ALLOW_PRIVATE:
		options->allow_private = true;
		break;
	case OPTION_NO_SANDBOX:
		options->no_sandbox = true;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case OPTION_TERMS:
		options->terms = true;
		break;
	case 'j':
		return parse_jobs(options, value, err);
	case 'q':
		options->quiet = true;
		break;
	case 'v':
		options->verbose = true;
		break;
	case OPTION_HELP:
		print_help();
		return LUPE_END;
	default:
		print_version();
		return LUPE_END;
	}
	return LUPE_OK;
}

/* LUPE_END, as above. */
static lupe_status parse_options(
	struct options *options, struct option_parser *parser, struct lupe_error *err)
{
	const char *value;
	int id, count;
	lupe_status st;

	while ((st = option_next(parser, &id, &value, err)) == LUPE_OK)
		if ((st = apply_option(options, id, value, err)) != LUPE_OK)
			return st;
	if (st < 0)
		return st;
	options->operands = option_operands(parser, &count);
	options->operand_count = (size_t)count;
	return LUPE_OK;
}

static command *take_command(struct options *options)
{
	for (int i = 0; i < COMMAND_COUNT && options->operand_count; i++) {
		if (strcmp(options->operands[0], commands[i].name) != 0)
			continue;
		options->operands++;
		options->operand_count--;
		return commands[i].run;
	}
	return command_update;
}

static void on_signal(int number)
{
	stop_signal = number;
}

static void on_exhausted(void)
{
	static const char message[] = "lupe-index: out of memory\n";

	ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);
	(void)written;
	_exit(EXIT_FATAL);
}

/* What was committed is on disk, and the next run goes on from there, as after a kill. */
static void on_fatal(const char *message)
{
	dprintf(STDERR_FILENO, "lupe-index: %s\n", message);
	_exit(EXIT_FATAL);
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

static int fail(const struct lupe_error *err)
{
	fputs("lupe-index: ", stderr);
	print_harmless(stderr, span_of(err->message));
	fputc('\n', stderr);
	return err->status == LUPE_ERROR_LOCKED ? EXIT_BUSY : EXIT_FATAL;
}

static int run_command(struct options *options)
{
	struct lupe_error err = {0};
	int exit_status = EXIT_FATAL;

	if (take_command(options)(options, &exit_status, &err) < 0)
		return fail(&err);
	if (exit_status > EXIT_SIGNAL)
		fputs("lupe-index: interrupted; what was read is kept, the next run goes on\n",
			stderr);
	return exit_status;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	struct lupe_error err = {0};
	int exit_status = 0;

	setlocale(LC_CTYPE, "");
	mem_set_exhausted_handler(on_exhausted);
	xc_set_fatal_handler(on_fatal);
	mallopt(M_MMAP_THRESHOLD, LARGE_ALLOCATION_BYTES);
	catch_signals();
	struct option_parser *parser = option_start(rows, argc, argv, "lupe-index");
	lupe_status st = parse_options(&options, parser, &err);
	if (st < 0)
		exit_status = fail(&err);
	else if (st == LUPE_OK)
		exit_status = run_command(&options);
	if (fflush(stdout) != 0 && exit_status == 0)
		exit_status = EXIT_FATAL;
	option_free(parser);
	free(options.excludes.items);
	free(options.includes.items);
	return exit_status;
}
