/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The option table of lupe-web, for the command line and for the configuration file, whose lines
 * `name = value` are read as `--name=value`. Whether the index or the root are there is found out
 * when they are used.
 */
#include "web/settings.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/option.h"

enum {
	OPT_ALLOW_CONNECT = 256,
	OPT_CONCURRENT,
	OPT_CONFIG,
	OPT_CONNECTIONS,
	OPT_CONTACT,
	OPT_HELP,
	OPT_IMPRINT,
	OPT_INDEX,
	OPT_LISTEN,
	OPT_LOG,
	OPT_LUPE,
	OPT_NO_SANDBOX,
	OPT_PRIVACY,
	OPT_QUEUE,
	OPT_RATE,
	OPT_SERVE_FILES,
	OPT_TIME_LIMIT,
	OPT_TITLE,
	OPT_TRUST_PROXY,
	OPT_URL,
	OPT_USER,
};

enum { CONFIG_MAX_BYTES = 64 * 1024 };

static const struct option_row rows[] = {
	{OPT_INDEX, 0, "index", "DIR", "the index folder"},
	{OPT_LISTEN, 0, "listen", "ADDR:PORT", "where to listen (127.0.0.1:8080)"},
	{OPT_CONFIG, 0, "config", "FILE", "take options from FILE, one `name = value` a line"},
	{OPT_SERVE_FILES, 0, "serve-files", "ROOT",
		"give out the indexed files that lie below ROOT"},
	{OPT_TITLE, 0, "title", "TEXT", "the name of the collection, on every page"},
	{OPT_URL, 0, "url", "URL", "where the public finds the site, for opensearch.xml"},
	{OPT_IMPRINT, 0, "imprint", "URL", "a link at the foot of every page"},
	{OPT_PRIVACY, 0, "privacy", "URL", "another one"},
	{OPT_CONTACT, 0, "contact", "ADDRESS", "e-mail address for reports of barriers"},
	{OPT_USER, 0, "user", "NAME", "become this user once the socket is open"},
	{OPT_CONCURRENT, 0, "concurrent", "NUM", "queries at one time (4)"},
	{OPT_QUEUE, 0, "queue", "NUM", "requests that may wait for one (64)"},
	{OPT_CONNECTIONS, 0, "connections", "NUM", "open connections (1000)"},
	{OPT_TIME_LIMIT, 0, "time-limit", "SECONDS", "for one query (5)"},
	{OPT_RATE, 0, "rate", "NUM", "searches a minute from one address; 0: any number (120)"},
	{OPT_TRUST_PROXY, 0, "trust-proxy", NULL, "believe a proxy's X-Forwarded-For"},
	{OPT_LOG, 0, "log", "WHAT", "none, requests or addresses, on standard error (requests)"},
	{OPT_ALLOW_CONNECT, 0, "allow-connect", NULL, "let queries reach remote databases"},
	{OPT_LUPE, 0, "lupe", "PROGRAM", "the query program"},
	{OPT_NO_SANDBOX, 0, "no-sandbox", NULL, "run without seccomp and Landlock"},
	{OPT_HELP, 0, "help", NULL, "print this help"},
	{'V', 'V', "version", NULL, "print the version"},
	{0},
};

static void print_help(void)
{
	puts("Usage: lupe-web --index DIR [OPTION]...\n"
	     "A web page over an index, by running lupe; as CGI where GATEWAY_INTERFACE is set.\n");
	option_print_help(rows, stdout);
}

static lupe_status set_log(struct settings *settings, const char *value, struct lupe_error *err)
{
	static const char *const names[] = {"none", "requests", "addresses"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], value) == 0) {
			settings->log = (enum access_log)i;
			return LUPE_OK;
		}
	}
	return lupe_fail(
		err, LUPE_ERROR_ARGUMENT, "--log: none, requests or addresses, not %s", value);
}

/* A number from `least` to `most`. */
static lupe_status set_number(const char *name, const char *value, unsigned long least,
	unsigned long most, unsigned long *ret, struct lupe_error *err)
{
	unsigned long number;
	lupe_status status = option_number(value, name, &number, err);
	if (status != LUPE_OK)
		return status;
	if (number < least || number > most)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s: from %lu to %lu", name, least, most);
	*ret = number;
	return LUPE_OK;
}

static lupe_status set_address(
	const char *name, const char *value, const char **ret, struct lupe_error *err)
{
	if (strncmp(value, "https://", 8) != 0 && strncmp(value, "http://", 7) != 0)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s: an address with http:// or https://", name);
	*ret = value;
	return LUPE_OK;
}

static lupe_status set_url(struct settings *s, const char *value, struct lupe_error *err)
{
	lupe_status status = set_address("--url", value, &s->url, err);
	if (status == LUPE_OK && !span_ends(span_of(value), SPAN("/"))) {
		BUF_SCOPED(url);
		buf_printf(&url, "%s/", value);
		s->url = arena_copy(&s->arena, buf_span(&url)).ptr;
	}
	return status;
}

static lupe_status read_config(struct settings *s, const char *file, struct lupe_error *err);

