/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What lupe-index and lupe-extract say to each other over a socket pair, message by message.
 *
 *   message := type(1 byte) length(4 bytes, little-endian) payload
 *
 *   lupe-extract: HELLO                    once, when it has given up everything
 *   lupe-index:   REQUEST + descriptor     a file to be read
 *   lupe-extract: an answer (answer.h)
 *   lupe-index:   REQUEST ...              or the end of the stream: lupe-extract ends
 *
 * Both are of one build; a version in HELLO tells when they are not.
 */
#ifndef LUPE_INDEXER_EXTRACT_PROTOCOL_H
#define LUPE_INDEXER_EXTRACT_PROTOCOL_H

#include "base/buf.h"
#include "lupe/status.h"

enum {
	PROTOCOL_VERSION = 2,
	PROTOCOL_SOCKET = 3, /**< lupe-extract's descriptor of the socket */
	MESSAGE_HEADER_BYTES = 5,
	MESSAGE_MAX_BYTES = 1 << 16, /**< of a payload */
	FILE_NAME_MAX_BYTES = 1024,
};

enum message_type {
	MESSAGE_HELLO = 'h',    /**< varints: version, protections (sandbox.h) */
	MESSAGE_REQUEST = 'r',  /**< varint: size of the file; counted: its base name */
	MESSAGE_FIELD = 'f',    /**< byte: enum answer_field; its text */
	MESSAGE_DATE = 'd',     /**< byte: enum date_source; "2024-09" */
	MESSAGE_PAGES = 'p',    /**< varints: pages, pages without text, flags */
	MESSAGE_LABELS = 'l',   /**< part of the page labels */
	MESSAGE_PICTURES = 'i', /**< part of which pages are pictures: a byte 0 or 1 for each */
	MESSAGE_TEXT = 't',     /**< part of the text */
	MESSAGE_BLOCKS = 'b', /**< blocks, each: varints begin - begin before, page; kind, level */
	MESSAGE_END = '.',    /**< the document is complete; varint: bytes of its text */
	MESSAGE_ERROR = '!',  /**< varints: -status, flags; the reason */
};

struct message {
	uint8_t type;
	struct span payload;
};

/** Appends a message of at most MESSAGE_MAX_BYTES. */
void message_add(struct buf *out, enum message_type type, struct span payload);

/** Bytes on their way from a socket to messages. Zero it first. */
struct inbox {
	struct buf bytes;
	size_t taken;
};

void inbox_done(struct inbox *inbox);
/** Drops what is in it. */
void inbox_clear(struct inbox *inbox);
/** Takes more bytes in. Messages taken out before are then invalid. */
void inbox_add(struct inbox *inbox, const void *bytes, size_t len);
/** Takes a message out, whatever its type; valid until the next inbox_add. LUPE_END: it is not
    complete yet. Errors: CORRUPT. */
lupe_status inbox_next(struct inbox *inbox, struct message *ret, struct lupe_error *err);

/** Sends bytes, all of them. Errors: IO. */
lupe_status protocol_send(int socket, struct span bytes, struct lupe_error *err);
/** Sends bytes and with the first of them a descriptor. Errors: IO. */
lupe_status protocol_send_fd(int socket, struct span bytes, int fd, struct lupe_error *err);
/** Waits for bytes and takes them in; a descriptor that comes with them goes to `*ret_fd`, which
    else stays as it is (any that was there is closed). LUPE_END: the other side has closed.
    Errors: IO. */
lupe_status protocol_receive(int socket, struct inbox *inbox, int *ret_fd, struct lupe_error *err);

#endif
