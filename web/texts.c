/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fills texts, and writes numbers, dates and types as a language has them. */
#include "web/texts.h"

void text_fill(struct buf *out, const struct language *language, enum text text,
	const struct span *values, size_t count)
{
	for (const char *c = language->texts[text]; *c; c++) {
		size_t number = c[0] == '{' && c[1] && c[2] == '}' ? (size_t)(c[1] - '0') : 0;
		if (number >= 1 && number <= count) {
			buf_add_span(out, values[number - 1]);
			c += 2;
		} else {
			buf_add_byte(out, *c);
		}
	}
}

void text_add_number(struct buf *out, const struct language *language, long long number)
{
	BUF_SCOPED(digits);
	buf_printf(&digits, "%lld", number);
	for (size_t i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0 && digits.ptr[i - 1] != '-')
			buf_add_string(out, language->thousands);
		buf_add_byte(out, digits.ptr[i]);
	}
}

static bool two_digits(const char *c, unsigned *ret)
{
	if (c[0] < '0' || c[0] > '9' || c[1] < '0' || c[1] > '9')
		return false;
	*ret = (unsigned)(c[0] - '0') * 10 + (unsigned)(c[1] - '0');
	return true;
}

void text_add_date(struct buf *out, const struct language *language, struct span date)
{
	unsigned month = 0, day = 0;
	bool has_month = date.len >= 7 && date.ptr[4] == '-' && two_digits(date.ptr + 5, &month) &&
			 month >= 1 && month <= 12;
	bool has_day =
		has_month && date.len >= 10 && date.ptr[7] == '-' && two_digits(date.ptr + 8, &day);
	if (has_day)
		buf_printf(out, "%u. ", day);
	if (has_month)
		buf_printf(out, "%s %.4s", language->months[month - 1], date.ptr);
	else
		buf_add_span(out, date);
}

struct span text_type_name(struct span type)
{
	static const char *const names[][2] = {
		{"application/pdf", "PDF"},
		{"text/plain", "Text"},
		{"text/markdown", "Markdown"},
		{"text/html", "HTML"},
		{"application/xhtml+xml", "HTML"},
		{"application/epub+zip", "EPUB"},
		{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"},
		{"application/msword", "Word"},
		{"application/vnd.oasis.opendocument.text", "OpenDocument"},
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_equal(type, span_of(names[i][0])))
			return span_of(names[i][1]);
	return type;
}
