/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What holds for any text: folding, stems, the cache, and the promises of the analyser. What
 * becomes of certain German words is in tests/tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>

#include "base/file.h"
#include "tests/analysis.h"
#include "text/cache.h"
#include "text/fold.h"
#include "text/question.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/utf8.h"

static void assert_span(struct span actual, const char *expected)
{
	assert_int_equal(actual.len, strlen(expected));
	assert_memory_equal(actual.ptr, expected, actual.len);
}

static void fill(struct buf *text, const char *piece, size_t bytes)
{
	while (text->len < bytes)
		buf_add_string(text, piece);
}

/* ---- folding ---- */

static void assert_folded(const char *word, const char *expected)
{
	char folded[64];
	size_t len = 0, length;
	for (const char *at = word, *end = word + strlen(word); at < end; at += length)
		len += fold_code_point(utf8_get(at, end, &length), folded + len);
	assert_span((struct span){folded, len}, expected);
}

static void folding_leaves_umlauts_and_parts_ligatures(void **state)
{
	(void)state;
	assert_folded("STRAẞE straße", "strasse strasse");
	assert_folded("ÄÖÜäöü", "äöüäöü");
	assert_folded("ﬀﬁﬂﬃﬄﬅﬆ", "fffiflffifflstst");
	assert_folded("Geht's", "gehts");
	assert_folded("ſo ŁÓDŹ ΑΘΉΝΑ МИР", "so łódź αθήνα мир");
	assert_folded("16A 日本 𐐀", "16a 日本 𐐨");
}

static void a_word_is_folded_as_far_as_there_is_room(void **state)
{
	(void)state;
	char folded[16];
	size_t len = fold_word(SPAN("Gru\u00ad\u200bß’s\u2011ﬁ"), folded, sizeof(folded));
	assert_span((struct span){folded, len}, "grusss-fi");
	len = fold_word(SPAN("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), folded, sizeof(folded));
	assert_true(len > 0 && len <= sizeof(folded));
	assert_memory_equal(folded, "abcdefghijklmnop", len);
	assert_int_equal(fold_word(SPAN(""), folded, sizeof(folded)), 0);
}

static void no_code_point_folds_to_more_than_its_room(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		char folded[FOLD_MAX_BYTES];
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		size_t len = fold_code_point(cp, folded);
		assert_true(len <= FOLD_MAX_BYTES && (len > 0 || cp == '\''));
		assert_true(utf8_valid((struct span){folded, len}));
	}
}

static void folded_text_stays_as_it_is_when_folded_again(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		char once[FOLD_MAX_BYTES], twice[FOLD_MAX_BYTES];
		size_t length;
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		size_t len = fold_code_point(cp, once);
		for (const char *at = once; at < once + len; at += length) {
			size_t again = fold_code_point(utf8_get(at, once + len, &length), twice);
			assert_int_equal(again, length);
			assert_memory_equal(twice, at, length);
		}
	}
}

static void words_are_cut_between_code_points(void **state)
{
	(void)state;
	assert_span(fold_cut(SPAN("räte"), 5), "räte");
	assert_span(fold_cut(SPAN("räte"), 3), "rä");
	assert_span(fold_cut(SPAN("räte"), 2), "r");
	assert_span(fold_cut(SPAN("𝒳𝒴"), 7), "𝒳");
	assert_span(fold_cut(SPAN("𝒳"), 3), "");
	assert_span(fold_cut(SPAN(""), 0), "");
}

/* ---- stems and stop words ---- */

static void short_words_and_words_with_digits_are_their_own_stem(void **state)
{
	(void)state;
	struct stemmer *stemmer = stemmer_new();
	assert_span(stem_word(stemmer, SPAN("")), "");
	assert_span(stem_word(stemmer, SPAN("es")), "es");
	assert_span(stem_word(stemmer, SPAN("90ern")), "90ern");
	assert_span(stem_word(stemmer, SPAN("gemeinden")), "gemeind");
	assert_span(stem_word(stemmer, SPAN("nachbarinnen")), "nachbarin");
	assert_span(stem_word(stemmer, SPAN("gewinnen")), "gewinn");
	stemmer_free(stemmer);
	stemmer_free(NULL);
}

