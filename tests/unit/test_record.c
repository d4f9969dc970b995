/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stored documents: where texts are cut, what comes back, and what damage does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "store/record.h"
#include "store/schema.h"
#include "values.h"

/* A document as a test builds it, and what it needs on the way through. */
struct sample {
	struct buf text;
	struct block blocks[600];
	size_t block_count;
	struct record_fields fields;
	struct frame_plan plan;
	struct record_writer *writer;
	struct record *record;
	struct values values;
	struct lupe_error err;
};

static int sample_make(void **state)
{
	struct sample *s = calloc(1, sizeof(*s));
	s->writer = record_writer_new();
	s->record = record_new();
	s->fields = (struct record_fields){
		.path = SPAN("berichte/2019/i.pdf"),
		.title = SPAN("Integrationsbericht 2019"),
		.author = SPAN("Stadt Lindenau"),
		.type = SPAN("application/pdf"),
		.date = SPAN("2019-05-14"),
		.date_source = DATE_METADATA,
		.body = SPAN("Amt für Integration"),
		.language = SPAN("de-DE"),
		.pages = 3,
		.page_labels = SPAN("iv\0001\0002\000"),
	};
	*state = s;
	return 0;
}

static int sample_free(void **state)
{
	struct sample *s = *state;
	frame_plan_done(&s->plan);
	record_writer_free(s->writer);
	record_free(s->record);
	buf_done(&s->text);
	free(s);
	return 0;
}

static void add_block(struct sample *s, uint8_t kind, uint8_t level, uint32_t page)
{
	s->blocks[s->block_count++] = (struct block){(uint32_t)s->text.len, page, kind, level};
}

/* Lines of running text until there are `bytes` of it; different everywhere, with umlauts. */
static void add_lines(struct sample *s, size_t bytes)
{
	size_t end = s->text.len + bytes;
	for (unsigned i = (unsigned)s->text.len; s->text.len < end; i = i * 1103515245u + 12345u)
		buf_printf(&s->text, "F\xC3\xB6rderung %u der Beratung nach \xC2\xA7 %u\n",
			i >> 8 & 0xFFFF, i >> 24);
	s->text.len = end;
	s->text.ptr[end - 1] = '\n';
	/* Never leave half a character before the line feed. */
	for (size_t i = end - 1; i > 0 && ((unsigned char)s->text.ptr[i - 1] & 0x80); i--)
		s->text.ptr[i - 1] = '.';
}

static void plan(struct sample *s)
{
	frame_plan_make(&s->plan, buf_span(&s->text), s->blocks, s->block_count);
	for (size_t i = 0; i < s->plan.count; i++)
		s->plan.frames[i].first_position = (uint32_t)(i * 2000 + 1);
}

/* Plans, encodes and opens. */
static void encode(struct sample *s)
{
	s->values.items = record_encode(s->writer, &s->fields, buf_span(&s->text), s->blocks,
		s->block_count, &s->plan, &s->values.count);
}

static lupe_status open_values(struct sample *s)
{
	return record_open(s->record, value_given, &s->values, &s->err);
}

static void store(struct sample *s)
{
	plan(s);
	encode(s);
	assert_int_equal(open_values(s), LUPE_OK);
}

static void make_report(struct sample *s)
{
	add_block(s, BLOCK_TITLE, 0, 1);
	buf_add_string(&s->text, "Integrationsbericht 2019\n");
	for (uint32_t page = 1; page <= 12; page++) {
		add_block(s, BLOCK_HEADING, (uint8_t)(page % 7 + 1), page);
		buf_printf(&s->text, "Kapitel %u\n", page);
		add_block(s, BLOCK_TEXT, 0, page);
		add_lines(s, 6000 + page);
		add_block(s, BLOCK_ROW, 0, page);
		buf_add_string(&s->text, "Jahr | Kurse\n");
		add_block(s, BLOCK_NOTE, 0, page);
		buf_add_string(&s->text, "1 Quelle: eigene Erhebung\n");
	}
}

