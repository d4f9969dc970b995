/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Knows what word processors and printer drivers put where a title should be. Where a title is
 * looked for instead is pdf_emit.c's.
 */
#include "indexer/extract/pdf_title.h"

#include <string.h>
#include <strings.h>

static const char *const programs[] = {"Microsoft Word - ", "Microsoft Excel - ",
	"Microsoft PowerPoint - ", "Microsoft Outlook - ", "Microsoft Publisher - ", "Print Job",
	"Druckauftrag", "http://", "https://", "file:", NULL};

/* The whole title, or the title but for a number behind it. */
static const char *const defaults[] = {"untitled", "unbenannt", "unbekannt", "unknown",
	"ohne titel", "no title", "titel", "title", "layout", "dokument", "document", "doc",
	"folie", "slide", "powerpoint-präsentation", "powerpoint presentation", "präsentation",
	"presentation", "microsoft word-dokument", "microsoft word document", "tabelle", "mappe",
	"book", "scan", "scanned document", "image", "bild", "seite", "page", "vorlage", "template",
	"neu", "test", "output", "print", "null", "none", NULL};

static const char *const extensions[] = {".doc", ".docx", ".docm", ".dot", ".dotx", ".pdf", ".rtf",
	".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".indd", ".qxd", ".qxp", ".pmd", ".p65", ".fm",
	".tex", ".dvi", ".ps", ".eps", ".txt", ".htm", ".html", ".xml", ".tif", ".jpg", ".wpd",
	".sdw", ".pub", ".cdr", ".ai", NULL};

static bool starts_alike(struct span s, const char *with)
{
	size_t len = strlen(with);

	return s.len >= len && strncasecmp(s.ptr, with, len) == 0;
}

static bool ends_alike(struct span s, const char *with)
{
	size_t len = strlen(with);

	return s.len >= len && strncasecmp(s.ptr + s.len - len, with, len) == 0;
}

static bool is_default(struct span s)
{
	while (s.len && strchr("0123456789 ._-()", s.ptr[s.len - 1]))
		s.len--;
	for (size_t i = 0; defaults[i]; i++)
		if (s.len == strlen(defaults[i]) && starts_alike(s, defaults[i]))
			return true;
	return false;
}

/* A word: three letters or more, nothing else between the blanks but signs around it. */
static bool has_word(struct span s)
{
	while (s.ptr) {
		struct span word = span_take(&s, ' ');
		size_t letters = 0;
		bool digit = false;

		for (size_t i = 0; i < word.len; i++) {
			unsigned char c = (unsigned char)word.ptr[i];

			letters += (c | 32) >= 'a' && (c | 32) <= 'z';
			letters += c >= 0xc0;
			digit |= c >= '0' && c <= '9';
		}
		if (letters >= 3 && !digit && !memchr(word.ptr, '_', word.len))
			return true;
	}
	return false;
}

bool pdf_title_is_name(struct span title, struct span file_name)
{
	const char *point = file_name.len ? memrchr(file_name.ptr, '.', file_name.len) : NULL;
	struct span stem = point ? span_from(file_name.ptr, point) : file_name;

	title = span_trim(title);
	return title.len == stem.len && stem.len && strncasecmp(title.ptr, stem.ptr, stem.len) == 0;
}

bool pdf_title_is_one(struct span title, struct span file_name)
{
	title = span_trim(title);
	for (size_t i = 0; programs[i]; i++)
		if (starts_alike(title, programs[i]))
			return false;
	for (size_t i = 0; extensions[i]; i++)
		if (ends_alike(title, extensions[i]))
			return false;
	if (pdf_title_is_name(title, file_name))
		return false;
	/* cut off, or not decoded */
	if (ends_alike(title, "…") || ends_alike(title, "...") ||
		(title.len && memmem(title.ptr, title.len, "\xef\xbf\xbd", 3)))
		return false;
	return !is_default(title) && has_word(title);
}