static lupe_status set_option(struct settings *s, int id, const char *value, struct lupe_error *err)
{
	switch (id) {
	case OPT_ALLOW_CONNECT:
		s->allow_connect = true;
		return LUPE_OK;
	case OPT_CONCURRENT:
		return set_number("--concurrent", value, 1, 64, &s->concurrent, err);
	case OPT_CONNECTIONS:
		return set_number("--connections", value, 1, 100000, &s->connections, err);
	case OPT_CONTACT:
		s->contact = value;
		return LUPE_OK;
	case OPT_IMPRINT:
		return set_address("--imprint", value, &s->imprint_url, err);
	case OPT_INDEX:
		s->index_folder = value;
		return LUPE_OK;
	case OPT_LISTEN:
		s->listen = value;
		return LUPE_OK;
	case OPT_LOG:
		return set_log(s, value, err);
	case OPT_LUPE:
		s->lupe = value;
		return LUPE_OK;
	case OPT_NO_SANDBOX:
		s->no_sandbox = true;
		return LUPE_OK;
	case OPT_PRIVACY:
		return set_address("--privacy", value, &s->privacy_url, err);
	case OPT_QUEUE:
		return set_number("--queue", value, 0, 10000, &s->queue, err);
	case OPT_RATE:
		return set_number("--rate", value, 0, 1000000, &s->rate, err);
	case OPT_SERVE_FILES:
		s->files_root = value;
		return LUPE_OK;
	case OPT_TIME_LIMIT:
		return set_number("--time-limit", value, 1, 60, &s->time_limit_s, err);
	case OPT_TITLE:
		s->title = value;
		return LUPE_OK;
	case OPT_TRUST_PROXY:
		s->trust_proxy = true;
		return LUPE_OK;
	case OPT_URL:
		return set_url(s, value, err);
	default:
		s->user = value;
		return LUPE_OK;
	}
}

/* Sets what is in argv; within a file (`nested`) there are no operands, help or further files. */
static lupe_status set_options(
	struct settings *s, int argc, char **argv, bool nested, struct lupe_error *err)
{
	struct option_parser *parser = option_start(rows, argc, argv, nested ? NULL : "lupe-web");
	const char *value, *config = NULL;
	lupe_status status;
	int id, operands = 0;
	while ((status = option_next(parser, &id, &value, err)) == LUPE_OK) {
		bool at_home = id == OPT_HELP || id == 'V' || id == OPT_CONFIG;
		if (at_home && nested)
			status = lupe_fail(err, LUPE_ERROR_ARGUMENT, "only for the command line");
		else if (id == OPT_CONFIG)
			config = value;
		else if (at_home)
			break;
		else
			status = set_option(s, id, value, err);
		if (status != LUPE_OK)
			break;
	}
	if (status == LUPE_OK) { /* --help, --version */
		if (id == OPT_HELP)
			print_help();
		else
			puts("lupe-web " LUPE_VERSION);
		option_free(parser);
		return LUPE_END;
	}
	char **rest = option_operands(parser, &operands);
	if (status == LUPE_END)
		status = operands
				 ? lupe_fail(err, LUPE_ERROR_ARGUMENT, "not an option: %s", rest[0])
				 : LUPE_OK;
	option_free(parser);
	return status == LUPE_OK && config ? read_config(s, config, err) : status;
}

/* "name = value" as "--name=value"; empty for an empty line or a comment. */
static struct span line_as_option(struct span line, struct arena *arena)
{
	line = span_trim(line);
	if (!line.len || line.ptr[0] == '#')
		return (struct span){NULL, 0};
	struct span value = line, name = span_trim(span_take(&value, '='));
	BUF_SCOPED(option);
	buf_printf(&option, "--%.*s", SPAN_ARG(name));
	if (value.ptr) {
		value = span_trim(value);
		buf_printf(&option, "=%.*s", SPAN_ARG(value));
	}
	return arena_copy(arena, buf_span(&option));
}

static lupe_status read_config(struct settings *s, const char *file, struct lupe_error *err)
{
	BUF_SCOPED(text);
	lupe_status status = file_read(file, CONFIG_MAX_BYTES, &text, err);
	struct span rest = buf_span(&text);
	for (unsigned number = 1; status == LUPE_OK && rest.ptr; number++) {
		struct span option = line_as_option(span_take(&rest, '\n'), &s->arena);
		char *argv[] = {(char *)"lupe-web", (char *)option.ptr, NULL};
		struct lupe_error cause;
		if (option.ptr)
			status = set_options(s, 2, argv, true, &cause);
		if (status != LUPE_OK)
			lupe_fail(err, status, "%s, line %u: %s", file, number, cause.message);
	}
	return status;
}

static void set_defaults(struct settings *s)
{
	*s = (struct settings){
		.lupe = LUPE_PROGRAM,
		.listen = "127.0.0.1:8080",
		.concurrent = 4,
		.queue = 64,
		.connections = 1000,
		.time_limit_s = 5,
		.rate = 120,
		.log = LOG_REQUESTS,
	};
}

static lupe_status check(const struct settings *s, struct lupe_error *err)
{
	if (!s->index_folder)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--index: which index folder?");
	return LUPE_OK;
}

lupe_status settings_parse(struct settings *ret, int argc, char **argv, struct lupe_error *err)
{
	set_defaults(ret);
	lupe_status status = set_options(ret, argc, argv, false, err);
	return status == LUPE_OK ? check(ret, err) : status;
}

lupe_status settings_read(struct settings *ret, const char *file, struct lupe_error *err)
{
	set_defaults(ret);
	lupe_status status = read_config(ret, file, err);
	return status == LUPE_OK ? check(ret, err) : status;
}

void settings_done(struct settings *settings)
{
	arena_done(&settings->arena);
}
