/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run-compounds LEXICON TABLE: each case of the table of compounds as one test. What its columns
 * mean is written at its beginning.
 */
#include <stdlib.h>

#include "base/file.h"
#include "table.h"
#include "text/compound.h"
#include "text/counterpart.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { TABLE_MAX_BYTES = 1 << 20, WORD_BYTES = 512 };

static struct lexicon *lexicon;

static struct span fold(struct span word, char out[WORD_BYTES])
{
	const char *at = word.ptr, *end = word.ptr + word.len;
	size_t len = 0, step;
	for (; at < end && len + FOLD_MAX_BYTES <= WORD_BYTES; at += step)
		len += fold_code_point(utf8_get(at, end, &step), out + len);
	return (struct span){out, len};
}

static void add_part(struct buf *parts, struct span part)
{
	if (parts->len)
		buf_add_byte(parts, ' ');
	buf_add_span(parts, part);
}

/* The parts of a word apart by blanks, as written or as the words they stand for. */
static void print_parts(struct span word, bool bases, struct buf *ret)
{
	struct compound compound;
	size_t count = compound_split(lexicon, word, &compound);
	for (size_t i = 0; i < count; i++) {
		const struct compound_part *part = &compound.parts[i];
		char base[COMPOUND_BASE_BYTES];
		add_part(ret, bases ? compound_base(word, part, base)
				    : span_from(word.ptr + part->begin, word.ptr + part->end));
	}
	if (!count)
		add_part(ret, word);
}

static void print_counterpart(struct span word, struct buf *ret)
{
	char other[COUNTERPART_BYTES];
	bool feminine = false;
	struct span found = counterpart(lexicon, word, other, &feminine);
	add_part(ret, found.len ? found : SPAN("-"));
	if (found.len)
		buf_add_string(ret, feminine ? " m" : " f");
}

static void check(const struct row *row)
{
	char word_bytes[WORD_BYTES], expected_bytes[WORD_BYTES];
	struct span kind = row->columns[0];
	struct span word = fold(row->columns[1], word_bytes);
	struct span expected = fold(row->columns[2], expected_bytes);
	BUF_SCOPED(actual);
	if (span_equal(kind, SPAN("split"))) {
		print_parts(word, false, &actual);
		tap_compare(row, "parts", expected, buf_span(&actual));
	} else if (span_equal(kind, SPAN("base"))) {
		print_parts(word, true, &actual);
		tap_compare(row, "bases", expected, buf_span(&actual));
	} else if (span_equal(kind, SPAN("whole"))) {
		print_parts(word, false, &actual);
		tap_compare(row, "parts", word, buf_span(&actual));
	} else if (span_equal(kind, SPAN("never"))) {
		print_parts(word, false, &actual);
		tap_report(!span_equal(buf_span(&actual), expected), row);
	} else if (span_equal(kind, SPAN("pair"))) {
		print_counterpart(word, &actual);
		tap_compare(row, "counterpart", expected, buf_span(&actual));
	} else {
		tap_report(false, row);
	}
}

int main(int argc, char **argv)
{
	struct lupe_error err;
	struct row row;
	unsigned line = 0;
	BUF_SCOPED(table);
	if (argc != 3) {
		printf("Bail out! usage: run-compounds LEXICON TABLE\n");
		return 1;
	}
	if (lexicon_open(argv[1], &lexicon, &err) != LUPE_OK ||
		file_read(argv[2], TABLE_MAX_BYTES, &table, &err) != LUPE_OK) {
		printf("Bail out! %s\n", err.message);
		return 1;
	}
	for (struct span rest = buf_span(&table); table_next(&rest, &line, &row);) {
		if (row.column_count == 2 && span_equal(row.columns[0], SPAN("whole")))
			row.columns[2] = row.columns[1];
		else if (row.column_count != 3)
			row.columns[0] = SPAN("?");
		check(&row);
	}
	tap_finish();
	lexicon_free(lexicon);
	return 0;
}
