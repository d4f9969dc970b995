/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which encoding markup is in. Bytes that are UTF-8 and not plain ASCII are UTF-8 whatever is
 * declared; a declaration decides between the single-byte encodings, of which German documents use
 * two that differ in eight characters, and tells UTF-16 without a mark.
 */
#include "indexer/extract/charset.h"

#include <ctype.h>
#include <libxml/encoding.h>
#include <strings.h>

#include "text/decode.h"
#include "text/utf8.h"

enum { DECLARED_WITHIN_BYTES = 1024 };

/* What differs from Latin-1 in ISO-8859-15. */
static uint32_t latin9(unsigned char byte)
{
	switch (byte) {
	case 0xa4:
		return 0x20ac;
	case 0xa6:
		return 0x160;
	case 0xa8:
		return 0x161;
	case 0xb4:
		return 0x17d;
	case 0xb8:
		return 0x17e;
	case 0xbc:
		return 0x152;
	case 0xbd:
		return 0x153;
	case 0xbe:
		return 0x178;
	default:
		return byte;
	}
}

static uint32_t windows1252(unsigned char byte)
{
	static const uint16_t high[32] = {0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020,
		0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018,
		0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153,
		0x9d, 0x17e, 0x178};

	return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

size_t charset_repair(unsigned char byte, char ret[4])
{
	return utf8_put(windows1252(byte), ret);
}

/* ---- for libxml2 ---- */

static int convert(unsigned char *out, int *out_len, const unsigned char *in, int *in_len,
	uint32_t (*code_point)(unsigned char byte))
{
	int read = 0, written = 0;

	while (read < *in_len && *out_len - written >= 4)
		written += (int)utf8_put(code_point(in[read++]), (char *)out + written);
	*in_len = read;
	*out_len = written;
	return written;
}

static int from_latin9(unsigned char *out, int *out_len, const unsigned char *in, int *in_len)
{
	return convert(out, out_len, in, in_len, latin9);
}

static int from_windows1252(unsigned char *out, int *out_len, const unsigned char *in, int *in_len)
{
	return convert(out, out_len, in, in_len, windows1252);
}

void charset_prepare(void)
{
	xmlNewCharEncodingHandler("ISO-8859-15", from_latin9, NULL);
	xmlNewCharEncodingHandler("WINDOWS-1252", from_windows1252, NULL);
}

/* ---- HTML ---- */

static bool is_label_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* What stands behind "charset=" or "encoding=". */
static struct span declared(struct span head)
{
	const struct span keys[] = {SPAN("charset"), SPAN("encoding")};
	const char *end = head.len ? head.ptr + head.len : head.ptr;

	for (const char *at = head.ptr; at < end; at++) {
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			const char *value = at + keys[k].len;

			if ((size_t)(end - at) <= keys[k].len ||
				strncasecmp(at, keys[k].ptr, keys[k].len) != 0)
				continue;
			while (value < end && (*value == ' ' || *value == '='))
				value++;
			if (value < end && (*value == '"' || *value == '\''))
				value++;
			const char *label_end = value;
			while (label_end < end && is_label_byte(*label_end))
				label_end++;
			if (label_end > value && at[keys[k].len] != '"')
				return span_from(value, label_end);
		}
	}
	return (struct span){"", 0};
}

static bool is_label(struct span label, const char *name)
{
	return label.len == strlen(name) && strncasecmp(label.ptr, name, label.len) == 0;
}

static bool is_known(struct span label)
{
	static const char *const labels[] = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be",
		"iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (is_label(label, labels[i]))
			return true;
	return label.len == 0;
}

static void add_latin9(struct span raw, struct buf *ret)
{
	buf_reserve(ret, raw.len + raw.len / 4);
	for (size_t i = 0; i < raw.len; i++) {
		char bytes[4];
		buf_add(ret, bytes, utf8_put(latin9((unsigned char)raw.ptr[i]), bytes));
	}
}

/* UTF-16 without a mark begins with "<" and a zero byte, in one order or the other. */
static bool add_unmarked_utf16(struct span raw, struct buf *ret)
{
	const struct span little = SPAN("<\0"), big = SPAN("\0<");
	BUF_SCOPED(marked);

	if (span_starts(raw, little))
		buf_add(&marked, "\xff\xfe", 2);
	else if (span_starts(raw, big))
		buf_add(&marked, "\xfe\xff", 2);
	else
		return false;
	buf_add_span(&marked, raw);
	text_decode(buf_span(&marked), ret, NULL);
	return true;
}

void charset_decode_html(struct span raw, struct buf *ret, struct buf *notice)
{
	struct span head = {
		raw.ptr, raw.len < DECLARED_WITHIN_BYTES ? raw.len : DECLARED_WITHIN_BYTES};
	struct span label = declared(head);
	const struct span mark = SPAN("\xef\xbb\xbf");
	struct decode_report report;

	if (add_unmarked_utf16(raw, ret))
		return;
	/* What is well-formed is composed later, line by line: most lines need not be. */
	if (raw.len && utf8_valid(raw) && !memchr(raw.ptr, '\0', raw.len)) {
		buf_add_span(ret, span_starts(raw, mark) ? span_skip(raw, mark.len) : raw);
		return;
	}
	if ((is_label(label, "iso-8859-15") || is_label(label, "latin9")) && !utf8_valid(raw)) {
		add_latin9(raw, ret);
		return;
	}
	text_decode(raw, ret, &report);
	if (!is_known(label) && report.encoding == ENCODING_WINDOWS1252)
		buf_printf(notice, "read as Windows-1252, not as %.*s", SPAN_ARG(label));
	else if (report.bad_bytes)
		buf_printf(notice, "%zu bytes were not %s, first at offset %zu", report.bad_bytes,
			text_encoding_name(report.encoding), report.first_bad_offset);
}
