/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP by libmicrohttpd: one thread for all connections, some that wait for lupe. What takes a run
 * of lupe is suspended until a thread has its answer; everything else is answered at once. Slow
 * clients are hung up by the clock, whatever they still send or read now and then (clients.c).
 */
#include "web/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "web/clients.h"
#include "web/rate.h"
#include "web/work.h"

enum {
	HEADER_BYTES = 32 * 1024, /* of a connection: request line, fields, and room to answer */
	IDLE_S = 10,              /* without a byte */
	REQUEST_S = 15,           /* for the whole head of a request */
	ANSWER_S = 60,            /* for taking an answer, and a second more for every 16 KB */
	ANSWER_BYTES_A_S = 16 * 1024,
	FAREWELL_S = 20, /* for what is under way when the server is to end */
	STACK_BYTES = 512 * 1024,
};

struct server {
	const struct site *site;
	struct MHD_Daemon *daemon;
	struct work *work;
	struct clients clients;
	struct rate rate;        /* of the connections' thread */
	atomic_size_t exchanges; /* requests that are not answered yet */
};

/** One request, from its first line to its last byte. */
struct exchange {
	struct MHD_Connection *connection;
	struct buf path, query; /* as they were sent, but for `+`, which is a blank by now */
	struct request request;
	struct response response;
	double begun_s;
	size_t sent_bytes;
	enum { NEW, READ, WAITING, ANSWERED } state;
};

static double now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- log ---- */

/* Nothing that the client has chosen gets into a line but, if the operator wants it, its address.
 */
