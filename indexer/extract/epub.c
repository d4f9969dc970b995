/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * EPUB: the package says which files make the book and in which order; each is a page of XHTML.
 * Cover and table of contents are left out. A page that is no well-formed XML is read as HTML.
 */
#include "indexer/extract/epub.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"
#include "base/mem.h"
#include "indexer/extract/fields.h"
#include "indexer/extract/html.h"
#include "indexer/extract/meta.h"

enum { SPACE_CONTAINER = 1, SPACE_DUBLIN, SPACE_PACKAGE, SPACE_ENCRYPTION };
enum {
	TAG_CIPHER_REFERENCE = 1,
	TAG_CREATOR,
	TAG_DATE,
	TAG_ITEM,
	TAG_ITEM_REFERENCE,
	TAG_LANGUAGE,
	TAG_META,
	TAG_PUBLISHER,
	TAG_REFERENCE,
	TAG_ROOT_FILE,
	TAG_TITLE,
};

static const struct xml_name names[] = {
	{"CipherReference", SPACE_ENCRYPTION, TAG_CIPHER_REFERENCE},
	{"creator", SPACE_DUBLIN, TAG_CREATOR},
	{"date", SPACE_DUBLIN, TAG_DATE},
	{"item", SPACE_PACKAGE, TAG_ITEM},
	{"itemref", SPACE_PACKAGE, TAG_ITEM_REFERENCE},
	{"language", SPACE_DUBLIN, TAG_LANGUAGE},
	{"meta", SPACE_PACKAGE, TAG_META},
	{"publisher", SPACE_DUBLIN, TAG_PUBLISHER},
	{"reference", SPACE_PACKAGE, TAG_REFERENCE},
	{"rootfile", SPACE_CONTAINER, TAG_ROOT_FILE},
	{"title", SPACE_DUBLIN, TAG_TITLE},
};

static const struct xml_space spaces[] = {
	{"urn:oasis:names:tc:opendocument:xmlns:container", SPACE_CONTAINER},
	{"http://purl.org/dc/elements/1.1/", SPACE_DUBLIN},
	{"http://www.idpf.org/2007/opf", SPACE_PACKAGE},
	{"http://www.w3.org/2001/04/xmlenc#", SPACE_ENCRYPTION},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), spaces, sizeof(spaces) / sizeof(spaces[0]), false};

struct item {
	struct span id, path;
	bool left_out; /* cover, table of contents, no page */
};

struct book {
	struct document *document;
	struct buf package; /* path of the file that says what is in the book */
	struct arena arena;
	struct item *items;
	size_t item_count, item_capacity;
	struct span *spine; /* ids */
	size_t spine_count, spine_capacity;
	struct buf modified;
	struct span *encrypted; /* paths */
	size_t encrypted_count, encrypted_capacity;
	struct buf path; /* scratch */
	bool in_meta_modified;
};

static struct span resolve(struct book *book, struct span target)
{
	fields_resolve(buf_span(&book->package), target, &book->path);
	return buf_span(&book->path);
}

/* ---- the package ---- */

static bool contains(struct span list, struct span word)
{
	return list.len && memmem(list.ptr, list.len, word.ptr, word.len);
}

static void add_item(struct book *book, const struct xml_attributes *attributes)
{
	struct span type = xml_value(attributes, "media-type");
	struct span properties = xml_value(attributes, "properties");
	struct span id = xml_value(attributes, "id");

	ARRAY_GROW(book->items, book->item_count, book->item_capacity);
	book->items[book->item_count++] = (struct item){
		.id = arena_copy(&book->arena, id),
		.path = arena_copy(&book->arena, resolve(book, xml_value(attributes, "href"))),
		.left_out = !contains(type, SPAN("html")) || contains(properties, SPAN("nav")) ||
			    span_equal(id, SPAN("cover")),
	};
}

/* <guide> of EPUB 2: what is the cover, what the table of contents. */
static void leave_out(struct book *book, const struct xml_attributes *attributes)
{
	struct span type = xml_value(attributes, "type");

	if (!span_equal(type, SPAN("cover")) && !span_equal(type, SPAN("toc")))
		return;
	struct span path = resolve(book, xml_value(attributes, "href"));
	/* A book whose table of contents heads its only page is no table of contents. */
	for (size_t i = 0; i < book->item_count && book->item_count > 1; i++)
		book->items[i].left_out |= span_equal(book->items[i].path, path);
}

