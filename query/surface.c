/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads from the terms of a surface why it was found: the nearest alternative of the slot that one
 * of its terms is, the bytes where that term stands, and whether the form is the one typed.
 */
#include "query/surface.h"

#include "query/pattern.h"
#include "store/schema.h"

const char *via_name(enum via via)
{
	static const char *const names[] = {
		"exact", "inflection", "umlaut", "join", "gender", "norm", "compound", "spelling"};
	return names[via];
}

static bool has_span(const struct span *list, size_t count, struct span text)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(list[i], text))
			return true;
	return false;
}

/* Whether a form as written is what the slot asks for. */
static bool is_form(const struct slot *slot, struct span form)
{
	return slot->pattern ? pattern_matches(slot->pattern, form)
			     : has_span(slot->forms, slot->form_count, form);
}

static bool is_term(struct span wanted, const char *prefix, struct span text)
{
	size_t len = strlen(prefix);
	return wanted.len == len + text.len && memcmp(wanted.ptr, prefix, len) == 0 &&
	       span_equal(span_skip(wanted, len), text);
}

/* The same among many, in order of their bytes. */
static const struct alternative *find_sorted(
	const struct slot *slot, const char *prefix, struct span text)
{
	size_t low = 0, high = slot->term_count;
	char term[2 + TERM_MAX_BYTES];
	size_t len = strlen(prefix);
	memcpy(term, prefix, len);
	memcpy(term + len, text.ptr, text.len);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order =
			span_compare(slot->terms[middle].term, (struct span){term, len + text.len});
		if (order == 0)
			return &slot->terms[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The alternative of the slot that asks for this term of the analyser; NULL if none does. */
static const struct alternative *slot_wants(const struct slot *slot, const struct term *term)
{
	static const char *const prefixes[TERM_KINDS] = {[TERM_STEM] = PREFIX_STEM,
		[TERM_PART] = PREFIX_PART,
		[TERM_JOINED] = PREFIX_JOINED,
		[TERM_NORM] = PREFIX_NORM};
	const char *prefix = prefixes[term->kind];
	if (!prefix)
		return NULL;
	if (slot->sorted)
		return find_sorted(slot, prefix, term->text);
	for (size_t i = 0; i < slot->term_count; i++)
		if (is_term(slot->terms[i].term, prefix, term->text))
			return &slot->terms[i];
	return NULL;
}

/* The vowel that ä, ae and a have in common; the rest as it is. Returns the length. */
static size_t without_umlauts(struct span form, char *ret, size_t room)
{
	size_t len = 0;
	for (size_t i = 0; i < form.len && len < room; i++) {
		unsigned char c = (unsigned char)form.ptr[i];
		unsigned char next = i + 1 < form.len ? (unsigned char)form.ptr[i + 1] : 0;
		char vowel = c != 0xc3      ? 0
			     : next == 0xa4 ? 'a'
			     : next == 0xb6 ? 'o'
			     : next == 0xbc ? 'u'
					    : 0;
		if (vowel) {
			ret[len++] = vowel;
			i++;
			continue;
		}
		ret[len++] = (char)c;
		if ((c == 'a' || c == 'o' || c == 'u') && next == 'e')
			i++;
	}
	return len;
}

static bool differ_by_umlaut(struct span a, struct span b)
{
	char x[TERM_MAX_BYTES], y[TERM_MAX_BYTES];
	size_t n = without_umlauts(a, x, sizeof(x)), m = without_umlauts(b, y, sizeof(y));
	return n == m && memcmp(x, y, n) == 0;
}

/* How the surface's stem meets the query's word: as written, or how it differs. */
static enum via via_of_forms(const struct slot *slot, const struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++)
		for (size_t k = 0; terms->items[i].kind == TERM_EXACT && k < slot->form_count; k++)
			if (differ_by_umlaut(terms->items[i].text, slot->forms[k]))
				return VIA_UMLAUT;
	return VIA_INFLECTION;
}

static enum via via_of_tier(
	enum tier tier, const struct slot *slot, const struct terms *terms, bool as_written)
{
	switch (tier) {
	case TIER_PART:
		return VIA_COMPOUND;
	case TIER_GENDER:
		return VIA_GENDER;
	case TIER_UMLAUT:
		return VIA_UMLAUT;
	case TIER_NORM:
		return VIA_NORM;
	case TIER_JOINED:
		return as_written && slot->hyphenated ? VIA_EXACT : VIA_JOIN;
	case TIER_STEM:
	case TIER_COUNT:
		break;
	}
	if (terms->gendered)
		return VIA_GENDER;
	return as_written ? VIA_EXACT : via_of_forms(slot, terms);
}

/* How a surface answers a slot: the range of what answers best. */
static struct surface_match match_surface(
	const struct slot *slot, const struct terms *terms, size_t surface_len)
{
	struct surface_match match = {.found = false};
	enum tier best = TIER_NORM;
	for (size_t i = 0; i < terms->count; i++)
		match.as_written |=
			terms->items[i].kind == TERM_EXACT && is_form(slot, terms->items[i].text);
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		const struct alternative *wanted = slot_wants(slot, term);
		if (!wanted || (match.found && wanted->tier > best))
			continue;
		bool better = !match.found || wanted->tier < best;
		bool whole = terms->gendered && term->part == 0 && term->kind != TERM_PART;
		uint32_t begin = whole ? 0 : term->begin;
		uint32_t end = whole ? (uint32_t)surface_len : term->end;
		match.begin = better || begin < match.begin ? begin : match.begin;
		match.end = better || end > match.end ? end : match.end;
		match.found = true;
		best = (enum tier)wanted->tier;
	}
	match.via = via_of_tier(best, slot, terms, match.as_written);
	return match;
}

