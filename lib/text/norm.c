/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which reader takes what begins here: by the first byte, and for letters by the first word. The
 * readers themselves are in norm_*.c.
 */
#include "text/norm.h"

#include "text/norm_scan.h"

/* AFTER(d, r) = B(s): "drs" may begin something. Only the low five bits of a byte count: those of
   both cases of a letter, and of the first byte of ä and ü as of c. */
#define AFTER(first, second) [(first)&31][(second)&31]
#define B(c) (1u << ((c)&31))
enum { DIGITS = 0x3ff << 16 };

const uint32_t norm_begins[32][32] = {
	AFTER(0xc2, 0xa7) = 0xffffffff,    /* §, and bgbl */
	AFTER(0xe2, 0x82) = B(0xac),       /* € */
	AFTER('a', 'c') = B('h'),          /* achtes */
	AFTER('a', 'p') = B('r'),          /* april */
	AFTER('a', 'r') = B('t'),          /* artikel */
	AFTER('a', 'u') = B('g') | B('s'), /* august ausschussdrucksache */
	AFTER('b', 'e') = B('s'),          /* beschlussvorlage */
	AFTER('b', 'r') = B('-') | B('d'), /* br- */
	AFTER('b', 't') = B('-') | B('d'), AFTER('b', 'u') = B('n'), /* bundestagsdrucksache */
	AFTER('c', '-') = DIGITS, AFTER('d', 'e') = B('z'),          /* dezember */
	AFTER('d', 'r') =
		B('s') | B('u') | B('i') | B('e'), /* drs drucksache drittes dreizehntes */
	AFTER('d', 'u') = B('r'),                  /* durchführungsverordnung */
	AFTER('e', 'l') = B('f'),                  /* elftes */
	AFTER('e', 'r') = B('s'),                  /* erstes */
	AFTER('e', 'u') = B('r'),                  /* eur */
	AFTER('f', 'e') = B('b'),                  /* februar */
	AFTER('f', 0xc3) = B(0xbc),                /* fünftes */
	AFTER('i', 'n') = B('f'),                  /* informationsvorlage */
	AFTER('j', 'a') = B('n'), AFTER('j', 'u') = B('n') | B('l'),
	AFTER('j', 0xc3) = B(0xa4),        /* jänner */
	AFTER('l', 'a') = B('n'),          /* landtagsdrucksache */
	AFTER('l', 't') = B('-') | B('d'), /* lt- */
	AFTER('m', 'a') = B('i') | B('e'), /* mai maerz */
	AFTER('m', 'i') = B('o') | B('t'), /* mio mitteilungsvorlage */
	AFTER('m', 'r') = B('d') | B('z'), /* mrd mrz */
	AFTER('m', 0xc3) = B(0xa4),        /* märz */
	AFTER('n', 'e') = B('u'),          /* neuntes */
	AFTER('n', 'o') = B('v'), AFTER('o', 'k') = B('t'),
	AFTER('p', 'a') = B('r'),          /* paragraph */
	AFTER('r', 'a') = B('h') | B('t'), /* rahmenbeschluss ratsvorlage */
	AFTER('r', 'i') = B('c'),          /* richtlinie */
	AFTER('r', 'l') = B(' ') | B(0xc2) | B(0xe2) | B('\n'),
	AFTER('s', 'e') = B('p') | B('c'),                           /* september sechstes */
	AFTER('s', 'g') = B('b'), AFTER('s', 'i') = B('e') | B('t'), /* siebtes sitzungsvorlage */
	AFTER('s', 'o') = B('z'),                                    /* sozialgesetzbuch */
	AFTER('t', '-') = DIGITS, AFTER('t', 's') = B('d'),
	AFTER('v', 'e') = B('r'),                                                 /* verordnung */
	AFTER('v', 'i') = B('e'),                                                 /* viertes */
	AFTER('v', 'o') = B(' ') | B('(') | B(0xc2) | B(0xe2) | B('\n') | B('r'), /* vo vorlage */
	AFTER('z', 'e') = B('h'),                                                 /* zehntes */
	AFTER('z', 'w') = B('e') | B(0xc3),                                       /* zweites */
};

