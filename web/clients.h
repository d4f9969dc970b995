/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How long each connection may still take for what it is doing.
 */
#ifndef LUPE_WEB_CLIENTS_H
#define LUPE_WEB_CLIENTS_H

#include <microhttpd.h>
#include <pthread.h>
#include <time.h>

enum { CLIENTS_FOREVER = 0 };

struct client;
struct clients {
	pthread_mutex_t mutex;
	struct client *first;
	unsigned request_s; /**< what a new connection has for its first request */
};

void clients_init(struct clients *clients, unsigned request_s);
void clients_done(struct clients *clients);
/** For MHD_OPTION_NOTIFY_CONNECTION, with the clients as its context. */
void clients_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
	enum MHD_ConnectionNotificationCode what);
/** What the connection does next has to be done in `seconds`. */
void clients_expect(struct clients *clients, struct MHD_Connection *connection, unsigned seconds);
/** Shuts down the sockets of those that are late; libmicrohttpd notices and closes them. */
void clients_hang_up_late(struct clients *clients);
/** The client's address as text; "" if it has none. */
void clients_address(struct MHD_Connection *connection, char *ret, size_t size);

#endif
