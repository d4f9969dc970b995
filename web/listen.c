/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens or takes over a listening socket. Names are not looked up: an address is digits. */
#include "web/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* sd_listen_fds(3): the first descriptor behind the standard ones, if it is meant for us. */
static int inherited(void)
{
	enum { FIRST = 3 };
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	if (!pid || !count || atol(pid) != (long)getpid() || atoi(count) < 1)
		return -1;
	fcntl(FIRST, F_SETFD, FD_CLOEXEC);
	return FIRST;
}

static bool split(const char *where, struct buf *ret_host, struct buf *ret_port)
{
	const char *colon = strrchr(where, ':');
	struct span host = colon ? span_from(where, colon) : (struct span){NULL, 0};
	if (!colon || !colon[1])
		return false;
	if (span_starts(host, SPAN("[")) && span_ends(host, SPAN("]")))
		host = (struct span){host.ptr + 1, host.len - 2};
	buf_add_span(ret_host, host);
	buf_add_string(ret_port, colon + 1);
	return host.len > 0;
}

static int bind_to(const struct addrinfo *address)
{
	int yes = 1;
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, address->ai_addr, address->ai_addrlen) != 0 || listen(fd, SOMAXCONN) != 0) {
		int cause = errno;
		close(fd);
		errno = cause;
		return -1;
	}
	return fd;
}

static void tell(int fd, struct buf *ret)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	char host[128], port[16];
	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0 ||
		getnameinfo((struct sockaddr *)&address, len, host, sizeof(host), port,
			sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	buf_printf(ret, strchr(host, ':') ? "http://[%s]:%s/" : "http://%s:%s/", host, port);
}

lupe_status listen_open(
	const char *where, int *ret_socket, struct buf *ret_address, struct lupe_error *err)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM};
	struct addrinfo *address = NULL;
	BUF_SCOPED(host);
	BUF_SCOPED(port);
	int fd = inherited();
	if (fd < 0) {
		if (!split(where, &host, &port) ||
			getaddrinfo(host.ptr, port.ptr, &hints, &address) != 0)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"--listen: %s is no address like 127.0.0.1:8080 or [::1]:8080",
				where);
		fd = bind_to(address);
		freeaddrinfo(address);
	}
	if (fd < 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", where, strerror(errno));
	tell(fd, ret_address);
	*ret_socket = fd;
	return LUPE_OK;
}
