/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run-tables [LEXICON] TABLE: each case of the table as one test. What its columns mean is told by
 * the table's name and written at its beginning; a table that is not there is skipped with a
 * message.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "table.h"
#include "text/analyser.h"
#include "text/decode.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/utf8.h"
#include "word_breaks.h"

enum { TABLE_MAX_BYTES = 10 << 20, MAX_BREAKS = 16 };

/* ---- analysing a column ---- */

struct sample {
	struct buf text;
	uint32_t breaks[MAX_BREAKS];
	size_t break_count;
};

static struct analyser *analyser;
static struct stemmer *stemmer;

/* The text of a case: escapes replaced, and each ¶ taken out and made a break. */
static void sample_read(struct sample *sample, struct span column)
{
	static const char mark[] = "\u00b6";
	BUF_SCOPED(written);
	*sample = (struct sample){.text = BUF_INIT};
	table_unescape(column, &written);
	const char *at = buf_string(&written), *found;
	while ((found = strstr(at, mark)) && sample->break_count < MAX_BREAKS) {
		text_decode(span_from(at, found), &sample->text, NULL);
		sample->breaks[sample->break_count++] = (uint32_t)sample->text.len;
		at = found + strlen(mark);
	}
	text_decode(span_of(at), &sample->text, NULL);
}

static void sample_start(struct sample *sample)
{
	analyser_start(analyser, &(struct analyser_input){buf_span(&sample->text), 1,
					 sample->breaks, sample->break_count});
}

static int compare_spans(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* Appends the terms in order, apart by commas, a blank before the position but for the first. */
static void add_position(struct span *terms, size_t count, struct buf *ret)
{
	if (ret->len)
		buf_add_byte(ret, ' ');
	qsort(terms, count, sizeof(*terms), compare_spans);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_byte(ret, ',');
		buf_add_span(ret, terms[i]);
	}
}

/* Words that a suspended hyphen means are not the word that stands there. */
static bool is_wanted(const struct term *term, bool stems)
{
	if (!stems)
		return term->kind == TERM_EXACT;
	return term->kind == TERM_STEM ||
	       (term->kind == TERM_JOINED && term->part != TERM_FRAGMENT);
}

/* Exact terms, or stems and joined stems, of every word of a text, by position. */
static void print_terms(struct sample *sample, bool stems, struct buf *ret)
{
	struct word word;
	sample_start(sample);
	while (analyser_next(analyser, &word)) {
		const struct terms *terms = analyser_terms(analyser, &word);
		struct span texts[UINT8_MAX];
		size_t count = 0;
		for (size_t i = 0; i < terms->count && count < UINT8_MAX; i++)
			if (is_wanted(&terms->items[i], stems))
				texts[count++] = terms->items[i].text;
		add_position(texts, count, ret);
	}
}

static bool is_among(const struct span *texts, size_t count, struct span text)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(texts[i], text))
			return true;
	return false;
}

/* The same from what a table expects: "mieter,mieterinnen beraten"; or the stems of these. */
static void print_expected_terms(struct span column, char separator, bool stemmed, struct buf *ret)
{
	struct span position;
	while (table_take_word(&column, &position)) {
		struct span texts[UINT8_MAX];
		size_t count = 0;
		BUF_SCOPED(stems);
		buf_reserve(&stems, 2 * position.len + 64 * UINT8_MAX); /* it must not move */
		while (position.ptr && count < UINT8_MAX) {
			struct span text = span_take(&position, separator);
			if (stemmed) {
				struct span stem = stem_word(stemmer, text);
				size_t at = stems.len;
				buf_add_span(&stems, stem);
				text = (struct span){stems.ptr + at, stem.len};
			}
			if (!is_among(texts, count, text))
				texts[count++] = text;
		}
		add_position(texts, count, ret);
	}
}

/* ---- tokens: text | words with their positions ---- */

static void add_surface(uint32_t position, struct span surface, struct buf *ret)
{
	BUF_SCOPED(escaped);
	table_escape(surface, &escaped);
	buf_printf(ret, ret->len ? " %u:" : "%u:", position);
	for (size_t i = 0; i < escaped.len; i++)
		if (escaped.ptr[i] == ' ')
			buf_add_string(ret, "\u2423");
		else
			buf_add_byte(ret, escaped.ptr[i]);
}

static void check_tokens(const struct row *row)
{
	struct sample sample;
	struct word word;
	BUF_SCOPED(actual);
	sample_read(&sample, row->columns[0]);
	sample_start(&sample);
	while (analyser_next(analyser, &word))
		add_surface(word.position, word.surface, &actual);
	tap_compare(row, "words", row->columns[1], buf_span(&actual));
	buf_done(&sample.text);
}

/* ---- gender: text | exact terms | stems ---- */

/* `stems` without pointer: those of the exact terms. */
static void compare_terms(const struct row *row, struct span text, struct span exact,
	struct span stems, char separator)
{
	struct sample sample;
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	sample_read(&sample, text);
	print_expected_terms(exact, separator, false, &expected);
	print_terms(&sample, false, &actual);
	if (span_equal(buf_span(&expected), buf_span(&actual))) {
		buf_clear(&expected);
		buf_clear(&actual);
		print_expected_terms(stems.ptr ? stems : exact, separator, !stems.ptr, &expected);
		print_terms(&sample, true, &actual);
		tap_compare(row, "stems", buf_span(&expected), buf_span(&actual));
	} else {
		tap_compare(row, "terms", buf_span(&expected), buf_span(&actual));
	}
	buf_done(&sample.text);
}

static void check_gender(const struct row *row)
{
	compare_terms(row, row->columns[0], row->columns[1], row->columns[2], ',');
}

/* ---- suspend: text | words that are meant, by position ---- */

