/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of acts behind a citation: abbreviations (AufenthG), titles (des Aufenthaltsgesetzes), the
 * books of the Sozialgesetzbuch, acts of the EU. data/acts.inc knows the most used ones; the rest
 * is told by capitals and endings.
 */
#include "text/norm_scan.h"

#define ACT(name, key) {name, key},
static const struct act {
	const char *name, *key;
} acts[] = {
#include "text/data/acts.inc"
};
#undef ACT

enum { ACT_COUNT = sizeof(acts) / sizeof(acts[0]) };

/* ---- the books of the Sozialgesetzbuch ---- */

static const char *const code_words[] = {
	"sozialgesetzbuch", "sozialgesetzbuchs", "sozialgesetzbuches", NULL};

/* "Zweites", "Zweiten": 2; 0 if the word is no ordinal */
static unsigned read_ordinal(const struct scan_word *word)
{
	static const char *const stems[] = {"erst", "zweit", "dritt", "viert", "fünft", "sechst",
		"siebt", "acht", "neunt", "zehnt", "elft", "zwölft", "dreizehnt", "vierzehnt"};
	static const char *const endings[] = {"e", "en", "es", "er", NULL};
	if (!memchr("ezdvfsan", word->text[0], 8))
		return 0;
	for (unsigned i = 0; i < sizeof(stems) / sizeof(stems[0]); i++) {
		size_t len = strlen(stems[i]);
		if (stems[i][0] != word->text[0] || word->len <= len ||
			memcmp(word->text, stems[i], len) != 0)
			continue;
		for (const char *const *ending = endings; *ending; ending++)
			if (strcmp(word->text + len, *ending) == 0)
				return i + 1;
	}
	return 0;
}

/* "Zweites Buch" from its ordinal, which has been read already */
static const char *read_book_word(
	const struct scan_word *ordinal, const char *end, unsigned *ret_book)
{
	static const char *const book_words[] = {"buch", "buches", "buchs", NULL};
	*ret_book = read_ordinal(ordinal);
	return *ret_book ? scan_any_word(scan_blank(ordinal->end, end), end, book_words) : NULL;
}

static const char *read_book_name(const char *at, const char *end, unsigned *ret_book)
{
	struct scan_word word;
	return at < end && scan_word(at, end, &word) ? read_book_word(&word, end, ret_book) : NULL;
}

/* "(SGB II)", "(Zweites Buch)" */
static const char *read_book_in_parentheses(const char *at, const char *end, unsigned *ret_book)
{
	static const char *const code[] = {"sgb", NULL};
	const char *next = scan_any_word(at, end, code);
	next = scan_blank(next ? next : at, end);
	const char *behind = read_book_name(next, end, ret_book);
	if (!behind)
		behind = scan_roman(next, end, ret_book);
	return behind && behind < end && *behind == ')' ? behind + 1 : NULL;
}

static const char *read_book(const char *at, const char *end, unsigned *ret_book)
{
	const char *next = scan_blank(at, end);
	if (next >= end)
		return NULL;
	if (*next == '(')
		return read_book_in_parentheses(next + 1, end, ret_book);
	const char *dash = *next == ',' ? next + 1 : scan_dash(next, end);
	const char *behind = read_book_name(dash ? scan_blank(dash, end) : next, end, ret_book);
	if (!behind)
		return next > at && !dash ? scan_roman(next, end, ret_book) : NULL;
	/* "Zweites Buch Sozialgesetzbuch, Drittes Buch Sozialgesetzbuch": that of what follows */
	if (*next == ',' && scan_any_word(scan_blank(behind, end), end, code_words))
		return NULL;
	const char *closing = dash ? scan_blank(behind, end) : end;
	closing = closing < end ? scan_dash(closing, end) : NULL;
	return closing ? closing : behind;
}

static const char *read_known_book(const char *at, const char *end, unsigned *ret_book)
{
	enum { BOOKS = 14 };
	const char *next = read_book(at, end, ret_book);
	return next && *ret_book <= BOOKS ? next : NULL;
}

static const char *read_book_first(
	const struct scan_word *ordinal, const char *end, unsigned *ret_book)
{
	static const char *const of_words[] = {"des", "im", NULL};
	const char *next = read_book_word(ordinal, end, ret_book);
	if (!next)
		return NULL;
	next = scan_blank(next, end);
	const char *of = scan_any_word(next, end, of_words);
	return scan_any_word(of ? scan_blank(of, end) : next, end, code_words);
}

const char *law_read_social(const char *end, const struct scan_word *word, char ret[NORM_LAW_BYTES])
{
	struct pen pen = {ret, 0, NORM_LAW_BYTES};
	unsigned book;
	const char *next = read_book_first(word, end, &book);
	if (!next && word->len > 3 && memcmp(word->text, "sgb", 3) == 0) { /* SGB-II */
		const char *book_end = word->text + word->len;
		if (scan_roman(word->text + 3, book_end, &book) != book_end)
			return NULL;
		next = word->end;
	} else if (!next) {
		if (!scan_is(word, "sgb") && !scan_is_any(word, code_words))
			return NULL;
		next = read_known_book(word->end, end, &book);
	}
	pen_string(&pen, "sgb");
	if (next)
		pen_number(&pen, book, 1);
	return next ? next : word->end;
}

