/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes into a document of the store besides the count of its words: the terms that it has of
 * its own, values and the record. Counting is counter.c's.
 */
#include "indexer/writer.h"

#include <stdlib.h>

#include "base/mem.h"
#include "indexer/bytes.h"
#include "indexer/content.h"
#include "indexer/counter.h"
#include "indexer/path_terms.h"
#include "store/schema.h"

enum {
	ANALYSER_LIMIT_BYTES = 48 << 20, /* 32 is no faster */
	TITLE_EXTRA_WDF = 2,             /* a stem in the title counts so many times more */
	PLAIN_VALUES = 8,
};

struct writer {
	struct analyser *analyser;
	struct counter *counter;
	struct frame_plan plan;
	struct record_writer *record;
	struct hasher *hasher;
	struct path_terms path;
	char content[16], words[4], date[8];
	struct xc_value values[PLAIN_VALUES + RECORD_VALUES_MAX + POSITIONS_VALUES_MAX];
	size_t value_count;
	struct xc_new_document result;
};

struct writer *writer_new(struct analyser *analyser)
{
	struct writer *writer = mem_zalloc(sizeof(*writer));

	writer->analyser = analyser;
	writer->counter = counter_new();
	writer->record = record_writer_new();
	writer->hasher = hasher_new();
	return writer;
}

void writer_free(struct writer *writer)
{
	if (!writer)
		return;
	frame_plan_done(&writer->plan);
	record_writer_free(writer->record);
	hasher_free(writer->hasher);
	counter_free(writer->counter);
	free(writer);
}

/* ---- words ---- */

/* Notes where the analyser stands, behind `word`, once it has gone far enough and is in no address.
 */
static void note_checkpoint(struct writer *writer, const struct word *word,
	const struct analyser_input *input, uint32_t frame_begin, uint32_t *next)
{
	uint32_t end = (uint32_t)(word->surface.ptr + word->surface.len - input->text.ptr);

	if (end < *next)
		return;
	struct analyser_mark mark = analyser_tell(writer->analyser);
	if (mark.tokeniser.address)
		return;
	frame_plan_add_checkpoint(&writer->plan, frame_begin + end, mark.next_position);
	*next = end + CHECKPOINT_BYTES;
}

/* Analyses frame by frame, as readers will, and notes where each frame's positions begin. */
static uint32_t count_text(struct writer *writer, const struct document *document)
{
	struct frame_plan *plan = &writer->plan;
	struct read_word read[ANALYSER_BATCH];
	uint32_t words = 0, position = 1;
	size_t count;

	frame_plan_make(plan, buf_span(&document->text), document->blocks, document->block_count);
	for (size_t i = 0; i < plan->count; i++) {
		struct frame *frame = &plan->frames[i];
		struct analyser_input input = {
			.text = {buf_string(&document->text) + frame->begin,
				frame->end - frame->begin},
			.first_position = position,
		};
		input.breaks = frame_breaks(
			plan, i, document->blocks, document->block_count, &input.break_count);
		frame->first_position = position;
		analyser_start(writer->analyser, &input);
		uint32_t next_checkpoint = CHECKPOINT_BYTES;
		while ((count = analyser_read(writer->analyser, read, ANALYSER_BATCH))) {
			counter_add_words(writer->counter, writer->analyser, read, count);
			note_checkpoint(writer, &read[count - 1].word, &input, frame->begin,
				&next_checkpoint);
			words += (uint32_t)count;
		}
		position = analyser_next_position(writer->analyser);
	}
	return words;
}

/* Stems of the title weigh more, and are a field of their own. The title is analysed apart from
   the text: it may stand in the text, in front matter, or in the file's name only. */
static void count_title(struct writer *writer, struct span title)
{
	struct word word;

	analyser_start(
		writer->analyser, &(struct analyser_input){.text = title, .first_position = 1});
	while (analyser_next(writer->analyser, &word)) {
		const struct terms *terms = analyser_terms(writer->analyser, &word);

		for (unsigned i = 0; i < terms->count; i++) {
			uint8_t kind = terms->items[i].kind;

			if (kind != TERM_STEM && kind != TERM_PART)
				continue;
			if (counter_add_title(writer->counter, writer->analyser, &terms->items[i],
				    TITLE_EXTRA_WDF))
				counter_add_own(
					writer->counter, PREFIX_TITLE, terms->items[i].text, 1);
		}
	}
}

/* Stems of a name are a field of their own; they say nothing about the text. */
static void count_author(struct writer *writer, struct span name)
{
	struct word word;

	analyser_start(
		writer->analyser, &(struct analyser_input){.text = name, .first_position = 1});
	while (analyser_next(writer->analyser, &word)) {
		const struct terms *terms = analyser_terms(writer->analyser, &word);

		for (unsigned i = 0; i < terms->count; i++)
			if (terms->items[i].kind == TERM_STEM || terms->items[i].kind == TERM_PART)
				counter_add_own(
					writer->counter, PREFIX_AUTHOR, terms->items[i].text, 0);
	}
}