static void assert_span_equal(struct span a, struct span b)
{
	assert_int_equal(a.len, b.len);
	if (a.len)
		assert_memory_equal(a.ptr, b.ptr, a.len);
}

/* ---- cutting ---- */

static void assert_frames_cover_the_text(const struct sample *s)
{
	uint32_t end = 0, line = 1;
	for (size_t i = 0; i < s->plan.count; i++) {
		const struct frame *frame = &s->plan.frames[i];
		assert_int_equal(frame->begin, end);
		assert_int_equal(frame->first_line, line);
		assert_true(frame->end > frame->begin || s->text.len == 0);
		assert_true(frame->end - frame->begin <= FRAME_MAX_BYTES);
		for (end = frame->begin; end < frame->end; end++)
			line += s->text.ptr[end] == '\n';
	}
	assert_int_equal(end, s->text.len);
}

static void a_short_text_is_one_frame_and_so_is_none(void **state)
{
	struct sample *s = *state;
	plan(s);
	assert_int_equal(s->plan.count, 1);
	assert_frames_cover_the_text(s);
	add_lines(s, FRAME_TARGET_BYTES);
	plan(s);
	assert_int_equal(s->plan.count, 1);
	assert_frames_cover_the_text(s);
}

static void frames_cover_the_text_and_are_near_the_target(void **state)
{
	struct sample *s = *state;
	add_lines(s, 50 * FRAME_TARGET_BYTES);
	plan(s);
	assert_frames_cover_the_text(s);
	assert_in_range(s->plan.count, 45, 55);
	for (size_t i = 0; i < s->plan.count; i++)
		assert_int_equal(s->text.ptr[s->plan.frames[i].end - 1], '\n');
}

static void a_cut_prefers_a_heading_to_a_blank_line(void **state)
{
	struct sample *s = *state;
	add_lines(s, FRAME_TARGET_BYTES * 7 / 8);
	add_block(s, BLOCK_HEADING, 1, 0);
	uint32_t heading = (uint32_t)s->text.len;
	buf_add_string(&s->text, "Ziele\n");
	add_block(s, BLOCK_TEXT, 0, 0);
	add_lines(s, FRAME_TARGET_BYTES / 8);
	buf_add_string(&s->text, "\n");
	add_lines(s, FRAME_TARGET_BYTES);
	plan(s);
	assert_int_equal(s->plan.frames[0].end, heading + strlen("Ziele\n"));
	s->block_count = 1;
	plan(s);
	assert_int_equal(s->plan.frames[0].end, heading);
}

static void a_cut_prefers_a_blank_line_to_a_line_end(void **state)
{
	struct sample *s = *state;
	add_lines(s, FRAME_TARGET_BYTES * 9 / 10);
	buf_add_string(&s->text, " \t\r\n");
	uint32_t blank = (uint32_t)s->text.len;
	add_lines(s, FRAME_TARGET_BYTES);
	plan(s);
	assert_int_equal(s->plan.frames[0].end, blank);
}

/* Where the first frame ends in a text whose lines, but for one in the window, all end open. */
static uint32_t first_cut_with(struct sample *s, const char *line, uint32_t *ret_line_end)
{
	buf_clear(&s->text);
	while (s->text.len < FRAME_TARGET_BYTES * 8 / 10)
		buf_add_string(&s->text, "Zuwanderungs-\n");
	buf_add_string(&s->text, line);
	*ret_line_end = (uint32_t)s->text.len;
	while (s->text.len < 2 * FRAME_TARGET_BYTES)
		buf_add_string(&s->text, "Zuwanderungs-\n");
	plan(s);
	assert_frames_cover_the_text(s);
	return s->plan.frames[0].end;
}

