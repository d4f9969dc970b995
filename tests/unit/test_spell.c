/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Corrections of unknown words, over a small index and the lexicon as it is installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>

#include "base/arena.h"
#include "base/mem.h"
#include "query/spell.h"
#include "scratch.h"
#include "store/schema.h"

enum { MAX_FILE_BYTES = 1 << 20, CORRECT_WORDS = 600, EVERY = 4 };

struct fixture {
	char folder[64];
	struct lexicon *lexicon;
	struct analyser *analyser;
	xc_writer *writer;
	struct spell spell;
	struct buf out;
};

static int make_fixture(void **state)
{
	char path[512];
	const char *build = getenv("LUPE_BUILD");
	struct fixture *f = mem_zalloc(sizeof(*f));
	*state = f;
	snprintf(f->folder, sizeof(f->folder), "/tmp/lupe-test-XXXXXX");
	snprintf(path, sizeof(path), "%s/lib/de.lexicon", build ? build : ".");
	if (!mkdtemp(f->folder) || lexicon_open(path, &f->lexicon, NULL) != LUPE_OK)
		return -1;
	lexicon_add_words(f->lexicon, SPAN("Willkommens|service\n"), NULL, NULL);
	f->analyser = analyser_new(f->lexicon);
	snprintf(path, sizeof(path), "%s/glass", f->folder);
	if (xc_writer_open(path, XC_WRITER_CREATE | XC_WRITER_NO_SYNC, 0, &f->writer, NULL) !=
		LUPE_OK)
		return -1;
	spell_init(&f->spell, xc_writer_database(f->writer), f->analyser, f->lexicon);
	return 0;
}

static int remove_fixture(void **state)
{
	struct fixture *f = *state;
	spell_done(&f->spell);
	xc_writer_discard(f->writer);
	analyser_free(f->analyser);
	lexicon_free(f->lexicon);
	buf_done(&f->out);
	int result = file_remove_tree(f->folder, NULL);
	free(f);
	return result;
}

/* ---- an index ---- */

static bool has_stem(const struct terms *terms, struct span text)
{
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM && span_equal(terms->items[i].text, text))
			return true;
	return false;
}

/* The document gets the terms that the indexer would give it, each once. */
static void add_text(struct fixture *f, struct span text)
{
	static const char *const prefixes[TERM_KINDS] = {[TERM_EXACT] = PREFIX_EXACT,
		[TERM_STEM] = PREFIX_STEM,
		[TERM_PART] = PREFIX_PART,
		[TERM_JOINED] = PREFIX_JOINED};
	struct arena arena = ARENA_INIT;
	struct xc_posting *postings = NULL;
	size_t count = 0, capacity = 0;
	struct word word;
	analyser_start(f->analyser, &(struct analyser_input){.text = text, .first_position = 1});
	while (analyser_next(f->analyser, &word)) {
		const struct terms *terms = analyser_terms(f->analyser, &word);
		for (size_t i = 0; i < terms->count; i++) {
			const struct term *term = &terms->items[i];
			const char *prefix = prefixes[term->kind];
			if (!prefix || (term->kind == TERM_EXACT &&
					       (terms->stop || has_stem(terms, term->text))))
				continue;
			size_t len = strlen(prefix);
			char *name = arena_alloc(&arena, len + term->text.len);
			memcpy(name, prefix, len);
			memcpy(name + len, term->text.ptr, term->text.len);
			ARRAY_GROW(postings, count, capacity);
			postings[count++] =
				(struct xc_posting){.term = {name, len + term->text.len}, .wdf = 1};
		}
	}
	uint32_t docid;
	struct xc_new_document document = {.postings = postings, .posting_count = count};
	assert_int_equal(xc_writer_add(f->writer, &document, &docid, NULL), LUPE_OK);
	free(postings);
	arena_done(&arena);
}

static void add(struct fixture *f, const char *text)
{
	add_text(f, span_of(text));
}

static const char *correct(struct fixture *f, const char *word)
{
	struct lupe_error err = {0};
	if (spell_correct(&f->spell, span_of(word), &f->out, &err) != LUPE_OK)
		fail_msg("%s", err.message);
	return buf_string(&f->out);
}

static void assert_corrected(struct fixture *f, const char *typed, const char *expected)
{
	const char *suggestion = correct(f, typed);
	if (strcmp(suggestion, expected) != 0)
		fail_msg("%s: '%s', not '%s'", typed, suggestion, expected);
}

static bool is_known(struct fixture *f, const char *word)
{
	bool known = false;
	assert_int_equal(spell_known(&f->spell, span_of(word), &known, NULL), LUPE_OK);
	return known;
}

/* ---- known words ---- */