/* de of de-DE. */
static void add_language(struct writer *writer, struct span language)
{
	char code[9];
	size_t len = 0;

	while (len < language.len && len < sizeof(code) && language.ptr[len] != '-' &&
		language.ptr[len] != '_') {
		char c = language.ptr[len];
		code[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	if (len && len < sizeof(code))
		counter_add_own(writer->counter, PREFIX_LANGUAGE, (struct span){code, len}, 0);
}

/* Behind writer_id. */
static void add_path_terms(struct writer *writer)
{
	for (size_t i = 0; i < writer->path.folder_count; i++)
		counter_add_own(writer->counter, "",
			(struct span){writer->path.folders[i], PATH_TERM_LEN}, 0);
}

/* ---- the document ---- */

static void put_big_endian(char *ret, uint64_t number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		ret[i] = (char)(number >> (8 * (size - 1 - i)));
}

static struct xc_bytes value_of(struct span text)
{
	return (struct xc_bytes){text.ptr, text.len < SLOT_TEXT_BYTES ? text.len : SLOT_TEXT_BYTES};
}

static void add_values(struct writer *writer, const struct xc_value *values, size_t count)
{
	if (count)
		memcpy(writer->values + writer->value_count, values, count * sizeof(*values));
	writer->value_count += count;
}

static void make_values(
	struct writer *writer, const struct document *document, struct span path, uint32_t words)
{
	struct hash128 content = content_hash(writer->hasher, buf_span(&document->text));
	size_t date_len = 0;

	memcpy(writer->content, &content, sizeof(writer->content));
	put_big_endian(writer->words, words, sizeof(writer->words));
	for (const char *c = document->date.text; *c; c++)
		if (*c != '-')
			writer->date[date_len++] = *c;
	const struct xc_value values[] = {
		{SLOT_ORDER, {writer->path.order, PATH_ORDER_BYTES}},
		{SLOT_CONTENT, {writer->content, sizeof(writer->content)}},
		{SLOT_DATE, {writer->date, date_len}},
		{SLOT_TYPE, bytes_of(span_of(document->type))},
		{SLOT_WORDS, {writer->words, sizeof(writer->words)}},
		{SLOT_PATH, path_value(path)},
		{SLOT_AUTHOR, value_of(buf_span(&document->author))},
		{SLOT_BODY, value_of(buf_span(&document->body))},
	};
	writer->value_count = 0;
	add_values(writer, values, sizeof(values) / sizeof(values[0]));
}

/* Behind make_values. */
static void add_content_term(struct writer *writer)
{
	char hex[HASH128_HEX_LEN + 1];
	struct hash128 content;

	memcpy(&content, writer->content, sizeof(content));
	hash128_hex(content, hex);
	counter_add_own(writer->counter, PREFIX_CONTENT, (struct span){hex, HASH128_HEX_LEN}, 0);
}

static void add_record(struct writer *writer, const struct document *document, struct span path)
{
	const struct record_fields fields = {
		.path = path,
		.title = buf_span(&document->title),
		.author = buf_span(&document->author),
		.body = buf_span(&document->body),
		.language = buf_span(&document->language),
		.type = span_of(document->type),
		.date = span_of(document->date.text),
		.date_source = (uint8_t)document->date_source,
		.pages = document->pages,
		.page_labels = buf_span(&document->page_labels),
	};

	size_t count;
	const struct xc_value *values =
		record_encode(writer->record, &fields, buf_span(&document->text), document->blocks,
			document->block_count, &writer->plan, &count);
	add_values(writer, values, count);
}

struct xc_bytes writer_id(struct writer *writer, struct span path)
{
	path_terms_make(path, &writer->path);
	return (struct xc_bytes){writer->path.id, PATH_TERM_LEN};
}

const struct xc_new_document *writer_make(struct writer *writer, const struct document *document,
	struct span path, uint32_t *ret_words)
{
	size_t count, position_count;
	const struct xc_value *positions;
	struct xc_bytes id = writer_id(writer, path);

	/* The cache of the analyser is bounded, and with it go its ids. */
	counter_start(writer->counter, analyser_trim(writer->analyser, ANALYSER_LIMIT_BYTES));
	*ret_words = count_text(writer, document);
	count_title(writer, buf_span(&document->title));
	count_author(writer, buf_span(&document->author));
	count_author(writer, buf_span(&document->body));
	add_language(writer, buf_span(&document->language));
	add_path_terms(writer);
	counter_add_own(writer->counter, PREFIX_TYPE, span_of(document->type), 0);
	make_values(writer, document, path, *ret_words);
	add_content_term(writer);
	const struct xc_posting *postings =
		counter_finish(writer->counter, &count, &positions, &position_count);
	add_record(writer, document, path);
	add_values(writer, positions, position_count);
	writer->result = (struct xc_new_document){
		.id = id,
		.values = writer->values,
		.value_count = writer->value_count,
		.postings = postings,
		.posting_count = count,
	};
	return &writer->result;
}
