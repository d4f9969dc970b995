/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lib/base: spans, buffers, variable-length integers, arenas, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "scratch.h"

static void assert_span(struct span actual, const char *expected)
{
	assert_int_equal(actual.len, strlen(expected));
	if (actual.len)
		assert_memory_equal(actual.ptr, expected, actual.len);
}

/* ---- span ---- */

static void trimming_takes_blanks_and_line_ends_off_both_ends(void **state)
{
	(void)state;
	assert_span(span_trim(SPAN(" \t a b\r\n")), "a b");
	assert_span(span_trim(SPAN(" \n ")), "");
	assert_span(span_trim((struct span){NULL, 0}), "");
}

static void taking_parts_gives_every_part_and_then_a_null_rest(void **state)
{
	(void)state;
	struct span rest = SPAN("a::bc:");
	assert_span(span_take(&rest, ':'), "a");
	assert_span(span_take(&rest, ':'), "");
	assert_span(span_take(&rest, ':'), "bc");
	assert_non_null(rest.ptr);
	assert_span(span_take(&rest, ':'), "");
	assert_null(rest.ptr);
}

static void order_is_by_unsigned_bytes_and_a_prefix_goes_first(void **state)
{
	(void)state;
	assert_true(span_compare(SPAN("zz"), SPAN("\xC3\xA4")) < 0);
	assert_true(span_compare(SPAN("kurs"), SPAN("kurse")) < 0);
	assert_true(span_compare(SPAN("b"), SPAN("aa")) > 0);
	assert_int_equal(span_compare(SPAN(""), (struct span){NULL, 0}), 0);
}

static void beginnings_and_ends_are_found_and_the_empty_span_is_both(void **state)
{
	(void)state;
	assert_true(span_starts(SPAN("Kurs"), SPAN("Ku")));
	assert_true(span_ends(SPAN("Kurs"), SPAN("rs")));
	assert_false(span_starts(SPAN("Ku"), SPAN("Kurs")));
	assert_false(span_ends(SPAN("rs"), SPAN("Kurs")));
	assert_true(span_starts((struct span){NULL, 0}, SPAN("")));
	assert_true(span_ends(SPAN("x"), (struct span){NULL, 0}));
}

/* ---- buf ---- */

static void a_buffer_grows_and_is_always_a_c_string(void **state)
{
	(void)state;
	BUF_SCOPED(buf);
	assert_string_equal(buf_string(&buf), "");
	for (int i = 0; i < 1000; i++)
		buf_printf(&buf, "%d,", i % 10);
	assert_int_equal(buf.len, 2000);
	assert_int_equal(strlen(buf.ptr), 2000);
	buf_clear(&buf);
	assert_string_equal(buf_string(&buf), "");
	buf_add_byte(&buf, 'x');
	buf_add_string(&buf, "yz");
	assert_string_equal(buf_string(&buf), "xyz");
}

static void a_varint_comes_back_whatever_its_size(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 64; bits++) {
		for (uint64_t low = 0; low < 2; low++) {
			uint64_t value = (UINT64_C(1) << bits) - low;
			uint64_t back = 99;
			BUF_SCOPED(buf);
			buf_add_varint(&buf, value);
			assert_int_equal(
				buf.len, value ? (64 - __builtin_clzll(value) + 6) / 7 : 1);
			struct span rest = buf_span(&buf);
			assert_true(span_take_varint(&rest, &back));
			assert_true(back == value);
			assert_int_equal(rest.len, 0);
		}
	}
}

static void a_varint_cut_short_is_refused_and_nothing_is_taken(void **state)
{
	(void)state;
	BUF_SCOPED(buf);
	buf_add_varint(&buf, UINT64_MAX);
	assert_int_equal(buf.len, 10);
	for (size_t len = 0; len < buf.len; len++) {
		uint64_t back = 99;
		struct span rest = {buf.ptr, len};
		assert_false(span_take_varint(&rest, &back));
		assert_int_equal(back, 99);
		assert_int_equal(rest.len, len);
	}
}

static void a_varint_of_more_than_64_bits_is_refused(void **state)
{
	(void)state;
	uint64_t back;
	struct span two_to_64 = SPAN("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02");
	struct span eleven_bytes = SPAN("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00");
	assert_false(span_take_varint(&two_to_64, &back));
	assert_false(span_take_varint(&eleven_bytes, &back));
}