/* "des Zehnten Buches", as the books cite each other; of what else, if not of the Code, is said. */
static const char *read_bare_book(
	const struct scan_word *ordinal, const char *end, char ret[NORM_LAW_BYTES])
{
	static const char *const of_words[] = {"des", "der", "dieses", NULL};
	struct pen pen = {ret, 0, NORM_LAW_BYTES};
	unsigned book;
	const char *next = read_book_word(ordinal, end, &book);
	if (!next || scan_any_word(scan_blank(next, end), end, of_words))
		return NULL;
	pen_string(&pen, "sgb");
	pen_number(&pen, book, 1);
	return next;
}

/* ---- titles and abbreviations ---- */

/* Most differ in their first two letters. */
static bool is_name(const char *text, size_t len, const char *name)
{
	return text[0] == name[0] && text[1] == name[1] && strncmp(text, name, len) == 0 &&
	       !name[len];
}

static const char *find_act(const char *text, size_t len)
{
	for (size_t i = 0; len > 1 && i < ACT_COUNT; i++)
		if (is_name(text, len, acts[i].name) || is_name(text, len, acts[i].key))
			return acts[i].key;
	return NULL;
}

static bool ends_in(const char *text, size_t len, struct span ending)
{
	return len > ending.len && span_ends((struct span){text, len}, ending);
}

/* The length without the genitive's -es or -s, if the word is a title without it. */
static size_t nominative_len(const struct scan_word *word)
{
	static const struct span heads[] = {
		{"gesetz", 6}, {"gesetzbuch", 10}, {"vertrag", 7}, {"abkommen", 8}};
	const size_t len = word->len;
	for (size_t drop = 0; drop <= 2 && drop < len; drop++) {
		if (drop && word->text[len - drop] != (drop == 1 ? 's' : 'e'))
			continue;
		for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
			if (ends_in(word->text, len - drop, heads[i]))
				return len - drop;
	}
	return len;
}

/* Words that end as titles do and name no act. */
static const char *const no_titles[] = {"rechtsverordnung", "rechtsordnung", "tagesordnung",
	"bundesgesetz", "landesgesetz", "reichsgesetz", "mantelgesetz", "artikelgesetz",
	"durchführungsverordnung", "ausführungsgesetz", "änderungsgesetz", "grössenordnung",
	"rangordnung", "arbeitsvertrag", "tarifvertrag", "mietvertrag", "reihenfolgeordnung",
	"delegiertenverordnung", "unordnung", "anordnung", "einordnung", "abordnung", "zuordnung",
	"verordnung", "stammgesetz", "fachgesetz", "wiederholungsverordnung", "beiordnung", NULL};

/* The title of an act that is not in the table: *-gesetz, *-ordnung, ... */
static size_t title_len(const struct scan_word *word)
{
	static const struct span endings[] = {{"gesetz", 6}, {"gesetzbuch", 10}, {"ordnung", 7},
		{"konvention", 10}, {"abkommen", 8}, {"staatsvertrag", 13}, {"satzung", 7},
		{"kodex", 5}};
	size_t len = nominative_len(word), count = sizeof(endings) / sizeof(endings[0]), i = 0;
	while (i < count && !ends_in(word->text, len, endings[i]))
		i++;
	if (i == count)
		return 0;
	for (const char *const *other = no_titles; *other; other++)
		if (strncmp(word->text, *other, len) == 0 && !(*other)[len])
			return 0;
	return len;
}

/* Written like an abbreviated act, and none: institutions, courts, countries, Roman numbers. */
static const char *const no_abbreviations[] = {"ag", "ba", "bag", "bamf", "bfh", "bgh", "bmas",
	"bmfsfj", "bmi", "brd", "bsg", "bt", "br", "bverfg", "bverwg", "ddr", "eg", "egmr", "eu",
	"eugh", "ewg", "ii", "iii", "iv", "lg", "lsg", "nr", "nrw", "olg", "os", "ovg", "sg",
	"uabs", "un", "usa", "vg", "vgh", "vi", "vii", "viii", "ix", "xi", "xii", "gmbh", "kg",
	"ev", "bgbl", "gvbl", "gvobl", "rn", "rz", "abl", "gmbl", "az", "lsa", "who", "pdf", "iqd",
	"cdu", "csu", "spd", "fdp", "afd", "baf", "bafin", "euro", "eur", "dm", NULL};

