/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is corrected at all: the runs of letters of a word that is unknown as a whole, each by
 * itself. The result is written in the capitals and with the ß that were typed.
 */
#include "query/spell.h"

#include <stdlib.h>

#include "query/spell_internal.h"
#include "text/chars.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
	MAX_ABBREVIATION = 5, /* letters of a word in capitals that may be one */
	MAX_WORD_BYTES = 1000,
};

void spell_init(struct spell *ret, xc_database *db, struct analyser *analyser,
	const struct lexicon *lexicon)
{
	*ret = (struct spell){.db = db, .analyser = analyser, .lexicon = lexicon};
}

void spell_done(struct spell *spell)
{
	free(spell->scratch);
	spell->scratch = NULL;
}

/* ---- letters ---- */

struct letter {
	uint32_t cp;
	size_t length;
	enum char_class class;
};

static struct letter letter_at(struct span word, size_t at)
{
	struct letter letter;
	letter.cp = utf8_get(word.ptr + at, word.ptr + word.len, &letter.length);
	letter.class = char_class(letter.cp);
	return letter;
}

static bool is_of_word(struct letter letter)
{
	return letter.class == CHAR_LETTER || letter.class == CHAR_MARK ||
	       letter.class == CHAR_IGNORED;
}

/* The next run of letters from `*at` on, which moves behind it; false if there is none. */
static bool next_run(struct span word, size_t *at, struct span *ret)
{
	struct letter letter;
	while (*at < word.len && !is_of_word(letter = letter_at(word, *at)))
		*at += letter.length;
	size_t begin = *at;
	while (*at < word.len && is_of_word(letter = letter_at(word, *at)))
		*at += letter.length;
	*ret = span_from(word.ptr + begin, word.ptr + *at);
	return ret->len > 0;
}

/* Latin letters, and between them nothing but hyphens and the signs of gender forms. */
static bool has_right_signs(struct span word)
{
	struct letter letter;
	for (size_t i = 0; i < word.len; i += letter.length) {
		letter = letter_at(word, i);
		uint32_t sign = char_plain(letter.cp);
		bool joins =
			letter.class == CHAR_HYPHEN ||
			(letter.class == CHAR_SIGN && sign != '.' && sign != ',' && sign != '\'');
		if (!joins && (!is_of_word(letter) || letter.cp >= 0x250))
			return false;
	}
	return word.len > 0 && word.len <= MAX_WORD_BYTES;
}

enum capitals { CAPITALS_NONE, CAPITALS_FIRST, CAPITALS_ALL };

static enum capitals capitals_of(struct span run, unsigned *ret_letters)
{
	struct letter letter;
	unsigned upper = 0, count = 0;
	bool first = false;
	for (size_t i = 0; i < run.len; i += letter.length) {
		letter = letter_at(run, i);
		if (letter.class != CHAR_LETTER)
			continue;
		bool is_upper = char_is_upper(letter.cp);
		first |= is_upper && count == 0;
		upper += is_upper;
		count++;
	}
	*ret_letters = count;
	return count > 1 && upper == count ? CAPITALS_ALL : first ? CAPITALS_FIRST : CAPITALS_NONE;
}

static bool is_abbreviation(struct span run)
{
	unsigned letters;
	return capitals_of(run, &letters) == CAPITALS_ALL && letters <= MAX_ABBREVIATION;
}

/* ---- as typed ---- */

static uint32_t upper(uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') || (cp >= 0xe0 && cp <= 0xfe && cp != 0xf7))
		return cp - 0x20;
	return cp;
}

/*
 * Whether the ss at `at` of the suggestion stands for a ß of the run: one that has the same letters
 * before it, or behind it.
 */
static bool is_sharp(struct span suggestion, size_t at, struct span run)
{
	char before[SPELL_MAX_BYTES], behind[SPELL_MAX_BYTES];
	struct letter letter;
	for (size_t i = 0; i < run.len; i += letter.length) {
		letter = letter_at(run, i);
		if (letter.cp != 0xdf && letter.cp != 0x1e9e)
			continue;
		size_t left = fold_word((struct span){run.ptr, i}, before, sizeof(before));
		size_t right = fold_word(span_skip(run, i + letter.length), behind, sizeof(behind));
		if (span_equal((struct span){before, left}, (struct span){suggestion.ptr, at}) ||
			span_equal((struct span){behind, right}, span_skip(suggestion, at + 2)))
			return true;
	}
	return false;
}

