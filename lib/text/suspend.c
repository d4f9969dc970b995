/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognises suspended hyphens by what stands around the hyphen, and fills in the part left out at
 * every joint of the other word: Arbeits- und Sozialversicherungsrecht means Arbeitsrecht, and no
 * harm is done by a term Arbeitsversicherungsrecht that nobody will look for.
 */
#include "text/suspend.h"

#include "text/chars.h"
#include "text/compound.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
	MAX_LOOK_AHEAD = 300, /* bytes */
	SHORTEST_REST = 4,    /* letters behind a prefix: Nach|teile */
	MAX_FOLDED = 240,
	MAX_MEMBERS = 8, /* of an enumeration */
};

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\n'))
		at++;
	if (end - at > 1 && (unsigned char)at[0] == 0xc2 && (unsigned char)at[1] == 0xa0)
		return skip_blanks(at + 2, end);
	return at;
}

/* Behind the letters (and soft hyphens) at `at`. */
static const char *skip_word(const char *at, const char *end)
{
	while (at < end) {
		size_t length;
		enum char_class class = char_class(utf8_get(at, end, &length));
		if (class != CHAR_LETTER && class != CHAR_MARK && class != CHAR_IGNORED)
			break;
		at += length;
	}
	return at;
}

static const char *skip_hyphen(const char *at, const char *end)
{
	size_t length;
	if (at < end && char_class(utf8_get(at, end, &length)) == CHAR_HYPHEN)
		return at + length;
	return at;
}

/* Behind "und", "oder", ... with the blank that must follow; `at` itself if there is none. */
static const char *skip_conjunction(const char *at, const char *end)
{
	static const struct span words[] = {{"und", 3}, {"oder", 4}, {"bzw.", 4}, {"sowie", 5},
		{"beziehungsweise", 15}, {"&", 1}, {"als auch", 8}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!span_starts(span_from(at, end), words[i]))
			continue;
		const char *behind = at + words[i].len;
		if (behind < end && (*behind == ' ' || *behind == '\n'))
			return skip_blanks(behind, end);
	}
	return at;
}

/* From one member of an enumeration to the next: blanks, and a comma, slash or conjunction;
   NULL if there is none of these. */
static const char *skip_to_next(const char *at, const char *end)
{
	const char *p = skip_blanks(at, end);
	bool sign = p < end && (*p == ',' || *p == '/');
	if (sign)
		p = skip_blanks(p + 1, end);
	const char *behind = skip_conjunction(p, end);
	return behind != p || sign ? behind : NULL;
}

/* The other word of a suspended hyphen. */
struct other {
	const char *begin, *end;
	const char *hyphen; /* in it: Kinder- und Jugend-Hilfe; else NULL */
	bool left;          /* it gives the left word its last part; else its first to the right */
};

/* "Aus- und Weiterbildung", "Haupt-, Real- und Gesamtschulen" */
static bool find_on_the_right(const char *hyphen, const char *end, struct other *ret)
{
	for (int members = 0; members < MAX_MEMBERS; members++) {
		const char *word = skip_to_next(skip_hyphen(hyphen, end), end);
		const char *word_end = word ? skip_word(word, end) : NULL;
		if (word_end == word)
			return false;
		const char *behind = skip_hyphen(word_end, end);
		const char *rest = behind > word_end ? skip_word(behind, end) : behind;
		if (behind == word_end || rest > behind) {
			*ret = (struct other){word, rest, rest > behind ? word_end : NULL, true};
			return true;
		}
		hyphen = word_end;
	}
	return false;
}

/* "Tagesmütter und -väter": the part behind the hyphen */
static bool find_behind(const char *word_end, const char *end, struct other *ret)
{
	const char *hyphen = skip_to_next(word_end, end);
	const char *word = hyphen ? skip_hyphen(hyphen, end) : NULL;
	if (word == hyphen)
		return false;
	const char *behind = skip_word(word, end);
	size_t length;
	if (behind - word < SHORTEST_REST || char_is_upper(utf8_get(word, end, &length)))
		return false;
	*ret = (struct other){word, behind, NULL, false};
	return true;
}

