/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Encodings and normalisation. Text that is plain ASCII and Latin-1 in UTF-8, i.e. nearly all of
 * it, is checked and copied without a table; NFC (utf8proc) runs only over lines that hold a code
 * point which could change. Which encoding a legacy text has beyond Windows-1252 is not guessed.
 */
#include "text/decode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "text/utf8.h"

/* Code points of the bytes 0x80..0x9f (WHATWG's windows-1252; 0: undefined, becomes U+FFFD). */
static const uint16_t windows1252_high[32] = {0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
	0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

const char *text_encoding_name(enum text_encoding encoding)
{
	static const char *const names[] = {"UTF-8", "UTF-16", "Windows-1252"};
	return names[encoding];
}

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Length of the well-formed sequence at `p` (RFC 3629, table 3-7 of Unicode), 0 if there is none.
 */
static size_t sequence_length(const unsigned char *p, const unsigned char *end)
{
	unsigned char lead = *p;
	if (lead < 0x80)
		return 1;
	size_t left = (size_t)(end - p);
	if (lead >= 0xc2 && lead <= 0xdf)
		return left >= 2 && is_continuation(p[1]) ? 2 : 0;
	if (lead >= 0xe0 && lead <= 0xef) {
		unsigned char low = lead == 0xe0 ? 0xa0 : 0x80;
		unsigned char high = lead == 0xed ? 0x9f : 0xbf;
		return left >= 3 && p[1] >= low && p[1] <= high && is_continuation(p[2]) ? 3 : 0;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		unsigned char low = lead == 0xf0 ? 0x90 : 0x80;
		unsigned char high = lead == 0xf4 ? 0x8f : 0xbf;
		return left >= 4 && p[1] >= low && p[1] <= high && is_continuation(p[2]) &&
				       is_continuation(p[3])
			       ? 4
			       : 0;
	}
	return 0;
}

/* The first byte at or behind `p` that is not ASCII. */
static const unsigned char *skip_ascii(const unsigned char *p, const unsigned char *end)
{
	uint64_t eight;
	while (end - p >= 8) {
		memcpy(&eight, p, 8);
		if (eight & 0x8080808080808080u)
			break;
		p += 8;
	}
	while (p < end && *p < 0x80)
		p++;
	return p;
}

struct survey {
	size_t bad, good; /* ill-formed bytes, well-formed sequences beyond ASCII */
	size_t first_bad;
	bool needs_nfc;
};

/* Every code point below U+0300 and in the blocks of punctuation and currency is stable in NFC and
   does not combine; anything else might change. */
static bool stable_in_nfc(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x2002 && cp <= 0x20cf) || cp == 0xfffd;
}

static struct survey survey_utf8(struct span raw)
{
	struct survey s = {0};
	if (raw.len == 0)
		return s;
	const unsigned char *begin = (const unsigned char *)raw.ptr;
	const unsigned char *end = begin + raw.len;
	for (const unsigned char *p = skip_ascii(begin, end); p < end; p = skip_ascii(p, end)) {
		size_t length = sequence_length(p, end);
		if (!length) {
			if (!s.bad++)
				s.first_bad = (size_t)(p - begin);
			p++;
			continue;
		}
		s.good++;
		if (length > 2 || *p >= 0xcc)
			s.needs_nfc |= !stable_in_nfc(
				utf8_get((const char *)p, (const char *)end, &length));
		p += length;
	}
	return s;
}

bool utf8_valid(struct span bytes)
{
	return survey_utf8(bytes).bad == 0;
}

static void add_code_point(struct buf *text, uint32_t cp)
{
	char bytes[4];
	buf_add(text, bytes, utf8_put(cp, bytes));
}

/* Copies, with U+FFFD for each ill-formed byte. */
static void copy_utf8(struct span raw, size_t bad, struct buf *text)
{
	if (!bad) {
		buf_add_span(text, raw);
		return;
	}
	const unsigned char *p = (const unsigned char *)raw.ptr;
	const unsigned char *end = p + raw.len;
	buf_reserve(text, raw.len + 2 * bad);
	while (p < end) {
		size_t length = sequence_length(p, end);
		if (length)
			buf_add(text, p, length);
		else
			add_code_point(text, 0xfffd);
		p += length ? length : 1;
	}
}

static void copy_windows1252(struct span raw, struct buf *text, struct decode_report *report)
{
	buf_reserve(text, raw.len + raw.len / 4);
	for (size_t i = 0; i < raw.len; i++) {
		unsigned char byte = (unsigned char)raw.ptr[i];
		uint32_t cp = byte;
		if (byte >= 0x80 && byte < 0xa0)
			cp = windows1252_high[byte - 0x80];
		if (cp == 0 && byte != 0) {
			cp = 0xfffd;
			if (!report->bad_bytes++)
				report->first_bad_offset = i;
		}
		add_code_point(text, cp);
	}
}

