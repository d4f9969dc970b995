/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Case, ß and ligatures, one code point at a time. Stems fold further (stem.c). */
#include "text/fold.h"

#include "text/chars.h"
#include "text/utf8.h"

static size_t put_string(const char *string, char *ret)
{
	size_t len = strlen(string);
	memcpy(ret, string, len);
	return len;
}

size_t fold_code_point(uint32_t cp, char ret[FOLD_MAX_BYTES])
{
	static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
	if (cp < 0x80) {
		ret[0] = (char)char_lower(cp);
		return cp != '\'';
	}
	if (cp == 0xdf || cp == 0x1e9e)
		return put_string("ss", ret);
	if (cp == 0x17f) /* long s */
		return put_string("s", ret);
	if (cp >= 0xfb00 && cp <= 0xfb06)
		return put_string(ligatures[cp - 0xfb00], ret);
	return utf8_put(char_lower(cp), ret);
}

size_t fold_word(struct span word, char *ret, size_t room)
{
	const char *end = word.ptr + word.len;
	size_t len = 0, step;
	for (const char *at = word.ptr; at < end; at += step) {
		uint32_t cp = utf8_get(at, end, &step);
		if (len + FOLD_MAX_BYTES > room)
			break;
		if (char_class(cp) != CHAR_IGNORED)
			len += fold_code_point(char_plain(cp), ret + len);
	}
	return len;
}

struct span fold_cut(struct span word, size_t limit)
{
	if (word.len > limit) {
		word.len = limit;
		while (word.len && ((unsigned char)word.ptr[word.len] & 0xc0) == 0x80)
			word.len--;
	}
	return word;
}
