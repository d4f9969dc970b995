/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides which date of a document's first page is the document's: what stands around it says so.
 * How dates are written is date.c's.
 */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "indexer/date.h"

enum { LINES_READ = 30, SHORT_LINE_BYTES = 60 };

/* ASCII letters and digits and every byte of a longer UTF-8 sequence. */
static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

static struct span trim_bytes(struct span s, const char *set)
{
	while (s.len && strchr(set, s.ptr[0]))
		s = span_skip(s, 1);
	while (s.len && strchr(set, s.ptr[s.len - 1]))
		s.len--;
	return s;
}

static bool ends_in(struct span s, const char *end)
{
	size_t len = strlen(end);

	return s.len >= len && strncasecmp(s.ptr + s.len - len, end, len) == 0;
}

static bool ends_in_label(struct span before)
{
	return ends_in(before, "stand") || ends_in(before, "datum") || ends_in(before, "date");
}

/* "in der Fassung vom", "geändert durch Gesetz vom": the date of something else. */
static bool refers_elsewhere(struct span before)
{
	static const char *const words[] = {"Gesetz", "Fassung", "geändert", "GVBl", "BGBl", "§",
		"Schreiben", "Anfrage", "gemäß", "Aufgrund", "Beschluss des", "Urteil"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (before.len && memmem(before.ptr, before.len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* Whether what stands before a date says that it dates the document. */
static bool announces_date(struct span before)
{
	static const char *const words[] = {" den", " vom", " am", " bis"};

	if (refers_elsewhere(before))
		return false;
	if (before.len == 0 || ends_in(before, ",") || ends_in_label(before))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (ends_in(before, words[i]) ||
			(before.len + 1 == strlen(words[i]) && ends_in(before, words[i] + 1)))
			return true;
	return false;
}

static bool date_in_line(struct span line, bool stands_alone, struct date *ret)
{
	struct date date;

	if (!stands_alone && line.len > SHORT_LINE_BYTES)
		return false;
	for (size_t i = 0; i < line.len; i++) {
		if (i > 0 && is_word_byte(line.ptr[i - 1]))
			continue;
		struct span before = trim_bytes((struct span){line.ptr, i}, " \t*_>|:#(–");
		struct span after = span_skip(line, i);
		if (!date_take(&after, &date) &&
			!(ends_in_label(before) && date_take_year(&after, &date)))
			continue;
		if (trim_bytes(after, " \t*_|).,;:").len == 0 && announces_date(before)) {
			*ret = date;
			return true;
		}
	}
	return false;
}

static bool date_in_cells(struct span line, bool stands_alone, struct date *ret)
{
	while (line.ptr) {
		struct span cell = span_trim(span_take(&line, '\t'));

		if (cell.len && date_in_line(cell, stands_alone, ret))
			return true;
	}
	return false;
}

bool date_in_first_lines(struct span text, struct date *ret)
{
	struct span rest = text;

	for (int i = 0; i < LINES_READ && rest.ptr; i++) {
		struct span line = span_trim(span_take(&rest, '\n'));
		struct span ahead = rest;
		bool stands_alone =
			ahead.ptr == NULL || span_trim(span_take(&ahead, '\n')).len == 0;

		if (date_in_cells(line, stands_alone, ret))
			return true;
	}
	return false;
}

/* ---- years of titles ---- */

static bool is_report(struct span word)
{
	static const char *const kinds[] = {"bericht", "berichts", "report", "plan", "programm",
		"konzept", "konzeption", "statistik", "jahrbuch", "haushalt", "bilanz", "monitor",
		"monitoring", "leitbild", "strategie", "katalog", "atlas", "erhebung", "umfrage",
		"befragung", "dokumentation", "analyse", "studie", "gutachten", "profil", "rahmen",
		"jahr", "zahlen", "fakten", "bilanzen", "satzung"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (ends_in(word, kinds[i]))
			return true;
	return false;
}

/* "2019-2023": the last of the years; "2024/2025": the first. */
static void take_range(struct span after, struct date *ret)
{
	static const char *const dashes[] = {"-", "–", " - ", " – ", " bis "};
	struct date last;

	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		struct span dash = span_of(dashes[i]);
		struct span rest = span_starts(after, dash) ? span_skip(after, dash.len) : SPAN("");

		if (rest.len && date_take_year(&rest, &last) && strcmp(last.text, ret->text) > 0)
			*ret = last;
	}
}

bool date_in_title(struct span title, struct date *ret)
{
	struct span rest = title, word = {NULL, 0};
	bool report = false;

	while (rest.ptr) {
		struct span at = rest;

		report |= word.len && is_report(trim_bytes(word, ",:.()"));
		while (at.len && strchr(" (", at.ptr[0]))
			at = span_skip(at, 1);
		if (report && date_take_year(&at, ret)) {
			take_range(at, ret);
			return true;
		}
		word = span_take(&rest, ' ');
	}
	return false;
}

bool date_choose(const struct date *file, const struct date *own, struct date *ret)
{
	size_t own_len = strlen(own->text);
	bool finer = false;

	if (own_len == 4 && strlen(file->text) > 4) {
		int apart = atoi(file->text) - atoi(own->text);

		finer = apart == 0 || apart == 1; /* reports come out in the year after */
	}
	*ret = own_len == 0 || finer ? *file : *own;
	return own_len == 0 || finer;
}
