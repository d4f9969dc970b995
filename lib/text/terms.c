/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a word to its terms: its shape gives its segments and their forms, each form its exact
 * term, its stem, the parts of the compound it is and its counterpart; hyphens give joined words.
 */
#include "text/terms.h"

#include "text/compound.h"
#include "text/counterpart.h"
#include "text/fold.h"
#include "text/norm.h"
#include "text/shape.h"
#include "text/stop.h"
#include "text/suspend.h"

enum { MAX_JOINED = 2 };

struct builder {
	struct term_chain *chain;
	struct term_draft *draft;
	const struct shape *shape;
};

/* Adds a term that has its kind, text and number, unless it is there already. */
static void put_term(
	struct builder *b, const struct term *term, size_t begin, size_t end, size_t part)
{
	struct terms *terms = &b->draft->terms;
	if (terms->count == MAX_TERMS)
		return;
	for (size_t i = 0; i < terms->count; i++)
		if (b->draft->items[i].id == term->id)
			return;
	struct term *added = &b->draft->items[terms->count++];
	*added = *term;
	added->begin = (uint16_t)begin;
	added->end = (uint16_t)end;
	added->part = (uint8_t)part;
}

static bool make_term(struct builder *b, enum term_kind kind, struct span text, struct term *ret)
{
	text = fold_cut(text, TERM_MAX_BYTES);
	ret->kind = (uint8_t)kind;
	if (text.len)
		ret->id = cache_intern(b->chain->cache, kind, text, &ret->text);
	return text.len > 0;
}

static void add_term(struct builder *b, enum term_kind kind, struct span text, size_t begin,
	size_t end, size_t part)
{
	struct term term;
	if (make_term(b, kind, text, &term))
		put_term(b, &term, begin, end, part);
}

static void add_stem(struct builder *b, enum term_kind kind, struct span word, size_t begin,
	size_t end, size_t part)
{
	add_term(b, kind, stem_word(b->chain->stemmer, word), begin, end, part);
}

/* The stretch [from, to) of the parts of a compound: integrationskurs of Sprachintegrationskurse.
 */
static void add_stretch(struct builder *b, const struct form *form, const struct compound *compound,
	size_t from, size_t to, size_t part)
{
	char buffer[COMPOUND_BASE_BYTES];
	struct compound_part stretch = {.begin = compound->parts[from].begin,
		.end = compound->parts[to - 1].end,
		.base = compound->parts[to - 1].base};
	uint16_t begin, end;
	struct span base = compound_base((struct span){form->text, form->len}, &stretch, buffer);
	form_source(b->shape, form, stretch.begin, stretch.end, &begin, &end);
	struct term term = {.kind = TERM_PART};
	uint32_t hash = cache_hash(base);
	if (!cache_find_part(b->chain->cache, base, hash, &term)) {
		if (!make_term(b, TERM_PART, stem_word(b->chain->stemmer, base), &term))
			return;
		cache_add_part(b->chain->cache, base, hash, &term);
	}
	put_term(b, &term, begin, end, part);
}

/* The parts of a compound, and its stretches of several: Arbeitsmarkt in Arbeitsmarktintegration.
 */
static size_t add_parts(struct builder *b, const struct form *form, bool numbered)
{
	struct compound compound;
	struct span word = {form->text, form->len};
	size_t count = compound_split(b->chain->lexicon, word, &compound);
	for (size_t i = 0; i < count; i++)
		add_stretch(b, form, &compound, i, i + 1, numbered ? i + 1 : TERM_FRAGMENT);
	for (size_t length = 2; length < count; length++)
		for (size_t i = 0; i + length <= count; i++)
			add_stretch(b, form, &compound, i, i + length, TERM_FRAGMENT);
	return count;
}

static void add_counterpart(struct builder *b, const struct form *form, size_t part)
{
	char buffer[COUNTERPART_BYTES];
	struct span word = {form->text, form->len};
	struct span other = counterpart(b->chain->lexicon, word, buffer, NULL);
	if (other.len)
		add_stem(b, TERM_GENDER, other, form->begin, form->end, part);
}

static void add_exact(struct builder *b, struct span exact, struct span stem, size_t begin,
	size_t end, size_t part)
{
	if (!b->chain->index_only || !(b->draft->terms.stop || span_equal(exact, stem)))
		add_term(b, TERM_EXACT, exact, begin, end, part);
}

static void add_form(struct builder *b, const struct form *form, size_t part)
{
	struct span exact = fold_cut((struct span){form->text, form->len}, TERM_MAX_BYTES);
	struct span stem = stem_word(b->chain->stemmer, exact);
	add_exact(b, exact, stem, form->begin, form->end, part);
	add_term(b, TERM_STEM, stem, form->begin, form->end, part);
}