static void add_as_typed(struct buf *out, struct span suggestion, struct span run)
{
	struct letter letter;
	unsigned count;
	enum capitals capitals = capitals_of(run, &count);
	for (size_t i = 0; i < suggestion.len; i += letter.length) {
		char bytes[4];
		letter = letter_at(suggestion, i);
		if (span_starts(span_skip(suggestion, i), SPAN("ss")) && capitals != CAPITALS_ALL &&
			is_sharp(suggestion, i, run)) {
			buf_add_string(out, "ß");
			letter.length = 2;
			continue;
		}
		bool is_upper = capitals == CAPITALS_ALL || (capitals == CAPITALS_FIRST && i == 0);
		uint32_t cp = is_upper ? upper(letter.cp) : letter.cp;
		buf_add(out, bytes, utf8_put(cp, bytes));
	}
}

/* ---- words and their runs ---- */

/* Of a word as typed, without looking at its parts between hyphens. */
static lupe_status is_known(
	struct spell *spell, struct span word, bool *ret_known, struct lupe_error *err)
{
	char folded[MAX_WORD_BYTES];
	struct evidence evidence;
	size_t len = fold_word(word, folded, sizeof(folded));
	struct span plain = {folded, len};
	*ret_known = spell_in_lexicon(spell, plain) || spell_is_compound(spell, plain);
	if (*ret_known)
		return LUPE_OK;
	lupe_status st = spell_evidence(spell, word, &evidence, err);
	*ret_known = evidence.documents || evidence.known;
	return st;
}

lupe_status spell_known(
	struct spell *spell, struct span word, bool *ret_known, struct lupe_error *err)
{
	struct span run;
	size_t at = 0;
	bool known;
	lupe_status st = is_known(spell, word, &known, err);
	if (st == LUPE_OK && !known && has_right_signs(word)) {
		known = next_run(word, &at, &run) && run.len < word.len;
		for (at = 0; known && st == LUPE_OK && next_run(word, &at, &run);)
			st = is_known(spell, run, &known, err);
	}
	if (st == LUPE_OK)
		*ret_known = known;
	return st;
}

/* Adds a run of letters, corrected if need be; `*changed` becomes true if it was. */
static lupe_status add_run(struct spell *spell, struct span run, struct buf *out, bool *changed,
	struct lupe_error *err)
{
	char folded[SPELL_MAX_BYTES];
	struct span suggestion = {"", 0};
	bool known = is_abbreviation(run) || run.len > SPELL_MAX_LETTERS;
	BUF_SCOPED(joint);
	lupe_status st = known ? LUPE_OK : is_known(spell, run, &known, err);
	size_t len = fold_word(run, folded, sizeof(folded));
	if (st == LUPE_OK && !known) {
		st = spell_find(spell, (struct span){folded, len}, &suggestion, err);
	} else if (st == LUPE_OK && run.len <= SPELL_MAX_LETTERS) {
		st = spell_joint(spell, (struct span){folded, len}, &joint, err);
		suggestion = buf_span(&joint);
	}
	if (st != LUPE_OK)
		return st;
	if (suggestion.len) {
		add_as_typed(out, suggestion, run);
		*changed = true;
	} else {
		buf_add_span(out, run);
	}
	return LUPE_OK;
}

lupe_status spell_correct(
	struct spell *spell, struct span word, struct buf *ret_suggestion, struct lupe_error *err)
{
	BUF_SCOPED(out);
	struct span run;
	bool known = true, changed = false;
	size_t at = 0, copied = 0;
	buf_clear(ret_suggestion);
	if (!has_right_signs(word))
		return LUPE_OK;
	lupe_status st = spell_known(spell, word, &known, err);
	/* of known words only linking elements are looked at, if they have no signs */
	bool plain = next_run(word, &at, &run) && run.len == word.len;
	at = 0;
	while (st == LUPE_OK && (!known || plain) && next_run(word, &at, &run)) {
		size_t begin = (size_t)(run.ptr - word.ptr);
		buf_add(&out, word.ptr + copied, begin - copied);
		st = add_run(spell, run, &out, &changed, err);
		copied = at;
	}
	if (st != LUPE_OK || !changed)
		return st;
	buf_add_span(&out, span_skip(word, copied));
	buf_add_span(ret_suggestion, buf_span(&out));
	return LUPE_OK;
}