static void known_words_are_left_alone(void **state)
{
	struct fixture *f = *state;
	add(f, "Die Kommunen fördern Sprachkurse und die Xyloffa-Werkstatt.");
	static const char *const words[] = {"Kommunen", "Kommune", "Sprachkurs", "fördern", "und",
		"Werkstatt", "Xyloffa", "xyloffa", "Xyloffa-Werkstatt",
		/* not in the index, but in the lexicon or made of its words */
		"Krankenhaus", "Mieten", "Straße", "Krankenhausapotheke", "Köln"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!is_known(f, words[i]))
			fail_msg("%s is unknown", words[i]);
		assert_corrected(f, words[i], "");
	}
	assert_false(is_known(f, "Xyloffa-Wrkstatt"));
}

static void a_slip_that_stands_in_the_index_is_a_word(void **state)
{
	struct fixture *f = *state;
	add(f, "Intergration gelingt.");
	add(f, "Integration gelingt.");
	assert_corrected(f, "Intergration", "");
}

static void a_rare_word_is_not_turned_into_a_frequent_neighbour(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 20; i++)
		add(f, "Forderung");
	add(f, "Förderung");
	assert_corrected(f, "Förderung", "");
	assert_corrected(f, "Forderung", "");
}

/* ---- slips ---- */

static void a_suggestion_comes_from_the_index(void **state)
{
	struct fixture *f = *state;
	assert_corrected(f, "Intergration", "");
	add(f, "Integration gelingt.");
	assert_corrected(f, "Intergration", "Integration");
}

static void slips_of_all_kinds_are_corrected(void **state)
{
	struct fixture *f = *state;
	add(f, "Integration und Förderung der Beschäftigten; Maßnahmen für die Großstadt "
	       "Schwäbisch Gmünd. Der Übergang, die Bürgermeisterin, das Aufenthaltsgesetz.");
	static const char *const rows[][2] = {
		{"Intergration", "Integration"}, /* a letter too many */
		{"Integation", "Integration"},
		{"Integrahion", "Integration"},
		{"Integartion", "Integration"},
		{"Inntegration", "Integration"},
		{"Nitegration", "Integration"}, /* in the first letters */
		{"Ntegration", "Integration"},
		{"Untegration", "Integration"},
		{"Foerdrung", "Förderung"},
		{"Beschaeftigtn", "Beschäftigten"},
		{"Ubergagn", "Übergang"},
		{"Uebergagn", "Übergang"},
		{"Großtatd", "Großstadt"}, /* two edits */
		{"Auffenthaltsgestz", "Aufenthaltsgesetz"},
		{"Bürgermiesterinn", "Bürgermeisterin"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_corrected(f, rows[i][0], rows[i][1]);
	assert_corrected(f, "Intxgxatxon", ""); /* three */
}

static void capitals_stay_as_typed(void **state)
{
	struct fixture *f = *state;
	add(f, "Integration, Übergang");
	assert_corrected(f, "intergration", "integration");
	assert_corrected(f, "Intergration", "Integration");
	assert_corrected(f, "INTERGRATION", "INTEGRATION");
	assert_corrected(f, "UEBERGAGN", "ÜBERGANG");
}

static void a_typed_sharp_s_stays(void **state)
{
	struct fixture *f = *state;
	add(f, "Großstadt, Straßenbeleuchtung");
	assert_corrected(f, "Großstatd", "Großstadt");
	assert_corrected(f, "Grosstadt", "Grossstadt");
	assert_corrected(f, "Straßenbeleuchtugn", "Straßenbeleuchtung");
	assert_corrected(f, "Strassenbeleuchtugn", "Strassenbeleuchtung");
	assert_corrected(f, "Sraßenbeleuchtung", "Straßenbeleuchtung");
}

static void short_words_numbers_and_abbreviations_are_left_alone(void **state)
{
	struct fixture *f = *state;
	add(f, "Amt Stadt Haushalt Integration BAMF 2015 Gesetz18 Rat Kita Plan");
	static const char *const words[] = {"Kiat", "Plna", "2016", "Gesetz19", "BAMFE", "BAFM",
		"SDADT", "H", "", "-", "a.b", "intergration@example.org", "Интеграция", "2.0"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_corrected(f, words[i], "");
	assert_corrected(f, "Sdatd", ""); /* two edits in five letters */
	assert_corrected(f, "Satdt", "Stadt");
}

static void the_nearer_goes_first_and_then_the_more_frequent(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 9; i++)
		add(f, "Anwendungen");
	add(f, "Aufwendungen");
	assert_corrected(f, "Aufwendungn", "Aufwendungen");
	assert_corrected(f, "Anwendungn", "Anwendungen");
	add(f, "Melitta Xarsteim Xarsteim");
	add(f, "Melitta Xarsteim");
	assert_corrected(f, "Xarsteik", "Xarsteim");
}

static void a_stem_that_is_no_word_is_not_suggested(void **state)
{
	struct fixture *f = *state;
	add(f, "Xerwollungen"); /* stem xerwoll */
	assert_corrected(f, "Xerwolk", "");
	add(f, "Xerwoll");
	assert_corrected(f, "Xerwolk", "Xerwoll");
}

/* ---- compounds, hyphens, gender forms ---- */

static void compounds_are_corrected_part_by_part(void **state)
{
	struct fixture *f = *state;
	add(f, "Der Willkommensservice hilft.");
	assert_corrected(f, "Willkomensservice", "Willkommensservice");
}

static void a_compound_need_not_stand_anywhere(void **state)
{
	struct fixture *f = *state;
	assert_corrected(f, "Willkomensservice", "");
	assert_corrected(f, "Intergrationsberatung", "");
	add(f, "Ein Service für alle. Willkommen! Integration braucht Beratung.");
	assert_corrected(f, "Willkomensservice", "Willkommensservice");
	assert_corrected(f, "Intergrationsberatung", "Integrationsberatung");
	assert_corrected(f, "Integrationsbreatung", "Integrationsberatung");
	assert_corrected(f, "Intergrationsbreatung", ""); /* slips in two parts */
	assert_corrected(f, "Integrationbseratung", "Integrationsberatung");
}

static void words_between_hyphens_are_corrected_one_by_one(void **state)
{
	struct fixture *f = *state;
	add(f, "EU-Länder, Sprachkurse, Beratung");
	assert_corrected(f, "EU-Ländre", "EU-Länder");
	assert_corrected(f, "Sprachkruse-Beratugn", "Sprachkurse-Beratung");
}

static void gender_forms_are_corrected_in_place(void **state)
{
	struct fixture *f = *state;
	add(f, "Migrantinnen und Migranten, Bürger*innen");
	assert_corrected(f, "Migratn*innen", "Migrant*innen");
	assert_corrected(f, "Migrant*innen", "");
	assert_corrected(f, "Ärzt:innen", "");
}

/* ---- our own corpus ---- */

typedef void visit_file(struct fixture *f, struct span text, size_t number);

static size_t visit_folder(struct fixture *f, const char *folder, size_t number, visit_file *visit)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char path[1024];
		BUF_SCOPED(text);
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_name[0] == '.')
			;
		else if (file_read(path, MAX_FILE_BYTES, &text, NULL) == LUPE_OK)
			visit(f, buf_span(&text), number++);
		else
			number = visit_folder(f, path, number, visit);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return number;
}

