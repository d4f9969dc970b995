/* SPDX-License-Identifier: GPL-2.0-or-later */
/* indexer/document: what a text or Markdown file says of itself, and its blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "indexer/body.h"
#include "indexer/content.h"
#include "indexer/document.h"
#include "indexer/format.h"

static struct document document;
static struct lupe_error error;

static lupe_status parse(const char *path, struct span raw)
{
	return document_parse(&document, span_of(path), raw, &error);
}

static void assert_parsed(const char *path, const char *raw)
{
	assert_int_equal(parse(path, span_of(raw)), LUPE_OK);
}

static void assert_title(const char *path, const char *raw, const char *title)
{
	assert_parsed(path, raw);
	assert_string_equal(buf_string(&document.title), title);
}

static void assert_date(
	const char *path, const char *raw, const char *date, enum date_source source)
{
	assert_parsed(path, raw);
	assert_string_equal(document.date.text, date);
	assert_int_equal(document.date_source, source);
}

/* The blocks as a string: "T0 H12.2 -20" is a title, a heading of level 2, running text. */
static void assert_blocks(const char *path, const char *raw, const char *blocks)
{
	static const char letters[] = {
		[BLOCK_TEXT] = '-',
		[BLOCK_TITLE] = 'T',
		[BLOCK_HEADING] = 'H',
		[BLOCK_ROW] = 'R',
		[BLOCK_NOTE] = 'N',
	};
	BUF_SCOPED(actual);

	assert_parsed(path, raw);
	for (size_t i = 0; i < document.block_count; i++) {
		const struct block *block = &document.blocks[i];

		buf_printf(&actual, "%s%c%u", i ? " " : "", letters[block->kind], block->begin);
		if (block->level)
			buf_printf(&actual, ".%u", block->level);
	}
	assert_string_equal(buf_string(&actual), blocks);
}

/* ---- types ---- */

static void files_are_known_by_their_extension_in_any_case(void **state)
{
	(void)state;
	assert_non_null(format_of(SPAN("a.txt")));
	assert_non_null(format_of(SPAN("b/LIESMICH.MD")));
	assert_null(format_of(SPAN("a.exe")));
	assert_null(format_of(SPAN("txt")));
	assert_null(format_of(SPAN("b/.md")));
}

static void the_type_is_that_of_the_name(void **state)
{
	(void)state;
	assert_parsed("a.txt", "x");
	assert_string_equal(document.type, "text/plain");
	assert_parsed("a.Md", "x");
	assert_string_equal(document.type, "text/markdown");
}

static void the_text_is_all_of_the_file(void **state)
{
	(void)state;
	assert_parsed("a.md", "---\ntitle: A\n---\n\nText\r\nZeile\n");
	assert_string_equal(buf_string(&document.text), "---\ntitle: A\n---\n\nText\nZeile\n");
}

static void bytes_that_are_no_text_are_refused(void **state)
{
	(void)state;
	assert_int_equal(parse("a.txt", SPAN("\x7f"
					     "ELF\2\1\1\0\0\0\0\0\0\0")),
		LUPE_ERROR_ARGUMENT);
	assert_string_equal(error.message, "binary data, not text");
}

static void an_empty_file_has_a_title_and_no_blocks(void **state)
{
	(void)state;
	assert_title("rat/leer.txt", "", "leer");
	assert_int_equal(document.block_count, 0);
	assert_string_equal(buf_string(&document.notice), "");
}

static void windows_1252_is_read_and_said_so(void **state)
{
	(void)state;
	assert_parsed("a.txt", "\xdc"
			       "ber F\xf6rderung und \xa7 16a f\xfcr Gro\xdf"
			       "e\n");
	assert_string_equal(buf_string(&document.text), "Über Förderung und § 16a für Große\n");
	assert_string_equal(buf_string(&document.notice), "read as Windows-1252");
}