static void begin_field(struct book *book, int tag, const struct xml_attributes *attributes)
{
	switch (tag) {
	case TAG_ROOT_FILE:
		if (book->package.len == 0)
			fields_resolve((struct span){"", 0}, xml_value(attributes, "full-path"),
				&book->package);
		break;
	case TAG_CIPHER_REFERENCE:
		ARRAY_GROW(book->encrypted, book->encrypted_count, book->encrypted_capacity);
		fields_resolve((struct span){"", 0}, xml_value(attributes, "URI"), &book->path);
		book->encrypted[book->encrypted_count++] =
			arena_copy(&book->arena, buf_span(&book->path));
		break;
	case TAG_ITEM:
		add_item(book, attributes);
		break;
	case TAG_ITEM_REFERENCE:
		ARRAY_GROW(book->spine, book->spine_count, book->spine_capacity);
		book->spine[book->spine_count++] =
			arena_copy(&book->arena, xml_value(attributes, "idref"));
		break;
	case TAG_REFERENCE:
		leave_out(book, attributes);
		break;
	case TAG_META:
		book->in_meta_modified =
			span_equal(xml_value(attributes, "property"), SPAN("dcterms:modified"));
		break;
	}
}

static void read_field(
	void *data, int tag, const struct xml_attributes *attributes, struct span text)
{
	struct book *book = data;

	if (attributes) {
		begin_field(book, tag, attributes);
		return;
	}
	switch (tag) {
	case TAG_TITLE:
		meta_set_title(book->document, text);
		break;
	case TAG_CREATOR:
		meta_set_author(book->document, text);
		break;
	case TAG_PUBLISHER:
		meta_set_body(book->document, text);
		break;
	case TAG_LANGUAGE:
		meta_set_language(book->document, text);
		break;
	case TAG_DATE:
		meta_set_date(book->document, text);
		break;
	case TAG_META:
		if (book->in_meta_modified)
			document_set_field(&book->modified, text);
		break;
	}
}

/* ---- pages ---- */

static int compare_items(const void *a, const void *b)
{
	return span_compare(((const struct item *)a)->id, ((const struct item *)b)->id);
}

static const struct item *item_of(const struct book *book, struct span id)
{
	struct item key = {.id = id};

	return book->item_count
		       ? bsearch(&key, book->items, book->item_count, sizeof(key), compare_items)
		       : NULL;
}

static bool is_encrypted(const struct book *book, struct span path)
{
	for (size_t i = 0; i < book->encrypted_count; i++)
		if (span_equal(book->encrypted[i], path))
			return true;
	return false;
}

/* Whether XML can make sense of it, before anything of it is taken. */
static bool is_xml(struct span raw)
{
	static const struct xml_handler nothing;

	return xml_read(raw, &html_grammar, &nothing, NULL, NULL) == LUPE_OK;
}

static lupe_status read_page(
	struct zip *zip, const struct item *item, struct flow *flow, struct lupe_error *err)
{
	BUF_SCOPED(raw);
	BUF_SCOPED(notice);
	lupe_status st = zip_read_whole(zip, item->path, &raw, err);

	if (st < 0)
		return st;
	if (!is_xml(buf_span(&raw)))
		return html_read(buf_span(&raw), flow, NULL, &notice, err);
	struct html_page *page = html_page_new(flow, NULL);
	st = xml_read(buf_span(&raw), &html_grammar, &html_handler, page, err);
	html_page_free(page);
	return st;
}

static lupe_status read_pages(struct zip *zip, struct book *book, struct lupe_error *err)
{
	struct flow *flow = flow_new(book->document);
	lupe_status st = LUPE_OK;

	for (size_t i = 0; i < book->spine_count && st == LUPE_OK && !flow_is_full(flow); i++) {
		const struct item *item = item_of(book, book->spine[i]);

		if (!item || item->left_out)
			continue;
		if (is_encrypted(book, item->path)) {
			book->document->encrypted = true;
			st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "encrypted");
		} else {
			st = read_page(zip, item, flow, err);
		}
		if (st == LUPE_ERROR_NOT_FOUND)
			st = LUPE_ERROR_ARGUMENT;
	}
	if (st == LUPE_OK)
		st = flow_finish(flow, err);
	flow_free(flow);
	return st;
}

static lupe_status read_book(struct zip *zip, struct book *book, struct lupe_error *err)
{
	fields_read(zip, "META-INF/container.xml", &grammar, read_field, book);
	fields_read(zip, "META-INF/encryption.xml", &grammar, read_field, book);
	if (!zip_has(zip, buf_span(&book->package)))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no book in the archive");
	fields_read(zip, buf_string(&book->package), &grammar, read_field, book);
	if (book->spine_count == 0)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "%s names no pages", buf_string(&book->package));
	if (book->item_count)
		qsort(book->items, book->item_count, sizeof(*book->items), compare_items);
	return read_pages(zip, book, err);
}

lupe_status extract_epub(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct book book = {.document = document};
	struct zip *zip;
	lupe_status st = zip_open(source->bytes, &zip, err);

	if (st < 0)
		return st;
	st = read_book(zip, &book, err);
	document->encrypted |= st < 0 && zip_met_encryption(zip);
	meta_set_file_date(document, buf_span(&book.modified));
	zip_close(zip);
	buf_done(&book.package);
	buf_done(&book.modified);
	buf_done(&book.path);
	arena_done(&book.arena);
	free(book.items);
	free(book.spine);
	free(book.encrypted);
	return st;
}
