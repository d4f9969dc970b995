/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs of a DOCX: text and marks with properties of their own, left out where they are hidden or
 * the code of a field. Notes stand behind the paragraph that mentions them.
 */
#include "indexer/extract/docx_run.h"

static bool is_hidden(struct docx_body *body)
{
	const struct docx_place *place = docx_here(body);

	if (place->hidden >= 0)
		return place->hidden;
	if (place->run_style && place->run_style->hidden >= 0)
		return place->run_style->hidden;
	return place->style && place->style->hidden > 0;
}

static bool shows(struct docx_body *body)
{
	return body->codes == 0 && !is_hidden(body);
}

static void read_field(struct docx_body *body, struct span type)
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

static void read_note(struct docx_body *body, const struct docx_notes *notes,
	const struct xml_attributes *attributes)
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

void docx_start_in_run(struct docx_body *body, int tag, const struct xml_attributes *attributes)
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

void docx_start_in_properties(
	struct docx_body *body, int tag, const struct xml_attributes *attributes)
{
	struct docx_place *place = docx_here(body);

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
