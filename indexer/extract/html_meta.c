/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many ways to say the same. Each has a rank; of two with one rank the first counts. When a page
 * was changed is the date of a file, not of a document (meta.h).
 */
#include "indexer/extract/html_meta.h"

#include <jansson.h>
#include <strings.h>

#include "indexer/extract/meta.h"

enum { JSON_DEPTH_MAX = 32, RANK_TIME = 9 };

static const struct {
	const char *name; /* lower case */
	enum html_field field;
	unsigned rank;
} known[] = {
	{"article:author", HTML_AUTHOR, 4},
	{"article:modified_time", HTML_FILE_DATE, 2},
	{"article:published_time", HTML_DATE, 2},
	{"author", HTML_AUTHOR, 2},
	{"citation_author", HTML_AUTHOR, 1},
	{"citation_date", HTML_DATE, 1},
	{"citation_publication_date", HTML_DATE, 1},
	{"citation_publisher", HTML_BODY, 2},
	{"citation_title", HTML_TITLE, 1},
	{"content-language", HTML_LANGUAGE, 3},
	{"date", HTML_DATE, 4},
	{"date.created", HTML_FILE_DATE, 4},
	{"date.issued", HTML_DATE, 1},
	{"date.modified", HTML_FILE_DATE, 3},
	{"datecreated", HTML_FILE_DATE, 4},
	{"datemodified", HTML_FILE_DATE, 2},
	{"datepublished", HTML_DATE, 2},
	{"dc.contributor", HTML_AUTHOR, 5},
	{"dc.creator", HTML_AUTHOR, 1},
	{"dc.date", HTML_DATE, 3},
	{"dc.date.created", HTML_FILE_DATE, 4},
	{"dc.date.issued", HTML_DATE, 1},
	{"dc.date.modified", HTML_FILE_DATE, 1},
	{"dc.language", HTML_LANGUAGE, 2},
	{"dc.publisher", HTML_BODY, 1},
	{"dc.title", HTML_TITLE, 1},
	{"dcterms.available", HTML_DATE, 3},
	{"dcterms.created", HTML_FILE_DATE, 4},
	{"dcterms.creator", HTML_AUTHOR, 1},
	{"dcterms.date", HTML_DATE, 3},
	{"dcterms.issued", HTML_DATE, 1},
	{"dcterms.language", HTML_LANGUAGE, 2},
	{"dcterms.modified", HTML_FILE_DATE, 1},
	{"dcterms.publisher", HTML_BODY, 1},
	{"dcterms.title", HTML_TITLE, 1},
	{"headline", HTML_TITLE, 4},
	{"last-modified", HTML_FILE_DATE, 3},
	{"og:article:published_time", HTML_DATE, 2},
	{"og:site_name", HTML_BODY, 5},
	{"og:title", HTML_TITLE, 2},
	{"og:updated_time", HTML_FILE_DATE, 3},
	{"publisher", HTML_BODY, 3},
};

void html_metadata_done(struct html_metadata *metadata)
{
	for (size_t i = 0; i < HTML_FIELDS; i++)
		buf_done(&metadata->fields[i].text);
}

void html_metadata_add(
	struct html_metadata *metadata, enum html_field field, unsigned rank, struct span value)
{
	struct html_value *known_value = &metadata->fields[field];

	value = span_trim(value);
	if (value.len == 0 || (known_value->rank && known_value->rank <= rank))
		return;
	if (field == HTML_AUTHOR && span_starts(value, SPAN("http")))
		return;
	document_set_field(&known_value->text, value);
	known_value->rank = rank;
}

void html_metadata_meta(struct html_metadata *metadata, struct span name, struct span content)
{
	bool terms = name.len > 3 && strncasecmp(name.ptr, "dc:", 3) == 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strlen(known[i].name) != name.len)
			continue;
		if (strncasecmp(known[i].name, name.ptr, name.len) != 0 &&
			!(terms && strncmp(known[i].name, "dc.", 3) == 0 &&
				strncasecmp(known[i].name + 3, name.ptr + 3, name.len - 3) == 0))
			continue;
		html_metadata_add(metadata, known[i].field, known[i].rank, content);
		return;
	}
}

void html_metadata_time(struct html_metadata *metadata, struct span property, struct span time)
{
	if (property.len) {
		html_metadata_meta(metadata, property, time);
		return;
	}
	/* One <time> in a page is its date; of several each is something's. */
	if (metadata->times++ == 0)
		html_metadata_add(metadata, HTML_FILE_DATE, RANK_TIME, time);
	else if (metadata->fields[HTML_FILE_DATE].rank == RANK_TIME)
		metadata->fields[HTML_FILE_DATE].rank = 0;
}

/* ---- JSON-LD ---- */

/* A name: a string, an object with one, or the first of a list of these. */
static struct span json_name(const json_t *value)
{
	if (json_is_array(value))
		value = json_array_get(value, 0);
	if (json_is_object(value))
		value = json_object_get(value, "name");
	if (!json_is_string(value))
		return (struct span){"", 0};
	return (struct span){json_string_value(value), json_string_length(value)};
}

static void add_json(struct html_metadata *metadata, const json_t *value, unsigned depth)
{
	static const struct {
		const char *key;
		enum html_field field;
		unsigned rank;
	} keys[] = {
		{"author", HTML_AUTHOR, 3},
		{"dateCreated", HTML_FILE_DATE, 4},
		{"dateModified", HTML_FILE_DATE, 2},
		{"datePublished", HTML_DATE, 2},
		{"headline", HTML_TITLE, 4},
		{"inLanguage", HTML_LANGUAGE, 4},
		{"publisher", HTML_BODY, 2},
	};
	if (depth > JSON_DEPTH_MAX)
		return;
	for (size_t i = 0; i < json_array_size(value); i++)
		add_json(metadata, json_array_get(value, i), depth + 1);
	if (!json_is_object(value))
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		html_metadata_add(metadata, keys[i].field, keys[i].rank,
			json_name(json_object_get(value, keys[i].key)));
	add_json(metadata, json_object_get(value, "@graph"), depth + 1);
	add_json(metadata, json_object_get(value, "mainEntity"), depth + 1);
}

void html_metadata_json(struct html_metadata *metadata, struct span json)
{
	json_t *root = json_loadb(json.ptr ? json.ptr : "", json.len, JSON_REJECT_DUPLICATES, NULL);

	add_json(metadata, root, 0);
	json_decref(root);
}

/* ---- the document's fields ---- */

static struct span field(const struct html_metadata *metadata, enum html_field name)
{
	const struct html_value *value = &metadata->fields[name];

	return value->rank ? buf_span(&value->text) : (struct span){"", 0};
}

void html_metadata_set_title(struct html_metadata *metadata, struct document *document)
{
	meta_set_title(document, field(metadata, HTML_TITLE));
}

void html_metadata_finish(struct html_metadata *metadata, struct document *document)
{
	html_metadata_set_title(metadata, document);
	meta_set_author(document, field(metadata, HTML_AUTHOR));
	meta_set_body(document, field(metadata, HTML_BODY));
	meta_set_language(document, field(metadata, HTML_LANGUAGE));
	meta_set_date(document, field(metadata, HTML_DATE));
	meta_set_file_date(document, field(metadata, HTML_FILE_DATE));
}