/* Capitals alone are a heading as often as an act, unless they are few or end as acts do. */
static bool is_abbreviation(const struct scan_word *word)
{
	enum { MOST_LETTERS = 20, MOST_CAPITALS = 5, ANY_CAPITALS = 3 };
	if (!word->capital || word->capitals < 2 || word->letters > MOST_LETTERS ||
		scan_is_any(word, no_abbreviations))
		return false;
	if (word->capitals < word->letters || word->letters <= ANY_CAPITALS)
		return true;
	return word->letters <= MOST_CAPITALS && strchr("govbk", word->text[word->len - 1]);
}

/* "GO NRW": the state whose act it is; the key becomes go-nrw. */
static const char *read_state(const char *at, const char *end, struct pen *pen)
{
	static const char *const states[] = {"nrw", "nw", "bw", "lsa", "sh", "mv", "rp", "rlp",
		"hh", "bln", "nds", "bbg", "hess", "bay", "sachs", "saar", "thür", NULL};
	struct scan_word word;
	at = scan_blank(at, end);
	if (at >= end || !scan_word(at, end, &word) || !word.capital || !scan_is_any(&word, states))
		return NULL;
	pen_string(pen, "-");
	pen_string(pen, word.text);
	return word.end;
}

static const char *read_name(
	const char *end, const struct scan_word *word, char ret[NORM_LAW_BYTES])
{
	struct pen pen = {ret, 0, NORM_LAW_BYTES};
	size_t len = word->len ? nominative_len(word) : 0;
	const char *key = len ? find_act(word->text, len) : NULL;
	size_t title = word->len && word->capital && !key ? title_len(word) : 0;
	if (key)
		pen_string(&pen, key);
	else if (title)
		pen_bytes(&pen, word->text, title);
	else if (word->len && is_abbreviation(word))
		pen_bytes(&pen, word->text, word->len);
	else
		return NULL;
	const char *behind = read_state(word->end, end, &pen);
	return behind ? behind : word->end;
}

/* "Bürgerliches Gesetzbuch" */
static const char *read_civil_code(
	const char *end, const struct scan_word *word, char ret[NORM_LAW_BYTES])
{
	static const char *const civil[] = {"bürgerliches", "bürgerlichen", NULL};
	static const char *const code[] = {"gesetzbuch", "gesetzbuchs", "gesetzbuches", NULL};
	const char *next = scan_is_any(word, civil)
				   ? scan_any_word(scan_blank(word->end, end), end, code)
				   : NULL;
	if (next)
		memcpy(ret, "bgb", 4);
	return next;
}

static const char *read_eu_act(
	const char *end, const struct scan_word *word, char ret[NORM_LAW_BYTES])
{
	static const char *const kinds[] = {"verordnung", "vo", "richtlinie", "rl", "beschluss",
		"durchführungsverordnung", "rahmenbeschlusses", "beschlusses", NULL};
	struct pen pen = {ret, 0, NORM_LAW_BYTES};
	const char *next = scan_is_any(word, kinds) ? source_eu(word->end, end, &pen) : NULL;
	if (next && strcmp(ret, "eu 2016/679") == 0)
		memcpy(ret, "dsgvo", 6);
	return next;
}

static bool is_adjective(const struct scan_word *word)
{
	size_t len = word->len;
	return word->capital && word->capitals == 1 && len > 2 && word->text[len - 2] == 'e' &&
	       memchr("nrs", word->text[len - 1], 3);
}

const char *law_read(const char *at, const char *end, char ret[NORM_LAW_BYTES])
{
	static const char *const articles[] = {"des", "der", "dem", "vom", "im", "zum", NULL};
	struct scan_word word;
	ret[0] = '\0';
	if (at < end && *at == ',') /* "§ 5 Abs. 1, AufenthG" is no citation of it */
		return NULL;
	const char *article = at < end ? scan_any_word(at, end, articles) : NULL;
	if (article)
		at = scan_blank(article, end);
	if (at >= end || !scan_word(at, end, &word))
		return NULL;
	const char *next = law_read_social(end, &word, ret);
	if (!next && article)
		next = read_bare_book(&word, end, ret);
	if (!next)
		next = read_civil_code(end, &word, ret);
	if (!next)
		next = read_eu_act(end, &word, ret);
	if (!next)
		next = read_name(end, &word, ret);
	if (!next && is_adjective(&word)) { /* "des Bayerischen Hochschulgesetzes" */
		at = scan_blank(word.end, end);
		if (at < end && scan_word(at, end, &word) && word.capitals == 1)
			next = read_name(end, &word, ret);
	}
	if (!next)
		ret[0] = '\0';
	return next;
}

size_t norm_law(struct span name, char ret[NORM_LAW_BYTES])
{
	const char *at = name.ptr, *end = at + name.len;
	const char *behind =
		name.len && name.len <= NORM_MAX_CONTEXT ? law_read(at, end, ret) : NULL;
	if (!behind || scan_blank(behind, end) != end)
		return 0;
	return strlen(ret);
}
