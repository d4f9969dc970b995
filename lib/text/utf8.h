/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Single code points of UTF-8 that is known to be well formed (decode.h sees to that).
 */
#ifndef LUPE_TEXT_UTF8_H
#define LUPE_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/** Length in bytes of the code point that begins with this byte. */
static inline size_t utf8_length(unsigned char lead)
{
	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The code point at `at`, and its length; a code point that `end` cuts is U+FFFD of one byte. */
static inline uint32_t utf8_get(const char *at, const char *end, size_t *ret_length)
{
	const unsigned char *p = (const unsigned char *)at;
	size_t length = utf8_length(*p);
	if ((size_t)(end - at) < length) {
		*ret_length = 1;
		return 0xfffd;
	}
	*ret_length = length;
	switch (length) {
	case 1:
		return p[0];
	case 2:
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	case 3:
		return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	default:
		return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
		       (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
	}
}

/** Writes `cp` to `out` (room for 4 bytes) and returns its length. */
static inline size_t utf8_put(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/** How many of the first `len` bytes are whole code points. */
static inline size_t utf8_whole(const char *text, size_t len)
{
	size_t lead = len;
	while (lead > 0 && len - lead < 3 && ((unsigned char)text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (lead == 0 || lead - 1 + utf8_length((unsigned char)text[lead - 1]) <= len)
		return len;
	return lead - 1;
}

#endif