static void a_stem_is_utf8_and_hardly_longer_than_its_word(void **state)
{
	(void)state;
	static const char *const pieces[] = {"ä", "ö", "ü", "ss", "innen", "en", "er", "heit", "ig",
		"ung", "isch", "日", "y", "u", "e", "st", "\u0308", "ß", "lich"};
	struct stemmer *stemmer = stemmer_new();
	srand(1);
	for (int i = 0; i < 20000; i++) {
		BUF_SCOPED(word);
		for (int k = rand() % 12 + 1; k > 0; k--)
			buf_add_string(
				&word, pieces[(size_t)rand() % (sizeof(pieces) / sizeof(*pieces))]);
		struct span stem = stem_word(stemmer, buf_span(&word));
		assert_true(stem.len > 0 && stem.len <= word.len + STEM_MAX_GROWTH_BYTES);
		assert_true(utf8_valid(stem));
	}
	stemmer_free(stemmer);
}

static void stop_words_are_found_and_nothing_else_is(void **state)
{
	(void)state;
	assert_true(stop_word(SPAN("ab")));
	assert_true(stop_word(SPAN("über")));
	assert_true(stop_word(SPAN("für")));
	assert_false(stop_word(SPAN("")));
	assert_false(stop_word(SPAN("a")));
	assert_false(stop_word(SPAN("abe")));
	assert_false(stop_word(SPAN("rat")));
	assert_false(stop_word(SPAN("Der")));
}

static void words_of_questions_are_told_from_words_of_subjects(void **state)
{
	(void)state;
	assert_true(question_opens(SPAN("wann")));
	assert_true(question_opens(SPAN("welchem")));
	assert_true(question_opens(SPAN("wozu")));
	assert_false(question_opens(SPAN("der")));
	assert_true(question_fills(SPAN("anbieten")));
	assert_true(question_fills(SPAN("erhält")));
	assert_true(question_fills(SPAN("nähe")));
	assert_true(question_fills(SPAN("wissen")));
	assert_false(question_fills(SPAN("wohnung")));
	assert_false(question_fills(SPAN("")));
}

/* ---- cache ---- */

enum { MANY = 50000 };

static struct span numbered(char room[32], int number)
{
	return (struct span){room, (size_t)snprintf(room, 32, "wort%d", number)};
}

static void the_cache_grows_and_keeps_every_surface(void **state)
{
	(void)state;
	struct cache cache = {0};
	char room[32];
	assert_null(cache_find(&cache, SPAN("x"), cache_hash(SPAN("x"))));
	for (int i = 0; i < MANY; i++) {
		struct span surface = numbered(room, i), text;
		struct term term = {.end = (uint16_t)surface.len};
		term.id = cache_intern(&cache, TERM_EXACT, surface, &text);
		term.text = text;
		assert_int_equal(term.id, i);
		struct terms terms = {.items = &term, .count = 1};
		cache_add(&cache, surface, cache_hash(surface), &terms);
	}
	for (int i = 0; i < MANY; i++) {
		struct span surface = numbered(room, i);
		const struct terms *terms = cache_find(&cache, surface, cache_hash(surface));
		assert_non_null(terms);
		assert_int_equal(terms->count, 1);
		assert_int_equal(terms->items[0].id, i);
		assert_true(span_equal(terms->items[0].text, surface));
	}
	assert_null(cache_find(&cache, SPAN("wort"), cache_hash(SPAN("wort"))));
	assert_true(cache_bytes(&cache) > MANY * sizeof(struct term));
	cache_done(&cache);
	cache_done(&cache);
}

static void what_is_counted_of_a_surface_is_found_again(void **state)
{
	(void)state;
	struct cache cache = {0};
	struct counted_terms found;
	char room[32];
	for (int round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < MANY; i++) {
			struct counted_term items[3] = {{i, TERM_STEM}, {i + 1, TERM_PART}, {i, 0}};
			struct span surface = numbered(room, (int)i);
			uint32_t hash = cache_hash(surface);
			cache_fetch_slot(&cache, hash);
			cache_fetch_counted(&cache, hash);
			assert_false(cache_find_counted(&cache, surface, hash, &found));
			cache_add_counted(
				&cache, surface, hash, &(struct counted_terms){items, i % 4});
		}
		for (uint32_t i = 0; i < MANY; i++) {
			struct span surface = numbered(room, (int)i);
			assert_true(
				cache_find_counted(&cache, surface, cache_hash(surface), &found));
			assert_int_equal(found.count, i % 4);
			if (found.count > 1) {
				assert_int_equal(found.items[1].id, i + 1);
				assert_int_equal(found.items[1].kind, TERM_PART);
			}
		}
		cache_clear(&cache);
		assert_int_equal(cache_bytes(&cache), 0);
	}
	cache_done(&cache);
}

