/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTML by libxml2's parser, as a stream: no tree is made, so depth costs nothing. Where it reads
 * otherwise than browsers (names of characters without a semicolon, numbers that mean Windows-1252,
 * new elements that end a paragraph) that is made good here and in html_page.c.
 */
#include "indexer/extract/html.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>

#include "base/mem.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/meta.h"
#include "text/utf8.h"

enum { ATTRIBUTES_MAX = 64, PIECE_BYTES = 1 << 16 };

struct html {
	struct html_page *page;
	htmlParserCtxtPtr parser;
	bool after_ampersand;
};

static void on_start(void *data, const xmlChar *name, const xmlChar **pairs)
{
	struct html *html = data;
	const xmlChar *list[ATTRIBUTES_MAX * 5];
	struct xml_attributes attributes = {list, 0};

	html->after_ampersand = false;
	for (; pairs && pairs[0] && attributes.count < ATTRIBUTES_MAX; pairs += 2) {
		const xmlChar **at = list + (size_t)attributes.count++ * 5;
		const xmlChar *value = pairs[1] ? pairs[1] : (const xmlChar *)"";
		/* names keep their prefixes here: "epub:type", "xml:lang" */
		const char *colon = strchr((const char *)pairs[0], ':');
		at[0] = colon ? (const xmlChar *)colon + 1 : pairs[0];
		at[1] = at[2] = NULL;
		at[3] = value;
		at[4] = value + strlen((const char *)value);
	}
	html_handler.start(html->page, xml_tag(&html_grammar, (const char *)name), &attributes);
}

static void on_end(void *data, const xmlChar *name)
{
	struct html *html = data;

	html->after_ampersand = false;
	html_handler.end(html->page, xml_tag(&html_grammar, (const char *)name));
}

/* The longest name at the begin of `text` that may do without a semicolon: those of Latin-1. */
static size_t old_entity(struct span text, char ret[4], size_t *ret_len)
{
	char name[8];
	size_t len = 0;

	while (len < text.len && len + 1 < sizeof(name) && isalnum((unsigned char)text.ptr[len]))
		len++;
	for (; len >= 2; len--) {
		memcpy(name, text.ptr, len);
		name[len] = '\0';
		const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
		if (entity && entity->value < 0x100) {
			*ret_len = utf8_put(entity->value, ret);
			return len;
		}
	}
	return 0;
}

static void add_text(struct html *html, struct span text)
{
	html_handler.text(html->page, text);
}

/* What the parser does not know as a name comes as "&" alone, then the rest. */
static void on_text(void *data, const xmlChar *chars, int len)
{
	struct html *html = data;
	struct span text = {(const char *)chars, (size_t)len};

	if (html->after_ampersand) {
		char bytes[4];
		size_t bytes_len = 0, name_len = old_entity(text, bytes, &bytes_len);

		html->after_ampersand = false;
		add_text(html, name_len ? (struct span){bytes, bytes_len} : SPAN("&"));
		text = span_skip(text, name_len);
	} else if (span_equal(text, SPAN("&"))) {
		html->after_ampersand = true;
		return;
	}
	add_text(html, text);
}

static void ignore_error(void *data, xmlErrorPtr error)
{
	(void)data, (void)error;
}

/* Takes a piece off `rest` that does not cut a character. */
static struct span take_piece(struct span *rest)
{
	size_t len = rest->len < PIECE_BYTES ? rest->len : PIECE_BYTES;

	for (int i = 0; i < 3 && len > 1 && len < rest->len; i++, len--)
		if (((unsigned char)rest->ptr[len] & 0xc0) != 0x80)
			break;
	struct span piece = {rest->ptr, len};
	*rest = span_skip(*rest, len);
	return piece;
}

static void parse(struct html *html, struct span text, const struct flow *flow)
{
	while (text.len && !flow_is_full(flow)) {
		struct span piece = take_piece(&text);

		htmlParseChunk(html->parser, piece.ptr, (int)piece.len, 0);
	}
	htmlParseChunk(html->parser, NULL, 0, 1);
}

/* What Word writes around the marks of lists, "<![if !supportLists]>", is a comment to browsers and
   text to libxml2; as instructions to a program, which these are, neither shows them. */
static void mark_conditions(struct buf *text)
{
	char *at = text->ptr, *end = at ? at + text->len : NULL;

	while (at && (at = memmem(at, (size_t)(end - at), "<![", 3))) {
		struct span behind = {at + 3, (size_t)(end - at) - 3};

		if (span_starts(behind, SPAN("if ")) || span_starts(behind, SPAN("endif]")))
			memcpy(at, "<?x", 3);
		at += 3;
	}
}

lupe_status html_read(struct span raw, struct flow *flow, struct html_metadata *metadata,
	struct buf *notice, struct lupe_error *err)
{
	htmlSAXHandler events = {
		.initialized = 1,
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = ignore_error,
	};
	struct html html = {0};
	BUF_SCOPED(text);

	xml_prepare();
	charset_decode_html(raw, &text, notice);
	mark_conditions(&text);
	html.page = html_page_new(flow, metadata);
	html.parser =
		htmlCreatePushParserCtxt(&events, &html, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (html.parser) {
		htmlCtxtUseOptions(html.parser, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET |
							HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT);
		parse(&html, buf_span(&text), flow);
		if (html.after_ampersand)
			add_text(&html, SPAN("&"));
	}
	html_page_free(html.page);
	if (!html.parser)
		return lupe_fail(err, LUPE_ERROR_MEMORY, "out of memory");
	if (html.parser->myDoc)
		xmlFreeDoc(html.parser->myDoc);
	htmlFreeParserCtxt(html.parser);
	return LUPE_OK;
}

/* ---- a file ---- */

/* The first heading of the highest level, if <title> is that with the name of the site behind it:
   "Sprachkurse | Stadt Lindenau". */
static void shorten_title(struct document *document)
{
	const struct span separators[] = {SPAN("|"), SPAN("-"), SPAN("–"), SPAN("—"), SPAN("·"),
		SPAN("»"), SPAN(":"), SPAN("•")};
	struct span title = buf_span(&document->title);

	for (size_t i = 0; i < document->block_count; i++) {
		struct block *block = &document->blocks[i];
		struct span rest = span_skip(buf_span(&document->text), block->begin);
		struct span heading = span_trim(span_take(&rest, '\n'));

		if (block->kind != BLOCK_HEADING || block->level != 1)
			continue;
		if (heading.len == 0 || !span_starts(title, heading))
			return;
		struct span behind = span_trim(span_skip(title, heading.len));
		for (size_t k = 0; k < sizeof(separators) / sizeof(separators[0]); k++) {
			if (!span_starts(behind, separators[k]))
				continue;
			document_set_title(document, heading);
			block->kind = BLOCK_TITLE;
			block->level = 0;
			return;
		}
		return;
	}
}

lupe_status extract_html(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct html_metadata metadata = {0};
	struct flow *flow = flow_new(document);
	lupe_status st = html_read(source->bytes, flow, &metadata, &document->notice, err);

	if (st == LUPE_OK)
		st = flow_finish(flow, err);
	flow_free(flow);
	if (st == LUPE_OK) {
		html_metadata_finish(&metadata, document);
		shorten_title(document);
	}
	html_metadata_done(&metadata);
	return st;
}
