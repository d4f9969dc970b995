/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Parts of office documents as XML: elements as numbers from a table, in their order.
 *
 * No entity is ever expanded but the five of XML, numbers and, for XHTML, the names of HTML; no
 * other file is looked at; elements are at most LIMIT_XML_DEPTH deep. Encodings are UTF-8, UTF-16,
 * ISO-8859-1 and -15, Windows-1252.
 */
#ifndef LUPE_INDEXER_EXTRACT_XML_H
#define LUPE_INDEXER_EXTRACT_XML_H

#include "base/buf.h"
#include "indexer/extract/zip.h"
#include "lupe/status.h"

/** An element by its name without prefix and its namespace, a number of the grammar's; 0 is any. */
struct xml_name {
	const char *name;
	unsigned char space;
	unsigned char tag; /**< > 0 */
};

/** Which elements a reader knows. Names are in order (strcmp), then of space. */
struct xml_grammar {
	const struct xml_name *names;
	size_t name_count;
	const struct xml_space {
		const char *uri;
		unsigned char space; /**< > 0; several URIs may share one */
	} * spaces;
	size_t space_count;
	bool html_entities;
};

/** For each attribute its name, prefix, namespace, value and the value's end, as libxml2 has it. */
struct xml_attributes {
	const unsigned char **list;
	int count;
};
/** An attribute's value, by its name without prefix; false if it is not there. Valid during the
    call. */
bool xml_attribute(const struct xml_attributes *attributes, const char *name, struct span *ret);
/** The value, or an empty span. */
struct span xml_value(const struct xml_attributes *attributes, const char *name);
/** A number in an attribute, or `otherwise`. */
long xml_number(const struct xml_attributes *attributes, const char *name, long otherwise);

/** What is called for each, where it is set; `tag` is 0 for elements that are not in the grammar.
 */
struct xml_handler {
	void (*start)(void *data, int tag, const struct xml_attributes *attributes);
	void (*end)(void *data, int tag);
	void (*text)(void *data, struct span text); /**< may come in pieces */
	bool (*is_done)(void *data);                /**< may be NULL: whether the rest is in vain */
};

/** The number of an element whatever its namespace; 0: not in the grammar. */
int xml_tag(const struct xml_grammar *grammar, const char *name);

/** To be called once before the sandbox closes. */
void xml_prepare(void);

/** Parses a document. Errors: ARGUMENT (not well formed, entities declared), LIMIT (depth). */
lupe_status xml_read(struct span bytes, const struct xml_grammar *grammar,
	const struct xml_handler *handler, void *data, struct lupe_error *err);
/** Parses a member of an archive. Errors: as zip_begin, zip_next and xml_read, the member named. */
lupe_status xml_read_member(struct zip *zip, const char *name, const struct xml_grammar *grammar,
	const struct xml_handler *handler, void *data, struct lupe_error *err);

#endif