/* "a", "aa", ... up to several words of the machine, and each with another last letter. */
static void surfaces_of_all_lengths_are_told_apart(void **state)
{
	(void)state;
	enum { LENGTHS = 40 };
	struct cache cache = {0};
	struct terms terms = {.count = 0};
	char *text = mem_alloc(LENGTHS);
	for (size_t len = 1; len <= LENGTHS; len++)
		for (int last = 'a'; last <= 'c'; last++) {
			memset(text, 'a', LENGTHS);
			text[len - 1] = (char)last;
			struct span surface = {text, len};
			assert_null(cache_find(&cache, surface, cache_hash(surface)));
			cache_add(&cache, surface, cache_hash(surface), &terms);
			assert_non_null(cache_find(&cache, surface, cache_hash(surface)));
		}
	free(text);
	cache_done(&cache);
}

static void a_term_has_one_number_and_its_kind_counts(void **state)
{
	(void)state;
	struct cache cache = {0};
	struct span first, second;
	assert_int_equal(cache_intern(&cache, TERM_EXACT, SPAN("rat"), &first), 0);
	assert_int_equal(cache_intern(&cache, TERM_STEM, SPAN("rat"), &second), 1);
	assert_int_equal(cache_intern(&cache, TERM_EXACT, SPAN("rat"), &second), 0);
	assert_ptr_equal(first.ptr, second.ptr);
	assert_int_equal(cache_intern(&cache, TERM_EXACT, SPAN("ra"), &second), 2);
	cache_done(&cache);
}

static void a_cleared_cache_is_an_empty_one(void **state)
{
	(void)state;
	struct cache cache = {0};
	struct span text;
	struct term term = {.text = SPAN("x"), .end = 1};
	struct terms terms = {.items = &term, .count = 1};
	cache_intern(&cache, TERM_EXACT, SPAN("amt"), &text);
	cache_intern(&cache, TERM_EXACT, SPAN("rat"), &text);
	cache_add(&cache, SPAN("x"), cache_hash(SPAN("x")), &terms);
	cache_clear(&cache);
	assert_null(cache_find(&cache, SPAN("x"), cache_hash(SPAN("x"))));
	assert_int_equal(cache_intern(&cache, TERM_EXACT, SPAN("rat"), &text), 0);
	cache_done(&cache);
}

/* ---- the promises of the analyser ---- */

struct pair {
	struct analyser *analyser, *other;
};

static int make_analysers(void **state)
{
	struct pair *pair = malloc(sizeof(*pair));
	*pair = (struct pair){analyser_new(NULL), analyser_new(NULL)};
	*state = pair;
	return 0;
}

static const char words[] = "Weiter|bildung\nTages|mütter\nNachbar|helfer\nRat|haus\nAmts|rat\n"
			    "Aus|bildung\nBildungs|rat\n=Oktober\n";

static struct lexicon *own_words;

static int make_analysers_that_split(void **state)
{
	own_words = lexicon_empty();
	if (lexicon_add_words(own_words, span_of(words), NULL, NULL) != 0)
		return -1;
	struct pair *pair = malloc(sizeof(*pair));
	*pair = (struct pair){analyser_new(own_words), analyser_new(own_words)};
	*state = pair;
	return 0;
}

static int free_analysers(void **state)
{
	struct pair *pair = *state;
	analyser_free(pair->analyser);
	analyser_free(pair->other);
	free(pair);
	return 0;
}

static int free_analysers_and_words(void **state)
{
	free_analysers(state);
	lexicon_free(own_words);
	return 0;
}

