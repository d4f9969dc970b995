/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reading order of pages that are made up of words and their boxes. */
#include "indexer/extract/pdf_layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

struct fixture {
	struct page page;
	struct layout layout;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	memset(&fixture, 0, sizeof(fixture));
	page_clear(&fixture.page, 1, PAGE_WIDTH, PAGE_HEIGHT);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	page_done(&f->page);
	layout_done(&f->layout);
	return 0;
}

static void assert_reads(struct fixture *f, const char *expected)
{
	page_finish(&f->page);
	layout_page(&f->layout, &f->page);
	assert_string_equal(buf_string(&f->layout.text), expected);
}

/* Five lines, 28 letters wide. */
static const char *const left[] = {"eins zwei drei vier fuenf se", "chs sieben acht neun zehn el-",
	"fzig und noch ein paar Worte", "damit die Zeilen voll werden", "und am Ende ein gebroch-",
	NULL};
static const char *const right[] = {"enes Wort, das oben rechts i", "n der zweiten Spalte weiter ",
	"geht, wo noch drei Zeilen st", "ehen, die alle ebenso lang s", "ind wie die der linken.",
	NULL};

static void test_words_on_a_line_are_one_line_whatever_their_order(void **state)
{
	struct fixture *f = *state;

	print_line(&f->page, 300, 100, "Satzung");
	print_line(&f->page, 260, 100.5F, "dieser");
	print_line(&f->page, 60, 120, "zweite Zeile");
	assert_reads(f, "dieser Satzung\nzweite Zeile\n");
}

static void test_columns_are_read_one_after_the_other(void **state)
{
	struct fixture *f = *state;

	print_line(&f->page, 60, 60,
		"Eine Ueberschrift, die ueber beiden Spalten der Seite steht und reicht");
	print_lines(&f->page, 60, 100, left);
	print_lines(&f->page, 320, 100, right);
	assert_reads(f, "Eine Ueberschrift, die ueber beiden Spalten der Seite steht und reicht\n"
			"eins zwei drei vier fuenf se\nchs sieben acht neun zehn el-\n"
			"fzig und noch ein paar Worte\ndamit die Zeilen voll werden\n"
			"und am Ende ein gebroch-\n"
			"enes Wort, das oben rechts i\nn der zweiten Spalte weiter\n"
			"geht, wo noch drei Zeilen st\nehen, die alle ebenso lang s\n"
			"ind wie die der linken.\n");
}

static void test_columns_are_found_when_the_file_is_drawn_line_by_line(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; left[i]; i++) {
		print_line(&f->page, 60, 100 + 12 * (float)i, left[i]);
		print_line(&f->page, 320, 100 + 12 * (float)i, right[i]);
	}
	print_line(&f->page, 60, 200,
		"Darunter steht ein Satz, der ueber die ganze Breite der Seite geht,");
	print_line(&f->page, 60, 212, "und kurz endet.");
	page_finish(&f->page);
	layout_page(&f->layout, &f->page);
	assert_non_null(strstr(f->layout.text.ptr, "gebroch-\nenes Wort"));
	assert_non_null(strstr(f->layout.text.ptr, "linken.\nDarunter steht"));
	assert_non_null(strstr(f->layout.text.ptr, "geht,\nund kurz endet.\n"));
}

static void test_tables_are_read_row_by_row_with_tabs_between_cells(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {"Serbien", "Syrien", "Kosovo", "Irak", NULL};
	static const char *const first[] = {"196", "1 158", "2", "19", NULL};
	static const char *const second[] = {"12,2", "42,8", "0,2", "2,4", NULL};

	print_lines(&f->page, 60, 100, names);
	print_lines(&f->page, 250, 100, first);
	print_lines(&f->page, 400, 100, second);
	assert_reads(f, "Serbien\t196\t12,2\nSyrien\t1 158\t42,8\nKosovo\t2\t0,2\nIrak\t19\t2,4\n");
	assert_int_equal(f->layout.lines[0].cells, 3);
}

static void test_cells_of_several_lines_are_read_whole(void **state)
{
	struct fixture *f = *state;

	print_lines(&f->page, 60, 100, (const char *const[]){"Herkunfts-", "land", NULL});
	print_lines(&f->page, 200, 100, (const char *const[]){"Subsidiaerer", "Schutz", NULL});
	print_lines(&f->page, 340, 100, (const char *const[]){"Abschiebungs-", "verbot", NULL});
	print_line(&f->page, 60, 140, "Irak");
	print_line(&f->page, 200, 140, "12");
	print_line(&f->page, 340, 140, "7");
	assert_reads(
		f, "Herkunfts-\nland\tSubsidiaerer Schutz\tAbschiebungs-\nverbot\nIrak\t12\t7\n");
}

static void test_justified_lines_with_wide_blanks_are_no_cells(void **state)
{
	struct fixture *f = *state;

	/* blanks of 6 points */
	print_line(&f->page, 60, 100, "Davon");
	print_line(&f->page, 91, 100, "wurden");
	print_line(&f->page, 127, 100, "viele");
	print_line(&f->page, 158, 100, "freigegeben. Ableh-");
	print_line(&f->page, 60, 112, "nungsgruende werden nicht");
	assert_reads(f, "Davon wurden viele freigegeben. Ableh-\nnungsgruende werden nicht\n");
}

