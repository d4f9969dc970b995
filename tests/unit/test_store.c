/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Manifests; finding and opening an index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "store/index.h"
#include "store/schema.h"
#include "store/stub.h"

#define WHOLE                                                                                      \
	"schema 3\nanalyser de-1-93f0\nbuilt 2026-11-22T03:17:40Z\nfiles 417\nsearchable 412\n"    \
	"no_text 3\nfailed 2\n"

/* ---- manifest ---- */

static void a_manifest_prints_as_it_was_parsed(void **state)
{
	(void)state;
	struct manifest m;
	BUF_SCOPED(text);
	assert_int_equal(
		manifest_parse(
			SPAN(WHOLE "others jpg:12 exe:3\nroot ..\t\nroot /srv/b\tberichte/alt\n"),
			&m, NULL),
		LUPE_OK);
	assert_string_equal(m.analyser, "de-1-93f0");
	assert_string_equal(m.built, "2026-11-22T03:17:40Z");
	assert_int_equal(m.files, 417);
	assert_int_equal(m.failed, 2);
	assert_int_equal(m.root_count, 2);
	assert_string_equal(m.roots[0].location, "..");
	assert_string_equal(m.roots[0].label, "");
	assert_string_equal(m.roots[1].label, "berichte/alt");
	manifest_print(&m, &text);
	assert_string_equal(
		text.ptr, WHOLE "others jpg:12 exe:3\nroot ..\t\nroot /srv/b\tberichte/alt\n");
	manifest_done(&m);
}

static void roots_may_have_any_name_a_file_system_allows(void **state)
{
	(void)state;
	struct manifest m = {.schema = SCHEMA_VERSION, .analyser = "de-1", .built = "now"}, back;
	BUF_SCOPED(text);
	manifest_add_root(&m, "/srv/a\tb\n100%\x7f\xFF", "l\r\x01");
	manifest_print(&m, &text);
	assert_non_null(strstr(text.ptr, "root /srv/a%09b%0A100%25%7F\xFF\tl%0D%01\n"));
	assert_int_equal(manifest_parse(buf_span(&text), &back, NULL), LUPE_OK);
	assert_string_equal(back.roots[0].location, m.roots[0].location);
	assert_string_equal(back.roots[0].label, m.roots[0].label);
	manifest_done(&m);
	manifest_done(&back);
}

static void unknown_keys_are_passed_over(void **state)
{
	(void)state;
	struct manifest m;
	assert_int_equal(manifest_parse(SPAN(WHOLE "colour blue\nempty\n\n"), &m, NULL), LUPE_OK);
	manifest_done(&m);
}

static void another_schema_is_told_from_damage(void **state)
{
	(void)state;
	struct manifest m;
	struct lupe_error err;
	assert_int_equal(manifest_parse(SPAN("schema 4\nall=new\n"), &m, &err), LUPE_ERROR_SCHEMA);
	assert_string_equal(err.message, "made by schema 4, this is lupe schema 3");
	assert_int_equal(m.schema, 4);
	manifest_done(&m);
}

static void a_damaged_manifest_is_noticed(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "\n", "schema\n", "schema x\n",
		"schema 99999999999\n", "analyser de-1\n" WHOLE, WHOLE "files 417\n",
		WHOLE "root nolabel\n", WHOLE "root \tlabel\n", WHOLE "root a%0\t\n",
		WHOLE "root a%00\t\n", WHOLE "root a%zz\t\n", WHOLE "root a\tb\tc\n",
		"schema 3\nanalyser de-1\nbuilt x\nfiles 1\nsearchable 1\nno_text 1\n",
		"schema 3\nanalyser de-1\nbuilt x\nfiles -1\nsearchable 1\nno_text 1\nfailed 0\n",
		("schema 3\nanalyser de-1-012345678901234567890123456\nbuilt x\nfiles 1\n"
		 "searchable 1\nno_text 1\nfailed 0\n")};
	struct manifest m;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(manifest_parse(span_of(texts[i]), &m, NULL), LUPE_ERROR_CORRUPT);
		manifest_done(&m);
	}
	for (size_t len = 0; len < strlen(WHOLE); len++) {
		struct span part = {WHOLE, len};
		assert_int_equal(manifest_parse(part, &m, NULL), LUPE_ERROR_CORRUPT);
		manifest_done(&m);
	}
}

/* ---- finding ---- */

/* Where the index is found from FOLDER/`below`; the scratch folder is cut off. */
static const char *locate(
	void **state, const char *below, const struct index_places *places, struct lupe_error *err)
{
	static char found[500];
	char *folder = NULL;
	assert_int_equal(chdir(scratch_path(state, below)), 0);
	lupe_status st = index_locate(places, &folder, err);
	assert_int_equal(chdir("/"), 0);
	if (st < 0)
		return NULL;
	size_t prefix = strlen(*state);
	bool inside = strncmp(folder, *state, prefix) == 0;
	snprintf(found, sizeof(found), "%s", inside ? folder + prefix : folder);
	free(folder);
	return found;
}

