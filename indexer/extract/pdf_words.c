/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes a page's characters from poppler, each with its box and the font's size, and puts them
 * together to words. Poppler's own blanks are kept; it leaves them out between the cells of a
 * table, so a wide gap parts words too. Poppler's order of lines is not relied upon.
 */
#include "indexer/extract/pdf_words.h"

#include <math.h>
#include <string.h>

/* In sizes of the font. */
static const double gap_most = 0.25, raised_least = 0.15, smaller = 0.85;

struct reader {
	struct page *page;
	struct buf text;  /* of the word */
	struct area area; /* of the word */
	PopplerRectangle first, last;
	size_t characters;
	double size;
	bool bold;
	enum turn turn; /* of the word before */
};

static double middle_x(const PopplerRectangle *r)
{
	return (r->x1 + r->x2) / 2;
}

static double middle_y(const PopplerRectangle *r)
{
	return (r->y1 + r->y2) / 2;
}

/* Words of right-to-left scripts run leftwards on an upright page. */
static enum turn find_turn(const struct reader *reader)
{
	double right = middle_x(&reader->last) - middle_x(&reader->first);
	double down = middle_y(&reader->last) - middle_y(&reader->first);

	if (reader->characters > 1)
		return fabs(down) <= fabs(right) ? TURN_RIGHT : down > 0 ? TURN_DOWN : TURN_UP;
	/* a single character says nothing: it goes with the words around it */
	return reader->turn;
}

static void end_word(struct reader *reader)
{
	if (reader->text.len) {
		reader->turn = find_turn(reader);
		page_add_word(reader->page, &(struct word){
						    .area = reader->area,
						    .size = (float)reader->size,
						    .bold = reader->bold,
						    .turn = reader->turn,
						    .text = buf_span(&reader->text),
					    });
	}
	buf_clear(&reader->text);
	reader->characters = 0;
}

static double gap_between(const PopplerRectangle *a, const PopplerRectangle *b)
{
	double x = fmax(b->x1 - a->x2, a->x1 - b->x2);
	double y = fmax(b->y1 - a->y2, a->y1 - b->y2);

	return fmax(x, y);
}

static bool is_digit(gunichar c)
{
	return c >= '0' && c <= '9';
}

/* m2, km2: the raised digit is the unit's, not a footnote's. */
static bool is_metre(struct span s)
{
	return span_equal(s, SPAN("m")) || (s.len == 2 && s.ptr[1] == 'm');
}

static bool is_number(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

/* Whether the small number of a footnote begins behind a word, or ends before one. */
static bool is_mark(
	const struct reader *reader, gunichar c, const PopplerRectangle *area, double size)
{
	struct span word = buf_span(&reader->text);

	if (size < reader->size * smaller)
		return is_digit(c) && area->y2 < reader->last.y2 - reader->size * raised_least &&
		       !is_metre(word);
	return size * smaller > reader->size && is_number(word);
}

static void add_character(struct reader *reader, gunichar c)
{
	static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
	char utf8[6];

	if (c >= 0xfb00 && c <= 0xfb06)
		buf_add_string(&reader->text, ligatures[c - 0xfb00]);
	else if (c == 0xad) /* it is drawn, so it is a hyphen */
		buf_add_byte(&reader->text, '-');
	else
		buf_add(&reader->text, utf8, (size_t)g_unichar_to_utf8(c, utf8));
}

static bool is_blank(gunichar c)
{
	return c <= ' ' || c == 0xa0 || g_unichar_isspace(c);
}

static bool is_text(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);

	return type != G_UNICODE_CONTROL && type != G_UNICODE_PRIVATE_USE &&
	       type != G_UNICODE_SURROGATE && type != G_UNICODE_UNASSIGNED && c != 0xfeff &&
	       c != 0xfffd;
}

