/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules of gender forms. Every rule looks at glyphs only, so that soft hyphens and line ends
 * inside a form do not matter. False friends are told apart by what surrounds the separator:
 * a capital ending with a tail is another word (Student*Innenstadt), capitals only are an
 * abbreviation (SPD:innen), lower case is no noun (außen/innen).
 */
#include "text/gender.h"

#include <string.h>

#include "text/chars.h"

static bool is_letter(const struct shape *s, size_t at)
{
	return at < s->glyph_count &&
	       (s->glyphs[at].class == CHAR_LETTER || s->glyphs[at].class == CHAR_MARK);
}

static bool is_word_char(const struct shape *s, size_t at)
{
	return is_letter(s, at) || (at < s->glyph_count && s->glyphs[at].class == CHAR_DIGIT);
}

static bool is_sign(const struct shape *s, size_t at, uint32_t cp)
{
	return at < s->glyph_count && s->glyphs[at].cp == cp;
}

/* True if the glyphs from `at` on spell `word` exactly; German words here are ASCII. */
static bool spells(const struct shape *s, size_t at, const char *word)
{
	for (; *word; word++, at++)
		if (at >= s->glyph_count || s->glyphs[at].cp != (unsigned char)*word)
			return false;
	return true;
}

/* True if [from, to) is `word`, which is in Latin-1, whatever its case. */
static bool run_is(const struct shape *s, size_t from, size_t to, const char *word)
{
	for (; *word; word++, from++)
		if (from >= to || char_lower(s->glyphs[from].cp) != (unsigned char)*word)
			return false;
	return from == to;
}

static bool run_in(const struct shape *s, size_t from, size_t to, const char *const *words)
{
	for (; *words; words++)
		if (run_is(s, from, to, *words))
			return true;
	return false;
}

static bool run_ends(const struct shape *s, size_t from, size_t to, const char *word)
{
	size_t len = strlen(word);
	return to - from >= len && run_is(s, to - len, to, word);
}

static size_t run_of_letters(const struct shape *s, size_t at)
{
	while (is_letter(s, at))
		at++;
	return at;
}

/* A noun that can take an ending: Migrant, not SPD, außen, m2. */
static bool is_noun_base(const struct shape *s, size_t from, size_t to)
{
	if (to - from < 3 || !char_is_upper(s->glyphs[from].cp))
		return false;
	for (size_t i = from; i < to; i++)
		if (!is_letter(s, i))
			return false;
	return !char_is_upper(s->glyphs[to - 1].cp);
}

static bool is_lower_base(const struct shape *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_letter(s, i) || char_is_upper(s->glyphs[i].cp))
			return false;
	return to - from >= 3;
}

/*
 * Ends of words for persons, and of words that end so and are things; in Latin-1. Where only a
 * slash, an underscore or a capital parts an ending in -in from its base, it is a woman's only
 * behind a person: Leiter/in, but "Ort/in der Halle"; RektorIn, but "HauptstraßeIn".
 */
static const char *const persons[] = {"er", "ers", "ern", "ent", "enten", "ant", "anten", "proband",
	"orand", "irmand", "movend", "ist", "isten", "or", "oren", "eur", "\344r", "dat", "krat",
	"iplomat", "dressat", "rat", "r\344t", "r\344te", "r\344ten", "ilot", "iot", "thlet",
	"andit", "orit", "diat", "naut", "eut", "itekt", "log", "loge", "gog", "goge", "soph",
	"graf", "graph", "nom", "urg", "rzt", "rzte", "rzten", "wirt", "wart", "herr", "pat",
	"pate", "kund", "kunde", "kunden", "zeuge", "zeugen", "koch", "k\366ch", "chef", "reund",
	"feind", "nachbar", "tar", "thekar", "endar", "ivar", "ssar", "kolleg", "kollege",
	"kollegen", "gast", "nwalt", "w\344lt", "k\366nig", "held", "bote", "lotse", "nosse",
	"gatte", "jude", "beamte", "beamten", "selle", "gehilfe", "pert", "perte", "perten",
	"holik", "christ", "muslim", "dekan", NULL};
static const char *const things[] = {"zimmer", "wasser", "fenster", "lager", "feuer", "muster",
	"theater", "semester", "kloster", "steuer", "mauer", "dauer", "nummer", "kammer", "feier",
	"opfer", "kataster", "register", "center", "computer", "filter", "keller", "papier",
	"quartier", "revier", "l\344nder", "b\344nder", "felder", "bilder", "kinder", "h\344user",
	"ament", "kument", "rument", "moment", "ement", "prozent", "patent", "event", "restaurant",
	"frist", "chor", "labor", "faktor", "motor", "sektor", "mandat", "apparat", "vorrat",
	"verrat", "heirat", "burg", "katalog", "dialog", "gegenwart", "kommentar", NULL};

static bool run_ends_in(const struct shape *s, size_t from, size_t to, const char *const *ends)
{
	for (; *ends; ends++)
		if (run_ends(s, from, to, *ends))
			return true;
	return false;
}

