/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads tables of cases and writes TAP. What the columns mean, the runner knows. */
#include "table.h"

#include <stdlib.h>

#include "text/chars.h"
#include "text/utf8.h"

static unsigned reported;

static void add_column(struct row *row, struct span column)
{
	if (row->column_count < TABLE_MAX_COLUMNS)
		row->columns[row->column_count++] = span_trim(column);
}

static void split_columns(struct row *row)
{
	const char *begin = row->whole.ptr, *end = begin + row->whole.len;
	row->column_count = 0;
	for (const char *at = begin; at < end; at++) {
		if (*at != '|' || at == begin || at[-1] != ' ' || (at + 1 < end && at[1] != ' '))
			continue;
		add_column(row, span_from(begin, at));
		begin = at + 1;
	}
	add_column(row, span_from(begin, end));
}

bool table_next(struct span *rest, unsigned *line, struct row *ret)
{
	while (rest->ptr) {
		struct span whole = span_trim(span_take(rest, '\n'));
		++*line;
		if (whole.len == 0 || whole.ptr[0] == '#')
			continue;
		ret->whole = whole;
		ret->line = *line;
		split_columns(ret);
		return true;
	}
	return false;
}

void table_split_tabs(struct span whole, unsigned line, struct row *ret)
{
	*ret = (struct row){.line = line, .whole = whole};
	while (whole.ptr)
		add_column(ret, span_take(&whole, '\t'));
}

void table_unescape(struct span column, struct buf *ret)
{
	for (size_t i = 0; i < column.len; i++) {
		char next = i + 1 < column.len ? column.ptr[i + 1] : '\0';
		char bytes[4], digits[5] = "";
		if (column.ptr[i] != '\\' || !next) {
			buf_add_byte(ret, column.ptr[i]);
			continue;
		}
		i++;
		if (next == 'u' && column.len - i > 4) {
			memcpy(digits, column.ptr + i + 1, 4);
			buf_add(ret, bytes, utf8_put((uint32_t)strtoul(digits, NULL, 16), bytes));
			i += 4;
		} else {
			buf_add_byte(ret, next == 'n' ? '\n' : next == 't' ? '\t' : next);
		}
	}
}

void table_escape(struct span text, struct buf *ret)
{
	const char *end = text.ptr + text.len;
	size_t length;
	for (const char *at = text.ptr; at < end; at += length) {
		uint32_t cp = utf8_get(at, end, &length);
		enum char_class class = char_class(cp);
		if (cp == '\n')
			buf_add_string(ret, "\\n");
		else if (cp == '\\')
			buf_add_string(ret, "\\\\");
		else if (class == CHAR_IGNORED || (class == CHAR_SPACE && cp != ' '))
			buf_printf(ret, "\\u%04x", cp);
		else
			buf_add(ret, at, length);
	}
}

bool table_take_word(struct span *rest, struct span *ret)
{
	while (rest->ptr) {
		*ret = span_take(rest, ' ');
		if (ret->len)
			return true;
	}
	return false;
}

/* A `#` in a name would begin a TAP directive. */
static void print_name(const struct row *row)
{
	printf(" %u - line %u: ", ++reported, row->line);
	for (size_t i = 0; i < row->whole.len; i++)
		if (row->whole.ptr[i] == '#' || row->whole.ptr[i] == '\t')
			putchar(' ');
		else
			putchar(row->whole.ptr[i]);
}

void tap_report(bool passed, const struct row *row)
{
	printf(passed ? "ok" : "not ok");
	print_name(row);
	putchar('\n');
}

void tap_compare(const struct row *row, const char *what, struct span expected, struct span actual)
{
	bool same = span_equal(expected, actual);
	tap_report(same, row);
	if (!same)
		printf("# %s expected: %.*s\n# %s found:    %.*s\n", what, SPAN_ARG(expected), what,
			SPAN_ARG(actual));
}

void tap_finish(void)
{
	printf("1..%u\n", reported);
}
