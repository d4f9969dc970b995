/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A property stands in an element of its own or in an attribute of rdf:Description; titles are
 * lists of languages, authors are lists. Whether a value can be believed is for the caller to say.
 */
#include "indexer/extract/xmp.h"

#include "indexer/extract/xml.h"

enum { PACKET_MAX_BYTES = 1 << 20, VALUE_MAX_BYTES = 4096 };

enum { SPACE_RDF = 1, SPACE_XMP, SPACE_DUBLIN_CORE };

enum { TAG_CREATED = 1, TAG_AUTHOR, TAG_DESCRIPTION, TAG_ITEM, TAG_TITLE };

static const struct xml_name names[] = {
	{"CreateDate", SPACE_XMP, TAG_CREATED},
	{"Description", SPACE_RDF, TAG_DESCRIPTION},
	{"creator", SPACE_DUBLIN_CORE, TAG_AUTHOR},
	{"li", SPACE_RDF, TAG_ITEM},
	{"title", SPACE_DUBLIN_CORE, TAG_TITLE},
};
static const struct xml_space spaces[] = {
	{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", SPACE_RDF},
	{"http://ns.adobe.com/xap/1.0/", SPACE_XMP},
	{"http://purl.org/dc/elements/1.1/", SPACE_DUBLIN_CORE},
};
static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), spaces, sizeof(spaces) / sizeof(spaces[0]), false};

struct reader {
	struct xmp *xmp;
	int property;    /* the open one's tag; 0: none */
	struct buf text; /* of it, or of the open item */
};

static struct buf *field_of(struct xmp *xmp, int property)
{
	switch (property) {
	case TAG_CREATED:
		return &xmp->created;
	case TAG_AUTHOR:
		return &xmp->author;
	case TAG_TITLE:
		return &xmp->title;
	default:
		return NULL;
	}
}

/* The first value counts; of languages the default one comes first, says the standard. */
static void keep(struct reader *reader, int property, struct span value)
{
	struct buf *field = field_of(reader->xmp, property);

	value = span_trim(value);
	if (field && !field->len && value.len && value.len <= VALUE_MAX_BYTES)
		buf_add_span(field, value);
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct reader *reader = data;

	if (tag == TAG_DESCRIPTION)
		keep(reader, TAG_CREATED, xml_value(attributes, "CreateDate"));
	if (field_of(reader->xmp, tag))
		reader->property = tag;
	buf_clear(&reader->text);
}

static void on_end(void *data, int tag)
{
	struct reader *reader = data;

	if (tag == TAG_ITEM || (tag && tag == reader->property))
		keep(reader, reader->property, buf_span(&reader->text));
	if (tag && tag == reader->property)
		reader->property = 0;
	buf_clear(&reader->text);
}

static void on_text(void *data, struct span text)
{
	struct reader *reader = data;

	if (reader->property && reader->text.len + text.len <= VALUE_MAX_BYTES)
		buf_add_span(&reader->text, text);
}

void xmp_read(struct span packet, struct xmp *ret)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, NULL};
	struct reader reader = {.xmp = ret};

	if (packet.len > PACKET_MAX_BYTES)
		return;
	xml_read(packet, &grammar, &handler, &reader, NULL);
	buf_done(&reader.text);
}

void xmp_done(struct xmp *xmp)
{
	buf_done(&xmp->title);
	buf_done(&xmp->author);
	buf_done(&xmp->created);
}
