/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the bytes of a text file to the UTF-8 that Lupe stores, analyses and shows.
 *
 * A byte order mark decides (UTF-8, UTF-16); else text that is UTF-8 apart from single bad bytes
 * is UTF-8; anything else is read as Windows-1252. The result is NFC, its lines end in LF, it holds
 * no NUL; what its encoding does not define becomes U+FFFD, byte by byte (unit by unit in UTF-16).
 */
#ifndef LUPE_TEXT_DECODE_H
#define LUPE_TEXT_DECODE_H

#include "base/buf.h"

enum text_encoding { ENCODING_UTF8, ENCODING_UTF16, ENCODING_WINDOWS1252 };

struct decode_report {
	enum text_encoding encoding;
	size_t bad_bytes;        /**< replaced by U+FFFD */
	size_t first_bad_offset; /**< in the raw bytes; valid if bad_bytes > 0 */
	bool binary;             /**< NUL or many control bytes: hardly a text */
};

/** "UTF-8", "UTF-16", "Windows-1252". */
const char *text_encoding_name(enum text_encoding encoding);

/** Appends the decoded text to `ret_text`. Cannot fail; `ret_report` may be NULL. */
void text_decode(struct span raw, struct buf *ret_text, struct decode_report *ret_report);

/** True if the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing above U+10FFFF). */
bool utf8_valid(struct span bytes);

#endif
