/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a DOCX, its main part or its notes, as a stream of elements. Left out: what a
 * revision has deleted or moved away, what is hidden, codes of fields, comments, the second telling
 * of a text box for older programs, prompts of forms that nobody filled in. Numbers of lists and
 * headings are no part of the text in the file and are not made up here.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/docx.h"

enum { NESTED_MAX = 64, FIELDS_MAX = 64 };

enum {
	TAG_BREAK = 1,
	TAG_CELL,
	TAG_DELETED,
	TAG_ENDNOTE_REFERENCE,
	TAG_FIELD,
	TAG_FOOTNOTE_REFERENCE,
	TAG_HYPHEN,
	TAG_NOTE,
	TAG_OUTLINE,
	TAG_PARAGRAPH,
	TAG_PARAGRAPH_PROPERTIES,
	TAG_PARAGRAPH_STYLE,
	TAG_PLACEHOLDER,
	TAG_PLACEHOLDER_CONTENT,
	TAG_PLACEHOLDER_PROPERTIES,
	TAG_ROW,
	TAG_ROW_PROPERTIES,
	TAG_RUN,
	TAG_RUN_PROPERTIES,
	TAG_RUN_STYLE,
	TAG_SKIPPED,
	TAG_TAB,
	TAG_TEXT,
	TAG_TEXT_BOX,
	TAG_VANISH,
	TAG_VERTICAL,
};

static const struct xml_name names[] = {
	{"Fallback", SPACE_COMPATIBILITY, TAG_SKIPPED},
	{"br", SPACE_WORD, TAG_BREAK},
	{"cr", SPACE_WORD, TAG_BREAK},
	{"del", SPACE_WORD, TAG_DELETED},
	{"delText", SPACE_WORD, TAG_SKIPPED},
	{"endnote", SPACE_WORD, TAG_NOTE},
	{"endnoteReference", SPACE_WORD, TAG_ENDNOTE_REFERENCE},
	{"fldChar", SPACE_WORD, TAG_FIELD},
	{"footnote", SPACE_WORD, TAG_NOTE},
	{"footnoteReference", SPACE_WORD, TAG_FOOTNOTE_REFERENCE},
	{"instrText", SPACE_WORD, TAG_SKIPPED},
	{"moveFrom", SPACE_WORD, TAG_DELETED},
	{"noBreakHyphen", SPACE_WORD, TAG_HYPHEN},
	{"outlineLvl", SPACE_WORD, TAG_OUTLINE},
	{"p", SPACE_WORD, TAG_PARAGRAPH},
	{"pPr", SPACE_WORD, TAG_PARAGRAPH_PROPERTIES},
	{"pPrChange", SPACE_WORD, TAG_SKIPPED},
	{"pStyle", SPACE_WORD, TAG_PARAGRAPH_STYLE},
	{"ptab", SPACE_WORD, TAG_TAB},
	{"r", SPACE_MATH, TAG_RUN},
	{"r", SPACE_WORD, TAG_RUN},
	{"rPr", SPACE_WORD, TAG_RUN_PROPERTIES},
	{"rPrChange", SPACE_WORD, TAG_SKIPPED},
	{"rStyle", SPACE_WORD, TAG_RUN_STYLE},
	{"rt", SPACE_WORD, TAG_SKIPPED},
	{"sdtContent", SPACE_WORD, TAG_PLACEHOLDER_CONTENT},
	{"sdtPr", SPACE_WORD, TAG_PLACEHOLDER_PROPERTIES},
	{"sectPr", SPACE_WORD, TAG_SKIPPED},
	{"showingPlcHdr", SPACE_WORD, TAG_PLACEHOLDER},
	{"t", SPACE_MATH, TAG_TEXT},
	{"t", SPACE_WORD, TAG_TEXT},
	{"tab", SPACE_WORD, TAG_TAB},
	{"tabs", SPACE_WORD, TAG_SKIPPED},
	{"tblPrChange", SPACE_WORD, TAG_SKIPPED},
	{"tc", SPACE_WORD, TAG_CELL},
	{"tcPrChange", SPACE_WORD, TAG_SKIPPED},
	{"tr", SPACE_WORD, TAG_ROW},
	{"trPr", SPACE_WORD, TAG_ROW_PROPERTIES},
	{"trPrChange", SPACE_WORD, TAG_SKIPPED},
	{"txbxContent", SPACE_WORD, TAG_TEXT_BOX},
	{"vanish", SPACE_WORD, TAG_VANISH},
	{"vertAlign", SPACE_WORD, TAG_VERTICAL},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), docx_spaces, DOCX_SPACE_COUNT, false};

