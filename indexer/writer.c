/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hot path of indexing. Terms are counted in a table indexed by the analyser's term ids, so
 * that nothing is hashed or compared here:
 *
 *   slots:        id -> {name with prefix, wdf, number of positions}
 *   occurrences:  (id, position) in the order of the text
 *   used:         the ids of this document
 *
 * Behind the last word the used slots are sorted by name, and the occurrences dealt out to them.
 */
#include "indexer/writer.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "indexer/bytes.h"
#include "indexer/content.h"
#include "store/schema.h"

/* Which exact forms are indexed; measured in doc/decisions. */
enum exact_tier { EXACT_NONE, EXACT_DIFFERING, EXACT_ALL };
#ifndef EXACT_TIER
#define EXACT_TIER EXACT_DIFFERING
#endif

enum {
	ANALYSER_LIMIT_BYTES = 48 << 20, /* 32 is no faster */
	TITLE_EXTRA_WDF = 2,             /* a stem in the title counts so many times more */
	PATH_TERMS_MAX = 64,             /* folders above a document that can be searched in */
	HASH_TERM_LEN = 1 + HASH128_HEX_LEN,
};

struct slot {
	const char *name; /* NULL until the term is met */
	uint32_t name_len;
	uint32_t wdf; /* in this document, as are those below */
	uint32_t last_position;
	uint32_t position_count;
	uint32_t end; /* of its positions, once they are dealt out */
	bool in_title;
};

struct occurrence {
	uint32_t id;
	uint32_t position;
};

/* A posting, and the beginning of its name as a number that orders as the bytes do. */
struct ordered {
	uint64_t key;
	struct xc_posting posting;
};

struct writer {
	struct analyser *analyser;
	struct frame_plan plan;
	struct record_writer *record;
	struct hasher *hasher;
	struct arena names; /* of the slots, as long as the analyser's ids are valid */
	struct slot *slots;
	size_t slot_count;
	struct occurrence *occurrences;
	size_t occurrence_count, occurrence_capacity;
	uint32_t *used;
	size_t used_count, used_capacity;
	uint32_t *positions;
	size_t position_capacity;
	struct ordered *ordered;
	size_t ordered_count, ordered_capacity;
	struct xc_posting *postings;
	size_t posting_capacity;
	struct arena scratch; /* names of this document's own terms */
	char id[HASH_TERM_LEN + 1];
	char order[8], content[16], words[4], date[8];
	struct xc_value values[8];
	struct xc_new_document result;
};

struct writer *writer_new(struct analyser *analyser)
{
	struct writer *writer = mem_zalloc(sizeof(*writer));

	writer->analyser = analyser;
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
	arena_done(&writer->names);
	arena_done(&writer->scratch);
	free(writer->slots);
	free(writer->occurrences);
	free(writer->used);
	free(writer->positions);
	free(writer->ordered);
	free(writer->postings);
	free(writer);
}

/* ---- counting ---- */

static void name_slot(struct writer *writer, struct slot *slot, const struct term *term)
{
	static const char *const prefixes[TERM_KINDS] = {
		[TERM_EXACT] = PREFIX_EXACT,
		[TERM_STEM] = PREFIX_STEM,
		[TERM_PART] = PREFIX_PART,
		[TERM_JOINED] = PREFIX_JOINED,
		[TERM_NORM] = PREFIX_NORM,
	};
	size_t prefix_len = strlen(prefixes[term->kind]);
	char *name = arena_alloc(&writer->names, prefix_len + term->text.len);

	memcpy(name, prefixes[term->kind], prefix_len);
	memcpy(name + prefix_len, term->text.ptr, term->text.len);
	slot->name = name;
	slot->name_len = (uint32_t)(prefix_len + term->text.len);
}

static void grow_slots(struct writer *writer, uint32_t id)
{
	size_t old = writer->slot_count;

	writer->slot_count = old ? old * 2 : 1 << 14;
	while (writer->slot_count <= id)
		writer->slot_count *= 2;
	writer->slots =
		mem_realloc_array(writer->slots, writer->slot_count, sizeof(*writer->slots));
	memset(writer->slots + old, 0, (writer->slot_count - old) * sizeof(*writer->slots));
}

/* The slot of a term, marked as used in this document. */
static struct slot *use_slot(struct writer *writer, const struct term *term)
{
	if (term->id >= writer->slot_count)
		grow_slots(writer, term->id);
	struct slot *slot = &writer->slots[term->id];
	if (slot->wdf)
		return slot;
	if (!slot->name)
		name_slot(writer, slot, term);
	ARRAY_GROW(writer->used, writer->used_count, writer->used_capacity);
	writer->used[writer->used_count++] = term->id;
	return slot;
}