static void assert_promises(void **state, const struct analyser_input *input)
{
	struct pair *pair = *state;
	const char *broken = analysis_check(pair->analyser, pair->other, input);
	if (broken)
		fail_msg("%s, in: %.*s", broken, input->text.len < 300 ? (int)input->text.len : 300,
			input->text.ptr);
}

static void assert_promises_of_text(void **state, struct span text)
{
	struct analyser_input input = {.text = text, .first_position = 1};
	assert_promises(state, &input);
}

static bool is_kept(const struct terms *terms, const struct term *term)
{
	if (term->kind == TERM_GENDER || term->kind == TERM_ASKED_NORM)
		return false;
	if (term->kind != TERM_EXACT)
		return true;
	for (unsigned i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM &&
			span_equal(terms->items[i].text, term->text))
			return false;
	return !terms->stop;
}

/* That reading several words at once gives the words that reading them singly gives, with those of
   their terms that an index keeps. */
static void assert_read_at_once(struct analyser *analyser, const struct analyser_input *input)
{
	struct analyser *single = analyser_new(analyser_lexicon(analyser));
	struct read_word read[ANALYSER_BATCH];
	struct word word;
	size_t count;
	analyser_start(single, input);
	analyser_start(analyser, input);
	for (size_t most = 1; (count = analyser_read(analyser, read, most));
		most = most % ANALYSER_BATCH + 1)
		for (size_t i = 0; i < count; i++) {
			struct counted_terms counted = read[i].terms;
			assert_true(analyser_next(single, &word));
			assert_ptr_equal(read[i].word.surface.ptr, word.surface.ptr);
			assert_int_equal(read[i].word.surface.len, word.surface.len);
			assert_int_equal(read[i].word.position, word.position);
			const struct terms *terms = analyser_terms(single, &word);
			size_t at = 0;
			for (unsigned k = 0; k < terms->count; k++) {
				const struct term *term = &terms->items[k];
				if (!is_kept(terms, term))
					continue;
				assert_true(at < counted.count);
				assert_int_equal(counted.items[at].kind, term->kind);
				assert_true(span_equal(
					analyser_term_text(analyser, counted.items[at].id),
					term->text));
				at++;
			}
			assert_int_equal(at, counted.count);
		}
	assert_false(analyser_next(single, &word));
	analyser_free(single);
}

/* Neither what was analysed before nor which analyser it is makes a difference. */
static void assert_same_terms(void **state, const struct analyser_input *input)
{
	struct pair *pair = *state;
	struct analyser *fresh = analyser_new(NULL);
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	analysis_print(fresh, input, &expected);
	analysis_print(pair->analyser, input, &actual);
	analyser_free(fresh);
	assert_true(span_equal(buf_span(&expected), buf_span(&actual)));
	assert_read_at_once(pair->analyser, input);
}

static size_t count_kind(struct analyser *analyser, struct span text, enum term_kind kind)
{
	struct analyser_input input = {.text = text, .first_position = 1};
	struct word word;
	size_t count = 0;
	analyser_start(analyser, &input);
	while (analyser_next(analyser, &word)) {
		const struct terms *terms = analyser_terms(analyser, &word);
		for (unsigned i = 0; i < terms->count; i++)
			count += terms->items[i].kind == kind;
	}
	return count;
}

static void an_analyser_for_documents_leaves_out_what_only_queries_look_for(void **state)
{
	struct pair *pair = *state;
	struct span text = SPAN("Die Länder nach dem Amt und §§ 12 bis 14 AufenthG.");
	analyser_index_only(pair->other);
	assert_true(count_kind(pair->analyser, text, TERM_ASKED_NORM) > 0);
	assert_int_equal(count_kind(pair->other, text, TERM_ASKED_NORM), 0);
	for (int kind = TERM_STEM; kind < TERM_ASKED_NORM; kind++)
		assert_int_equal(count_kind(pair->other, text, kind),
			count_kind(pair->analyser, text, kind));
	/* of die, länder, nach, dem, amt, und, §12, 12, bis, 14 and aufenthg only länder */
	assert_int_equal(count_kind(pair->analyser, text, TERM_EXACT), 11);
	assert_int_equal(count_kind(pair->other, text, TERM_EXACT), 1);
}

