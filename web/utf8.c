/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decodes UTF-8 as RFC 3629 has it. Nothing here knows a language. */
#include "web/utf8.h"

size_t utf8_take(struct span s, uint32_t *ret_code)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)s.ptr[0];
	size_t len = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	*ret_code = UTF8_INVALID;
	if (!len || len > s.len || first > 0xF4)
		return 1;
	uint32_t code = len == 1 ? first : first & (0x7Fu >> len);
	for (size_t i = 1; i < len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if ((c & 0xC0) != 0x80)
			return 1;
		code = code << 6 | (c & 0x3F);
	}
	if (code < smallest[len] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 1;
	*ret_code = code;
	return len;
}

bool utf8_printable(uint32_t code)
{
	if (code < 0x20)
		return code == '\t' || code == '\n';
	return (code < 0x7F || code > 0x9F) && (code & 0xFFFE) != 0xFFFE &&
	       (code < 0xFDD0 || code > 0xFDEF) && code < UTF8_INVALID;
}

bool utf8_is_valid(struct span s)
{
	while (s.len) {
		uint32_t code;
		size_t len = utf8_take(s, &code);
		if (code == UTF8_INVALID)
			return false;
		s = span_skip(s, len);
	}
	return true;
}