static void counted_bytes_come_back_and_a_false_count_is_refused(void **state)
{
	(void)state;
	BUF_SCOPED(buf);
	buf_add_counted(&buf, SPAN("Gesch\0ft"));
	buf_add_counted(&buf, (struct span){NULL, 0});
	struct span rest = buf_span(&buf), back;
	assert_true(span_take_counted(&rest, &back));
	assert_int_equal(back.len, 8);
	assert_true(span_take_counted(&rest, &back));
	assert_int_equal(back.len, 0);
	assert_int_equal(rest.len, 0);
	rest = (struct span){buf.ptr, 8};
	assert_false(span_take_counted(&rest, &back));
	assert_int_equal(rest.len, 8);
}

/* ---- arena ---- */

static void an_arena_keeps_what_it_gave_until_it_is_reset(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct span copies[500];
	for (int i = 0; i < 500; i++) {
		char text[32];
		snprintf(text, sizeof(text), "copy %d", i);
		copies[i] = arena_copy(&arena, span_of(text));
		assert_int_equal((uintptr_t)copies[i].ptr % _Alignof(max_align_t), 0);
	}
	assert_span(copies[0], "copy 0");
	assert_string_equal(copies[499].ptr, "copy 499");
	memset(arena_alloc(&arena, 3 << 20), 1, 3 << 20);
	assert_span(copies[250], "copy 250");
	arena_reset(&arena);
	assert_int_equal(arena.total_bytes, 0);
	assert_non_null(arena_alloc(&arena, 1));
	arena_done(&arena);
	arena_done(&arena);
}

/* ---- hash ---- */

static void hashes_are_those_of_every_machine_and_version(void **state)
{
	(void)state;
	char hex[HASH128_HEX_LEN + 1];
	hash128_hex(hash128((struct span){NULL, 0}), hex);
	assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
	assert_true(hash64((struct span){NULL, 0}) == UINT64_C(0x2d06800538d394c2));
}

/* ---- file ---- */

static void a_replaced_file_has_the_new_contents_and_the_mode_asked_for(void **state)
{
	const char *path = scratch_path(state, "index");
	struct stat info;
	BUF_SCOPED(text);
	umask(077);
	assert_int_equal(file_replace(path, SPAN("old"), 0600, NULL), LUPE_OK);
	assert_int_equal(file_replace(path, SPAN("new\n"), 0640, NULL), LUPE_OK);
	assert_int_equal(file_read(path, 100, &text, NULL), LUPE_OK);
	assert_string_equal(text.ptr, "new\n");
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
	assert_int_equal(access(scratch_path(state, "index.new"), F_OK), -1);
}

static void what_a_killed_run_left_does_not_hinder_replacing(void **state)
{
	const char *path = scratch_path(state, "index");
	struct lupe_error err;
	assert_int_equal(symlink("/nowhere", scratch_path(state, "index.new")), 0);
	assert_int_equal(file_replace(path, SPAN("new"), 0600, &err), LUPE_OK);
	const char *lost = scratch_path(state, "no/index");
	assert_int_equal(file_replace(lost, SPAN("new"), 0600, &err), LUPE_ERROR_IO);
	assert_non_null(strstr(err.message, "no/index.new: No such file"));
}

static void reading_stops_at_the_limit(void **state)
{
	const char *path = scratch_path(state, "text");
	struct lupe_error err;
	scratch_write(path, "0123456789");
	BUF_SCOPED(text);
	buf_add_byte(&text, '>');
	assert_int_equal(file_read(path, 10, &text, &err), LUPE_OK);
	assert_string_equal(text.ptr, ">0123456789");
	assert_int_equal(file_read(path, 9, &text, &err), LUPE_ERROR_LIMIT);
	assert_non_null(strstr(err.message, "larger than 9 bytes"));
	assert_int_equal(file_read(path, SIZE_MAX, &text, &err), LUPE_OK);
	assert_int_equal(file_read("/nowhere/x", 9, &text, &err), LUPE_ERROR_NOT_FOUND);
	assert_string_equal(err.message, "/nowhere/x: No such file or directory");
	assert_int_equal(file_read(*state, 9, &text, &err), LUPE_ERROR_IO);
}

static void make_small_tree(void **state)
{
	assert_int_equal(mkdir(scratch_path(state, "tree"), 0700), 0);
	assert_int_equal(mkdir(scratch_path(state, "tree/sub"), 0700), 0);
	scratch_write(scratch_path(state, "tree/a"), "12345");
	scratch_write(scratch_path(state, "tree/sub/b"), "123");
	scratch_write(scratch_path(state, "kept"), "1234567");
	assert_int_equal(symlink("../kept", scratch_path(state, "tree/link")), 0);
}