enum { TEXTS = 300, PIECES = 200, BREAKS = 20 };

static const char *const pieces[] = {" ", " ", " ", " ", "\n", "\n\n", "-", "-\n", "*", ":", "_",
	"/", "/-", "(", ")", ".", ",", "'", "’", "·", "§", "„", "–", "\u00ad", "\u200b", "\u00a0",
	"in", "innen", "In", "Innen", "er", "e", "r", "n", "der", "die", "und", "Rat", "Helfer",
	"Nachbar", "Straße", "EU", "Ämter", "wohnen", "Sinti", "zze", "Rom", "nja", "16a", "1",
	"500", "30", "www", "://", "@", "日", "カ", "мир", "सि", "😀", "\u0308", "＊", "ﬁ", "İ", "ß",
	"ẞ", "\ufeff", "\f", "\t", "x", "\ufffd", "𝒳", "Mitarbeite*rinnen", "- und ", "Aus- und ",
	" und -", "Tagesmütter", "väter", "Weiterbildung", ", Real- ", "bzw. ", "§ ", "§§ ",
	" Abs. ", "Satz ", "AufenthG", "SGB II", " bis ", "Art. ", "%", " %", "€", "Mio. ", ". ",
	"Oktober", "2023", "Drs. ", "19/1234", "BGBl. I ", "S. ", "2004/38/EG", "Richtlinie "};

static size_t random_below(size_t limit)
{
	return (size_t)rand() % limit;
}

static void generate(struct buf *text, uint32_t breaks[BREAKS], size_t *ret_break_count)
{
	*ret_break_count = 0;
	for (size_t i = 0; i < PIECES; i++) {
		if (random_below(30) == 0 && *ret_break_count < BREAKS)
			breaks[(*ret_break_count)++] = (uint32_t)text->len;
		buf_add_string(text, pieces[random_below(sizeof(pieces) / sizeof(*pieces))]);
	}
}

static void the_promises_hold_for_generated_texts(void **state)
{
	srand(2);
	for (int i = 0; i < TEXTS; i++) {
		BUF_SCOPED(text);
		uint32_t breaks[BREAKS];
		struct analyser_input input = {.first_position = 1 + (uint32_t)i, .breaks = breaks};
		generate(&text, breaks, &input.break_count);
		input.text = buf_span(&text);
		assert_promises(state, &input);
		assert_same_terms(state, &input);
	}
}

static void the_promises_hold_for_compounds(void **state)
{
	srand(5);
	size_t compounds = 0;
	for (int i = 0; i < TEXTS; i++) {
		BUF_SCOPED(text);
		struct pair *pair = *state;
		struct word word;
		static const char *const parts[] = {"Weiter", "bildung", "Bildungs", "Rat", "haus",
			"Tages", "mütter", "Nachbar", "helfer", "*innen", "innen", " ", " ", " ",
			" ", " ", " ", " ", " ", "- und ", " und -", "-", "Amts", "rat", "-\n",
			"\u00ad", "en", "s"};
		for (size_t k = 0; k < PIECES; k++)
			buf_add_string(&text, parts[random_below(sizeof(parts) / sizeof(*parts))]);
		struct analyser_input input = {.text = buf_span(&text), .first_position = 1};
		assert_promises(state, &input);
		analyser_start(pair->analyser, &input);
		while (analyser_next(pair->analyser, &word))
			compounds += analyser_terms(pair->analyser, &word)->compound > 1;
	}
	assert_in_range(compounds, 500, SIZE_MAX);
}

static void the_promises_hold_for_random_bytes_decoded(void **state)
{
	srand(3);
	for (int i = 0; i < TEXTS; i++) {
		BUF_SCOPED(text);
		char bytes[500];
		for (size_t k = 0; k < sizeof(bytes); k++)
			bytes[k] = (char)random_below(i % 3 ? 256 : 128);
		text_decode((struct span){bytes, sizeof(bytes)}, &text, NULL);
		assert_promises_of_text(state, buf_span(&text));
	}
}

