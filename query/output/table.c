/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quoting for spreadsheets, statistics programs and cut(1). */
#include "query/output/table.h"

static bool is_formula(struct span text)
{
	return text.len && strchr("=+-@\t\r", text.ptr[0]);
}

static bool needs_quotes(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr(",\"\n\r", text.ptr[i]))
			return true;
	return is_formula(text);
}

static void put_byte(struct table *table, unsigned char byte)
{
	bool blank = byte == '\t' || byte == '\n' || byte == '\r';
	if (table->format == TABLE_TSV && blank)
		fputc(' ', table->out);
	else if (byte >= ' ' || blank)
		fputc(byte, table->out);
}

void table_field(struct table *table, struct span text)
{
	bool csv = table->format == TABLE_CSV, quotes = csv && needs_quotes(text);
	if (table->column++)
		fputc(csv ? ',' : '\t', table->out);
	if (quotes)
		fputc('"', table->out);
	if (is_formula(text))
		fputc('\'', table->out);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' && quotes)
			fputc('"', table->out);
		put_byte(table, (unsigned char)text.ptr[i]);
	}
	if (quotes)
		fputc('"', table->out);
}

void table_number(struct table *table, unsigned long long number)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu", number);
	table_field(table, (struct span){digits, (size_t)len});
}

void table_known(struct table *table, unsigned long long number)
{
	if (number)
		table_number(table, number);
	else
		table_field(table, SPAN(""));
}

void table_end_row(struct table *table)
{
	fputc('\n', table->out);
	table->column = 0;
}

void table_header(struct table *table, const char *names)
{
	struct span rest = span_of(names);
	while (rest.ptr)
		table_field(table, span_take(&rest, ' '));
	table_end_row(table);
}
