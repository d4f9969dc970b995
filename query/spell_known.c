/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks the index for the terms of a word, and the lexicon for the word. */
#include "query/spell_internal.h"
#include "store/schema.h"
#include "text/compound.h"

enum { MAX_FORMS = 300 /* of one stem that are looked at */ };

static lupe_status documents_of(struct spell *spell, const char *prefix, struct span text,
	uint32_t *documents, struct lupe_error *err)
{
	char term[XC_TERM_MAX];
	uint32_t found = 0;
	size_t len = strlen(prefix);
	if (len + text.len > sizeof(term))
		return LUPE_OK;
	memcpy(term, prefix, len);
	memcpy(term + len, text.ptr, text.len);
	lupe_status st =
		xc_term_documents(spell->db, (struct xc_bytes){term, len + text.len}, &found, err);
	if (st == LUPE_OK && found > *documents)
		*documents = found;
	return st;
}

/* In any tier that has stems. */
static lupe_status stem_documents(
	struct spell *spell, struct span stem, uint32_t *documents, struct lupe_error *err)
{
	lupe_status st = documents_of(spell, PREFIX_STEM, stem, documents, err);
	if (st == LUPE_OK)
		st = documents_of(spell, PREFIX_PART, stem, documents, err);
	if (st == LUPE_OK)
		st = documents_of(spell, PREFIX_JOINED, stem, documents, err);
	return st;
}

static lupe_status term_documents(
	struct spell *spell, const struct term *term, uint32_t *documents, struct lupe_error *err)
{
	switch (term->kind) {
	case TERM_EXACT:
		return documents_of(spell, PREFIX_EXACT, term->text, documents, err);
	case TERM_STEM:
	case TERM_JOINED:
	case TERM_GENDER:
	case TERM_PART:
		return stem_documents(spell, term->text, documents, err);
	}
	return LUPE_OK;
}

/* The rarest of the parts of a compound. */
static lupe_status parts_documents(
	struct spell *spell, const struct terms *terms, uint32_t *documents, struct lupe_error *err)
{
	uint32_t rarest = UINT32_MAX;
	for (uint8_t part = 1; part <= terms->compound && rarest; part++) {
		uint32_t of_part = 0;
		for (size_t i = 0; i < terms->count; i++) {
			const struct term *term = &terms->items[i];
			if (term->kind != TERM_PART || term->part != part)
				continue;
			lupe_status st = term_documents(spell, term, &of_part, err);
			if (st != LUPE_OK)
				return st;
		}
		if (of_part < rarest)
			rarest = of_part;
	}
	*documents = rarest == UINT32_MAX ? 0 : rarest;
	return LUPE_OK;
}

/* Whether the lexicon has one of the forms that a gender form stands for: the Ärztinnen of
   Ärzt*innen. */
static bool has_known_form(const struct spell *spell, const struct terms *terms)
{
	for (size_t i = 0; terms->gendered && i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->kind == TERM_EXACT && term->part == 0 &&
			(spell_in_lexicon(spell, term->text) ||
				spell_is_compound(spell, term->text)))
			return true;
	}
	return false;
}

static lupe_status terms_evidence(struct spell *spell, const struct terms *terms,
	struct evidence *ret, struct lupe_error *err)
{
	lupe_status st = LUPE_OK;
	*ret = (struct evidence){.known = terms->stop || has_known_form(spell, terms)};
	for (size_t i = 0; i < terms->count && st == LUPE_OK; i++)
		if (terms->items[i].part == 0 && terms->items[i].kind != TERM_PART)
			st = term_documents(spell, &terms->items[i], &ret->documents, err);
	if (st != LUPE_OK || ret->documents || terms->compound < 2)
		return st;
	ret->split = true;
	return parts_documents(spell, terms, &ret->documents, err);
}

lupe_status spell_evidence(
	struct spell *spell, struct span word, struct evidence *ret, struct lupe_error *err)
{
	struct word token;
	*ret = (struct evidence){0};
	analyser_start(
		spell->analyser, &(struct analyser_input){.text = word, .first_position = 1});
	if (!analyser_next(spell->analyser, &token) || token.surface.len != word.len)
		return LUPE_OK;
	return terms_evidence(spell, analyser_terms(spell->analyser, &token), ret, err);
}

