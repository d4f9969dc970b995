/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The numbers of a citation and its steps below section or article: Abs. 1, Satz 2, Nr. 3. Lists
 * and ranges of them are put together in norm_cite.c.
 */
#include "text/norm_scan.h"

enum level {
	LEVEL_NONE,
	LEVEL_ABSATZ,
	LEVEL_UNTERABSATZ,
	LEVEL_SATZ,
	LEVEL_NUMMER,
	LEVEL_BUCHSTABE,
	LEVEL_DOPPELBUCHSTABE,
	LEVEL_HALBSATZ,
	LEVEL_ALTERNATIVE,
};

/* Folded, without the full stop of an abbreviation. */
static const struct {
	const char *word;
	uint8_t level;
} level_words[] = {
	{"abs", LEVEL_ABSATZ},
	{"absatz", LEVEL_ABSATZ},
	{"absatzes", LEVEL_ABSATZ},
	{"absätze", LEVEL_ABSATZ},
	{"absätzen", LEVEL_ABSATZ},
	{"alt", LEVEL_ALTERNATIVE},
	{"alternative", LEVEL_ALTERNATIVE},
	{"bst", LEVEL_BUCHSTABE},
	{"buchst", LEVEL_BUCHSTABE},
	{"buchstabe", LEVEL_BUCHSTABE},
	{"buchstaben", LEVEL_BUCHSTABE},
	{"doppelbuchst", LEVEL_DOPPELBUCHSTABE},
	{"doppelbuchstabe", LEVEL_DOPPELBUCHSTABE},
	{"doppelbuchstaben", LEVEL_DOPPELBUCHSTABE},
	{"halbs", LEVEL_HALBSATZ},
	{"halbsatz", LEVEL_HALBSATZ},
	{"halbsatzes", LEVEL_HALBSATZ},
	{"hs", LEVEL_HALBSATZ},
	{"lit", LEVEL_BUCHSTABE},
	{"nr", LEVEL_NUMMER},
	{"nrn", LEVEL_NUMMER},
	{"nummer", LEVEL_NUMMER},
	{"nummern", LEVEL_NUMMER},
	{"s", LEVEL_SATZ},
	{"satz", LEVEL_SATZ},
	{"satzes", LEVEL_SATZ},
	{"sätze", LEVEL_SATZ},
	{"sätzen", LEVEL_SATZ},
	{"uabs", LEVEL_UNTERABSATZ},
	{"unterabs", LEVEL_UNTERABSATZ},
	{"unterabsatz", LEVEL_UNTERABSATZ},
	{"unterabsätze", LEVEL_UNTERABSATZ},
	{"unterabsätzen", LEVEL_UNTERABSATZ},
	{"var", LEVEL_ALTERNATIVE},
	{"variante", LEVEL_ALTERNATIVE},
	{"ziff", LEVEL_NUMMER},
	{"ziffer", LEVEL_NUMMER},
	{"ziffern", LEVEL_NUMMER},
};

const char *step_name(uint8_t level)
{
	static const char *const names[] = {
		"", "abs", "uabs", "satz", "nr", "buchst", "doppelbuchst", "halbsatz", "alt"};
	return names[level];
}

/* The letters of a number: lower case, 1 to `most`, no letter or digit after them. */
static const char *read_letters(const char *at, const char *end, unsigned most, char ret[4])
{
	unsigned count = 0;
	while (at < end && count < most && (*at | 0x20) >= 'a' && (*at | 0x20) <= 'z')
		ret[count++] = (char)(*at++ | 0x20);
	ret[count] = '\0';
	return count && !scan_goes_on(at, end) ? at : NULL;
}

/* "f." and "ff" behind a number mean those that follow, not a section f. */
static bool is_following(const char *letters, const char *behind, const char *end)
{
	return strcmp(letters, "ff") == 0 ||
	       (letters[0] == 'f' && !letters[1] && behind < end && *behind == '.');
}

/* "§ 16 a": the letter stands alone, is no list's "a)" and no abbreviation's "s.". */
static const char *read_spaced_letter(const char *at, const char *end, char ret[4])
{
	const char *letter = scan_blank(at, end);
	if (letter == at || letter >= end || *letter < 'a' || *letter > 'z' || *letter == 'f')
		return NULL;
	const char *behind = read_letters(letter, end, 1, ret);
	return behind && (behind == end || (*behind != ')' && *behind != '.' && *behind != '-'))
		       ? behind
		       : NULL;
}

const char *step_number(const char *at, const char *end, unsigned most, struct norm_number *ret)
{
	unsigned value;
	const char *behind = scan_digits(at, end, most, &value);
	if (!behind || value == 0)
		return NULL;
	*ret = (struct norm_number){(uint16_t)value, ""};
	char letters[4];
	const char *next = read_letters(behind, end, 2, letters);
	if (!next)
		next = read_spaced_letter(behind, end, letters);
	if (!next || is_following(letters, next, end))
		return behind;
	memcpy(ret->letters, letters, sizeof(letters));
	return next;
}

uint8_t step_level(const char *at, const char *end, const char **ret_end)
{
	struct scan_word word;
	if (at >= end || !memchr("abdhlnsuvz", *at | 0x20, 10) || !scan_word(at, end, &word))
		return LEVEL_NONE;
	size_t low = 0, high = sizeof(level_words) / sizeof(level_words[0]);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(word.text, level_words[middle].word);
		if (order == 0) {
			*ret_end = word.end < end && *word.end == '.' ? word.end + 1 : word.end;
			return level_words[middle].level;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return LEVEL_NONE;
}

const char *step_value(const char *at, const char *end, uint8_t level, struct norm_number *ret)
{
	if (level == LEVEL_BUCHSTABE || level == LEVEL_DOPPELBUCHSTABE) {
		*ret = (struct norm_number){0, ""};
		const char *behind = read_letters(at, end, 3, ret->letters);
		if (!behind || is_following(ret->letters, behind, end))
			return NULL;
		bool doubled = !ret->letters[1] || ret->letters[1] == ret->letters[0];
		return doubled && !ret->letters[2] ? behind : NULL;
	}
	const char *behind = step_number(at, end, 3, ret);
	return behind && !scan_number_goes_on(behind, end) ? behind : NULL;
}

/* "2. Halbsatz", "zweiter Halbsatz": the number before its word, of the last two levels only. */
static const char *read_ordinal_step(const char *at, const char *end, struct norm_step *ret)
{
	static const char *const first[] = {"erster", "erste", "ersten", NULL};
	static const char *const second[] = {"zweiter", "zweite", "zweiten", NULL};
	static const char *const third[] = {"dritter", "dritte", "dritten", NULL};
	unsigned value = 0;
	const char *next = scan_digits(at, end, 1, &value);
	if (next) {
		if (value == 0 || next == end || *next++ != '.')
			return NULL;
	} else if ((next = scan_any_word(at, end, first))) {
		value = 1;
	} else if ((next = scan_any_word(at, end, second))) {
		value = 2;
	} else if ((next = scan_any_word(at, end, third))) {
		value = 3;
	} else {
		return NULL;
	}
	const char *behind;
	uint8_t level = step_level(scan_blank(next, end), end, &behind);
	if (level < LEVEL_HALBSATZ)
		return NULL;
	*ret = (struct norm_step){level, {(uint16_t)value, ""}};
	return behind;
}

const char *step_read(const char *at, const char *end, struct norm_step *ret)
{
	const char *behind;
	ret->level = step_level(at, end, &behind);
	if (!ret->level)
		return read_ordinal_step(at, end, ret);
	return step_value(scan_blank(behind, end), end, ret->level, &ret->value);
}