static bool is_person(const struct shape *s, size_t from, size_t to)
{
	return run_ends_in(s, from, to, persons) && !run_ends_in(s, from, to, things);
}

struct separator {
	size_t length;
	uint32_t sign; /* '(' wants a closing one */
};

static struct separator separator_at(const struct shape *s, size_t at)
{
	struct separator none = {0, 0};
	if (at >= s->glyph_count)
		return none;
	uint32_t cp = s->glyphs[at].cp;
	if (cp == '/')
		return (struct separator){is_sign(s, at + 1, '-') ? 2 : 1, cp};
	if (cp == '*' || cp == ':' || cp == '_' || cp == 0xb7 || cp == '(')
		return (struct separator){1, cp};
	return none;
}

/* Behind the ending: the closing parenthesis where one was opened. 0 if it is missing. */
static size_t close_form(const struct shape *s, struct separator sep, size_t at)
{
	if (sep.sign == '(')
		return is_sign(s, at, ')') && !is_word_char(s, at + 1) ? at + 1 : 0;
	/* snake_case and paths are no gender forms: Preis_innen_m2 */
	if (sep.sign == '_' && is_sign(s, at, '_'))
		return 0;
	return at;
}

static void set_segment(struct segment *ret, enum gender_form gender, size_t base, size_t base_end,
	size_t ending, size_t ending_end, size_t end)
{
	ret->gender = (uint8_t)gender;
	ret->base = (uint16_t)base;
	ret->base_end = (uint16_t)base_end;
	ret->ending = (uint16_t)ending;
	ret->ending_end = (uint16_t)ending_end;
	ret->end = (uint16_t)end;
}

/* Length of a feminine ending at `at` that suits the base, 0 if there is none. */
static size_t feminine_ending(
	const struct shape *s, size_t base, size_t base_end, size_t at, uint32_t sign)
{
	static const char *const any[] = {"innen", "in", NULL};
	static const char *const after_e[] = {"rinnen", "rin", NULL}; /* Mitarbeite*rinnen */
	static const char *const capital[] = {"Innen", "In", NULL};
	for (const char *const *e = any; *e; e++)
		if (spells(s, at, *e))
			return strlen(*e);
	if (sign == '*' && run_ends(s, base, base_end, "e"))
		for (const char *const *e = after_e; *e; e++)
			if (spells(s, at, *e))
				return strlen(*e);
	if (run_is(s, base, base_end, "sinti") && (spells(s, at, "zze") || spells(s, at, "zza")))
		return 3;
	if (run_is(s, base, base_end, "rom") && spells(s, at, "nja"))
		return 3;
	for (const char *const *e = capital; *e; e++)
		if (spells(s, at, *e) && !is_word_char(s, at + strlen(*e)) &&
			(e == capital || sign != '/')) /* Bus/In is none */
			return strlen(*e);
	return 0;
}

static size_t match_noun(const struct shape *s, size_t base, size_t base_end, struct segment *ret)
{
	/* "außen" in Latin-1: run_is compares code points with bytes */
	static const char *const places[] = {"au\xdf"
					     "en",
		"aussen", "binnen", "innen", NULL};
	struct separator sep = separator_at(s, base_end);
	if (!sep.length || run_in(s, base, base_end, places))
		return 0;
	/* lower case: bürger*innennah, and what is left of a word at a line end */
	bool star = sep.sign == '*' || sep.sign == ':';
	if (!is_noun_base(s, base, base_end) &&
		!(star && is_lower_base(s, base, base_end) && is_person(s, base, base_end)))
		return 0;
	size_t ending = base_end + sep.length;
	size_t length = feminine_ending(s, base, base_end, ending, sep.sign);
	bool weak = sep.sign == '_' || (sep.sign == '/' && sep.length == 1);
	if (!length || (weak && length == 2 && !is_person(s, base, base_end)))
		return 0;
	size_t ending_end = ending + length;
	size_t end = run_of_letters(s, ending_end);
	bool has_tail = end > ending_end;
	/* a tail of three letters and more, in lower case, behind the plural: Bürger*innenrat */
	if (has_tail && (length < 5 || end - ending_end < 3 || sep.sign == '(' ||
				char_is_upper(s->glyphs[ending_end].cp)))
		return 0;
	if (end < s->glyph_count && s->glyphs[end].class == CHAR_DIGIT)
		return 0;
	size_t next = close_form(s, sep, end);
	if (next)
		set_segment(ret, GENDER_NOUN, base, base_end, ending, ending_end, end);
	return next;
}

