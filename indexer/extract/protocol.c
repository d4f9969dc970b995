/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages in and out of a socket. What they mean is left to answer.h and those who use it; here
 * only their lengths are believed or not.
 */
#include "indexer/extract/protocol.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECEIVE_BYTES = 1 << 16 };

/* ---- messages ---- */

void message_add(struct buf *out, enum message_type type, struct span payload)
{
	unsigned char header[MESSAGE_HEADER_BYTES] = {(unsigned char)type};

	assert(payload.len <= MESSAGE_MAX_BYTES);
	for (int i = 0; i < 4; i++)
		header[1 + i] = (unsigned char)(payload.len >> (8 * i));
	buf_add(out, header, sizeof(header));
	buf_add_span(out, payload);
}

void inbox_done(struct inbox *inbox)
{
	buf_done(&inbox->bytes);
	inbox->taken = 0;
}

void inbox_clear(struct inbox *inbox)
{
	buf_clear(&inbox->bytes);
	inbox->taken = 0;
}

void inbox_add(struct inbox *inbox, const void *bytes, size_t len)
{
	size_t left = inbox->bytes.len - inbox->taken;

	if (inbox->taken && left)
		memmove(inbox->bytes.ptr, inbox->bytes.ptr + inbox->taken, left);
	inbox->bytes.len = left;
	inbox->taken = 0;
	buf_add(&inbox->bytes, bytes, len);
}

lupe_status inbox_next(struct inbox *inbox, struct message *ret, struct lupe_error *err)
{
	size_t len = 0;

	if (inbox->bytes.len - inbox->taken < MESSAGE_HEADER_BYTES)
		return LUPE_END;
	struct span rest = span_skip(buf_span(&inbox->bytes), inbox->taken);
	for (int i = 0; i < 4; i++)
		len |= (size_t)(unsigned char)rest.ptr[1 + i] << (8 * i);
	if (len > MESSAGE_MAX_BYTES)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "a message of %zu bytes", len);
	if (rest.len - MESSAGE_HEADER_BYTES < len)
		return LUPE_END;
	ret->type = (uint8_t)rest.ptr[0];
	ret->payload = (struct span){rest.ptr + MESSAGE_HEADER_BYTES, len};
	inbox->taken += MESSAGE_HEADER_BYTES + len;
	return LUPE_OK;
}

/* ---- the socket ---- */

static lupe_status system_error(struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_IO, "lupe-extract: %s", strerror(errno));
}

lupe_status protocol_send(int socket, struct span bytes, struct lupe_error *err)
{
	while (bytes.len) {
		ssize_t sent = send(socket, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return system_error(err);
		bytes = span_skip(bytes, (size_t)sent);
	}
	return LUPE_OK;
}

/* Room for one descriptor beside the bytes, aligned as the system wants it. */
union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

lupe_status protocol_send_fd(int socket, struct span bytes, int fd, struct lupe_error *err)
{
	union control control = {.bytes = {0}};
	struct iovec part = {(char *)bytes.ptr, bytes.len};
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t sent;

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return system_error(err);
	return protocol_send(socket, span_skip(bytes, (size_t)sent), err);
}

static void take_fd(struct msghdr *message, int *ret_fd)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);

	if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
		header->cmsg_len != CMSG_LEN(sizeof(int)))
		return;
	if (*ret_fd >= 0)
		close(*ret_fd);
	memcpy(ret_fd, CMSG_DATA(header), sizeof(*ret_fd));
}

lupe_status protocol_receive(int socket, struct inbox *inbox, int *ret_fd, struct lupe_error *err)
{
	char bytes[RECEIVE_BYTES];
	union control control;
	struct iovec part = {bytes, sizeof(bytes)};
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t got;

	do
		got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno == ECONNRESET ? LUPE_END : system_error(err);
	take_fd(&message, ret_fd);
	inbox_add(inbox, bytes, (size_t)got);
	return got ? LUPE_OK : LUPE_END;
}
