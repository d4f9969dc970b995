/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tests of xapian-c: what goes in comes out, ranking equals a naive computation of BM25, and
 * nothing that Xapian throws gets past the wrapper. The corpus fits on a screen.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lupe/xapian-c.h"
#include "store/xapian-c-test.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#endif

#ifdef WITH_ASAN
/** Xapian 1.4.22's own check of a database deletes a derived class through its base. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "new_delete_type_mismatch=0";
}
#endif

/* ---- The corpus ------------------------------------------------------------------------------ */

enum { SLOT_YEAR = 0, SLOT_KIND = 1, SLOT_NONE = 7 };

static const struct text {
	const char *words; /* terms at positions 1, 2, ... */
	const char *year;
	const char *kind;
} corpus[] = {
	/* 1 */ {"klima schutz gesetz klima", "2019", "gesetz"},
	/* 2 */ {"klima anpassung", "2020", "bericht"},
	/* 3 */
	{"schutz der kinder und schutz der jugend in der kinder und jugend hilfe", "2019", ""},
	/* 4 */ {"haushalt gesetz", "2021", "gesetz"},
	/* 5 */ {"klima haushalt schutz", "", "bericht"},
	/* 6 */ {"rente", "2020", ""},
	/* 7 */ {"rente und haushalt und klima und schutz gesetz", "2018", "gesetz"},
	/* 8 */ {"strom netz und gas netz", "2018", "bericht"},
};
enum { DOCUMENTS = sizeof corpus / sizeof corpus[0] };

/* ---- Helpers --------------------------------------------------------------------------------- */

static char *root; /* a temporary folder, gone after the tests */
static struct lupe_error err;

#define assert_ok(call) assert_ok_at((call), #call, __LINE__)
static void assert_ok_at(lupe_status st, const char *call, int line)
{
	if (st != LUPE_OK)
		fail_msg("line %d: %s: status %d: %s", line, call, (int)st, err.message);
}

/** The call fails with this status and a message of one line that starts in lower case. */
#define assert_error(call, expected) assert_error_at((call), (expected), #call, __LINE__)
static void assert_error_at(lupe_status st, lupe_status expected, const char *call, int line)
{
	if (st != expected)
		fail_msg("line %d: %s: status %d instead of %d: %s", line, call, (int)st,
			(int)expected, st < 0 ? err.message : "");
	assert_int_equal(err.status, expected);
	assert_true(err.message[0] != '\0' && !(err.message[0] >= 'A' && err.message[0] <= 'Z'));
	for (const char *c = err.message; *c; c++)
		assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
}

#define assert_message_has(part)                                                                   \
	do {                                                                                       \
		if (!strstr(err.message, (part)))                                                  \
			fail_msg("\"%s\" does not name \"%s\"", err.message, (part));              \
	} while (0)

static struct xc_bytes bytes(const char *s)
{
	return (struct xc_bytes){s, strlen(s)};
}

static void assert_bytes(struct xc_bytes got, const char *expected)
{
	if (got.len != strlen(expected) || memcmp(got.ptr, expected, got.len) != 0)
		fail_msg("\"%.*s\" instead of \"%s\"", (int)got.len, got.ptr, expected);
}

/** A path in the temporary folder; to be freed. */
static char *path_of(const char *name)
{
	char *path;
	assert_true(asprintf(&path, "%s/%s", root, name) > 0);
	return path;
}

#define FREE __attribute__((cleanup(free_pointer)))
static void free_pointer(void *p)
{
	free(*(void **)p);
}

