/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The request is in the environment, the answer goes to standard output. How many of these run at
 * one time, and who may ask how often, is up to the web server.
 */
#include "web/cgi.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/sendfile.h>
#include <unistd.h>

static struct span variable(const char *name)
{
	return span_of(getenv(name));
}

static bool has_body(void)
{
	struct span length = variable("CONTENT_LENGTH");
	return length.len && !span_equal(length, SPAN("0"));
}

static void write_header(void *context, const char *name, const char *value)
{
	fprintf(context, "%s: %s\r\n", name, value);
}

static bool send_file(int from, int to, uint64_t bytes)
{
	enum { PIECE = 1 << 20 };
	while (bytes > 0) {
		ssize_t sent = sendfile(to, from, NULL, bytes < PIECE ? (size_t)bytes : PIECE);
		if (sent <= 0)
			return false;
		bytes -= (uint64_t)sent;
	}
	return true;
}

static bool write_response(const struct response *response, bool with_body, FILE *out)
{
	bool file = response->fd >= 0 && response->status == 200;
	fprintf(out, "Status: %u %s\r\n", response->status, response_reason(response->status));
	response_headers(response, write_header, out);
	if (response->status != 304)
		fprintf(out, "Content-Length: %llu\r\n",
			file ? (unsigned long long)response->file_bytes
			     : (unsigned long long)response->body.len);
	fputs("\r\n", out);
	if (with_body && !file)
		fwrite(response->body.ptr, 1, response->body.len, out);
	if (fflush(out) != 0 || ferror(out))
		return false;
	return !with_body || !file || send_file(response->fd, fileno(out), response->file_bytes);
}

lupe_status cgi_answer(const struct site *site, FILE *out, struct lupe_error *err)
{
	struct span path = variable("PATH_INFO");
	struct response response;
	BUF_SCOPED(base);
	buf_add_span(&base, variable("SCRIPT_NAME"));
	if (!span_ends(buf_span(&base), SPAN("/")))
		buf_add_byte(&base, '/');
	struct request request = {
		.method = variable("REQUEST_METHOD"),
		.path = path.len ? path : SPAN("/"),
		.query = variable("QUERY_STRING"),
		.host = variable("HTTP_HOST"),
		.if_none_match = variable("HTTP_IF_NONE_MATCH"),
		.accept_encoding = variable("HTTP_ACCEPT_ENCODING"),
		.base = buf_span(&base),
		.has_body = has_body(),
		.https = strcasecmp(variable("HTTPS").len ? getenv("HTTPS") : "off", "off") != 0,
	};
	response_init(&response);
	site_answer(site, &request, &response);
	bool head = span_equal(request.method, SPAN("HEAD"));
	bool sent = write_response(&response, !head && response.status != 304, out);
	response_done(&response);
	return sent ? LUPE_OK
		    : lupe_fail(err, LUPE_ERROR_IO, "standard output: %s", strerror(errno));
}

void cgi_fail(FILE *out)
{
	fputs("Status: 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
	      "Die Suche steht gerade nicht zur Verfügung.\n",
		out);
	fflush(out);
}
