/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Encodings and normalisation: which bytes become which text, and what is said about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/decode.h"

static struct decode_report report;

static void assert_decoded_span(struct span raw, struct span expected)
{
	BUF_SCOPED(text);
	/* in memory of its very size, so that a look beyond its end is noticed */
	char *copy = malloc(raw.len + !raw.len);
	assert_non_null(copy);
	memcpy(copy, raw.ptr, raw.len);
	text_decode((struct span){copy, raw.len}, &text, &report);
	free(copy);
	assert_int_equal(text.len, expected.len);
	if (text.len)
		assert_memory_equal(text.ptr, expected.ptr, text.len);
}

#define assert_decoded(raw, expected) assert_decoded_span(SPAN(raw), SPAN(expected))

static void assert_report(enum text_encoding encoding, size_t bad_bytes, size_t first_bad_offset)
{
	assert_int_equal(report.encoding, encoding);
	assert_int_equal(report.bad_bytes, bad_bytes);
	if (bad_bytes)
		assert_int_equal(report.first_bad_offset, first_bad_offset);
}

/* ---- UTF-8 ---- */

static void utf8_is_kept_as_it_is(void **state)
{
	(void)state;
	assert_decoded("", "");
	assert_report(ENCODING_UTF8, 0, 0);
	assert_false(report.binary);
	assert_decoded("Rat", "Rat");
	assert_decoded("Übergänge – „für alle“ 5 € 日本 𝒳", "Übergänge – „für alle“ 5 € 日本 𝒳");
	assert_report(ENCODING_UTF8, 0, 0);
	assert_false(report.binary);
}

static void a_byte_order_mark_goes_and_a_second_one_stays(void **state)
{
	(void)state;
	assert_decoded("\xef\xbb\xbfR\xc3\xa4te", "Räte");
	assert_decoded("\xef\xbb\xbf", "");
	assert_decoded("\xef\xbb\xbf\xef\xbb\xbfx", "\xef\xbb\xbfx");
	assert_decoded("x\xef\xbb\xbf", "x\xef\xbb\xbf");
}

static void decoding_adds_to_what_is_there(void **state)
{
	(void)state;
	BUF_SCOPED(text);
	buf_add_string(&text, "a\r");
	text_decode(SPAN("u\xcc\x88\r\n"), &text, NULL);
	assert_string_equal(text.ptr, "a\rü\n");
	text_decode((struct span){NULL, 0}, &text, NULL);
	assert_string_equal(text.ptr, "a\rü\n");
}

#define FORTY "Öäüßéèçñ Öäüßéèçñ Öäüßéèçñ Öäüßéèçñ Öäüßéèçñ "

static void single_bad_bytes_in_utf8_are_replaced_and_counted(void **state)
{
	(void)state;
	assert_decoded(FORTY "x\xffy", FORTY "x\uFFFDy");
	assert_report(ENCODING_UTF8, 1, sizeof(FORTY));
	assert_decoded(FORTY "\xe2\x82", FORTY "\uFFFD\uFFFD");
	assert_report(ENCODING_UTF8, 2, sizeof(FORTY) - 1);
	assert_decoded("\xc3" FORTY "\xfc", "\uFFFD" FORTY "\uFFFD");
	assert_report(ENCODING_UTF8, 2, 0);
}

static void every_kind_of_ill_formed_utf8_is_refused(void **state)
{
	(void)state;
	static const struct span ill_formed[] = {{"\x80", 1}, {"\xbf", 1}, {"\xc0\xaf", 2},
		{"\xc1\xbf", 2}, {"\xc3", 1}, {"\xc3(", 2}, {"\xe0\x80\xaf", 3},
		{"\xe0\x9f\xbf", 3}, {"\xe2\x82", 2}, {"\xe2(\xa1", 3}, {"\xed\xa0\x80", 3},
		{"\xed\xbf\xbf", 3}, {"\xf0\x80\x80\xaf", 4}, {"\xf0\x8f\xbf\xbf", 4},
		{"\xf0\x9d\x92", 3}, {"\xf4\x90\x80\x80", 4}, {"\xf5\x80\x80\x80", 4}, {"\xfe", 1},
		{"\xff", 1}};
	for (size_t i = 0; i < sizeof(ill_formed) / sizeof(ill_formed[0]); i++)
		assert_false(utf8_valid(ill_formed[i]));
	assert_true(utf8_valid(SPAN("a\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
				    "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf")));
	assert_true(utf8_valid((struct span){NULL, 0}));
}

