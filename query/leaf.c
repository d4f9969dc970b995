/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arranges the terms of a leaf's words. A hyphenated word may stand in a text as one word, or as
 * its parts side by side, so it doubles the sequences; their number is capped, the whole words
 * first.
 */
#include "query/leaf.h"

#include "store/schema.h"
#include "text/chars.h"
#include "text/utf8.h"

enum { MAX_SEQUENCES = 8, MAX_SLOTS = 100 };

/* A sequence while it grows. */
struct draft {
	struct slot slots[MAX_SLOTS];
	size_t count;
};

static struct span prefixed(struct arena *arena, const char *prefix, struct span text)
{
	size_t len = strlen(prefix);
	char *term = arena_alloc(arena, len + text.len + 1);
	memcpy(term, prefix, len);
	memcpy(term + len, text.ptr, text.len);
	term[len + text.len] = '\0';
	return (struct span){term, len + text.len};
}

/* The terms of one part of a word, or of the whole (part 0). */
static struct slot slot_of(const struct terms *terms, uint8_t part, struct arena *arena)
{
	size_t room = 2 * (size_t)terms->count * sizeof(struct span);
	struct slot slot = {.terms = arena_alloc(arena, room), .forms = arena_alloc(arena, room)};
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->part != part)
			continue;
		switch (term->kind) {
		case TERM_EXACT:
			slot.forms[slot.form_count++] = arena_copy(arena, term->text);
			break;
		case TERM_JOINED:
		case TERM_STEM:
			/* EU-Länder also finds Euländer, and Euländer EU-Länder */
			slot.terms[slot.term_count++] = prefixed(arena, PREFIX_STEM, term->text);
			slot.terms[slot.term_count++] = prefixed(arena, PREFIX_JOINED, term->text);
			break;
		}
	}
	return slot;
}

static void append_slot(struct draft *draft, struct slot slot)
{
	if (draft->count < MAX_SLOTS)
		draft->slots[draft->count++] = slot;
}

/* False if a part has no terms of its own: those of Baden-Baden all belong to the first. */
static bool append_parts(struct draft *draft, const struct terms *terms, struct arena *arena)
{
	for (uint8_t part = 1; part <= terms->parts; part++) {
		struct slot slot = slot_of(terms, part, arena);
		if (slot.term_count == 0)
			return false;
		append_slot(draft, slot);
	}
	return true;
}

/* Every sequence goes on with the whole word; those for which there is room also with its parts. */
static size_t append_word(
	struct draft *drafts, size_t count, const struct terms *terms, struct arena *arena)
{
	size_t before = count;
	if (terms->parts > 1)
		for (size_t i = 0; i < before && count < MAX_SEQUENCES; i++) {
			drafts[count] = drafts[i];
			if (!append_parts(&drafts[count], terms, arena))
				break;
			count++;
		}
	for (size_t i = 0; i < before; i++)
		append_slot(&drafts[i], slot_of(terms, 0, arena));
	return count;
}

static void start_text(struct analyser *analyser, struct span text)
{
	analyser_start(analyser, &(struct analyser_input){.text = text, .first_position = 1});
}

static struct slot *copy_slots(const struct draft *draft, struct arena *arena)
{
	struct slot *slots = arena_alloc(arena, draft->count * sizeof(*slots));
	memcpy(slots, draft->slots, draft->count * sizeof(*slots));
	return slots;
}

struct leaf *leaf_make(const struct node *node, struct analyser *analyser, struct arena *arena)
{
	struct draft drafts[MAX_SEQUENCES];
	size_t count = 1;
	struct word word;
	drafts[0].count = 0;
	start_text(analyser, node->text);
	while (analyser_next(analyser, &word))
		count = append_word(drafts, count, analyser_terms(analyser, &word), arena);
	if (drafts[0].count == 0)
		return NULL;
	struct leaf *leaf = arena_alloc(arena, sizeof(*leaf));
	*leaf = (struct leaf){.text = node->text,
		.phrase = node->kind == NODE_PHRASE,
		.exact = node->exact,
		.sequences = arena_alloc(arena, count * sizeof(struct sequence)),
		.sequence_count = count};
	for (size_t i = 0; i < count; i++)
		leaf->sequences[i] =
			(struct sequence){copy_slots(&drafts[i], arena), drafts[i].count};
	return leaf;
}

static bool in_capitals(struct span word)
{
	const char *end = word.ptr + word.len;
	size_t length;
	for (const char *at = word.ptr; at < end; at += length)
		if (!char_is_upper(utf8_get(at, end, &length)))
			return false;
	return utf8_length((unsigned char)word.ptr[0]) < word.len;
}

bool leaf_is_stop(const struct node *node, struct analyser *analyser)
{
	struct word word;
	if (node->kind == NODE_PHRASE || node->exact)
		return false;
	start_text(analyser, node->text);
	while (analyser_next(analyser, &word))
		if (!analyser_terms(analyser, &word)->stop || in_capitals(word.surface))
			return false;
	return true;
}
