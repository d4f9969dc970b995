/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Growable byte strings, and the variable-length integers of Lupe's records. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void buf_done(struct buf *buf)
{
	free(buf->ptr);
	*buf = BUF_INIT;
}

char *buf_reserve(struct buf *buf, size_t extra)
{
	size_t need = buf->len + extra + 1;
	if (need > buf->capacity) {
		size_t capacity = buf->capacity ? buf->capacity * 2 : 64;
		buf->capacity = capacity > need ? capacity : need;
		buf->ptr = mem_realloc(buf->ptr, buf->capacity);
	}
	return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	char *end = buf_reserve(buf, len);
	if (len)
		memcpy(end, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void buf_add_byte(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	int need = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (need > 0) {
		vsnprintf(buf_reserve(buf, (size_t)need), (size_t)need + 1, format, again);
		buf->len += (size_t)need;
	}
	va_end(again);
}

void buf_add_varint(struct buf *buf, uint64_t value)
{
	while (value >= 0x80) {
		buf_add_byte(buf, (char)(value | 0x80));
		value >>= 7;
	}
	buf_add_byte(buf, (char)value);
}

void buf_add_counted(struct buf *buf, struct span bytes)
{
	buf_add_varint(buf, bytes.len);
	buf_add_span(buf, bytes);
}

bool span_take_varint(struct span *in, uint64_t *ret)
{
	uint64_t value = 0;
	for (size_t i = 0; i < in->len && i < 10; i++) {
		uint64_t bits = (unsigned char)in->ptr[i];
		if (i == 9 && bits > 1)
			return false;
		value |= (bits & 0x7f) << (7 * i);
		if (!(bits & 0x80)) {
			*ret = value;
			*in = span_skip(*in, i + 1);
			return true;
		}
	}
	return false;
}

bool span_take_counted(struct span *in, struct span *ret)
{
	struct span rest = *in;
	uint64_t len;
	if (!span_take_varint(&rest, &len) || len > rest.len)
		return false;
	*ret = (struct span){rest.ptr, (size_t)len};
	*in = span_skip(rest, (size_t)len);
	return true;
}
