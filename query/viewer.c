/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of files are arguments of their own, whatever bytes they hold. */
#include "query/viewer.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

enum { MOST_ARGUMENTS = 16 };

/* Bytes that a URI may hold as they are. */
static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~/", c));
}

void viewer_add_uri(struct buf *ret, const char *host, struct span location, uint32_t page)
{
	buf_printf(ret, "file://%s", host);
	for (size_t i = 0; i < location.len; i++) {
		unsigned char c = (unsigned char)location.ptr[i];
		if (is_plain(c))
			buf_add_byte(ret, (char)c);
		else
			buf_printf(ret, "%%%02X", c);
	}
	if (page)
		buf_printf(ret, "#page=%u", page);
}

static void add_argument(struct buf *ret, struct span word, struct span location, uint32_t page)
{
	for (size_t i = 0; i < word.len; i++) {
		char next = i + 1 < word.len ? word.ptr[i + 1] : 0;
		bool known = word.ptr[i] == '%' && next && strchr("fpu%", next);
		if (!known) {
			buf_add_byte(ret, word.ptr[i]);
			continue;
		}
		if (next == 'f')
			buf_add_span(ret, location);
		else if (next == 'p')
			buf_printf(ret, "%u", page ? page : 1);
		else if (next == 'u')
			viewer_add_uri(ret, "", location, page);
		else
			buf_add_byte(ret, '%');
		i++;
	}
}

static lupe_status run(char *const *arguments, struct lupe_error *err)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		execvp(arguments[0], arguments);
		_exit(127);
	}
	if (child < 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", arguments[0], strerror(errno));
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return lupe_fail(err, LUPE_ERROR_NOT_FOUND,
			"%s: no such program; LUPE_VIEWER names one", arguments[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: it failed", arguments[0]);
	return LUPE_OK;
}

lupe_status viewer_run(struct span location, uint32_t page, struct lupe_error *err)
{
	const char *own = getenv("LUPE_VIEWER");
	struct span rest = span_of(own && *own ? own : "xdg-open %u");
	struct buf arguments[MOST_ARGUMENTS] = {{0}};
	char *pointers[MOST_ARGUMENTS + 1] = {NULL};
	size_t count = 0;
	while (rest.ptr && count < MOST_ARGUMENTS) {
		struct span word = span_take(&rest, ' ');
		if (!word.len)
			continue;
		add_argument(&arguments[count], word, location, page);
		pointers[count] = arguments[count].ptr;
		count++;
	}
	lupe_status status = count ? run(pointers, err)
				   : lupe_fail(err, LUPE_ERROR_ARGUMENT, "LUPE_VIEWER is empty");
	for (size_t i = 0; i < count; i++)
		buf_done(&arguments[i]);
	return status;
}