/* ---- units ---- */

/* The word that a sign or an abbreviation stands for; `written` is what else it is found as. */
static void read_unit(
	struct norm *ret, const char *at, const char *behind, struct span word, struct span written)
{
	norm_init(ret, at, behind);
	norm_word_form(ret, NORM_EXACT, word, at, at, behind);
	norm_form(ret, NORM_EXACT, written, at, at, behind);
}

static bool read_sign(const char *at, const char *end, struct norm *ret)
{
	const char *sign;
	if (*at == '%') {
		const char *behind = number_percent(at, end, &sign);
		if (behind)
			read_unit(ret, at, behind, SPAN("prozent"), SPAN("%"));
		return behind != NULL;
	}
	const char *euro = scan_literal(at, end, "\u20ac");
	if (euro)
		read_unit(ret, at, euro, SPAN("euro"), SPAN("\u20ac"));
	return euro != NULL;
}

static bool read_unit_word(const struct scan_word *word, const char *at, struct norm *ret)
{
	static const struct {
		const char *written, *word;
	} units[] = {
		{"eur", "euro"}, {"mio", "millionen"}, {"mrd", "milliarden"}, {"tsd", "tausend"}};
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (scan_is(word, units[i].written)) {
			read_unit(ret, at, word->end, span_of(units[i].word), span_of(word->text));
			return true;
		}
	return false;
}

/* ---- words that begin a source ---- */

static const struct {
	const char *word;
	enum source_kind kind;
} source_words[] = {
	{"ausschussdrs", SOURCE_PAPER},
	{"ausschussdrucksache", SOURCE_PAPER},
	{"beschlussvorlage", SOURCE_TEMPLATE},
	{"bgbl", SOURCE_GAZETTE},
	{"brdrs", SOURCE_PAPER},
	{"brdrucksache", SOURCE_PAPER},
	{"btdrs", SOURCE_PAPER},
	{"btdrucksache", SOURCE_PAPER},
	{"bundesratsdrucksache", SOURCE_PAPER},
	{"bundestagsdrs", SOURCE_PAPER},
	{"bundestagsdrucksache", SOURCE_PAPER},
	{"c", SOURCE_CASE},
	{"drs", SOURCE_PAPER},
	{"drucks", SOURCE_PAPER},
	{"drucksache", SOURCE_PAPER},
	{"drucksachen", SOURCE_PAPER},
	{"drucksachennr", SOURCE_PAPER},
	{"drucksachennummer", SOURCE_PAPER},
	{"durchführungsverordnung", SOURCE_EU},
	{"informationsvorlage", SOURCE_TEMPLATE},
	{"landtagsdrs", SOURCE_PAPER},
	{"landtagsdrucksache", SOURCE_PAPER},
	{"ltdrs", SOURCE_PAPER},
	{"ltdrucksache", SOURCE_PAPER},
	{"mitteilungsvorlage", SOURCE_TEMPLATE},
	{"rahmenbeschluss", SOURCE_EU},
	{"ratsdrucksache", SOURCE_PAPER},
	{"ratsvorlage", SOURCE_TEMPLATE},
	{"richtlinie", SOURCE_EU},
	{"richtlinien", SOURCE_EU},
	{"rl", SOURCE_EU},
	{"sgb", SOURCE_SGB},
	{"sitzungsvorlage", SOURCE_TEMPLATE},
	{"sozialgesetzbuch", SOURCE_SGB},
	{"sozialgesetzbuches", SOURCE_SGB},
	{"sozialgesetzbuchs", SOURCE_SGB},
	{"t", SOURCE_CASE},
	{"verordnung", SOURCE_EU},
	{"verordnungen", SOURCE_EU},
	{"verwaltungsvorlage", SOURCE_TEMPLATE},
	{"vo", SOURCE_EU},
	{"vorlage", SOURCE_TEMPLATE},
	{"vorlagen", SOURCE_TEMPLATE},
	{"vorlagennr", SOURCE_TEMPLATE},
	{"vorlagennummer", SOURCE_TEMPLATE},
};