/* What is known of the open paragraph and run. A text box in a run has paragraphs of its own. */
struct place {
	const struct docx_style *style;
	int level;          /* said of this paragraph; -1 not */
	bool in_properties; /* of the paragraph */
	bool mark_deleted;  /* the next paragraph continues this one */
	bool in_run, in_run_properties;
	int hidden; /* said of this run; -1 not */
	const struct docx_style *run_style;
};

struct body {
	const struct docx_parts *parts;
	struct docx_notes *notes; /* being read, or NULL */
	struct flow *flow;
	struct place places[NESTED_MAX];
	size_t nested;
	unsigned depth, skip_depth; /* elements below `skip_depth` are left out; 0: none */
	unsigned row_depth;         /* of the row that began last */
	bool in_row_properties;
	bool in_text, is_placeholder;
	bool field_codes[FIELDS_MAX]; /* of open fields: whether their code is being read */
	size_t fields;
	unsigned codes; /* how many of these */
};

static struct place *here(struct body *body)
{
	return &body->places[body->nested];
}

/* ---- runs ---- */

static bool is_hidden(struct body *body)
{
	const struct place *place = here(body);

	if (place->hidden >= 0)
		return place->hidden;
	if (place->run_style && place->run_style->hidden >= 0)
		return place->run_style->hidden;
	return place->style && place->style->hidden > 0;
}

static bool shows(struct body *body)
{
	return body->codes == 0 && !is_hidden(body);
}

static void read_field(struct body *body, struct span type)
{
	bool begins = span_equal(type, SPAN("begin"));
	size_t top = body->fields - 1;

	if (begins) {
		if (body->fields++ < FIELDS_MAX)
			body->field_codes[body->fields - 1] = true;
		body->codes += body->fields <= FIELDS_MAX;
		return;
	}
	if (body->fields == 0)
		return;
	if (top < FIELDS_MAX && body->field_codes[top]) {
		body->field_codes[top] = false;
		body->codes--;
	}
	if (span_equal(type, SPAN("end")))
		body->fields--;
}

static void read_note(
	struct body *body, const struct docx_notes *notes, const struct xml_attributes *attributes)
{
	long id = xml_number(attributes, "id", -1);

	if (!notes || !shows(body))
		return;
	for (size_t i = 0; i < notes->count; i++) {
		if (notes->list[i].id != id)
			continue;
		struct span rest = {notes->document.text.ptr + notes->list[i].begin,
			notes->list[i].end - notes->list[i].begin};
		flow_push(body->flow, BLOCK_NOTE);
		while (rest.ptr && rest.len) {
			flow_text(body->flow, span_take(&rest, '\n'));
			flow_end(body->flow, BLOCK_NOTE, 0);
		}
		flow_pop(body->flow);
		return;
	}
}

static void start_in_run(struct body *body, int tag, const struct xml_attributes *attributes)
{
	switch (tag) {
	case TAG_TEXT:
		body->in_text = shows(body);
		break;
	case TAG_TAB:
		if (shows(body))
			flow_text(body->flow, SPAN("\t"));
		break;
	case TAG_BREAK:
		if (shows(body))
			flow_line_end(body->flow);
		break;
	case TAG_HYPHEN:
		if (shows(body))
			flow_text(body->flow, SPAN("-"));
		break;
	case TAG_FIELD:
		read_field(body, xml_value(attributes, "fldCharType"));
		break;
	case TAG_FOOTNOTE_REFERENCE:
		read_note(body, body->parts->footnotes, attributes);
		break;
	case TAG_ENDNOTE_REFERENCE:
		read_note(body, body->parts->endnotes, attributes);
		break;
	}
}