static void bad_bytes_are_counted_and_located(void **state)
{
	(void)state;
	assert_parsed("a.txt", "äöüäöüäöüä \xff äöüäöüäöü\n");
	assert_string_equal(buf_string(&document.notice), "1 byte was not UTF-8, at offset 21");
	assert_parsed("a.txt", "äöüäöüäöüä \xff äöüäöüäöüäöü \xff\n");
	assert_string_equal(
		buf_string(&document.notice), "2 bytes were not UTF-8, first at offset 21");
}

/* ---- titles ---- */

static void a_text_s_title_is_its_first_line(void **state)
{
	(void)state;
	assert_title("a.txt", "\n\nBericht über Kurse\n\nText.\n", "Bericht über Kurse");
	assert_title("a.txt", "Drs. 19/1234\nLindenau\n\nText.\n", "Drs. 19/1234");
	assert_title("a.txt", "Nur eine Zeile", "Nur eine Zeile");
}

static void running_text_is_no_title(void **state)
{
	(void)state;
	assert_title(
		"b/notiz.txt", "Der Rat hat am Montag beschlossen, die Arbeits-\nmarkt\n", "notiz");
	assert_title("b/notiz.txt", "Der Rat hat am Montag\nbeschlossen\n", "notiz");
	BUF_SCOPED(line);
	for (int i = 0; i < 30; i++)
		buf_add_string(&line, "Wort und ");
	assert_title("b/notiz.txt", buf_string(&line), "notiz");
}

static void a_markdown_title_is_in_front_matter_or_the_first_heading(void **state)
{
	(void)state;
	assert_title("a.md", "---\ntitle: Aus dem Kopf\n---\n# Aus dem Text\n", "Aus dem Kopf");
	assert_title("a.md", "---\nlayout: x\n---\n# Aus dem Text\n", "Aus dem Text");
	assert_title("a.md", "Vorspann\n\n## **Ziele** ##\n", "Ziele");
	assert_title("a.md", "Unterstrichen\n=============\n\nText\n", "Unterstrichen");
	assert_title("a-b.md", "Nur Text\n", "a-b");
}

static void front_matter_is_read_as_people_write_it(void **state)
{
	(void)state;
	assert_title("a.md", "---\nTitle: Gesetz über die Zusammenarbeit\n  des Bundes\n---\n",
		"Gesetz über die Zusammenarbeit des Bundes");
	assert_title("a.md", "---\nTITEL: \"Kurse: \\\"A1\\\"\" # Notiz\n---\n", "Kurse: \"A1\"");
	assert_title("a.md", "---\ntitle: 'Rat''s'\n---\n", "Rat's");
	assert_title("a.md", "---\ntitle: Kurs # eins\n---\n", "Kurs");
	assert_title("a.md", "---\ntitle: |\n  Zwei\n  Zeilen\nx: y\n---\n", "Zwei Zeilen");
	assert_title("a.md", "---\nsubtitle: x\n---\n", "a");
	assert_title("a.md", "---\ntitle: nie geschlossen\n", "a");
}

static void authors_are_joined(void **state)
{
	(void)state;
	assert_parsed("a.md", "---\nauthor: Institut für Sozialplanung\n---\n");
	assert_string_equal(buf_string(&document.author), "Institut für Sozialplanung");
	assert_parsed("a.md", "---\nAutor: [Anna Beyer, \"Cem Demir\"]\n---\n");
	assert_string_equal(buf_string(&document.author), "Anna Beyer, Cem Demir");
	assert_parsed("a.md", "---\nauthors:\n  - Anna Beyer\n  - Cem Demir\ntitle: x\n---\n");
	assert_string_equal(buf_string(&document.author), "Anna Beyer, Cem Demir");
}

static void a_long_title_is_cut_at_a_character(void **state)
{
	(void)state;
	BUF_SCOPED(raw);
	buf_add_string(&raw, "# x");
	for (int i = 0; i < 1000; i++)
		buf_add_string(&raw, "ä");
	assert_parsed("a.md", buf_string(&raw));
	assert_int_equal(document.title.len, 999);
}

