/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libmicrohttpd closes connections that send nothing; a client that sends a byte now and then would
 * keep one for ever. So each has a deadline for all of its request, and for taking all of its
 * answer.
 */
#include "web/clients.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/mem.h"

struct client {
	struct client *next, **link; /* link: what points to it */
	int socket;
	time_t deadline; /* 0: none */
};

static time_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

void clients_init(struct clients *clients, unsigned request_s)
{
	pthread_mutex_init(&clients->mutex, NULL);
	clients->request_s = request_s;
}

void clients_done(struct clients *clients)
{
	pthread_mutex_destroy(&clients->mutex);
}

static void add(struct clients *clients, struct MHD_Connection *connection, void **socket_context)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct client *client = mem_zalloc(sizeof(*client));
	client->socket = info ? info->connect_fd : -1;
	client->deadline = now() + clients->request_s;
	client->next = clients->first;
	client->link = &clients->first;
	if (client->next)
		client->next->link = &client->next;
	clients->first = client;
	*socket_context = client;
}

static void take_out(struct client *client)
{
	*client->link = client->next;
	if (client->next)
		client->next->link = client->link;
	free(client);
}

void clients_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
	enum MHD_ConnectionNotificationCode what)
{
	struct clients *clients = cls;
	pthread_mutex_lock(&clients->mutex);
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		add(clients, connection, socket_context);
	else if (*socket_context)
		take_out(*socket_context);
	pthread_mutex_unlock(&clients->mutex);
}

void clients_expect(struct clients *clients, struct MHD_Connection *connection, unsigned seconds)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct client *client = info ? info->socket_context : NULL;
	if (!client)
		return;
	pthread_mutex_lock(&clients->mutex);
	client->deadline = seconds == CLIENTS_FOREVER ? 0 : now() + seconds;
	pthread_mutex_unlock(&clients->mutex);
}

void clients_hang_up_late(struct clients *clients)
{
	time_t time = now();
	pthread_mutex_lock(&clients->mutex);
	for (struct client *client = clients->first; client; client = client->next) {
		if (!client->deadline || client->deadline > time)
			continue;
		shutdown(client->socket, SHUT_RDWR);
		client->deadline = 0;
	}
	pthread_mutex_unlock(&clients->mutex);
}

void clients_address(struct MHD_Connection *connection, char *ret, size_t size)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	ret[0] = '\0';
	if (!info || !info->client_addr)
		return;
	socklen_t len = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
								 : sizeof(struct sockaddr_in);
	if (getnameinfo(info->client_addr, len, ret, (socklen_t)size, NULL, 0, NI_NUMERICHOST) != 0)
		ret[0] = '\0';
}
