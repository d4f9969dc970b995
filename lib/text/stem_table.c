/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parses families of words and finds their forms at the end of a word: a hash of each end is had
 * by reading the word once from its end to its beginning. What is done with a family, stem.c knows.
 */
#include "text/stem_table.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/stem_verb.h"
#include "text/utf8.h"

enum { FORM_MAX_BYTES = 60, SHORTEST_ROOT_BYTES = 2, SHORTEST_FRONT_BYTES = 3 };

static uint32_t hash_step(uint32_t hash, char byte)
{
	return (hash ^ (unsigned char)byte) * 16777619u;
}

static const uint32_t hash_start = 2166136261u;

static bool is_filtered(size_t len)
{
	return len == 3 || len == 5;
}

static uint32_t filter_bit(uint32_t hash)
{
	return hash >> 7 & (STEM_FILTER_BITS - 1);
}

/* ---- finding ---- */

/* What precedes the last part of a compound: a word or two, not an ending or a single letter. */
static bool is_compound_front(struct span front)
{
	if (front.len < SHORTEST_FRONT_BYTES)
		return false;
	for (size_t i = 0; i < front.len; i++)
		if (strchr("aeiouy", front.ptr[i]) || (unsigned char)front.ptr[i] == 0xc3)
			return true;
	return false;
}

static bool is_allowed(const struct stem_entry *entry, struct span front, struct stem_sought sought)
{
	if (sought.root != ((entry->flags & STEM_ROOT) != 0))
		return false;
	if (front.len == 0)
		return entry->flags & STEM_WHOLE;
	if ((entry->flags & STEM_PREFIXED) && verb_front(front, sought.infix))
		return true;
	if ((entry->flags & STEM_OR_VERB) &&
		(verb_front(front, VERB_ZU) || verb_front(front, VERB_GE)))
		return false;
	return ((entry->flags & STEM_LAST) || sought.noun) && is_compound_front(front);
}

const struct stem_entry *stem_table_find(
	const struct stem_table *table, struct span word, struct stem_sought sought)
{
	const struct stem_entry *found = NULL;
	uint32_t hash = hash_start;
	if (table->slot_count == 0)
		return NULL;
	for (size_t at = word.len, len = 1; at-- > 0 && len <= FORM_MAX_BYTES; len++) {
		hash = hash_step(hash, word.ptr[at]);
		if (is_filtered(len) &&
			!(table->filter[filter_bit(hash) / 8] >> filter_bit(hash) % 8 & 1))
			break;
		if (((unsigned char)word.ptr[at] & 0xc0) == 0x80 || len < SHORTEST_ROOT_BYTES)
			continue;
		uint32_t slot = hash & (table->slot_count - 1);
		for (; table->slots[slot]; slot = (slot + 1) & (table->slot_count - 1)) {
			const struct stem_entry *entry = &table->entries[table->slots[slot] - 1];
			if (entry->hash != hash || entry->form_len != len ||
				memcmp(table->strings + entry->form, word.ptr + at, len) != 0 ||
				!is_allowed(entry, (struct span){word.ptr, at}, sought))
				continue;
			found = entry;
			break;
		}
	}
	return found;
}

/* ---- parsing ---- */

struct builder {
	struct stem_entry *entries;
	size_t count, capacity;
	struct buf strings;
};

struct form {
	struct span folded; /* in the builder's strings */
	uint32_t at;
	uint8_t flags;
};

/* Folds `word` onto the end of the strings. */
static lupe_status add_string(struct builder *b, struct span word, uint32_t *ret_at,
	uint8_t *ret_len, struct lupe_error *err)
{
	size_t begin = b->strings.len, length;
	for (const char *at = word.ptr, *end = at + word.len; at < end; at += length) {
		char folded[FOLD_MAX_BYTES];
		uint32_t cp = utf8_get(at, end, &length);
		buf_add(&b->strings, folded, fold_code_point(cp, folded));
	}
	size_t len = b->strings.len - begin;
	if (len < SHORTEST_ROOT_BYTES || len > FORM_MAX_BYTES)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "\"%.*s\" has not 2 to %d letters",
			SPAN_ARG(word), FORM_MAX_BYTES);
	*ret_at = (uint32_t)begin;
	*ret_len = (uint8_t)len;
	return LUPE_OK;
}

static void add_entry(struct builder *b, struct stem_entry entry)
{
	uint32_t hash = hash_start;
	for (size_t i = entry.form_len; i-- > 0;)
		hash = hash_step(hash, b->strings.ptr[entry.form + i]);
	entry.hash = hash;
	ARRAY_GROW(b->entries, b->count, b->capacity);
	b->entries[b->count++] = entry;
}

/* Capitals in ASCII, Ä, Ö and Ü. */
static bool is_noun(struct span word)
{
	unsigned char first = (unsigned char)word.ptr[0];
	unsigned char second = word.len > 1 ? (unsigned char)word.ptr[1] : 0;
	return (first >= 'A' && first <= 'Z') ||
	       (first == 0xc3 && second >= 0x80 && second <= 0x9e);
}

struct marks {
	bool part_only, word_only, or_verb;
};