static void add_segment(struct builder *b, size_t index, struct form forms[SHAPE_MAX_FORMS])
{
	const struct segment *segment = &b->shape->segments[index];
	struct terms *terms = &b->draft->terms;
	size_t count = shape_forms(b->shape, index, forms);
	if (b->shape->segment_count == 1)
		terms->stop = stop_word((struct span){forms[0].text, forms[0].len});
	bool tail = segment->end > segment->ending_end;
	for (size_t k = 0; k < count; k++) {
		bool fragment = tail && k >= 2; /* Bürger, Bürgerinnen of Bürger*innenrat */
		size_t part = fragment ? TERM_FRAGMENT : terms->hyphenated ? index + 1 : 0;
		add_form(b, &forms[k], part);
	}
	for (size_t k = 0; k < count; k++) {
		bool whole = k == 0 && !terms->hyphenated;
		size_t parts = add_parts(b, &forms[k], whole);
		if (whole)
			terms->compound = (uint8_t)parts;
	}
	if (segment->gender == GENDER_NONE && !b->chain->index_only)
		add_counterpart(b, &forms[0], terms->hyphenated ? index + 1 : 0);
	terms->gendered |= segment->gender != GENDER_NONE;
}

/* EU-Bürger*innen: eubürger and eubürgerinnen, the k-th form of each segment in the k-th. */
static void add_joined(struct builder *b, size_t surface_len)
{
	bool gendered = false;
	for (size_t i = 0; i < b->shape->segment_count; i++)
		gendered |= b->shape->segments[i].gender != GENDER_NONE;
	for (size_t k = 0; k < (gendered ? MAX_JOINED : 1); k++) {
		char text[FORM_MAX_BYTES];
		size_t len = 0;
		for (size_t i = 0; i < b->shape->segment_count; i++) {
			struct form forms[SHAPE_MAX_FORMS];
			size_t count = shape_forms(b->shape, i, forms);
			const struct form *form = &forms[k < count ? k : count - 1];
			size_t room = sizeof(text) - len;
			size_t n = form->len < room ? form->len : room;
			memcpy(text + len, form->text, n);
			len += n;
		}
		struct span exact = fold_cut((struct span){text, len}, TERM_MAX_BYTES);
		add_term(b, TERM_EXACT, exact, 0, surface_len, 0);
		add_stem(b, TERM_JOINED, exact, 0, surface_len, 0);
	}
}

/* The words that a suspended hyphen means; they stand where the written word stands. */
static void add_suspended(
	struct builder *b, const struct form *form, struct span context, size_t surface_len)
{
	struct suspended words[SUSPEND_MAX_WORDS];
	size_t count = suspend_words(b->chain->lexicon, (struct span){form->text, form->len},
		context, surface_len, words);
	for (size_t i = 0; i < count; i++)
		add_stem(b, TERM_JOINED, (struct span){words[i].text, words[i].len}, 0, surface_len,
			TERM_FRAGMENT);
}

/* The forms of a number, a date, a section: written in many ways, one term. */
static void add_norm_forms(struct builder *b, const struct norm *norm)
{
	for (size_t i = 0; i < norm->form_count; i++) {
		const struct norm_form *form = &norm->forms[i];
		bool whole = form->kind == NORM_EXACT;
		struct span text = {form->text, form->len};
		struct span stem = form->word ? stem_word(b->chain->stemmer, text) : text;
		if (whole)
			add_exact(b, text, stem, form->begin, form->end, 0);
		add_term(b, whole ? TERM_STEM : TERM_PART, stem, form->begin, form->end,
			whole ? 0 : TERM_FRAGMENT);
	}
}

static void add_norm_terms(struct builder *b, const struct norm *norm)
{
	struct norm_terms terms;
	struct norm_term term;
	norm_terms_start(&terms, norm);
	while (norm_terms_next(&terms, &term)) {
		if (term.indexed)
			add_term(b, TERM_NORM, term.text, 0, norm->context_len, 0);
		if (term.asked && !b->chain->index_only)
			add_term(b, TERM_ASKED_NORM, term.text, 0, norm->context_len, 0);
	}
}

void terms_compute(struct term_chain *chain, struct span context, struct term_draft *ret)
{
	struct shape shape;
	struct form forms[SHAPE_MAX_FORMS];
	struct builder b = {.chain = chain, .draft = ret, .shape = &shape};
	struct norm norm;
	const char *end = context.ptr + context.len;
	ret->terms = (struct terms){.items = ret->items};
	bool cited = norm_may_begin(context.ptr, end) && norm_read(context.ptr, end, &norm);
	if (cited && norm.form_count) {
		add_norm_forms(&b, &norm);
		add_norm_terms(&b, &norm);
		return;
	}
	size_t len = shape_read(context.ptr, end, false, &shape);
	/* a whole number of letters */
	size_t width = fold_cut((struct span){context.ptr, len}, UINT16_MAX).len;
	if (shape.segment_count > 1) {
		ret->terms.hyphenated = (uint8_t)shape.segment_count;
		add_joined(&b, width);
	}
	for (size_t i = 0; i < shape.segment_count; i++)
		add_segment(&b, i, forms);
	if (cited)
		add_norm_terms(&b, &norm);
	else if (context.len > len)
		add_suspended(&b, &forms[0], context, width);
}