static void make_folders(void **state)
{
	static const char *const folders[] = {
		"a", "a/b", "a/b/c", "a/.lupe", "home", "home/lupe", "other"};
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		assert_int_equal(mkdir(scratch_path(state, folders[i]), 0700), 0);
}

static void an_index_named_goes_before_one_found(void **state)
{
	struct index_places places = {"--index", "environment", scratch_path(state, "home")};
	make_folders(state);
	assert_string_equal(locate(state, "a", &places, NULL), "--index");
	places.folder = NULL;
	assert_string_equal(locate(state, "a", &places, NULL), "environment");
	places.environment = "";
	assert_string_equal(locate(state, "a", &places, NULL), "/a/.lupe");
}

static void the_nearest_index_here_or_above_is_found(void **state)
{
	struct index_places places = {NULL, NULL, NULL};
	make_folders(state);
	assert_string_equal(locate(state, "a/b/c", &places, NULL), "/a/.lupe");
	scratch_write(scratch_path(state, "a/b/.lupe"), "a file is no index");
	assert_string_equal(locate(state, "a/b/c", &places, NULL), "/a/.lupe");
	assert_int_equal(symlink("../../.lupe", scratch_path(state, "a/b/c/.lupe")), 0);
	assert_string_equal(locate(state, "a/b/c", &places, NULL), "/a/b/c/.lupe");
}

static void without_one_the_users_own_index_is_taken(void **state)
{
	struct index_places places = {NULL, NULL, scratch_path(state, "home")};
	struct lupe_error err;
	make_folders(state);
	assert_string_equal(locate(state, "other", &places, NULL), "/home/lupe");
	places.data_home = scratch_path(state, "a");
	assert_null(locate(state, "other", &places, &err));
	assert_int_equal(err.status, LUPE_ERROR_NOT_FOUND);
	assert_string_equal(
		err.message, "no index here or above; make one with: lupe-index FOLDER");
}

static void an_index_of_somebody_else_is_not_taken(void **state)
{
	struct index_places places = {NULL, NULL, NULL};
	struct lupe_error err;
	if (geteuid() != 0)
		skip();
	make_folders(state);
	assert_int_equal(chown(scratch_path(state, "a/.lupe"), 12345, 0), 0);
	assert_null(locate(state, "a/b", &places, &err));
	assert_int_equal(err.status, LUPE_ERROR_IO);
	assert_non_null(strstr(err.message, "/a/.lupe: this index belongs to another user"));
	assert_int_equal(symlink("/", scratch_path(state, "a/b/.lupe")), 0);
	assert_int_equal(lchown(scratch_path(state, "a/b/.lupe"), 12345, 0), 0);
	assert_null(locate(state, "a/b", &places, &err));
	places.folder = "a/.lupe";
	assert_non_null(locate(state, "a/b", &places, &err));
}

/* ---- opening ---- */

/* A database with one document and, unless it is NULL, this manifest. */
static void make_database(void **state, const char *name, const char *manifest)
{
	static const struct xc_bytes key = {META_MANIFEST, sizeof(META_MANIFEST) - 1};
	struct xc_posting posting = {{"kurs", 4}, 1, NULL, 0};
	struct xc_new_document document = {.postings = &posting, .posting_count = 1};
	xc_writer *writer;
	uint32_t id;
	assert_int_equal(xc_writer_open(scratch_path(state, name),
				 XC_WRITER_CREATE | XC_WRITER_NO_SYNC, 0, &writer, NULL),
		LUPE_OK);
	assert_int_equal(xc_writer_add(writer, &document, &id, NULL), LUPE_OK);
	if (manifest)
		assert_int_equal(xc_writer_set_metadata(writer, key,
					 (struct xc_bytes){manifest, strlen(manifest)}, NULL),
			LUPE_OK);
	assert_int_equal(xc_writer_close(writer, NULL), LUPE_OK);
}

static void the_databases_of_a_stub_are_joined_and_their_counts_added(void **state)
{
	struct index *index = NULL;
	struct xc_statistics statistics;
	make_database(state, "gen-1", WHOLE "root ..\t\n");
	make_database(state, "gen-2", WHOLE "root /x\ty\n");
	scratch_write(scratch_path(state, STUB_FILE), "glass gen-1\nglass gen-2\n");
	assert_int_equal(index_open(*state, "de-1-93f0", &index, NULL), LUPE_OK);
	assert_string_equal(index_folder(index), *state);
	assert_int_equal(index_manifest(index)->files, 834);
	assert_int_equal(index_manifest(index)->failed, 4);
	assert_int_equal(index_manifest(index)->root_count, 1);
	assert_string_equal(index_manifest(index)->roots[0].location, "..");
	assert_int_equal(xc_database_statistics(index_database(index), &statistics, NULL), LUPE_OK);
	assert_int_equal(statistics.documents, 2);
	index_close(index);
	index_close(NULL);
}

