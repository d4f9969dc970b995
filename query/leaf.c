/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arranges the terms of a leaf's words. A word that was typed alone may also stand in a text as
 * its parts near each other; in a phrase a hyphenated word may stand as its parts side by side,
 * which doubles the sequences; their number is capped, the whole words first.
 */
#include "query/leaf.h"

#include "query/pattern.h"
#include "store/schema.h"
#include "text/chars.h"
#include "text/compound.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { MAX_SEQUENCES = 8, MAX_SLOTS = 100 };

/* A sequence while it grows. */
struct draft {
	struct slot slots[MAX_SLOTS];
	size_t count;
};

struct span term_prefixed(struct arena *arena, const char *prefix, struct span text)
{
	size_t len = strlen(prefix);
	char *term = arena_alloc(arena, len + text.len + 1);
	memcpy(term, prefix, len);
	memcpy(term + len, text.ptr, text.len);
	term[len + text.len] = '\0';
	return (struct span){term, len + text.len};
}

static void add_alternative(struct slot *slot, struct arena *arena, const char *prefix,
	struct span text, enum tier tier)
{
	slot->terms[slot->term_count++] = (struct alternative){
		.term = term_prefixed(arena, prefix, text), .tier = (uint8_t)tier};
}

/* What finds a term that stands for the word, or the part, that the slot is about. */
static void add_alternatives(struct slot *slot, struct arena *arena, struct span stem, bool alone)
{
	add_alternative(slot, arena, PREFIX_STEM, stem, TIER_STEM);
	if (alone)
		return;
	add_alternative(slot, arena, PREFIX_PART, stem, TIER_PART);
	add_alternative(slot, arena, PREFIX_JOINED, stem, TIER_JOINED);
}

static struct slot new_slot(const struct terms *terms, struct arena *arena)
{
	return (struct slot){
		.terms = arena_alloc(arena, 3 * (size_t)terms->count * sizeof(struct alternative)),
		.forms = arena_alloc(arena, (size_t)terms->count * sizeof(struct span)),
		.hyphenated = terms->hyphenated > 0};
}

/* The terms of one part between hyphens, or of the whole word (part 0); only the stems if `alone`,
   for words whose surface is to be compared. */
static struct slot slot_of(const struct terms *terms, uint8_t part, bool alone, struct arena *arena)
{
	struct slot slot = new_slot(terms, arena);
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->part != part)
			continue;
		switch (term->kind) {
		case TERM_EXACT:
			slot.forms[slot.form_count++] = arena_copy(arena, term->text);
			break;
		case TERM_STEM:
			add_alternatives(&slot, arena, term->text, alone || terms->stop);
			break;
		case TERM_JOINED:
			add_alternatives(&slot, arena, term->text, false);
			break;
		case TERM_GENDER:
			if (alone)
				break;
			add_alternative(&slot, arena, PREFIX_STEM, term->text, TIER_GENDER);
			add_alternative(&slot, arena, PREFIX_PART, term->text, TIER_GENDER);
			break;
		}
	}
	return slot;
}

/* The terms of one part of a compound. */
static struct slot part_slot_of(const struct terms *terms, uint8_t part, struct arena *arena)
{
	struct slot slot = new_slot(terms, arena);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_PART && terms->items[i].part == part)
			add_alternatives(&slot, arena, terms->items[i].text, false);
	return slot;
}

/* What a citation is looked for as. */
static struct slot norm_slot_of(const struct terms *terms, struct arena *arena)
{
	struct slot slot = new_slot(terms, arena);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_ASKED_NORM)
			add_alternative(&slot, arena, PREFIX_NORM, terms->items[i].text, TIER_NORM);
	return slot;
}

static void append_slot(struct draft *draft, struct slot slot)
{
	if (draft->count < MAX_SLOTS)
		draft->slots[draft->count++] = slot;
}

/* The parts between hyphens. False if one has no terms of its own: those of Baden-Baden all belong
   to the first. */
static bool append_hyphenated(
	struct draft *draft, const struct terms *terms, bool exact, struct arena *arena)
{
	for (uint8_t part = 1; part <= terms->hyphenated; part++) {
		struct slot slot = slot_of(terms, part, exact, arena);
		if (slot.term_count == 0)
			return false;
		append_slot(draft, slot);
	}
	return true;
}

