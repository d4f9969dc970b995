/* SPDX-License-Identifier: GPL-2.0-or-later */
/* indexer/extractor: what becomes of files whose reader misbehaves. The helper is that of
   tests/hostile, which does what its document says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "indexer/extract/protection.h"
#include "indexer/extractor.h"

static struct extract_settings settings;
static struct extractor *extractor;
static struct document document;
static struct lupe_error error;
static bool is_stopped;

static bool stopped(void)
{
	return is_stopped;
}

static int start(void **state)
{
	const char *helper = getenv("LUPE_TEST_HELPER");

	(void)state;
	is_stopped = false;
	settings = (struct extract_settings){.seconds = 20, .stopped = stopped};
	buf_add_string(&settings.program, helper ? helper : "no helper given");
	extractor = extractor_new(&settings);
	return 0;
}

static int end(void **state)
{
	(void)state;
	extractor_free(extractor);
	extract_settings_done(&settings);
	document_done(&document);
	return 0;
}

static lupe_status read_text(const char *text)
{
	size_t len = strlen(text);
	int fd = memfd_create("document", MFD_CLOEXEC);

	assert_true(fd >= 0 && write(fd, text, len) == (ssize_t)len);
	lupe_status st = extractor_read(extractor, fd, len, SPAN("a.pdf"), &document, &error);
	close(fd);
	return st;
}

static void assert_read(const char *text, const char *expected)
{
	assert_int_equal(read_text(text), LUPE_OK);
	assert_string_equal(buf_string(&document.text), expected);
}

static void assert_fails(const char *deed, lupe_status status, const char *reason)
{
	assert_int_equal(read_text(deed), status);
	assert_string_equal(error.message, reason);
}

static void assert_goes_on(void)
{
	assert_read("Der Text\n", "Der Text\n");
}

static void a_document_comes_over_whole(void **state)
{
	(void)state;
	assert_read("Erste\nzweite Zeile\n", "Erste\nzweite Zeile\n");
	assert_string_equal(buf_string(&document.title), "Vom Helfer");
	assert_string_equal(document.date.text, "2022-02");
	assert_int_equal(document.date_source, DATE_METADATA);
	assert_string_equal(buf_string(&document.body), "Amt");
	assert_string_equal(buf_string(&document.language), "de");
	assert_int_equal(document.pages, 2);
	assert_int_equal(document.pages_without_text, 1);
	assert_int_equal(document.page_labels.len, 5);
	assert_memory_equal(document.page_labels.ptr, "iv\0001", 5);
	assert_int_equal(document.block_count, 1);
	assert_int_equal(document.blocks[0].kind, BLOCK_HEADING);
	assert_int_equal(document.blocks[0].level, 2);
	assert_int_equal(document.blocks[0].page, 1);
}

static void a_large_document_comes_over_whole(void **state)
{
	BUF_SCOPED(text);

	(void)state;
	while (text.len < 5000000)
		buf_printf(&text, "Zeile %zu\n", text.len);
	assert_read(buf_string(&text), buf_string(&text));
}

static void an_empty_file_is_an_empty_document(void **state)
{
	(void)state;
	assert_read("", "");
	assert_int_equal(document.block_count, 0);
}

static void a_helper_is_kept_from_file_to_file(void **state)
{
	(void)state;
	assert_int_equal(read_text("tell\n"), LUPE_OK);
	assert_int_equal(read_text("tell\n"), LUPE_OK);
	assert_non_null(strstr(buf_string(&document.text), "files: 2"));
}

static void a_helper_can_open_nothing_and_has_no_environment(void **state)
{
	(void)state;
	assert_read("tell\n", "open: Permission denied, environment: empty, files: 1\n");
}

static void a_helper_without_sandbox_can(void **state)
{
	(void)state;
	settings.no_sandbox = true;
	assert_int_equal(read_text("tell\n"), LUPE_OK);
	assert_non_null(strstr(buf_string(&document.text), "open: opened"));
}

static void its_protections_are_told(void **state)
{
	unsigned protections = 0;

	(void)state;
	assert_int_equal(extractor_protections(extractor, &protections, &error), LUPE_OK);
	assert_true(protections_suffice(protections));
	assert_true(protections & PROTECTION_NO_NEW_PRIVS);
	assert_true(protections & PROTECTION_RLIMITS);
}

static void a_refusal_comes_over_as_one_harmless_line(void **state)
{
	(void)state;
	assert_int_equal(read_text("refuse"), LUPE_ERROR_ARGUMENT);
	assert_non_null(strstr(error.message, "no, "));
	assert_null(strchr(error.message, 0x1b));
	assert_fails("limit", LUPE_ERROR_LIMIT, "more than enough");
	assert_false(document.encrypted);
	assert_fails("locked", LUPE_ERROR_ARGUMENT, "needs a password");
	assert_true(document.encrypted);
	assert_goes_on();
}

static void a_crash_is_the_files_and_the_next_is_read(void **state)
{
	(void)state;
	assert_goes_on();
	assert_int_equal(read_text("crash"), LUPE_ERROR_CORRUPT);
	if (!SANDBOX_SANITIZED)
		assert_string_equal(error.message, "killed by signal 11 while reading");
	assert_goes_on();
	assert_fails("leave", LUPE_ERROR_CORRUPT, "ended with status 3 while reading");
	assert_goes_on();
}

static void a_hang_ends_when_its_time_is_over(void **state)
{
	(void)state;
	settings.seconds = 1;
	assert_fails("hang", LUPE_ERROR_LIMIT, "took longer than 1 s");
	settings.seconds = 20;
	assert_goes_on();
}

static void a_signal_ends_waiting(void **state)
{
	(void)state;
	assert_goes_on();
	is_stopped = true;
	assert_int_equal(read_text("hang"), LUPE_END);
}

static void memory_is_limited(void **state)
{
	(void)state;
	assert_fails("eat", LUPE_ERROR_LIMIT, "needs more than 512 MB of memory");
	assert_goes_on();
	if (SANDBOX_SANITIZED)
		return;
	assert_fails("eat-and-abort", LUPE_ERROR_LIMIT, "needs more than 512 MB of memory");
	assert_goes_on();
}

static void whoever_asks_for_more_than_there_is_hits_the_limit_too(void **state)
{
	(void)state;
	if (SANDBOX_SANITIZED)
		return;
	assert_fails("ask-too-much", LUPE_ERROR_LIMIT, "needs more than 512 MB of memory");
	assert_fails("ask-too-much-and-trap", LUPE_ERROR_LIMIT, "needs more than 512 MB of memory");
	assert_fails("give-up", LUPE_ERROR_CORRUPT, "killed by signal 6 while reading");
	assert_goes_on();
}

static void nonsense_is_not_believed(void **state)
{
	(void)state;
	assert_int_equal(read_text("babble"), LUPE_ERROR_CORRUPT);
	assert_goes_on();
	assert_int_equal(read_text("lie"), LUPE_ERROR_CORRUPT);
	assert_goes_on();
}

static void what_the_sandbox_forbids_ends_the_helper(void **state)
{
	static const char *const deeds[] = {"exec", "connect", "fork", "kill"};

	(void)state;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		assert_fails(deeds[i], LUPE_ERROR_CORRUPT,
			"makes lupe-extract do what the sandbox forbids (killed by signal 31)");
		assert_goes_on();
	}
}

static void a_helper_that_is_not_there_is_no_files_fault(void **state)
{
	(void)state;
	buf_clear(&settings.program);
	buf_add_string(&settings.program, "/nonexistent/lupe-extract");
	assert_fails(
		"x", LUPE_ERROR_NOT_FOUND, "/nonexistent/lupe-extract: No such file or directory");
	buf_clear(&settings.program);
	buf_add_string(&settings.program, "/bin/false");
	assert_fails("x", LUPE_ERROR_INTERNAL,
		"/bin/false does not start: ended with status 1 while reading");
}

#define EXTRACTOR_TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXTRACTOR_TEST(a_document_comes_over_whole),
		EXTRACTOR_TEST(a_large_document_comes_over_whole),
		EXTRACTOR_TEST(an_empty_file_is_an_empty_document),
		EXTRACTOR_TEST(a_helper_is_kept_from_file_to_file),
		EXTRACTOR_TEST(a_helper_can_open_nothing_and_has_no_environment),
		EXTRACTOR_TEST(a_helper_without_sandbox_can),
		EXTRACTOR_TEST(its_protections_are_told),
		EXTRACTOR_TEST(a_refusal_comes_over_as_one_harmless_line),
		EXTRACTOR_TEST(a_crash_is_the_files_and_the_next_is_read),
		EXTRACTOR_TEST(a_hang_ends_when_its_time_is_over),
		EXTRACTOR_TEST(a_signal_ends_waiting),
		EXTRACTOR_TEST(memory_is_limited),
		EXTRACTOR_TEST(whoever_asks_for_more_than_there_is_hits_the_limit_too),
		EXTRACTOR_TEST(nonsense_is_not_believed),
		EXTRACTOR_TEST(what_the_sandbox_forbids_ends_the_helper),
		EXTRACTOR_TEST(a_helper_that_is_not_there_is_no_files_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
