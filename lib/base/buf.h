/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A growable byte string.
 *
 * Invariants: `ptr` is NULL or holds `len` bytes and a NUL behind them, so it can be given to
 * functions that want a C string. Start with `BUF_INIT` (or zeroed memory), end with `buf_done`,
 * or let the scope do it: `BUF_SCOPED(name);`. A span of the contents is valid until the next
 * change. Reuse a buffer with `buf_clear`, which keeps the memory.
 */
#ifndef LUPE_BASE_BUF_H
#define LUPE_BASE_BUF_H

#include <stdint.h>

#include "base/span.h"

struct buf {
	char *ptr;
	size_t len;
	size_t capacity;
};

#define BUF_INIT ((struct buf){NULL, 0, 0})
#define BUF_SCOPED(name) __attribute__((cleanup(buf_done))) struct buf name = BUF_INIT

void buf_done(struct buf *buf);
/** Makes room for `extra` bytes behind the contents and returns where they begin. */
char *buf_reserve(struct buf *buf, size_t extra);
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_add_byte(struct buf *buf, char byte);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Unsigned LEB128: seven bits a byte, lowest first. */
void buf_add_varint(struct buf *buf, uint64_t value);
/** A varint of the length, then the bytes. */
void buf_add_counted(struct buf *buf, struct span bytes);

/** Takes a varint off `*in`; false, `*in` and `*ret` unchanged, if it ends early or overflows. */
bool span_take_varint(struct span *in, uint64_t *ret);
/** Takes what `buf_add_counted` wrote off `*in`; the result points into it. */
bool span_take_counted(struct span *in, struct span *ret);

static inline void buf_add_span(struct buf *buf, struct span s)
{
	buf_add(buf, s.ptr, s.len);
}

static inline void buf_add_string(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

static inline struct span buf_span(const struct buf *buf)
{
	return (struct span){buf->ptr, buf->len};
}

/** The contents as a C string, "" if empty. */
static inline const char *buf_string(const struct buf *buf)
{
	return buf->ptr ? buf->ptr : "";
}

static inline void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->ptr)
		buf->ptr[0] = '\0';
}

#endif
