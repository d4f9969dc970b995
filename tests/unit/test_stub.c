/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stub file: which databases it may name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "store/stub.h"

static void local_and_remote_databases_are_read_in_order(void **state)
{
	(void)state;
	struct stub stub;
	const char *text = "# made by lupe-index\n\n  glass gen 1/shard-0\t\r\nremote suche 4000\n"
			   "remote\t[::1]:4001\nglass ..gen";
	assert_int_equal(stub_parse(span_of(text), "/srv/.lupe", &stub, NULL), LUPE_OK);
	assert_int_equal(stub.count, 4);
	assert_string_equal(stub.entries[0].path, "/srv/.lupe/gen 1/shard-0");
	assert_string_equal(stub.entries[0].name, "gen 1/shard-0");
	assert_null(stub.entries[0].host);
	assert_string_equal(stub.entries[1].host, "suche");
	assert_int_equal(stub.entries[1].port, 4000);
	assert_null(stub.entries[1].path);
	assert_string_equal(stub.entries[2].host, "::1");
	assert_int_equal(stub.entries[2].port, 4001);
	assert_string_equal(stub.entries[3].name, "..gen");
	stub_done(&stub);
}

/* What is said of a stub that has only this line. */
static const char *refusal(const char *line)
{
	static struct lupe_error err;
	struct stub stub = {0};
	err.message[0] = '\0';
	assert_int_equal(stub_parse(span_of(line), "x", &stub, &err), LUPE_ERROR_CORRUPT);
	assert_null(stub.entries);
	return err.message;
}

static void a_program_is_never_run(void **state)
{
	(void)state;
	assert_string_equal(refusal("remote :xapian-progsrv db"),
		"x/index:1: a program is never run: remote :xapian-progsrv db");
	refusal("remote :ssh host:22");
	refusal("remote  \t :sh 22");
	refusal("remote : 22");
}

static void a_path_never_leads_out_of_the_folder(void **state)
{
	(void)state;
	assert_string_equal(refusal("glass ../other"),
		"x/index:1: a path must lie inside the index folder: glass ../other");
	static const char *const paths[] = {"glass /etc/index", "glass a/../../b", "glass ..",
		"glass .", "glass", "glass ", "glass a//b", "glass a/", "glass a/./b",
		"glass a\x01", "glass a/.."};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_non_null(strstr(refusal(paths[i]), "inside the index folder"));
}

static void other_kinds_of_databases_are_refused(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"auto gen", "chert gen", "inmemory", "honey gen", "Glass gen", "gen", "glassgen"};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_non_null(strstr(refusal(lines[i]), "neither glass nor remote"));
}

static void a_remote_database_needs_a_host_and_a_port(void **state)
{
	(void)state;
	static const char *const lines[] = {"remote", "remote host",
		"remote host:", "remote host:0", "remote host:65536",
		"remote host:99999999999999999999", "remote two hosts:80", "remote []:80",
		"remote 4000", "remote host:80 ssl"};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		refusal(lines[i]);
}

static void a_stub_without_databases_is_damaged(void **state)
{
	(void)state;
	assert_string_equal(refusal("# only this\n"), "x/index: names no database");
	refusal("");
	assert_non_null(strstr(refusal("glass a\nglass /b\nglass c\n"), "index:2: "));
}

static void what_is_published_is_read_and_as_open_as_the_folder(void **state)
{
	struct stub stub;
	struct stat info;
	umask(077);
	assert_int_equal(chmod(*state, 0750), 0);
	assert_int_equal(stub_publish(*state, "gen-1", NULL, NULL), LUPE_OK);
	assert_int_equal(stub_publish(*state, "gen-2", NULL, NULL), LUPE_OK);
	assert_int_equal(stub_read(*state, &stub, NULL), LUPE_OK);
	assert_int_equal(stub.count, 1);
	assert_string_equal(stub.entries[0].name, "gen-2");
	assert_string_equal(stub.entries[0].path, scratch_path(state, "gen-2"));
	stub_done(&stub);
	assert_int_equal(stat(scratch_path(state, "index"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
}

static void a_name_that_would_not_be_read_is_not_published(void **state)
{
	static const char *const names[] = {"", "../x", "/x", "a\nb", " a", "a/"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(stub_publish(*state, names[i], NULL, NULL), LUPE_ERROR_ARGUMENT);
	assert_int_equal(access(scratch_path(state, "index"), F_OK), -1);
}

static void a_folder_without_a_stub_says_how_to_make_one(void **state)
{
	struct stub stub;
	struct lupe_error err;
	assert_int_equal(stub_read(*state, &stub, &err), LUPE_ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "make one with: lupe-index --index /tmp/lupe-test-"));
	assert_int_equal(stub_read("/nowhere", &stub, &err), LUPE_ERROR_NOT_FOUND);
	assert_int_equal(truncate(scratch_path(state, "index"), 0), -1);
	scratch_write(scratch_path(state, "index"), "");
	assert_int_equal(truncate(scratch_path(state, "index"), 1 << 20), 0);
	assert_int_equal(stub_read(*state, &stub, &err), LUPE_ERROR_CORRUPT);
}

static void stubs_are_equal_if_they_name_the_same_in_the_same_order(void **state)
{
	(void)state;
	static const char *const texts[] = {"glass a\nglass b", "glass b\nglass a", "glass a",
		"remote a 1\nglass b", "remote a 2\nglass b"};
	struct stub stubs[5];
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(stub_parse(span_of(texts[i]), "x", &stubs[i], NULL), LUPE_OK);
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < 5; k++)
			assert_int_equal(stub_equal(&stubs[i], &stubs[k]), i == k);
	for (size_t i = 0; i < 5; i++)
		stub_done(&stubs[i]);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_and_remote_databases_are_read_in_order),
		cmocka_unit_test(a_program_is_never_run),
		cmocka_unit_test(a_path_never_leads_out_of_the_folder),
		cmocka_unit_test(other_kinds_of_databases_are_refused),
		cmocka_unit_test(a_remote_database_needs_a_host_and_a_port),
		cmocka_unit_test(a_stub_without_databases_is_damaged),
		FILE_TEST(what_is_published_is_read_and_as_open_as_the_folder),
		FILE_TEST(a_name_that_would_not_be_read_is_not_published),
		FILE_TEST(a_folder_without_a_stub_says_how_to_make_one),
		cmocka_unit_test(stubs_are_equal_if_they_name_the_same_in_the_same_order),
	};
	return cmocka_run_group_tests_name("stub", tests, NULL, NULL);
}