static uint32_t utf16_unit(struct span raw, size_t at, bool big_endian)
{
	unsigned char first = (unsigned char)raw.ptr[at], second = (unsigned char)raw.ptr[at + 1];
	return big_endian ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

static void copy_utf16(
	struct span raw, bool big_endian, struct buf *text, struct decode_report *report)
{
	size_t at = 0;
	while (at < raw.len) {
		uint32_t cp = 0xfffd;
		size_t length = 2;
		bool bad = at + 1 == raw.len;
		if (!bad) {
			cp = utf16_unit(raw, at, big_endian);
			bool high = cp >= 0xd800 && cp < 0xdc00;
			uint32_t low =
				high && at + 3 < raw.len ? utf16_unit(raw, at + 2, big_endian) : 0;
			if (low >= 0xdc00 && low < 0xe000) {
				cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
				length = 4;
			} else if (cp >= 0xd800 && cp < 0xe000) {
				cp = 0xfffd;
				bad = true;
			}
		}
		if (bad && !report->bad_bytes++)
			report->first_bad_offset = at + 2; /* the mark is not in `raw` */
		add_code_point(text, cp);
		at += length;
	}
}

/* In place: CR LF and CR become LF, NUL becomes a blank. */
static void unify_lines(struct buf *text, size_t from)
{
	char *begin = text->ptr + from;
	size_t len = text->len - from;
	char *write = memchr(begin, '\r', len);
	if (write) {
		const char *end = begin + len;
		for (const char *read = write; read < end; read++) {
			if (*read == '\r') {
				*write++ = '\n';
				if (read + 1 < end && read[1] == '\n')
					read++;
			} else {
				*write++ = *read;
			}
		}
		text->len = (size_t)(write - text->ptr);
		*write = '\0';
		len = text->len - from;
	}
	for (char *nul = memchr(begin, '\0', len); nul;
		nul = memchr(nul, '\0', len - (size_t)(nul - begin)))
		*nul = ' ';
}

static bool looks_binary(struct span raw)
{
	struct span head = {raw.ptr, raw.len < 8192 ? raw.len : 8192};
	if (head.len && memchr(head.ptr, '\0', head.len))
		return true;
	size_t controls = 0;
	for (size_t i = 0; i < head.len; i++) {
		unsigned char c = (unsigned char)head.ptr[i];
		controls += c < 0x20 && !strchr("\t\n\r\f\v\b\033", c);
	}
	return controls * 20 > head.len;
}

/* The first code point at or behind `p` that NFC might change. */
static const unsigned char *find_unstable(const unsigned char *p, const unsigned char *end)
{
	for (p = skip_ascii(p, end); p < end; p = skip_ascii(p, end)) {
		size_t length;
		if (!stable_in_nfc(utf8_get((const char *)p, (const char *)end, &length)))
			break;
		p += length;
	}
	return p;
}

static void add_nfc(struct span line, struct buf *text)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)line.ptr,
		(utf8proc_ssize_t)line.len, &nfc, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len >= 0)
		buf_add(text, nfc, (size_t)len);
	else /* cannot be on well-formed text but for memory: then it stays as it is */
		buf_add_span(text, line);
	free(nfc);
}

/* Only the lines that hold something unstable go through the tables: nothing is composed across a
   line end. */
static void normalise(struct buf *text, size_t from)
{
	BUF_SCOPED(source);
	buf_add(&source, text->ptr + from, text->len - from);
	const unsigned char *at = (const unsigned char *)source.ptr, *end = at + source.len;
	const unsigned char *unstable;
	text->len = from;
	while ((unstable = find_unstable(at, end)) < end) {
		const unsigned char *feed = memrchr(at, '\n', (size_t)(unstable - at));
		const unsigned char *line = feed ? feed + 1 : at;
		const unsigned char *line_end = memchr(unstable, '\n', (size_t)(end - unstable));
		if (!line_end)
			line_end = end;
		buf_add(text, at, (size_t)(line - at));
		add_nfc(span_from((const char *)line, (const char *)line_end), text);
		at = line_end;
	}
	buf_add(text, at, (size_t)(end - at));
}

/* A text of another encoding hardly ever holds a sequence that is well-formed UTF-8 by chance. */
static bool is_damaged_utf8(const struct survey *s)
{
	return s->good > 0 && s->bad <= s->good;
}

static bool decode_utf16(struct span raw, struct buf *text, struct decode_report *report)
{
	bool little = span_starts(raw, SPAN("\xff\xfe")), big = span_starts(raw, SPAN("\xfe\xff"));
	if (!little && !big)
		return false;
	report->encoding = ENCODING_UTF16;
	copy_utf16(span_skip(raw, 2), big, text, report);
	return true;
}

void text_decode(struct span raw, struct buf *ret_text, struct decode_report *ret_report)
{
	struct decode_report report = {0};
	size_t from = ret_text->len;
	bool needs_nfc = true;
	if (!decode_utf16(raw, ret_text, &report)) {
		bool marked = span_starts(raw, SPAN("\xef\xbb\xbf"));
		struct span body = marked ? span_skip(raw, 3) : raw;
		struct survey s = survey_utf8(body);
		report.binary = looks_binary(body);
		if (s.bad && !marked && !is_damaged_utf8(&s)) {
			report.encoding = ENCODING_WINDOWS1252;
			copy_windows1252(body, ret_text, &report);
			needs_nfc = false;
		} else {
			report.bad_bytes = s.bad;
			report.first_bad_offset = s.first_bad + (marked ? 3 : 0);
			copy_utf8(body, s.bad, ret_text);
			needs_nfc = s.needs_nfc;
		}
	}
	if (ret_text->len > from) {
		if (needs_nfc)
			normalise(ret_text, from);
		unify_lines(ret_text, from);
	}
	if (ret_report)
		*ret_report = report;
}