static void count_term(struct writer *writer, const struct term *term, uint32_t position)
{
	struct slot *slot = use_slot(writer, term);

	if (slot->last_position == position)
		return;
	slot->last_position = position;
	slot->wdf++;
	if (term->kind == TERM_EXACT)
		return;
	slot->position_count++;
	ARRAY_GROW(writer->occurrences, writer->occurrence_count, writer->occurrence_capacity);
	writer->occurrences[writer->occurrence_count++] = (struct occurrence){term->id, position};
}

/* Whether an exact form says more than the stems of its word. */
static bool exact_counts(const struct terms *terms, const struct term *exact)
{
	if (EXACT_TIER != EXACT_DIFFERING)
		return EXACT_TIER == EXACT_ALL;
	for (unsigned i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM &&
			span_equal(terms->items[i].text, exact->text))
			return false;
	return true;
}

static void count_word(struct writer *writer, const struct word *word)
{
	const struct terms *terms = analyser_terms(writer->analyser, word);

	for (unsigned i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];

		if (term->kind == TERM_GENDER || term->kind == TERM_ASKED_NORM)
			continue;
		if (term->kind != TERM_EXACT || (!terms->stop && exact_counts(terms, term)))
			count_term(writer, term, word->position);
	}
}

/* Notes where the analyser stands, once it has gone far enough and is in no address. */
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
	struct word word;
	uint32_t words = 0, position = 1;

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
		for (; analyser_next(writer->analyser, &word); words++) {
			count_word(writer, &word);
			note_checkpoint(writer, &word, &input, frame->begin, &next_checkpoint);
		}
		position = analyser_next_position(writer->analyser);
	}
	return words;
}

/* ---- collecting ---- */

static uint64_t key_of(struct xc_bytes name)
{
	uint64_t key = 0;

	memcpy(&key, name.ptr, name.len < sizeof(key) ? name.len : sizeof(key));
	return __builtin_bswap64(key);
}

static void add_posting(struct writer *writer, const struct xc_posting *posting)
{
	ARRAY_GROW(writer->ordered, writer->ordered_count, writer->ordered_capacity);
	writer->ordered[writer->ordered_count++] =
		(struct ordered){key_of(posting->term), *posting};
}

static void add_own_term(struct writer *writer, const char *prefix, struct span text, uint32_t wdf)
{
	size_t prefix_len = strlen(prefix);
	char *name = arena_alloc(&writer->scratch, prefix_len + text.len);

	memcpy(name, prefix, prefix_len);
	memcpy(name + prefix_len, text.ptr, text.len);
	add_posting(
		writer, &(struct xc_posting){.term = {name, prefix_len + text.len}, .wdf = wdf});
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
			struct slot *slot = use_slot(writer, &terms->items[i]);
			slot->wdf += TITLE_EXTRA_WDF;
			if (!slot->in_title)
				add_own_term(writer, PREFIX_TITLE, terms->items[i].text, 1);
			slot->in_title = true;
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
				add_own_term(writer, PREFIX_AUTHOR, terms->items[i].text, 0);
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
		add_own_term(writer, PREFIX_LANGUAGE, (struct span){code, len}, 0);
}

static void add_path_terms(struct writer *writer, struct span path)
{
	char hex[HASH128_HEX_LEN + 1];
	size_t count = 0;

	for (size_t i = 1; i < path.len && count < PATH_TERMS_MAX; i++) {
		if (path.ptr[i] != '/')
			continue;
		hash128_hex(hash128((struct span){path.ptr, i}), hex);
		add_own_term(writer, PREFIX_PATH, (struct span){hex, HASH128_HEX_LEN}, 0);
		count++;
	}
}

/* Turns used slots into postings, their positions side by side in one array, and clears them. */
static void add_used(struct writer *writer)
{
	uint32_t next = 0;

	if (writer->position_capacity < writer->occurrence_count) {
		writer->position_capacity = writer->occurrence_capacity;
		writer->positions = mem_realloc_array(
			writer->positions, writer->position_capacity, sizeof(*writer->positions));
	}
	for (size_t i = 0; i < writer->used_count; i++) {
		struct slot *slot = &writer->slots[writer->used[i]];
		struct xc_posting posting = {
			.term = {slot->name, slot->name_len},
			.wdf = slot->wdf,
			.positions = slot->position_count ? writer->positions + next : NULL,
			.position_count = slot->position_count,
		};
		add_posting(writer, &posting);
		slot->end = next;
		next += slot->position_count;
	}
	for (size_t i = 0; i < writer->occurrence_count; i++) {
		const struct occurrence *occurrence = &writer->occurrences[i];

		writer->positions[writer->slots[occurrence->id].end++] = occurrence->position;
	}
	for (size_t i = 0; i < writer->used_count; i++) {
		struct slot *slot = &writer->slots[writer->used[i]];

		*slot = (struct slot){.name = slot->name, .name_len = slot->name_len};
	}
}

