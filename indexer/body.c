/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognises public bodies by the words that their names begin with. A list, since there are not
 * many such words, and a wrong body is worse than none.
 */
#include "indexer/body.h"

#include <strings.h>

enum { LINES_READ = 40, NAME_BYTES_MOST = 90, NAME_WORDS_MOST = 10 };

static const char *const publisher_labels[] = {"Herausgeberin", "Herausgeber", "Herausgegeben von",
	"Herausgegeben vom", "Hrsg.", "Hg.", NULL};
static const char *const author_labels[] = {"Verfasserinnen", "Verfasserin", "Verfasser",
	"Autorinnen", "Autorin", "Autoren", "Autor", "Bearbeitung", "Bearbeitet von", NULL};

/* Places: a name follows. */
static const char *const places[] = {"Stadt", "Landeshauptstadt", "Hansestadt", "Kreisstadt",
	"Universitätsstadt", "Große Kreisstadt", "Freie und Hansestadt", "Freie Hansestadt",
	"Gemeinde", "Ortsgemeinde", "Samtgemeinde", "Verbandsgemeinde", "Verwaltungsgemeinschaft",
	"Marktgemeinde", "Landkreis", "Kreis", "Bezirk", "Region", "Freistaat", NULL};

/* Authorities: the name may go on, or be complete. */
static const char *const authorities[] = {"Bundesministerium", "Ministerium", "Staatsministerium",
	"Bundesamt", "Landesamt", "Statistisches Bundesamt", "Statistisches Landesamt",
	"Senatsverwaltung", "Senatskanzlei", "Staatskanzlei", "Deutscher Bundestag", "Bundesrat",
	"Bundesregierung", "Die Bundesregierung", "Landesregierung", "Landtag", "Der Magistrat",
	"Magistrat", "Stadtverwaltung", "Gemeindeverwaltung", "Kreisverwaltung", "Landratsamt",
	"Bezirksamt", "Bezirksregierung", "Regierungspräsidium", "Der Senator", "Die Senatorin",
	"Behörde für", "Jobcenter", "Bundesagentur", "Agentur für Arbeit", "Fraktion", NULL};

/* Within names of towns: Frankfurt am Main, Rothenburg ob der Tauber. */
static const char *const small_words[] = {
	"am", "an", "auf", "bei", "der", "dem", "im", "in", "ob", "vor", "unter", NULL};

static bool starts_alike(struct span s, const char *with)
{
	size_t len = strlen(with);

	return s.len >= len && strncasecmp(s.ptr, with, len) == 0;
}

static bool starts_with_word(struct span s, const char *word)
{
	size_t len = strlen(word);

	return s.len >= len && memcmp(s.ptr, word, len) == 0 && (s.len == len || s.ptr[len] == ' ');
}

static bool starts_upper(struct span s)
{
	if (s.len > 1 && (unsigned char)s.ptr[0] == 0xc3) /* Ä, Ö, Ü and others of Latin 1 */
		return (unsigned char)s.ptr[1] < 0x9f;
	return s.len && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z';
}

static size_t count_words(struct span s)
{
	size_t n = 0;

	for (struct span rest = s; rest.ptr;)
		n += span_take(&rest, ' ').len > 0;
	return n;
}

/* "SPD-Fraktion im Rat", "CDU-Ratsfraktion", "Fraktion DIE LINKE." */
static bool is_group(struct span s)
{
	struct span rest = s;
	struct span first = span_take(&rest, ' ');

	return starts_upper(s) &&
	       (span_ends(first, SPAN("-Fraktion")) || span_ends(first, SPAN("fraktion")));
}

bool body_is_name(struct span s)
{
	s = span_trim(s);
	if (s.len == 0 || s.len > NAME_BYTES_MOST || count_words(s) > NAME_WORDS_MOST ||
		strchr(",;:?!", s.ptr[s.len - 1]) || memmem(s.ptr, s.len, ". ", 2))
		return false;
	for (size_t i = 0; places[i]; i++)
		if (starts_with_word(s, places[i])) {
			struct span name = span_trim(span_skip(s, strlen(places[i])));

			/* "Stadt und Land" is no town */
			return starts_upper(name);
		}
	for (size_t i = 0; authorities[i]; i++)
		if (starts_with_word(s, authorities[i]))
			return true;
	return is_group(s);
}

