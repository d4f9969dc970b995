/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where ae, oe and ue are two sounds. The table was made by reading through all words of Debian's
 * wngerman with these letters (tools/check-umlaut-spelling does so again): no word of the list may
 * change, and every word with an umlaut must come back from its spelling without.
 */
#include "text/stem_umlaut.h"

/* `before` ends in front of the two letters, which `from` begins with; ^ and $ are the ends. */
struct hiatus {
	const char *before, *from;
};

/* clang-format off */
static const struct hiatus hiatus_ae[] = {
	{"", "ae$"}, {"", "aero"}, {"tetr", "aeder"}, {"okt", "aeder"}, {"hex", "aeder"},
	{"poly", "aeder"}, {"k", "aesk"}, {"^", "aeg$"}, {"sr", "ael"}, {"mich", "ael"},
	{"ph", "ael"}, {"raf", "ael"}, {"sm", "ael"}, {"ghan", "aer"}, {"fuld", "aer"},
	{"toshib", "ae"}, {"m", "aestr"}, {"p", "aella"}, {"^c", "aen$"}, {"^l", "aerte"},
	{"choler", "aep"}, {"met", "aeb"}, {"gal", "aem"}, {"gal", "aea"}, {"pharm", "aex"},
	{"pharm", "aei"}, {"europ", "aex"}, {"europ", "aeb"}, {"europ", "aein"},
	{"extr", "aei"}, {"kamer", "aei"}, {"klim", "ae"}, {"arom", "aei"}, {"coron", "ae"},
	{"alph", "ae"}, {"meg", "ae"}, {"vis", "aer"}, {"ik", "aein"}, {"propagand", "aef"},
	{"g", "aeta"},
};
static const struct hiatus hiatus_oe[] = {
	{"", "oe$"}, {"itzeh", "oe"}, {"monr", "oe"}, {"ob", "oe"}, {"", "oeuv"},
	{"^", "oecd"}, {"^", "oem$"}, {"p", "oet$"}, {"p", "oeti"}, {"p", "oete"}, {"p", "oesi"}, {"^k", "oedu"},
	{"k", "oeff"}, {"k", "oexi"}, {"^k", "oevolu"}, {"^s", "oeben"}, {"^s", "oest"},
	{"ph", "oenix"}, {"g", "oethe"}, {"^j", "oel"}, {"^n", "oel$"}, {"^n", "oeth"},
	{"^b", "oein"}, {"h", "oeness"}, {"h", "oesch$"}, {"citr", "oen"}, {"bonh", "oeff"},
	{"c", "oesfeld"}, {"tog", "oer"}, {"kong", "oer"}, {"kair", "oer"}, {"nett", "oe"},
	{"brutt", "oe"}, {"bür", "oe"}, {"buer", "oe"}, {"kont", "oe"}, {"mikr", "oe"},
	{"makr", "oe"}, {"piez", "oe"}, {"phot", "oe"}, {"fot", "oe"}, {"opt", "oe"},
	{"ind", "oeu"}, {"hom", "oer"}, {"hom", "oeh"}, {"therm", "oe"}, {"elektr", "oe"},
	{"radi", "oei"}, {"radi", "oee"}, {"radi", "oem"}, {"vide", "oe"}, {"pseud", "oe"},
	{"ech", "oe"}, {"domin", "oe"}, {"^bi", "oe"}, {"^aut", "oe"}, {"^inf", "oe"},
	{"^studi", "oe"}, {"risik", "oe"}, {"^eur", "oe"}, {"^pr", "oeur"}, {"sozi", "oe"},
	{"ge", "oelektr"}, {"^kin", "oe"}, {"z", "ooe"}, {"gastr", "oe"}, {"benz", "oe"},
	{"kaka", "oe"},
};
static const struct hiatus hiatus_ue[] = {
	{"t", "uell"}, {"x", "uell"}, {"s", "uell"}, {"d", "uell"}, {"n", "uell"},
	{"z", "uell"}, {"d", "uett"}, {"ho", "uett"}, {"ag", "uett"}, {"ro", "uett"},
	{"n", "uett"}, {"stat", "ue"}, {"rev", "ue"}, {"fond", "ue"}, {"^t", "uend"},
	{"hlt", "uend"}, {"mt", "uend"}, {"bt", "uend"}, {"gt", "uend"}, {"nt", "uend"},
	{"rt", "uend"}, {"ut", "uend"}, {"get", "ues$"}, {"t", "uerei"}, {"t", "uerisch"},
	{"gt", "uer"}, {"^g", "ueril"}, {"^g", "uern"}, {"man", "uel"}, {"sam", "uel"},
	{"venez", "uel"}, {"kongr", "uen"}, {"infl", "uen"}, {"konfl", "uen"}, {"id", "uen"},
	{"ak", "uen$"}, {"resid", "uen"}, {"in", "uend"}, {"^bl", "ues$"}, {"^bl", "uejean"},
	{"^bl", "uetooth"}, {"^s", "uez"}, {"^b", "uenos"}, {"lang", "uedoc"}, {"^m", "uezz"},
	{"^p", "uert"}, {"^p", "uebl"}, {"gen", "uesi"}, {"gen", "uese"}, {"val", "ues$"},
	{"iss", "ue"}, {"ven", "ues$"}, {"^f", "uertev"},
};
/* What may follow zue if it is zü: the others are zu and a word with e. */
static const char *const after_zue[] = {"ber", "ch", "ck", "g", "nd", "nft", "ngel", "ngig", "ngl", "rch", "ri", "rn"};
/* clang-format on */

