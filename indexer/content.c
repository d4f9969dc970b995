/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Drops what is no letter or digit, a piece of the text at a time. Beyond ASCII only what stands
 * in German texts between words is known as such: it need not be all of Unicode, as long as it is
 * the same for every format.
 */
#include "indexer/content.h"

#include <stdint.h>

enum { PIECE_BYTES = 4096 };

static bool is_counted_ascii(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The length of a character beyond ASCII that does not count; 0 if it does: U+0080 to U+00BF
   (no-break space, soft hyphen, guillemets), U+2000 to U+206F (spaces, dashes, quotes), U+2022 is
   among them, U+FEFF. */
static size_t passed_over(const unsigned char *s, size_t left)
{
	if (s[0] == 0xc2 && left >= 2)
		return 2;
	if (s[0] == 0xe2 && left >= 3 && (s[1] == 0x80 || (s[1] == 0x81 && s[2] <= 0xaf)))
		return 3;
	return s[0] == 0xef && left >= 3 && s[1] == 0xbb && s[2] == 0xbf ? 3 : 0;
}

struct hash128 content_hash(struct hasher *hasher, struct span text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t left = text.len, n = 0, skip;
	char piece[PIECE_BYTES];

	hasher_start(hasher);
	while (left) {
		if (n == sizeof(piece)) {
			hasher_add(hasher, (struct span){piece, n});
			n = 0;
		}
		if (*s < 0x80 ? !is_counted_ascii(*s) : (skip = passed_over(s, left)) != 0) {
			skip = *s < 0x80 ? 1 : skip;
			s += skip;
			left -= skip;
			continue;
		}
		piece[n++] = (char)*s++;
		left--;
	}
	hasher_add(hasher, (struct span){piece, n});
	return hasher_result(hasher);
}
