/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxml2's parser with events of our own; it asks for bytes, which an archive inflates as they are
 * wanted. It interns names, so an element is looked up in the grammar once and then known by the
 * addresses of its name and namespace; an end is that of the element that is open.
 */
#include "indexer/extract/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/limits.h"

enum { CACHE_BITS = 9, MESSAGE_BYTES = 200 };

struct cached {
	const xmlChar *name, *uri;
	int tag;
};

/* Where the bytes come from: a piece, and the pieces behind it. */
struct input {
	struct span piece;
	struct zip *zip; /* with a member begun, or NULL */
	lupe_status status;
	struct lupe_error err;
};

struct xml {
	const struct xml_grammar *grammar;
	const struct xml_handler *handler;
	void *data;
	xmlParserCtxtPtr parser;
	struct cached cache[1 << CACHE_BITS];
	unsigned char tags[LIMIT_XML_DEPTH]; /* of the open elements */
	unsigned depth;
	bool too_deep, has_entities, done;
	char message[MESSAGE_BYTES];
	xmlEntity entity; /* of HTML, the one met last */
	char entity_text[5];
};

bool xml_attribute(const struct xml_attributes *attributes, const char *name, struct span *ret)
{
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **at = attributes->list + (size_t)i * 5;
		if (strcmp((const char *)at[0], name) != 0)
			continue;
		*ret = span_from((const char *)at[3], (const char *)at[4]);
		return true;
	}
	return false;
}

struct span xml_value(const struct xml_attributes *attributes, const char *name)
{
	struct span value = {"", 0};

	xml_attribute(attributes, name, &value);
	return value;
}

long xml_number(const struct xml_attributes *attributes, const char *name, long otherwise)
{
	struct span value = xml_value(attributes, name);
	long number = 0;

	if (value.len == 0 || value.len > 9)
		return otherwise;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return otherwise;
		number = number * 10 + (value.ptr[i] - '0');
	}
	return number;
}

/* ---- elements ---- */

static int space_of(const struct xml_grammar *grammar, const xmlChar *uri)
{
	for (size_t i = 0; uri && i < grammar->space_count; i++)
		if (strcmp(grammar->spaces[i].uri, (const char *)uri) == 0)
			return grammar->spaces[i].space;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct xml_name *)a)->name, ((const struct xml_name *)b)->name);
}

int xml_tag(const struct xml_grammar *grammar, const char *name)
{
	struct xml_name key = {.name = name};
	const struct xml_name *found =
		bsearch(&key, grammar->names, grammar->name_count, sizeof(key), compare_names);

	return found ? found->tag : 0;
}

static int look_up(const struct xml_grammar *grammar, const xmlChar *name, const xmlChar *uri)
{
	struct xml_name key = {.name = (const char *)name};
	const struct xml_name *end = grammar->names + grammar->name_count;
	const struct xml_name *found =
		bsearch(&key, grammar->names, grammar->name_count, sizeof(key), compare_names);
	int space = space_of(grammar, uri);

	if (!found)
		return 0;
	while (found > grammar->names && compare_names(found - 1, &key) == 0)
		found--;
	for (; found < end && compare_names(found, &key) == 0; found++)
		if (found->space == space)
			return found->tag;
	return 0;
}

/* Names stand side by side in memory, a few bytes each: all bits of an address count. */
static int tag_of(struct xml *xml, const xmlChar *name, const xmlChar *uri)
{
	uint64_t hash = ((uintptr_t)name + 31 * (uintptr_t)uri) * 0x9e3779b97f4a7c15;
	struct cached *cached = &xml->cache[hash >> (64 - CACHE_BITS)];

	if (cached->name != name || cached->uri != uri)
		*cached = (struct cached){name, uri, look_up(xml->grammar, name, uri)};
	return cached->tag;
}

static void stop(struct xml *xml)
{
	xmlStopParser(xml->parser);
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int space_count, const xmlChar **spaces, int count, int defaulted,
	const xmlChar **attributes)
{
	struct xml *xml = data;
	int tag;

	(void)prefix, (void)space_count, (void)spaces, (void)defaulted;
	if (xml->depth == LIMIT_XML_DEPTH) {
		xml->too_deep = true;
		stop(xml);
		return;
	}
	tag = tag_of(xml, name, uri);
	xml->tags[xml->depth++] = (unsigned char)tag;
	if (xml->handler->start)
		xml->handler->start(xml->data, tag, &(struct xml_attributes){attributes, count});
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *xml = data;

	(void)name, (void)prefix, (void)uri;
	if (xml->too_deep)
		return;
	xml->depth--;
	if (xml->handler->end)
		xml->handler->end(xml->data, xml->tags[xml->depth]);
	if (xml->handler->is_done && xml->handler->is_done(xml->data)) {
		xml->done = true;
		stop(xml);
	}
}

static void on_text(void *data, const xmlChar *text, int len)
{
	struct xml *xml = data;

	if (xml->handler->text)
		xml->handler->text(xml->data, (struct span){(const char *)text, (size_t)len});
}

/* ---- entities ---- */

