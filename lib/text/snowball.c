/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The algorithm on bytes, without copying the word: three steps take endings off, each only within
 * a region of the word. R1 begins behind the first consonant after a vowel, but not among the
 * first three letters; R2 is the same of R1. u and y between vowels count as consonants. Of each
 * step the longest ending that is there decides, whether it can be taken off or not.
 */
#include "text/snowball.h"

#include "text/utf8.h"

enum { LETTERS_BEFORE_R1 = 3 };

struct regions {
	size_t r1, r2; /* where they begin; the length of the word if they are empty */
};

static bool is_vowel(uint32_t cp)
{
	switch (cp) {
	case 'a':
	case 'e':
	case 'i':
	case 'o':
	case 'u':
	case 'y':
	case 0xe4:
	case 0xf6:
	case 0xfc:
		return true;
	default:
		return false;
	}
}

static uint32_t letter_at(struct span word, size_t at, size_t *ret_length)
{
	*ret_length = 1;
	return at < word.len ? utf8_get(word.ptr + at, word.ptr + word.len, ret_length) : 0;
}

static struct regions find_regions(struct span word)
{
	struct regions regions = {word.len, word.len};
	bool after_vowel = false;
	size_t letters = 0, earliest = word.len, length, next_length;
	uint32_t cp = letter_at(word, 0, &length);
	for (size_t at = 0; at < word.len; letters++) {
		size_t next = at + length;
		uint32_t next_cp = letter_at(word, next, &next_length);
		bool vowel = is_vowel(cp) &&
			     !((cp == 'u' || cp == 'y') && after_vowel && is_vowel(next_cp));
		if (letters + 1 == LETTERS_BEFORE_R1)
			earliest = next;
		if (after_vowel && !vowel) {
			if (regions.r1 != word.len) {
				regions.r2 = next;
				break;
			}
			regions.r1 = next;
		}
		after_vowel = vowel;
		at = next;
		cp = next_cp;
		length = next_length;
	}
	if (regions.r1 < earliest)
		regions.r1 = earliest;
	return regions;
}

/* The longest of `endings`, longer ones first, that `word` has; its length, 0 if it has none. */
static size_t longest(struct span word, const struct span *endings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct span *ending = &endings[i];
		if (word.len >= ending->len &&
			word.ptr[word.len - 1] == ending->ptr[ending->len - 1] &&
			span_ends(word, *ending))
			return ending->len;
	}
	return 0;
}
#define LONGEST(word, endings) longest(word, endings, sizeof(endings) / sizeof(endings[0]))

/* Takes an ending off if it begins within the region. */
static bool take(struct span *word, struct span ending, size_t region)
{
	if (!span_ends(*word, ending) || word->len - ending.len < region)
		return false;
	word->len -= ending.len;
	return true;
}

static bool is_before(struct span word, size_t ending, char letter)
{
	return word.len > ending && word.ptr[word.len - ending - 1] == letter;
}

/* One of the consonants behind which -s and -st may be endings; -st not behind r. */
static bool is_before_s(struct span word, size_t ending, const char *consonants)
{
	return word.len > ending && strchr(consonants, word.ptr[word.len - ending - 1]) != NULL;
}

static size_t count_letters(struct span word)
{
	size_t letters = 0;
	for (size_t i = 0; i < word.len; i++)
		letters += ((unsigned char)word.ptr[i] & 0xc0) != 0x80;
	return letters;
}

/* -em -ern -er -e -en -es -s */
static void take_inflection(struct span *word, size_t r1)
{
	static const struct span endings[] = {
		{"ern", 3}, {"em", 2}, {"er", 2}, {"en", 2}, {"es", 2}, {"e", 1}, {"s", 1}};
	size_t ending = LONGEST(*word, endings);
	if (!ending || word->len - ending < r1)
		return;
	char first = word->ptr[word->len - ending], last = word->ptr[word->len - 1];
	if (first == 's' && !is_before_s(*word, 1, "bdfghklmnrt"))
		return;
	word->len -= ending;
	if (first == 'e' && (last == 'e' || last == 'n' || last == 's') && ending < 3 &&
		span_ends(*word, SPAN("niss")))
		word->len--;
}

/* -en -er -est -st: comparison, and verbs */
static void take_comparison(struct span *word, size_t r1)
{
	static const struct span endings[] = {{"est", 3}, {"en", 2}, {"er", 2}, {"st", 2}};
	enum { LETTERS_BEFORE_ST = 4 };
	size_t ending = LONGEST(*word, endings);
	if (!ending || word->len - ending < r1)
		return;
	bool st = ending == 2 && word->ptr[word->len - 2] == 's';
	struct span front = {word->ptr, word->len - ending};
	if (!st || (is_before_s(*word, ending, "bdfghklmnt") &&
			   count_letters(front) >= LETTERS_BEFORE_ST))
		*word = front;
}

/* -end -ung -ig -ik -isch -lich -heit -keit: derivation */
static void take_derivation(struct span *word, const struct regions *regions)
{
	static const struct span endings[] = {{"isch", 4}, {"lich", 4}, {"heit", 4}, {"keit", 4},
		{"end", 3}, {"ung", 3}, {"ig", 2}, {"ik", 2}};
	size_t ending = LONGEST(*word, endings);
	if (!ending || word->len - ending < regions->r2)
		return;
	char first = word->ptr[word->len - ending];
	if (first == 'i') {
		if (!is_before(*word, ending, 'e'))
			word->len -= ending;
		return;
	}
	word->len -= ending;
	if (ending == 3) {
		if (!is_before(*word, 2, 'e'))
			take(word, SPAN("ig"), regions->r2);
	} else if (first == 'k') {
		if (!take(word, SPAN("lich"), regions->r2))
			take(word, SPAN("ig"), regions->r2);
	} else if (!take(word, SPAN("er"), regions->r1)) {
		take(word, SPAN("en"), regions->r1);
	}
}

size_t snowball_length(struct span word)
{
	struct regions regions = find_regions(word);
	take_inflection(&word, regions.r1);
	take_comparison(&word, regions.r1);
	take_derivation(&word, &regions);
	return word.len;
}