static void index_three_of_four(struct fixture *f, struct span text, size_t number)
{
	if (number % EVERY)
		add_text(f, text);
}

static void index_all(struct fixture *f, struct span text, size_t number)
{
	(void)number;
	add_text(f, text);
}

static size_t checked, changed;

/* Words of the text, up to CORRECT_WORDS in all. */
static void check_fourth(struct fixture *f, struct span text, size_t number)
{
	struct word word;
	struct analyser *reader = analyser_new(f->lexicon);
	analyser_start(reader, &(struct analyser_input){.text = text, .first_position = 1});
	while (number % EVERY == 0 && checked < CORRECT_WORDS && analyser_next(reader, &word)) {
		if (word.surface.len < 8)
			continue;
		checked++;
		assert_int_equal(spell_correct(&f->spell, word.surface, &f->out, NULL), LUPE_OK);
		if (f->out.len) {
			print_message("# %.*s: %s\n", SPAN_ARG(word.surface), f->out.ptr);
			changed++;
		}
	}
	analyser_free(reader);
}

static void correct_words_of_the_corpus_are_left_alone(void **state)
{
	struct fixture *f = *state;
	char folder[512];
	const char *source = getenv("LUPE_SOURCE");
	snprintf(folder, sizeof(folder), "%s/corpus/documents", source ? source : ".");
	checked = changed = 0;
	assert_true(visit_folder(f, folder, 0, index_three_of_four) > EVERY);
	visit_folder(f, folder, 0, check_fourth); /* of texts that are not in the index */
	assert_int_equal(checked, CORRECT_WORDS);
	assert_in_range(changed, 0, CORRECT_WORDS / 200);
	checked = changed = 0;
	visit_folder(f, folder, 0, index_all);
	visit_folder(f, folder, 0, check_fourth);
	assert_int_equal(checked, CORRECT_WORDS);
	assert_int_equal(changed, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_fixture, remove_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(known_words_are_left_alone),
		TEST(a_slip_that_stands_in_the_index_is_a_word),
		TEST(a_rare_word_is_not_turned_into_a_frequent_neighbour),
		TEST(a_suggestion_comes_from_the_index),
		TEST(slips_of_all_kinds_are_corrected),
		TEST(capitals_stay_as_typed),
		TEST(a_typed_sharp_s_stays),
		TEST(short_words_numbers_and_abbreviations_are_left_alone),
		TEST(the_nearer_goes_first_and_then_the_more_frequent),
		TEST(a_stem_that_is_no_word_is_not_suggested),
		TEST(compounds_are_corrected_part_by_part),
		TEST(a_compound_need_not_stand_anywhere),
		TEST(words_between_hyphens_are_corrected_one_by_one),
		TEST(gender_forms_are_corrected_in_place),
		TEST(correct_words_of_the_corpus_are_left_alone),
	};
	return cmocka_run_group_tests_name("spell", tests, NULL, NULL);
}