static struct surface_match wider(struct surface_match a, struct surface_match b)
{
	if (!a.found || !b.found)
		return a.found ? a : b;
	a.begin = b.begin < a.begin ? b.begin : a.begin;
	a.end = b.end > a.end ? b.end : a.end;
	return a;
}

static bool skip_blank(struct span *rest)
{
	static const char *const blanks[] = {" ", "\t", "\n", "\r", "\u00a0", "\u202f", "\u2009"};
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (span_starts(*rest, span_of(blanks[i]))) {
			*rest = span_skip(*rest, strlen(blanks[i]));
			return true;
		}
	return false;
}

/* The next byte that is no blank, in lower case; 0 at the end. */
static char take_letter(struct span *rest)
{
	while (skip_blank(rest))
		;
	if (!rest->len)
		return '\0';
	char letter = *rest->ptr;
	*rest = span_skip(*rest, 1);
	return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Whether a number or a date stands there otherwise than in the query, which brings both to one
   form: 42 % for 42 Prozent, 3. Oktober 2023 for 3.10.2023. */
static bool is_respelled(struct span asked, struct span surface)
{
	char a, b;
	if (!asked.len || *asked.ptr < '0' || *asked.ptr > '9')
		return false;
	do {
		a = take_letter(&asked);
		b = take_letter(&surface);
	} while (a == b && a);
	return a != b;
}

/* How a word of the text answers the hit's word number `number`: by the sequence of that length
   the hit belongs to, or (a single word) by any of the parts that stand near each other. */
struct surface_match surface_match(const struct leaf *leaf, size_t words, size_t number,
	const struct terms *terms, struct span surface)
{
	struct surface_match none = {.found = false};
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		struct surface_match match = none;
		if (sequence->window && words == 1) {
			for (size_t k = 0; k < sequence->slot_count; k++)
				match = wider(match,
					match_surface(&sequence->slots[k], terms, surface.len));
			match.via = VIA_COMPOUND;
			match.as_written = false;
		} else if (!sequence->window && sequence->slot_count == words) {
			match = match_surface(&sequence->slots[number], terms, surface.len);
			if (match.via == VIA_EXACT && words == 1 &&
				is_respelled(leaf->text, surface))
				match.via = VIA_NORM;
		}
		if (match.found)
			return match;
	}
	return none;
}