static bool matches(struct span word, size_t at, const struct hiatus *hiatus)
{
	struct span before = span_of(hiatus->before), from = span_of(hiatus->from);
	struct span front = {word.ptr, at}, tail = span_skip(word, at);
	if (span_starts(before, SPAN("^"))) {
		if (!span_equal(front, span_skip(before, 1)))
			return false;
	} else if (!span_ends(front, before)) {
		return false;
	}
	if (!span_ends(from, SPAN("$")))
		return span_starts(tail, from);
	from.len--;
	return span_equal(tail, from);
}

static bool any_matches(
	struct span word, size_t at, const struct hiatus *hiatuses, size_t hiatus_count)
{
	for (size_t i = 0; i < hiatus_count; i++)
		if (matches(word, at, &hiatuses[i]))
			return true;
	return false;
}
#define ANY_MATCHES(word, at, list) any_matches(word, at, list, sizeof(list) / sizeof(list[0]))

static bool may_follow_zue(struct span tail)
{
	for (size_t i = 0; i < sizeof(after_zue) / sizeof(after_zue[0]); i++)
		if (span_starts(tail, span_of(after_zue[i])))
			return true;
	return false;
}

/* ue after a, e, ä (Bauer, neue, säuerlich) and q is never ü, nor at the end but for Menue. */
static bool is_ue_umlaut(struct span word, size_t at)
{
	unsigned char last = at ? (unsigned char)word.ptr[at - 1] : 0;
	bool after_umlaut = at > 1 && memcmp(word.ptr + at - 2, "ä", 2) == 0;
	if (span_ends((struct span){word.ptr, at}, SPAN("ge")))
		return span_starts(span_skip(word, at), SPAN("uebt")); /* ausgeübt */
	if (last == 'a' || last == 'e' || last == 'q' || after_umlaut)
		return false;
	if (at + 2 == word.len)
		return span_ends(word, SPAN("menue"));
	if (last == 'z' && !may_follow_zue(span_skip(word, at + 2)))
		return false;
	return !ANY_MATCHES(word, at, hiatus_ue);
}

/* The umlaut that stands at `at`, or NULL. */
static const char *umlaut_at(struct span word, size_t at)
{
	if (at + 1 == word.len || word.ptr[at + 1] != 'e')
		return NULL;
	switch (word.ptr[at]) {
	case 'a':
		return ANY_MATCHES(word, at, hiatus_ae) ? NULL : "ä";
	case 'o':
		return ANY_MATCHES(word, at, hiatus_oe) ? NULL : "ö";
	case 'u':
		return is_ue_umlaut(word, at) ? "ü" : NULL;
	default:
		return NULL;
	}
}

struct span umlaut_spelling(struct span word, struct buf *scratch)
{
	size_t copied = 0;
	for (size_t at = 0; at < word.len; at++) {
		const char *umlaut = umlaut_at(word, at);
		if (!umlaut)
			continue;
		if (copied == 0)
			buf_clear(scratch);
		buf_add(scratch, word.ptr + copied, at - copied);
		buf_add(scratch, umlaut, 2);
		copied = ++at + 1;
	}
	if (copied == 0)
		return word;
	buf_add(scratch, word.ptr + copied, word.len - copied);
	return buf_span(scratch);
}
