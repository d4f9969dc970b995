/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ODT: metadata, styles, then the text. Headers and footers stand among the styles and are left
 * out.
 */
#include "indexer/extract/odt.h"

#include "indexer/extract/fields.h"
#include "indexer/extract/meta.h"

enum {
	TAG_CREATED = 1,
	TAG_CREATOR,
	TAG_DATE,
	TAG_ENCRYPTION,
	TAG_INITIAL_CREATOR,
	TAG_LANGUAGE,
	TAG_PUBLISHER,
	TAG_TITLE,
};

static const struct xml_name names[] = {
	{"creation-date", SPACE_META, TAG_CREATED},
	{"creator", SPACE_DUBLIN_CORE, TAG_CREATOR},
	{"date", SPACE_DUBLIN_CORE, TAG_DATE},
	{"encryption-data", SPACE_MANIFEST, TAG_ENCRYPTION},
	{"initial-creator", SPACE_META, TAG_INITIAL_CREATOR},
	{"language", SPACE_DUBLIN_CORE, TAG_LANGUAGE},
	{"publisher", SPACE_DUBLIN_CORE, TAG_PUBLISHER},
	{"title", SPACE_DUBLIN_CORE, TAG_TITLE},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), odt_spaces, ODT_SPACE_COUNT, false};

struct metadata {
	struct document *document;
	struct buf author, initial_author, saved, created;
	bool encrypted;
};

static void read_field(
	void *data, int tag, const struct xml_attributes *attributes, struct span text)
{
	struct metadata *metadata = data;

	(void)attributes;
	if (tag == TAG_ENCRYPTION)
		metadata->encrypted = true;
	if (text.len == 0)
		return;
	switch (tag) {
	case TAG_TITLE:
		meta_set_title(metadata->document, text);
		break;
	case TAG_LANGUAGE:
		meta_set_language(metadata->document, text);
		break;
	case TAG_PUBLISHER:
		meta_set_body(metadata->document, text);
		break;
	case TAG_CREATOR: /* who saved it last */
		document_set_field(&metadata->author, text);
		break;
	case TAG_INITIAL_CREATOR:
		document_set_field(&metadata->initial_author, text);
		break;
	case TAG_DATE: /* when that was */
		document_set_field(&metadata->saved, text);
		break;
	case TAG_CREATED:
		document_set_field(&metadata->created, text);
		break;
	}
}

static lupe_status read_text(struct zip *zip, struct document *document, struct lupe_error *err)
{
	struct odt_styles styles = {0};
	struct flow *flow = flow_new(document);
	lupe_status st = odt_read_styles(zip, &styles, err);

	if (st == LUPE_OK)
		st = odt_read_content(zip, &styles, flow, err);
	if (st == LUPE_OK)
		st = flow_finish(flow, err);
	flow_free(flow);
	odt_styles_done(&styles);
	return st;
}

static lupe_status read_package(struct zip *zip, struct document *document, struct lupe_error *err)
{
	struct metadata metadata = {.document = document};
	lupe_status st;

	fields_read(zip, "META-INF/manifest.xml", &grammar, read_field, &metadata);
	if (metadata.encrypted) {
		document->encrypted = true;
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "encrypted");
	} else if (!zip_has(zip, SPAN("content.xml"))) {
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "no OpenDocument text in the archive");
	} else {
		fields_read(zip, "meta.xml", &grammar, read_field, &metadata);
		st = read_text(zip, document, err);
	}
	meta_set_author(document, buf_span(&metadata.initial_author));
	meta_set_author(document, buf_span(&metadata.author));
	meta_set_file_date(document, buf_span(&metadata.saved));
	meta_set_file_date(document, buf_span(&metadata.created));
	buf_done(&metadata.author);
	buf_done(&metadata.initial_author);
	buf_done(&metadata.saved);
	buf_done(&metadata.created);
	return st;
}

lupe_status extract_odt(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct zip *zip;
	lupe_status st = zip_open(source->bytes, &zip, err);

	if (st < 0)
		return st;
	st = read_package(zip, document, err);
	document->encrypted |= st < 0 && zip_met_encryption(zip);
	zip_close(zip);
	return st;
}
