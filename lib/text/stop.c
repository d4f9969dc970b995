/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of stop words, our own: articles, pronouns, prepositions, conjunctions, auxiliaries and
 * adverbs of degree and place, as the folded forms in which they are looked up, in byte order.
 */
#include "text/stop.h"

#include <stdlib.h>

/* clang-format off */
static const char *const stop_words[] = {
	"ab", "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an",
	"andere", "anderem", "anderen", "anderer", "anderes", "ans", "auch", "auf", "aufs",
	"aus", "ausserhalb", "bei", "beim", "bevor", "bin", "bis", "bist", "bzgl", "bzw", "da",
	"dabei", "dadurch", "dafür", "dagegen", "daher", "damals", "damit", "danach", "dann",
	"daran", "darauf", "darf", "darfst", "darin", "darum", "darüber", "das", "dass", "davon",
	"davor", "dazu", "dein", "deine", "deinem", "deinen", "deiner", "deines", "dem", "den",
	"denen", "denn", "der", "deren", "des", "deshalb", "dessen", "deswegen", "dich", "die",
	"diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "dort", "du", "durch",
	"durfte", "durften", "dürfen", "dürft", "dürfte", "dürften", "eben", "ein", "eine",
	"einem", "einen", "einer", "eines", "einige", "einigem", "einigen", "einiger", "einiges",
	"entweder", "er", "es", "etc", "etwa", "etwas", "euch", "euer", "eure", "eurem", "euren",
	"eurer", "eures", "falls", "für", "gegen", "gegenüber", "gehabt", "geht", "gemäss",
	"gewesen", "geworden", "ggf", "gibt", "habe", "haben", "habt", "hast", "hat", "hatte",
	"hatten", "her", "hier", "hierbei", "hierfür", "hierzu", "hin", "hinter", "hätte",
	"hätten", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer",
	"ihres", "im", "immer", "in", "indem", "innerhalb", "ins", "ist", "ja", "je", "jede",
	"jedem", "jeden", "jeder", "jedes", "jene", "jenem", "jenen", "jener", "jenes", "jetzt",
	"kann", "kannst", "kein", "keine", "keinem", "keinen", "keiner", "keines", "konnte",
	"konnten", "können", "könnt", "könnte", "könnten", "laut", "mag", "mal", "man", "manche",
	"manchem", "manchen", "mancher", "manches", "mehr", "mein", "meine", "meinem", "meinen",
	"meiner", "meines", "mich", "mir", "mit", "muss", "musst", "musste", "mussten", "möchte",
	"möchten", "mögen", "müssen", "müsst", "müsste", "müssten", "nach", "nachdem", "neben",
	"nein", "nicht", "nichts", "nie", "niemals", "noch", "nun", "nur", "ob", "obwohl",
	"oder", "ohne", "per", "schon", "sehr", "sei", "seid", "seien", "sein", "seine",
	"seinem", "seinen", "seiner", "seines", "seit", "sich", "sie", "sind", "so", "sobald",
	"sofern", "solange", "solche", "solchem", "solchen", "solcher", "solches", "soll",
	"sollen", "sollst", "sollt", "sollte", "sollten", "sondern", "soweit", "sowie", "sowohl",
	"trotz", "um", "und", "uns", "unser", "unsere", "unserem", "unseren", "unserer",
	"unseres", "unter", "usw", "viel", "viele", "vielen", "vieler", "vieles", "vom", "von",
	"vor", "wann", "war", "waren", "warst", "wart", "warum", "was", "weder", "wegen", "weil",
	"welche", "welchem", "welchen", "welcher", "welches", "wem", "wen", "weniger", "wenn",
	"wer", "werde", "werden", "werdet", "weshalb", "wessen", "wie", "wieder", "wieso",
	"will", "willst", "wir", "wird", "wirst", "wo", "wodurch", "wofür", "woher", "wohin",
	"wollen", "wollt", "wollte", "wollten", "womit", "woran", "worauf", "worden", "worüber",
	"wozu", "wurde", "wurden", "während", "wäre", "wären", "würde", "würden", "zu", "zum",
	"zur", "zwischen", "über",
};
/* clang-format on */

static int compare(const void *key, const void *element)
{
	return span_compare(*(const struct span *)key, span_of(*(const char *const *)element));
}

bool stop_word(struct span word)
{
	enum { LONGEST_BYTES = 10 };
	return word.len <= LONGEST_BYTES &&
	       bsearch(&word, stop_words, sizeof(stop_words) / sizeof(stop_words[0]),
		       sizeof(stop_words[0]), compare) != NULL;
}

struct span stop_word_at(size_t number)
{
	return number < sizeof(stop_words) / sizeof(stop_words[0]) ? span_of(stop_words[number])
								   : (struct span){NULL, 0};
}
