/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lexicon's file and what damage to it may do; a user's list; compounds at their limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "text/compound.h"
#include "text/counterpart.h"

enum { MAX_BYTES = 16 << 20 };

struct fixture {
	struct buf file;
	char path[512];
};

static int make_fixture(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	const char *build = getenv("LUPE_BUILD");
	*state = fixture;
	if (!fixture)
		return -1;
	snprintf(fixture->path, sizeof(fixture->path), "%s/lib/de.lexicon", build ? build : ".");
	return file_read(fixture->path, MAX_BYTES, &fixture->file, NULL) == LUPE_OK ? 0 : -1;
}

static int remove_fixture(void **state)
{
	struct fixture *fixture = *state;
	buf_done(&fixture->file);
	free(fixture);
	return 0;
}

static struct lexicon *open_copy(struct buf *copy)
{
	struct lexicon *lexicon;
	assert_int_equal(lexicon_from_bytes(buf_span(copy), "copy", &lexicon, NULL), LUPE_OK);
	return lexicon;
}

static size_t count_parts(const struct lexicon *lexicon, const char *word)
{
	struct compound compound;
	return compound_split(lexicon, span_of(word), &compound);
}

/* ---- the file ---- */

static void the_installed_file_opens_and_is_sound(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon;
	assert_int_equal(lexicon_open(fixture->path, &lexicon, NULL), LUPE_OK);
	assert_int_equal(lexicon_verify(lexicon, NULL), LUPE_OK);
	assert_true(span_equal(lexicon_bytes(lexicon), buf_span(&fixture->file)));
	assert_true(lexicon_bytes(lexicon).len < 5 << 20);
	assert_true(lexicon_has_word(lexicon, SPAN("arbeit")));
	assert_false(lexicon_has_word(lexicon, SPAN("arbeix")));
	assert_false(lexicon_has_word(lexicon, SPAN("")));
	lexicon_free(lexicon);
}

static void a_copy_in_memory_has_the_same_name(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon;
	assert_int_equal(lexicon_open(fixture->path, &lexicon, NULL), LUPE_OK);
	struct lexicon *copy = open_copy(&fixture->file);
	assert_true(lexicon_hash(copy) == lexicon_hash(lexicon));
	assert_int_equal(count_parts(copy, "integrationskurse"), 2);
	lexicon_free(copy);
	lexicon_free(lexicon);
}

static void a_missing_file_is_not_found(void **state)
{
	struct lupe_error err;
	struct lexicon *lexicon;
	(void)state;
	assert_int_equal(
		lexicon_open("/nonexistent/de.lexicon", &lexicon, &err), LUPE_ERROR_NOT_FOUND);
	assert_int_equal(lexicon_open("/", &lexicon, &err), LUPE_ERROR_CORRUPT);
}

static void other_files_and_cut_ones_are_corrupt(void **state)
{
	struct fixture *fixture = *state;
	struct span bytes = buf_span(&fixture->file);
	struct lexicon *lexicon;
	struct lupe_error err;
	static const size_t lengths[] = {0, 1, 8, 63, 64, 65, 1000};
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct span cut = {bytes.ptr, lengths[i]};
		assert_int_equal(
			lexicon_from_bytes(cut, "cut", &lexicon, &err), LUPE_ERROR_CORRUPT);
	}
	bytes.len--;
	assert_int_equal(lexicon_from_bytes(bytes, "cut", &lexicon, &err), LUPE_ERROR_CORRUPT);
	assert_non_null(strstr(err.message, "cut"));
}

static void another_version_is_said_so(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon;
	fixture->file.ptr[8]++;
	assert_int_equal(lexicon_from_bytes(buf_span(&fixture->file), "new", &lexicon, NULL),
		LUPE_ERROR_SCHEMA);
	fixture->file.ptr[8]--;
}

static void a_header_that_lies_is_corrupt(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon;
	for (size_t i = 12; i < 32; i++) {
		fixture->file.ptr[i] ^= 0x55;
		assert_int_equal(
			lexicon_from_bytes(buf_span(&fixture->file), "lie", &lexicon, NULL),
			LUPE_ERROR_CORRUPT);
		fixture->file.ptr[i] ^= 0x55;
	}
}

static void damage_behind_the_header_is_found_by_verify_and_harmless(void **state)
{
	static const char *const words[] = {"integrationskursen", "fachkräfteeinwanderung",
		"arbeitsmarktintegration", "teilnehmerinnen", "oberbürgermeisterin"};
	struct fixture *fixture = *state;
	uint32_t random = 1;
	for (int round = 0; round < 200; round++) {
		size_t places[64];
		char kept[64];
		for (size_t i = 0; i < 64; i++) {
			random = random * 1664525 + 1013904223;
			places[i] = 64 + random % (fixture->file.len - 64);
			if (round % 2) /* near the root, where every word comes by */
				places[i] = 64 + random % 4096;
			kept[i] = fixture->file.ptr[places[i]];
			fixture->file.ptr[places[i]] = (char)(random >> 13);
		}
		struct lexicon *lexicon = open_copy(&fixture->file);
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			char other[COUNTERPART_BYTES];
			struct span word = span_of(words[i]);
			struct compound compound;
			size_t count = compound_split(lexicon, word, &compound);
			assert_in_range(count, 0, COMPOUND_MAX_PARTS);
			for (size_t part = 0; part < count; part++)
				compound_base(word, &compound.parts[part], other);
			counterpart(lexicon, word, other, NULL);
		}
		if (round == 0)
			assert_int_equal(lexicon_verify(lexicon, NULL), LUPE_ERROR_CORRUPT);
		lexicon_free(lexicon);
		for (size_t i = 64; i-- > 0;)
			fixture->file.ptr[places[i]] = kept[i];
	}
}

