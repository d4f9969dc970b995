/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Our reading of Snowball's algorithm against its authors' own, libstemmer, which only tests use.
 * Its version 3 has another German algorithm, and is no peer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libstemmer.h>

#include "text/lexicon.h"
#include "text/snowball.h"

struct peer {
	struct sb_stemmer *snowball;
	struct lexicon *lexicon;
	size_t words;
};

static int open_peer(void **state)
{
	static struct peer peer;
	char path[4096];
	struct lupe_error err;
	const char *build = getenv("LUPE_BUILD");
	snprintf(path, sizeof(path), "%s/lib/de.lexicon", build ? build : ".");
	peer.snowball = sb_stemmer_new("german", "UTF_8");
	*state = &peer;
	return peer.snowball && lexicon_open(path, &peer.lexicon, &err) == LUPE_OK ? 0 : -1;
}

static int close_peer(void **state)
{
	struct peer *peer = *state;
	sb_stemmer_delete(peer->snowball);
	lexicon_free(peer->lexicon);
	return 0;
}

/* What the algorithm does last. */
static size_t without_umlauts(const char *word, size_t len, char *ret)
{
	size_t out = 0;
	for (size_t i = 0; i < len; i++) {
		const char *vowel = "";
		if (i + 1 < len && memcmp(word + i, "ä", 2) == 0)
			vowel = "a";
		else if (i + 1 < len && memcmp(word + i, "ö", 2) == 0)
			vowel = "o";
		else if (i + 1 < len && memcmp(word + i, "ü", 2) == 0)
			vowel = "u";
		i += *vowel != '\0';
		ret[out++] = *vowel ? *vowel : word[i];
	}
	return out;
}

static void assert_same_stem(struct peer *peer, const char *word, size_t len)
{
	char ours[256];
	const char *theirs =
		(const char *)sb_stemmer_stem(peer->snowball, (const sb_symbol *)word, (int)len);
	size_t theirs_len = (size_t)sb_stemmer_length(peer->snowball);
	size_t ours_len = without_umlauts(word, snowball_length((struct span){word, len}), ours);
	if (ours_len != theirs_len || memcmp(ours, theirs, ours_len) != 0)
		fail_msg("%.*s: %.*s, not %.*s", (int)len, word, (int)ours_len, ours,
			(int)theirs_len, theirs);
	peer->words++;
}

/* All words that go on from `cursor`, which stands behind the `len` bytes of `word`. */
static void compare_words(
	struct peer *peer, const struct lexicon_cursor *cursor, char *word, size_t len)
{
	static const char bytes[] = "abcdefghijklmnopqrstuvwxyz\xc3\xa4\xb6\xbc";
	for (const char *byte = bytes; *byte && len < 100; byte++) {
		struct lexicon_cursor next = *cursor;
		if (!lexicon_step(peer->lexicon, &next, *byte))
			continue;
		word[len] = *byte;
		if (next.word)
			assert_same_stem(peer, word, len + 1);
		compare_words(peer, &next, word, len + 1);
	}
}

static void skip_unless_version_2(struct peer *peer)
{
	const char word[] = "maedchen";
	sb_stemmer_stem(peer->snowball, (const sb_symbol *)word, (int)strlen(word));
	if (sb_stemmer_length(peer->snowball) != (int)strlen("maedch"))
		skip();
}

static void every_word_of_the_lexicon_has_the_stem_of_snowball(void **state)
{
	struct peer *peer = *state;
	struct lexicon_cursor cursor = lexicon_start(peer->lexicon);
	char word[128];
	skip_unless_version_2(peer);
	peer->words = 0;
	compare_words(peer, &cursor, word, 0);
	assert_in_range(peer->words, 100000, 10000000);
}

static void words_of_endings_vowels_and_other_letters_have_the_stem_of_snowball(void **state)
{
	static const char *const pieces[] = {"a", "e", "i", "o", "u", "y", "ä", "ö", "ü", "s", "t",
		"n", "r", "b", "d", "k", "ig", "ung", "end", "keit", "lich", "heit", "isch", "ik",
		"nis", "niss", "em", "ern", "est", "st", "é", "м", "中"};
	enum { PIECES = sizeof(pieces) / sizeof(pieces[0]), MOST = 8, WORDS = 300000 };
	skip_unless_version_2(*state);
	srand(1);
	for (int i = 0; i < WORDS; i++) {
		char word[MOST * 4 + 1] = "";
		for (int k = rand() % MOST; k >= 0; k--)
			strcat(word, pieces[rand() % PIECES]);
		assert_same_stem(*state, word, strlen(word));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_of_the_lexicon_has_the_stem_of_snowball),
		cmocka_unit_test(
			words_of_endings_vowels_and_other_letters_have_the_stem_of_snowball),
	};
	return cmocka_run_group_tests_name("snowball", tests, open_peer, close_peer);
}