static void write_file(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/** Fills `postings` from words at positions `from`, from + 1, ...; `positions` is their storage. */
static size_t postings_of(
	const char *words, uint32_t from, struct xc_posting *postings, uint32_t (*positions)[16])
{
	size_t count = 0;
	for (uint32_t position = from; *words; position++) {
		size_t len = strcspn(words, " "), i = 0;
		while (i < count && (postings[i].term.len != len ||
					    memcmp(postings[i].term.ptr, words, len) != 0))
			i++;
		if (i == count)
			postings[count++] = (struct xc_posting){{words, len}, 0, positions[i], 0};
		positions[i][postings[i].position_count++] = position;
		postings[i].wdf++;
		words += len + strspn(words + len, " ");
	}
	return count;
}

static uint32_t add_text(xc_writer *writer, const char *id, const struct text *text)
{
	struct xc_posting postings[32];
	uint32_t positions[32][16], docid = 0;
	struct xc_value values[2] = {
		{SLOT_YEAR, bytes(text->year)}, {SLOT_KIND, bytes(text->kind)}};
	struct xc_new_document document = {
		.id = bytes(id),
		.data = bytes(text->words),
		.values = values,
		.value_count = 2,
		.postings = postings,
		.posting_count = postings_of(text->words, 1, postings, positions),
	};
	assert_ok(xc_writer_add(writer, &document, &docid, &err));
	return docid;
}

static xc_writer *open_writer(const char *path)
{
	xc_writer *writer = NULL;
	assert_ok(xc_writer_open(
		path, XC_WRITER_CREATE_OR_OPEN | XC_WRITER_NO_SYNC, 0, &writer, &err));
	return writer;
}

static xc_database *open_database(const char *path)
{
	xc_database *db = NULL;
	assert_ok(xc_database_open(&path, 1, &db, &err));
	return db;
}

/** Makes a database of corpus[from..to) and returns its path. */
static char *make_corpus(const char *name, size_t from, size_t to)
{
	char *path = path_of(name);
	xc_writer *writer = open_writer(path);
	for (size_t i = from; i < to; i++) {
		char id[32];
		snprintf(id, sizeof id, "Q%zu", i + 1);
		assert_int_equal(add_text(writer, id, &corpus[i]), i - from + 1);
	}
	assert_ok(xc_writer_close(writer, &err));
	return path;
}

/** The whole corpus, made once. */
static xc_database *open_corpus(void)
{
	FREE char *path = path_of("corpus");
	if (access(path, F_OK) != 0)
		free(make_corpus("corpus", 0, DOCUMENTS));
	return open_database(path);
}

static xc_query *term_wqf(const char *term, uint32_t wqf)
{
	xc_query *query = NULL;
	assert_ok(xc_query_term(bytes(term), wqf, &query, &err));
	return query;
}

static xc_query *term(const char *word)
{
	return term_wqf(word, 1);
}

typedef lupe_status combiner(const xc_query *const *, size_t, xc_query **, struct lupe_error *);
typedef lupe_status window_combiner(
	const xc_query *const *, size_t, uint32_t, xc_query **, struct lupe_error *);

static void free_queries(xc_query **subs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		xc_query_free(subs[i]);
}

/** Combines queries and frees them: what is built does not need its parts. */
static xc_query *join(combiner *combine, size_t count, xc_query **subs)
{
	xc_query *query = NULL;
	assert_ok(combine((const xc_query *const *)subs, count, &query, &err));
	free_queries(subs, count);
	return query;
}
#define JOIN(combine, ...)                                                                         \
	join(combine, sizeof((xc_query *[]){__VA_ARGS__}) / sizeof(xc_query *),                    \
		(xc_query *[]){__VA_ARGS__})

static xc_query *join_window(
	window_combiner *combine, uint32_t window, size_t count, xc_query **subs)
{
	xc_query *query = NULL;
	assert_ok(combine((const xc_query *const *)subs, count, window, &query, &err));
	free_queries(subs, count);
	return query;
}
#define JOIN_WINDOW(combine, window, ...)                                                          \
	join_window(combine, window, sizeof((xc_query *[]){__VA_ARGS__}) / sizeof(xc_query *),     \
		(xc_query *[]){__VA_ARGS__})

static xc_query *scaled(double factor, xc_query *query)
{
	xc_query *result = NULL;
	assert_ok(xc_query_scale(query, factor, &result, &err));
	xc_query_free(query);
	return result;
}

static struct xc_search_options all_items(void)
{
	struct xc_search_options options;
	xc_search_options_init(&options);
	options.max_items = 1000;
	return options;
}

static xc_matches *search(xc_database *db, xc_query *query, const struct xc_search_options *options)
{
	xc_matches *matches = NULL;
	assert_ok(xc_search(db, query, options, &matches, &err));
	return matches;
}

/** Checks the document ids of matches, in order, against a list like "3 1 7". */
static void assert_docids(xc_matches *matches, const char *expected)
{
	char got[400] = "";
	struct xc_match match;
	lupe_status st;
	for (uint32_t i = 0; (st = xc_matches_item(matches, i, &match, &err)) == LUPE_OK; i++)
		sprintf(got + strlen(got), "%s%u", i ? " " : "", match.docid);
	assert_int_equal(st, LUPE_END);
	assert_string_equal(got, expected);
}

/** Searches, checks the ids found in order, and frees the query. */
static void assert_finds_with(xc_database *db, xc_query *query,
	const struct xc_search_options *options, const char *expected)
{
	xc_matches *matches = search(db, query, options);
	assert_docids(matches, expected);
	xc_matches_close(matches);
	xc_query_free(query);
}

/** The same by rising document id: what matches, whatever the weights. */
static void assert_matches(xc_database *db, xc_query *query, const char *expected)
{
	struct xc_search_options options = all_items();
	options.weighting = XC_WEIGHTING_NONE;
	assert_finds_with(db, query, &options, expected);
}

/** The weight of one document for a query, which is freed; 0 if it does not match. */
static double weight_of(xc_database *db, uint32_t docid, xc_query *query)
{
	struct xc_search_options options = all_items();
	xc_matches *matches = search(db, query, &options);
	struct xc_match match;
	double weight = 0;
	for (uint32_t i = 0; xc_matches_item(matches, i, &match, &err) == LUPE_OK; i++)
		if (match.docid == docid)
			weight = match.weight;
	xc_matches_close(matches);
	xc_query_free(query);
	return weight;
}

static void assert_close(double got, double expected)
{
	if (!(fabs(got - expected) <= 1e-9))
		fail_msg("%.12f instead of %.12f", got, expected);
}

/** Reads a stream to its end as "a:documents:wdf:positions b:...", leaving out what is 0. */
static void assert_terms(xc_terms *terms, const char *expected)
{
	char got[1000] = "";
	struct xc_term t;
	lupe_status st;
	while ((st = xc_terms_next(terms, &t, &err)) == LUPE_OK) {
		sprintf(got + strlen(got), "%s%.*s", *got ? " " : "", (int)t.term.len, t.term.ptr);
		if (t.documents)
			sprintf(got + strlen(got), " in %u", t.documents);
		if (t.wdf)
			sprintf(got + strlen(got), " x%u", t.wdf);
		if (t.position_count)
			sprintf(got + strlen(got), " @%u", t.position_count);
	}
	assert_int_equal(st, LUPE_END);
	assert_int_equal(xc_terms_next(terms, &t, &err), LUPE_END);
	assert_string_equal(got, expected);
	xc_terms_close(terms);
}

static void assert_positions(
	xc_database *db, uint32_t docid, const char *word, const char *expected)
{
	struct xc_positions positions = {0};
	char got[400] = "";
	assert_ok(xc_positions_read(db, docid, bytes(word), &positions, &err));
	for (size_t i = 0; i < positions.count; i++)
		sprintf(got + strlen(got), "%s%u", i ? " " : "", positions.items[i]);
	assert_string_equal(got, expected);
	xc_positions_done(&positions);
}

static void assert_data(xc_database *db, uint32_t docid, const char *expected)
{
	xc_document *document = NULL;
	struct xc_bytes data;
	assert_ok(xc_document_open(db, docid, false, &document, &err));
	assert_ok(xc_document_data(document, &data, &err));
	assert_bytes(data, expected);
	xc_document_close(document);
}

static void assert_metadata(xc_database *db, const char *key, const char *expected)
{
	struct xc_blob value = XC_BLOB_INIT;
	assert_ok(xc_metadata_get(db, bytes(key), &value, &err));
	assert_bytes(value.bytes, expected);
	xc_blob_done(&value);
}

static uint32_t document_count(xc_database *db)
{
	struct xc_statistics statistics;
	assert_ok(xc_database_statistics(db, &statistics, &err));
	return statistics.documents;
}

/* ---- Nothing passes the boundary --------------------------------------------------------------
 */

static void every_exception_becomes_a_status(void **state)
{
	(void)state;
	static const struct {
		enum xc_test_kind kind;
		lupe_status status;
		const char *message;
	} cases[] = {
		{XC_TEST_ASSERTION, LUPE_ERROR_INTERNAL, "xc_test_throw: test"},
		{XC_TEST_INVALID_ARGUMENT, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_INVALID_OPERATION, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_UNIMPLEMENTED, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_DATABASE, LUPE_ERROR_IO, "xc_test_throw: test: input/output error"},
		{XC_TEST_DATABASE_CORRUPT, LUPE_ERROR_CORRUPT, "xc_test_throw: test"},
		{XC_TEST_DATABASE_CREATE, LUPE_ERROR_IO, "xc_test_throw: test: permission denied"},
		{XC_TEST_DATABASE_LOCK, LUPE_ERROR_LOCKED, "xc_test_throw: test: already locked"},
		{XC_TEST_DATABASE_MODIFIED, LUPE_ERROR_MODIFIED, "xc_test_throw: test"},
		{XC_TEST_DATABASE_OPENING, LUPE_ERROR_IO, "xc_test_throw: test"},
		{XC_TEST_DATABASE_VERSION, LUPE_ERROR_SCHEMA, "xc_test_throw: test"},
		{XC_TEST_DATABASE_NOT_FOUND, LUPE_ERROR_NOT_FOUND,
			"xc_test_throw: no glass database"},
		{XC_TEST_DATABASE_CLOSED, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_DOC_NOT_FOUND, LUPE_ERROR_NOT_FOUND, "xc_test_throw: test"},
		{XC_TEST_FEATURE_UNAVAILABLE, LUPE_ERROR_INTERNAL, "xc_test_throw: test"},
		{XC_TEST_INTERNAL, LUPE_ERROR_INTERNAL, "xc_test_throw: test"},
		{XC_TEST_NETWORK, LUPE_ERROR_IO, "xc_test_throw: test (somewhere:1234)"},
		{XC_TEST_NETWORK_TIMEOUT, LUPE_ERROR_IO, "xc_test_throw: test"},
		{XC_TEST_QUERY_PARSER, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_SERIALISATION, LUPE_ERROR_CORRUPT, "xc_test_throw: test"},
		{XC_TEST_RANGE, LUPE_ERROR_ARGUMENT, "xc_test_throw: test"},
		{XC_TEST_WILDCARD, LUPE_ERROR_LIMIT, "xc_test_throw: test"},
		{XC_TEST_BAD_ALLOC, LUPE_ERROR_MEMORY, "xc_test_throw: out of memory"},
		{XC_TEST_LENGTH_ERROR, LUPE_ERROR_LIMIT, "xc_test_throw: test"},
		{XC_TEST_SYSTEM_NO_MEMORY, LUPE_ERROR_MEMORY,
			"xc_test_throw: cannot allocate memory"},
		{XC_TEST_SYSTEM_NO_ENTRY, LUPE_ERROR_NOT_FOUND,
			"xc_test_throw: no such file or directory"},
		{XC_TEST_SYSTEM_IO, LUPE_ERROR_IO, "xc_test_throw: input/output error"},
		{XC_TEST_STD_EXCEPTION, LUPE_ERROR_INTERNAL, "xc_test_throw: std::exception"},
		{XC_TEST_INT, LUPE_ERROR_INTERNAL, "xc_test_throw: unknown exception"},
	};
	size_t count = sizeof cases / sizeof cases[0];
	assert_int_equal(count, XC_TEST_KINDS - 1); /* all but the hostile message */
	for (size_t i = 0; i < count; i++) {
		assert_error(xc_test_throw(cases[i].kind, &err), cases[i].status);
		assert_string_equal(err.message, cases[i].message);
		assert_int_equal(xc_test_throw(cases[i].kind, NULL), cases[i].status);
	}
}

static void messages_are_clean_utf8_however_bad_the_text(void **state)
{
	(void)state;
	/* ESC, LF, C1 control, stray FF, surrogate ED A0 80; what they leave is harmless */
	static const char start[] = "xc_test_throw: ?[31mrot?"
				    "\u00e4"
				    "??????\u20ac\u20ac";
	assert_error(xc_test_throw(XC_TEST_HOSTILE_MESSAGE, &err), LUPE_ERROR_ARGUMENT);
	assert_memory_equal(err.message, start, sizeof start - 1);
	size_t len = strlen(err.message);
	assert_true(len > sizeof err.message - 4 && len < sizeof err.message);
	assert_string_equal(err.message + len - 3, "\u20ac"); /* cut between characters */
}

static void closing_and_freeing_nothing_is_fine(void **state)
{
	(void)state;
	xc_blob_done(NULL);
	xc_database_close(NULL);
	xc_terms_close(NULL);
	xc_postings_close(NULL);
	xc_positions_done(NULL);
	xc_document_close(NULL);
	assert_ok(xc_writer_close(NULL, &err));
	xc_writer_discard(NULL);
	xc_query_free(NULL);
	xc_matches_close(NULL);
	struct xc_blob blob = XC_BLOB_INIT;
	xc_blob_done(&blob);
	struct xc_positions positions = {0};
	xc_positions_done(&positions);
	assert_true(strncmp(xc_xapian_version(), "1.", 2) == 0);
}

/* ---- Opening ----------------------------------------------------------------------------------
 */

static void assert_cannot_open(const char *path, lupe_status expected)
{
	xc_database *untouched = (xc_database *)&err, *db = untouched;
	assert_error(xc_database_open(&path, 1, &db, &err), expected);
	assert_message_has(path);
	assert_ptr_equal(db, untouched);
}

static void what_is_no_database_cannot_be_opened(void **state)
{
	(void)state;
	FREE char *missing = path_of("missing");
	assert_cannot_open(missing, LUPE_ERROR_NOT_FOUND);

	FREE char *file = path_of("file");
	write_file(file, "hello", 5);
	assert_cannot_open(file, LUPE_ERROR_NOT_FOUND);

	FREE char *folder = path_of("folder");
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_cannot_open(folder, LUPE_ERROR_NOT_FOUND);

	xc_database *db = NULL;
	assert_error(xc_database_open(NULL, 0, &db, &err), LUPE_ERROR_ARGUMENT);
	xc_writer *writer = NULL;
	assert_error(
		xc_writer_open(missing, XC_WRITER_OPEN, 0, &writer, &err), LUPE_ERROR_NOT_FOUND);
	assert_error(
		xc_writer_open(file, XC_WRITER_CREATE_OR_OPEN, 0, &writer, &err), LUPE_ERROR_IO);
	assert_message_has(file);
	FREE char *deep = path_of("missing/deeper");
	assert_error(xc_writer_open(deep, XC_WRITER_CREATE, 0, &writer, &err), LUPE_ERROR_IO);
	assert_null(writer);
	size_t errors = 4711;
	assert_error(xc_check(folder, &errors, &err), LUPE_ERROR_NOT_FOUND);
	assert_int_equal(errors, 4711);
}

static void stub_files_are_never_followed(void **state)
{
	(void)state;
	FREE char *target = make_corpus("stub-target", 0, 2);
	FREE char *stub = path_of("stub"), *line;
	assert_true(asprintf(&line, "glass %s\n", target) > 0);
	write_file(stub, line, strlen(line));
	assert_cannot_open(stub, LUPE_ERROR_NOT_FOUND);

	FREE char *folder = path_of("stub-folder"), *inside = path_of("stub-folder/XAPIANDB");
	assert_int_equal(mkdir(folder, 0700), 0);
	write_file(inside, line, strlen(line));
	assert_cannot_open(folder, LUPE_ERROR_NOT_FOUND);
	const char *sources[] = {target};
	assert_error(xc_compact(sources, 1, folder, 0, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_compact(sources, 1, stub, 0, &err), LUPE_ERROR_ARGUMENT);

	xc_writer *writer = open_writer(folder); /* makes one beside the stub, not in its target */
	add_text(writer, "Q9", &corpus[0]);
	assert_ok(xc_writer_close(writer, &err));
	xc_database *db = open_database(target);
	assert_int_equal(document_count(db), 2);
	xc_database_close(db);
}

static void a_damaged_version_file_is_reported(void **state)
{
	(void)state;
	FREE char *path = make_corpus("damaged", 0, 2), *version = path_of("damaged/iamglass");
	char start[40];
	FILE *f = fopen(version, "rb");
	assert_int_equal(fread(start, 1, sizeof start, f), sizeof start);
	fclose(f);
	assert_int_equal(truncate(version, 20), 0);
	assert_cannot_open(path, LUPE_ERROR_CORRUPT);
	start[14]++; /* the format version, after the magic bytes */
	write_file(version, start, sizeof start);
	assert_cannot_open(path, LUPE_ERROR_SCHEMA);
	write_file(version, "this is something else altogether", 33);
	assert_cannot_open(path, LUPE_ERROR_CORRUPT);
}

static void a_second_writer_is_told_that_the_database_is_locked(void **state)
{
	(void)state;
	FREE char *path = path_of("locked");
	xc_writer *first = open_writer(path), *second = NULL;
	assert_error(xc_writer_open(path, XC_WRITER_OPEN, 0, &second, &err), LUPE_ERROR_LOCKED);
	assert_message_has(path);
	assert_null(second);
	assert_ok(xc_writer_close(first, &err));
	second = open_writer(path);
	assert_ok(xc_writer_close(second, &err));
}

static void a_missing_right_is_no_lock(void **state)
{
	(void)state;
	if (geteuid() == 0) {
		print_message("[  note    ] root may write anywhere\n");
		skip();
	}
	FREE char *path = make_corpus("no-right", 0, 1), *lock = path_of("no-right/flintlock");
	assert_int_equal(chmod(lock, 0400), 0);
	xc_writer *writer = NULL;
	assert_error(xc_writer_open(path, XC_WRITER_OPEN, 0, &writer, &err), LUPE_ERROR_IO);
}

static void creating_spares_what_is_there(void **state)
{
	(void)state;
	FREE char *path = make_corpus("create", 0, 2);
	xc_writer *writer = NULL;
	assert_error(xc_writer_open(path, XC_WRITER_CREATE, 0, &writer, &err), LUPE_ERROR_ARGUMENT);
	assert_ok(xc_writer_open(path, XC_WRITER_OPEN, 0, &writer, &err));
	assert_int_equal(document_count(xc_writer_database(writer)), 2);
	assert_ok(xc_writer_close(writer, &err));
	assert_ok(xc_writer_open(path, XC_WRITER_CREATE_OR_OVERWRITE, 0, &writer, &err));
	assert_int_equal(document_count(xc_writer_database(writer)), 0);
	assert_ok(xc_writer_close(writer, &err));
}

static void the_flush_threshold_works_and_leaves_the_environment_alone(void **state)
{
	(void)state;
	static const char name[] = "XAPIAN_FLUSH_THRESHOLD";
	FREE char *path = path_of("flush");
	unsetenv(name);
	xc_writer *writer = NULL;
	assert_ok(xc_writer_open(path, XC_WRITER_CREATE | XC_WRITER_NO_SYNC, 2, &writer, &err));
	assert_null(getenv(name));
	xc_database *db = open_database(path);
	for (size_t i = 0; i < 3; i++) {
		add_text(writer, "", &corpus[i]);
		assert_ok(xc_database_reopen(db, NULL, &err));
		assert_int_equal(document_count(db), i == 0 ? 0 : 2); /* published by itself */
	}
	assert_ok(xc_writer_close(writer, &err));
	setenv(name, "77", 1);
	assert_ok(xc_writer_open(path, XC_WRITER_OPEN, 2, &writer, &err));
	assert_string_equal(getenv(name), "77");
	assert_ok(xc_writer_close(writer, &err));
	unsetenv(name);
	xc_database_close(db);
}

/* ---- Documents ---------------------------------------------------------------------------------
 */

static void a_document_comes_back_as_it_went_in(void **state)
{
	(void)state;
	FREE char *path = path_of("document");
	xc_writer *writer = open_writer(path);
	const uint32_t positions[] = {3, 7, 400000000};
	const struct xc_posting postings[] = {
		{{"a\0b", 3}, 5, positions, 3},
		{bytes("klima"), 2, NULL, 0},
		{bytes("zaehler"), 0, positions, 1},
	};
	const struct xc_value values[] = {{0, {"2019\0x", 6}}, {9, bytes("neun")}, {10, {0}}};
	struct xc_new_document document = {{"Q\0id", 4}, {"data\0\xff", 6}, values, 3, postings, 3};
	uint32_t docid = 0;
	assert_ok(xc_writer_add(writer, &document, &docid, &err));
	assert_int_equal(docid, 1);
	assert_ok(xc_writer_close(writer, &err));

	xc_database *db = open_database(path);
	xc_document *stored = NULL;
	struct xc_bytes data, again, value, other;
	assert_ok(xc_document_open(db, 1, false, &stored, &err));
	assert_ok(xc_document_data(stored, &data, &err));
	assert_int_equal(data.len, 6);
	assert_memory_equal(data.ptr, "data\0\xff", 6);
	assert_ok(xc_document_data(stored, &again, &err));
	assert_ptr_equal(again.ptr, data.ptr);
	assert_ok(xc_document_value(stored, 0, &value, &err));
	assert_ok(xc_document_value(stored, 9, &other, &err));
	assert_bytes(other, "neun");
	assert_int_equal(value.len, 6);
	assert_memory_equal(value.ptr, "2019\0x", 6); /* still valid */
	assert_ok(xc_document_value(stored, 0, &other, &err));
	assert_ptr_equal(other.ptr, value.ptr);
	assert_ok(xc_document_value(stored, 10, &value, &err));
	assert_int_equal(value.len, 0);
	xc_document_close(stored);

	uint32_t length = 0;
	assert_ok(xc_document_length(db, 1, &length, &err));
	assert_int_equal(length, 7); /* 5 + 2 + 0, the id term without weight */
	xc_terms *terms = NULL;
	struct xc_term t;
	assert_ok(xc_document_terms_start(db, 1, true, &terms, &err));
	static const struct {
		struct xc_bytes term;
		uint32_t wdf, positions;
	} expected[] = {{{"Q\0id", 4}, 0, 0}, {{"a\0b", 3}, 5, 3}, {{"klima", 5}, 2, 0},
		{{"zaehler", 7}, 0, 1}};
	for (size_t i = 0; i < 4; i++) {
		assert_ok(xc_terms_next(terms, &t, &err));
		assert_int_equal(t.term.len, expected[i].term.len);
		assert_memory_equal(t.term.ptr, expected[i].term.ptr, t.term.len);
		assert_int_equal(t.wdf, expected[i].wdf);
		assert_int_equal(t.position_count, expected[i].positions);
		assert_int_equal(t.documents, 0);
	}
	assert_int_equal(xc_terms_next(terms, &t, &err), LUPE_END);
	xc_terms_close(terms);

	struct xc_positions read = {0};
	assert_ok(xc_positions_read(db, 1, (struct xc_bytes){"a\0b", 3}, &read, &err));
	assert_int_equal(read.count, 3);
	assert_memory_equal(read.items, positions, sizeof positions);
	xc_positions_done(&read);
	xc_database_close(db);
}

static void wdf_is_independent_of_positions(void **state)
{
	(void)state;
	FREE char *path = path_of("wdf");
	xc_writer *writer = open_writer(path);
	const uint32_t unsorted[] = {9, 2, 9, 5, 2}, more[] = {1, 5};
	const struct xc_posting postings[] = {
		{bytes("mehr"), 10, more, 2},
		{bytes("null"), 0, more, 2},
		{bytes("weniger"), 1, more, 2},
		{bytes("durcheinander"), 3, unsorted, 5},
		{bytes("doppelt"), 3, more, 2},
		{bytes("doppelt"), 4, unsorted, 5},
		{bytes("Qid"), 2, NULL, 0},
	};
	struct xc_new_document document = {
		.id = bytes("Qid"), .postings = postings, .posting_count = 7};
	uint32_t docid;
	assert_ok(xc_writer_add(writer, &document, &docid, &err));
	xc_database *db = xc_writer_database(writer);
	xc_terms *terms = NULL;
	assert_ok(xc_document_terms_start(db, docid, true, &terms, &err));
	assert_terms(terms,
		"Qid x2 doppelt x7 @4 durcheinander x3 @3 mehr x10 @2 null @2 weniger x1 @2");
	assert_positions(db, docid, "durcheinander", "2 5 9");
	assert_positions(db, docid, "doppelt", "1 2 5 9");
	assert_ok(xc_writer_close(writer, &err));
}

static void long_position_lists_grow_the_buffer(void **state)
{
	(void)state;
	FREE char *path = path_of("many-positions");
	xc_writer *writer = open_writer(path);
	enum { MANY = 50000 };
	FREE uint32_t *many = calloc(MANY, sizeof *many);
	for (uint32_t i = 0; i < MANY; i++)
		many[i] = 3 * i + 1;
	const struct xc_posting postings[] = {
		{bytes("oft"), MANY, many, MANY}, {bytes("selten"), 1, &many[4], 1}};
	struct xc_new_document document = {.postings = postings, .posting_count = 2};
	uint32_t docid;
	assert_ok(xc_writer_add(writer, &document, &docid, &err));
	assert_ok(xc_writer_close(writer, &err));
	xc_database *db = open_database(path);
	struct xc_positions positions = {0};
	assert_ok(xc_positions_read(db, docid, bytes("selten"), &positions, &err));
	assert_int_equal(positions.count, 1);
	assert_int_equal(positions.items[0], 13);
	assert_ok(xc_positions_read(db, docid, bytes("oft"), &positions, &err));
	assert_int_equal(positions.count, MANY);
	assert_memory_equal(positions.items, many, MANY * sizeof *many);
	assert_ok(xc_positions_read(db, docid, bytes("nie"), &positions, &err));
	assert_int_equal(positions.count, 0);
	assert_ok(xc_positions_read(db, 4711, bytes("oft"), &positions, &err));
	assert_int_equal(positions.count, 0);
	xc_positions_done(&positions);
	xc_database_close(db);
}

static void documents_that_are_not_there_are_not_found(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_document *document = NULL;
	xc_terms *terms = NULL;
	uint32_t length;
	assert_error(xc_document_open(db, 99, false, &document, &err), LUPE_ERROR_NOT_FOUND);
	assert_message_has("99");
	assert_message_has(root);
	assert_null(document);
	assert_error(xc_document_open(db, 0, false, &document, &err), LUPE_ERROR_ARGUMENT);
	struct xc_bytes value;
	assert_ok(xc_document_open(db, 99, true, &document, &err));
	assert_ok(xc_document_value(document, 0, &value, &err));
	assert_int_equal(value.len, 0);
	xc_document_close(document);
	assert_error(xc_document_length(db, 99, &length, &err), LUPE_ERROR_NOT_FOUND);
	assert_error(xc_document_terms_start(db, 99, false, &terms, &err), LUPE_ERROR_NOT_FOUND);
	xc_database_close(db);
	FREE char *path = make_corpus("delete-missing", 0, 1);
	xc_writer *writer = open_writer(path);
	assert_error(xc_writer_delete_at(writer, 99, &err), LUPE_ERROR_NOT_FOUND);
	assert_ok(xc_writer_close(writer, &err));
}

static void terms_that_are_too_long_are_refused_before_anything_is_written(void **state)
{
	(void)state;
	FREE char *path = path_of("too-long");
	xc_writer *writer = open_writer(path);
	char letters[XC_TERM_MAX + 1], nuls[XC_TERM_MAX];
	memset(letters, 'x', sizeof letters);
	memset(nuls, 'x', sizeof nuls);
	memset(nuls, 0, 100);
	const struct {
		struct xc_bytes term;
		lupe_status status;
	} cases[] = {
		{{letters, XC_TERM_MAX}, LUPE_OK},
		{{letters, XC_TERM_MAX + 1}, LUPE_ERROR_LIMIT},
		{{nuls, XC_TERM_MAX - 100}, LUPE_OK}, /* each NUL takes two bytes */
		{{nuls, XC_TERM_MAX - 99}, LUPE_ERROR_LIMIT},
		{{nuls, 0}, LUPE_ERROR_ARGUMENT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct xc_posting posting[] = {
			{bytes("klima"), 1, NULL, 0}, {cases[i].term, 1, NULL, 0}};
		struct xc_new_document document = {.postings = posting, .posting_count = 2};
		uint32_t before = document_count(xc_writer_database(writer)), docid = 4711;
		lupe_status st = xc_writer_add(writer, &document, &docid, &err);
		assert_int_equal(st, cases[i].status);
		assert_int_equal(
			document_count(xc_writer_database(writer)) - before, st == LUPE_OK);
		if (st != LUPE_OK)
			assert_int_equal(docid, 4711);
		document = (struct xc_new_document){.id = cases[i].term};
		if (st == LUPE_ERROR_LIMIT)
			assert_error(xc_writer_replace(writer, &document, &docid, &err), st);
	}
	assert_error(xc_writer_set_metadata(
			     writer, (struct xc_bytes){letters, sizeof letters}, bytes("x"), &err),
		LUPE_ERROR_LIMIT);
	assert_ok(xc_writer_commit(writer, &err)); /* the longest terms fit on disk */
	assert_ok(xc_writer_close(writer, &err));
	xc_database *db = open_database(path);
	uint32_t documents;
	assert_ok(xc_term_documents(db, bytes("klima"), &documents, &err));
	assert_int_equal(documents, 2);
	xc_database_close(db);
}

static void replacing_and_deleting_change_just_what_they_name(void **state)
{
	(void)state;
	FREE char *path = make_corpus("replace", 0, 4);
	xc_writer *writer = open_writer(path);
	xc_database *db = xc_writer_database(writer);
	struct xc_posting postings[] = {{bytes("neu"), 1, NULL, 0}};
	struct xc_new_document document = {
		.id = bytes("Q2"), .data = bytes("zwei"), .postings = postings, .posting_count = 1};
	uint32_t docid = 0;
	assert_ok(xc_writer_replace(writer, &document, &docid, &err));
	assert_int_equal(docid, 2);
	assert_data(db, 2, "zwei");
	assert_matches(db, term("anpassung"), "");
	document.id = bytes("Q77");
	assert_ok(xc_writer_replace(writer, &document, &docid, &err));
	assert_int_equal(docid, 5);
	assert_ok(xc_writer_replace_at(writer, 9, &document, &err));
	assert_matches(db, term("neu"), "2 5 9");
	assert_matches(db, term("Q77"), "5 9");
	assert_ok(xc_writer_replace(writer, &document, &docid, &err));
	assert_int_equal(docid, 5);
	assert_matches(db, term("Q77"), "5"); /* one of the two is gone */
	assert_ok(xc_writer_delete(writer, bytes("Q77"), &err));
	assert_ok(xc_writer_delete(writer, bytes("nobody"), &err));
	assert_ok(xc_writer_delete_at(writer, 1, &err));
	assert_matches(db, term("gesetz"), "4");
	assert_int_equal(document_count(db), 3);
	document.id = bytes("");
	assert_error(xc_writer_replace(writer, &document, &docid, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_writer_delete(writer, bytes(""), &err), LUPE_ERROR_ARGUMENT);
	assert_ok(xc_writer_close(writer, &err));
	db = open_database(path);
	assert_matches(db, term("neu"), "2");
	struct xc_statistics statistics;
	assert_ok(xc_database_statistics(db, &statistics, &err));
	assert_int_equal(statistics.last_docid, 9);
	xc_database_close(db);
}

static void an_edit_changes_some_terms_and_values_and_keeps_the_rest(void **state)
{
	(void)state;
	FREE char *path = make_corpus("edit", 0, 4);
	xc_writer *writer = open_writer(path);
	xc_database *db = xc_writer_database(writer);
	const struct xc_bytes removed[] = {bytes("Q2"), bytes("nobody")};
	const struct xc_bytes added[] = {bytes("Q22"), bytes("Pneu")};
	const struct xc_value values[] = {{7, bytes("sieben")}};
	struct xc_edit edit = {removed, 2, added, 2, values, 1};
	struct xc_bytes value;
	xc_document *document;
	uint32_t before, after;
	assert_ok(xc_document_length(db, 2, &before, &err));
	assert_ok(xc_writer_edit(writer, 2, &edit, &err));
	assert_error(xc_writer_edit(writer, 99, &edit, &err), LUPE_ERROR_NOT_FOUND);
	edit.added = &(const struct xc_bytes){NULL, 0};
	edit.added_count = 1;
	assert_error(xc_writer_edit(writer, 2, &edit, &err), LUPE_ERROR_ARGUMENT);
	assert_ok(xc_writer_close(writer, &err));
	db = open_database(path);
	assert_matches(db, term("Q2"), "");
	assert_matches(db, term("Q22"), "2");
	assert_matches(db, term("Pneu"), "2");
	assert_matches(db, term("anpassung"), "2");
	assert_ok(xc_document_length(db, 2, &after, &err));
	assert_int_equal(before, after);
	assert_ok(xc_document_open(db, 2, false, &document, &err));
	assert_ok(xc_document_value(document, 7, &value, &err));
	assert_int_equal(value.len, 6);
	assert_memory_equal(value.ptr, "sieben", 6);
	xc_document_close(document);
	xc_database_close(db);
}

/* ---- Commits and transactions ------------------------------------------------------------------
 */

static void a_cancelled_transaction_leaves_no_trace(void **state)
{
	(void)state;
	FREE char *path = make_corpus("cancel", 0, 2);
	xc_writer *writer = open_writer(path);
	assert_ok(xc_writer_begin_transaction(writer, true, &err));
	add_text(writer, "Q3", &corpus[2]);
	assert_ok(xc_writer_set_metadata(writer, bytes("k"), bytes("v"), &err));
	assert_ok(xc_writer_delete_at(writer, 1, &err));
	assert_error(xc_writer_commit(writer, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_writer_begin_transaction(writer, true, &err), LUPE_ERROR_ARGUMENT);
	assert_matches(xc_writer_database(writer), term("schutz"), "3");
	assert_ok(xc_writer_cancel_transaction(writer, &err));
	assert_matches(xc_writer_database(writer), term("schutz"), "1");
	assert_metadata(xc_writer_database(writer), "k", "");
	assert_error(xc_writer_cancel_transaction(writer, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_writer_commit_transaction(writer, &err), LUPE_ERROR_ARGUMENT);
	assert_ok(xc_writer_close(writer, &err));
}

static void a_committed_transaction_is_published_at_once(void **state)
{
	(void)state;
	FREE char *path = make_corpus("transaction", 0, 2);
	xc_database *db = open_database(path);
	xc_writer *writer = NULL;
	assert_ok(xc_writer_open(path, XC_WRITER_OPEN | XC_WRITER_NO_SYNC, 1, &writer, &err));
	assert_ok(xc_writer_begin_transaction(writer, true, &err));
	for (size_t i = 2; i < 6; i++)
		add_text(writer, "", &corpus[i]); /* each flushed, none published */
	bool changed = true;
	assert_ok(xc_database_reopen(db, &changed, &err));
	assert_false(changed);
	assert_int_equal(document_count(db), 2);
	assert_ok(xc_writer_commit_transaction(writer, &err));
	assert_int_equal(document_count(db), 2);
	assert_ok(xc_database_reopen(db, &changed, &err));
	assert_true(changed);
	assert_int_equal(document_count(db), 6);
	assert_ok(xc_writer_begin_transaction(writer, false, &err));
	add_text(writer, "", &corpus[6]);
	assert_ok(xc_writer_close(writer, &err)); /* a transaction left open is dropped */
	assert_ok(xc_database_reopen(db, NULL, &err));
	assert_int_equal(document_count(db), 6);
	xc_database_close(db);
}

static void a_discarded_writer_leaves_no_trace_and_no_lock(void **state)
{
	(void)state;
	FREE char *path = make_corpus("discard", 0, 2);
	for (int in_transaction = 0; in_transaction < 2; in_transaction++) {
		xc_writer *writer = open_writer(path);
		if (in_transaction)
			assert_ok(xc_writer_begin_transaction(writer, true, &err));
		add_text(writer, "", &corpus[2]);
		xc_writer_discard(writer);
		xc_database *db = open_database(path);
		assert_int_equal(document_count(db), 2);
		xc_database_close(db);
	}
}

static void a_reader_two_commits_behind_is_told_to_reopen(void **state)
{
	(void)state;
	FREE char *path = path_of("modified");
	xc_writer *writer = open_writer(path);
	for (int i = 0; i < 2000; i++)
		add_text(writer, "", &corpus[i % DOCUMENTS]);
	assert_ok(xc_writer_commit(writer, &err));
	xc_database *db = open_database(path);
	lupe_status st = LUPE_OK;
	for (int commits = 1; commits <= 3 && st == LUPE_OK; commits++) {
		for (uint32_t docid = 1; docid <= 2000; docid++) {
			struct xc_new_document document = {.data = bytes("anders")};
			assert_ok(xc_writer_replace_at(writer, docid, &document, &err));
		}
		assert_ok(xc_writer_commit(writer, &err));
		for (uint32_t docid = 1; docid <= 2000 && st == LUPE_OK; docid++) {
			xc_document *document = NULL;
			struct xc_bytes data;
			st = xc_document_open(db, docid, false, &document, &err);
			if (st == LUPE_OK)
				st = xc_document_data(document, &data, &err);
			xc_document_close(document);
		}
		if (commits == 1)
			assert_ok(st);
	}
	assert_error(st, LUPE_ERROR_MODIFIED);
	assert_message_has(path);
	assert_ok(xc_database_reopen(db, NULL, &err));
	assert_data(db, 1, "anders");
	assert_ok(xc_writer_close(writer, &err));
	xc_database_close(db);
}

/* ---- Metadata, terms, posting lists -------------------------------------------------------------
 */

static void metadata_is_kept_and_listed_by_prefix(void **state)
{
	(void)state;
	FREE char *path = path_of("metadata");
	xc_writer *writer = open_writer(path);
	assert_ok(xc_writer_set_metadata(writer, bytes("b.zwei"), bytes("2"), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("a"), bytes("eins"), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("b.drei"), bytes("3"), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("b.weg"), bytes("x"), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("b.weg"), bytes(""), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("nul"), (struct xc_bytes){"\0\1", 2}, &err));
	assert_error(
		xc_writer_set_metadata(writer, bytes(""), bytes("x"), &err), LUPE_ERROR_ARGUMENT);
	assert_ok(xc_writer_close(writer, &err));
	xc_database *db = open_database(path);
	assert_metadata(db, "a", "eins");
	assert_metadata(db, "b.weg", "");
	assert_metadata(db, "never", "");
	struct xc_blob value = XC_BLOB_INIT;
	assert_ok(xc_metadata_get(db, bytes("nul"), &value, &err));
	assert_int_equal(value.bytes.len, 2);
	assert_memory_equal(value.bytes.ptr, "\0\1", 3); /* and a NUL after the end */
	xc_blob_done(&value);
	assert_null(value.bytes.ptr);
	assert_error(xc_metadata_get(db, bytes(""), &value, &err), LUPE_ERROR_ARGUMENT);
	xc_terms *keys = NULL;
	assert_ok(xc_metadata_keys_start(db, bytes(""), &keys, &err));
	assert_terms(keys, "a b.drei b.zwei nul");
	assert_ok(xc_metadata_keys_start(db, bytes("b."), &keys, &err));
	assert_terms(keys, "b.drei b.zwei");
	assert_ok(xc_metadata_keys_start(db, bytes("c"), &keys, &err));
	assert_terms(keys, "");
	xc_database_close(db);
}

static void terms_are_listed_by_prefix_with_their_frequencies(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_terms *terms = NULL;
	assert_ok(xc_terms_start(db, bytes("h"), &terms, &err));
	assert_terms(terms, "haushalt in 3 hilfe in 1");
	assert_ok(xc_terms_start(db, bytes("nobody"), &terms, &err));
	assert_terms(terms, "");
	assert_ok(xc_terms_start(db, bytes(""), &terms, &err));
	assert_terms(terms,
		"Q1 in 1 Q2 in 1 Q3 in 1 Q4 in 1 Q5 in 1 Q6 in 1 Q7 in 1 Q8 in 1 anpassung in 1 "
		"der in 1 gas in 1 gesetz in 3 haushalt in 3 hilfe in 1 in in 1 jugend in 1 "
		"kinder in 1 klima in 4 netz in 1 rente in 2 schutz in 4 strom in 1 und in 3");

	struct xc_term t;
	assert_ok(xc_terms_start(db, bytes(""), &terms, &err));
	assert_ok(xc_terms_skip_to(terms, bytes("gesetz"), &t, &err));
	assert_bytes(t.term, "gesetz");
	assert_ok(xc_terms_skip_to(terms, bytes("a"), &t, &err)); /* passed: the next one */
	assert_bytes(t.term, "haushalt");
	assert_ok(xc_terms_skip_to(terms, bytes("haushalt"), &t, &err));
	assert_bytes(t.term, "hilfe");
	assert_ok(xc_terms_skip_to(terms, bytes("kliff"), &t, &err));
	assert_bytes(t.term, "klima");
	assert_int_equal(t.documents, 4);
	assert_ok(xc_terms_next(terms, &t, &err));
	assert_bytes(t.term, "netz");
	assert_int_equal(xc_terms_skip_to(terms, bytes("zzz"), &t, &err), LUPE_END);
	assert_int_equal(xc_terms_skip_to(terms, bytes("zzz"), &t, &err), LUPE_END);
	assert_int_equal(xc_terms_next(terms, &t, &err), LUPE_END);
	assert_bytes(t.term, "netz"); /* untouched */
	xc_terms_close(terms);

	assert_ok(xc_document_terms_start(db, 3, false, &terms, &err));
	assert_ok(xc_terms_skip_to(terms, bytes("jugend"), &t, &err));
	assert_bytes(t.term, "jugend");
	assert_int_equal(t.wdf, 2);
	assert_terms(terms, "kinder x2 schutz x2 und x2");
	assert_ok(xc_document_terms_start(db, 3, true, &terms, &err));
	assert_terms(terms, "Q3 der x3 @3 hilfe x1 @1 in x1 @1 jugend x2 @2 kinder x2 @2 schutz x2 "
			    "@2 und x2 @2");

	bool exists;
	uint32_t count;
	assert_ok(xc_term_exists(db, bytes("klima"), &exists, &err));
	assert_true(exists);
	assert_ok(xc_term_exists(db, bytes("klim"), &exists, &err));
	assert_false(exists);
	assert_ok(xc_term_documents(db, bytes("klima"), &count, &err));
	assert_int_equal(count, 4);
	assert_ok(xc_term_documents(db, bytes(""), &count, &err));
	assert_int_equal(count, DOCUMENTS);
	assert_ok(xc_term_occurrences(db, bytes("klima"), &count, &err));
	assert_int_equal(count, 5);
	assert_ok(xc_term_occurrences(db, bytes("nobody"), &count, &err));
	assert_int_equal(count, 0);
	xc_database_close(db);
}

static void posting_lists_rise_and_can_skip(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_postings *postings = NULL;
	uint32_t docid, wdf;
	static const uint32_t expected[][2] = {{1, 2}, {2, 1}, {5, 1}, {7, 1}};
	assert_ok(xc_postings_start(db, bytes("klima"), &postings, &err));
	for (size_t i = 0; i < 4; i++) {
		assert_ok(xc_postings_next(postings, &docid, &wdf, &err));
		assert_int_equal(docid, expected[i][0]);
		assert_int_equal(wdf, expected[i][1]);
	}
	assert_int_equal(xc_postings_next(postings, &docid, &wdf, &err), LUPE_END);
	assert_int_equal(xc_postings_skip_to(postings, 1, &docid, &wdf, &err), LUPE_END);
	assert_int_equal(docid, 7);
	xc_postings_close(postings);

	assert_ok(xc_postings_start(db, bytes("klima"), &postings, &err));
	assert_ok(xc_postings_skip_to(postings, 2, &docid, NULL, &err));
	assert_int_equal(docid, 2);
	assert_ok(xc_postings_skip_to(postings, 2, &docid, NULL, &err));
	assert_int_equal(docid, 5);
	assert_ok(xc_postings_skip_to(postings, 6, &docid, &wdf, &err));
	assert_int_equal(docid, 7);
	assert_int_equal(xc_postings_skip_to(postings, 8, &docid, &wdf, &err), LUPE_END);
	xc_postings_close(postings);

	assert_ok(xc_postings_start(db, bytes("nobody"), &postings, &err));
	assert_int_equal(xc_postings_next(postings, &docid, &wdf, &err), LUPE_END);
	xc_postings_close(postings);
	assert_ok(xc_postings_start(db, bytes(""), &postings, &err));
	for (uint32_t i = 1; i <= DOCUMENTS; i++) {
		assert_ok(xc_postings_next(postings, &docid, &wdf, &err));
		assert_int_equal(docid, i);
		assert_int_equal(wdf, 1);
	}
	xc_postings_close(postings);
	xc_database_close(db);
}

static void positions_are_those_that_were_written(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	assert_positions(db, 1, "klima", "1 4");
	assert_positions(db, 3, "der", "2 6 9");
	assert_positions(db, 7, "gesetz", "8");
	assert_positions(db, 7, "Q7", "");
	xc_database_close(db);
}

static void statistics_uuid_and_revision_describe_the_database(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	struct xc_statistics s;
	assert_ok(xc_database_statistics(db, &s, &err));
	assert_int_equal(s.documents, DOCUMENTS);
	assert_int_equal(s.last_docid, DOCUMENTS);
	assert_int_equal(s.total_length, 4 + 2 + 13 + 2 + 3 + 1 + 8 + 5);
	assert_close(s.average_length, 38.0 / 8);
	assert_true(s.has_positions);
	assert_int_equal(s.shards, 1);
	struct xc_blob uuid = XC_BLOB_INIT;
	assert_ok(xc_database_uuid(db, &uuid, &err));
	assert_int_equal(uuid.bytes.len, 36);
	xc_blob_done(&uuid);
	uint64_t revision = 0;
	assert_ok(xc_database_revision(db, &revision, &err));
	assert_true(revision >= 1);
	xc_database_close(db);

	FREE char *path = path_of("empty");
	xc_writer *writer = open_writer(path);
	uint64_t first, second;
	assert_ok(xc_database_revision(xc_writer_database(writer), &first, &err));
	add_text(writer, "", &corpus[0]);
	assert_ok(xc_writer_commit(writer, &err));
	assert_ok(xc_database_revision(xc_writer_database(writer), &second, &err));
	assert_true(second > first);
	assert_ok(xc_writer_delete_at(writer, 1, &err));
	assert_ok(xc_writer_close(writer, &err));
	db = open_database(path);
	assert_ok(xc_database_statistics(db, &s, &err));
	assert_int_equal(s.documents, 0);
	assert_int_equal(s.last_docid, 1);
	assert_false(s.has_positions);
	assert_close(s.average_length, 0);
	assert_matches(db, term("klima"), "");
	xc_database_close(db);
}

/* ---- Several databases
 * ---------------------------------------------------------------------------- */

static void joined_databases_are_read_as_one(void **state)
{
	(void)state;
	FREE char *first = make_corpus("join-1", 0, 5), *second = make_corpus("join-2", 5, 8);
	const char *paths[] = {first, second};
	xc_writer *writer = open_writer(first);
	assert_ok(xc_writer_set_metadata(writer, bytes("key"), bytes("first"), &err));
	assert_ok(xc_writer_close(writer, &err));
	writer = open_writer(second);
	assert_ok(xc_writer_set_metadata(writer, bytes("other"), bytes("second"), &err));
	assert_ok(xc_writer_close(writer, &err));
	xc_database *whole = open_corpus(), *joined = NULL, *added = open_database(first),
		    *other = open_database(second);
	assert_ok(xc_database_open(paths, 2, &joined, &err));
	assert_ok(xc_database_add(added, other, &err));
	assert_error(xc_database_add(added, added, &err), LUPE_ERROR_ARGUMENT);
	xc_database_close(other);
	xc_database *both[] = {joined, added};
	for (int i = 0; i < 2; i++) {
		struct xc_statistics s;
		assert_ok(xc_database_statistics(both[i], &s, &err));
		assert_int_equal(s.documents, DOCUMENTS);
		assert_int_equal(s.total_length, 38);
		assert_int_equal(s.shards, 2);
		/* 1 2 3 4 5 of the first are 1 3 5 7 9; 1 2 3 of the second are 2 4 6. */
		assert_matches(both[i], term("klima"), "1 3 4 9");
		assert_data(both[i], 4, corpus[6].words);
		assert_positions(both[i], 4, "und", "2 4 6");
		xc_terms *terms = NULL;
		assert_ok(xc_terms_start(both[i], bytes("k"), &terms, &err));
		assert_terms(terms, "kinder in 1 klima in 4");
		assert_metadata(both[i], "key", "first"); /* of the first shard alone */
		assert_metadata(both[i], "other", "");
		assert_ok(xc_metadata_keys_start(both[i], bytes(""), &terms, &err));
		assert_terms(terms, "key");
		uint64_t revision;
		assert_error(xc_database_revision(both[i], &revision, &err), LUPE_ERROR_ARGUMENT);
		struct xc_blob uuid = XC_BLOB_INIT;
		assert_ok(xc_database_uuid(both[i], &uuid, &err));
		assert_int_equal(uuid.bytes.len, 73);
		xc_blob_done(&uuid);
		/* Weights are those of the whole. */
		assert_close(
			weight_of(both[i], 4, term("klima")), weight_of(whole, 7, term("klima")));
		assert_close(
			weight_of(both[i], 1, term("klima")), weight_of(whole, 1, term("klima")));
		xc_database_close(both[i]);
	}
	const char *broken[] = {first, root};
	xc_database *db = NULL;
	assert_error(xc_database_open(broken, 2, &db, &err), LUPE_ERROR_NOT_FOUND);
	xc_database_close(whole);
}

static void compacting_merges_documents_and_keeps_the_first_metadata(void **state)
{
	(void)state;
	FREE char *first = make_corpus("compact-1", 0, 5), *second = make_corpus("compact-2", 5, 8);
	FREE char *target = path_of("compacted");
	xc_writer *writer = open_writer(first);
	assert_ok(xc_writer_set_metadata(writer, bytes("both"), bytes("first"), &err));
	assert_ok(xc_writer_delete_at(writer, 2, &err));
	assert_ok(xc_writer_close(writer, &err));
	writer = open_writer(second);
	assert_ok(xc_writer_set_metadata(writer, bytes("both"), bytes("second"), &err));
	assert_ok(xc_writer_set_metadata(writer, bytes("one"), bytes("second"), &err));
	assert_ok(xc_writer_delete_at(writer, 1, &err));
	assert_ok(xc_writer_close(writer, &err));
	const char *sources[] = {first, second};
	assert_ok(xc_compact(sources, 2, target, XC_COMPACT_FULL, &err));

	xc_database *db = open_database(target);
	/* 1 3 4 5 keep their ids with the gap, and 2 3 of the second follow as 6 7. */
	assert_matches(db, term("schutz"), "1 3 5 6");
	assert_data(db, 6, corpus[6].words);
	assert_data(db, 7, corpus[7].words);
	assert_positions(db, 6, "und", "2 4 6");
	assert_positions(db, 1, "klima", "1 4");
	assert_metadata(db, "both", "first");
	assert_metadata(db, "one", "second");
	xc_document *document = NULL;
	struct xc_bytes value;
	assert_ok(xc_document_open(db, 7, false, &document, &err));
	assert_ok(xc_document_value(document, SLOT_YEAR, &value, &err));
	assert_bytes(value, "2018");
	xc_document_close(document);
	struct xc_statistics s;
	assert_ok(xc_database_statistics(db, &s, &err));
	assert_int_equal(s.documents, 6);
	assert_int_equal(s.total_length, 38 - 2 - 1);
	xc_database_close(db);
	size_t errors = 4711;
	assert_ok(xc_check(target, &errors, &err));
	assert_int_equal(errors, 0);

	assert_error(xc_compact(sources, 2, target, 0, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_compact(sources, 2, first, 0, &err), LUPE_ERROR_ARGUMENT);
	FREE char *other = path_of("compacted-2");
	assert_error(xc_compact(sources, 0, other, 0, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_compact(sources, 2, other, XC_COMPACT_NO_RENUMBER, &err),
		LUPE_ERROR_ARGUMENT); /* 1-5 and 2-3 overlap */
	const char *missing[] = {first, root};
	assert_error(xc_compact(missing, 2, other, 0, &err), LUPE_ERROR_NOT_FOUND);
	assert_message_has(root);
}

static void compacting_can_keep_document_ids(void **state)
{
	(void)state;
	FREE char *first = make_corpus("keep-1", 0, 2), *second = path_of("keep-2");
	FREE char *target = path_of("kept");
	xc_writer *writer = open_writer(second);
	struct xc_new_document document = {.data = bytes("hundert")};
	assert_ok(xc_writer_replace_at(writer, 100, &document, &err));
	assert_ok(xc_writer_close(writer, &err));
	const char *sources[] = {first, second};
	assert_ok(xc_compact(
		sources, 2, target, XC_COMPACT_NO_RENUMBER | XC_COMPACT_MULTIPASS, &err));
	xc_database *db = open_database(target);
	assert_data(db, 2, corpus[1].words);
	assert_data(db, 100, "hundert");
	xc_database_close(db);
}

static void checking_finds_damage(void **state)
{
	(void)state;
	FREE char *path = make_corpus("check", 0, DOCUMENTS),
		  *table = path_of("check/postlist.glass");
	size_t errors = 4711;
	assert_ok(xc_check(path, &errors, &err));
	assert_int_equal(errors, 0);
	struct stat info;
	assert_int_equal(stat(table, &info), 0);
	int fd = open(table, O_WRONLY);
	char junk[64];
	memset(junk, 0xff, sizeof junk);
	for (off_t at = 0; at < info.st_size; at += 256)
		assert_int_equal(pwrite(fd, junk, sizeof junk, at), sizeof junk);
	close(fd);
	lupe_status st = xc_check(path, &errors, &err);
	assert_true(st == LUPE_ERROR_CORRUPT || (st == LUPE_OK && errors > 0));
}

/* ---- Ranking
 * ------------------------------------------------------------------------------------- */

static unsigned count_word(const char *words, const char *word)
{
	unsigned count = 0;
	for (size_t len; *words; words += len + strspn(words + len, " ")) {
		len = strcspn(words, " ");
		count += len == strlen(word) && memcmp(words, word, len) == 0;
	}
	return count;
}

static unsigned count_words(const char *words)
{
	unsigned count = *words != '\0';
	for (; *words; words++)
		count += *words == ' ';
	return count;
}

struct weighted_word {
	const char *word;
	unsigned wqf;
};

/** BM25 as the header states it, computed from the corpus itself. */
static double naive_bm25(const struct text *text, const struct weighted_word *words, size_t count,
	const struct xc_search_options *o)
{
	double total = 0, weight = 0, query_length = 0;
	bool matches = false;
	for (size_t d = 0; d < DOCUMENTS; d++)
		total += count_words(corpus[d].words);
	double length = count_words(text->words) / (total / DOCUMENTS);
	if (length < o->min_normlen)
		length = o->min_normlen;
	for (size_t i = 0; i < count; i++) {
		double n = 0, wqf = words[i].wqf, wdf = count_word(text->words, words[i].word);
		for (size_t d = 0; d < DOCUMENTS; d++)
			n += count_word(corpus[d].words, words[i].word) > 0;
		query_length += wqf;
		if (wdf == 0)
			continue;
		matches = true;
		double t = (DOCUMENTS - n + .5) / (n + .5);
		double idf = t < 2 ? log(t / 2 + 1) : log(t);
		double k3 = o->k3 != 0 ? (o->k3 + 1) * wqf / (o->k3 + wqf) : 1;
		weight += idf * k3 * (o->k1 + 1) * wdf / (o->k1 * (o->b * length + 1 - o->b) + wdf);
	}
	if (matches && o->k2 != 0)
		weight += 2 * o->k2 * query_length / (1 + length);
	return weight;
}

static void assert_ranked_as_computed(xc_database *db, const struct weighted_word *words,
	size_t count, const struct xc_search_options *options)
{
	xc_query *subs[8];
	for (size_t i = 0; i < count; i++)
		subs[i] = term_wqf(words[i].word, words[i].wqf);
	xc_query *query = join(xc_query_or, count, subs);
	xc_matches *matches = search(db, query, options);
	bool seen[DOCUMENTS] = {false};
	uint32_t found = xc_matches_count(matches), expected = 0, last = 0;
	double previous = INFINITY;
	for (uint32_t i = 0; i < found; i++) {
		struct xc_match match;
		assert_ok(xc_matches_item(matches, i, &match, &err));
		assert_close(
			match.weight, naive_bm25(&corpus[match.docid - 1], words, count, options));
		assert_true(match.weight < previous || match.docid > last);
		assert_true(match.weight <= previous);
		assert_true(match.percent > 0 && match.percent <= 100);
		previous = match.weight;
		last = match.docid;
		seen[match.docid - 1] = true;
	}
	for (size_t d = 0; d < DOCUMENTS; d++) {
		bool should = naive_bm25(&corpus[d], words, count, options) > 0;
		assert_int_equal(seen[d], should);
		expected += should;
	}
	assert_int_equal(found, expected);
	xc_matches_close(matches);
	xc_query_free(query);
}

static void ranking_equals_bm25_computed_by_hand(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	static const struct weighted_word queries[][3] = {
		{{"klima", 1}, {"schutz", 1}, {"gesetz", 1}},
		{{"klima", 3}, {"haushalt", 1}, {"und", 2}},
		{{"rente", 1}, {"der", 5}, {"nobody", 1}},
	};
	struct xc_search_options options = all_items(), o[6];
	for (int i = 0; i < 6; i++)
		o[i] = options;
	o[1].k1 = 1.2, o[1].b = 0.75, o[1].k3 = 8;
	o[2].min_normlen = 0, o[2].b = 1, o[2].k1 = 2;
	o[3].k2 = 0.7;
	o[4].k1 = 0, o[4].k3 = 0;
	o[5].b = 0, o[5].min_normlen = 3, o[5].k2 = 0.1;
	for (size_t q = 0; q < 3; q++)
		for (int i = 0; i < 6; i++)
			assert_ranked_as_computed(db, queries[q], 3, &o[i]);
	xc_database_close(db);
}

static void without_weighting_every_weight_is_zero(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	struct xc_search_options options = all_items();
	options.weighting = XC_WEIGHTING_NONE;
	xc_query *query = term("klima");
	xc_matches *matches = search(db, query, &options);
	for (uint32_t i = 0; i < 4; i++) {
		struct xc_match match;
		assert_ok(xc_matches_item(matches, i, &match, &err));
		assert_close(match.weight, 0);
	}
	xc_matches_close(matches);
	xc_query_free(query);
	xc_database_close(db);
}

/* ---- Queries
 * -------------------------------------------------------------------------------------- */

static void operators_match_what_they_say(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_query *query = NULL;
	assert_matches(db, term("klima"), "1 2 5 7");
	assert_matches(
		db, JOIN(xc_query_or, term("anpassung"), term("rente"), term("gas")), "2 6 7 8");
	assert_matches(
		db, JOIN(xc_query_and, term("klima"), term("schutz"), term("gesetz")), "1 7");
	assert_matches(
		db, JOIN(xc_query_and_not, term("klima"), term("gesetz"), term("anpassung")), "5");
	assert_matches(
		db, JOIN(xc_query_filter, term("klima"), term("schutz"), term("haushalt")), "5 7");
	assert_matches(db, JOIN(xc_query_and_maybe, term("klima"), term("rente")), "1 2 5 7");
	assert_matches(db, JOIN(xc_query_synonym, term("rente"), term("netz")), "6 7 8");
	assert_matches(db, JOIN(xc_query_max, term("rente"), term("klima")), "1 2 5 6 7");
	assert_matches(db, scaled(0, term("rente")), "6 7");
	assert_ok(xc_query_all(&query, &err));
	assert_matches(db, query, "1 2 3 4 5 6 7 8");
	assert_ok(xc_query_nothing(&query, &err));
	assert_matches(db, JOIN(xc_query_or, query, term("rente")), "6 7");
	assert_ok(xc_query_nothing(&query, &err));
	assert_matches(db, JOIN(xc_query_and, query, term("rente")), "");
	assert_ok(xc_query_all(&query, &err));
	assert_matches(db, JOIN(xc_query_and_not, query, term("klima")), "3 4 6 8");
	assert_ok(xc_query_or(NULL, 0, &query, &err));
	assert_matches(db, query, "");
	assert_ok(xc_query_and(NULL, 0, &query, &err));
	assert_matches(db, query, "");
	assert_matches(db, JOIN(xc_query_synonym, term("rente")), "6 7");
	assert_matches(db, term("nobody"), "");
	query = NULL;
	assert_error(xc_query_term(bytes(""), 1, &query, &err), LUPE_ERROR_ARGUMENT);
	xc_query *sub = term("klima");
	assert_error(xc_query_scale(sub, -1, &query, &err), LUPE_ERROR_ARGUMENT);
	assert_error(xc_query_scale(sub, NAN, &query, &err), LUPE_ERROR_ARGUMENT);
	assert_null(query);
	xc_query_free(sub);
	xc_database_close(db);
}

static void operators_weigh_as_they_say(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	double klima = weight_of(db, 1, term("klima")), schutz = weight_of(db, 1, term("schutz"));
	assert_true(klima > 0 && schutz > 0 && klima != schutz);
	assert_close(
		weight_of(db, 1, JOIN(xc_query_or, term("klima"), term("schutz"))), klima + schutz);
	assert_close(weight_of(db, 1, JOIN(xc_query_and, term("klima"), term("schutz"))),
		klima + schutz);
	assert_close(weight_of(db, 1, JOIN(xc_query_and_maybe, term("klima"), term("schutz"))),
		klima + schutz);
	assert_close(weight_of(db, 1, JOIN(xc_query_filter, term("klima"), term("schutz"))), klima);
	assert_close(weight_of(db, 1, JOIN(xc_query_and_not, term("klima"), term("rente"))), klima);
	assert_close(weight_of(db, 1, JOIN(xc_query_max, term("klima"), term("schutz"))),
		fmax(klima, schutz));
	assert_close(weight_of(db, 1, scaled(2.5, term("klima"))), 2.5 * klima);
	assert_close(weight_of(db, 1, scaled(0, term("klima"))), 0);
	assert_close(
		weight_of(db, 1, JOIN_WINDOW(xc_query_phrase, 2, term("klima"), term("schutz"))),
		klima + schutz);

	/* A synonym is one term with the wdf of both, in an estimated number of documents. */
	double wdf = 2 + 1, n = floor(DOCUMENTS * (1 - (1 - 4.0 / 8) * (1 - 4.0 / 8)) + .5);
	double t = (DOCUMENTS - n + .5) / (n + .5), length = 4 / (38.0 / 8);
	assert_close(weight_of(db, 1, JOIN(xc_query_synonym, term("klima"), term("schutz"))),
		log(t / 2 + 1) * 2 * wdf / (.5 * length + .5 + wdf));
	xc_database_close(db);
}

static void phrases_and_nearness_go_by_positions(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	assert_matches(db, JOIN_WINDOW(xc_query_phrase, 0, term("klima"), term("schutz")), "1");
	assert_matches(db, JOIN_WINDOW(xc_query_phrase, 3, term("klima"), term("schutz")), "1 5 7");
	assert_matches(db, JOIN_WINDOW(xc_query_phrase, 3, term("schutz"), term("klima")), "1");
	assert_matches(db,
		JOIN_WINDOW(xc_query_phrase, 0, term("kinder"), term("und"), term("jugend")), "3");
	assert_matches(db,
		JOIN_WINDOW(xc_query_phrase, 0, term("jugend"), term("und"), term("kinder")), "");
	assert_matches(db, JOIN_WINDOW(xc_query_near, 0, term("gesetz"), term("schutz")), "1 7");
	assert_matches(db, JOIN_WINDOW(xc_query_near, 2, term("klima"), term("gesetz")), "1");
	assert_matches(db, JOIN_WINDOW(xc_query_near, 4, term("klima"), term("gesetz")), "1 7");
	assert_matches(db,
		JOIN_WINDOW(xc_query_near, 2, term("klima"),
			JOIN(xc_query_or, term("anpassung"), term("haushalt"))),
		"2 5");

	xc_query *bad = JOIN(xc_query_and, term("klima"), term("schutz")), *phrase = NULL;
	xc_query *subs[] = {bad, bad};
	lupe_status st = xc_query_phrase((const xc_query *const *)subs, 2, 2, &phrase, &err);
	xc_matches *matches = NULL;
	if (st == LUPE_OK)
		st = xc_search(db, phrase, NULL, &matches, &err);
	assert_error(st, LUPE_ERROR_ARGUMENT);
	assert_null(matches);
	xc_query_free(phrase);
	xc_query_free(bad);
	xc_database_close(db);
}

static void value_ranges_include_both_ends(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_query *query = NULL;
	assert_ok(xc_query_value_range(SLOT_YEAR, bytes("2018"), bytes("2019"), &query, &err));
	assert_matches(db, query, "1 3 7 8");
	assert_ok(xc_query_value_range(SLOT_YEAR, bytes("2021"), bytes("2018"), &query, &err));
	assert_matches(db, query, "");
	assert_ok(xc_query_value_ge(SLOT_YEAR, bytes("2020"), &query, &err));
	assert_matches(db, query, "2 4 6");
	assert_ok(xc_query_value_le(SLOT_YEAR, bytes("2018"), &query, &err));
	assert_matches(db, query, "7 8"); /* but not 5, which has no value */
	assert_ok(xc_query_value_range(SLOT_YEAR, bytes(""), bytes("2018"), &query, &err));
	assert_matches(db, query, "7 8");
	assert_ok(xc_query_value_le(SLOT_YEAR, bytes("9"), &query, &err));
	assert_matches(db, query, "1 2 3 4 6 7 8");
	assert_ok(xc_query_value_le(SLOT_YEAR, bytes(""), &query, &err));
	assert_matches(db, query, "");
	assert_ok(xc_query_value_ge(SLOT_YEAR, bytes(""), &query, &err));
	assert_matches(db, query, "1 2 3 4 5 6 7 8");
	assert_ok(xc_query_value_ge(SLOT_NONE, bytes("a"), &query, &err));
	assert_matches(db, query, "");
	assert_ok(xc_query_value_ge(SLOT_YEAR, bytes("2019"), &query, &err));
	double weight = weight_of(db, 1, term("klima"));
	assert_close(weight_of(db, 1, JOIN(xc_query_filter, term("klima"), query)), weight);
	assert_ok(xc_query_value_ge(SLOT_YEAR, bytes("2019"), &query, &err));
	assert_close(weight_of(db, 1, JOIN(xc_query_and, term("klima"), query)), weight);
	xc_database_close(db);
}

/* A year that ends as the context says; a failure if there is none to end so. */
struct ending {
	char digit;
	lupe_status otherwise;
	uint32_t slot;
	size_t asked;
};

static lupe_status ends_so(void *context, xc_values *values)
{
	struct ending *ending = context;
	struct xc_bytes value;
	assert_ok(xc_values_get(values, ending->slot, &value));
	ending->asked++;
	return value.len && value.ptr[value.len - 1] == ending->digit ? LUPE_OK : ending->otherwise;
}

static void a_function_of_the_callers_decides_by_values(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_query *query = NULL;
	struct ending nine = {'9', LUPE_END, SLOT_YEAR, 0}, never = {'9', LUPE_END, SLOT_NONE, 0};
	assert_ok(xc_query_test(ends_so, &nine, NULL, 0, &query, &err));
	assert_matches(db, query, "1 3");
	assert_ok(xc_query_test(ends_so, &never, NULL, 0, &query, &err));
	assert_matches(db, query, "");
	nine.asked = 0;
	assert_ok(xc_query_test(ends_so, &nine, NULL, 0, &query, &err));
	assert_matches(db, JOIN(xc_query_and, query, term("rente")), "");
	assert_true(nine.asked < DOCUMENTS / 2); /* only those with the word */
	assert_ok(xc_query_test(ends_so, &nine, NULL, 0, &query, &err));
	assert_matches(db, JOIN(xc_query_and_not, term("klima"), query), "2 5 7");
	assert_ok(xc_query_test(ends_so, &nine, NULL, 0, &query, &err));
	double weight = weight_of(db, 1, term("klima"));
	assert_close(weight_of(db, 1, JOIN(xc_query_and, query, term("klima"))), weight);

	const struct xc_bytes good[] = {bytes("rente"), bytes("nirgends"), bytes("klima")};
	never.asked = 0;
	assert_ok(xc_query_test(ends_so, &never, good, 3, &query, &err));
	assert_matches(db, query, "1 2 5 6 7");
	assert_int_equal(never.asked, DOCUMENTS - 5); /* none of those */

	struct ending fails = {'9', LUPE_ERROR_CORRUPT, SLOT_YEAR, 0};
	xc_matches *matches = NULL;
	assert_ok(xc_query_test(ends_so, &fails, NULL, 0, &query, &err));
	assert_error(xc_search(db, query, NULL, &matches, &err), LUPE_ERROR_CORRUPT);
	xc_query_free(query);
	xc_database_close(db);
}

static void a_query_describes_itself(void **state)
{
	(void)state;
	xc_query *query =
		JOIN(xc_query_or, JOIN(xc_query_synonym, term("a"), term("b")), term_wqf("c", 2));
	struct xc_blob text = XC_BLOB_INIT;
	assert_ok(xc_query_description(query, &text, &err));
	assert_bytes(text.bytes, "Query(((a SYNONYM b) OR c#2))");
	xc_blob_done(&text);
	xc_query_free(query);
}

/* ---- Searching
 * ------------------------------------------------------------------------------------ */

static void results_can_be_paged_and_their_total_is_known(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_query *query = JOIN(xc_query_or, term("klima"), term("rente"), term("netz"));
	struct xc_search_options options = all_items();
	options.check_at_least = UINT32_MAX;
	xc_matches *all = search(db, query, &options);
	assert_int_equal(xc_matches_count(all), 6);
	options.first = 2;
	options.max_items = 3;
	xc_matches *page = search(db, query, &options);
	assert_int_equal(xc_matches_count(page), 3);
	for (uint32_t i = 0; i < 3; i++) {
		struct xc_match a, b;
		assert_ok(xc_matches_item(all, i + 2, &a, &err));
		assert_ok(xc_matches_item(page, i, &b, &err));
		assert_int_equal(a.docid, b.docid);
		assert_close(a.weight, b.weight);
		assert_int_equal(b.collapse_count, 0);
		assert_int_equal(b.collapse_key.len, 0);
	}
	struct xc_total total, before;
	xc_matches_total(page, &total, &before);
	assert_true(total.lower == 6 && total.estimated == 6 && total.upper == 6);
	assert_true(before.lower == 6 && before.upper == 6);
	xc_matches_close(page);
	options.first = UINT32_MAX;
	options.max_items = UINT32_MAX;
	page = search(db, query, &options);
	assert_int_equal(xc_matches_count(page), 0);
	struct xc_match untouched = {.docid = 4711};
	assert_int_equal(xc_matches_item(page, 0, &untouched, &err), LUPE_END);
	assert_int_equal(untouched.docid, 4711);
	xc_matches_close(page);
	xc_matches_close(all);
	all = search(db, query, NULL);
	assert_int_equal(xc_matches_count(all), 6);
	xc_matches_close(all);
	xc_query_free(query);
	xc_database_close(db);
}

static void results_sort_by_value_and_relevance(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	struct xc_search_options o = all_items();
	o.sort = XC_SORT_VALUE;
	o.sort_slot = SLOT_YEAR;
	/* klima: 1 (2019), 2 (2020), 5 (none), 7 (2018) */
	assert_finds_with(db, term("klima"), &o, "5 7 1 2");
	o.sort_descending = true;
	assert_finds_with(db, term("klima"), &o, "2 1 7 5");
	/* kind: gesetz 1 7, bericht 2 5; within it by weight: 1 > 7, 2 > 5 */
	o.sort = XC_SORT_VALUE_THEN_RELEVANCE;
	o.sort_slot = SLOT_KIND;
	assert_finds_with(db, term("klima"), &o, "1 7 2 5");
	o.sort_descending = false;
	assert_finds_with(db, term("klima"), &o, "2 5 1 7");
	/* equal weights, told apart by year: 1 3 (2019) 2 6 (2020) 4 (2021) 5 () 7 8 (2018) */
	o.sort = XC_SORT_RELEVANCE_THEN_VALUE;
	o.sort_slot = SLOT_YEAR;
	xc_query *all = NULL;
	assert_ok(xc_query_all(&all, &err));
	assert_finds_with(db, all, &o, "5 7 8 1 3 2 6 4");
	o.sort_descending = true;
	o.docid_order = XC_DOCID_DESCENDING;
	assert_ok(xc_query_all(&all, &err));
	assert_finds_with(db, all, &o, "4 6 2 3 1 8 7 5");
	assert_finds_with(db, term("klima"), &o, "1 2 5 7"); /* by weight, all different */
	o = all_items();
	o.docid_order = XC_DOCID_DESCENDING;
	assert_ok(xc_query_all(&all, &err));
	assert_finds_with(db, all, &o, "8 7 6 5 4 3 2 1");
	o.docid_order = XC_DOCID_ANY;
	xc_query *klima = term("klima");
	xc_matches *matches = search(db, klima, &o);
	assert_int_equal(xc_matches_count(matches), 4);
	xc_matches_close(matches);
	xc_query_free(klima);
	xc_database_close(db);
}

static void collapsing_keeps_the_best_of_each_value(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	struct xc_search_options o = all_items();
	o.collapse_slot = SLOT_KIND;
	o.check_at_least = UINT32_MAX;
	xc_query *all = NULL;
	assert_ok(xc_query_all(&all, &err));
	xc_matches *matches = search(db, all, &o);
	assert_docids(matches, "1 2 3 6"); /* gesetz 1 4 7, bericht 2 5 8, 3 and 6 without */
	struct xc_match match;
	assert_ok(xc_matches_item(matches, 0, &match, &err));
	assert_bytes(match.collapse_key, "gesetz");
	assert_int_equal(match.collapse_count, 2);
	assert_ok(xc_matches_item(matches, 2, &match, &err));
	assert_bytes(match.collapse_key, "");
	assert_int_equal(match.collapse_count, 0);
	struct xc_total total, before;
	xc_matches_total(matches, &total, &before);
	assert_int_equal(total.estimated, 4);
	assert_int_equal(before.estimated, 8);
	xc_matches_total(matches, &total, NULL);
	xc_matches_close(matches);
	o.collapse_max = 2;
	assert_finds_with(db, all, &o, "1 2 3 4 5 6");
	xc_database_close(db);
}

static void facets_count_the_values_of_all_matches(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	static const uint32_t slots[] = {SLOT_YEAR, SLOT_KIND};
	struct xc_search_options o = all_items();
	o.facet_slots = slots;
	o.facet_count = 2;
	o.max_items = 1;
	o.check_at_least = UINT32_MAX;
	xc_query *query = JOIN(xc_query_or, term("klima"), term("schutz"));
	xc_matches *matches = search(db, query, &o);
	xc_query_free(query);
	assert_int_equal(xc_matches_count(matches), 1);
	xc_terms *values = NULL;
	uint32_t counted = 0;
	assert_ok(xc_facets_start(matches, SLOT_YEAR, &counted, &values, &err));
	assert_int_equal(counted, 5);
	assert_terms(values, "2018 in 1 2019 in 2 2020 in 1");
	assert_ok(xc_facets_start(matches, SLOT_KIND, NULL, &values, &err));
	assert_terms(values, "bericht in 2 gesetz in 2");
	struct xc_term t;
	assert_ok(xc_facets_start(matches, SLOT_YEAR, NULL, &values, &err));
	assert_ok(xc_terms_skip_to(values, bytes("2019"), &t, &err));
	assert_bytes(t.term, "2019");
	assert_terms(values, "2020 in 1");
	values = NULL;
	assert_error(xc_facets_start(matches, SLOT_NONE, NULL, &values, &err), LUPE_ERROR_ARGUMENT);
	assert_null(values);
	assert_ok(xc_facets_start(matches, SLOT_KIND, NULL, &values, &err));
	xc_matches_close(matches);
	assert_terms(values, "bericht in 2 gesetz in 2"); /* outlives the matches */
	xc_database_close(db);
}

static void matching_terms_and_their_statistics_are_told(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	xc_query *query = JOIN(xc_query_or, term("schutz"), term("klima"), term("rente"));
	xc_matches *matches = search(db, query, NULL);
	struct xc_match match;
	assert_ok(xc_matches_item(matches, 0, &match, &err));
	assert_int_equal(match.docid, 7);
	xc_terms *terms = NULL;
	assert_ok(xc_matching_terms_start(matches, 0, &terms, &err));
	assert_terms(terms, "klima rente schutz");
	assert_ok(xc_matching_terms_start(matches, 0, &terms, &err));
	struct xc_term t;
	assert_error(xc_terms_skip_to(terms, bytes("l"), &t, &err), LUPE_ERROR_ARGUMENT);
	xc_terms_close(terms);
	uint32_t last = xc_matches_count(matches) - 1;
	assert_ok(xc_matches_item(matches, last, &match, &err));
	assert_ok(xc_matching_terms_start(matches, last, &terms, &err));
	assert_terms(terms, match.docid == 3 ? "schutz" : "klima");
	assert_error(xc_matching_terms_start(matches, 99, &terms, &err), LUPE_ERROR_ARGUMENT);

	uint32_t documents;
	double weight;
	assert_ok(xc_matches_term(matches, bytes("klima"), &documents, &weight, &err));
	assert_int_equal(documents, 4);
	assert_true(weight >= weight_of(db, 1, term("klima")));
	assert_ok(xc_matches_term(matches, bytes("gesetz"), &documents, NULL, &err));
	assert_int_equal(documents, 3);
	documents = 4711;
	assert_error(xc_matches_term(matches, bytes("gesetz"), &documents, &weight, &err),
		LUPE_ERROR_ARGUMENT);
	assert_int_equal(documents, 4711);
	xc_matches_close(matches);
	xc_query_free(query);
	xc_database_close(db);
}

static void cutoffs_and_limits_are_obeyed(void **state)
{
	(void)state;
	xc_database *db = open_corpus();
	struct xc_search_options o = all_items();
	o.time_limit_s = 10;
	o.weight_cutoff = weight_of(db, 2, term("klima")) - 1e-6;
	assert_finds_with(db, term("klima"), &o, "1 2");
	o.weight_cutoff = 0;
	o.percent_cutoff = 100;
	assert_finds_with(db, term("klima"), &o, "1");
	xc_query *query = term("klima");
	xc_matches *matches = NULL;
	o.percent_cutoff = 101;
	assert_error(xc_search(db, query, &o, &matches, &err), LUPE_ERROR_ARGUMENT);
	o.percent_cutoff = 0;
	o.weight_cutoff = -1;
	assert_error(xc_search(db, query, &o, &matches, &err), LUPE_ERROR_ARGUMENT);
	assert_null(matches);
	xc_query_free(query);
	xc_database_close(db);
}

/* ---- Out of memory
 * --------------------------------------------------------------------------------- */

#ifndef WITH_ASAN
/** Allows this process `room` bytes of address space more than it has now. */
static void limit_memory(size_t room)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (!f || fscanf(f, "%lu", &pages) != 1)
		_exit(99);
	fclose(f);
	rlim_t limit = pages * (rlim_t)sysconf(_SC_PAGESIZE) + room;
	if (setrlimit(RLIMIT_AS, &(struct rlimit){limit, limit}) != 0)
		_exit(99);
}

/** A document of many terms: LUPE_OK or how it failed. */
static lupe_status write_much(const char *path)
{
	enum { MANY = 20000 };
	static char names[MANY][12];
	static struct xc_posting postings[MANY];
	static const uint32_t positions[] = {1, 5, 9};
	for (int i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof names[i], "t%d", i);
		postings[i] = (struct xc_posting){bytes(names[i]), 3, positions, 3};
	}
	struct xc_new_document document = {.postings = postings, .posting_count = MANY};
	xc_writer *writer = NULL;
	uint32_t docid;
	lupe_status st = xc_writer_open(
		path, XC_WRITER_CREATE_OR_OVERWRITE | XC_WRITER_NO_SYNC, 0, &writer, &err);
	if (st == LUPE_OK)
		st = xc_writer_add(writer, &document, &docid, &err);
	if (st == LUPE_OK)
		return xc_writer_close(writer, &err);
	xc_writer_discard(writer);
	return st;
}

/** All in one: open, search, read. */
static lupe_status read_much(const char *path)
{
	xc_database *db = NULL;
	xc_query *query = NULL;
	xc_matches *matches = NULL;
	xc_document *document = NULL;
	struct xc_bytes data;
	struct xc_positions positions = {0};
	lupe_status st = xc_database_open(&path, 1, &db, &err);
	if (st == LUPE_OK)
		st = xc_query_term(bytes("t7"), 1, &query, &err);
	if (st == LUPE_OK)
		st = xc_search(db, query, NULL, &matches, &err);
	if (st == LUPE_OK)
		st = xc_document_open(db, 1, false, &document, &err);
	if (st == LUPE_OK)
		st = xc_document_data(document, &data, &err);
	if (st == LUPE_OK)
		st = xc_positions_read(db, 1, bytes("t7"), &positions, &err);
	xc_positions_done(&positions);
	xc_document_close(document);
	xc_matches_close(matches);
	xc_query_free(query);
	xc_database_close(db);
	return st;
}

/** Runs `work` in a child with `room` bytes to spare; returns its status, or 99 if it died. */
static int status_with(size_t room, lupe_status (*work)(const char *), const char *path)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		limit_memory(room);
		_exit(-work(path));
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : 99;
}
#endif

static void running_out_of_memory_is_an_error_like_others(void **state)
{
	(void)state;
#ifdef WITH_ASAN
	print_message("[  note    ] the address sanitizer needs all address space\n");
	skip();
#else
	if (getenv("LD_PRELOAD") || getenv("VALGRIND_LIB")) {
		print_message("[  note    ] not with other programs in the address space\n");
		skip();
	}
	FREE char *path = path_of("memory");
	assert_ok(write_much(path));
	int failed = 0, succeeded = 0;
	for (size_t room = 0; room < 24 << 20; room += room < 4 << 20 ? 128 << 10 : 2 << 20) {
		int st = status_with(room, write_much, path);
		failed += st == LUPE_ERROR_MEMORY;
		succeeded += st == LUPE_OK;
		if (st != LUPE_OK && st != LUPE_ERROR_MEMORY && st != LUPE_ERROR_IO)
			fail_msg("writing with %zu bytes to spare: status %d", room, st);
	}
	assert_true(failed > 0 && succeeded > 0);
	assert_ok(write_much(path));
	for (size_t room = 0; room < 1 << 20; room += 16 << 10) {
		int st = status_with(room, read_much, path);
		if (st != LUPE_OK && st != LUPE_ERROR_MEMORY)
			fail_msg("reading with %zu bytes to spare: status %d", room, st);
	}
#endif
}

/* ---- Remote
 * ------------------------------------------------------------------------------------------ */

/** A port on the loopback address that nobody listens on. */
static uint16_t free_port(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof address;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	close(fd);
	return ntohs(address.sin_port);
}

static void nobody_listening_is_an_io_error(void **state)
{
	(void)state;
	xc_database *db = NULL;
	char name[40];
	uint16_t port = free_port();
	snprintf(name, sizeof name, "127.0.0.1:%u", port);
	assert_error(xc_database_open_remote("127.0.0.1", port, 1000, &db, &err), LUPE_ERROR_IO);
	assert_message_has(name);
	assert_error(
		xc_database_open_remote("no.such.host.invalid", 1, 1000, &db, &err), LUPE_ERROR_IO);
	assert_null(db);
}

/** Starts xapian-tcpsrv ($XAPIAN_TCPSRV, else from $PATH) and connects; 0 if there is none. */
static pid_t start_server(const char *path, xc_database **ret_db)
{
	uint16_t port = free_port();
	char port_text[8];
	snprintf(port_text, sizeof port_text, "%u", port);
	const char *program = getenv("XAPIAN_TCPSRV") ? getenv("XAPIAN_TCPSRV") : "xapian-tcpsrv";
	pid_t server = fork();
	if (server == 0) {
		execlp(program, program, "--interface", "127.0.0.1", "--port", port_text, "--quiet",
			path, (char *)NULL);
		_exit(127);
	}
	for (int tries = 0; tries < 500; tries++) {
		int status;
		if (waitpid(server, &status, WNOHANG) == server) {
			assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 127);
			return 0;
		}
		if (xc_database_open_remote("127.0.0.1", port, 5000, ret_db, &err) == LUPE_OK)
			return server;
		usleep(20000);
	}
	fail_msg("no connection: %s", err.message);
	return 0;
}

static void a_remote_database_answers_as_a_local_one(void **state)
{
	(void)state;
	xc_database *local = open_corpus(), *remote = NULL;
	FREE char *path = path_of("corpus");
	pid_t server = start_server(path, &remote);
	if (server == 0) {
		print_message("[  note    ] no xapian-tcpsrv (Debian: xapian-tools)\n");
		xc_database_close(local);
		skip();
	}
	struct xc_statistics s;
	assert_ok(xc_database_statistics(remote, &s, &err));
	assert_int_equal(s.documents, DOCUMENTS);
	assert_true(s.has_positions);
	uint64_t revision;
	assert_error(xc_database_revision(remote, &revision, &err), LUPE_ERROR_ARGUMENT);
	assert_positions(remote, 3, "der", "2 6 9");
	assert_data(remote, 4, corpus[3].words);
	assert_close(weight_of(remote, 7, term("klima")), weight_of(local, 7, term("klima")));
	xc_terms *terms = NULL;
	assert_ok(xc_terms_start(remote, bytes("h"), &terms, &err));
	assert_terms(terms, "haushalt in 3 hilfe in 1");
	assert_ok(xc_document_terms_start(remote, 1, false, &terms, &err));
	assert_terms(terms, "Q1 gesetz x1 klima x2 schutz x1");
	xc_postings *postings = NULL;
	uint32_t docid, wdf;
	assert_ok(xc_postings_start(remote, bytes("klima"), &postings, &err));
	assert_ok(xc_postings_skip_to(postings, 3, &docid, &wdf, &err));
	assert_int_equal(docid, 5);
	xc_postings_close(postings);

	static const uint32_t slots[] = {SLOT_KIND};
	struct xc_search_options o = all_items();
	o.facet_slots = slots;
	o.facet_count = 1;
	o.check_at_least = UINT32_MAX;
	xc_query *query = JOIN_WINDOW(xc_query_phrase, 3, term("klima"), term("schutz"));
	xc_matches *matches = search(remote, query, &o);
	assert_int_equal(xc_matches_count(matches), 3);
	assert_ok(xc_facets_start(matches, SLOT_KIND, NULL, &terms, &err));
	assert_terms(terms, "bericht in 1 gesetz in 2");
	assert_ok(xc_matching_terms_start(matches, 0, &terms, &err));
	assert_terms(terms, "klima schutz");
	xc_matches_close(matches);
	xc_document *document = NULL;
	assert_error(xc_document_open(remote, 99, false, &document, &err), LUPE_ERROR_NOT_FOUND);

	kill(server, SIGKILL); /* the child that serves us lives on; the next connection fails */
	waitpid(server, NULL, 0);
	assert_ok(xc_database_add(local, remote, &err)); /* both joined */
	assert_int_equal(document_count(local), 2 * DOCUMENTS);
	xc_query_free(query);
	xc_database_close(remote);
	xc_database_close(local);
}

/** Accepts one connection, and hangs up on it. */
static void a_server_that_hangs_up_is_an_io_error(void **state)
{
	(void)state;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof address;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	assert_int_equal(listen(fd, 1), 0);
	pid_t child = fork();
	if (child == 0) {
		close(accept(fd, NULL, NULL));
		_exit(0);
	}
	close(fd);
	xc_database *db = NULL;
	assert_error(xc_database_open_remote("127.0.0.1", ntohs(address.sin_port), 2000, &db, &err),
		LUPE_ERROR_IO);
	waitpid(child, NULL, 0);
}

/* ---- Running
 * ------------------------------------------------------------------------------------------- */

static int make_root(void **state)
{
	(void)state;
	const char *base = getenv("TMPDIR");
	if (asprintf(&root, "%s/xapian-c-XXXXXX", base ? base : "/tmp") < 0)
		return -1;
	return mkdtemp(root) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
	(void)info, (void)kind, (void)ftw;
	return remove(path);
}

static int remove_root(void **state)
{
	(void)state;
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(root);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_exception_becomes_a_status),
		cmocka_unit_test(messages_are_clean_utf8_however_bad_the_text),
		cmocka_unit_test(closing_and_freeing_nothing_is_fine),
		cmocka_unit_test(what_is_no_database_cannot_be_opened),
		cmocka_unit_test(stub_files_are_never_followed),
		cmocka_unit_test(a_damaged_version_file_is_reported),
		cmocka_unit_test(a_second_writer_is_told_that_the_database_is_locked),
		cmocka_unit_test(a_missing_right_is_no_lock),
		cmocka_unit_test(creating_spares_what_is_there),
		cmocka_unit_test(the_flush_threshold_works_and_leaves_the_environment_alone),
		cmocka_unit_test(a_document_comes_back_as_it_went_in),
		cmocka_unit_test(wdf_is_independent_of_positions),
		cmocka_unit_test(long_position_lists_grow_the_buffer),
		cmocka_unit_test(documents_that_are_not_there_are_not_found),
		cmocka_unit_test(terms_that_are_too_long_are_refused_before_anything_is_written),
		cmocka_unit_test(replacing_and_deleting_change_just_what_they_name),
		cmocka_unit_test(an_edit_changes_some_terms_and_values_and_keeps_the_rest),
		cmocka_unit_test(a_cancelled_transaction_leaves_no_trace),
		cmocka_unit_test(a_committed_transaction_is_published_at_once),
		cmocka_unit_test(a_discarded_writer_leaves_no_trace_and_no_lock),
		cmocka_unit_test(a_reader_two_commits_behind_is_told_to_reopen),
		cmocka_unit_test(metadata_is_kept_and_listed_by_prefix),
		cmocka_unit_test(terms_are_listed_by_prefix_with_their_frequencies),
		cmocka_unit_test(posting_lists_rise_and_can_skip),
		cmocka_unit_test(positions_are_those_that_were_written),
		cmocka_unit_test(statistics_uuid_and_revision_describe_the_database),
		cmocka_unit_test(joined_databases_are_read_as_one),
		cmocka_unit_test(compacting_merges_documents_and_keeps_the_first_metadata),
		cmocka_unit_test(compacting_can_keep_document_ids),
		cmocka_unit_test(checking_finds_damage),
		cmocka_unit_test(ranking_equals_bm25_computed_by_hand),
		cmocka_unit_test(without_weighting_every_weight_is_zero),
		cmocka_unit_test(operators_match_what_they_say),
		cmocka_unit_test(operators_weigh_as_they_say),
		cmocka_unit_test(phrases_and_nearness_go_by_positions),
		cmocka_unit_test(value_ranges_include_both_ends),
		cmocka_unit_test(a_function_of_the_callers_decides_by_values),
		cmocka_unit_test(a_query_describes_itself),
		cmocka_unit_test(results_can_be_paged_and_their_total_is_known),
		cmocka_unit_test(results_sort_by_value_and_relevance),
		cmocka_unit_test(collapsing_keeps_the_best_of_each_value),
		cmocka_unit_test(facets_count_the_values_of_all_matches),
		cmocka_unit_test(matching_terms_and_their_statistics_are_told),
		cmocka_unit_test(cutoffs_and_limits_are_obeyed),
		cmocka_unit_test(running_out_of_memory_is_an_error_like_others),
		cmocka_unit_test(nobody_listening_is_an_io_error),
		cmocka_unit_test(a_remote_database_answers_as_a_local_one),
		cmocka_unit_test(a_server_that_hangs_up_is_an_io_error),
	};
	return cmocka_run_group_tests(tests, make_root, remove_root);
}
