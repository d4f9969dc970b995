/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two lists, our own, in byte order. Words of grammar are stop.c's; these are words of meaning
 * that lose it in a question.
 */
#include "text/question.h"

#include <stdlib.h>

/* clang-format off */
static const char *const openers[] = {
	"wann", "warum", "was", "welche", "welchem", "welchen", "welcher", "welches", "wem", "wen",
	"wer", "weshalb", "wessen", "wie", "wieso", "wieviel", "wieviele", "wo", "wobei", "wodurch",
	"wofür", "wogegen", "woher", "wohin", "womit", "wonach", "woran", "worauf", "woraus", "worin",
	"worum", "worüber", "wovon", "wozu",
};

static const char *const fillers[] = {
	"anbieten", "angeboten", "art", "arten", "bedeuten", "bedeutet", "bekomme", "bekommen",
	"bekommst", "bekommt", "benötige", "benötigen", "benötigt", "biete", "bieten", "bietet",
	"brauche", "brauchen", "brauchst", "braucht", "dienen", "dient", "erfahre", "erfahren",
	"erhalte", "erhalten", "erhält", "finde", "finden", "findest", "findet", "funktionieren",
	"funktioniert", "gehören", "gehört", "gelten", "genau", "genaue", "genauere", "gilt",
	"heissen", "heisst", "information", "informationen", "kenne", "kennen", "lange", "mache",
	"machen", "machst", "macht", "möglichkeit", "möglichkeiten", "nutze", "nutzen", "nutzt",
	"nähe", "stehen", "steht", "tue", "tun", "verstehe", "verstehen", "versteht", "weiss",
	"wissen",
};
/* clang-format on */

static int compare(const void *key, const void *element)
{
	return span_compare(*(const struct span *)key, span_of(*(const char *const *)element));
}

static bool is_in(struct span word, const char *const *list, size_t count)
{
	return bsearch(&word, list, count, sizeof(*list), compare) != NULL;
}

bool question_opens(struct span word)
{
	return is_in(word, openers, sizeof(openers) / sizeof(openers[0]));
}

bool question_fills(struct span word)
{
	return is_in(word, fillers, sizeof(fillers) / sizeof(fillers[0]));
}