/* Takes "-", "!" and "*" off a word. */
static struct marks take_marks(struct span *word)
{
	struct marks marks = {span_starts(*word, SPAN("-")), span_ends(*word, SPAN("!")),
		span_ends(*word, SPAN("*"))};
	if (marks.part_only)
		*word = span_skip(*word, 1);
	if ((marks.word_only || marks.or_verb) && word->len)
		word->len--;
	return marks;
}

static uint8_t flags_of(struct span word, struct marks marks, bool verb)
{
	uint8_t flags = marks.part_only ? 0 : STEM_WHOLE;
	if (!marks.word_only && word.len && is_noun(word))
		flags |= STEM_LAST | (marks.or_verb ? STEM_OR_VERB : 0);
	else if (!marks.word_only && verb)
		flags |= STEM_PREFIXED;
	return flags;
}

/* helfen has the root helf, fördern the root förder; both stand behind prefixes if the verb may. */
static void add_root(struct builder *b, struct stem_entry lead)
{
	struct span verb = {b->strings.ptr + lead.lead, lead.lead_len};
	size_t ending = verb_in_ern(verb) ? 1 : 2;
	if (verb.len < SHORTEST_ROOT_BYTES + ending)
		return;
	lead.form_len = (uint8_t)(lead.lead_len - ending);
	lead.flags |= STEM_ROOT;
	add_entry(b, lead);
}

static lupe_status add_family(struct builder *b, struct span line, struct lupe_error *err)
{
	const char *end = line.ptr + line.len, *colon = memchr(line.ptr, ':', line.len);
	const char *equals = memchr(line.ptr, '=', line.len);
	const char *sign = colon && (!equals || colon < equals) ? colon : equals;
	if (!sign)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "no \":\" or \"=\" behind the first word");
	struct span word = span_trim(span_from(line.ptr, sign)), rest = span_from(sign + 1, end);
	if (word.len == 0 || memchr(word.ptr, ' ', word.len))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "not one word before \"%c\"", *sign);
	struct marks marks = take_marks(&word);
	bool verb = span_ends(word, SPAN("n")) && !is_noun(word);
	struct stem_entry lead = {.flags = flags_of(word, marks, verb)};
	lupe_status st = add_string(b, word, &lead.lead, &lead.lead_len, err);
	if (st != LUPE_OK)
		return st;
	uint8_t common = (uint8_t)((sign == equals ? STEM_VERBATIM : 0) | (verb ? STEM_VERB : 0));
	lead.form = lead.lead;
	lead.form_len = lead.lead_len;
	lead.flags |= common;
	if (verb)
		add_root(b, lead);
	if (!verb || !(lead.flags & STEM_PREFIXED)) /* else an infinitive is root and ending */
		add_entry(b, lead);
	while (rest.ptr) {
		word = span_trim(span_take(&rest, ' '));
		if (word.len == 0)
			continue;
		marks = take_marks(&word);
		lead.flags = common | flags_of(word, marks, verb);
		st = add_string(b, word, &lead.form, &lead.form_len, err);
		if (st != LUPE_OK)
			return st;
		add_entry(b, lead);
	}
	return LUPE_OK;
}

static void set_filter(const struct builder *b, const struct stem_entry *entry, uint8_t *filter)
{
	uint32_t hash = hash_start;
	const char *form = b->strings.ptr + entry->form;
	for (size_t len = 1; len <= entry->form_len; len++) {
		hash = hash_step(hash, form[entry->form_len - len]);
		if (is_filtered(len))
			filter[filter_bit(hash) / 8] |= (uint8_t)(1 << filter_bit(hash) % 8);
	}
}

/* Entries go into the table in the order in which they were read: the first of two is found. */
static void finish(struct builder *b, struct stem_table *ret)
{
	uint32_t slot_count = 16;
	while (slot_count < 2 * b->count)
		slot_count *= 2;
	uint32_t *slots = mem_zalloc(slot_count * sizeof(*slots));
	for (size_t i = 0; i < b->count; i++) {
		uint32_t slot = b->entries[i].hash & (slot_count - 1);
		while (slots[slot])
			slot = (slot + 1) & (slot_count - 1);
		slots[slot] = (uint32_t)i + 1;
	}
	uint8_t *filter = mem_zalloc(STEM_FILTER_BITS / 8);
	for (size_t i = 0; i < b->count; i++)
		set_filter(b, &b->entries[i], filter);
	*ret = (struct stem_table){.entries = b->entries,
		.filter = filter,
		.slots = slots,
		.strings = b->strings.ptr,
		.entry_count = (uint32_t)b->count,
		.slot_count = slot_count,
		.strings_len = (uint32_t)b->strings.len};
}

lupe_status stem_table_parse(
	struct span text, const char *name, struct stem_table *ret, struct lupe_error *err)
{
	struct builder b = {.strings = BUF_INIT};
	struct lupe_error inner;
	for (unsigned number = 1; text.ptr; number++) {
		struct span line = span_trim(span_take(&text, '\n'));
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		lupe_status st = add_family(&b, line, &inner);
		if (st != LUPE_OK) {
			free(b.entries);
			buf_done(&b.strings);
			return lupe_fail(err, st, "%s, line %u: %s", name, number, inner.message);
		}
	}
	finish(&b, ret);
	return LUPE_OK;
}

void stem_table_done(struct stem_table *table)
{
	free((void *)table->entries);
	free((void *)table->slots);
	free((void *)table->filter);
	free((void *)table->strings);
	*table = (struct stem_table){.slot_count = 0};
}