static void behind_a_mark_damage_is_damage_of_utf8(void **state)
{
	(void)state;
	assert_decoded("\xef\xbb\xbf\xfc\xe4", "\uFFFD\uFFFD");
	assert_report(ENCODING_UTF8, 2, 3);
}

/* ---- UTF-16 ---- */

static void utf16_is_read_in_both_byte_orders(void **state)
{
	(void)state;
	assert_decoded("\xff\xfeR\0\xe4\0t\0e\0\xac\x20", "Räte€");
	assert_report(ENCODING_UTF16, 0, 0);
	assert_decoded("\xfe\xff\0R\0\xe4\0t\0e\x20\xac", "Räte€");
	assert_report(ENCODING_UTF16, 0, 0);
	assert_decoded("\xff\xfe", "");
}

static void pairs_of_surrogates_are_one_code_point(void **state)
{
	(void)state;
	assert_decoded("\xff\xfe\x35\xd8\xb3\xdc", "𝒳");
	assert_decoded("\xfe\xff\xd8\x35\xdc\xb3\xdb\xff\xdf\xff", "𝒳\xf4\x8f\xbf\xbf");
	assert_report(ENCODING_UTF16, 0, 0);
}

static void lone_surrogates_and_half_units_are_replaced(void **state)
{
	(void)state;
	assert_decoded("\xfe\xff\xd8\x35\0a", "\uFFFDa");
	assert_report(ENCODING_UTF16, 1, 2);
	assert_decoded("\xfe\xff\0a\xdc\xb3\0b", "a\uFFFDb");
	assert_report(ENCODING_UTF16, 1, 4);
	assert_decoded("\xfe\xff\0a\xd8\x35", "a\uFFFD");
	assert_report(ENCODING_UTF16, 1, 4);
	assert_decoded("\xfe\xff\xd8\x35\xd8\x35\xdc\xb3", "\uFFFD𝒳");
	assert_report(ENCODING_UTF16, 1, 2);
	assert_decoded("\xff\xfe"
		       "a\0b",
		"a\uFFFD");
	assert_report(ENCODING_UTF16, 1, 4);
}

static void a_replacement_character_in_utf16_is_no_damage(void **state)
{
	(void)state;
	assert_decoded("\xfe\xff\xff\xfd", "\uFFFD");
	assert_report(ENCODING_UTF16, 0, 0);
}

static void utf16_has_its_lines_and_letters_normalised_too(void **state)
{
	(void)state;
	assert_decoded("\xfe\xff\0u\x03\x08\0\r\0\n\0x\0\r\0\0", "ü\nx\n ");
}

/* ---- Windows-1252 ---- */

static void what_is_no_utf8_is_windows_1252(void **state)
{
	(void)state;
	assert_decoded("Geb\xfchren \x84"
		       "ab\x93 5 \x80 \x96 Stra\xdf"
		       "e",
		"Gebühren „ab“ 5 € – Straße");
	assert_report(ENCODING_WINDOWS1252, 0, 0);
	assert_decoded("\xe4", "ä");
	assert_string_equal(text_encoding_name(ENCODING_WINDOWS1252), "Windows-1252");
	assert_string_equal(text_encoding_name(ENCODING_UTF16), "UTF-16");
	assert_string_equal(text_encoding_name(ENCODING_UTF8), "UTF-8");
}

