/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lupe-web: a server of its own, or one answer as CGI. Under CGI the arguments are not looked at,
 * for a client may have chosen them; everything is in the file that $LUPE_WEB_CONFIG names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "web/cgi.h"
#include "web/listen.h"
#include "web/sandbox.h"
#include "web/server.h"

enum { EXIT_FINE = 0, EXIT_ERROR = 2 };

static void memory_exhausted(void)
{
	static const char message[] = "lupe-web: out of memory\n";
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(EXIT_ERROR);
	_exit(EXIT_ERROR);
}

static lupe_status enter_sandbox(const struct site *site, struct lupe_error *err)
{
	bool files = false;
	if (site->settings->no_sandbox)
		return LUPE_OK;
	lupe_status status = sandbox_enter(site, &files, err);
	if (status == LUPE_OK && !files)
		fputs("lupe-web: this kernel has no Landlock: files are not restricted\n", stderr);
	return status;
}

static lupe_status run_server(const struct settings *settings, struct lupe_error *err)
{
	struct site site;
	int listening = -1;
	BUF_SCOPED(address);
	lupe_status status = listen_open(settings->listen, &listening, &address, err);
	if (status == LUPE_OK)
		status = sandbox_drop_privileges(settings, err);
	if (status != LUPE_OK)
		return status;
	status = site_open(&site, settings, err);
	if (status == LUPE_OK)
		status = enter_sandbox(&site, err);
	if (status == LUPE_OK) {
		fprintf(stderr, "lupe-web: listening on %s\n", buf_string(&address));
		status = server_run(&site, listening, err);
	}
	site_close(&site);
	return status;
}

static lupe_status run_cgi(struct settings *settings, struct lupe_error *err)
{
	const char *file = getenv("LUPE_WEB_CONFIG");
	struct site site;
	lupe_status status = settings_read(settings, file ? file : LUPE_WEB_CONFIG, err);
	if (status == LUPE_OK)
		status = site_open(&site, settings, err);
	if (status != LUPE_OK) {
		cgi_fail(stdout);
		return status;
	}
	status = enter_sandbox(&site, err);
	if (status == LUPE_OK)
		status = cgi_answer(&site, stdout, err);
	else
		cgi_fail(stdout);
	site_close(&site);
	return status;
}

int main(int argc, char **argv)
{
	struct settings settings;
	struct lupe_error err;
	lupe_status status;
	mem_set_exhausted_handler(memory_exhausted);
	if (getenv("GATEWAY_INTERFACE")) {
		status = run_cgi(&settings, &err);
	} else {
		status = settings_parse(&settings, argc, argv, &err);
		if (status == LUPE_OK)
			status = run_server(&settings, &err);
	}
	settings_done(&settings);
	if (status >= 0)
		return EXIT_FINE;
	fprintf(stderr, "lupe-web: %s\n", err.message);
	return EXIT_ERROR;
}