static void a_control_character_before_a_title_costs_none_of_its_end(void **state)
{
	(void)state;
	assert_title("a.txt", "\x10Stra\u00dfenplan gem\u00e4\u00df\n\nText",
		"Stra\u00dfenplan gem\u00e4\u00df");
}

static void a_file_name_that_is_no_utf8_still_gives_a_title(void **state)
{
	(void)state;
	assert_title("B\xfcrger.txt", "", "Bürger");
	assert_title("a\nb\x1b.txt", "", "a b");
}

/* ---- dates ---- */

static void dates_in_front_matter_come_first(void **state)
{
	(void)state;
	assert_date("2011.md", "---\ndate: 2021-11\n---\nText\n", "2021-11", DATE_FRONT_MATTER);
	assert_date("2011.md", "---\ndate: 2021-11-30\n---\nStand: März 2020\n", "2021-11-30",
		DATE_FRONT_MATTER);
	assert_date("a.md", "---\nDatum: \"30. November 2021\"\n---\n", "2021-11-30",
		DATE_FRONT_MATTER);
	assert_date("a.md", "---\nstand: 2021\n---\n", "2021", DATE_FRONT_MATTER);
}

static void dates_on_the_title_page_are_those_of_the_document(void **state)
{
	(void)state;
	assert_date("a.txt", "Titel\n\nHannover, den 23. September 2024\n", "2024-09-23",
		DATE_TITLE_PAGE);
	assert_date("a.txt", "Titel\n\nStand: März 2021\n\nText", "2021-03", DATE_TITLE_PAGE);
	assert_date("a.txt", "Gesetz\nvom 3. Mai 2019\n", "2019-05-03", DATE_TITLE_PAGE);
	assert_date("a.txt", "Titel\nDatum: 2019-05-14\n", "2019-05-14", DATE_TITLE_PAGE);
	assert_date("a.txt", "Titel\n(Stand: 2018)\n", "2018", DATE_TITLE_PAGE);
	assert_date(
		"a.txt", "Lindenau, 23. bis 25. September 2024\n", "2024-09-25", DATE_TITLE_PAGE);
	assert_date("a.md", "# Gesetz\n\nAusfertigungsdatum\n:   1990-12-20\n", "1990-12-20",
		DATE_TITLE_PAGE);
	assert_date("a.md", "**Stand:** 01.02.2020\n", "2020-02-01", DATE_TITLE_PAGE);
}

static void dates_in_running_text_are_not(void **state)
{
	(void)state;
	assert_date(
		"a.txt", "Seit dem 1. April 2017 gibt die Stadt eine Karte aus.\n", "", DATE_NONE);
	assert_date("a.txt",
		"Der Rat hat in seiner öffentlichen Sitzung im Neuen Rathaus am 1. April 2017\n"
		"beschlossen, eine Karte auszugeben.\n",
		"", DATE_NONE);
	assert_date("a.txt", "In der Satzung 2022 zu reden\nist nicht leicht.\n", "", DATE_NONE);
}

static void dates_of_what_is_referred_to_are_not(void **state)
{
	(void)state;
	assert_date("a.txt", "x\n\nzuletzt geändert durch Gesetz vom 17.12.1998\n", "", DATE_NONE);
	assert_date("a.txt", "x\n\nin der Fassung vom 7. März 2005\n", "", DATE_NONE);
	assert_date("a.txt", "Satzung vom 19.08.1993\n", "1993-08-19", DATE_TITLE_PAGE);
}

static void the_year_in_the_title_of_a_report_is_its_date(void **state)
{
	(void)state;
	assert_date("a.txt", "Sozialbericht 2024\n\nText", "2024", DATE_TITLE_PAGE);
	assert_date("a.md", "# Integrationskonzept (2019–2023)\n", "2023", DATE_TITLE_PAGE);
	assert_date("a.md", "# Haushaltsplan 2024/2025\n", "2024", DATE_TITLE_PAGE);
	assert_date("a.md", "# Leitlinien 2024\n", "", DATE_NONE);
	assert_date("a.md", "# Bericht 1848\n", "", DATE_NONE);
}