static void the_promises_hold_for_every_code_point(void **state)
{
	BUF_SCOPED(text);
	BUF_SCOPED(decoded);
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		char bytes[4];
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		buf_add(&text, bytes, utf8_put(cp, bytes));
		if (cp < 0x30000 && cp % 3 == 0)
			buf_add_string(&text, cp % 2 ? "a " : "1-");
	}
	text_decode(buf_span(&text), &decoded, NULL);
	assert_promises_of_text(state, buf_span(&decoded));
}

static void the_promises_hold_for_the_sample_documents(void **state)
{
	const char *source = getenv("LUPE_SOURCE");
	glob_t found = {0};
	BUF_SCOPED(pattern);
	if (!source)
		skip();
	buf_printf(&pattern, "%s/corpus/documents/*/*", source);
	assert_int_equal(glob(pattern.ptr, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		BUF_SCOPED(raw);
		BUF_SCOPED(text);
		assert_int_equal(file_read(found.gl_pathv[i], 1 << 24, &raw, NULL), LUPE_OK);
		text_decode(buf_span(&raw), &text, NULL);
		struct analyser_input input = {.text = buf_span(&text), .first_position = 1};
		assert_promises(state, &input);
		assert_same_terms(state, &input);
	}
	globfree(&found);
}

static void an_empty_text_has_no_words(void **state)
{
	struct pair *pair = *state;
	struct word word;
	uint32_t breaks[] = {0, 0};
	struct analyser_input input = {{NULL, 0}, 7, breaks, 0};
	assert_promises(state, &input);
	assert_int_equal(analyser_next_position(pair->analyser), 7);
	input.break_count = 2;
	assert_promises(state, &input);
	assert_int_equal(analyser_next_position(pair->analyser), 7 + 2 * POSITION_GAP);
	assert_false(analyser_next(pair->analyser, &word));
	assert_int_equal(analyser_next_position(pair->analyser), 7 + 2 * POSITION_GAP);
}

/* ---- monstrous texts ---- */

static size_t count_words(void **state, struct span text)
{
	struct pair *pair = *state;
	struct word word;
	size_t count = 0;
	assert_promises_of_text(state, text);
	analyser_start(pair->analyser, &(struct analyser_input){.text = text, .first_position = 1});
	while (analyser_next(pair->analyser, &word))
		count++;
	return count;
}

static void ten_megabytes_of_letters_are_one_word(void **state)
{
	static const char *const letters[] = {"a", "ä", "мир", "𝒳", "a\u0308", "1a"};
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		BUF_SCOPED(text);
		fill(&text, letters[i], 10 << 20);
		buf_add_string(&text, " b");
		assert_int_equal(count_words(state, buf_span(&text)), 2);
	}
}

static void signs_without_letters_are_no_words(void **state)
{
	static const char *const signs[] = {"-", "*", "_", "/", "(", ")", ":", ".", "'", "-\n",
		" *", "\u00ad", "\u200b", "\u0308", "–", "😀", "*-\n", "://", "@", "\f"};
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		BUF_SCOPED(text);
		fill(&text, signs[i], 100000);
		assert_int_equal(count_words(state, buf_span(&text)), 0);
		buf_add_string(&text, "a");
		assert_int_equal(count_words(state, buf_span(&text)), 1);
	}
}

static void the_promises_hold_for_endless_repetition(void **state)
{
	static const char *const repeated[] = {"a-", "a*", "a-\n", "ä\u00ad", "Rat*innen",
		"Rat*innen-", "1.", "1,5", "a'", "a’", "der*", "Rat/-", "Rat(", "Rat(in)",
		"a\u200b\u200b", "Rat *", "Rat* ", "RatIn", "RatInnen", "www.", "a@", "日-",
		"x\u0308-", "Mieter_in_", "a-   \n"};
	for (size_t i = 0; i < sizeof(repeated) / sizeof(repeated[0]); i++) {
		BUF_SCOPED(text);
		fill(&text, repeated[i], 20000);
		assert_promises_of_text(state, buf_span(&text));
	}
}

static void a_huge_word_with_a_hyphen_ends_between_code_points(void **state)
{
	static const char *const begins[] = {"x-", "xy-", "Rat*innen", "Rat*innenx"};
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		BUF_SCOPED(text);
		buf_add_string(&text, begins[i]);
		fill(&text, "ä", 100000);
		assert_promises_of_text(state, buf_span(&text));
	}
}