static void a_cut_avoids_hyphenations_and_gender_forms_over_line_ends(void **state)
{
	struct sample *s = *state;
	static const char *const open[] = {"Integra-\n", "Integra\xE2\x80\x90 \n",
		"Integra\xC2\xAD\r\n", "B\xC3\xBCrger*\n", "B\xC3\xBCrger:\n", "Ein-/\n",
		"B\xC3\xBCrger\n*innen ", "B\xC3\xBCrger\n/-innen ", "B\xC3\xBCrger\n(innen) "};
	uint32_t cut, end;
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		cut = first_cut_with(s, open[i], &end);
		size_t line_end = end - strlen(open[i]) + strcspn(open[i], "\n") + 1;
		assert_int_not_equal(cut, line_end);
	}
	cut = first_cut_with(s, "Kurse und Beratung\n", &end);
	assert_int_equal(cut, end);
	cut = first_cut_with(s, "Kurse\n* ", &end);
	assert_int_equal(cut, end - strlen("* "));
}

static void a_cut_prefers_the_end_of_a_sentence_to_one_in_a_citation(void **state)
{
	struct sample *s = *state;
	static const char *const inside[] = {"Nach \xC2\xA7 5 Abs.\n2 ",
		"Gem\xC3\xA4\xC3\x9F Nr.\nII ", "Nach Ziff.\n5 ", "Nach Buchst.\na ",
		"Der Kurse\nund "};
	uint32_t end;
	for (size_t i = 0; i < sizeof(inside) / sizeof(inside[0]); i++) {
		BUF_SCOPED(lines);
		buf_printf(&lines, "Er dauert ein Jahr.\n%s\n", inside[i]);
		uint32_t cut = first_cut_with(s, lines.ptr, &end);
		assert_int_equal(cut, end - strlen(inside[i]) - 1);
	}
}

static void a_line_end_outside_the_window_is_better_than_a_cut_line(void **state)
{
	struct sample *s = *state;
	for (size_t i = 0; i < 3 * FRAME_TARGET_BYTES; i++)
		buf_add_byte(&s->text, i == FRAME_TARGET_BYTES / 2 ? '\n' : ' ');
	plan(s);
	assert_int_equal(s->plan.frames[0].end, FRAME_TARGET_BYTES / 2 + 1);
	s->text.ptr[FRAME_TARGET_BYTES / 2] = ' ';
	s->text.ptr[2 * FRAME_TARGET_BYTES] = '\n';
	plan(s);
	assert_int_equal(s->plan.frames[0].end, 2 * FRAME_TARGET_BYTES + 1);
	assert_frames_cover_the_text(s);
}

static void a_very_long_line_is_cut_behind_a_blank(void **state)
{
	struct sample *s = *state;
	while (s->text.len < 200000)
		buf_add_string(&s->text, "\xC3\xBC\xC3\xA4 ");
	plan(s);
	assert_frames_cover_the_text(s);
	for (size_t i = 0; i + 1 < s->plan.count; i++)
		assert_int_equal(s->text.ptr[s->plan.frames[i].end - 1], ' ');
}

static void a_very_long_word_is_cut_between_characters(void **state)
{
	struct sample *s = *state;
	buf_add_byte(&s->text, 'x');
	while (s->text.len < 200000)
		buf_add_string(&s->text, "\xF0\x9F\x94\x8D");
	plan(s);
	assert_frames_cover_the_text(s);
	for (size_t i = 0; i + 1 < s->plan.count; i++)
		assert_int_equal(s->plan.frames[i].end % 4, 1);
}

static void gaps_are_where_blocks_other_than_text_begin_and_end(void **state)
{
	struct sample *s = *state;
	static const struct block blocks[] = {{0, 0, BLOCK_TITLE, 0}, {10, 0, BLOCK_TEXT, 0},
		{20, 0, BLOCK_TEXT, 0}, {30, 0, BLOCK_ROW, 0}, {40, 0, BLOCK_ROW, 0},
		{50, 0, BLOCK_TEXT, 0}, {50, 0, BLOCK_NOTE, 0}, {60, 0, BLOCK_TEXT, 0}};
	struct frame frames[] = {{0, 30, 1, 1}, {30, 51, 1, 1}, {51, 60, 1, 1}};
	struct frame_plan *p = &s->plan;
	size_t count;
	p->frames = malloc(sizeof(frames));
	memcpy(p->frames, frames, sizeof(frames));
	p->count = 3;
	const uint32_t *breaks = frame_breaks(p, 0, blocks, 8, &count);
	assert_int_equal(count, 2);
	assert_int_equal(breaks[0], 0);
	assert_int_equal(breaks[1], 10);
	breaks = frame_breaks(p, 1, blocks, 8, &count);
	assert_int_equal(count, 3);
	assert_int_equal(breaks[0], 0);
	assert_int_equal(breaks[1], 10);
	assert_int_equal(breaks[2], 20);
	frame_breaks(p, 2, blocks, 8, &count);
	assert_int_equal(count, 0);
}

