/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DOCX: finds the parts of the package by their relationships and reads them: metadata, styles,
 * notes, then the text. Headers and footers are parts of their own and are left out.
 */
#include "indexer/extract/docx.h"

#include "indexer/extract/fields.h"
#include "indexer/extract/meta.h"

enum { SPACE_RELATIONS = 1, SPACE_CORE, SPACE_DUBLIN, SPACE_TERMS, SPACE_EXTENDED };
enum {
	TAG_COMPANY = 1,
	TAG_CREATED,
	TAG_CREATOR,
	TAG_ISSUED,
	TAG_LANGUAGE,
	TAG_MODIFIED,
	TAG_PUBLISHER,
	TAG_RELATIONSHIP,
	TAG_TITLE,
};

static const struct xml_name names[] = {
	{"Company", SPACE_EXTENDED, TAG_COMPANY},
	{"Relationship", SPACE_RELATIONS, TAG_RELATIONSHIP},
	{"created", SPACE_TERMS, TAG_CREATED},
	{"creator", SPACE_DUBLIN, TAG_CREATOR},
	{"date", SPACE_DUBLIN, TAG_ISSUED},
	{"issued", SPACE_TERMS, TAG_ISSUED},
	{"language", SPACE_DUBLIN, TAG_LANGUAGE},
	{"modified", SPACE_TERMS, TAG_MODIFIED},
	{"publisher", SPACE_DUBLIN, TAG_PUBLISHER},
	{"title", SPACE_DUBLIN, TAG_TITLE},
};

static const struct xml_space spaces[] = {
	{"http://schemas.openxmlformats.org/package/2006/relationships", SPACE_RELATIONS},
	{"http://purl.org/dc/elements/1.1/", SPACE_DUBLIN},
	{"http://purl.org/dc/terms/", SPACE_TERMS},
	{"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
		SPACE_EXTENDED},
	{"http://purl.oclc.org/ooxml/officeDocument/extendedProperties", SPACE_EXTENDED},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), spaces, sizeof(spaces) / sizeof(spaces[0]), false};

/* ---- relationships ---- */

/* The parts that a relationship names by the last word of its type. */
struct relations {
	struct span from; /* the part that has them */
	struct relation {
		const char *type;
		struct buf *target;
	} list[6];
	size_t count;
};

static void read_relation(
	void *data, int tag, const struct xml_attributes *attributes, struct span text)
{
	struct relations *relations = data;

	(void)text;
	if (tag != TAG_RELATIONSHIP || !attributes)
		return;
	struct span type = xml_value(attributes, "Type");
	const char *slash = type.len ? memrchr(type.ptr, '/', type.len) : NULL;
	if (!slash || span_equal(xml_value(attributes, "TargetMode"), SPAN("External")))
		return;
	type = span_from(slash + 1, type.ptr + type.len);
	for (size_t i = 0; i < relations->count; i++)
		if (relations->list[i].target->len == 0 &&
			span_equal(type, span_of(relations->list[i].type)))
			fields_resolve(relations->from, xml_value(attributes, "Target"),
				relations->list[i].target);
}

/* "word/document.xml" has its relationships in "word/_rels/document.xml.rels". */
static void read_relations(struct zip *zip, struct relations *relations)
{
	struct span from = relations->from;
	const char *slash = from.len ? memrchr(from.ptr, '/', from.len) : NULL;
	size_t folder = slash ? (size_t)(slash + 1 - from.ptr) : 0;
	BUF_SCOPED(path);

	buf_printf(&path, "%.*s_rels/%.*s.rels", (int)folder, from.ptr, (int)(from.len - folder),
		from.ptr + folder);
	fields_read(zip, buf_string(&path), &grammar, read_relation, relations);
}

/* ---- metadata ---- */

struct file_dates {
	struct buf created, modified;
};

struct metadata {
	struct document *document;
	struct file_dates dates;
};