static void long_terms_are_cut_at_a_code_point_and_keep_their_place(void **state)
{
	struct pair *pair = *state;
	struct word word;
	BUF_SCOPED(text);
	buf_add_byte(&text, 'x');
	fill(&text, "ä", TERM_MAX_BYTES + 40);
	analyser_start(pair->analyser,
		&(struct analyser_input){.text = buf_span(&text), .first_position = 1});
	assert_true(analyser_next(pair->analyser, &word));
	const struct term *exact = &analyser_terms(pair->analyser, &word)->items[0];
	assert_int_equal(exact->kind, TERM_EXACT);
	assert_int_equal(exact->text.len, TERM_MAX_BYTES - 1);
	assert_memory_equal(exact->text.ptr, text.ptr, TERM_MAX_BYTES - 1);
	assert_int_equal(word.surface.len, text.len);
	assert_int_equal(word.position, 1);
}

/* ---- positions, numbers of terms, the name ---- */

static void breaks_leave_a_gap_wherever_they_are(void **state)
{
	struct pair *pair = *state;
	/* eins zwei|drei vier|, and a break before the first word and two at the end */
	static const uint32_t expected[] = {105, 106, 207, 208};
	uint32_t breaks[] = {0, 9, 18, 18};
	struct word word;
	analyser_start(
		pair->analyser, &(struct analyser_input){SPAN("eins zweidrei vier"), 5, breaks, 4});
	for (size_t i = 0; i < 4; i++) {
		assert_true(analyser_next(pair->analyser, &word));
		assert_int_equal(word.position, expected[i]);
	}
	assert_false(analyser_next(pair->analyser, &word));
	assert_int_equal(analyser_next_position(pair->analyser), 209 + 2 * POSITION_GAP);
}

static void an_analyser_goes_on_where_it_was_told_to(void **state)
{
	struct pair *pair = *state;
	uint32_t breaks[] = {9, 30};
	struct analyser_input input = {
		SPAN("eins zweidrei https://x/Rat:in vier-\nfünf"), 1, breaks, 2};
	struct word word, again;
	analyser_start(pair->analyser, &input);
	while (analyser_next(pair->analyser, &word)) {
		struct analyser_mark mark = analyser_tell(pair->analyser);
		analyser_resume(pair->other, &input, &mark);
		while (analyser_next(pair->other, &again)) {
			assert_true(analyser_next(pair->analyser, &word));
			assert_ptr_equal(again.surface.ptr, word.surface.ptr);
			assert_int_equal(again.surface.len, word.surface.len);
			assert_int_equal(again.position, word.position);
		}
		assert_false(analyser_next(pair->analyser, &word));
		analyser_resume(pair->analyser, &input, &mark);
	}
	assert_int_equal(analyser_next_position(pair->analyser), 209);
}

static uint32_t first_id(struct analyser *analyser, const char *text)
{
	struct word word;
	analyser_start(
		analyser, &(struct analyser_input){.text = span_of(text), .first_position = 1});
	assert_true(analyser_next(analyser, &word));
	return analyser_terms(analyser, &word)->items[0].id;
}

static void ids_are_dense_and_stay_until_the_trim(void **state)
{
	struct pair *pair = *state;
	assert_int_equal(analyser_term_count(pair->analyser), 0);
	assert_int_equal(first_id(pair->analyser, "Rat"), 0);
	uint32_t count = analyser_term_count(pair->analyser);
	assert_int_equal(first_id(pair->analyser, "Amt"), count);
	assert_int_equal(first_id(pair->analyser, "rat"), 0);
	assert_false(analyser_trim(pair->analyser, 1 << 30));
	assert_int_equal(first_id(pair->analyser, "Amt"), count);
	assert_true(analyser_trim(pair->analyser, 0));
	assert_int_equal(analyser_term_count(pair->analyser), 0);
	assert_false(analyser_trim(pair->analyser, 0));
	assert_int_equal(first_id(pair->analyser, "Amt"), 0);
}

