/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lupe-web takes in and what it gives out: addresses, HTML, texts, header fields, rates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>
#include <zlib.h>

#include "web/ask.h"
#include "web/child.h"
#include "web/download.h"
#include "web/html.h"
#include "web/lupe.h"
#include "web/rate.h"
#include "web/response.h"
#include "web/settings.h"
#include "web/texts.h"
#include "web/url.h"
#include "web/utf8.h"

static void assert_span(struct span got, const char *expected)
{
	assert_int_equal(got.len, strlen(expected));
	if (got.len)
		assert_memory_equal(got.ptr, expected, got.len);
}

/* ---- addresses ---- */

static struct ask asked;
static struct arena arena;

static enum ask_fault ask(const char *query_string)
{
	arena_reset(&arena);
	return ask_parse(&asked, span_of(query_string), &arena);
}

static void a_query_is_decoded_as_browsers_encode_forms(void **state)
{
	(void)state;
	assert_int_equal(ask("q=%22fr%C3%BChe+Bildung%22&jahr=2019&seite=3"), ASK_FINE);
	assert_span(asked.query, "\"frühe Bildung\"");
	assert_span(asked.year, "2019");
	assert_int_equal(asked.page, 3);
	assert_int_equal(asked.order, ORDER_RELEVANCE);
}

static void an_empty_address_asks_for_nothing(void **state)
{
	(void)state;
	static const char *const empty[] = {"", "&&", "q=", "=x", "unbekannt=1", "&q", "q=+%20+"};
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		assert_int_equal(ask(empty[i]), ASK_FINE);
		assert_int_equal(asked.query.len, 0);
		assert_int_equal(asked.page, 1);
	}
}

static void a_percent_sign_without_two_digits_stands_for_itself(void **state)
{
	(void)state;
	assert_int_equal(ask("q=42%&von="), ASK_FINE);
	assert_span(asked.query, "42%");
	assert_int_equal(ask("q=%4"), ASK_FINE);
	assert_span(asked.query, "%4");
	assert_int_equal(ask("q=%zz%"), ASK_FINE);
	assert_span(asked.query, "%zz%");
	assert_int_equal(ask("q=%2541"), ASK_FINE);
	assert_span(asked.query, "%41");
}

static void of_a_repeated_name_the_first_counts(void **state)
{
	(void)state;
	assert_int_equal(ask("q=a&q=%FF&seite=2&seite=x"), ASK_FINE);
	assert_span(asked.query, "a");
	assert_int_equal(asked.page, 2);
}