static void on_entity_declared(void *data, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	struct xml *xml = data;

	(void)name, (void)type, (void)public_id, (void)system_id, (void)content;
	xml->has_entities = true;
	stop(xml);
}

static xmlEntityPtr on_entity(void *data, const xmlChar *name)
{
	struct xml *xml = data;
	const htmlEntityDesc *html = xml->grammar->html_entities ? htmlEntityLookup(name) : NULL;

	if (!html)
		return xmlGetPredefinedEntity(name);
	int len = xmlCopyChar(0, (xmlChar *)xml->entity_text, (int)html->value);
	xml->entity_text[len] = '\0';
	xml->entity = (xmlEntity){
		.type = XML_ENTITY_DECL,
		.etype = XML_INTERNAL_PREDEFINED_ENTITY,
		.name = name,
		.orig = (xmlChar *)xml->entity_text,
		.content = (xmlChar *)xml->entity_text,
		.length = len,
	};
	return &xml->entity;
}

/* ---- the parser ---- */

static void on_error(void *data, xmlErrorPtr error)
{
	struct xml *xml = data;

	if (xml->message[0] || error->level != XML_ERR_FATAL || !error->message)
		return;
	snprintf(xml->message, sizeof(xml->message), "%.*s", (int)strcspn(error->message, "\n"),
		error->message);
}

static xmlParserInputPtr refuse_file(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url, (void)id, (void)parser;
	return NULL;
}

/* What the library says of no parser in particular, such as of encodings, it would print. */
static void ignore_message(void *data, const char *format, ...)
{
	(void)data, (void)format;
}

void xml_prepare(void)
{
	static bool prepared;

	if (prepared)
		return;
	prepared = true;
	xmlInitParser();
	xmlSetExternalEntityLoader(refuse_file);
	xmlSetGenericErrorFunc(NULL, ignore_message);
	charset_prepare();
}

/* ---- a document ---- */

static int read_input(void *data, char *buffer, int capacity)
{
	struct input *input = data;

	while (input->piece.len == 0 && input->status == LUPE_OK)
		input->status =
			input->zip ? zip_next(input->zip, &input->piece, &input->err) : LUPE_END;
	if (input->piece.len == 0)
		return input->status < 0 ? -1 : 0;
	size_t len = input->piece.len < (size_t)capacity ? input->piece.len : (size_t)capacity;
	memcpy(buffer, input->piece.ptr, len);
	input->piece = span_skip(input->piece, len);
	return (int)len;
}

static xmlParserCtxtPtr new_parser(struct xml *xml, struct input *input)
{
	xmlSAXHandler events = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.entityDecl = on_entity_declared,
		.getEntity = on_entity,
		.serror = on_error,
	};
	xmlParserCtxtPtr parser = xmlCreateIOParserCtxt(
		&events, xml, read_input, NULL, input, XML_CHAR_ENCODING_NONE);

	if (!parser)
		mem_realloc_array(NULL, SIZE_MAX, SIZE_MAX); /* tells that memory is exhausted */
	/* NOENT: references to the five entities come as what they mean in attributes, too. */
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_COMPACT);
	return parser;
}

static lupe_status verdict(const struct xml *xml, const struct input *input, struct lupe_error *err)
{
	if (input->status < 0)
		return lupe_fail(err, input->status, "%s", input->err.message);
	if (xml->too_deep)
		return lupe_fail(
			err, LUPE_ERROR_LIMIT, "XML elements more than %d deep", LIMIT_XML_DEPTH);
	if (xml->has_entities)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "the XML declares entities");
	if (xml->done || xml->parser->wellFormed)
		return LUPE_OK;
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "not well-formed XML: %s",
		xml->message[0] ? xml->message : "of no encoding that is known");
}

static lupe_status parse(struct input *input, const struct xml_grammar *grammar,
	const struct xml_handler *handler, void *data, struct lupe_error *err)
{
	struct xml *xml = mem_zalloc(sizeof(*xml));

	xml_prepare();
	xml->grammar = grammar;
	xml->handler = handler;
	xml->data = data;
	xml->parser = new_parser(xml, input);
	xmlParseDocument(xml->parser);
	lupe_status st = verdict(xml, input, err);
	if (xml->parser->myDoc) /* made for declarations of entities, unasked */
		xmlFreeDoc(xml->parser->myDoc);
	xmlFreeParserCtxt(xml->parser);
	free(xml);
	return st;
}

lupe_status xml_read(struct span bytes, const struct xml_grammar *grammar,
	const struct xml_handler *handler, void *data, struct lupe_error *err)
{
	return parse(&(struct input){.piece = bytes}, grammar, handler, data, err);
}

lupe_status xml_read_member(struct zip *zip, const char *name, const struct xml_grammar *grammar,
	const struct xml_handler *handler, void *data, struct lupe_error *err)
{
	struct input input = {.zip = zip};
	struct lupe_error inner;
	lupe_status st = zip_begin(zip, span_of(name), &inner);

	if (st == LUPE_OK)
		st = parse(&input, grammar, handler, data, &inner);
	if (st < 0)
		return lupe_fail(err, st, strstr(inner.message, name) ? "%s" : "%s in %s",
			inner.message, name);
	return LUPE_OK;
}