static void cells_of_the_first_lines_are_read_as_lines(void **state)
{
	(void)state;
	assert_date("a.txt", "18. Wahlperiode\t05.03.2014\n", "2014-03-05", DATE_TITLE_PAGE);
}

static void assert_chosen(const char *file, const char *own, const char *chosen, bool is_file)
{
	struct date dates[2] = {{""}, {""}}, ret;

	memcpy(dates[0].text, file, strlen(file) + 1);
	memcpy(dates[1].text, own, strlen(own) + 1);
	assert_int_equal(date_choose(&dates[0], &dates[1], &ret), is_file);
	assert_string_equal(ret.text, chosen);
}

static void a_documents_own_date_comes_before_that_of_its_file(void **state)
{
	(void)state;
	assert_chosen("2014-05-26", "2014-03-05", "2014-03-05", false);
	assert_chosen("2007-05-09", "1993-08-19", "1993-08-19", false);
	assert_chosen("2025-03-01", "2024", "2025-03-01", true); /* comes out in the year after */
	assert_chosen("2024-11-05", "2024", "2024-11-05", true);
	assert_chosen("2026-04-19", "2012", "2012", false);
	assert_chosen("2017-01-19", "", "2017-01-19", true);
}

static void assert_body(const char *raw, const char *body)
{
	assert_parsed("a.md", raw);
	assert_string_equal(buf_string(&document.body), body);
}

static void bodies_are_named_by_lines_labels_and_titles(void **state)
{
	(void)state;
	assert_body("# Bericht\n\nLandeshauptstadt Hannover\n\nText", "Landeshauptstadt Hannover");
	assert_body("# Bericht\n\nBundesministerium der Justiz\n", "Bundesministerium der Justiz");
	assert_body("Stadt Linden\n\nHerausgeber: Amt für Soziales\n", "Amt für Soziales");
	assert_body("# x\n\nHerausgeberin:\nSenatskanzlei Bremen\n", "Senatskanzlei Bremen");
	assert_body("# x\n\nSPD-Ratsfraktion\n", "SPD-Ratsfraktion");
	assert_body("# Satzung der Gemeinde Linsengericht über Wege\n", "Gemeinde Linsengericht");
	assert_body("# Plan der Stadt Frankfurt am Main 2020\n", "Stadt Frankfurt am Main");
	assert_body("# Plan der Stadt Bad Homburg\n", "Stadt Bad Homburg");
	assert_body("---\nherausgeber: Rat\n---\n# Plan der Stadt Bremen\n", "Rat");
}

static void bodies_within_running_text_are_none(void **state)
{
	(void)state;
	assert_body("Die Stadt Hannover hat beschlossen, dass\n", "");
	assert_body("Stadt und Land\n", "");
	assert_body("Gemeinde Linden, Kreis Hannover,\n", "");
	assert_body("# Aus der Stadt heraus\n", "");
}

static void authors_follow_their_label(void **state)
{
	(void)state;
	assert_parsed("a.txt", "Bericht\n\nVerfasserin: Anna Weber\n");
	assert_string_equal(buf_string(&document.author), "Anna Weber");
	assert_true(author_is_name(SPAN("Anna Weber")));
	assert_false(author_is_name(SPAN("foobar")));
	assert_false(author_is_name(SPAN("Admin")));
	assert_false(author_is_name(SPAN("weber_a")));
}

static void dates_in_file_names_come_last(void **state)
{
	(void)state;
	assert_date("x/bericht-2019-05-14.txt", "x", "2019-05-14", DATE_FILE_NAME);
	assert_date("20190514_rat.txt", "x", "2019-05-14", DATE_FILE_NAME);
	assert_date("rat_2019-05.txt", "x", "2019-05", DATE_FILE_NAME);
	assert_date("2024-117.txt", "x", "2024", DATE_FILE_NAME);
	assert_date("2001/plan.txt", "x", "", DATE_NONE);
	assert_date("drs-19-1234.txt", "x", "", DATE_NONE);
}