/* ---- round trips ---- */

static void assert_same_text(struct sample *s)
{
	for (size_t i = 0; i < record_frame_count(s->record); i++) {
		struct span text;
		const struct frame *frame = record_frame(s->record, i);
		assert_memory_equal(frame, &s->plan.frames[i], sizeof(*frame));
		assert_int_equal(record_frame_text(s->record, i, &text, &s->err), LUPE_OK);
		assert_span_equal(
			text, span_from(s->text.ptr + frame->begin, s->text.ptr + frame->end));
	}
}

static void assert_same_blocks(struct sample *s)
{
	size_t count;
	const struct block *blocks = record_blocks(s->record, &count);
	assert_int_equal(count, s->block_count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(blocks[i].begin, s->blocks[i].begin);
		assert_int_equal(blocks[i].page, s->blocks[i].page);
		assert_int_equal(blocks[i].kind, s->blocks[i].kind);
		assert_int_equal(blocks[i].level, s->blocks[i].level);
	}
}

static void a_document_comes_back_as_it_was(void **state)
{
	struct sample *s = *state;
	make_report(s);
	store(s);
	const struct record_fields *fields = record_fields(s->record);
	assert_span_equal(fields->path, s->fields.path);
	assert_span_equal(fields->title, s->fields.title);
	assert_span_equal(fields->author, s->fields.author);
	assert_span_equal(fields->type, s->fields.type);
	assert_span_equal(fields->date, s->fields.date);
	assert_int_equal(fields->date_source, DATE_METADATA);
	assert_span_equal(fields->body, s->fields.body);
	assert_span_equal(fields->language, s->fields.language);
	assert_int_equal(fields->pages, 3);
	assert_span_equal(fields->page_labels, s->fields.page_labels);
	assert_int_equal(record_text_bytes(s->record), s->text.len);
	assert_true(record_frame_count(s->record) > 3);
	size_t stored = 0;
	for (size_t i = 0; i < s->values.count; i++)
		stored += s->values.items[i].value.len;
	assert_true(stored < s->text.len / 2);
	assert_same_text(s);
	assert_same_blocks(s);
}

static void a_page_has_its_label(void **state)
{
	struct sample *s = *state;
	const struct record_fields *fields = record_fields(s->record);
	make_report(s);
	store(s);
	assert_span_equal(record_page_label(fields, 1), SPAN("iv"));
	assert_span_equal(record_page_label(fields, 3), SPAN("2"));
	assert_int_equal(record_page_label(fields, 0).len, 0);
	assert_int_equal(record_page_label(fields, 4).len, 0);
	s->fields.page_labels = (struct span){NULL, 0};
	store(s);
	assert_int_equal(record_page_label(fields, 1).len, 0);
}

static void labels_must_be_as_many_as_pages(void **state)
{
	struct sample *s = *state;
	make_report(s);
	s->fields.page_labels = SPAN("1\0002\000");
	plan(s);
	encode(s);
	assert_int_equal(open_values(s), LUPE_ERROR_CORRUPT);
	s->fields.page_labels = SPAN("1\0002\0003\0004");
	plan(s);
	encode(s);
	assert_int_equal(open_values(s), LUPE_ERROR_CORRUPT);
}

static void an_empty_document_comes_back_too(void **state)
{
	struct sample *s = *state;
	struct span text;
	s->fields = (struct record_fields){0};
	store(s);
	assert_int_equal(record_text_bytes(s->record), 0);
	assert_int_equal(record_frame_count(s->record), 1);
	assert_int_equal(record_frame_text(s->record, 0, &text, &s->err), LUPE_OK);
	assert_int_equal(text.len, 0);
	assert_int_equal(record_fields(s->record)->title.len, 0);
	assert_int_equal(record_frame_of_position(s->record, 7), 0);
}

