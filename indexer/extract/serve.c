/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One request after the other, in the sandbox. Time and memory are limited by lupe-index, from
 * outside.
 */
#include "indexer/extract/serve.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "indexer/extract/answer.h"
#include "indexer/extract/sandbox.h"

/* So much must be left, or an end is taken to be for want of memory. */
enum { MEMORY_LEFT_BYTES = 32 << 20 };

struct server {
	struct inbox inbox;
	int fd; /* of the file that the next request is about, or -1 */
	struct document document;
	extract_function *extract;
};

/* ---- memory ---- */

static void on_exhausted(void)
{
	_exit(SERVE_OUT_OF_MEMORY);
}

/* Libraries abort when they get no memory, GLib by a trap. What was asked for may have been much
   more than what is left; then allocating has set errno, and nothing else on the way to here does.
   Returning ends the process as before. */
static void on_fatal(int number)
{
	bool exhausted = errno == ENOMEM;

	(void)number;
	if (!exhausted) {
		void *probe = mmap(NULL, MEMORY_LEFT_BYTES, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		exhausted = probe == MAP_FAILED;
	}
	if (exhausted)
		_exit(SERVE_OUT_OF_MEMORY);
}

static void watch_memory(void)
{
	struct sigaction action = {.sa_handler = on_fatal, .sa_flags = (int)SA_RESETHAND};

	sigaction(SIGABRT, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);
	mem_set_exhausted_handler(on_exhausted);
}

/* ---- requests ---- */

static lupe_status read_file(struct server *server, size_t size, struct span name)
{
	struct lupe_error reason, err;
	void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, server->fd, 0) : NULL;
	lupe_status st;

	close(server->fd);
	server->fd = -1;
	document_clear(&server->document);
	if (bytes == MAP_FAILED) {
		lupe_fail(&reason, LUPE_ERROR_ARGUMENT, "%s", strerror(errno));
		return answer_send_error(PROTOCOL_SOCKET, &server->document, &reason, &err);
	}
	struct source source = {{bytes, size}, name};
	errno = 0; /* see on_fatal */
	st = server->extract(&source, &server->document, &reason);
	if (bytes)
		munmap(bytes, size);
	if (st == LUPE_OK)
		return answer_send(PROTOCOL_SOCKET, &server->document, &err);
	if (st != LUPE_ERROR_LIMIT)
		reason.status = LUPE_ERROR_ARGUMENT;
	return answer_send_error(PROTOCOL_SOCKET, &server->document, &reason, &err);
}

static lupe_status serve_request(struct server *server, struct span payload)
{
	uint64_t size;
	struct span name;

	if (!span_take_varint(&payload, &size) || !span_take_counted(&payload, &name) ||
		server->fd < 0)
		return LUPE_ERROR_CORRUPT;
	/* The name must outlast the inbox's memory. */
	BUF_SCOPED(copy);
	buf_add_span(&copy, name);
	return read_file(server, size, buf_span(&copy));
}

static lupe_status serve_requests(struct server *server)
{
	struct message message;
	lupe_status st;

	while ((st = inbox_next(&server->inbox, &message, NULL)) == LUPE_OK) {
		if (message.type != MESSAGE_REQUEST)
			return LUPE_ERROR_CORRUPT;
		st = serve_request(server, message.payload);
		if (st < 0)
			return st;
	}
	return st < 0 ? st : LUPE_OK;
}

static lupe_status say_hello(unsigned protections)
{
	BUF_SCOPED(payload);
	BUF_SCOPED(out);

	buf_add_varint(&payload, PROTOCOL_VERSION);
	buf_add_varint(&payload, protections);
	message_add(&out, MESSAGE_HELLO, buf_span(&payload));
	return protocol_send(PROTOCOL_SOCKET, buf_span(&out), NULL);
}

int serve(void (*prepare)(void), extract_function *extract, bool sandbox)
{
	struct server server = {.fd = -1, .extract = extract};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	watch_memory();
	prepare();
	sandbox_strip(PROTOCOL_SOCKET + 1);
	lupe_status st = say_hello(sandbox ? sandbox_enter() : 0);
	while (st == LUPE_OK) {
		st = protocol_receive(PROTOCOL_SOCKET, &server.inbox, &server.fd, NULL);
		if (st == LUPE_OK)
			st = serve_requests(&server);
	}
	inbox_done(&server.inbox);
	document_done(&server.document);
	return st < 0 ? 1 : 0;
}