static void what_windows_1252_leaves_undefined_is_replaced_and_counted(void **state)
{
	(void)state;
	assert_decoded("\xe4 \x81\x8d\x8f\x90\x9d", "ä \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
	assert_report(ENCODING_WINDOWS1252, 5, 2);
}

static void every_byte_is_decoded_to_clean_utf8(void **state)
{
	(void)state;
	BUF_SCOPED(text);
	char bytes[256];
	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	for (size_t from = 0; from < 254; from++) { /* FE FF is a byte order mark */
		buf_clear(&text);
		text_decode((struct span){bytes + from, 256 - from}, &text, &report);
		assert_int_equal(report.encoding, ENCODING_WINDOWS1252);
		assert_true(utf8_valid(buf_span(&text)));
		assert_null(memchr(text.ptr, '\0', text.len));
		assert_null(memchr(text.ptr, '\r', text.len));
	}
}

/* ---- normalisation, line ends, NUL ---- */

static void decomposed_letters_are_composed(void **state)
{
	(void)state;
	assert_decoded("Fo\xcc\x88rderung", "Förderung");
	assert_decoded("A\xcc\x8a e\xcc\xa3\xcc\x82 \xe2\x84\xab", "Å ệ Å");
	assert_decoded("e\xcc\x82\xcc\xa3", "ệ");
	assert_decoded("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한");
	assert_decoded("\xcc\x88u", "\xcc\x88u");
	assert_decoded("ﬁ ² ™ …", "ﬁ ² ™ …");
}

static void a_letter_is_composed_in_its_line_and_the_lines_around_stay(void **state)
{
	(void)state;
	assert_decoded("A\xcc\x8a\nÄ\no\xcc\x88\r\nß", "Å\nÄ\nö\nß");
	assert_decoded("Ä\nu\xcc\x88", "Ä\nü");
	assert_decoded("u\n\xcc\x88", "u\n\xcc\x88");
	assert_decoded("α\n\nu\xcc\x88\n", "α\n\nü\n");
}

static void line_ends_of_every_system_become_line_feeds(void **state)
{
	(void)state;
	assert_decoded("a\r\nb\rc\nd\r\r\n\n\r", "a\nb\nc\nd\n\n\n\n");
	assert_decoded("\r", "\n");
	assert_decoded("ä\f\v\t", "ä\f\v\t");
}

static void a_nul_becomes_a_blank_and_tells_of_binary_data(void **state)
{
	(void)state;
	assert_decoded("a\0b\0", "a b ");
	assert_true(report.binary);
	assert_decoded("\r\n\0\r\0\0", "\n \n  ");
}

static void many_control_bytes_tell_of_binary_data(void **state)
{
	(void)state;
	assert_decoded("\x01\x02\x03\x04 four in a row", "\x01\x02\x03\x04 four in a row");
	assert_true(report.binary);
	assert_decoded("a lone one among letters: \x01 is no sign of binary data at all",
		"a lone one among letters: \x01 is no sign of binary data at all");
	assert_false(report.binary);
	assert_decoded("\t\r\n\f\v\x1b\b", "\t\n\f\v\x1b\b");
	assert_false(report.binary);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_kept_as_it_is),
		cmocka_unit_test(a_byte_order_mark_goes_and_a_second_one_stays),
		cmocka_unit_test(decoding_adds_to_what_is_there),
		cmocka_unit_test(single_bad_bytes_in_utf8_are_replaced_and_counted),
		cmocka_unit_test(every_kind_of_ill_formed_utf8_is_refused),
		cmocka_unit_test(behind_a_mark_damage_is_damage_of_utf8),
		cmocka_unit_test(utf16_is_read_in_both_byte_orders),
		cmocka_unit_test(pairs_of_surrogates_are_one_code_point),
		cmocka_unit_test(lone_surrogates_and_half_units_are_replaced),
		cmocka_unit_test(a_replacement_character_in_utf16_is_no_damage),
		cmocka_unit_test(utf16_has_its_lines_and_letters_normalised_too),
		cmocka_unit_test(what_is_no_utf8_is_windows_1252),
		cmocka_unit_test(what_windows_1252_leaves_undefined_is_replaced_and_counted),
		cmocka_unit_test(every_byte_is_decoded_to_clean_utf8),
		cmocka_unit_test(decomposed_letters_are_composed),
		cmocka_unit_test(a_letter_is_composed_in_its_line_and_the_lines_around_stay),
		cmocka_unit_test(line_ends_of_every_system_become_line_feeds),
		cmocka_unit_test(a_nul_becomes_a_blank_and_tells_of_binary_data),
		cmocka_unit_test(many_control_bytes_tell_of_binary_data),
	};
	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