static bool read_source(
	const char *at, const char *end, const struct scan_word *word, struct norm *ret)
{
	size_t low = 0, high = sizeof(source_words) / sizeof(source_words[0]);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(word->text, source_words[middle].word);
		if (order == 0)
			return source_read(at, end, source_words[middle].kind, word, ret);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	/* SGB-II, Zweites Buch Sozialgesetzbuch */
	return source_read(at, end, SOURCE_SGB, word, ret);
}

/* ---- citations of law ---- */

/* "Art 3" and "diese Art 3 mal": without a full stop the word must be followed by an act or by a
   paragraph. */
static bool is_doubtful(const char *behind_sign, const char *at, const struct norm *norm)
{
	bool art = (at[0] | 0x20) == 'a' && behind_sign - at == 3;
	return art && !norm->law[0] && norm->cites[0].step_count == 0;
}

/* The forms of "§ 16a": §16a and 16a; of "Art. 3": art3 and 3; the words as written. */
static void add_section_forms(const char *at, const char *behind_sign, struct norm *ret)
{
	const char *surface_end = at + ret->surface_len;
	const struct norm_number *number = &ret->cites[0].from;
	struct scan_word word;
	struct pen pen = norm_add_form(ret, NORM_EXACT, at, at, surface_end);
	pen_string(&pen, ret->sign);
	pen_number(&pen, number->number, 1);
	pen_string(&pen, number->letters);
	norm_end_form(ret, &pen);
	const char *digits = scan_blank(behind_sign, surface_end);
	pen = norm_add_form(ret, NORM_EXACT, at, digits, surface_end);
	pen_number(&pen, number->number, 1);
	pen_string(&pen, number->letters);
	norm_end_form(ret, &pen);
	if ((unsigned char)*at < 0x80 && scan_word(at, behind_sign, &word))
		norm_word_form(
			ret, NORM_PART, (struct span){word.text, word.len}, at, at, word.end);
}

static bool read_citation(const char *at, const char *end, struct norm *ret)
{
	const char *sign;
	bool plural;
	const char *behind = cite_sign(at, end, &sign, &plural);
	if (!behind || !cite_read(at, behind, end, sign, plural, ret) ||
		is_doubtful(behind, at, ret))
		return false;
	add_section_forms(at, behind, ret);
	return true;
}

/* ---- */

static bool read_word(const char *at, const char *end, struct norm *ret)
{
	struct scan_word word;
	if (!scan_word(at, end, &word) || word.len == 0)
		return false;
	unsigned month = date_month(&word);
	if (month)
		return date_read_month(at, end, &word, month, ret);
	if ((word.text[0] == 'a' || word.text[0] == 'p') && read_citation(at, end, ret))
		return true;
	return read_unit_word(&word, at, ret) || read_source(at, end, &word, ret);
}

/* ---- what cannot be the beginning, told by a few bytes ---- */

/* How the words begin that read_word knows, by their first letter. */
enum { MOST_BEGINNINGS = 7 };
/* clang-format off */
static const char *const beginnings[26][MOST_BEGINNINGS + 1] = {
	['a' - 'a'] = {"acht", "apr", "art", "aug", "ausschussdr"},
	['b' - 'a'] = {"beschlussv", "bgbl", "brdr", "btdr", "bundesratsdr", "bundestagsdr"},
	['c' - 'a'] = {"c"},
	['d' - 'a'] = {"dez", "dr", "durchführungsv"},
	['e' - 'a'] = {"elft", "erst", "eur"},
	['f' - 'a'] = {"feb", "fünft"},
	['i' - 'a'] = {"informationsv"},
	['j' - 'a'] = {"jan", "jul", "jun", "jän"},
	['l' - 'a'] = {"landtagsdr", "ltdr"},
	['m' - 'a'] = {"maerz", "mai", "mio", "mitteilungsv", "mrd", "mrz", "mär"},
	['n' - 'a'] = {"neunt", "nov"},
	['o' - 'a'] = {"okt"},
	['p' - 'a'] = {"par"},
	['r' - 'a'] = {"rahmenb", "ratsdr", "ratsv", "richtlinie", "rl"},
	['s' - 'a'] = {"sechst", "sep", "sgb", "siebt", "sitzungsv", "sozialgesetzb"},
	['t' - 'a'] = {"t"},
	['v' - 'a'] = {"verordnung", "verwaltungsv", "viert", "vo"},
	['z' - 'a'] = {"zehnt", "zweit", "zwölft"},
};
/* clang-format on */