static void trimming_changes_no_terms(void **state)
{
	struct pair *pair = *state;
	srand(4);
	for (int i = 0; i < 50; i++) {
		BUF_SCOPED(text);
		uint32_t breaks[BREAKS];
		struct analyser_input input = {.first_position = 1, .breaks = breaks};
		generate(&text, breaks, &input.break_count);
		input.text = buf_span(&text);
		assert_same_terms(state, &input);
		analyser_trim(pair->analyser, 100000);
	}
}

static void the_name_is_the_same_whatever_was_analysed(void **state)
{
	struct pair *pair = *state;
	char first[ANALYSER_NAME_BYTES], second[ANALYSER_NAME_BYTES];
	analyser_name(pair->analyser, first);
	assert_int_equal(strncmp(first, "de-1-", 5), 0);
	assert_int_equal(strlen(first), 5 + 16);
	first_id(pair->other, "Rat");
	analyser_name(pair->other, second);
	assert_string_equal(first, second);
	analyser_trim(pair->other, 0);
	analyser_name(pair->other, second);
	assert_string_equal(first, second);
}

static void every_kind_of_term_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(term_kind_name(TERM_EXACT), "exact");
	assert_string_equal(term_kind_name(TERM_STEM), "stem");
	assert_string_equal(term_kind_name(TERM_PART), "part");
	assert_string_equal(term_kind_name(TERM_JOINED), "joined");
	assert_string_equal(term_kind_name(TERM_GENDER), "gender");
	assert_string_equal(term_kind_name(TERM_NORM), "norm");
	for (int kind = 0; kind < TERM_KINDS; kind++)
		assert_non_null(term_kind_name((enum term_kind)kind));
	analyser_free(NULL);
}

#define ANALYSER_TEST(name) cmocka_unit_test_setup_teardown(name, make_analysers, free_analysers)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_leaves_umlauts_and_parts_ligatures),
		cmocka_unit_test(a_word_is_folded_as_far_as_there_is_room),
		cmocka_unit_test(no_code_point_folds_to_more_than_its_room),
		cmocka_unit_test(folded_text_stays_as_it_is_when_folded_again),
		cmocka_unit_test(words_are_cut_between_code_points),
		cmocka_unit_test(short_words_and_words_with_digits_are_their_own_stem),
		cmocka_unit_test(a_stem_is_utf8_and_hardly_longer_than_its_word),
		cmocka_unit_test(stop_words_are_found_and_nothing_else_is),
		cmocka_unit_test(words_of_questions_are_told_from_words_of_subjects),
		cmocka_unit_test(the_cache_grows_and_keeps_every_surface),
		cmocka_unit_test(what_is_counted_of_a_surface_is_found_again),
		cmocka_unit_test(surfaces_of_all_lengths_are_told_apart),
		cmocka_unit_test(a_term_has_one_number_and_its_kind_counts),
		cmocka_unit_test(a_cleared_cache_is_an_empty_one),
		ANALYSER_TEST(an_analyser_for_documents_leaves_out_what_only_queries_look_for),
		ANALYSER_TEST(the_promises_hold_for_generated_texts),
		cmocka_unit_test_setup_teardown(the_promises_hold_for_compounds,
			make_analysers_that_split, free_analysers_and_words),
		ANALYSER_TEST(the_promises_hold_for_random_bytes_decoded),
		ANALYSER_TEST(the_promises_hold_for_every_code_point),
		ANALYSER_TEST(the_promises_hold_for_the_sample_documents),
		ANALYSER_TEST(an_empty_text_has_no_words),
		ANALYSER_TEST(ten_megabytes_of_letters_are_one_word),
		ANALYSER_TEST(signs_without_letters_are_no_words),
		ANALYSER_TEST(the_promises_hold_for_endless_repetition),
		ANALYSER_TEST(a_huge_word_with_a_hyphen_ends_between_code_points),
		ANALYSER_TEST(long_terms_are_cut_at_a_code_point_and_keep_their_place),
		ANALYSER_TEST(breaks_leave_a_gap_wherever_they_are),
		ANALYSER_TEST(an_analyser_goes_on_where_it_was_told_to),
		ANALYSER_TEST(ids_are_dense_and_stay_until_the_trim),
		ANALYSER_TEST(trimming_changes_no_terms),
		ANALYSER_TEST(the_name_is_the_same_whatever_was_analysed),
		cmocka_unit_test(every_kind_of_term_has_a_name),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
