/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Styles of a DOCX. A heading is told by its outline level, its own or an inherited one; the names
 * of built-in styles are in English whatever the language of Word, and tell the rest. What is not
 * said in a style is taken from the one it is based on.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/docx.h"

enum { BASED_ON_MAX = 32, OUTLINE_LEVELS = 9 };

enum { TAG_BASED_ON = 1, TAG_CHANGE, TAG_NAME, TAG_OUTLINE, TAG_STYLE, TAG_VANISH };

static const struct xml_name names[] = {
	{"basedOn", SPACE_WORD, TAG_BASED_ON},
	{"name", SPACE_WORD, TAG_NAME},
	{"outlineLvl", SPACE_WORD, TAG_OUTLINE},
	{"pPrChange", SPACE_WORD, TAG_CHANGE},
	{"rPrChange", SPACE_WORD, TAG_CHANGE},
	{"style", SPACE_WORD, TAG_STYLE},
	{"vanish", SPACE_WORD, TAG_VANISH},
};

const struct xml_space docx_spaces[DOCX_SPACE_COUNT] = {
	{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", SPACE_WORD},
	{"http://purl.oclc.org/ooxml/wordprocessingml/main", SPACE_WORD},
	{"http://schemas.openxmlformats.org/markup-compatibility/2006", SPACE_COMPATIBILITY},
	{"http://schemas.openxmlformats.org/officeDocument/2006/math", SPACE_MATH},
	{"http://purl.oclc.org/ooxml/officeDocument/math", SPACE_MATH},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), docx_spaces, DOCX_SPACE_COUNT, false};

struct reader {
	struct docx_styles *styles;
	struct docx_style *style; /* the open one */
	int changes;              /* what a property was before is none */
};

bool docx_is_on(const struct xml_attributes *attributes)
{
	struct span value;

	if (!xml_attribute(attributes, "val", &value))
		return true;
	return !span_equal(value, SPAN("0")) && !span_equal(value, SPAN("false")) &&
	       !span_equal(value, SPAN("off"));
}

static void read_name(struct docx_style *style, struct span name)
{
	struct span number;

	if (span_equal(name, SPAN("Title")))
		style->is_title = true;
	if (!span_starts(name, SPAN("heading ")) && !span_starts(name, SPAN("Heading ")))
		return;
	number = span_skip(name, 8);
	if (style->level < 0 && number.len == 1 && number.ptr[0] >= '1' && number.ptr[0] <= '9')
		style->level = (signed char)(number.ptr[0] - '0');
}

static void add_style(struct reader *reader, const struct xml_attributes *attributes)
{
	struct docx_styles *styles = reader->styles;

	ARRAY_GROW(styles->list, styles->count, styles->capacity);
	reader->style = &styles->list[styles->count++];
	*reader->style = (struct docx_style){
		.id = arena_copy(&styles->arena, xml_value(attributes, "styleId")),
		.level = -1,
		.hidden = -1,
	};
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	struct reader *reader = data;

	if (tag == TAG_STYLE)
		add_style(reader, attributes);
	reader->changes += tag == TAG_CHANGE;
	if (!reader->style || reader->changes)
		return;
	switch (tag) {
	case TAG_BASED_ON:
		reader->style->based_on =
			arena_copy(&reader->styles->arena, xml_value(attributes, "val"));
		break;
	case TAG_NAME:
		read_name(reader->style, xml_value(attributes, "val"));
		break;
	case TAG_OUTLINE: {
		long level = xml_number(attributes, "val", OUTLINE_LEVELS);
		reader->style->level = (signed char)(level < OUTLINE_LEVELS ? level + 1 : 0);
		break;
	}
	case TAG_VANISH:
		reader->style->hidden = docx_is_on(attributes);
		break;
	}
}

static void on_end(void *data, int tag)
{
	struct reader *reader = data;

	if (tag == TAG_STYLE)
		reader->style = NULL;
	reader->changes -= tag == TAG_CHANGE;
}

static void on_text(void *data, struct span text)
{
	(void)data, (void)text;
}

static int compare_styles(const void *a, const void *b)
{
	return span_compare(((const struct docx_style *)a)->id, ((const struct docx_style *)b)->id);
}

const struct docx_style *docx_style(const struct docx_styles *styles, struct span id)
{
	struct docx_style key = {.id = id};

	if (styles->count == 0)
		return NULL;
	return bsearch(&key, styles->list, styles->count, sizeof(key), compare_styles);
}

static void inherit(struct docx_styles *styles, struct docx_style *style)
{
	const struct docx_style *base = style;

	for (int i = 0; i < BASED_ON_MAX && base->based_on.len; i++) {
		base = docx_style(styles, base->based_on);
		if (!base)
			return;
		if (style->level < 0)
			style->level = base->level;
		if (style->hidden < 0)
			style->hidden = base->hidden;
		style->is_title |= base->is_title && style->level <= 0;
	}
}

lupe_status docx_read_styles(
	struct zip *zip, const char *part, struct docx_styles *styles, struct lupe_error *err)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, NULL};
	struct reader reader = {.styles = styles};
	lupe_status st;

	if (!zip_has(zip, span_of(part)))
		return LUPE_OK;
	st = xml_read_member(zip, part, &grammar, &handler, &reader, err);
	if (styles->count)
		qsort(styles->list, styles->count, sizeof(*styles->list), compare_styles);
	for (size_t i = 0; i < styles->count; i++)
		inherit(styles, &styles->list[i]);
	return st;
}

void docx_styles_done(struct docx_styles *styles)
{
	free(styles->list);
	arena_done(&styles->arena);
}