static bool find_other(const char *word, const char *word_end, const char *end, struct other *ret)
{
	size_t length;
	if (end - word_end > MAX_LOOK_AHEAD)
		end = word_end + MAX_LOOK_AHEAD;
	if (word_end == end)
		return false;
	if (skip_hyphen(word_end, end) > word_end)
		return find_on_the_right(word_end, end, ret);
	return char_is_upper(utf8_get(word, word_end, &length)) && find_behind(word_end, end, ret);
}

const char *suspend_context(const char *word, const char *word_end, const char *end)
{
	struct other other;
	return find_other(word, word_end, end, &other) ? other.end : NULL;
}

/* ---- the words that are meant ---- */

struct collector {
	struct suspended *words;
	size_t count;
};

static void add_word(struct collector *c, struct span left, struct span right)
{
	if (c->count == SUSPEND_MAX_WORDS || left.len + right.len > MAX_FOLDED)
		return;
	struct suspended *word = &c->words[c->count++];
	memcpy(word->text, left.ptr, left.len);
	memcpy(word->text + left.len, right.ptr, right.len);
	word->len = left.len + right.len;
}

/* Length of the longest verbal prefix of the word, 0 if there is none. */
static size_t prefix_length(struct span word)
{
	static const struct span prefixes[] = {{"ab", 2}, {"an", 2}, {"auf", 3}, {"aus", 3},
		{"be", 2}, {"bei", 3}, {"ein", 3}, {"ent", 3}, {"er", 2}, {"fort", 4}, {"ge", 2},
		{"her", 3}, {"hin", 3}, {"mit", 3}, {"nach", 4}, {"rück", 5}, {"über", 5},
		{"um", 2}, {"unter", 5}, {"ver", 3}, {"vor", 3}, {"weg", 3}, {"weiter", 6},
		{"wieder", 6}, {"zer", 3}, {"zu", 2}, {"zurück", 7}, {"zusammen", 8}, {"nicht", 5},
		{"neben", 5}, {"haupt", 5}, {"binnen", 6}, {"außen", 6}, {"aussen", 6},
		{"innen", 5}, {"ober", 4}, {"durch", 5}, {"gegen", 5}, {"los", 3}, {"heran", 5}};
	size_t best = 0;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (prefixes[i].len > best && span_starts(word, prefixes[i]))
			best = prefixes[i].len;
	return best;
}

static void fill_left(struct collector *c, const struct lexicon *lexicon, struct span word,
	struct span whole, size_t joint)
{
	struct compound split;
	size_t prefix = prefix_length(whole);
	if (joint)
		add_word(c, word, span_skip(whole, joint));
	if (prefix_length(word) == word.len && prefix && whole.len >= prefix + SHORTEST_REST)
		add_word(c, word, span_skip(whole, prefix));
	size_t count = compound_split(lexicon, whole, &split);
	for (size_t i = 1; i < count; i++)
		add_word(c, word, span_skip(whole, split.parts[i].begin));
}

static void fill_right(
	struct collector *c, const struct lexicon *lexicon, struct span word, struct span rest)
{
	struct compound split;
	size_t count = compound_split(lexicon, word, &split);
	for (size_t i = 1; i < count; i++)
		add_word(c, (struct span){word.ptr, split.parts[i].begin}, rest);
}

size_t suspend_words(const struct lexicon *lexicon, struct span word, struct span context,
	size_t surface_len, struct suspended ret[SUSPEND_MAX_WORDS])
{
	char scratch[2 * MAX_FOLDED];
	struct collector c = {.words = ret};
	struct other other;
	const char *end = context.ptr + context.len;
	if (!find_other(context.ptr, context.ptr + surface_len, end, &other))
		return 0;
	const char *first_end = other.hyphen ? other.hyphen : other.end;
	size_t len = fold_word(span_from(other.begin, first_end), scratch, MAX_FOLDED);
	size_t joint = other.hyphen ? len : 0;
	if (other.hyphen)
		len += fold_word(span_from(skip_hyphen(other.hyphen, end), other.end),
			scratch + len, MAX_FOLDED);
	struct span whole = {scratch, len};
	if (len > MAX_FOLDED)
		return 0;
	if (other.left)
		fill_left(&c, lexicon, word, whole, joint);
	else
		fill_right(&c, lexicon, word, whole);
	return c.count;
}