/* Whether the letters at `at` are `beginning` in any case, as far as bytes tell: where a hyphen or
   something beyond ASCII is in the way they might be. */
static bool may_spell(const char *at, const char *end, const char *beginning)
{
	for (; *beginning; at++, beginning++) {
		if (at == end)
			return false;
		if ((*at | 0x20) != (*beginning | 0x20))
			return *at == '-' || (unsigned char)*at >= 0x80;
	}
	return true;
}

static bool may_spell_any(const char *at, const char *end, const char *const *beginning)
{
	for (; *beginning; beginning++)
		if (may_spell(at, end, *beginning))
			return true;
	return false;
}

/* `at` is a letter. */
static bool may_be_word(const char *at, const char *end)
{
	unsigned letter = (unsigned)(*at | 0x20) - 'a';
	return letter < 26 && may_spell_any(at, end, beginnings[letter]);
}

static bool is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

/* "3. Oktober", "03. 10.", "3. bis 5. Oktober", "3./4. Oktober" from behind the full stop. */
static bool day_may_go_on(const char *at, const char *end)
{
	static const char *const words[] = {"bis", "und", "oder", "sowie", "zum", "jan", "jän",
		"feb", "mär", "maer", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov",
		"dez", NULL};
	at = scan_blank(at, end);
	if (at == end)
		return false;
	return (unsigned char)*at >= 0x80 || is_digit(at, end) || memchr("-/,", *at, 3) ||
	       may_spell_any(at, end, words);
}

/* "1 500", "42 %", "10 - 15 %", "10 bis 15 %" from the blank on. */
static bool spaced_number_may_go_on(const char *at, const char *end)
{
	static const char *const words[] = {"proz", "v", "bis", "und", "oder", "auf", NULL};
	if (*at == ' ' && is_digit(at + 1, end))
		return is_digit(at + 2, end) && is_digit(at + 3, end);
	at = scan_blank(at, end);
	if (at == end)
		return false;
	return (unsigned char)*at >= 0x80 || *at == '%' || *at == '-' ||
	       may_spell_any(at, end, words);
}

/* Most numbers are alone: what follows their digits tells so. */
static bool digits_may_begin(const char *at, const char *end)
{
	while (is_digit(at, end))
		at++;
	if (at == end)
		return false;
	switch (*at) {
	case ' ':
	case '\n':
	case '\t':
		return spaced_number_may_go_on(at, end);
	case '.':
		return is_digit(at + 1, end) || day_may_go_on(at + 1, end);
	case ',':
	case '/':
		return is_digit(at + 1, end);
	case '-':
		at = scan_blank(at + 1, end);
		return is_digit(at, end);
	default:
		return *at == '%' || (unsigned char)*at >= 0x80;
	}
}

/* ---- */

/* As far as a reader may look: to the last blank, so that no word is cut. */
static const char *cut_context(const char *at)
{
	const char *end = at + NORM_MAX_CONTEXT, *least = end - SCAN_WORD_BYTES;
	while (end > least && end[-1] != ' ' && end[-1] != '\n')
		end--;
	while (((unsigned char)*end & 0xc0) == 0x80)
		end--;
	return end;
}

bool norm_read(const char *at, const char *end, struct norm *ret)
{
	if (end - at > NORM_MAX_CONTEXT)
		end = cut_context(at);
	if (at >= end || !norm_may_begin(at, end))
		return false;
	unsigned char first = (unsigned char)*at;
	if (first >= '0' && first <= '9')
		return digits_may_begin(at, end) &&
		       (date_read(at, end, ret) || source_read_number(at, end, ret) ||
			       number_read(at, end, ret));
	if (first == 0xc2)
		return read_citation(at, end, ret);
	if (first == '%' || first == 0xe2)
		return read_sign(at, end, ret);
	return may_be_word(at, end) && read_word(at, end, ret);
}