/* Every sequence goes on with the whole word; those for which there is room also with the parts
   between its hyphens. */
static size_t append_word(struct draft *drafts, size_t count, const struct terms *terms, bool exact,
	struct arena *arena)
{
	size_t before = count;
	if (terms->hyphenated > 1)
		for (size_t i = 0; i < before && count < MAX_SEQUENCES; i++) {
			drafts[count] = drafts[i];
			count += append_hyphenated(&drafts[count], terms, exact, arena);
		}
	for (size_t i = 0; i < before; i++)
		append_slot(&drafts[i], slot_of(terms, 0, exact, arena));
	return count;
}

/* The slot of what stands at [begin, end) of a compound: a part, or several of them. */
static struct slot stretch_slot_of(
	const struct terms *terms, uint16_t begin, uint16_t end, struct arena *arena)
{
	struct slot slot = new_slot(terms, arena);
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->kind == TERM_PART && term->begin == begin && term->end == end)
			add_alternatives(&slot, arena, term->text, false);
	}
	return slot;
}

/* The compound as two stretches: Arbeitsmarkt and Politik of Arbeitsmarktpolitik. */
static bool append_two(
	struct draft *draft, const struct terms *terms, uint8_t left, struct arena *arena)
{
	const struct term *part = NULL, *next = NULL, *first = NULL, *last = NULL;
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->kind != TERM_PART || term->part == TERM_FRAGMENT)
			continue;
		first = term->part == 1 ? term : first;
		part = term->part == left ? term : part;
		next = term->part == left + 1 ? term : next;
		last = term->part == terms->compound ? term : last;
	}
	draft->count = 0;
	if (!first || !part || !next || !last)
		return false;
	append_slot(draft, stretch_slot_of(terms, first->begin, part->end, arena));
	append_slot(draft, stretch_slot_of(terms, next->begin, last->end, arena));
	return draft->slots[0].term_count && draft->slots[1].term_count;
}

