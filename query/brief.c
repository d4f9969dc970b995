/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Analyses the short text and lays the sequences of the leaf on each of its words. The same terms
 * count as in the store: stems, and those of compound parts.
 */
#include "query/brief.h"

#include "query/pattern.h"

enum { MAX_WORDS = 400 }; /* titles are cut at 1000 bytes */

static bool has_form(const struct slot *slot, struct span form)
{
	if (slot->pattern)
		return pattern_matches(slot->pattern, form);
	for (size_t i = 0; i < slot->form_count; i++)
		if (span_equal(slot->forms[i], form))
			return true;
	return false;
}

static bool has_stem(const struct slot *slot, struct span stem)
{
	for (size_t i = 0; i < slot->term_count; i++)
		if (slot->terms[i].tier == TIER_STEM && span_equal(slot->terms[i].term, stem))
			return true;
	return false;
}

static bool slot_meets(const struct slot *slot, const struct terms *terms, bool as_written)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (as_written ? term->kind == TERM_EXACT && has_form(slot, term->text)
			       : (term->kind == TERM_STEM || term->kind == TERM_PART) &&
					 has_stem(slot, term->text))
			return true;
	}
	return false;
}

bool brief_has(struct analyser *analyser, const struct leaf *leaf, struct span text)
{
	const struct terms *words[MAX_WORDS];
	struct word word;
	size_t count = 0;
	analyser_start(analyser, &(struct analyser_input){.text = text, .first_position = 1});
	while (count < MAX_WORDS && analyser_next(analyser, &word))
		words[count++] = analyser_terms(analyser, &word);
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		if (sequence->window)
			continue;
		for (size_t at = 0; at + sequence->slot_count <= count; at++) {
			size_t met = 0;
			while (met < sequence->slot_count &&
				slot_meets(&sequence->slots[met], words[at + met], leaf->exact))
				met++;
			if (met == sequence->slot_count)
				return true;
		}
	}
	return false;
}