/* jede*r, Vorsitzende:n, ein*e, einer*m, Beauftragter*e, Kind(er) */
static size_t match_adjective(
	const struct shape *s, size_t base, size_t base_end, struct segment *ret)
{
	static const char *const articles[] = {
		"ein", "kein", "mein", "dein", "sein", "ihr", "unser", "euer", "jed", NULL};
	struct separator sep = separator_at(s, base_end);
	size_t ending = base_end + sep.length;
	size_t end = run_of_letters(s, ending);
	size_t length = end - ending;
	if (!sep.length || base_end - base < 3 || length < 1 || length > 2 ||
		(end < s->glyph_count && s->glyphs[end].class == CHAR_DIGIT))
		return 0;
	bool noun = is_noun_base(s, base, base_end);
	if (sep.sign == '_' && !noun)
		return 0;
	enum gender_form gender = GENDER_NONE;
	char first = (char)(s->glyphs[ending].cp < 0x80 ? s->glyphs[ending].cp : 0);
	if (run_in(s, base, base_end, articles)) {
		if (first == 'e' && (length == 1 || strchr("rnms", (int)s->glyphs[ending + 1].cp)))
			gender = GENDER_SUFFIX;
	} else if (length == 1 && first && strchr("rnms", first) &&
		   run_ends(s, base, base_end, "e")) {
		gender = GENDER_SUFFIX;
	} else if (length == 1 && (first == 'e' || first == 'm' || (first == 's' && !noun)) &&
		   sep.sign != '(' && run_ends(s, base, base_end, "er")) {
		gender = GENDER_REPLACE;
	} else if (noun && (sep.sign == '(' || (sep.sign == '/' && first == 'n'))) {
		static const char *const plurals[] = {"e", "n", "en", "er", "s", "es", NULL};
		if (run_in(s, ending, end, plurals))
			gender = GENDER_SUFFIX;
	}
	size_t next = gender == GENDER_NONE ? 0 : close_form(s, sep, end);
	if (next)
		set_segment(ret, gender, base, base_end, ending, end, end);
	return next;
}

/* der*die, er/sie, ihm/ihr: two pronouns or articles */
static size_t match_pair(const struct shape *s, size_t base, size_t base_end, struct segment *ret)
{
	static const char *const words[] = {"der", "die", "das", "dem", "den", "des", "er", "sie",
		"es", "ihm", "ihr", "ihn", "ihnen", "ihre", "ihren", "ihrem", "ihrer", "ihres",
		"sein", "seine", "seinen", "seinem", "seiner", "seines", "ein", "eine", "einen",
		"einem", "einer", "eines", "dieser", "diese", "diesem", "diesen", "jeder", "jede",
		"jedem", "jeden", "keiner", "keine", "welcher", "welche", NULL};
	struct separator sep = separator_at(s, base_end);
	size_t ending = base_end + sep.length;
	size_t end = run_of_letters(s, ending);
	if (sep.length != 1 || sep.sign == '(' || !run_in(s, base, base_end, words) ||
		!run_in(s, ending, end, words) || is_word_char(s, end))
		return 0;
	set_segment(ret, GENDER_PAIR, base, base_end, ending, end, end);
	return end;
}

/* English and brand names in -In that are no persons: LinkedIn, CheckIn */
static bool is_inner_i_name(const struct shape *s, size_t from, size_t to)
{
	static const char *const names[] = {"linked", "check", "plug", "log", "built", "drop",
		"stand", "opt", "add", "sit", "sign", "lock", "roll", "walk", "drive", "break",
		"zoom", "trade", "stay", "work", "call", "buy", "tie", "fade", "all", "teach",
		"make", "print", NULL};
	return run_in(s, from, to, names);
}

/* SchülerInnenzahlen, but two words without a blank: PlatzInnenstadt, KarlsruherInnenstadt. */
static bool is_inner_i_tail(const struct shape *s, size_t base, size_t capital, size_t end)
{
	size_t tail = capital + strlen("Innen");
	return end - tail >= 3 && !char_is_upper(s->glyphs[tail].cp) && !spells(s, tail, "stadt") &&
	       !spells(s, tail, "st\344dt") && is_person(s, base, capital);
}

/* MigrantInnen, RektorIn, SchülerInnenzahlen: the separator is the capital letter */
static size_t match_inner_i(const struct shape *s, size_t base, size_t run_end, struct segment *ret)
{
	for (size_t i = base + 3; i + 1 < run_end; i++) {
		if (s->glyphs[i].cp != 'I' || char_is_upper(s->glyphs[i - 1].cp) ||
			!is_noun_base(s, base, i))
			continue;
		bool plural = i + 5 <= run_end && spells(s, i, "Innen");
		size_t tail = plural ? run_end - (i + 5) : 0;
		if (plural && (tail == 0 || is_inner_i_tail(s, base, i, run_end))) {
			set_segment(ret, GENDER_NOUN, base, i, i, i + 5, run_end);
			return run_end;
		}
		if (i + 2 == run_end && spells(s, i, "In") && is_person(s, base, i) &&
			!is_inner_i_name(s, base, i)) {
			set_segment(ret, GENDER_NOUN, base, i, i, run_end, run_end);
			return run_end;
		}
	}
	return 0;
}

size_t gender_match(const struct shape *shape, size_t base, size_t base_end, struct segment *ret)
{
	size_t end = match_noun(shape, base, base_end, ret);
	if (!end)
		end = match_pair(shape, base, base_end, ret);
	if (!end)
		end = match_adjective(shape, base, base_end, ret);
	if (!end)
		end = match_inner_i(shape, base, base_end, ret);
	return end;
}
