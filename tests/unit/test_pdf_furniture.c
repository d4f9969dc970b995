/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running heads, page numbers and labels on made-up pages; titles that programs leave behind. */
#include "indexer/extract/pdf_furniture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/extract/pdf_number.h"
#include "indexer/extract/pdf_title.h"
#include "printed.h"

enum { PAGES_MOST = 12 };

struct fixture {
	struct furniture furniture;
	struct page pages[PAGES_MOST];
	uint32_t count;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	memset(&fixture, 0, sizeof(fixture));
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	furniture_done(&f->furniture);
	for (size_t i = 0; i < PAGES_MOST; i++)
		page_done(&f->pages[i]);
	return 0;
}

static struct page *add_page(struct fixture *f)
{
	struct page *page = &f->pages[f->count++];

	page_clear(page, f->count, PAGE_WIDTH, PAGE_HEIGHT);
	return page;
}

static void mark_all(struct fixture *f)
{
	for (uint32_t i = 0; i < f->count; i++)
		page_finish(&f->pages[i]);
	for (uint32_t i = 0; i < f->count; i++)
		furniture_learn(&f->furniture, &f->pages[i]);
	for (uint32_t i = 0; i < f->count; i++)
		furniture_mark(&f->furniture, &f->pages[i], f->count);
}

static bool is_dropped(const struct page *page, const char *text)
{
	for (size_t i = 0; i < page->count; i++)
		if (span_equal(segment_text(page, &page->segments[i]), span_of(text)))
			return page->segments[i].dropped;
	fail_msg("no segment '%s'", text);
	return false;
}

static void test_the_same_on_every_page_is_dropped(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 5; i++) {
		struct page *page = add_page(f);

		print_line(page, 60, 30, "Sozialbericht 2024 der Stadt");
		print_line(page, 60, 300, "Text, der auf jeder Seite steht");
		print_line(page, 60, 770, "Stand: Maerz 2021");
	}
	mark_all(f);
	for (int i = 0; i < 5; i++) {
		assert_true(is_dropped(&f->pages[i], "Sozialbericht 2024 der Stadt"));
		assert_true(is_dropped(&f->pages[i], "Stand: Maerz 2021"));
		assert_false(is_dropped(&f->pages[i], "Text, der auf jeder Seite steht"));
	}
}

static void test_numbers_that_count_with_the_pages_are_dropped_and_become_labels(void **state)
{
	struct fixture *f = *state;
	static const char *const numbers[] = {NULL, NULL, "- 1 -", "- 2 -", NULL, "- 4 -", "- 5 -"};
	BUF_SCOPED(labels);

	for (int i = 0; i < 7; i++) {
		struct page *page = add_page(f);

		print_line(page, 60, 100, "Text");
		if (numbers[i])
			print_line(page, 290, 770, numbers[i]);
	}
	mark_all(f);
	assert_true(is_dropped(&f->pages[2], "- 1 -"));
	assert_true(is_dropped(&f->pages[6], "- 5 -"));
	furniture_labels(&f->furniture, &labels);
	assert_int_equal(labels.len, 12);
	assert_memory_equal(labels.ptr, "\0\0001\0002\0003\0004\0005", 12);
}

static void test_numbers_that_are_the_page_itself_are_no_labels(void **state)
{
	struct fixture *f = *state;
	BUF_SCOPED(labels);
	char text[32];

	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof(text), "Seite %d von 4", i + 1);
		print_line(add_page(f), 290, 770, text);
	}
	mark_all(f);
	assert_true(is_dropped(&f->pages[3], "Seite 4 von 4"));
	furniture_labels(&f->furniture, &labels);
	assert_int_equal(labels.len, 0);
}

static void test_a_head_with_the_page_number_in_it_is_dropped(void **state)
{
	struct fixture *f = *state;
	char text[64];

	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof(text), "%d Integrationsbericht der Stadt", i + 17);
		print_line(add_page(f), 60, 30, text);
	}
	mark_all(f);
	assert_true(is_dropped(&f->pages[0], "17 Integrationsbericht der Stadt"));
	assert_true(is_dropped(&f->pages[3], "20 Integrationsbericht der Stadt"));
}

static void test_a_heading_that_comes_again_far_off_stays(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 11; i++)
		print_line(add_page(f), 60, 60, i % 5 == 0 ? "Zusammenfassung" : "anderes");
	for (int i = 1; i < 11; i++) /* the others differ from each other */
		f->pages[i].text.ptr[0] = i % 5 ? (char)('a' + i) : 'Z';
	mark_all(f);
	assert_false(is_dropped(&f->pages[0], "Zusammenfassung"));
	assert_false(is_dropped(&f->pages[5], "Zusammenfassung"));
}

