/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chain: words from the tokeniser, their forms from the shape, exact terms and stems of each
 * form, all remembered by surface. What a term means to a database is not known here.
 */
#include "text/analyser.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/cache.h"
#include "text/terms.h"

/* Whether words as written are terms, where they differ from their stems; 0 to measure what they
   cost (doc/performance.md). */
#ifndef EXACT_TIER
#define EXACT_TIER 1
#endif

enum { ID_MASK = (1 << 29) - 1 };

struct analyser {
	struct analyser_input input;
	struct analyser_mark at;
	struct lexicon *no_lexicon; /* in place of one that was not given */
	struct stemmer *stemmer;
	uint64_t families_hash;
	struct cache cache;
	struct term_chain chain;
};

const char *term_kind_name(enum term_kind kind)
{
	static const char *const names[TERM_KINDS] = {
		"exact", "stem", "part", "joined", "gender", "norm", "asked-norm"};
	return names[kind];
}

struct analyser *analyser_new(const struct lexicon *lexicon)
{
	struct analyser *analyser = mem_zalloc(sizeof(*analyser));
	analyser->stemmer = stemmer_new();
	if (!lexicon)
		lexicon = analyser->no_lexicon = lexicon_empty();
	analyser->chain = (struct term_chain){
		.lexicon = lexicon, .stemmer = analyser->stemmer, .cache = &analyser->cache};
	return analyser;
}

void analyser_free(struct analyser *analyser)
{
	if (!analyser)
		return;
	stemmer_free(analyser->stemmer);
	lexicon_free(analyser->no_lexicon);
	cache_done(&analyser->cache);
	free(analyser);
}

void analyser_use_families(
	struct analyser *analyser, const struct stem_table *families, uint64_t hash)
{
	stemmer_use_families(analyser->stemmer, families);
	analyser->families_hash = hash;
}

uint64_t analyser_families_hash(const struct analyser *analyser)
{
	return analyser->families_hash;
}

void analyser_index_only(struct analyser *analyser)
{
	analyser->chain.index_only = true;
}

const struct lexicon *analyser_lexicon(const struct analyser *analyser)
{
	return analyser->chain.lexicon;
}

/* Lets the tokeniser run to the next break, or to the end of the text. */
static void start_stretch(struct analyser *a, const char *from)
{
	const char *end = a->input.text.ptr + a->input.text.len;
	if (a->at.next_break < a->input.break_count)
		end = a->input.text.ptr + a->input.breaks[a->at.next_break];
	token_start(&a->at.tokeniser, span_from(from, end));
}

void analyser_start(struct analyser *a, const struct analyser_input *input)
{
	a->input = *input;
	if (!input->text.ptr) /* empty; there is no arithmetic with NULL */
		a->input.text.ptr = "";
	a->at.next_break = 0;
	a->at.next_position = input->first_position;
	start_stretch(a, a->input.text.ptr);
}

void analyser_start_at(
	struct analyser *a, const struct analyser_input *input, size_t offset, uint32_t position)
{
	a->input = *input;
	a->at.next_break = 0;
	a->at.next_position = position;
	while (a->at.next_break < input->break_count && input->breaks[a->at.next_break] < offset)
		a->at.next_break++;
	start_stretch(a, input->text.ptr + offset);
}

bool analyser_next(struct analyser *a, struct word *ret)
{
	struct token token;
	while (!token_next(&a->at.tokeniser, &token)) {
		if (a->at.next_break == a->input.break_count)
			return false;
		const char *from = a->input.text.ptr + a->input.breaks[a->at.next_break++];
		a->at.next_position += POSITION_GAP;
		start_stretch(a, from);
	}
	ret->surface = token.surface;
	ret->context = token.context;
	ret->position = a->at.next_position++;
	return true;
}

struct analyser_mark analyser_tell(const struct analyser *a)
{
	return a->at;
}

void analyser_resume(
	struct analyser *a, const struct analyser_input *input, const struct analyser_mark *mark)
{
	a->input = *input;
	a->at = *mark;
}

uint32_t analyser_next_position(const struct analyser *a)
{
	return a->at.next_position;
}

const struct terms *analyser_terms(struct analyser *a, const struct word *word)
{
	uint32_t hash = cache_hash(word->context);
	const struct terms *known = cache_find(&a->cache, word->context, hash);
	if (known)
		return known;
	struct term_draft draft;
	terms_compute(&a->chain, word->context, &draft);
	return cache_add(&a->cache, word->context, hash, &draft.terms);
}

/* Whether an exact form says more than the stems of its word. */
static bool exact_counts(const struct terms *terms, const struct term *exact)
{
	if (!EXACT_TIER || terms->stop)
		return false;
	for (unsigned i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM &&
			span_equal(terms->items[i].text, exact->text))
			return false;
	return true;
}

static struct counted_terms compute_counted(struct analyser *a, struct span context, uint32_t hash)
{
	struct term_draft draft;
	struct counted_term items[MAX_TERMS];
	struct counted_terms counted = {items, 0};
	terms_compute(&a->chain, context, &draft);
	for (unsigned i = 0; i < draft.terms.count; i++) {
		const struct term *term = &draft.items[i];
		if (term->kind == TERM_GENDER || term->kind == TERM_ASKED_NORM ||
			(term->kind == TERM_EXACT && !exact_counts(&draft.terms, term)))
			continue;
		items[counted.count++] =
			(struct counted_term){.id = term->id & ID_MASK, .kind = term->kind & 7};
	}
	return cache_add_counted(&a->cache, context, hash, &counted);
}

size_t analyser_read(struct analyser *a, struct read_word *ret, size_t most)
{
	uint32_t hashes[ANALYSER_BATCH];
	size_t count = 0;
	if (most > ANALYSER_BATCH)
		most = ANALYSER_BATCH;
	while (count < most && analyser_next(a, &ret[count].word)) {
		hashes[count] = cache_hash(ret[count].word.context);
		cache_fetch_slot(&a->cache, hashes[count]);
		count++;
	}
	for (size_t i = 0; i < count; i++)
		cache_fetch_counted(&a->cache, hashes[i]);
	for (size_t i = 0; i < count; i++) {
		struct span context = ret[i].word.context;
		if (!cache_find_counted(&a->cache, context, hashes[i], &ret[i].terms))
			ret[i].terms = compute_counted(a, context, hashes[i]);
	}
	return count;
}

struct span analyser_term_text(const struct analyser *a, uint32_t id)
{
	return cache_term_text(&a->cache, id);
}

uint32_t analyser_term_count(const struct analyser *a)
{
	return (uint32_t)a->cache.terms.count;
}

bool analyser_trim(struct analyser *a, size_t limit_bytes)
{
	if (cache_bytes(&a->cache) <= limit_bytes)
		return false;
	cache_clear(&a->cache);
	return true;
}