/* "Herausgeber: X", also with X in the next line. */
static bool take_labelled(
	struct span line, struct span rest, const char *const *labels, struct span *ret)
{
	for (; *labels; labels++) {
		size_t len = strlen(*labels);

		if (!starts_alike(line, *labels))
			continue;
		struct span value = span_trim(span_skip(line, len));
		bool colon = value.len && value.ptr[0] == ':';
		if (!colon && !(span_ends(span_of(*labels), SPAN("von")) && value.len))
			continue;
		if (colon)
			value = span_trim(span_skip(value, 1));
		if (value.len == 0 && rest.ptr)
			value = span_trim(span_take(&rest, '\n'));
		if (value.len == 0 || value.len > NAME_BYTES_MOST)
			continue;
		*ret = value;
		return true;
	}
	return false;
}

bool body_in_first_lines(struct span text, struct span *ret)
{
	struct span rest = text, name = {NULL, 0};

	for (int i = 0; i < LINES_READ && rest.ptr; i++) {
		struct span line = span_take(&rest, '\n');

		if (take_labelled(span_trim(line), rest, publisher_labels, ret))
			return true;
		while (line.ptr && !name.ptr) {
			struct span cell = span_trim(span_take(&line, '\t'));

			if (body_is_name(cell))
				name = cell;
		}
	}
	if (name.ptr)
		*ret = name;
	return name.ptr != NULL;
}

static bool is_small_word(struct span word)
{
	for (size_t i = 0; small_words[i]; i++)
		if (span_equal(word, span_of(small_words[i])))
			return true;
	return false;
}

/* The length of a place's name at the begin of `s`: capitalised words, as far as they are one. */
static size_t place_length(struct span s)
{
	struct span rest = s;
	struct span word = span_take(&rest, ' ');
	bool open = span_equal(word, SPAN("Bad")) || span_equal(word, SPAN("Sankt")) ||
		    span_equal(word, SPAN("St."));
	size_t end = word.len;

	if (!starts_upper(word))
		return 0;
	while (rest.ptr) {
		word = span_take(&rest, ' ');
		if (is_small_word(word)) {
			open = true;
			continue;
		}
		if (!open || !starts_upper(word))
			break;
		end = (size_t)(word.ptr + word.len - s.ptr);
		open = false;
	}
	while (end && strchr(",.;:()\"", s.ptr[end - 1]))
		end--;
	return end;
}

bool body_in_title(struct span title, struct span *ret)
{
	static const char *const articles[] = {"der ", "des ", "für die ", "für den ", NULL};

	for (size_t at = 0; at < title.len; at++) {
		struct span s = span_skip(title, at);

		if (at > 0 && title.ptr[at - 1] != ' ')
			continue;
		for (size_t i = 0; articles[i]; i++) {
			if (!span_starts(s, span_of(articles[i])))
				continue;
			struct span name = span_skip(s, strlen(articles[i]));
			for (size_t k = 0; places[k]; k++) {
				if (!starts_with_word(name, places[k]) ||
					name.len == strlen(places[k]))
					continue;
				size_t begin = strlen(places[k]) + 1;
				size_t len = place_length(span_skip(name, begin));
				if (len == 0)
					continue;
				*ret = (struct span){name.ptr, begin + len};
				return true;
			}
		}
	}
	return false;
}

bool author_in_first_lines(struct span text, struct span *ret)
{
	struct span rest = text;

	for (int i = 0; i < LINES_READ && rest.ptr; i++) {
		struct span line = span_trim(span_take(&rest, '\n'));

		if (take_labelled(line, rest, author_labels, ret))
			return true;
	}
	return false;
}

bool author_is_name(struct span s)
{
	static const char *const others[] = {"admin", "user", "benutzer", "windows", "microsoft",
		"unknown", "unbekannt", "acer", "test", "pdf", "scanner", "office", NULL};

	s = span_trim(s);
	for (size_t i = 0; others[i]; i++)
		if (starts_alike(s, others[i]))
			return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '@' || s.ptr[i] == '\\' || s.ptr[i] == '_' ||
			(s.ptr[i] >= '0' && s.ptr[i] <= '9'))
			return false;
	/* accounts are in small letters */
	return s.len > 1 && starts_upper(s);
}
