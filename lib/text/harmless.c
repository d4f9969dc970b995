/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Escapes what should not reach a terminal. */
#include "text/harmless.h"

#include "text/decode.h"
#include "text/utf8.h"

/* C0 but the tab, DEL, C1 controls; U+200E, 200F, 202A to 202E, 2066 to 2069; line separators. */
static bool is_harmless(struct span character)
{
	const unsigned char *c = (const unsigned char *)character.ptr;

	if (character.len == 1)
		return (c[0] >= 0x20 && c[0] != 0x7f) || c[0] == '\t';
	if (c[0] == 0xc2)
		return c[1] >= 0xa0;
	if (c[0] != 0xe2)
		return true;
	if (c[1] == 0x80)
		return c[2] != 0x8e && c[2] != 0x8f && (c[2] < 0xa8 || c[2] > 0xae);
	return c[1] != 0x81 || c[2] < 0xa6 || c[2] > 0xa9;
}

void print_harmless(FILE *out, struct span text)
{
	while (text.len) {
		size_t len = utf8_length((unsigned char)text.ptr[0]);
		struct span character = {text.ptr, len <= text.len ? len : text.len};

		if (utf8_valid(character) && is_harmless(character)) {
			fwrite(character.ptr, 1, character.len, out);
		} else {
			character.len = 1;
			fprintf(out, "\\x%02X", (unsigned char)character.ptr[0]);
		}
		text = span_skip(text, character.len);
	}
}