static int compare_ordered(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return span_compare((struct span){x->posting.term.ptr, x->posting.term.len},
		(struct span){y->posting.term.ptr, y->posting.term.len});
}

static void sort_postings(struct writer *writer)
{
	qsort(writer->ordered, writer->ordered_count, sizeof(*writer->ordered), compare_ordered);
	if (writer->posting_capacity < writer->ordered_count) {
		writer->posting_capacity = writer->ordered_capacity;
		writer->postings = mem_realloc_array(
			writer->postings, writer->posting_capacity, sizeof(*writer->postings));
	}
	for (size_t i = 0; i < writer->ordered_count; i++)
		writer->postings[i] = writer->ordered[i].posting;
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

static void make_values(
	struct writer *writer, const struct document *document, struct span path, uint32_t words)
{
	struct hash128 content = content_hash(writer->hasher, buf_span(&document->text));
	size_t date_len = 0;

	put_big_endian(writer->order, hash64(path), sizeof(writer->order));
	memcpy(writer->content, &content, sizeof(writer->content));
	put_big_endian(writer->words, words, sizeof(writer->words));
	for (const char *c = document->date.text; *c; c++)
		if (*c != '-')
			writer->date[date_len++] = *c;
	const struct xc_value values[] = {
		{SLOT_ORDER, {writer->order, sizeof(writer->order)}},
		{SLOT_CONTENT, {writer->content, sizeof(writer->content)}},
		{SLOT_DATE, {writer->date, date_len}},
		{SLOT_TYPE, bytes_of(span_of(document->type))},
		{SLOT_WORDS, {writer->words, sizeof(writer->words)}},
		{SLOT_PATH, value_of(path)},
		{SLOT_AUTHOR, value_of(buf_span(&document->author))},
		{SLOT_BODY, value_of(buf_span(&document->body))},
	};
	memcpy(writer->values, values, sizeof(values));
}

/* Behind make_values. */
static void add_content_term(struct writer *writer)
{
	char hex[HASH128_HEX_LEN + 1];
	struct hash128 content;

	memcpy(&content, writer->content, sizeof(content));
	hash128_hex(content, hex);
	add_own_term(writer, PREFIX_CONTENT, (struct span){hex, HASH128_HEX_LEN}, 0);
}

static struct xc_bytes make_record(
	struct writer *writer, const struct document *document, struct span path)
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

	return bytes_of(record_encode(writer->record, &fields, buf_span(&document->text),
		document->blocks, document->block_count, &writer->plan));
}

struct xc_bytes writer_id(struct writer *writer, struct span path)
{
	memcpy(writer->id, PREFIX_ID, 1);
	hash128_hex(hash128(path), writer->id + 1);
	return (struct xc_bytes){writer->id, HASH_TERM_LEN};
}

/* The cache of the analyser is bounded; with it go its ids, and what is known of them here. */
static void start(struct writer *writer)
{
	if (analyser_trim(writer->analyser, ANALYSER_LIMIT_BYTES)) {
		memset(writer->slots, 0, writer->slot_count * sizeof(*writer->slots));
		arena_reset(&writer->names);
	}
	arena_reset(&writer->scratch);
	writer->occurrence_count = 0;
	writer->used_count = 0;
	writer->ordered_count = 0;
}

const struct xc_new_document *writer_make(struct writer *writer, const struct document *document,
	struct span path, uint32_t *ret_words)
{
	start(writer);
	*ret_words = count_text(writer, document);
	count_title(writer, buf_span(&document->title));
	count_author(writer, buf_span(&document->author));
	count_author(writer, buf_span(&document->body));
	add_language(writer, buf_span(&document->language));
	add_path_terms(writer, path);
	add_own_term(writer, PREFIX_TYPE, span_of(document->type), 0);
	make_values(writer, document, path, *ret_words);
	add_content_term(writer);
	add_used(writer);
	sort_postings(writer);
	writer->result = (struct xc_new_document){
		.id = writer_id(writer, path),
		.data = make_record(writer, document, path),
		.values = writer->values,
		.value_count = sizeof(writer->values) / sizeof(writer->values[0]),
		.postings = writer->postings,
		.posting_count = writer->ordered_count,
	};
	return &writer->result;
}
