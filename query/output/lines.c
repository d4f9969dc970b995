/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grep's forms: a line for each matching line (with context), each hit (-o) or each document with
 * its count (-c). A matching line is a line in which a hit begins. The documents come ranked, their
 * lines in order. Only the stretches of text that are printed are read.
 */
#include <stdlib.h>

#include "query/oneline.h"
#include "query/output/output.h"
#include "query/places.h"

struct printer {
	const struct answer *answer;
	struct document *document;
	struct places places;
	struct buf text;       /* of a line, or of a hit */
	struct line line;      /* the last matching one */
	bool any_line;         /* whether there was one in this document */
	uint32_t last_printed; /* line number in this document, 0: none */
	bool any_group;        /* whether "--" must go before the next group */
	size_t lines;          /* matching ones of this document */
	size_t printed;
};

/* "path:12:", "path#page=3:12:", with '-' for lines of context. */
static lupe_status print_head(
	struct printer *p, uint32_t begin, uint32_t number, char separator, struct lupe_error *err)
{
	const struct answer *answer = p->answer;
	struct where where;
	char digits[16];
	lupe_status status = finder_find(answer->finder, begin, number, &where, err);
	if (status != LUPE_OK)
		return status;
	print_batch_id(answer);
	print_file_name(answer, document_fields(p->document)->path, where.page, separator);
	int len = snprintf(digits, sizeof(digits), "%u", where.line);
	print_painted(answer, PAINT_LINE, (struct span){digits, (size_t)len});
	print_painted(answer, PAINT_SEPARATOR, (struct span){&separator, 1});
	p->printed++;
	return LUPE_OK;
}

static lupe_status read_line(struct printer *p, const struct line *line, struct lupe_error *err)
{
	buf_clear(&p->text);
	return document_range(p->document, line->begin, line->end, &p->text, err);
}

static lupe_status print_context_line(
	struct printer *p, const struct line *line, struct lupe_error *err)
{
	lupe_status status = print_head(p, line->begin, line->number, '-', err);
	if (status == LUPE_OK)
		status = read_line(p, line, err);
	if (status != LUPE_OK)
		return status;
	print_text(p->answer, buf_span(&p->text));
	fputc('\n', p->answer->out);
	p->last_printed = line->number;
	return LUPE_OK;
}

/* Lines behind the last matching one, before line `next_match`. */
static lupe_status print_after(struct printer *p, uint32_t next_match, struct lupe_error *err)
{
	struct line line = p->line;
	lupe_status status = LUPE_OK;
	if (!p->any_line || p->answer->settings->form != FORM_LINES)
		return LUPE_OK;
	for (size_t i = 0; i < p->answer->settings->after && status == LUPE_OK; i++) {
		status = line_next(p->document, &line, err);
		if (status == LUPE_OK && line.number >= next_match)
			break;
		if (status == LUPE_OK)
			status = print_context_line(p, &line, err);
	}
	return status < 0 ? status : LUPE_OK;
}

/* Lines between what is printed and the matching one `line`, as far as context goes. */
static lupe_status print_before(struct printer *p, const struct line *line, struct lupe_error *err)
{
	const struct settings *settings = p->answer->settings;
	struct line first = *line;
	lupe_status status = LUPE_OK;
	if (!settings->context_given)
		return LUPE_OK;
	for (size_t i = 0; i < settings->before && first.number > p->last_printed + 1; i++)
		if ((status = line_previous(p->document, &first, err)) != LUPE_OK)
			break;
	if (status < 0)
		return status;
	if (p->any_group && (p->last_printed == 0 || first.number > p->last_printed + 1)) {
		print_painted(p->answer, PAINT_SEPARATOR, SPAN("--"));
		fputc('\n', p->answer->out);
	}
	p->any_group = true;
	for (status = LUPE_OK; first.number < line->number && status == LUPE_OK;) {
		status = print_context_line(p, &first, err);
		if (status == LUPE_OK)
			status = line_next(p->document, &first, err);
	}
	return status < 0 ? status : LUPE_OK;
}

/* The line with the parts of the places [from, to) that lie in it painted. */
static void print_line_text(struct printer *p, const struct line *line, size_t from, size_t to)
{
	struct span text = buf_span(&p->text);
	uint32_t at = 0;
	for (size_t i = from; i < to; i++) {
		const struct place *place = &p->places.items[i];
		uint32_t begin = place->begin > line->begin ? place->begin - line->begin : 0;
		uint32_t end = (place->end < line->end ? place->end : line->end) - line->begin;
		begin = begin > at ? begin : at;
		if (place->begin >= line->end || end <= begin)
			continue;
		print_text(p->answer, (struct span){text.ptr + at, begin - at});
		print_painted(p->answer, PAINT_MATCH, (struct span){text.ptr + begin, end - begin});
		at = end;
	}
	print_text(p->answer, span_skip(text, at));
	fputc('\n', p->answer->out);
}