static void extreme_blocks_come_back(void **state)
{
	struct sample *s = *state;
	static const struct block blocks[] = {{0, UINT32_MAX, BLOCK_NOTE, 255},
		{0, 0, BLOCK_TEXT, 0}, {3, UINT32_MAX, BLOCK_HEADING, 9}, {8, 1, BLOCK_TEXT, 0}};
	buf_add_string(&s->text, "kurz\nund\n");
	memcpy(s->blocks, blocks, sizeof(blocks));
	s->block_count = 4;
	store(s);
	assert_same_blocks(s);
	assert_same_text(s);
}

static void a_reader_and_a_writer_are_used_for_many_documents(void **state)
{
	struct sample *s = *state;
	for (size_t bytes = 1; bytes < 300000; bytes = bytes * 3 + 1) {
		s->block_count = 0;
		buf_clear(&s->text);
		add_lines(s, bytes);
		store(s);
		assert_same_text(s);
		assert_same_blocks(s);
	}
}

static void gaps_read_are_the_gaps_written(void **state)
{
	struct sample *s = *state;
	make_report(s);
	store(s);
	for (size_t i = 0; i < s->plan.count; i++) {
		size_t written, read;
		const uint32_t *w = frame_breaks(&s->plan, i, s->blocks, s->block_count, &written);
		const uint32_t *r = record_frame_breaks(s->record, i, &read);
		assert_int_equal(written, read);
		assert_true(written > 0);
		assert_memory_equal(w, r, written * sizeof(*w));
	}
}

static void a_position_leads_to_its_frame(void **state)
{
	struct sample *s = *state;
	add_lines(s, 5 * FRAME_TARGET_BYTES);
	store(s);
	assert_int_equal(record_frame_of_position(s->record, 0), 0);
	assert_int_equal(record_frame_of_position(s->record, 1), 0);
	assert_int_equal(record_frame_of_position(s->record, 2000), 0);
	assert_int_equal(record_frame_of_position(s->record, 2001), 1);
	assert_int_equal(record_frame_of_position(s->record, 6001), 3);
	assert_int_equal(
		record_frame_of_position(s->record, UINT32_MAX), record_frame_count(s->record) - 1);
}

static void the_two_frames_asked_for_last_stay_valid(void **state)
{
	struct sample *s = *state;
	struct span first, second, third, again;
	add_lines(s, 5 * FRAME_TARGET_BYTES);
	store(s);
	assert_int_equal(record_frame_text(s->record, 0, &first, NULL), LUPE_OK);
	assert_int_equal(record_frame_text(s->record, 1, &second, NULL), LUPE_OK);
	assert_memory_equal(first.ptr, s->text.ptr, first.len);
	assert_int_equal(record_frame_text(s->record, 0, &again, NULL), LUPE_OK);
	assert_ptr_equal(again.ptr, first.ptr);
	assert_int_equal(record_frame_text(s->record, 2, &third, NULL), LUPE_OK);
	assert_memory_equal(first.ptr, s->text.ptr, first.len);
	assert_memory_equal(third.ptr, s->text.ptr + first.len + second.len, third.len);
}

static void sources_of_dates_have_names(void **state)
{
	(void)state;
	assert_null(date_source_name(DATE_NONE));
	assert_string_equal(date_source_name(DATE_METADATA), "metadata");
	assert_string_equal(date_source_name(DATE_FILE_NAME), "file-name");
}

/* ---- damage ---- */

static bool is_utf8_begin(struct span text)
{
	return !text.len || ((unsigned char)text.ptr[0] & 0xC0) != 0x80;
}