static void check_suspend(const struct row *row)
{
	struct sample sample;
	struct word word;
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	sample_read(&sample, row->columns[0]);
	sample_start(&sample);
	while (analyser_next(analyser, &word)) {
		const struct terms *terms = analyser_terms(analyser, &word);
		struct span texts[UINT8_MAX];
		size_t count = 0;
		for (size_t i = 0; i < terms->count && count < UINT8_MAX; i++)
			if (terms->items[i].kind == TERM_JOINED &&
				terms->items[i].part == TERM_FRAGMENT)
				texts[count++] = terms->items[i].text;
		if (count == 0)
			texts[count++] = SPAN("-");
		add_position(texts, count, &actual);
	}
	print_expected_terms(row->columns[1], ',', true, &expected);
	tap_compare(row, "stems", buf_span(&expected), buf_span(&actual));
	buf_done(&sample.text);
}

/* ---- stems: "meet" or "apart" | words ---- */

static void stem_of(struct span written, struct buf *ret)
{
	struct sample sample;
	sample_read(&sample, written);
	print_terms(&sample, true, ret);
	buf_done(&sample.text);
}

/* Every pair of the words must agree, or none. */
static void check_stems(const struct row *row)
{
	bool meet = span_equal(row->columns[0], SPAN("meet"));
	bool passed = meet || span_equal(row->columns[0], SPAN("apart"));
	struct span rest = row->columns[1], first;
	BUF_SCOPED(all);
	while (table_take_word(&rest, &first)) {
		struct span others = rest, other;
		BUF_SCOPED(stem);
		stem_of(first, &stem);
		buf_printf(&all, "%s ", buf_string(&stem));
		while (table_take_word(&others, &other)) {
			BUF_SCOPED(other_stem);
			stem_of(other, &other_stem);
			passed &= meet == span_equal(buf_span(&stem), buf_span(&other_stem));
		}
	}
	tap_report(passed, row);
	if (!passed)
		printf("# stems found: %s\n", buf_string(&all));
}

/* ---- stop: "stop" or "content" | words ---- */

static void check_stop(const struct row *row)
{
	bool stop = span_equal(row->columns[0], SPAN("stop"));
	bool passed = stop || span_equal(row->columns[0], SPAN("content"));
	struct sample sample;
	struct word word;
	BUF_SCOPED(wrong);
	sample_read(&sample, row->columns[1]);
	sample_start(&sample);
	while (analyser_next(analyser, &word))
		if (analyser_terms(analyser, &word)->stop != stop)
			buf_printf(&wrong, " %.*s", SPAN_ARG(word.surface));
	tap_report(passed && wrong.len == 0, row);
	if (wrong.len)
		printf("# not so:%s\n", buf_string(&wrong));
	buf_done(&sample.text);
}

/* ---- the gold table of gender forms: id, kind, text, exact terms, stems ---- */

/* Its stems are Snowball's. Lupe's own, which name families of words, are in stems.txt; here each
   form must have its own. */
static void check_gold(const struct row *line)
{
	struct row row;
	table_split_tabs(line->whole, line->line, &row);
	if (row.column_count != 5) {
		tap_report(false, line);
		return;
	}
	if (!span_equal(row.columns[0], SPAN("id")))
		compare_terms(&row, row.columns[2], row.columns[3], (struct span){0}, '|');
}

/* ---- tables ---- */

static const struct table_kind {
	const char *name;
	size_t columns;
	void (*check)(const struct row *row);
	void (*finish)(void);
} kinds[] = {
	{"tokens.txt", 2, check_tokens, NULL},
	{"gender.txt", 3, check_gender, NULL},
	{"suspend.txt", 2, check_suspend, NULL},
	{"stems.txt", 2, check_stems, NULL},
	{"stop.txt", 2, check_stop, NULL},
	{"word-breaks.txt", 1, word_breaks_check, word_breaks_finish},
	{"gender_cases.tsv", 1, check_gold, NULL},
	{"WordBreakTest.txt", 1, word_breaks_check, word_breaks_finish},
};

static const struct table_kind *kind_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(name, kinds[i].name) == 0)
			return &kinds[i];
	return NULL;
}

static void run_table(struct span text, const struct table_kind *kind)
{
	struct row row;
	unsigned line = 0;
	while (table_next(&text, &line, &row)) {
		if (kind->columns > 1 && row.column_count != kind->columns) {
			tap_report(false, &row);
			printf("# %zu columns, not %zu\n", row.column_count, kind->columns);
		} else {
			kind->check(&row);
		}
	}
	if (kind->finish)
		kind->finish();
}

int main(int argc, char **argv)
{
	const char *path = argv[argc - 1];
	const struct table_kind *kind = kind_of(path);
	struct lexicon *lexicon = NULL;
	struct lupe_error err;
	BUF_SCOPED(text);
	if (!kind || argc > 3) {
		printf("Bail out! no such kind of table\n");
		return 1;
	}
	if (argc == 3 && lexicon_open(argv[1], &lexicon, &err) != LUPE_OK) {
		printf("Bail out! %s\n", err.message);
		return 1;
	}
	lupe_status status = file_read(path, TABLE_MAX_BYTES, &text, &err);
	if (status == LUPE_ERROR_NOT_FOUND) {
		printf("1..0 # SKIP %s\n", err.message);
	} else if (status != LUPE_OK) {
		printf("Bail out! %s\n", err.message);
	} else {
		analyser = analyser_new(lexicon);
		stemmer = stemmer_new();
		run_table(buf_span(&text), kind);
		tap_finish();
		stemmer_free(stemmer);
		analyser_free(analyser);
	}
	lexicon_free(lexicon);
	return status != LUPE_OK && status != LUPE_ERROR_NOT_FOUND;
}