static void start_in_properties(struct body *body, int tag, const struct xml_attributes *attributes)
{
	struct place *place = here(body);

	if (tag == TAG_PARAGRAPH_STYLE) {
		place->style = docx_style(body->parts->styles, xml_value(attributes, "val"));
	} else if (tag == TAG_OUTLINE) {
		long level = xml_number(attributes, "val", 9);
		place->level = level < 9 ? (int)level + 1 : 0;
	} else if (tag == TAG_DELETED) {
		place->mark_deleted = true;
	} else if (!place->in_run) {
		return; /* the rest says how the mark behind the paragraph looks */
	} else if (tag == TAG_RUN_STYLE) {
		place->run_style = docx_style(body->parts->styles, xml_value(attributes, "val"));
	} else if (tag == TAG_VANISH) {
		place->hidden = docx_is_on(attributes);
	} else if (tag == TAG_VERTICAL &&
		   span_equal(xml_value(attributes, "val"), SPAN("superscript"))) {
		flow_raise(body->flow);
	}
}

/* ---- paragraphs, rows, boxes ---- */

static void end_paragraph(struct body *body)
{
	struct place *place = here(body);
	const struct docx_style *style = place->style;
	int level = place->level >= 0 ? place->level : style && style->level > 0 ? style->level : 0;

	if (place->mark_deleted)
		return;
	if (style && style->is_title && place->level <= 0)
		flow_end(body->flow, BLOCK_TITLE, 0);
	else
		flow_end(body->flow, level ? BLOCK_HEADING : BLOCK_TEXT, (unsigned)level);
}

static void begin_paragraph(struct body *body)
{
	struct place *place = here(body);

	place->style = NULL;
	place->level = -1;
	place->mark_deleted = false;
}

static void begin_note(struct body *body, const struct xml_attributes *attributes)
{
	struct docx_notes *notes = body->notes;
	struct span type = xml_value(attributes, "type");

	if (!notes)
		return;
	if (type.len && !span_equal(type, SPAN("normal"))) {
		body->skip_depth = body->depth;
		return;
	}
	ARRAY_GROW(notes->list, notes->count, notes->capacity);
	notes->list[notes->count++] = (struct docx_note){
		.id = xml_number(attributes, "id", -2),
		.begin = notes->document.text.len,
		.end = notes->document.text.len,
	};
}

static void begin_box(struct body *body)
{
	if (body->nested + 1 == NESTED_MAX) {
		body->skip_depth = body->depth;
		return;
	}
	flow_push(body->flow, BLOCK_TEXT);
	body->places[++body->nested] = (struct place){.level = -1, .hidden = -1};
}

static void end_box(struct body *body)
{
	flow_pop(body->flow);
	body->nested--;
}

