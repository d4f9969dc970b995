/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grep's form: matching lines with path and number, with context, only the matches, or counts. A
 * matching line is a line in which a hit begins. The documents come ranked, their lines in order.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/output/output.h"

/* A line of the document that is being printed. */
struct line {
	const char *begin, *end; /* without the line feed */
	uint32_t number;
};

struct printer {
	const struct answer *answer;
	struct span path;
	struct buf text; /* of the whole document */
	struct place *places;
	size_t place_count, place_room;
	uint32_t last_printed; /* line number in this document, 0: none */
	bool any_group;        /* whether "--" must go before the next group */
	size_t printed;
};

static const char *text_end(const struct printer *p)
{
	return p->text.ptr + p->text.len;
}

static struct line line_at(const struct printer *p, const char *at, uint32_t number)
{
	struct line line = {.begin = at, .number = number};
	const char *feed = memchr(at, '\n', (size_t)(text_end(p) - at));
	line.end = feed ? feed : text_end(p);
	while (line.begin > p->text.ptr && line.begin[-1] != '\n')
		line.begin--;
	return line;
}

static bool next_line(const struct printer *p, struct line *line)
{
	if (line->end == text_end(p) || line->end + 1 == text_end(p))
		return false;
	*line = line_at(p, line->end + 1, line->number + 1);
	return true;
}

static bool previous_line(const struct printer *p, struct line *line)
{
	if (line->begin == p->text.ptr)
		return false;
	*line = line_at(p, line->begin - 1, line->number - 1);
	return true;
}

/* "path:12:", with '-' for lines of context. */
static void print_head(struct printer *p, uint32_t number, char separator)
{
	const struct answer *answer = p->answer;
	char digits[16];
	int len = snprintf(digits, sizeof(digits), "%u", number);
	if (!answer->settings->no_filename)
		print_path(answer, p->path, separator);
	print_painted(answer, PAINT_LINE, (struct span){digits, (size_t)len});
	print_painted(answer, PAINT_SEPARATOR, (struct span){&separator, 1});
}

/* The line with the parts of places that lie in it painted. */
static void print_line_text(struct printer *p, const struct line *line, size_t first_place)
{
	const char *at = line->begin;
	for (size_t i = first_place; i < p->place_count; i++) {
		const char *begin = p->text.ptr + p->places[i].begin;
		const char *end = p->text.ptr + p->places[i].end;
		if (begin >= line->end)
			break;
		begin = begin > at ? begin : at;
		end = end < line->end ? end : line->end;
		if (end <= begin)
			continue;
		print_text(p->answer, span_from(at, begin));
		print_painted(p->answer, PAINT_MATCH, span_from(begin, end));
		at = end;
	}
	print_text(p->answer, span_from(at, line->end));
	fputc('\n', p->answer->out);
}

static void print_context_line(struct printer *p, const struct line *line)
{
	print_head(p, line->number, '-');
	print_text(p->answer, span_from(line->begin, line->end));
	fputc('\n', p->answer->out);
	p->last_printed = line->number;
	p->printed++;
}

/* The lines between the last matching line (or nothing) and `line`, as far as context goes. */
static void print_before(struct printer *p, const struct line *line)
{
	const struct settings *settings = p->answer->settings;
	if (settings->before == 0 && settings->after == 0)
		return;
	struct line first = *line;
	for (size_t i = 0; i < settings->before && first.number > p->last_printed + 1; i++)
		if (!previous_line(p, &first))
			break;
	if (p->any_group && (p->last_printed == 0 || first.number > p->last_printed + 1)) {
		print_painted(p->answer, PAINT_SEPARATOR, SPAN("--"));
		fputc('\n', p->answer->out);
	}
	for (; first.number < line->number; next_line(p, &first))
		print_context_line(p, &first);
	p->any_group = true;
}