/* Reads everything of the record that is open. */
static lupe_status read_texts(struct record *record, struct lupe_error *err)
{
	size_t bytes = 0;
	for (size_t i = 0; i < record_frame_count(record); i++) {
		struct span text;
		size_t count;
		record_frame_breaks(record, i, &count);
		lupe_status st = record_frame_text(record, i, &text, err);
		if (st < 0)
			return st;
		assert_true(is_utf8_begin(text));
		bytes += text.len;
	}
	assert_int_equal(bytes, record_text_bytes(record));
	return LUPE_OK;
}

/* Opens and reads everything; each value lies in memory of just its size, for the sanitizer. */
static lupe_status read_all(struct sample *s, struct values values)
{
	struct xc_value copies[RECORD_VALUES_MAX];
	for (size_t i = 0; i < values.count; i++) {
		struct xc_bytes value = values.items[i].value;
		char *copy = malloc(value.len ? value.len : 1);
		memcpy(copy, value.ptr, value.len);
		copies[i] = (struct xc_value){values.items[i].slot, {copy, value.len}};
	}
	lupe_status st = record_open(
		s->record, value_given, &(struct values){copies, values.count}, &s->err);
	if (st == LUPE_OK)
		st = read_texts(s->record, &s->err);
	for (size_t i = 0; i < values.count; i++)
		free((char *)copies[i].value.ptr);
	return st;
}

static void a_long_text_is_in_pieces(void **state)
{
	struct sample *s = *state;
	make_report(s);
	store(s);
	assert_int_equal(s->values.items[0].slot, SLOT_RECORD);
	assert_int_equal(s->values.items[1].slot, SLOT_TEXT);
	for (int i = 0; i < 6; i++)
		add_lines(s, 1 << 20);
	store(s);
	assert_true(s->values.count > RECORD_VALUES_MAX / 2);
	assert_true(s->values.count <= RECORD_VALUES_MAX);
	assert_true(s->values.items[s->values.count - 1].slot < SLOT_POSITIONS);
	assert_same_text(s);
}

static void every_truncation_is_noticed(void **state)
{
	struct sample *s = *state;
	struct xc_value values[RECORD_VALUES_MAX];
	make_report(s);
	store(s);
	size_t count = s->values.count;
	assert_true(count > 2);
	memcpy(values, s->values.items, count * sizeof(*values));
	for (size_t i = 0; i < count; i++) {
		size_t whole = values[i].value.len;
		for (size_t len = 0; len < whole; len++) {
			values[i].value.len = len;
			assert_int_equal(
				read_all(s, (struct values){values, count}), LUPE_ERROR_CORRUPT);
		}
		values[i].value.len = whole;
	}
	assert_int_equal(read_all(s, s->values), LUPE_OK);
}

static void flipped_bits_give_an_error_or_a_sane_document(void **state)
{
	struct sample *s = *state;
	make_report(s);
	store(s);
	uint64_t seed = 88172645463325252u;
	for (int i = 0; i < 2000; i++) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		/* Half of them in the record. */
		struct xc_bytes value = s->values.items[i % 2 ? 1 : 0].value;
		size_t range = value.len - SEAL_BYTES;
		char *byte = (char *)value.ptr + SEAL_BYTES + (seed >> 3) % range;
		char flip = (char)(1 << (seed & 7));
		*byte ^= flip;
		lupe_status st = read_all(s, s->values);
		assert_true(st == LUPE_OK || st == LUPE_ERROR_CORRUPT || st == LUPE_ERROR_SCHEMA);
		*byte ^= flip;
	}
	assert_int_equal(read_all(s, s->values), LUPE_OK);
}

/* What comes of a record of these bytes. */
static lupe_status open_bytes(struct sample *s, struct span body)
{
	char bytes[64] = {0};
	assert_true(body.len <= sizeof(bytes) - SEAL_BYTES);
	memcpy(bytes + SEAL_BYTES, body.ptr, body.len);
	struct xc_value value = {SLOT_RECORD, {bytes, SEAL_BYTES + body.len}};
	return record_open(s->record, value_given, &(struct values){&value, 1}, &s->err);
}

static void another_version_is_refused_as_such(void **state)
{
	struct sample *s = *state;
	assert_int_equal(open_bytes(s, SPAN("\x01...")), LUPE_ERROR_SCHEMA);
	assert_string_equal(s->err.message, "stored document: record version 1, not 4");
}