static void test_a_justified_line_is_one_however_wide_its_blanks(void **state)
{
	struct fixture *f = *state;

	/* blanks of 16 points, more than between many cells */
	print_line(&f->page, 60, 100, "an");
	print_line(&f->page, 86, 100, "der");
	print_line(&f->page, 117, 100, "am");
	print_line(&f->page, 143, 100, "Verfahren");
	print_line(&f->page, 204, 100, "beteiligten");
	print_line(&f->page, 275, 100, "Be-");
	print_line(&f->page, 60, 112, "hoerde sind die folgenden Stellen im Land");
	assert_reads(f, "an der am Verfahren beteiligten Be-\n"
			"hoerde sind die folgenden Stellen im Land\n");
}

static void test_cells_of_one_width_are_cells(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 4; i++)
		print_line(&f->page, 60 + 42 * (float)i, 100, "Monate");
	assert_reads(f, "Monate\tMonate\tMonate\tMonate\n");
}

static void test_a_word_broken_in_a_cell_goes_on_next(void **state)
{
	struct fixture *f = *state;

	print_line(&f->page, 60, 100, "Russische Foedera-");
	print_line(&f->page, 300, 100, "39");
	print_line(&f->page, 400, 100, "0,9");
	print_line(&f->page, 60, 112, "tion");
	assert_reads(f, "Russische Foedera-\ntion\t39\t0,9\n");
}

static void test_a_suspended_hyphen_before_a_wide_blank_stays_in_its_line(void **state)
{
	struct fixture *f = *state;

	print_line(&f->page, 60, 100, "die Aus-");
	print_line(&f->page, 105, 100, "und Weiterbildung der");
	print_line(&f->page, 60, 112, "das Personal betreffend");
	assert_reads(f, "die Aus- und Weiterbildung der\ndas Personal betreffend\n");
}

static void test_letter_spaced_words_are_put_together(void **state)
{
	struct fixture *f = *state;
	float x = 60;

	for (const char *c = "Antwort der Stadt"; *c; c++, x += 5 + 2)
		if (*c != ' ')
			page_add_word(&f->page,
				&(struct word){
					.area = {x, 100, x + 5, 110}, .size = 10, .text = {c, 1}});
	assert_reads(f, "Antwort der Stadt\n");
}

static void test_text_that_runs_upwards_comes_last(void **state)
{
	struct fixture *f = *state;

	page_add_word(&f->page, &(struct word){.area = {20, 500, 30, 560},
					.size = 10,
					.turn = TURN_UP,
					.text = SPAN("Entwurf")});
	page_add_word(&f->page, &(struct word){.area = {20, 440, 30, 496},
					.size = 10,
					.turn = TURN_UP,
					.text = SPAN("vom Mai")});
	print_line(&f->page, 60, 100, "Der Text der Seite");
	assert_reads(f, "Der Text der Seite\nEntwurf vom Mai\n");
}

static void test_dropped_segments_are_not_there(void **state)
{
	struct fixture *f = *state;

	print_line(&f->page, 60, 20, "Kopf");
	print_line(&f->page, 60, 100, "Text");
	f->page.segments[0].dropped = true;
	assert_reads(f, "Text\n");
}

static void test_numbers_that_are_none_do_no_harm(void **state)
{
	struct fixture *f = *state;
	static const float wild[] = {NAN, INFINITY, -INFINITY, 1e30F, 0};

	for (size_t i = 0; i < 5; i++)
		page_add_word(
			&f->page, &(struct word){.area = {wild[i], wild[(i + 1) % 5],
							 wild[(i + 2) % 5], wild[(i + 3) % 5]},
					  .size = wild[i],
					  .text = SPAN("x")});
	page_finish(&f->page);
	layout_page(&f->layout, &f->page);
	size_t letters = 0;
	for (size_t i = 0; i < f->layout.text.len; i++)
		letters += f->layout.text.ptr[i] == 'x';
	assert_int_equal(letters, 5);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_words_on_a_line_are_one_line_whatever_their_order),
		TEST(test_columns_are_read_one_after_the_other),
		TEST(test_columns_are_found_when_the_file_is_drawn_line_by_line),
		TEST(test_tables_are_read_row_by_row_with_tabs_between_cells),
		TEST(test_cells_of_several_lines_are_read_whole),
		TEST(test_justified_lines_with_wide_blanks_are_no_cells),
		TEST(test_a_justified_line_is_one_however_wide_its_blanks),
		TEST(test_cells_of_one_width_are_cells),
		TEST(test_a_word_broken_in_a_cell_goes_on_next),
		TEST(test_a_suspended_hyphen_before_a_wide_blank_stays_in_its_line),
		TEST(test_letter_spaced_words_are_put_together),
		TEST(test_text_that_runs_upwards_comes_last),
		TEST(test_dropped_segments_are_not_there),
		TEST(test_numbers_that_are_none_do_no_harm),
	};
	return cmocka_run_group_tests_name("pdf_layout", tests, NULL, NULL);
}
