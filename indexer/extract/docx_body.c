/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a DOCX, its main part or its notes, as a stream of elements: paragraphs, rows, boxes.
 * Left out: what a revision has deleted or moved away, comments, the second telling of a text box
 * for older programs, prompts of forms that nobody filled in. What stands in a run is docx_run.c's.
 * Numbers of lists and headings are no part of the text in the file and are not made up here.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/docx.h"
#include "indexer/extract/docx_run.h"

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

/* ---- paragraphs, rows, boxes ---- */

static void end_paragraph(struct docx_body *body)
{
	struct docx_place *place = docx_here(body);
	const struct docx_style *style = place->style;
	int level = place->level >= 0 ? place->level : style && style->level > 0 ? style->level : 0;

	if (place->mark_deleted)
		return;
	if (style && style->is_title && place->level <= 0)
		flow_end(body->flow, BLOCK_TITLE, 0);
	else
		flow_end(body->flow, level ? BLOCK_HEADING : BLOCK_TEXT, (unsigned)level);
}

static void begin_paragraph(struct docx_body *body)
{
	struct docx_place *place = docx_here(body);

	place->style = NULL;
	place->level = -1;
	place->mark_deleted = false;
}

static void begin_note(struct docx_body *body, const struct xml_attributes *attributes)
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

static void begin_box(struct docx_body *body)
{
	if (body->nested + 1 == NESTED_MAX) {
		body->skip_depth = body->depth;
		return;
	}
	flow_push(body->flow, BLOCK_TEXT);
	body->places[++body->nested] = (struct docx_place){.level = -1, .hidden = -1};
}

static void end_box(struct docx_body *body)
{
	if (body->nested == 0)
		return;
	flow_pop(body->flow);
	body->nested--;
}

static void start(struct docx_body *body, int tag, const struct xml_attributes *attributes)
{
	struct docx_place *place = docx_here(body);

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
			docx_start_in_run(body, tag, attributes);
	}
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct docx_body *body = data;
	struct docx_place *place = docx_here(body);

	body->depth++;
	if (body->skip_depth || tag == 0)
		return;
	if ((place->in_properties || place->in_run_properties) && tag == TAG_TEXT_BOX)
		body->skip_depth = body->depth; /* nowhere to put it, and its end ends none */
	else if ((place->in_properties || place->in_run_properties) && tag != TAG_SKIPPED &&
		 tag != TAG_RUN_PROPERTIES)
		docx_start_in_properties(body, tag, attributes);
	else
		start(body, tag, attributes);
}

static void end(struct docx_body *body, int tag)
{
	struct docx_place *place = docx_here(body);

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
	struct docx_body *body = data;
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
	struct docx_body *body = data;

	if (body->in_text && !body->skip_depth)
		flow_text(body->flow, text);
}

static bool is_done(void *data)
{
	return flow_is_full(((struct docx_body *)data)->flow);
}

static lupe_status read_part(
	struct zip *zip, const char *part, struct docx_body *body, struct lupe_error *err)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, is_done};

	body->places[0] = (struct docx_place){.level = -1, .hidden = -1};
	return xml_read_member(zip, part, &grammar, &handler, body, err);
}

lupe_status docx_read_body(struct zip *zip, const char *part, const struct docx_parts *parts,
	struct flow *flow, struct lupe_error *err)
{
	struct docx_body body = {.parts = parts, .flow = flow};

	return read_part(zip, part, &body, err);
}

lupe_status docx_read_notes(struct zip *zip, const char *part, const struct docx_styles *styles,
	struct docx_notes *ret, struct lupe_error *err)
{
	const struct docx_parts parts = {.styles = styles};
	struct docx_body body = {.parts = &parts, .notes = ret};
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