static void read_character(struct reader *reader, gunichar c, const PopplerRectangle *area,
	const PopplerTextAttributes *font)
{
	double size = font && font->font_size > 0 ? font->font_size : area->y2 - area->y1;
	bool bold = font && font->font_name &&
		    (strstr(font->font_name, "Bold") || strstr(font->font_name, "bold") ||
			    strstr(font->font_name, "Demi") || strstr(font->font_name, "Heavy"));

	if (is_blank(c)) {
		end_word(reader);
		return;
	}
	if (!is_text(c))
		return;
	if (reader->characters && (gap_between(&reader->last, area) > reader->size * gap_most ||
					  is_mark(reader, c, area, size)))
		end_word(reader);
	struct area box = {(float)area->x1, (float)area->y1, (float)area->x2, (float)area->y2};
	if (reader->characters++ == 0) {
		reader->first = *area;
		reader->area = box;
		reader->size = size;
		reader->bold = bold;
	}
	reader->area.x1 = fminf(reader->area.x1, box.x1);
	reader->area.y1 = fminf(reader->area.y1, box.y1);
	reader->area.x2 = fmaxf(reader->area.x2, box.x2);
	reader->area.y2 = fmaxf(reader->area.y2, box.y2);
	reader->bold &= bold;
	reader->last = *area;
	add_character(reader, c);
}

static void read_text(struct reader *reader, PopplerPage *source)
{
	char *text = poppler_page_get_text(source);
	PopplerRectangle *areas = NULL;
	guint area_count = 0, i = 0;

	if (text && *text && poppler_page_get_text_layout(source, &areas, &area_count)) {
		GList *fonts = poppler_page_get_text_attributes(source), *font = fonts;

		for (const char *at = text; *at && i < area_count; at = g_utf8_next_char(at), i++) {
			while (font && ((PopplerTextAttributes *)font->data)->end_index < (gint)i)
				font = font->next;
			read_character(
				reader, g_utf8_get_char(at), &areas[i], font ? font->data : NULL);
		}
		end_word(reader);
		poppler_page_free_text_attributes(fonts);
	}
	g_free(areas);
	g_free(text);
}

/* ---- form fields ---- */

static char *field_value(PopplerFormField *field)
{
	switch (poppler_form_field_get_field_type(field)) {
	case POPPLER_FORM_FIELD_TEXT:
		return poppler_form_field_text_is_password(field)
			       ? NULL
			       : poppler_form_field_text_get_text(field);
	case POPPLER_FORM_FIELD_CHOICE:
		for (int i = 0; i < poppler_form_field_choice_get_n_items(field); i++)
			if (poppler_form_field_choice_is_item_selected(field, i))
				return poppler_form_field_choice_get_item(field, i);
		return poppler_form_field_choice_get_text(field);
	default:
		return NULL;
	}
}

/* The lines of a value, evenly over the field's area. */
static void read_field(struct reader *reader, const PopplerRectangle *area, struct span value)
{
	float top = reader->page->height - (float)fmax(area->y1, area->y2);
	float height = (float)fabs(area->y2 - area->y1);
	size_t lines = 1, at = 0;

	for (size_t i = 0; i < value.len; i++)
		lines += value.ptr[i] == '\n' || value.ptr[i] == '\r';
	height /= (float)lines;
	while (value.ptr) {
		struct span line = value;
		const char *end = value.len ? memchr(value.ptr, '\n', value.len) : NULL;
		const char *back = value.len ? memchr(value.ptr, '\r', value.len) : NULL;

		if (back && (!end || back < end))
			end = back;
		if (end)
			line.len = (size_t)(end - line.ptr);
		value = end ? span_skip(value, line.len + 1) : (struct span){NULL, 0};
		float y = top + height * (float)at++;
		if (span_trim(line).len == 0)
			continue;
		page_add_word(reader->page,
			&(struct word){
				.area = {(float)area->x1, y, (float)area->x2, y + height},
				.size = fminf(height * 0.8F, 10),
				.text = span_trim(line),
			});
	}
}

static void read_fields(struct reader *reader, PopplerPage *source)
{
	GList *fields = poppler_page_get_form_field_mapping(source);

	for (GList *at = fields; at; at = at->next) {
		PopplerFormFieldMapping *mapping = at->data;
		char *value = field_value(mapping->field);

		if (value && *value && g_utf8_validate(value, -1, NULL))
			read_field(reader, &mapping->area, span_of(value));
		g_free(value);
	}
	poppler_page_free_form_field_mapping(fields);
}

void pdf_read_words(PopplerPage *source, uint32_t number, struct page *page)
{
	struct reader reader = {.page = page};
	double width, height;

	poppler_page_get_size(source, &width, &height);
	page_clear(page, number, (float)width, (float)height);
	read_text(&reader, source);
	read_fields(&reader, source);
	page_finish(page);
	buf_done(&reader.text);
}