/* ---- the lexicon ---- */

bool spell_in_lexicon(const struct spell *spell, struct span word)
{
	struct lexicon_entry entry;
	return spell->lexicon && lexicon_find(spell->lexicon, word, &entry) &&
	       entry.flags & (LEXICON_WORD | LEXICON_NAME);
}

/* The last part must be a word: what only ends words in the lexicon ends slips as well. */
bool spell_is_compound(const struct spell *spell, struct span word)
{
	struct compound compound;
	size_t count = spell->lexicon ? compound_split(spell->lexicon, word, &compound) : 0;
	if (count == 0)
		return false;
	const struct compound_part *last = &compound.parts[count - 1];
	return spell_in_lexicon(spell, span_from(word.ptr + last->begin, word.ptr + last->end));
}

/* ---- stems ---- */

static bool has_stem(struct spell *spell, struct span form, struct span stem)
{
	struct word token;
	analyser_start(
		spell->analyser, &(struct analyser_input){.text = form, .first_position = 1});
	if (!analyser_next(spell->analyser, &token))
		return false;
	const struct terms *terms = analyser_terms(spell->analyser, &token);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM && span_equal(terms->items[i].text, stem))
			return true;
	return false;
}

/* Adds up the documents of exact forms that begin with `beginning` and have the stem. */
static lupe_status add_forms(struct spell *spell, struct span beginning, struct span stem,
	uint64_t *sum, struct lupe_error *err)
{
	char prefix[SPELL_MAX_BYTES + 8];
	struct xc_term form;
	xc_terms *forms;
	const size_t skip = strlen(PREFIX_EXACT);
	if (skip + beginning.len > sizeof(prefix))
		return LUPE_OK;
	memcpy(prefix, PREFIX_EXACT, skip);
	memcpy(prefix + skip, beginning.ptr, beginning.len);
	lupe_status st = xc_terms_start(
		spell->db, (struct xc_bytes){prefix, skip + beginning.len}, &forms, err);
	if (st != LUPE_OK)
		return st;
	for (int i = 0; i < MAX_FORMS && (st = xc_terms_next(forms, &form, err)) == LUPE_OK; i++)
		if (has_stem(
			    spell, (struct span){form.term.ptr + skip, form.term.len - skip}, stem))
			*sum += form.documents;
	xc_terms_close(forms);
	return st < 0 ? st : LUPE_OK;
}

/*
 * Documents have a stem by the exact forms listed apart, or by the word that is its own stem. If
 * the forms do not account for them all, that word is there. Stems have lost umlauts: forms are
 * looked for with one put back, too.
 */
lupe_status spell_stem_is_word(struct spell *spell, struct span stem, uint32_t documents,
	bool *ret_is_word, struct lupe_error *err)
{
	char dotted[SPELL_MAX_BYTES + 1];
	uint64_t sum = 0;
	*ret_is_word = spell_in_lexicon(spell, stem) || spell_is_compound(spell, stem);
	if (*ret_is_word || stem.len >= SPELL_MAX_BYTES)
		return LUPE_OK;
	lupe_status st = add_forms(spell, stem, stem, &sum, err);
	for (size_t i = 0; i < stem.len && st == LUPE_OK; i++) {
		const char *umlaut = stem.ptr[i] == 'a'   ? "ä"
				     : stem.ptr[i] == 'o' ? "ö"
				     : stem.ptr[i] == 'u' ? "ü"
							  : NULL;
		if (!umlaut)
			continue;
		memcpy(dotted, stem.ptr, i);
		memcpy(dotted + i, umlaut, 2);
		memcpy(dotted + i + 2, stem.ptr + i + 1, stem.len - i - 1);
		st = add_forms(spell, (struct span){dotted, stem.len + 1}, stem, &sum, err);
	}
	*ret_is_word = st == LUPE_OK && sum < documents;
	return st;
}
