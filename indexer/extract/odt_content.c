/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of an ODT as a stream of elements. Left out: what a revision has deleted, which stands
 * apart in the file; comments; what is hidden by itself, its section or its style; the patterns
 * after which indexes are made; numbers of notes and pages.
 */
#include "indexer/extract/odt.h"

enum { NESTED_MAX = 64 };

enum {
	TAG_BOX = 1,
	TAG_CELL,
	TAG_HEADING,
	TAG_HIDEABLE,
	TAG_LINE_END,
	TAG_NOTE,
	TAG_PARAGRAPH,
	TAG_ROW,
	TAG_SECTION,
	TAG_SKIPPED,
	TAG_SPACES,
	TAG_SPAN,
	TAG_STYLE,
	TAG_TAB,
	TAG_TEXT_PROPERTIES,
};

static const struct xml_name names[] = {
	{"alphabetical-index-source", SPACE_TEXT, TAG_SKIPPED},
	{"annotation", SPACE_OFFICE, TAG_SKIPPED},
	{"bibliography-source", SPACE_TEXT, TAG_SKIPPED},
	{"covered-table-cell", SPACE_TABLE, TAG_SKIPPED},
	{"creator", SPACE_DUBLIN_CORE, TAG_SKIPPED},
	{"desc", SPACE_SVG, TAG_SKIPPED},
	{"forms", SPACE_OFFICE, TAG_SKIPPED},
	{"h", SPACE_TEXT, TAG_HEADING},
	{"hidden-paragraph", SPACE_TEXT, TAG_HIDEABLE},
	{"hidden-text", SPACE_TEXT, TAG_HIDEABLE},
	{"illustration-index-source", SPACE_TEXT, TAG_SKIPPED},
	{"line-break", SPACE_TEXT, TAG_LINE_END},
	{"note", SPACE_TEXT, TAG_NOTE},
	{"note-citation", SPACE_TEXT, TAG_SKIPPED},
	{"object", SPACE_DRAW, TAG_SKIPPED},
	{"object-index-source", SPACE_TEXT, TAG_SKIPPED},
	{"p", SPACE_TEXT, TAG_PARAGRAPH},
	{"page-count", SPACE_TEXT, TAG_SKIPPED},
	{"page-number", SPACE_TEXT, TAG_SKIPPED},
	{"placeholder", SPACE_TEXT, TAG_SKIPPED},
	{"ruby-text", SPACE_TEXT, TAG_SKIPPED},
	{"s", SPACE_TEXT, TAG_SPACES},
	{"section", SPACE_TEXT, TAG_SECTION},
	{"span", SPACE_TEXT, TAG_SPAN},
	{"style", SPACE_STYLE, TAG_STYLE},
	{"tab", SPACE_TEXT, TAG_TAB},
	{"table-cell", SPACE_TABLE, TAG_CELL},
	{"table-index-source", SPACE_TEXT, TAG_SKIPPED},
	{"table-of-content-source", SPACE_TEXT, TAG_SKIPPED},
	{"table-row", SPACE_TABLE, TAG_ROW},
	{"text-box", SPACE_DRAW, TAG_BOX},
	{"text-properties", SPACE_STYLE, TAG_TEXT_PROPERTIES},
	{"title", SPACE_SVG, TAG_SKIPPED},
	{"tracked-changes", SPACE_TEXT, TAG_SKIPPED},
	{"user-index-source", SPACE_TEXT, TAG_SKIPPED},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), odt_spaces, ODT_SPACE_COUNT, false};

/* The open paragraph; in a note or a text box there is another one. */
struct place {
	enum block_kind kind;
	unsigned level;
	bool open;     /* text outside of paragraphs is layout of the file */
	bool in_shape; /* a shape's paragraph stands right within another */
};

struct content {
	struct odt_styles *styles;
	struct flow *flow;
	struct place places[NESTED_MAX];
	size_t nested;
	unsigned depth, skip_depth; /* elements below `skip_depth` are left out; 0: none */
};

static struct place *here(struct content *content)
{
	return &content->places[content->nested];
}

static void skip(struct content *content)
{
	content->skip_depth = content->depth;
}

static bool begin_nested(struct content *content, enum block_kind kind)
{
	if (content->nested + 1 == NESTED_MAX) {
		skip(content);
		return false;
	}
	flow_push(content->flow, kind);
	content->places[++content->nested] = (struct place){.kind = BLOCK_TEXT};
	return true;
}

static void end_nested(struct content *content)
{
	flow_pop(content->flow);
	content->nested--;
}

