/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages, labels, lines and headings of places in made-up paged documents; text on one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "query/concordance.h"
#include "query/document_internal.h"
#include "query/oneline.h"
#include "query/places.h"
#include "query/where.h"
#include "values.h"

enum { PAGES = 40, LINES = 30 };

/* A document of pages with a heading on every tenth line, kept in memory only. */
struct paged {
	struct buf text;
	struct block blocks[2 * PAGES * LINES];
	size_t block_count;
	struct buf labels;
	struct frame_plan plan;
	struct record_writer *writer;
	struct values values;
	struct document *document;
	struct finder *finder;
	uint32_t line_begin[PAGES + 1][LINES + 1];
};

static void add_block(struct paged *p, enum block_kind kind, uint32_t page)
{
	p->blocks[p->block_count++] = (struct block){.begin = (uint32_t)p->text.len,
		.page = page,
		.kind = (uint8_t)kind,
		.level = kind == BLOCK_HEADING};
}

static void open_record(struct paged *p, const struct record_fields *fields)
{
	frame_plan_make(&p->plan, buf_span(&p->text), p->blocks, p->block_count);
	p->writer = record_writer_new();
	p->values.items = record_encode(p->writer, fields, buf_span(&p->text), p->blocks,
		p->block_count, &p->plan, &p->values.count);
	p->document = document_new(NULL, NULL);
	assert_int_equal(record_open(p->document->record, value_given, &p->values, NULL), LUPE_OK);
	p->finder = finder_new(p->document);
}

static void add_page(struct paged *p, uint32_t page)
{
	for (uint32_t line = 1; line <= LINES; line++) {
		bool heading = line % 10 == 5;
		if (line == 1 || heading || line % 10 == 6)
			add_block(p, heading ? BLOCK_HEADING : BLOCK_TEXT, page);
		p->line_begin[page][line] = (uint32_t)p->text.len;
		if (heading)
			buf_printf(&p->text, "Teil %u.%u\n", page, line);
		else
			buf_printf(&p->text, "Zeile %u der Seite %u mit einigen Worten mehr\n",
				line, page);
	}
	if (page <= 3)
		buf_printf(&p->labels, "%.*s", (int)page, "iii");
	else
		buf_printf(&p->labels, "%u", page - 3);
	buf_add_byte(&p->labels, '\0');
}

static int set_up(void **state)
{
	struct paged *p = calloc(1, sizeof(*p));
	if (!p)
		return -1;
	for (uint32_t page = 1; page <= PAGES; page++)
		add_page(p, page);
	open_record(p, &(struct record_fields){.path = SPAN("a.pdf"),
			       .title = SPAN("A"),
			       .pages = PAGES,
			       .page_labels = buf_span(&p->labels)});
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct paged *p = *state;
	finder_free(p->finder);
	document_free(p->document);
	record_writer_free(p->writer);
	frame_plan_done(&p->plan);
	buf_done(&p->text);
	buf_done(&p->labels);
	free(p);
	return 0;
}

static struct where find(struct paged *p, uint32_t page, uint32_t line)
{
	struct where where;
	uint32_t in_document = (page - 1) * LINES + line;
	assert_int_equal(
		finder_find(p->finder, p->line_begin[page][line] + 3, in_document, &where, NULL),
		LUPE_OK);
	return where;
}

static void every_line_knows_its_page_and_its_number_on_it(void **state)
{
	struct paged *p = *state;
	assert_true(record_frame_count(p->document->record) > 2);
	for (uint32_t page = PAGES; page > 0; page--)
		for (uint32_t line = 1; line <= LINES; line += 7) {
			struct where where = find(p, page, line);
			assert_int_equal(where.page, page);
			assert_int_equal(where.line, line);
		}
}

static void labels_are_what_is_printed_on_the_page(void **state)
{
	struct paged *p = *state;
	struct where where = find(p, 3, 1);
	assert_true(span_equal(where.label, SPAN("iii")));
	where = find(p, 17, 2);
	assert_true(span_equal(where.label, SPAN("14")));
}