static void test_the_head_of_a_table_on_every_page_stays(void **state)
{
	struct fixture *f = *state;
	static const char *const quarters[] = {
		"1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"};

	for (int i = 0; i < 4; i++) {
		struct page *page = add_page(f);

		print_line(page, 60, 30, "Drucksache 18/7625");
		print_line(page, 60, 90, quarters[i]);
		print_line(page, 300, 90, "Gesamtschutz");
		print_line(page, 60, 102, "Irak");
		print_line(page, 300, 102, "0");
	}
	mark_all(f);
	assert_true(is_dropped(&f->pages[1], "Drucksache 18/7625"));
	assert_false(is_dropped(&f->pages[1], "Gesamtschutz"));
	assert_false(is_dropped(&f->pages[1], "0"));
}

static void test_one_page_loses_nothing_but_its_number(void **state)
{
	struct fixture *f = *state;
	struct page *page = add_page(f);

	print_line(page, 60, 30, "Stadt Lindenau");
	print_line(page, 290, 770, "1");
	print_line(page, 60, 740, "2024");
	mark_all(f);
	assert_false(is_dropped(page, "Stadt Lindenau"));
	assert_false(is_dropped(page, "2024"));
	assert_true(is_dropped(page, "1"));
}

static void test_page_numbers_are_read_in_many_forms(void **state)
{
	static const struct {
		const char *text;
		uint32_t number;
		bool roman, alone;
	} cases[] = {
		{"7", 7, false, true},
		{"– 12 –", 12, false, true},
		{"Seite 3 von 12", 3, false, true},
		{"3/12", 3, false, true},
		{"iv", 4, true, true},
		{"- XII -", 12, true, true},
		{"Sozialbericht 7", 7, false, false},
		{"7 Sozialbericht", 7, false, false},
	};
	struct page_number number;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(page_number_find(span_of(cases[i].text), &number));
		assert_int_equal(number.number, cases[i].number);
		assert_int_equal(number.roman, cases[i].roman);
		assert_int_equal(number.alone, cases[i].alone);
	}
	assert_false(page_number_find(SPAN("Inhalt"), &number));
	assert_false(page_number_find(SPAN("Band v"), &number));
	assert_false(page_number_find(SPAN("123456"), &number));
	assert_false(page_number_find(SPAN(""), &number));
}

static void test_small_roman_numbers_are_written(void **state)
{
	BUF_SCOPED(buf);

	(void)state;
	page_number_add_roman(&buf, 1994 % 200);
	assert_string_equal(buf_string(&buf), "cxciv");
}

static void test_titles_are_told_from_what_programs_leave_behind(void **state)
{
	static const char *const good[] = {"Sozialbericht 2024", "Drucksache 18/705", "Satzung",
		"Anzeige nach § 24 Abs", "Übersicht", "Seite an Seite: Leitbild", NULL};
	static const char *const bad[] = {"Microsoft Word - Satzung.doc", "bericht_2024.indd",
		"untitled", "Unbenannt-1", "Layout 1", "Dokument1", "bgbl113073 4165..4268", "",
		"   ", "Satzung über die Wal…", "2024", "Folie 1", "PowerPoint-Präsentation",
		"https://example.org/x", "Endfassung.PDF", NULL};

	(void)state;
	for (int i = 0; good[i]; i++)
		if (!pdf_title_is_one(span_of(good[i]), SPAN("datei.pdf")))
			fail_msg("'%s' is a title", good[i]);
	for (int i = 0; bad[i]; i++)
		if (pdf_title_is_one(span_of(bad[i]), SPAN("datei.pdf")))
			fail_msg("'%s' is no title", bad[i]);
	assert_false(pdf_title_is_one(SPAN("Sozialbericht"), SPAN("sozialbericht.pdf")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_the_same_on_every_page_is_dropped),
		TEST(test_numbers_that_count_with_the_pages_are_dropped_and_become_labels),
		TEST(test_numbers_that_are_the_page_itself_are_no_labels),
		TEST(test_a_head_with_the_page_number_in_it_is_dropped),
		TEST(test_a_heading_that_comes_again_far_off_stays),
		TEST(test_the_head_of_a_table_on_every_page_stays),
		TEST(test_one_page_loses_nothing_but_its_number),
		TEST(test_page_numbers_are_read_in_many_forms),
		TEST(test_small_roman_numbers_are_written),
		TEST(test_titles_are_told_from_what_programs_leave_behind),
	};
	return cmocka_run_group_tests_name("pdf_furniture", tests, NULL, NULL);
}
