/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of a document from metadata, with what programs put there by themselves left out. */
#include "indexer/extract/meta.h"

#include <strings.h>

static bool starts(struct span s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && strncasecmp(s.ptr, prefix, len) == 0;
}

static bool ends(struct span s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len && strncasecmp(s.ptr + s.len - len, suffix, len) == 0;
}

static bool equals(struct span s, const char *other)
{
	return s.len == strlen(other) && starts(s, other);
}

/* "Dokument1", "untitled 2" */
static bool is_numbered(struct span s, const char *name)
{
	if (!starts(s, name))
		return false;
	for (size_t i = strlen(name); i < s.len; i++)
		if (s.ptr[i] != ' ' && (s.ptr[i] < '0' || s.ptr[i] > '9'))
			return false;
	return true;
}

bool meta_is_title(struct span title)
{
	static const char *const prefixes[] = {"Microsoft Word - ", "Microsoft PowerPoint - ",
		"Microsoft Excel - ", "http://", "https://", "file:"};
	static const char *const suffixes[] = {".doc", ".docx", ".dot", ".dotx", ".odt", ".rtf",
		".pdf", ".indd", ".qxd", ".html", ".htm", ".tmp"};
	static const char *const names[] = {"Dokument", "Document", "Unbenannt", "Untitled",
		"Ohne Titel", "Kein Titel", "No Title", "Titel", "Title", "Unbekannt", "Unknown",
		"PowerPoint-Präsentation", "PowerPoint Presentation", "Folie", "Microsoft Word"};

	title = span_trim(title);
	if (title.len < 2)
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (starts(title, prefixes[i]))
			return false;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (ends(title, suffixes[i]))
			return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_numbered(title, names[i]))
			return false;
	return true;
}

static bool is_name(struct span name)
{
	static const char *const none[] = {"unknown", "unbekannt", "admin", "administrator", "user",
		"benutzer", "windows user", "windows-benutzer", "microsoft office user",
		"microsoft office-anwender", "python-docx", "root", "author", "autor"};

	if (name.len < 2 || starts(name, "http://") || starts(name, "https://"))
		return false;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (equals(name, none[i]))
			return false;
	return true;
}

static void set(struct buf *field, struct span value)
{
	if (field->len == 0)
		document_set_field(field, value);
}

void meta_set_title(struct document *document, struct span title)
{
	if (meta_is_title(title))
		set(&document->title, title);
}

void meta_set_author(struct document *document, struct span author)
{
	if (is_name(span_trim(author)))
		set(&document->author, author);
}

void meta_set_body(struct document *document, struct span body)
{
	if (is_name(span_trim(body)))
		set(&document->body, body);
}

void meta_set_language(struct document *document, struct span language)
{
	language = span_trim(language);
	if (language.len >= 2 && language.len <= 35)
		set(&document->language, language);
}

void meta_set_date(struct document *document, struct span date)
{
	if (document->date_source == DATE_NONE && date_in_value(date, &document->date))
		document->date_source = DATE_METADATA;
}

void meta_set_file_date(struct document *document, struct span date)
{
	if (document->date_source == DATE_NONE &&
		date_in_first_lines(buf_span(&document->text), &document->date))
		document->date_source = DATE_TITLE_PAGE;
	meta_set_date(document, date);
}