static void the_heading_is_the_nearest_before(void **state)
{
	struct paged *p = *state;
	struct span heading;
	static const struct {
		uint32_t page, line;
		const char *heading;
	} cases[] = {{1, 4, ""}, {1, 5, "Teil 1.5"}, {1, 14, "Teil 1.5"}, {1, 15, "Teil 1.15"},
		{20, 3, "Teil 19.25"}, {20, 30, "Teil 20.25"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t begin = p->line_begin[cases[i].page][cases[i].line];
		assert_int_equal(finder_heading(p->finder, begin, &heading, NULL), LUPE_OK);
		assert_true(span_equal(heading, span_of(cases[i].heading)));
	}
}

static void lines_are_found_from_any_byte_and_lead_to_their_neighbours(void **state)
{
	struct paged *p = *state;
	uint32_t number = 0;
	struct line line = {.number = 1};
	assert_int_equal(line_at(p->document, 0, &line, NULL), LUPE_OK);
	do {
		uint32_t page = number / LINES + 1, on_page = number % LINES + 1;
		struct line other;
		assert_int_equal(line.begin, p->line_begin[page][on_page]);
		assert_int_equal(line_at(p->document, line.end, &other, NULL), LUPE_OK);
		assert_int_equal(other.begin, line.begin);
		assert_int_equal(other.end, line.end);
		number++;
	} while (line_next(p->document, &line, NULL) == LUPE_OK);
	assert_int_equal(number, PAGES * LINES);
	while (line_previous(p->document, &line, NULL) == LUPE_OK)
		number--;
	assert_int_equal(number, 1);
	assert_int_equal(line.number, 1);
	assert_int_equal(line.begin, 0);
}

static void a_range_is_the_text_whatever_frames_it_crosses(void **state)
{
	struct paged *p = *state;
	for (uint32_t begin = 0; begin < p->text.len; begin += 4999) {
		BUF_SCOPED(range);
		uint32_t end = begin + 20000;
		assert_int_equal(document_range(p->document, begin, end, &range, NULL), LUPE_OK);
		size_t len = end < p->text.len ? 20000 : p->text.len - begin;
		assert_int_equal(range.len, len);
		assert_memory_equal(range.ptr, p->text.ptr + begin, len);
	}
}

/* ---- on one line ---- */

static void broken_words_are_put_together(void **state)
{
	(void)state;
	static const struct {
		const char *text, *line;
	} cases[] = {
		{"Der Arbeits-\nmarkt wächst", "Der Arbeitsmarkt wächst"},
		{"die EU-\nKommission", "die EU-Kommission"},
		{"Aus- \nund Weiterbildung", "Aus-  und Weiterbildung"},
		{"Inte\xc2\xad\ngration", "Integration"},
		{"(Trä-\n  ger)\tzwei\ndrei", "(Träger) zwei drei"},
		{"a -\nb", "a - b"},
		{"-\n", "- "},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		BUF_SCOPED(line);
		oneline_add(&line, span_of(cases[i].text), NULL, 0);
		assert_string_equal(buf_string(&line), cases[i].line);
	}
}

static void offsets_follow_the_text(void **state)
{
	(void)state;
	BUF_SCOPED(line);
	const char *text = "Der Integrations-\nkurs und der Kurs";
	uint32_t offsets[] = {4, 18, 22, 31, 35};
	oneline_add(&line, span_of(text), offsets, 5);
	assert_string_equal(line.ptr, "Der Integrationskurs und der Kurs");
	const uint32_t expected[] = {4, 16, 20, 29, 33};
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(offsets[i], expected[i]);
}

/* ---- concordances ---- */

static void context_is_cut_by_columns(void **state)
{
	(void)state;
	static struct paged p;
	const char *text = "e\xcc\x81\xe2\x82\xac 漢字 u\xcc\x88x WORT 漢漢漢 e\xcc\x81 Ende";
	struct concordance c = {.left_columns = 0};
	buf_add_string(&p.text, text);
	add_block(&p, BLOCK_TEXT, 0);
	open_record(&p, &(struct record_fields){.path = SPAN("a")});
	uint32_t begin = (uint32_t)(strstr(text, "WORT") - text);
	struct place place = {.begin = begin, .end = begin + 4};
	assert_int_equal(concordance_read(&c, p.document, &place, 5, NULL), LUPE_OK);
	assert_string_equal(c.left.ptr, " u\xcc\x88x ");
	assert_int_equal(c.left_columns, 4);
	assert_string_equal(c.match.ptr, "WORT");
	assert_string_equal(c.right.ptr, " 漢漢");
	assert_int_equal(c.right_columns, 5);
	for (size_t width = 0; width < 30; width++) {
		assert_int_equal(concordance_read(&c, p.document, &place, width, NULL), LUPE_OK);
		assert_true(c.left_columns <= width && c.right_columns <= width);
		assert_int_equal(text_columns(buf_span(&c.left)), c.left_columns);
		assert_int_equal(text_columns(buf_span(&c.right)), c.right_columns);
	}
	concordance_done(&c);
	finder_free(p.finder);
	document_free(p.document);
	record_writer_free(p.writer);
	frame_plan_done(&p.plan);
	buf_done(&p.text);
}

static void keys_sort_by_words_outward_without_signs_and_dots(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool backwards;
		unsigned first;
		const char *key;
	} cases[] = {
		{"das alte, „ Große ", true, 1, "grosse\1alte\1das\1"},
		{" Ämter und Öl", false, 1, "amter\1und\1ol\1"},
		{" Ämter und Öl", false, 2, "und\1ol\1"},
		{"", true, 1, ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		BUF_SCOPED(key);
		concordance_sort_key(
			span_of(cases[i].text), cases[i].backwards, cases[i].first, &key);
		assert_string_equal(buf_string(&key), cases[i].key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_line_knows_its_page_and_its_number_on_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			labels_are_what_is_printed_on_the_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_heading_is_the_nearest_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			lines_are_found_from_any_byte_and_lead_to_their_neighbours, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_range_is_the_text_whatever_frames_it_crosses, set_up, tear_down),
		cmocka_unit_test(broken_words_are_put_together),
		cmocka_unit_test(offsets_follow_the_text),
		cmocka_unit_test(context_is_cut_by_columns),
		cmocka_unit_test(keys_sort_by_words_outward_without_signs_and_dots),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