static void the_size_of_a_tree_counts_files_and_no_links(void **state)
{
	make_small_tree(state);
	assert_int_equal(file_tree_bytes(scratch_path(state, "tree")), 8);
	assert_int_equal(file_tree_bytes(scratch_path(state, "nowhere")), 0);
}

static void removing_a_tree_leaves_what_its_links_lead_to(void **state)
{
	make_small_tree(state);
	assert_int_equal(file_remove_tree(scratch_path(state, "tree"), NULL), LUPE_OK);
	assert_int_equal(access(scratch_path(state, "tree"), F_OK), -1);
	assert_int_equal(access(scratch_path(state, "kept"), F_OK), 0);
	assert_int_equal(file_remove_tree(scratch_path(state, "tree"), NULL), LUPE_OK);
}

static void syncing_a_folder_that_is_not_there_names_it(void **state)
{
	struct lupe_error err;
	make_small_tree(state);
	assert_int_equal(file_sync_folder(scratch_path(state, "tree"), &err), LUPE_OK);
	assert_int_equal(
		file_sync_folder(scratch_path(state, "nowhere"), &err), LUPE_ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "/nowhere: No such file"));
}

static void joined_paths_have_one_slash_between(void **state)
{
	(void)state;
	static const char *const cases[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"},
		{"", "b", "b"}, {"a", "/b", "/b"}, {"/", "b", "/b"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *joined = path_join(cases[i][0], cases[i][1]);
		assert_string_equal(joined, cases[i][2]);
		free(joined);
	}
}

static void control_bytes_never_get_into_a_message(void **state)
{
	(void)state;
	struct lupe_error err;
	assert_int_equal(lupe_fail(&err, LUPE_ERROR_IO, "a\x1b[31m\n%s", "b\x7f"), LUPE_ERROR_IO);
	assert_string_equal(err.message, "a?[31m?b?");
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

static void a_hash_of_parts_is_that_of_the_whole(void **state)
{
	struct hasher *hasher = hasher_new();
	char text[3000];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 31);
	for (size_t cut = 0; cut < sizeof(text); cut += 499) {
		struct hash128 whole = hash128((struct span){text, sizeof(text)});

		hasher_start(hasher);
		hasher_add(hasher, (struct span){text, cut});
		hasher_add(hasher, (struct span){text + cut, sizeof(text) - cut});
		struct hash128 parts = hasher_result(hasher);
		assert_memory_equal(&parts, &whole, sizeof(whole));
	}
	hasher_free(hasher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trimming_takes_blanks_and_line_ends_off_both_ends),
		cmocka_unit_test(taking_parts_gives_every_part_and_then_a_null_rest),
		cmocka_unit_test(order_is_by_unsigned_bytes_and_a_prefix_goes_first),
		cmocka_unit_test(beginnings_and_ends_are_found_and_the_empty_span_is_both),
		cmocka_unit_test(a_buffer_grows_and_is_always_a_c_string),
		cmocka_unit_test(a_varint_comes_back_whatever_its_size),
		cmocka_unit_test(a_varint_cut_short_is_refused_and_nothing_is_taken),
		cmocka_unit_test(a_varint_of_more_than_64_bits_is_refused),
		cmocka_unit_test(counted_bytes_come_back_and_a_false_count_is_refused),
		cmocka_unit_test(an_arena_keeps_what_it_gave_until_it_is_reset),
		cmocka_unit_test(hashes_are_those_of_every_machine_and_version),
		cmocka_unit_test(a_hash_of_parts_is_that_of_the_whole),
		FILE_TEST(a_replaced_file_has_the_new_contents_and_the_mode_asked_for),
		FILE_TEST(what_a_killed_run_left_does_not_hinder_replacing),
		FILE_TEST(reading_stops_at_the_limit),
		FILE_TEST(the_size_of_a_tree_counts_files_and_no_links),
		FILE_TEST(removing_a_tree_leaves_what_its_links_lead_to),
		FILE_TEST(syncing_a_folder_that_is_not_there_names_it),
		cmocka_unit_test(joined_paths_have_one_slash_between),
		cmocka_unit_test(control_bytes_never_get_into_a_message),
	};
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