static lupe_status print_line(struct printer *p, size_t from, size_t to, struct lupe_error *err)
{
	const struct place *place = &p->places.items[from];
	struct line line = {.number = place->line};
	lupe_status status = line_at(p->document, place->begin, &line, err);
	if (status == LUPE_OK)
		status = print_after(p, line.number, err);
	if (status == LUPE_OK)
		status = print_before(p, &line, err);
	if (status == LUPE_OK)
		status = print_head(p, line.begin, line.number, ':', err);
	if (status == LUPE_OK)
		status = read_line(p, &line, err);
	if (status != LUPE_OK)
		return status;
	print_line_text(p, &line, from, to);
	p->line = line;
	p->any_line = true;
	p->last_printed = line.number;
	return LUPE_OK;
}

/* -o: every hit on a line of its own, but for those within another. */
static lupe_status print_matches(struct printer *p, size_t from, size_t to, struct lupe_error *err)
{
	uint32_t behind = 0;
	for (size_t i = from; i < to; i++) {
		const struct place *place = &p->places.items[i];
		if (place->begin < behind)
			continue;
		lupe_status status = print_head(p, place->begin, place->line, ':', err);
		size_t raw = p->text.len = 0;
		if (status == LUPE_OK)
			status = document_range(
				p->document, place->begin, place->end, &p->text, err);
		if (status != LUPE_OK)
			return status;
		raw = p->text.len;
		if (memchr(p->text.ptr, '\n', raw)) {
			BUF_SCOPED(joined);
			oneline_add(&joined, buf_span(&p->text), NULL, 0);
			print_painted(p->answer, PAINT_MATCH, buf_span(&joined));
		} else {
			print_painted(p->answer, PAINT_MATCH, buf_span(&p->text));
		}
		fputc('\n', p->answer->out);
		behind = place->end;
	}
	return LUPE_OK;
}

/* The places of one frame, line by line. */
static lupe_status take_places(struct printer *p, struct lupe_error *err)
{
	const struct settings *settings = p->answer->settings;
	const struct place *items = p->places.items;
	lupe_status status = LUPE_OK;
	for (size_t from = 0, to; from < p->places.count && status == LUPE_OK; from = to) {
		for (to = from + 1; to < p->places.count && items[to].line == items[from].line;)
			to++;
		if (p->any_line && items[from].line == p->line.number)
			continue; /* a line that is cut into frames */
		if (p->lines == settings->max_lines)
			break;
		p->lines++;
		if (settings->form == FORM_LINES)
			status = print_line(p, from, to, err);
		else if (settings->form == FORM_MATCHES)
			status = print_matches(p, from, to, err);
	}
	return status;
}

static void print_count(struct printer *p)
{
	if (!p->lines)
		return;
	print_batch_id(p->answer);
	print_file_name(p->answer, document_fields(p->document)->path, 0, ':');
	fprintf(p->answer->out, "%zu\n", p->lines);
	p->printed++;
}

static lupe_status print_document(struct printer *p, uint32_t docid, struct lupe_error *err)
{
	lupe_status status = document_open(p->document, docid, p->answer->plan, err);
	if (status != LUPE_OK)
		return status;
	finder_reset(p->answer->finder);
	places_start(&p->places, p->document);
	p->last_printed = 0;
	p->any_line = false;
	p->lines = 0;
	while (p->lines < p->answer->settings->max_lines &&
		(status = places_next(&p->places, err)) == LUPE_OK)
		if ((status = take_places(p, err)) != LUPE_OK)
			return status;
	if (status < 0)
		return status;
	if (p->answer->settings->form == FORM_COUNT)
		print_count(p);
	return print_after(p, UINT32_MAX, err);
}

lupe_status output_lines(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	const struct results *results = answer->results;
	struct printer p = {.answer = answer, .document = answer->document};
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < results->count && results->items[i].all && status == LUPE_OK; i++) {
		if (output_is_closed(answer))
			break;
		status = print_document(&p, results->items[i].docid, err);
	}
	*ret_printed += p.printed;
	places_done(&p.places);
	buf_done(&p.text);
	return status;
}