static void log_exchange(const struct server *server, const struct exchange *e)
{
	const struct settings *settings = server->site->settings;
	char time_text[32], host[64] = "";
	time_t now = time(NULL);
	struct tm parts;
	if (settings->log == LOG_NONE)
		return;
	strftime(time_text, sizeof(time_text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
	if (settings->log == LOG_ADDRESSES)
		clients_address(e->connection, host, sizeof(host));
	fprintf(stderr, "%s %s %u %zu bytes %.0f ms%s%s\n", time_text, e->response.route,
		e->response.status, e->sent_bytes, (now_s() - e->begun_s) * 1000, *host ? " " : "",
		host);
}

/* ---- requests ---- */

/* Not at the first line of a request already: libmicrohttpd tells of the end of those only that it
   has shown to `handle`. */
static struct exchange *begin_exchange(struct server *server, struct MHD_Connection *connection)
{
	struct exchange *e = mem_zalloc(sizeof(*e));
	server->exchanges++;
	e->connection = connection;
	e->begun_s = now_s();
	response_init(&e->response);
	return e;
}

static void end_exchange(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode how)
{
	struct server *server = cls;
	struct exchange *e = *context;
	(void)how;
	clients_expect(&server->clients, connection, REQUEST_S);
	if (!e)
		return;
	log_exchange(server, e);
	response_done(&e->response);
	buf_done(&e->path);
	buf_done(&e->query);
	free(e);
	*context = NULL;
	server->exchanges--;
}

static const char *field(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result add_argument(
	void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct buf *query = cls;
	(void)kind;
	buf_printf(query, "%s%s%s%s", query->len ? "&" : "", name, value ? "=" : "",
		value ? value : "");
	return MHD_YES;
}

static void read_request(
	const struct server *server, struct exchange *e, const char *path, const char *method)
{
	const char *length = field(e->connection, "Content-Length");
	const char *proto = server->site->settings->trust_proxy
				    ? field(e->connection, "X-Forwarded-Proto")
				    : NULL;
	buf_add_string(&e->path, path);
	MHD_get_connection_values(e->connection, MHD_GET_ARGUMENT_KIND, add_argument, &e->query);
	e->request = (struct request){
		.method = span_of(method),
		.path = buf_span(&e->path),
		.query = buf_span(&e->query),
		.host = span_of(field(e->connection, "Host")),
		.if_none_match = span_of(field(e->connection, "If-None-Match")),
		.accept_encoding = span_of(field(e->connection, "Accept-Encoding")),
		.base = SPAN("/"),
		.has_body = field(e->connection, "Transfer-Encoding") ||
			    (length && strcmp(length, "0") != 0),
		.https = proto && strcasecmp(proto, "https") == 0,
	};
}

/* ---- responses ---- */

static void add_header(void *context, const char *name, const char *value)
{
	MHD_add_response_header(context, name, value);
}

static struct MHD_Response *response_of(struct exchange *e)
{
	struct response *r = &e->response;
	struct MHD_Response *response;
	if (r->fd >= 0 && r->status == 200) {
		e->sent_bytes = r->file_bytes;
		response = MHD_create_response_from_fd64(r->file_bytes, r->fd);
		r->fd = -1;
	} else {
		e->sent_bytes = r->body.len;
		response = MHD_create_response_from_buffer(
			r->body.len, r->body.ptr, MHD_RESPMEM_MUST_FREE);
		r->body = BUF_INIT;
	}
	return response;
}

static enum MHD_Result send_response(struct server *server, struct exchange *e)
{
	struct MHD_Response *response = response_of(e);
	if (!response)
		return MHD_NO;
	response_headers(&e->response, add_header, response);
	if (e->request.has_body)
		MHD_add_response_header(response, "Connection", "close");
	e->state = ANSWERED;
	clients_expect(&server->clients, e->connection,
		ANSWER_S + (unsigned)(e->sent_bytes / ANSWER_BYTES_A_S));
	enum MHD_Result queued = MHD_queue_response(e->connection, e->response.status, response);
	MHD_destroy_response(response);
	return queued;
}

static bool may_ask(struct server *server, const struct exchange *e)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(e->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *forwarded = server->site->settings->trust_proxy
					? field(e->connection, "X-Forwarded-For")
					: NULL;
	return rate_take(
		&server->rate, rate_client(info ? info->client_addr : NULL, forwarded), now_s());
}

/* A thread of its own has the request until it resumes the connection. */
static void answer_in_thread(void *context, void *job)
{
	struct server *server = context;
	struct exchange *e = job;
	site_answer(server->site, &e->request, &e->response);
	MHD_resume_connection(e->connection);
}

static enum MHD_Result answer_by_lupe(struct server *server, struct exchange *e)
{
	unsigned refusal = may_ask(server, e) ? 0 : 429;
	e->state = WAITING;
	clients_expect(&server->clients, e->connection, CLIENTS_FOREVER);
	if (!refusal) {
		MHD_suspend_connection(e->connection);
		if (work_add(server->work, e))
			return MHD_YES;
		refusal = 503;
		MHD_resume_connection(e->connection);
	}
	site_refuse(server->site, &e->request, refusal, &e->response);
	/* a connection that was suspended may be answered only when MHD comes back to it */
	return refusal == 503 ? MHD_YES : send_response(server, e);
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_bytes,
	void **context)
{
	struct server *server = cls;
	struct exchange *e = *context;
	(void)version;
	(void)upload;
	*upload_bytes = 0;
	if (!e)
		*context = e = begin_exchange(server, connection);
	switch (e->state) {
	case NEW:
		read_request(server, e, url, method);
		e->state = READ;
		if (!e->request.has_body)
			return MHD_YES;
		site_answer(server->site, &e->request, &e->response);
		return send_response(server, e);
	case READ:
		if (site_needs_lupe(&e->request))
			return answer_by_lupe(server, e);
		site_answer(server->site, &e->request, &e->response);
		return send_response(server, e);
	case WAITING:
		return send_response(server, e);
	default:
		return MHD_YES;
	}
}

/* Paths and values are compared or decoded by us, from the target as it was sent. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

/* ---- life ---- */

static bool start_daemon(struct server *server, int listening)
{
	const struct settings *settings = server->site->settings;
	unsigned connections = (unsigned)settings->connections;
	unsigned each = settings->trust_proxy || connections < 8 ? connections : connections / 2;
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME,
		0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET, listening,
		MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, each,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_THREAD_STACK_SIZE,
		(size_t)STACK_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK,
		leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_exchange, server,
		MHD_OPTION_NOTIFY_CONNECTION, clients_notify, &server->clients, MHD_OPTION_END);
	return server->daemon != NULL;
}

static void wait_for_end(struct server *server, const sigset_t *ends)
{
	const struct timespec second = {.tv_sec = 1};
	while (sigtimedwait(ends, NULL, &second) < 0)
		clients_hang_up_late(&server->clients);
}

/* No new connections; what has been asked is answered and taken. */
static void say_farewell(struct server *server)
{
	double deadline = now_s() + FAREWELL_S;
	int listening = MHD_quiesce_daemon(server->daemon);
	while (server->exchanges && now_s() < deadline) {
		nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
		clients_hang_up_late(&server->clients);
	}
	/* connections that are still suspended must be resumed before the daemon may stop */
	work_stop(server->work);
	MHD_stop_daemon(server->daemon);
	if (listening >= 0)
		close(listening);
}

lupe_status server_run(const struct site *site, int listening, struct lupe_error *err)
{
	const struct settings *settings = site->settings;
	struct server *server = mem_zalloc(sizeof(*server));
	lupe_status status = LUPE_OK;
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL); /* for all threads: sigtimedwait takes them */
	signal(SIGPIPE, SIG_IGN);
	server->site = site;
	clients_init(&server->clients, REQUEST_S);
	rate_init(&server->rate, settings->rate);
	server->work = work_start(settings->concurrent, settings->queue, answer_in_thread, server);
	if (!server->work || !start_daemon(server, listening)) {
		status = lupe_fail(err, LUPE_ERROR_IO, "server: %s", strerror(errno));
		if (server->work)
			work_stop(server->work);
	} else {
		wait_for_end(server, &ends);
		say_farewell(server);
	}
	work_free(server->work);
	clients_done(&server->clients);
	free(server);
	return status;
}