static void begin_paragraph(
	struct content *content, int tag, const struct xml_attributes *attributes)
{
	struct span name = xml_value(attributes, "style-name");
	const struct odt_style *style = odt_style(content->styles, name);
	long level = xml_number(attributes, "outline-level", 1);

	if (style && style->hidden) {
		skip(content);
		return;
	}
	if (here(content)->open) {
		if (!begin_nested(content, BLOCK_TEXT))
			return;
		here(content)->in_shape = true;
	}
	struct place *place = here(content);
	place->open = true;
	place->level = 0;
	if (tag == TAG_HEADING)
		place->level = level > 0 && level <= 10 ? (unsigned)level : 1;
	else if (style)
		place->level = style->level;
	place->kind = place->level ? BLOCK_HEADING : BLOCK_TEXT;
	if (tag == TAG_PARAGRAPH && odt_style_is_title(content->styles, name))
		place->kind = BLOCK_TITLE;
}

static void end_paragraph(struct content *content)
{
	struct place *place = here(content);

	flow_end(content->flow, place->kind, place->level);
	place->open = false;
	if (place->in_shape)
		end_nested(content);
}

static void begin_span(struct content *content, const struct xml_attributes *attributes)
{
	const struct odt_style *style =
		odt_style(content->styles, xml_value(attributes, "style-name"));

	if (style && style->hidden)
		skip(content);
	else if (style && style->raised)
		flow_raise(content->flow);
}

static void add_spaces(struct content *content, long count)
{
	static const char spaces[] = "                ";

	/* More than a few are layout. */
	flow_text(content->flow, (struct span){spaces, count > 16  ? 16
						       : count < 1 ? 1
								   : (size_t)count});
}

static bool is_hidden(const struct xml_attributes *attributes)
{
	struct span display = xml_value(attributes, "display");

	return span_equal(display, SPAN("none")) ||
	       (span_equal(display, SPAN("condition")) &&
		       span_equal(xml_value(attributes, "is-hidden"), SPAN("true")));
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct content *content = data;

	content->depth++;
	if (content->skip_depth)
		return;
	switch (tag) {
	case TAG_PARAGRAPH:
	case TAG_HEADING:
		begin_paragraph(content, tag, attributes);
		break;
	case TAG_SPAN:
		begin_span(content, attributes);
		break;
	case TAG_SPACES:
		add_spaces(content, xml_number(attributes, "c", 1));
		break;
	case TAG_TAB:
		flow_text(content->flow, SPAN("\t"));
		break;
	case TAG_LINE_END:
		flow_line_end(content->flow);
		break;
	case TAG_ROW:
		flow_row_begin(content->flow);
		break;
	case TAG_CELL:
		flow_cell_begin(content->flow);
		break;
	case TAG_NOTE:
		begin_nested(content, BLOCK_NOTE);
		break;
	case TAG_BOX:
		begin_nested(content, BLOCK_TEXT);
		break;
	case TAG_SKIPPED:
		skip(content);
		break;
	case TAG_SECTION:
		if (is_hidden(attributes))
			skip(content);
		break;
	case TAG_HIDEABLE:
		if (span_equal(xml_value(attributes, "is-hidden"), SPAN("true")))
			skip(content);
		break;
	case TAG_STYLE:
		if (!content->styles->sorted)
			odt_style_begin(content->styles, attributes);
		break;
	case TAG_TEXT_PROPERTIES:
		if (!content->styles->sorted)
			odt_style_properties(content->styles, attributes);
		break;
	}
}

static void on_end(void *data, int tag)
{
	struct content *content = data;
	bool skipped = content->skip_depth != 0;

	if (content->skip_depth == content->depth)
		content->skip_depth = 0;
	content->depth--;
	if (skipped)
		return;
	if (tag == TAG_PARAGRAPH || tag == TAG_HEADING)
		end_paragraph(content);
	else if (tag == TAG_ROW)
		flow_row_end(content->flow);
	else if (tag == TAG_NOTE || tag == TAG_BOX)
		end_nested(content);
}

static void on_text(void *data, struct span text)
{
	struct content *content = data;

	if (!content->skip_depth && here(content)->open)
		flow_words(content->flow, text);
}

static bool is_done(void *data)
{
	return flow_is_full(((struct content *)data)->flow);
}

lupe_status odt_read_content(
	struct zip *zip, struct odt_styles *styles, struct flow *flow, struct lupe_error *err)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, is_done};
	struct content content = {.styles = styles, .flow = flow};

	return xml_read_member(zip, "content.xml", &grammar, &handler, &content, err);
}
