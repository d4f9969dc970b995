/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Families of words as a text, umlauts written as two letters; tests/tables/stems.txt has the rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "text/stem.h"
#include "text/stem_table.h"
#include "text/stem_umlaut.h"

static void assert_span(struct span actual, const char *expected)
{
	char copy[256];
	assert_in_range(actual.len, 0, sizeof(copy) - 1);
	memcpy(copy, actual.ptr, actual.len);
	copy[actual.len] = '\0';
	assert_string_equal(copy, expected);
}

static void umlauts_are_found_where_they_are_meant(void **state)
{
	static const char *const pairs[][2] = {{"fluechtling", "flüchtling"},
		{"foerderung", "förderung"}, {"behoerde", "behörde"}, {"aerzte", "ärzte"},
		{"oberbuergermeister", "oberbürgermeister"}, {"haeuser", "häuser"},
		{"traeume", "träume"}, {"europaeisch", "europäisch"}, {"zuerich", "zürich"},
		{"unverzueglich", "unverzüglich"}, {"tuerkei", "türkei"}, {"tuer", "tür"},
		{"fuellen", "füllen"}, {"muell", "müll"}, {"ausgeuebt", "ausgeübt"},
		{"grenzuebergang", "grenzübergang"}, {"menue", "menü"}, {"koerper", "körper"},
		{"homoeopathie", "homöopathie"}, {"oel", "öl"}, {"uebersetzung", "übersetzung"},
		{"blueten", "blüten"}, {"geoeffnet", "geöffnet"}};
	BUF_SCOPED(scratch);
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_span(umlaut_spelling(span_of(pairs[i][0]), &scratch), pairs[i][1]);
}

static void two_sounds_stay_as_they_are(void **state)
{
	static const char *const words[] = {"neue", "aktuell", "quelle", "steuer", "feuer", "bauer",
		"abenteuer", "poesie", "poet", "israel", "museen", "manuell", "individuell",
		"duell", "frequenz", "konsequenz", "querschnitt", "zuzug", "raphael", "michael",
		"phoenix", "zuerst", "zuerkennen", "einzuebnen", "koeffizient", "koexistenz",
		"aerosol", "bruttoeinkommen", "kontoeröffnung", "statuen", "revue", "avenue",
		"kongruenz", "goethe", "itzehoe", "soeben", "samuel", "venezuela", "freue", "treue",
		"graue", "säuerlich", "klimaerwärmung", "tetraeder", "wohltuend", "", "e", "ue",
		"a"};
	BUF_SCOPED(scratch);
	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_span(umlaut_spelling(span_of(words[i]), &scratch), words[i]);
}

static struct stem_table parse(const char *text)
{
	struct stem_table table;
	struct lupe_error err;
	assert_int_equal(stem_table_parse(span_of(text), "words", &table, &err), LUPE_OK);
	return table;
}

static void families_of_the_user_go_first(void **state)
{
	struct stem_table table = parse("# ours\n"
					"Kurs: Lehrgang Lehrgänge\n"
					"\n"
					"Träger! = Bringer!\n"
					"tindern: -wisch\n");
	struct stemmer *stemmer = stemmer_new();
	(void)state;
	stemmer_use_families(stemmer, &table);
	assert_span(stem_word(stemmer, SPAN("lehrgänge")), "kurs");
	assert_span(stem_word(stemmer, SPAN("sprachlehrgang")), "sprachkurs");
	assert_span(stem_word(stemmer, SPAN("bringer")), "träger");
	assert_span(stem_word(stemmer, SPAN("überbringer")), "überbring");
	assert_span(stem_word(stemmer, SPAN("getindert")), "tindern");
	assert_span(stem_word(stemmer, SPAN("auszutindern")), "austindern");
	assert_span(stem_word(stemmer, SPAN("abwisch")), "abtindern");
	assert_span(stem_word(stemmer, SPAN("wisch")), "wisch");
	stemmer_use_families(stemmer, NULL);
	assert_span(stem_word(stemmer, SPAN("lehrgänge")), "lehrgang");
	stemmer_free(stemmer);
	stem_table_done(&table);
}

static void wrong_lines_are_named(void **state)
{
	static const char *const texts[][2] = {
		{"Kurs: Kurse\nKurse Kursen",
			"words, line 2: no \":\" or \"=\" behind the first word"},
		{": Kurse", "words, line 1: not one word before \":\""},
		{"Der Kurs = Kurse", "words, line 1: not one word before \"=\""},
		{"!: Kurse", "words, line 1: \"\" has not 2 to 60 letters"},
		{"Kurs: -", "words, line 1: \"\" has not 2 to 60 letters"}};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct stem_table table;
		struct lupe_error err;
		assert_int_equal(stem_table_parse(span_of(texts[i][0]), "words", &table, &err),
			LUPE_ERROR_ARGUMENT);
		assert_string_equal(err.message, texts[i][1]);
	}
}

static void an_empty_table_finds_nothing(void **state)
{
	struct stem_table zeroed = {.slot_count = 0}, empty = parse("# nothing\n");
	(void)state;
	assert_null(stem_table_find(&zeroed, SPAN("kurse"), (struct stem_sought){.root = false}));
	assert_null(stem_table_find(&empty, SPAN("kurse"), (struct stem_sought){.root = false}));
	stem_table_done(&empty);
}

/* Stems are terms: none may be empty or longer than a word and a verb's ending. */
static void every_word_has_a_stem(void **state)
{
	static const char *const pieces[] = {"ge", "zu", "ver", "er", "en", "ung", "ä", "ü", "ier",
		"ium", "s", "t", "kurs", "förder", "schloss", "é", "ß", "\xc3"};
	enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };
	struct stemmer *stemmer = stemmer_new();
	(void)state;
	for (size_t i = 0; i < (size_t)PIECES * PIECES * PIECES * PIECES; i++) {
		char word[64];
		int len = snprintf(word, sizeof(word), "%s%s%s%s", pieces[i % PIECES],
			pieces[i / PIECES % PIECES], pieces[i / PIECES / PIECES % PIECES],
			pieces[i / PIECES / PIECES / PIECES]);
		struct span stem = stem_word(stemmer, (struct span){word, (size_t)len});
		assert_in_range(stem.len, 1, (size_t)len + 8);
	}
	stemmer_free(stemmer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(umlauts_are_found_where_they_are_meant),
		cmocka_unit_test(two_sounds_stay_as_they_are),
		cmocka_unit_test(families_of_the_user_go_first),
		cmocka_unit_test(wrong_lines_are_named),
		cmocka_unit_test(an_empty_table_finds_nothing),
		cmocka_unit_test(every_word_has_a_stem),
	};
	return cmocka_run_group_tests_name("stem", tests, NULL, NULL);
}