static void read_field(
	void *data, int tag, const struct xml_attributes *attributes, struct span text)
{
	struct metadata *metadata = data;
	struct document *document = metadata->document;

	(void)attributes;
	if (text.len == 0)
		return;
	switch (tag) {
	case TAG_TITLE:
		meta_set_title(document, text);
		break;
	case TAG_CREATOR:
		meta_set_author(document, text);
		break;
	case TAG_COMPANY:
	case TAG_PUBLISHER:
		meta_set_body(document, text);
		break;
	case TAG_LANGUAGE:
		meta_set_language(document, text);
		break;
	case TAG_ISSUED:
		meta_set_date(document, text);
		break;
	case TAG_CREATED:
		document_set_field(&metadata->dates.created, text);
		break;
	case TAG_MODIFIED:
		document_set_field(&metadata->dates.modified, text);
		break;
	}
}

/* ---- the whole ---- */

struct parts {
	struct buf main, core, extended, styles, footnotes, endnotes;
};

static void find_parts(struct zip *zip, struct parts *parts)
{
	struct relations package = {.from = {"", 0},
		.list = {{"officeDocument", &parts->main}, {"core-properties", &parts->core},
			{"extended-properties", &parts->extended}},
		.count = 3};

	read_relations(zip, &package);
	if (parts->main.len == 0)
		buf_add_string(&parts->main, "word/document.xml");
	struct relations main = {.from = buf_span(&parts->main),
		.list = {{"styles", &parts->styles}, {"footnotes", &parts->footnotes},
			{"endnotes", &parts->endnotes}},
		.count = 3};
	read_relations(zip, &main);
}

static void parts_done(struct parts *parts)
{
	buf_done(&parts->main);
	buf_done(&parts->core);
	buf_done(&parts->extended);
	buf_done(&parts->styles);
	buf_done(&parts->footnotes);
	buf_done(&parts->endnotes);
}

static lupe_status read_text(struct zip *zip, const struct parts *parts, struct document *document,
	struct lupe_error *err)
{
	struct docx_styles styles = {0};
	struct docx_notes footnotes = {0}, endnotes = {0};
	const struct docx_parts body = {&styles, &footnotes, &endnotes};
	struct flow *flow = flow_new(document);
	lupe_status st;

	st = docx_read_styles(zip, buf_string(&parts->styles), &styles, err);
	if (st == LUPE_OK)
		st = docx_read_notes(zip, buf_string(&parts->footnotes), &styles, &footnotes, err);
	if (st == LUPE_OK)
		st = docx_read_notes(zip, buf_string(&parts->endnotes), &styles, &endnotes, err);
	if (st == LUPE_OK)
		st = docx_read_body(zip, buf_string(&parts->main), &body, flow, err);
	if (st == LUPE_OK)
		st = flow_finish(flow, err);
	flow_free(flow);
	docx_notes_done(&footnotes);
	docx_notes_done(&endnotes);
	docx_styles_done(&styles);
	return st;
}

static lupe_status read_package(struct zip *zip, struct document *document, struct lupe_error *err)
{
	struct metadata metadata = {.document = document};
	struct parts parts = {0};
	lupe_status st;

	find_parts(zip, &parts);
	if (zip_has(zip, buf_span(&parts.main))) {
		fields_read(zip, buf_string(&parts.core), &grammar, read_field, &metadata);
		fields_read(zip, buf_string(&parts.extended), &grammar, read_field, &metadata);
		st = read_text(zip, &parts, document, err);
	} else {
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "no Word document in the archive");
	}
	meta_set_file_date(document, buf_span(&metadata.dates.modified));
	meta_set_file_date(document, buf_span(&metadata.dates.created));
	buf_done(&metadata.dates.created);
	buf_done(&metadata.dates.modified);
	parts_done(&parts);
	return st;
}

lupe_status extract_docx(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct zip *zip;
	lupe_status st;

	if (span_starts(source->bytes, SPAN("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
		/* Word keeps a locked DOCX in the container of the older format. */
		document->encrypted = memmem(source->bytes.ptr, source->bytes.len,
			"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31);
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			document->encrypted ? "encrypted" : "a file of Word before 2007");
	}
	st = zip_open(source->bytes, &zip, err);
	if (st < 0)
		return st;
	st = read_package(zip, document, err);
	document->encrypted = st < 0 && zip_met_encryption(zip);
	zip_close(zip);
	return st;
}