static void impossible_dates_are_none(void **state)
{
	(void)state;
	assert_date("a.txt", "Stand: 32.01.2020\n", "", DATE_NONE);
	assert_date("a.txt", "Stand: 1. Mai 1907\n", "", DATE_NONE);
	assert_date("a.txt", "Stand: Mai 2999\n", "", DATE_NONE);
	assert_date("20191350.txt", "x", "", DATE_NONE);
}

/* ---- blocks ---- */

static void a_text_has_a_title_block(void **state)
{
	(void)state;
	assert_blocks("a.txt", "Titel\n\nText\n", "T0 -6");
	assert_blocks("a.txt", "\nTitel\n\nText\n", "-0 T1 -7");
	assert_blocks("a.txt", "nur,\ntext\n", "-0");
	assert_blocks("a.txt", "Titel", "T0");
}

static void markdown_headings_rows_and_notes_are_blocks(void **state)
{
	(void)state;
	assert_blocks("a.md", "# A\nText\n## B\n\nText\n", "T0 -4 H9.2 -14");
	assert_blocks("a.md", "# A\nB\n---\nText\n", "T0 H4.2 -10");
	assert_blocks("a.md", "x\n\n| a | b |\n|---|---|\n| c | d |\n\ny\n", "-0 R3 R13 R23 -33");
	assert_blocks("a.md", "x[^1]\n\n[^1]: Note\n\ny\n", "-0 N7 -18");
}

static void front_matter_is_a_row_for_each_entry(void **state)
{
	(void)state;
	assert_blocks("a.md", "---\ntitle: A\n  B\nx: y\n---\nText\n", "R0 R4 R17 R22 -26");
}

static void what_only_looks_like_a_mark_is_text(void **state)
{
	(void)state;
	assert_blocks("a.md", "#kein\n####### keine\n", "-0");
	assert_blocks("a.md", "```\n# kein\n| x |\n```\n", "-0");
	assert_blocks("a.md", "eins\nzwei\n---\n", "-0");
	assert_blocks("a.md", "eins\n\n---\n\nzwei\n", "-0");
	assert_blocks("a.md", "~~~\n```\n# x\n~~~\n# A\n", "-0 T16");
}

static int finish(void **state)
{
	(void)state;
	document_done(&document);
	return 0;
}

/* ---- copies ---- */

static void assert_same_content(struct span a, struct span b, bool same)
{
	struct hasher *hasher = hasher_new();
	struct hash128 x = content_hash(hasher, a), y = content_hash(hasher, b);

	assert_int_equal(memcmp(&x, &y, sizeof(x)) == 0, same);
	hasher_free(hasher);
}

static void copies_are_known_in_any_format(void **state)
{
	(void)state;
	assert_same_content(SPAN("Die Arbeits-\nmarktpolitik, „gut“ – und\u00a0neu.\n"),
		SPAN("# Die Arbeitsmarktpolitik\n\n\"gut\" - und neu"), true);
	assert_same_content(SPAN("Förde\u00adrung"), SPAN("Förderung"), true);
	assert_same_content(SPAN("Förderung"), SPAN("Forderung"), false);
	assert_same_content(SPAN("Stand 2019"), SPAN("Stand 2020"), false);
	assert_same_content(SPAN("Ä"), SPAN("Ö"), false);
}

static void long_copies_are_known_too(void **state)
{
	BUF_SCOPED(a);
	BUF_SCOPED(b);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		buf_printf(&a, "Wort%d ü", i);
		buf_printf(&b, "Wort\n%d\tü\n", i);
	}
	assert_same_content(buf_span(&a), buf_span(&b), true);
	buf_add_byte(&b, 'x');
	assert_same_content(buf_span(&a), buf_span(&b), false);
}

/* ---- for readers of other formats ---- */