static void start(struct body *body, int tag, const struct xml_attributes *attributes)
{
	struct place *place = here(body);

	switch (tag) {
	case TAG_PARAGRAPH:
		begin_paragraph(body);
		break;
	case TAG_PARAGRAPH_PROPERTIES:
		place->in_properties = true;
		break;
	case TAG_RUN:
		place->in_run = true;
		place->hidden = -1;
		place->run_style = NULL;
		break;
	case TAG_RUN_PROPERTIES:
		place->in_run_properties = true;
		break;
	case TAG_SKIPPED:
		body->skip_depth = body->depth;
		break;
	case TAG_DELETED:
		body->skip_depth = body->in_row_properties ? body->row_depth : body->depth;
		break;
	case TAG_ROW:
		body->row_depth = body->depth;
		flow_row_begin(body->flow);
		break;
	case TAG_ROW_PROPERTIES:
		body->in_row_properties = true;
		break;
	case TAG_CELL:
		flow_cell_begin(body->flow);
		break;
	case TAG_TEXT_BOX:
		begin_box(body);
		break;
	case TAG_NOTE:
		begin_note(body, attributes);
		break;
	case TAG_PLACEHOLDER_PROPERTIES:
		body->is_placeholder = false;
		break;
	case TAG_PLACEHOLDER:
		body->is_placeholder = docx_is_on(attributes);
		break;
	case TAG_PLACEHOLDER_CONTENT:
		if (body->is_placeholder)
			body->skip_depth = body->depth;
		body->is_placeholder = false;
		break;
	default:
		if (place->in_run)
			start_in_run(body, tag, attributes);
	}
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct body *body = data;
	struct place *place = here(body);

	body->depth++;
	if (body->skip_depth || tag == 0)
		return;
	if ((place->in_properties || place->in_run_properties) && tag != TAG_SKIPPED &&
		tag != TAG_RUN_PROPERTIES)
		start_in_properties(body, tag, attributes);
	else
		start(body, tag, attributes);
}

static void end(struct body *body, int tag)
{
	struct place *place = here(body);

	switch (tag) {
	case TAG_TEXT:
		body->in_text = false;
		break;
	case TAG_PARAGRAPH:
		end_paragraph(body);
		break;
	case TAG_PARAGRAPH_PROPERTIES:
		place->in_properties = false;
		break;
	case TAG_RUN:
		place->in_run = false;
		break;
	case TAG_RUN_PROPERTIES:
		place->in_run_properties = false;
		break;
	case TAG_ROW:
		flow_row_end(body->flow);
		break;
	case TAG_ROW_PROPERTIES:
		body->in_row_properties = false;
		break;
	case TAG_TEXT_BOX:
		end_box(body);
		break;
	case TAG_NOTE:
		if (body->notes && body->notes->count) {
			flow_end(body->flow, BLOCK_TEXT, 0);
			body->notes->list[body->notes->count - 1].end =
				body->notes->document.text.len;
		}
		break;
	}
}

static void on_end(void *data, int tag)
{
	struct body *body = data;
	bool skipped = body->skip_depth != 0;

	if (body->skip_depth == body->depth) {
		body->skip_depth = 0;
		skipped = tag != TAG_ROW; /* a deleted row had begun before that was known */
		body->in_row_properties = false;
	}
	body->depth--;
	if (!skipped)
		end(body, tag);
}

static void on_text(void *data, struct span text)
{
	struct body *body = data;

	if (body->in_text && !body->skip_depth)
		flow_text(body->flow, text);
}

static bool is_done(void *data)
{
	return flow_is_full(((struct body *)data)->flow);
}

static lupe_status read_part(
	struct zip *zip, const char *part, struct body *body, struct lupe_error *err)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, is_done};

	body->places[0] = (struct place){.level = -1, .hidden = -1};
	return xml_read_member(zip, part, &grammar, &handler, body, err);
}

lupe_status docx_read_body(struct zip *zip, const char *part, const struct docx_parts *parts,
	struct flow *flow, struct lupe_error *err)
{
	struct body body = {.parts = parts, .flow = flow};

	return read_part(zip, part, &body, err);
}

lupe_status docx_read_notes(struct zip *zip, const char *part, const struct docx_styles *styles,
	struct docx_notes *ret, struct lupe_error *err)
{
	const struct docx_parts parts = {.styles = styles};
	struct body body = {.parts = &parts, .notes = ret};
	lupe_status st;

	if (!zip_has(zip, span_of(part)))
		return LUPE_OK;
	body.flow = flow_new(&ret->document);
	st = read_part(zip, part, &body, err);
	if (st == LUPE_OK)
		st = flow_finish(body.flow, err);
	flow_free(body.flow);
	return st;
}

void docx_notes_done(struct docx_notes *notes)
{
	document_done(&notes->document);
	free(notes->list);
}