/* The parts of a compound that was typed alone; false as above. */
static bool append_compound(struct draft *draft, const struct terms *terms, struct arena *arena)
{
	draft->count = 0;
	for (uint8_t part = 1; part <= terms->compound; part++) {
		struct slot slot = part_slot_of(terms, part, arena);
		if (slot.term_count == 0)
			return false;
		append_slot(draft, slot);
	}
	return true;
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

struct leaf *leaf_of_slot(const struct node *node, struct slot slot, struct arena *arena)
{
	struct leaf *leaf = arena_alloc(arena, sizeof(*leaf));
	*leaf = (struct leaf){.text = node->text,
		.field = node->field,
		.sequences = arena_alloc(arena, sizeof(struct sequence)),
		.sequence_count = 1};
	leaf->sequences[0].slots = arena_alloc(arena, sizeof(slot));
	leaf->sequences[0].slots[0] = slot;
	leaf->sequences[0].slot_count = 1;
	leaf->sequences[0].window = 0;
	return leaf;
}

/* ---- dots left out ---- */

/* Whether the language knows the folded word: as itself, or as a compound of words it knows. */
static bool is_known(const struct lexicon *lexicon, struct span word)
{
	struct compound compound;
	return lexicon_has_word(lexicon, word) || compound_split(lexicon, word, &compound) > 0;
}

/* The word with dots on the vowels whose bits are set, counted from its beginning. */
static struct span with_dots(struct span word, unsigned bits, char *ret)
{
	size_t len = 0, vowel = 0;
	for (size_t i = 0; i < word.len; i++) {
		const char *dotted = word.ptr[i] == 'a'   ? "ä"
				     : word.ptr[i] == 'o' ? "ö"
				     : word.ptr[i] == 'u' ? "ü"
							  : NULL;
		if (dotted && (bits & 1u << vowel++)) {
			memcpy(ret + len, dotted, 2);
			len += 2;
		} else {
			ret[len++] = word.ptr[i];
		}
	}
	return (struct span){ret, len};
}

/* Oberburgermeister is no word, Oberbürgermeister is one: adds its stem to the slot. One vowel or
   two may lack their dots. */
static void add_dotted(
	struct slot *slot, struct span form, struct analyser *analyser, struct arena *arena)
{
	const struct lexicon *lexicon = analyser_lexicon(analyser);
	char variant[2 * TERM_MAX_BYTES];
	size_t vowels = 0;
	for (size_t i = 0; i < form.len; i++)
		vowels += form.ptr[i] == 'a' || form.ptr[i] == 'o' || form.ptr[i] == 'u';
	if (vowels == 0 || vowels > 10 || form.len > 60 || is_known(lexicon, form))
		return;
	for (unsigned bits = 1; bits < 1u << vowels; bits++) {
		if (__builtin_popcount(bits) > 2)
			continue;
		struct span word = with_dots(form, bits, variant);
		struct word token;
		if (!is_known(lexicon, word))
			continue;
		start_text(analyser, word);
		if (!analyser_next(analyser, &token))
			continue;
		const struct terms *terms = analyser_terms(analyser, &token);
		struct alternative *grown =
			arena_alloc(arena, (slot->term_count + 2) * sizeof(struct alternative));
		memcpy(grown, slot->terms, slot->term_count * sizeof(*grown));
		slot->terms = grown;
		for (size_t i = 0; i < terms->count; i++)
			if (terms->items[i].kind == TERM_STEM) {
				add_alternative(slot, arena, PREFIX_STEM, terms->items[i].text,
					TIER_UMLAUT);
				add_alternative(slot, arena, PREFIX_PART, terms->items[i].text,
					TIER_UMLAUT);
				break;
			}
	}
}

/* Gender forms are read by their capital, which queries often lack: migrant*innen. */
static struct span text_of(const struct node *node, struct arena *arena)
{
	struct span ignored;
	char first = node->text.len ? node->text.ptr[0] : '\0';
	if (node->kind != NODE_WORD || first < 'a' || first > 'z' ||
		pattern_kind(node->text, &ignored) != PATTERN_GENDER)
		return node->text;
	struct span copy = arena_copy(arena, node->text);
	((char *)copy.ptr)[0] = (char)(first - 'a' + 'A');
	return copy;
}

struct leaf *leaf_make(const struct node *node, struct analyser *analyser, struct arena *arena)
{
	struct span text = text_of(node, arena);
	struct draft drafts[MAX_SEQUENCES + 1];
	size_t count = 1, words = 0;
	uint32_t window = 0;
	const struct terms *terms = NULL;
	struct word word;
	drafts[0].count = 0;
	start_text(analyser, text);
	bool cited = node->field != FIELD_TITLE && analyser_next(analyser, &word) &&
		     word.context.len == text.len;
	if (cited) {
		struct slot norm = norm_slot_of(analyser_terms(analyser, &word), arena);
		if (norm.term_count && !node->exact)
			return leaf_of_slot(node, norm, arena);
	}
	start_text(analyser, text);
	for (; analyser_next(analyser, &word); words++) {
		terms = analyser_terms(analyser, &word);
		count = append_word(drafts, count, terms, node->exact, arena);
	}
	if (words == 0)
		return NULL;
	if (words == 1 && !node->exact && node->kind == NODE_WORD) {
		window = COVER_WINDOW;
		if (terms->compound > 1)
			count += append_compound(&drafts[count], terms, arena);
		for (uint8_t left = 1;
			terms->compound > 2 && left < terms->compound && count < MAX_SEQUENCES;
			left++)
			count += append_two(&drafts[count], terms, left, arena);
	}
	for (size_t i = 0; i < drafts[0].count && !node->exact; i++)
		if (drafts[0].slots[i].form_count == 1)
			add_dotted(
				&drafts[0].slots[i], drafts[0].slots[i].forms[0], analyser, arena);
	struct leaf *leaf = arena_alloc(arena, sizeof(*leaf));
	*leaf = (struct leaf){.text = node->text,
		.phrase = node->kind == NODE_PHRASE,
		.exact = node->exact,
		.field = node->field,
		.sequences = arena_alloc(arena, count * sizeof(struct sequence)),
		.sequence_count = count};
	for (size_t i = 0; i < count; i++)
		leaf->sequences[i] = (struct sequence){
			copy_slots(&drafts[i], arena), drafts[i].count, i ? window : 0};
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