static void a_block_begins_with_each_page(void **state)
{
	(void)state;
	document_clear(&document);
	for (document.page = 1; document.page <= 2; document.page++) {
		document_add_block(&document, document.text.len, BLOCK_TEXT, 0);
		document_add_text(&document, SPAN("Zeile\n"));
		document_add_block(&document, document.text.len, BLOCK_TEXT, 0);
		document_add_text(&document, SPAN("Zeile\n"));
	}
	assert_int_equal(document.block_count, 2);
	assert_int_equal(document.blocks[1].begin, 12);
	assert_int_equal(document.blocks[0].page, 1);
	assert_int_equal(document.blocks[1].page, 2);
}

static void text_that_is_added_is_composed_and_harmless(void **state)
{
	(void)state;
	document_clear(&document);
	document_add_text(&document, SPAN("Fo\xcc\x88rder\r\nung\000\n"));
	assert_string_equal(buf_string(&document.text), "F\xc3\xb6rder\nung \n");
}

static void the_name_tells_what_a_reader_did_not_find(void **state)
{
	(void)state;
	document_clear(&document);
	document_finish(&document, SPAN("a/Bericht 2019-05.md"));
	assert_string_equal(buf_string(&document.title), "Bericht 2019-05");
	assert_string_equal(document.date.text, "2019-05");
	assert_int_equal(document.date_source, DATE_FILE_NAME);
	document_clear(&document);
	assert_int_equal(document.title.len, 0);
	assert_int_equal(document.date_source, DATE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_known_by_their_extension_in_any_case),
		cmocka_unit_test(the_type_is_that_of_the_name),
		cmocka_unit_test(the_text_is_all_of_the_file),
		cmocka_unit_test(copies_are_known_in_any_format),
		cmocka_unit_test(long_copies_are_known_too),
		cmocka_unit_test(a_block_begins_with_each_page),
		cmocka_unit_test(text_that_is_added_is_composed_and_harmless),
		cmocka_unit_test(the_name_tells_what_a_reader_did_not_find),
		cmocka_unit_test(bytes_that_are_no_text_are_refused),
		cmocka_unit_test(an_empty_file_has_a_title_and_no_blocks),
		cmocka_unit_test(windows_1252_is_read_and_said_so),
		cmocka_unit_test(bad_bytes_are_counted_and_located),
		cmocka_unit_test(a_text_s_title_is_its_first_line),
		cmocka_unit_test(running_text_is_no_title),
		cmocka_unit_test(a_markdown_title_is_in_front_matter_or_the_first_heading),
		cmocka_unit_test(front_matter_is_read_as_people_write_it),
		cmocka_unit_test(authors_are_joined),
		cmocka_unit_test(a_long_title_is_cut_at_a_character),
		cmocka_unit_test(a_control_character_before_a_title_costs_none_of_its_end),
		cmocka_unit_test(a_file_name_that_is_no_utf8_still_gives_a_title),
		cmocka_unit_test(dates_in_front_matter_come_first),
		cmocka_unit_test(dates_on_the_title_page_are_those_of_the_document),
		cmocka_unit_test(dates_in_running_text_are_not),
		cmocka_unit_test(dates_of_what_is_referred_to_are_not),
		cmocka_unit_test(the_year_in_the_title_of_a_report_is_its_date),
		cmocka_unit_test(cells_of_the_first_lines_are_read_as_lines),
		cmocka_unit_test(a_documents_own_date_comes_before_that_of_its_file),
		cmocka_unit_test(bodies_are_named_by_lines_labels_and_titles),
		cmocka_unit_test(bodies_within_running_text_are_none),
		cmocka_unit_test(authors_follow_their_label),
		cmocka_unit_test(dates_in_file_names_come_last),
		cmocka_unit_test(impossible_dates_are_none),
		cmocka_unit_test(a_text_has_a_title_block),
		cmocka_unit_test(markdown_headings_rows_and_notes_are_blocks),
		cmocka_unit_test(front_matter_is_a_row_for_each_entry),
		cmocka_unit_test(what_only_looks_like_a_mark_is_text),
	};
	return cmocka_run_group_tests_name("document", tests, NULL, finish);
}
