/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prefixes and endings of German verbs. Which roots there are, the families of words say. */
#include "text/stem_verb.h"

#define SPAN_ITEM(literal)                                                                         \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

/* Longer ones before those they begin with. */
static const struct span prefixes[] = {SPAN_ITEM("aufrecht"), SPAN_ITEM("auf"), SPAN_ITEM("aus"),
	SPAN_ITEM("ab"), SPAN_ITEM("an"), SPAN_ITEM("bereit"), SPAN_ITEM("bei"), SPAN_ITEM("be"),
	SPAN_ITEM("dar"), SPAN_ITEM("dazu"), SPAN_ITEM("durch"), SPAN_ITEM("ein"), SPAN_ITEM("emp"),
	SPAN_ITEM("entgegen"), SPAN_ITEM("ent"), SPAN_ITEM("er"), SPAN_ITEM("fest"),
	SPAN_ITEM("fort"), SPAN_ITEM("frei"), SPAN_ITEM("gegenüber"), SPAN_ITEM("heran"),
	SPAN_ITEM("heraus"), SPAN_ITEM("herbei"), SPAN_ITEM("herein"), SPAN_ITEM("hervor"),
	SPAN_ITEM("herunter"), SPAN_ITEM("her"), SPAN_ITEM("hinaus"), SPAN_ITEM("hinein"),
	SPAN_ITEM("hinter"), SPAN_ITEM("hinzu"), SPAN_ITEM("hin"), SPAN_ITEM("miss"),
	SPAN_ITEM("mit"), SPAN_ITEM("nach"), SPAN_ITEM("nieder"), SPAN_ITEM("statt"),
	SPAN_ITEM("teil"), SPAN_ITEM("umher"), SPAN_ITEM("um"), SPAN_ITEM("unter"), SPAN_ITEM("un"),
	SPAN_ITEM("ver"), SPAN_ITEM("voll"), SPAN_ITEM("voran"), SPAN_ITEM("voraus"),
	SPAN_ITEM("vorbei"), SPAN_ITEM("vor"), SPAN_ITEM("weg"), SPAN_ITEM("weiter"),
	SPAN_ITEM("wider"), SPAN_ITEM("wieder"), SPAN_ITEM("zer"), SPAN_ITEM("zurück"),
	SPAN_ITEM("zusammen"), SPAN_ITEM("zu"), SPAN_ITEM("überein"), SPAN_ITEM("über")};

const struct verb_ending verb_endings[] = {
	{SPAN_ITEM("en"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("e"), VERB_ANY, VERB_PLAIN},
	{SPAN_ITEM("t"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("et"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("te"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("ete"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("ten"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("eten"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("ter"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("eter"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("tes"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("etes"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("tem"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("etem"), VERB_ANY, VERB_GE},
	{SPAN_ITEM("end"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("ende"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("enden"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("ender"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("endes"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("endem"), VERB_ANY, VERB_ZU},
	{SPAN_ITEM("ens"), VERB_ANY, VERB_PLAIN},
	{SPAN_ITEM("n"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("ns"), VERB_ERN, VERB_PLAIN},
	{SPAN_ITEM("nd"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("nde"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("nden"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("nder"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("ndes"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("ndem"), VERB_ERN, VERB_ZU},
	{SPAN_ITEM("ung"), VERB_NOUN, VERB_PLAIN},
	{SPAN_ITEM("ungen"), VERB_NOUN, VERB_PLAIN},
	{{"", 0}, VERB_ANY, VERB_PLAIN},
};

static bool is_infix(struct span front, enum verb_infix infix)
{
	if (infix == VERB_GE)
		return span_ends(front, SPAN("ge"));
	return infix == VERB_ZU && front.len > 2 && span_ends(front, SPAN("zu"));
}

/* Reads prefixes from the end of `front` backwards. */
static bool read_front(struct span front, enum verb_infix infix, char *ret, size_t *ret_len)
{
	*ret_len = 0;
	if (front.len == 0)
		return true;
	if (is_infix(front, infix) &&
		read_front((struct span){front.ptr, front.len - 2}, VERB_PLAIN, ret, ret_len))
		return true;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		struct span before = {front.ptr, front.len - prefixes[i].len};
		if (!span_ends(front, prefixes[i]) || !read_front(before, infix, ret, ret_len))
			continue;
		memcpy(ret + *ret_len, prefixes[i].ptr, prefixes[i].len);
		*ret_len += prefixes[i].len;
		return true;
	}
	return false;
}

enum { LONGEST_FRONT_BYTES = 24 };

bool verb_front(struct span front, enum verb_infix infix)
{
	char buffer[LONGEST_FRONT_BYTES];
	size_t len;
	return front.len <= LONGEST_FRONT_BYTES && read_front(front, infix, buffer, &len);
}

size_t verb_prefixes(struct span front, enum verb_infix infix, char *ret)
{
	size_t len = 0;
	if (front.len > LONGEST_FRONT_BYTES || !read_front(front, infix, ret, &len))
		return 0;
	return len;
}

bool verb_in_ern(struct span verb)
{
	if (span_ends(verb, SPAN("n")))
		verb.len--;
	return span_ends(verb, SPAN("er")) || span_ends(verb, SPAN("el"));
}