static void line_ends_are_blanks_and_other_control_characters_are_refused(void **state)
{
	(void)state;
	assert_int_equal(ask("q=a%0D%0Ab%09c"), ASK_FINE);
	assert_span(asked.query, "a  b c");
	static const char *const wrong[] = {
		"q=%00", "q=a%1Bb", "q=%7F", "typ=%00", "stelle=%01", "pfad=", "pfad=a%00b"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(ask(wrong[i]), ASK_WRONG);
}

static void what_is_no_utf8_is_refused_but_in_a_path(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"q=%FF", "q=%C0%AF", "q=%ED%A0%80", "q=%F4%90%80%80", "q=%C3", "stelle=%E4"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(ask(wrong[i]), ASK_WRONG);
	assert_int_equal(ask("pfad=b%E4r.txt"), ASK_FINE);
	assert_span(asked.path, "b\xE4r.txt");
}

static void every_value_has_the_form_of_its_name(void **state)
{
	(void)state;
	static const char *const wrong[] = {"seite=0", "seite=-1", "seite=101", "seite=1e1",
		"seite=", "jahr=19", "jahr=abcd", "jahr=20199", "von=gestern", "bis=2019-13",
		"von=2019-00-10", "von=32.01.2019", "von=2019-05-14x", "sortierung=x", "ab=-5",
		"ab=9999999999"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(ask(wrong[i]), ASK_WRONG);
}

static void dates_may_be_written_as_people_do(void **state)
{
	(void)state;
	assert_int_equal(ask("von=14.5.2019&bis=2020-2"), ASK_FINE);
	assert_span(asked.since, "2019-05-14");
	assert_span(asked.until, "2020-02");
	assert_int_equal(ask("von=2019&bis=2019-05-14"), ASK_FINE);
	assert_span(asked.since, "2019");
	assert_span(asked.until, "2019-05-14");
}

static void a_query_that_is_too_long_is_told_apart(void **state)
{
	(void)state;
	BUF_SCOPED(text);
	buf_add_string(&text, "q=");
	for (int i = 0; i < ASK_QUERY_BYTES; i++)
		buf_add_byte(&text, 'a');
	assert_int_equal(ask(text.ptr), ASK_FINE);
	buf_add_byte(&text, 'a');
	assert_int_equal(ask(text.ptr), ASK_TOO_LONG);
}

static void a_link_is_read_back_as_what_was_asked(void **state)
{
	(void)state;
	static const char hard[] = "a&b=c?d#e%41+f\"<>'ä/../\\";
	struct ask back, before = {.query = span_of(hard),
				 .year = SPAN("2019"),
				 .type = SPAN("text/plain"),
				 .body = SPAN("Amt & Söhne"),
				 .since = SPAN("2001"),
				 .until = SPAN("2002-03"),
				 .order = ORDER_PATH,
				 .page = 7,
				 .path = SPAN("a\xFF\r\nb"),
				 .from = 4711};
	BUF_SCOPED(link);
	ask_add_link(&link, "suche", &before);
	assert_true(span_starts(buf_span(&link), SPAN("suche?")));
	for (size_t i = 0; i < link.len; i++)
		assert_true(link.ptr[i] > ' ' && link.ptr[i] < 0x7F &&
			    !strchr("<>\"'\\#", link.ptr[i]));
	arena_reset(&arena);
	assert_int_equal(ask_parse(&back, span_skip(buf_span(&link), 6), &arena), ASK_FINE);
	assert_true(span_equal(back.query, before.query));
	assert_true(span_equal(back.body, before.body));
	assert_true(span_equal(back.path, before.path));
	assert_true(span_equal(back.type, before.type));
	assert_true(span_equal(back.until, before.until));
	assert_int_equal(back.order, before.order);
	assert_int_equal(back.page, before.page);
	assert_int_equal(back.from, before.from);
}

/* ---- HTML ---- */

static void text_and_values_cannot_leave_their_place(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	struct html h = HTML_INIT(&out);
	html_open(&h, "a");
	html_attr(&h, "title", SPAN("\"><script>'"));
	html_text(&h, SPAN("</a>&amp;"));
	html_end(&h);
	assert_string_equal(out.ptr, "<a title=\"&quot;&gt;&lt;script&gt;&#39;\">"
				     "&lt;/a&gt;&amp;amp;</a>");
}

static void elements_that_hold_nothing_have_no_end_tag(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	struct html h = HTML_INIT(&out);
	html_open_class(&h, "p", "x");
	html_open(&h, "br");
	html_end(&h);
	html_element(&h, "b", SPAN(""));
	html_end(&h);
	assert_string_equal(out.ptr, "<p class=\"x\"><br><b></b></p>");
}

static void bytes_that_are_no_text_become_replacement_characters(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	html_escape(&out, (struct span){"a\0\x1B\xFF\xC3\t\n\xC2\x85ä\xEF\xBF\xBE", 14});
	assert_string_equal(out.ptr, "a\uFFFD\uFFFD\uFFFD\uFFFD\t\n\uFFFDä\uFFFD");
}

static void utf8_is_what_the_standard_says(void **state)
{
	(void)state;
	static const char *const wrong[] = {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xBF\xBF",
		"\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(utf8_is_valid(span_of(wrong[i])));
	assert_true(utf8_is_valid(SPAN("aß€\xF0\x9F\x99\x82\xF4\x8F\xBF\xBF")));
}

/* ---- texts ---- */

static void every_text_is_there(void **state)
{
	(void)state;
	for (int text = 0; text < TEXT_COUNT; text++) {
		if (!language_german.texts[text] || !*language_german.texts[text])
			fail_msg("text number %d is missing", text);
	}
	for (int month = 0; month < 12; month++)
		assert_non_null(language_german.months[month]);
}

static void numbers_and_dates_are_written_as_in_german(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	text_add_number(&out, &language_german, 1234567);
	buf_add_byte(&out, ' ');
	text_add_number(&out, &language_german, 999);
	buf_add_byte(&out, ' ');
	text_add_number(&out, &language_german, -1000);
	assert_string_equal(out.ptr, "1.234.567 999 -1.000");
	buf_clear(&out);
	text_add_date(&out, &language_german, SPAN("2019-05-04"));
	buf_add_string(&out, ", ");
	text_add_date(&out, &language_german, SPAN("2019-12"));
	buf_add_string(&out, ", ");
	text_add_date(&out, &language_german, SPAN("2019"));
	buf_add_string(&out, ", ");
	text_add_date(&out, &language_german, SPAN("2019-99-99"));
	assert_string_equal(out.ptr, "4. Mai 2019, Dezember 2019, 2019, 2019-99-99");
}

static void what_is_filled_in_is_not_filled_again(void **state)
{
	(void)state;
	BUF_SCOPED(out);
	text_fill(&out, &language_german, T_TITLE_AND_SITE,
		(const struct span[]){SPAN("{2}"), SPAN("{1}")}, 2);
	assert_string_equal(out.ptr, "{2} – {1}");
}

/* ---- responses ---- */

static void finish(struct response *response, const char *tags, const char *codings)
{
	struct request request = {
		.if_none_match = span_of(tags), .accept_encoding = span_of(codings)};
	response_init(response);
	buf_add_string(&response->etag, "W/\"abc\"");
	for (int i = 0; i < 2000; i++)
		buf_add_string(&response->body, "Text ");
	response_finish(response, &request);
}

static void a_client_that_has_the_page_gets_none(void **state)
{
	(void)state;
	static const char *const same[] = {"W/\"abc\"", "\"x\", W/\"abc\"", "*"};
	static const char *const other[] = {"", "W/\"abcd\"", "\"abc", "abc"};
	struct response response;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		finish(&response, same[i], "");
		assert_int_equal(response.status, 304);
		assert_int_equal(response.body.len, 0);
		response_done(&response);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		finish(&response, other[i], "");
		assert_int_equal(response.status, 200);
		assert_int_equal(response.body.len, 10000);
		response_done(&response);
	}
}

static void only_clients_that_read_gzip_get_it(void **state)
{
	(void)state;
	static const char *const yes[] = {"gzip", "br, GZIP;q=0.5", "deflate,gzip;q=1"};
	static const char *const no[] = {"", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip"};
	struct response response;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		unsigned char back[10001];
		z_stream stream = {.next_out = back, .avail_out = sizeof(back)};
		finish(&response, "", yes[i]);
		assert_true(response.gzipped);
		assert_true(response.body.len < 200);
		stream.next_in = (unsigned char *)response.body.ptr;
		stream.avail_in = (unsigned)response.body.len;
		assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
		assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
		assert_int_equal(stream.total_out, 10000);
		inflateEnd(&stream);
		response_done(&response);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		finish(&response, "", no[i]);
		assert_false(response.gzipped);
		response_done(&response);
	}
}

/* ---- downloads ---- */

static const char *download(struct response *response, const char *path, const char *title)
{
	json_t *json = json_pack("{s:{s:s, s:s}, s:[{s:i, s:s, s:s, s:{s:s}, s:i, s:[]}]}", "query",
		"input", "x", "parsed", "y", "results", "rank", 1, "title", title, "path",
		"a/b.txt", "date", "value", "2019-05", "hits_total", 3, "hits");
	response_init(response);
	download_write(response, &language_german, span_of(path), json);
	json_decref(json);
	return response->body.ptr;
}

static void a_table_has_no_formulas_and_its_quotation_marks_are_doubled(void **state)
{
	(void)state;
	struct response response;
	const char *text = download(&response, "/suche.csv", "=cmd|' /C calc'!A0");
	assert_non_null(strstr(text, ";Titel;Datum;"));
	assert_non_null(strstr(text, "1;\"'=cmd|' /C calc'!A0\";\"2019-05\";"));
	response_done(&response);
	text = download(&response, "/suche.csv", "a\"b\r\n@c;d");
	assert_non_null(strstr(text, "\"a\"\"b  @c;d\""));
	response_done(&response);
}

static void a_title_does_not_end_its_field_in_bibtex(void **state)
{
	(void)state;
	struct response response;
	const char *text =
		download(&response, "/suche.bib", "A}},\n note={x\\input{/etc/passwd} 5 %");
	assert_non_null(strstr(text, "title = {{A  ,  note= x input /etc/passwd  5 \\%}}"));
	assert_non_null(strstr(text, "year = {2019}"));
	response_done(&response);
}

static void json_is_without_what_only_developers_read(void **state)
{
	(void)state;
	struct response response;
	const char *text = download(&response, "/suche.json", "T");
	assert_null(strstr(text, "parsed"));
	assert_non_null(strstr(text, "\"title\": \"T\""));
	response_done(&response);
}

/* ---- rates ---- */

static void an_address_may_ask_so_often_and_then_waits(void **state)
{
	(void)state;
	static struct rate rate;
	rate_init(&rate, 60);
	int granted = 0;
	for (int i = 0; i < 100; i++)
		granted += rate_take(&rate, SPAN("a"), 1000);
	assert_int_equal(granted, 30);
	assert_true(rate_take(&rate, SPAN("b"), 1000));
	assert_false(rate_take(&rate, SPAN("a"), 1000.5));
	assert_true(rate_take(&rate, SPAN("a"), 1001.1));
	assert_true(rate_take(&rate, SPAN(""), 1000));
}

static void a_client_is_an_ipv4_address_or_half_an_ipv6_address(void **state)
{
	(void)state;
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	const struct sockaddr *four = (const struct sockaddr *)&in;
	const struct sockaddr *six = (const struct sockaddr *)&in6;
	inet_pton(AF_INET, "192.0.2.1", &in.sin_addr);
	inet_pton(AF_INET6, "2001:db8:1:2:3:4:5:6", &in6.sin6_addr);
	assert_int_equal(rate_client(four, NULL).len, 4);
	assert_int_equal(rate_client(six, NULL).len, 8);
	inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
	inet_pton(AF_INET6, "::1", &in6.sin6_addr);
	assert_int_equal(rate_client(four, NULL).len, 0);
	assert_int_equal(rate_client(six, NULL).len, 0);
	assert_span(rate_client(four, "6.6.6.6, 192.0.2.7 "), "192.0.2.7");
}

/* ---- child processes ---- */

static lupe_status run(const char *script, unsigned ms, size_t bytes, struct buf *out, int *ended,
	struct lupe_error *err)
{
	char *argv[] = {(char *)"/bin/sh", (char *)"-c", (char *)script, NULL};
	return child_run(argv, ms, bytes, out, ended, err);
}

static void a_program_is_run_with_no_environment_and_no_descriptors(void **state)
{
	(void)state;
	struct lupe_error err;
	int ended;
	char *env[] = {(char *)"/usr/bin/env", NULL};
	char *ls[] = {
		(char *)"/bin/ls", (char *)"/proc/self/fd", NULL}; /* 3 is the folder itself */
	BUF_SCOPED(out);
	int behind = dup(0);
	assert_int_equal(child_run(env, 5000, 1000, &out, &ended, &err), LUPE_OK);
	assert_string_equal(buf_string(&out), "");
	assert_int_equal(child_run(ls, 5000, 1000, &out, &ended, &err), LUPE_OK);
	assert_string_equal(buf_string(&out), "0\n1\n2\n3\n");
	close(behind);
	assert_int_equal(run("exit 7", 5000, 1000, &out, &ended, &err), LUPE_OK);
	assert_int_equal(ended, 7);
}

static void a_program_that_is_slow_or_talks_too_much_is_killed(void **state)
{
	(void)state;
	struct lupe_error err;
	int ended;
	BUF_SCOPED(out);
	assert_int_equal(run("exec sleep 30", 100, 1000, &out, &ended, &err), LUPE_ERROR_LIMIT);
	assert_int_equal(run("exec yes", 5000, 100000, &out, &ended, &err), LUPE_ERROR_LIMIT);
	buf_clear(&out);
	assert_int_equal(run("kill -9 $$", 5000, 100000, &out, &ended, &err), LUPE_ERROR_INTERNAL);
	assert_int_equal(run("exec >&-; exec sleep 30", 5000, 1000, &out, &ended, &err),
		LUPE_ERROR_INTERNAL);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	struct lupe_error err;
	int ended;
	char *argv[] = {(char *)"/nirgends/lupe", NULL};
	BUF_SCOPED(out);
	assert_int_equal(child_run(argv, 1000, 1000, &out, &ended, &err), LUPE_ERROR_IO);
}

static int clean_up(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_query_is_decoded_as_browsers_encode_forms),
		cmocka_unit_test(an_empty_address_asks_for_nothing),
		cmocka_unit_test(a_percent_sign_without_two_digits_stands_for_itself),
		cmocka_unit_test(of_a_repeated_name_the_first_counts),
		cmocka_unit_test(line_ends_are_blanks_and_other_control_characters_are_refused),
		cmocka_unit_test(what_is_no_utf8_is_refused_but_in_a_path),
		cmocka_unit_test(every_value_has_the_form_of_its_name),
		cmocka_unit_test(dates_may_be_written_as_people_do),
		cmocka_unit_test(a_query_that_is_too_long_is_told_apart),
		cmocka_unit_test(a_link_is_read_back_as_what_was_asked),
		cmocka_unit_test(text_and_values_cannot_leave_their_place),
		cmocka_unit_test(elements_that_hold_nothing_have_no_end_tag),
		cmocka_unit_test(bytes_that_are_no_text_become_replacement_characters),
		cmocka_unit_test(utf8_is_what_the_standard_says),
		cmocka_unit_test(every_text_is_there),
		cmocka_unit_test(numbers_and_dates_are_written_as_in_german),
		cmocka_unit_test(what_is_filled_in_is_not_filled_again),
		cmocka_unit_test(a_client_that_has_the_page_gets_none),
		cmocka_unit_test(only_clients_that_read_gzip_get_it),
		cmocka_unit_test(a_table_has_no_formulas_and_its_quotation_marks_are_doubled),
		cmocka_unit_test(a_title_does_not_end_its_field_in_bibtex),
		cmocka_unit_test(json_is_without_what_only_developers_read),
		cmocka_unit_test(an_address_may_ask_so_often_and_then_waits),
		cmocka_unit_test(a_client_is_an_ipv4_address_or_half_an_ipv6_address),
		cmocka_unit_test(a_program_is_run_with_no_environment_and_no_descriptors),
		cmocka_unit_test(a_program_that_is_slow_or_talks_too_much_is_killed),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error),
	};
	return cmocka_run_group_tests_name("web", tests, NULL, clean_up);
}
