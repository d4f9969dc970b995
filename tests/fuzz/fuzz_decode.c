/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a text file: what comes out is clean UTF-8, and decoding it again changes nothing.
 */
#include <stdint.h>
#include <stdlib.h>

#include "text/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool has_byte(struct span text, char byte)
{
	return text.len && memchr(text.ptr, byte, text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	BUF_SCOPED(text);
	BUF_SCOPED(again);
	struct decode_report report, second;
	text_decode((struct span){(const char *)data, size}, &text, &report);
	struct span decoded = buf_span(&text);
	check(utf8_valid(decoded));
	check(!has_byte(decoded, '\0') && !has_byte(decoded, '\r'));
	check(text_encoding_name(report.encoding) != NULL);
	check(report.bad_bytes <= size);
	check(report.bad_bytes == 0 || report.first_bad_offset < size);
	if (span_starts(decoded, SPAN("\xef\xbb\xbf")))
		return 0; /* a second byte order mark would be taken off */
	text_decode(decoded, &again, &second);
	check(span_equal(decoded, buf_span(&again)));
	check(second.encoding == ENCODING_UTF8 && second.bad_bytes == 0);
	return 0;
}