/* What is said of an index with one database that has this manifest. */
static const char *refusal(void **state, const char *manifest, lupe_status expected)
{
	static struct lupe_error err;
	struct index *index = NULL;
	make_database(state, "gen", manifest);
	assert_int_equal(stub_publish(*state, "gen", NULL, NULL), LUPE_OK);
	assert_int_equal(index_open(*state, "de-1-93f0", &index, &err), expected);
	assert_null(index);
	assert_int_equal(file_remove_tree(scratch_path(state, "gen"), NULL), LUPE_OK);
	assert_int_equal(strncmp(err.message, *state, strlen(*state)), 0);
	return err.message + strlen(*state);
}

static void what_to_do_about_an_index_that_does_not_fit_is_said(void **state)
{
	assert_string_equal(refusal(state, "schema 4\n", LUPE_ERROR_SCHEMA),
		": made by schema 4, this is lupe schema 3: rebuild needed (lupe-index rebuild)");
	assert_string_equal(
		refusal(state,
			"schema 3\nanalyser de-2\nbuilt x\nfiles 1\nsearchable 1\nno_text 0\n"
			"failed 0\n",
			LUPE_ERROR_SCHEMA),
		": made with analyser de-2, not de-1-93f0: rebuild needed (lupe-index rebuild)");
	assert_string_equal(refusal(state, NULL, LUPE_ERROR_CORRUPT),
		": index is damaged: manifest: none; not made by lupe-index, or torn: rebuild "
		"needed (lupe-index rebuild)");
	assert_string_equal(refusal(state, "schema 3\n", LUPE_ERROR_CORRUPT),
		": index is damaged: manifest: no analyser in it: rebuild needed (lupe-index "
		"rebuild)");
}

static void a_missing_or_broken_database_is_damage(void **state)
{
	struct index *index = NULL;
	struct lupe_error err;
	assert_int_equal(stub_publish(*state, "gen", NULL, NULL), LUPE_OK);
	assert_int_equal(index_open(*state, NULL, &index, &err), LUPE_ERROR_CORRUPT);
	assert_non_null(strstr(err.message, ": index is damaged: "));
	make_database(state, "gen", WHOLE);
	assert_int_equal(index_open(*state, NULL, &index, &err), LUPE_OK);
	index_close(index);
	scratch_write(scratch_path(state, "gen/iamglass"), "nonsense");
	assert_true(index_open(*state, NULL, &index, &err) < 0);
	assert_non_null(strstr(err.message, "rebuild needed"));
}

static void a_folder_that_holds_no_index_is_not_found(void **state)
{
	struct index *index = NULL;
	struct lupe_error err;
	assert_int_equal(index_open(*state, NULL, &index, &err), LUPE_ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "no index in this folder; make one with: lupe-index"));
}

static void databases_of_different_analysers_are_never_joined(void **state)
{
	struct index *index = NULL;
	struct lupe_error err;
	make_database(state, "gen-1", WHOLE);
	make_database(state, "gen-2",
		"schema 3\nanalyser de-2\nbuilt x\nfiles 1\nsearchable 1\nno_text 0\nfailed 0\n");
	scratch_write(scratch_path(state, STUB_FILE), "glass gen-1\nglass gen-2\n");
	assert_int_equal(index_open(*state, NULL, &index, &err), LUPE_ERROR_SCHEMA);
	assert_non_null(strstr(err.message, "made with analyser de-2, not de-1-93f0"));
}

static void a_remote_database_that_does_not_answer_is_named(void **state)
{
	struct index *index = NULL;
	struct lupe_error err;
	scratch_write(scratch_path(state, STUB_FILE), "remote 127.0.0.1:1\n");
	assert_int_equal(index_open(*state, NULL, &index, &err), LUPE_ERROR_IO);
	assert_int_equal(strncmp(err.message, *state, strlen(*state)), 0);
	assert_non_null(strstr(err.message, "127.0.0.1"));
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_manifest_prints_as_it_was_parsed),
		cmocka_unit_test(roots_may_have_any_name_a_file_system_allows),
		cmocka_unit_test(unknown_keys_are_passed_over),
		cmocka_unit_test(another_schema_is_told_from_damage),
		cmocka_unit_test(a_damaged_manifest_is_noticed),
		FILE_TEST(an_index_named_goes_before_one_found),
		FILE_TEST(the_nearest_index_here_or_above_is_found),
		FILE_TEST(without_one_the_users_own_index_is_taken),
		FILE_TEST(an_index_of_somebody_else_is_not_taken),
		FILE_TEST(the_databases_of_a_stub_are_joined_and_their_counts_added),
		FILE_TEST(what_to_do_about_an_index_that_does_not_fit_is_said),
		FILE_TEST(a_missing_or_broken_database_is_damage),
		FILE_TEST(a_folder_that_holds_no_index_is_not_found),
		FILE_TEST(databases_of_different_analysers_are_never_joined),
		FILE_TEST(a_remote_database_that_does_not_answer_is_named),
	};
	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
