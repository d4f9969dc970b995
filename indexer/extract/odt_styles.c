/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Styles of an ODT, as far as they tell what is a title or a heading and what is hidden. Styles
 * that an office program makes by itself ("P12") stand in the same list as those that have names.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/odt.h"

enum { PARENTS_MAX = 32 };
enum { TAG_STYLE = 1, TAG_TEXT_PROPERTIES };

const struct xml_space odt_spaces[ODT_SPACE_COUNT] = {
	{"urn:oasis:names:tc:opendocument:xmlns:office:1.0", SPACE_OFFICE},
	{"urn:oasis:names:tc:opendocument:xmlns:style:1.0", SPACE_STYLE},
	{"urn:oasis:names:tc:opendocument:xmlns:text:1.0", SPACE_TEXT},
	{"urn:oasis:names:tc:opendocument:xmlns:table:1.0", SPACE_TABLE},
	{"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", SPACE_DRAW},
	{"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", SPACE_META},
	{"http://purl.org/dc/elements/1.1/", SPACE_DUBLIN_CORE},
	{"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", SPACE_SVG},
	{"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", SPACE_MANIFEST},
};

static const struct xml_name names[] = {
	{"style", SPACE_STYLE, TAG_STYLE},
	{"text-properties", SPACE_STYLE, TAG_TEXT_PROPERTIES},
};

static const struct xml_grammar grammar = {
	names, sizeof(names) / sizeof(names[0]), odt_spaces, ODT_SPACE_COUNT, false};

void odt_styles_done(struct odt_styles *styles)
{
	free(styles->list);
	arena_done(&styles->arena);
}

void odt_style_begin(struct odt_styles *styles, const struct xml_attributes *attributes)
{
	long level = xml_number(attributes, "default-outline-level", 0);

	ARRAY_GROW(styles->list, styles->count, styles->capacity);
	styles->list[styles->count++] = (struct odt_style){
		.name = arena_copy(&styles->arena, xml_value(attributes, "name")),
		.parent = arena_copy(&styles->arena, xml_value(attributes, "parent-style-name")),
		.level = level > 0 && level <= 10 ? (unsigned)level : 0,
	};
}

void odt_style_properties(struct odt_styles *styles, const struct xml_attributes *attributes)
{
	struct span position = xml_value(attributes, "text-position");

	if (styles->count == 0)
		return;
	struct odt_style *style = &styles->list[styles->count - 1];
	style->hidden |= span_equal(xml_value(attributes, "display"), SPAN("none"));
	/* "super 58%", "33% 58%" */
	style->raised |= position.len && position.ptr[0] != '-' && position.ptr[0] != '0' &&
			 !span_starts(position, SPAN("sub"));
}

static int compare_styles(const void *a, const void *b)
{
	return span_compare(
		((const struct odt_style *)a)->name, ((const struct odt_style *)b)->name);
}

static const struct odt_style *find(const struct odt_styles *styles, struct span name)
{
	struct odt_style key = {.name = name};

	if (styles->count == 0 || name.len == 0)
		return NULL;
	return bsearch(&key, styles->list, styles->count, sizeof(key), compare_styles);
}

static void inherit(struct odt_styles *styles)
{
	for (size_t i = 0; i < styles->count; i++) {
		struct odt_style *style = &styles->list[i];
		const struct odt_style *parent = style;

		for (int n = 0; n < PARENTS_MAX; n++) {
			parent = find(styles, parent->parent);
			if (!parent)
				break;
			style->hidden |= parent->hidden;
			style->raised |= parent->raised;
			if (style->level == 0)
				style->level = parent->level;
		}
	}
}

const struct odt_style *odt_style(struct odt_styles *styles, struct span name)
{
	if (!styles->sorted && styles->count) {
		qsort(styles->list, styles->count, sizeof(*styles->list), compare_styles);
		inherit(styles);
	}
	styles->sorted = true;
	return find(styles, name);
}

bool odt_style_is_title(struct odt_styles *styles, struct span name)
{
	for (int i = 0; i < PARENTS_MAX && name.len; i++) {
		const struct odt_style *style = odt_style(styles, name);

		if (span_equal(name, SPAN("Title")))
			return true;
		name = style ? style->parent : (struct span){"", 0};
	}
	return false;
}

static void on_start(void *data, int tag, const struct xml_attributes *attributes)
{
	if (tag == TAG_STYLE)
		odt_style_begin(data, attributes);
	else if (tag == TAG_TEXT_PROPERTIES)
		odt_style_properties(data, attributes);
}

static void on_end(void *data, int tag)
{
	(void)data, (void)tag;
}

static void on_text(void *data, struct span text)
{
	(void)data, (void)text;
}

lupe_status odt_read_styles(struct zip *zip, struct odt_styles *styles, struct lupe_error *err)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, NULL};

	if (!zip_has(zip, SPAN("styles.xml")))
		return LUPE_OK;
	return xml_read_member(zip, "styles.xml", &grammar, &handler, styles, err);
}