/* Context behind a matching line, up to the next matching one. */
static void print_after(struct printer *p, struct line line, uint32_t next_match)
{
	for (size_t i = 0; i < p->answer->settings->after; i++) {
		if (!next_line(p, &line) || line.number >= next_match)
			return;
		print_context_line(p, &line);
	}
}

/* -o: every hit on a line of its own. */
static void print_matches(struct printer *p, size_t from, size_t to)
{
	const char *behind = NULL;
	for (size_t i = from; i < to; i++) {
		const char *begin = p->text.ptr + p->places[i].begin;
		const char *end = p->text.ptr + p->places[i].end;
		if (behind && begin < behind)
			continue;
		print_head(p, p->places[i].line, ':');
		paint_begin(p->answer, PAINT_MATCH);
		for (const char *at = begin; at < end;) { /* over a line end: a blank */
			const char *feed = memchr(at, '\n', (size_t)(end - at));
			print_text(p->answer, span_from(at, feed ? feed : end));
			if (feed)
				fputc(' ', p->answer->out);
			at = feed ? feed + 1 : end;
		}
		paint_end(p->answer);
		fputc('\n', p->answer->out);
		behind = end;
		p->printed++;
	}
}

/* Behind the places on the same line as `from`. */
static size_t same_line(const struct printer *p, size_t from)
{
	size_t to = from;
	while (to < p->place_count && p->places[to].line == p->places[from].line)
		to++;
	return to;
}

static void print_document(struct printer *p)
{
	const struct settings *settings = p->answer->settings;
	size_t lines = 0;
	p->last_printed = 0;
	for (size_t from = 0, to; from < p->place_count && lines < settings->max_lines;
		from = to, lines++) {
		to = same_line(p, from);
		if (settings->form == FORM_MATCHES) {
			print_matches(p, from, to);
			continue;
		}
		struct line line =
			line_at(p, p->text.ptr + p->places[from].begin, p->places[from].line);
		print_before(p, &line);
		print_head(p, line.number, ':');
		print_line_text(p, &line, from);
		p->last_printed = line.number;
		p->printed++;
		bool last = lines + 1 == settings->max_lines || to == p->place_count;
		print_after(p, line, last ? UINT32_MAX : p->places[to].line);
	}
}

static void print_count(struct printer *p)
{
	size_t lines = 0;
	for (size_t from = 0; from < p->place_count; from = same_line(p, from))
		lines++;
	if (lines > p->answer->settings->max_lines)
		lines = p->answer->settings->max_lines;
	if (!lines)
		return;
	if (!p->answer->settings->no_filename)
		print_path(p->answer, p->path, ':');
	fprintf(p->answer->out, "%zu\n", lines);
	p->printed++;
}

/* Opens a document and finds all its places, in the order of the text. */
static lupe_status read_places(struct printer *p, uint32_t docid, struct lupe_error *err)
{
	struct document *document = p->answer->document;
	lupe_status status = document_open(document, docid, p->answer->plan, err);
	if (status != LUPE_OK)
		return status;
	document_hits(document, &p->place_count);
	if (p->place_room < p->place_count) {
		p->place_room = p->place_count;
		p->places = mem_realloc_array(p->places, p->place_room, sizeof(*p->places));
	}
	p->path = document_fields(document)->path;
	status = document_locate(document, 0, p->place_count, p->places, err);
	if (status == LUPE_OK)
		places_sort(p->places, p->place_count);
	return status;
}

lupe_status output_lines(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct printer p = {.answer = answer};
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < answer->results->count; i++) {
		if (!answer->results->items[i].all)
			break;
		status = read_places(&p, answer->results->items[i].docid, err);
		if (status != LUPE_OK)
			break;
		if (answer->settings->form == FORM_COUNT) {
			print_count(&p);
			continue;
		}
		buf_clear(&p.text);
		status = document_range(answer->document, 0, UINT32_MAX, &p.text, err);
		if (status != LUPE_OK)
			break;
		print_document(&p);
	}
	*ret_printed += p.printed;
	free(p.places);
	buf_done(&p.text);
	return status;
}