static void a_lexicon_without_words_splits_nothing(void **state)
{
	struct lexicon *lexicon = lexicon_empty();
	char other[COUNTERPART_BYTES];
	(void)state;
	assert_int_equal(count_parts(lexicon, "integrationskurse"), 0);
	assert_int_equal(counterpart(lexicon, SPAN("lehrerin"), other, NULL).len, 0);
	assert_int_equal(lexicon_verify(lexicon, NULL), LUPE_OK);
	lexicon_free(lexicon);
}

/* ---- limits of a word ---- */

static void words_of_other_letters_stay_whole(void **state)
{
	static const char *const words[] = {"integrationskurs2", "integrations-kurse",
		"integrationskursé", "интеграционныекурсы", "", "a", "haus", "integrations\xc3",
		"integrations\xffkurse"};
	struct fixture *fixture = *state;
	struct lexicon *lexicon = open_copy(&fixture->file);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_int_equal(count_parts(lexicon, words[i]), 0);
	lexicon_free(lexicon);
}

static void long_words_stay_whole_or_have_few_parts(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon = open_copy(&fixture->file);
	struct compound compound;
	BUF_SCOPED(word);
	for (int i = 0; i < 60; i++) {
		buf_add_string(&word, "arbeits");
		size_t count = compound_split(lexicon, buf_span(&word), &compound);
		assert_in_range(count, 0, COMPOUND_MAX_PARTS);
		if (word.len > COMPOUND_MAX_BYTES)
			assert_int_equal(count, 0);
	}
	lexicon_free(lexicon);
}

static void parts_cover_the_word(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon = open_copy(&fixture->file);
	struct span word = SPAN("sozialversicherungsbruttobeträge");
	struct compound compound;
	size_t count = compound_split(lexicon, word, &compound), at = 0;
	assert_int_equal(count, 4);
	assert_true(compound.cost < compound.whole_cost);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(compound.parts[i].begin, at);
		at = compound.parts[i].end;
	}
	assert_int_equal(at, word.len);
	lexicon_free(lexicon);
}

/* ---- a user's list ---- */

struct complaints {
	unsigned lines[16];
	size_t count;
};

static void note(void *context, unsigned line, struct span text, const char *reason)
{
	struct complaints *complaints = context;
	assert_non_null(reason);
	assert_non_null(text.ptr);
	complaints->lines[complaints->count++] = line;
}

static void a_user_says_where_to_split_and_where_not(void **state)
{
	struct fixture *fixture = *state;
	struct lexicon *lexicon = open_copy(&fixture->file);
	struct lexicon_entry entry;
	uint64_t before = lexicon_hash(lexicon);
	assert_int_equal(count_parts(lexicon, "integrationskurse"), 2);
	assert_int_equal(lexicon_add_words(lexicon,
				 SPAN("# ours\nInte|grationskurse # odd\n=Sprachschule\n"
				      "Xyzzy|plugh\r\nKlöße|topf\n"),
				 NULL, NULL),
		0);
	assert_true(lexicon_hash(lexicon) != before);
	struct compound compound;
	assert_int_equal(compound_split(lexicon, SPAN("integrationskurse"), &compound), 2);
	assert_int_equal(compound.parts[1].begin, 4);
	assert_int_equal(count_parts(lexicon, "sprachschule"), 0);
	assert_int_equal(count_parts(lexicon, "sprachschulen"), 0);
	assert_int_equal(count_parts(lexicon, "xyzzyplugh"), 2);
	assert_int_equal(count_parts(lexicon, "xyzzyarbeit"), 2);
	assert_int_equal(count_parts(lexicon, "arbeitsplugh"), 2);
	assert_int_equal(count_parts(lexicon, "klössetopf"), 2);
	assert_true(lexicon_find(lexicon, SPAN("xyzzy"), &entry));
	assert_false(lexicon_find(lexicon, SPAN("xyzz"), &entry));
	lexicon_free(lexicon);
}

static void bad_lines_of_a_list_are_named(void **state)
{
	struct complaints complaints = {.count = 0};
	struct lexicon *lexicon = lexicon_empty();
	(void)state;
	size_t bad = lexicon_add_words(lexicon,
		SPAN("gut|wort\nohne\n\n=a|b\nab||cd\n=x1\n\xff|x\n|\n="), note, &complaints);
	static const unsigned expected[] = {2, 4, 5, 6, 7, 8, 9};
	assert_int_equal(bad, 7);
	assert_int_equal(complaints.count, 7);
	assert_memory_equal(complaints.lines, expected, sizeof(expected));
	assert_int_equal(count_parts(lexicon, "gutwort"), 2);
	lexicon_free(lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_installed_file_opens_and_is_sound),
		cmocka_unit_test(a_copy_in_memory_has_the_same_name),
		cmocka_unit_test(a_missing_file_is_not_found),
		cmocka_unit_test(other_files_and_cut_ones_are_corrupt),
		cmocka_unit_test(another_version_is_said_so),
		cmocka_unit_test(a_header_that_lies_is_corrupt),
		cmocka_unit_test(damage_behind_the_header_is_found_by_verify_and_harmless),
		cmocka_unit_test(a_lexicon_without_words_splits_nothing),
		cmocka_unit_test(words_of_other_letters_stay_whole),
		cmocka_unit_test(long_words_stay_whole_or_have_few_parts),
		cmocka_unit_test(parts_cover_the_word),
		cmocka_unit_test(a_user_says_where_to_split_and_where_not),
		cmocka_unit_test(bad_lines_of_a_list_are_named),
	};
	return cmocka_run_group_tests(tests, make_fixture, remove_fixture);
}