static void huge_counts_are_not_believed(void **state)
{
	struct sample *s = *state;
	const struct span records[] = {
		SPAN("\x04\xFF\xFF\xFF\xFF\xFF\x0F"),
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\x0F"),       /* blocks */
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\x64\xFF\xFF\xFF\xFF\x0F"), /* frames */
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\0\x01\x01\0\0\0\0"),       /* pieces of nothing */
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\x64\0\0"),                 /* no frame */
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\x64\x01\x81\x80\x04\0\0\0\0"), /* of 64 KB + 1 */
		SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\x01\x01\x64\x64\0\0\0"),       /* 100 pieces */
	};
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		assert_int_equal(open_bytes(s, records[i]), LUPE_ERROR_CORRUPT);
	assert_int_equal(
		open_bytes(s, SPAN("\x04\0\0\0\0\0\0\0\0\0\0\0\x64\x01\0\0\0\0\0")), LUPE_OK);
}

static void text_that_is_not_utf8_is_never_given_out(void **state)
{
	struct sample *s = *state;
	static const char *const wrong[] = {"\xFF", "\xC3", "\xC0\x80", "\xE0\x80\x80",
		"\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x8F\xBF\xBF", "a\x80", "\xE2\x82"};
	struct span text;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		buf_clear(&s->text);
		buf_add_string(&s->text, "12345678");
		buf_add_string(&s->text, wrong[i]);
		store(s);
		assert_int_equal(
			record_frame_text(s->record, 0, &text, &s->err), LUPE_ERROR_CORRUPT);
	}
	assert_string_equal(
		s->err.message, "berichte/2019/i.pdf: stored document: its text is damaged");
	buf_clear(&s->text);
	buf_add_string(&s->text, "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x8D\xF4\x8F\xBF\xBF");
	store(s);
	assert_int_equal(record_frame_text(s->record, 0, &text, &s->err), LUPE_OK);
}

#define RECORD_TEST(name) cmocka_unit_test_setup_teardown(name, sample_make, sample_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(a_short_text_is_one_frame_and_so_is_none),
		RECORD_TEST(frames_cover_the_text_and_are_near_the_target),
		RECORD_TEST(a_cut_prefers_a_heading_to_a_blank_line),
		RECORD_TEST(a_cut_prefers_a_blank_line_to_a_line_end),
		RECORD_TEST(a_cut_avoids_hyphenations_and_gender_forms_over_line_ends),
		RECORD_TEST(a_cut_prefers_the_end_of_a_sentence_to_one_in_a_citation),
		RECORD_TEST(a_line_end_outside_the_window_is_better_than_a_cut_line),
		RECORD_TEST(a_very_long_line_is_cut_behind_a_blank),
		RECORD_TEST(a_very_long_word_is_cut_between_characters),
		RECORD_TEST(gaps_are_where_blocks_other_than_text_begin_and_end),
		RECORD_TEST(a_document_comes_back_as_it_was),
		RECORD_TEST(a_long_text_is_in_pieces),
		RECORD_TEST(a_page_has_its_label),
		RECORD_TEST(labels_must_be_as_many_as_pages),
		RECORD_TEST(an_empty_document_comes_back_too),
		RECORD_TEST(extreme_blocks_come_back),
		RECORD_TEST(a_reader_and_a_writer_are_used_for_many_documents),
		RECORD_TEST(gaps_read_are_the_gaps_written),
		RECORD_TEST(a_position_leads_to_its_frame),
		RECORD_TEST(the_two_frames_asked_for_last_stay_valid),
		RECORD_TEST(sources_of_dates_have_names),
		RECORD_TEST(every_truncation_is_noticed),
		RECORD_TEST(flipped_bits_give_an_error_or_a_sane_document),
		RECORD_TEST(another_version_is_refused_as_such),
		RECORD_TEST(huge_counts_are_not_believed),
		RECORD_TEST(text_that_is_not_utf8_is_never_given_out),
	};
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
