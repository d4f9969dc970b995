/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the words of the index that match a pattern to the stems that have positions. A stem that
 * matches need not be a word: that of Förderung is forder, which must not make forder* find it. It
 * counts if a form that matches has it, or if it stands as a word in a text; where nothing speaks
 * against that, no text is read.
 */
#include "query/expand.h"

#include <stdlib.h>

#include "query/document.h"
#include "query/leaf.h"
#include "query/written.h"
#include "store/schema.h"
#include "text/stem_table.h"

enum { MOST_LOOKED_INTO = 200 };

struct expander {
	struct analyser *analyser;
	xc_database *db;
	struct arena *arena;
	struct alternative *terms;
	size_t count, room;
	struct span *stems; /* to be looked up */
	size_t stem_count;
	struct lupe_error *err;
};

/* The stem of a form; empty if the analyser finds no word in it. */
static struct span stem_of(struct expander *e, struct span form)
{
	struct word word;
	analyser_start(e->analyser, &(struct analyser_input){.text = form, .first_position = 1});
	if (!analyser_next(e->analyser, &word))
		return SPAN("");
	const struct terms *terms = analyser_terms(e->analyser, &word);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM && terms->items[i].part == 0)
			return terms->items[i].text;
	return SPAN("");
}

static lupe_status add_term(
	struct expander *e, const char *prefix, struct span stem, enum tier tier)
{
	uint32_t documents;
	if (e->count == e->room)
		return LUPE_OK;
	struct span term = term_prefixed(e->arena, prefix, stem);
	lupe_status status =
		xc_term_documents(e->db, (struct xc_bytes){term.ptr, term.len}, &documents, e->err);
	if (status == LUPE_OK && documents)
		e->terms[e->count++] = (struct alternative){
			.term = term, .tier = (uint8_t)tier, .documents = documents};
	return status;
}

static int compare_stems(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* Notes a stem to look up. */
static void add_stem(struct expander *e, struct span stem)
{
	e->stems[e->stem_count++] = arena_copy(e->arena, stem);
}

/* Looks up those that were noted, tier by tier and in the order of the store, which then finds most
   of them in the block that it has at hand. */
static lupe_status look_up_stems(struct expander *e)
{
	lupe_status status = LUPE_OK;
	size_t count = 0;
	if (e->stem_count)
		qsort(e->stems, e->stem_count, sizeof(*e->stems), compare_stems);
	for (size_t i = 0; i < e->stem_count; i++)
		if (!count || !span_equal(e->stems[count - 1], e->stems[i]))
			e->stems[count++] = e->stems[i];
	for (size_t i = 0; i < count && status == LUPE_OK; i++)
		status = add_term(e, PREFIX_STEM, e->stems[i], TIER_STEM);
	for (size_t i = 0; i < count && status == LUPE_OK; i++)
		status = add_term(e, PREFIX_JOINED, e->stems[i], TIER_JOINED);
	e->stem_count = 0;
	return status;
}

static int compare_terms(const void *a, const void *b)
{
	return span_compare(
		((const struct alternative *)a)->term, ((const struct alternative *)b)->term);
}

static void sort_terms(struct expander *e)
{
	size_t kept = 0;
	if (e->count)
		qsort(e->terms, e->count, sizeof(*e->terms), compare_terms);
	for (size_t i = 0; i < e->count; i++)
		if (!kept || !span_equal(e->terms[kept - 1].term, e->terms[i].term))
			e->terms[kept++] = e->terms[i];
	e->count = kept;
}

/* ---- stems that are words ---- */

/* How the letter at `at` may be written in a form where the stem has it so: `*ret_len` bytes of the
   stem are `result` in the form. NULL: only so. */
static const char *other_spelling(struct span at, size_t *ret_len)
{
	static const char *const pairs[][2] = {
		{"a", "ä"}, {"o", "ö"}, {"u", "ü"}, {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (span_starts(at, span_of(pairs[i][0]))) {
			*ret_len = strlen(pairs[i][0]);
			return pairs[i][1];
		}
	return NULL;
}

/* The stem, with its letter at `at` spelled so: `len` bytes of it. */
static struct span respell(
	struct expander *e, struct span stem, size_t at, size_t len, const char *spelling)
{
	size_t added = strlen(spelling), rest = stem.len - at - len;
	char *text = arena_alloc(e->arena, at + added + rest + 1);
	memcpy(text, stem.ptr, at);
	memcpy(text + at, spelling, added);
	memcpy(text + at + added, stem.ptr + at + len, rest);
	return (struct span){text, at + added + rest};
}

/* Whether a family of words has the stem: as it stands, or as a verb with the ending of its stem.
 */
static bool has_family(struct span stem)
{
	static const char *const endings[] = {"", "n", "en"};
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		struct span root = {stem.ptr, stem.len - strlen(endings[i])};
		if (span_ends(stem, span_of(endings[i])) &&
			(stem_table_find(
				 &stem_table_builtin, root, (struct stem_sought){.root = true}) ||
				stem_table_find(&stem_table_builtin, root,
					(struct stem_sought){.root = false})))
			return true;
	}
	return false;
}

/* Which of the stems may have forms in the index that do not begin with them: those of a family
   (kam: komm), with an umlaut that the stem has lost, or with ae for the ä of the stem. */
static lupe_status may_be_bare(
	struct expander *e, const struct written **stems, size_t count, bool *ret)
{
	size_t letters = 0, beginning_count = 0;
	for (size_t i = 0; i < count; i++)
		letters += stems[i]->form.len;
	struct beginning *beginnings = arena_alloc(e->arena, (letters + 1) * sizeof(*beginnings));
	for (size_t i = 0; i < count; i++) {
		struct span stem = stems[i]->form;
		ret[i] = has_family(stem);
		for (size_t at = 0, len; at < stem.len && !ret[i]; at++) {
			const char *spelling = other_spelling(span_skip(stem, at), &len);
			if (spelling)
				beginnings[beginning_count++] = (struct beginning){
					respell(e, stem, at, len, spelling), i, false};
		}
	}
	lupe_status status = written_begin(beginnings, beginning_count, e->db, e->err);
	for (size_t i = 0; i < beginning_count && status == LUPE_OK; i++)
		ret[beginnings[i].of] |= beginnings[i].found;
	return status;
}

/* Looks into texts with the stem for one in which a form of it matches; `if_many` is the answer if
   it is in too many texts for that. */
static lupe_status stands_as_word(struct expander *e, const struct pattern *pattern,
	struct span stem, bool if_many, bool *ret)
{
	struct alternative term = {.term = stem, .tier = TIER_STEM, .documents = 1};
	struct slot slot = {.terms = &term, .term_count = 1, .pattern = pattern};
	struct sequence sequence = {.slots = &slot, .slot_count = 1};
	struct leaf leaf = {.sequences = &sequence, .sequence_count = 1, .exact = true};
	struct leaf *leaves[] = {&leaf};
	struct plan plan = {
		.leaves = leaves, .leaf_count = 1, .verify = true, .vias = (1u << VIA_COUNT) - 1};
	struct document *document = document_new(e->db, e->analyser);
	xc_postings *postings = NULL;
	uint32_t docid;
	size_t hits = 0;
	lupe_status status =
		xc_postings_start(e->db, (struct xc_bytes){stem.ptr, stem.len}, &postings, e->err);
	*ret = false;
	for (int i = 0; i < MOST_LOOKED_INTO && !hits && status == LUPE_OK; i++) {
		status = xc_postings_next(postings, &docid, NULL, e->err);
		if (status == LUPE_OK)
			status = document_open(document, docid, &plan, e->err);
		if (status == LUPE_OK)
			document_hits(document, &hits);
	}
	*ret = hits > 0 || (status == LUPE_OK && if_many);
	xc_postings_close(postings);
	document_free(document);
	return status < 0 ? status : LUPE_OK;
}

/* Adds the stem of a form; a stop word has one whether it occurs or not. */
static lupe_status add_form(struct expander *e, const struct pattern *pattern,
	const struct written *word, bool as_written)
{
	struct span stem = stem_of(e, word->form);
	bool occurs = stem.len > 0;
	lupe_status status = LUPE_OK;
	if (word->stop && occurs && !as_written) {
		stem = arena_copy(e->arena, stem);
		status = stands_as_word(e, pattern, stem, false, &occurs);
	}
	if (status == LUPE_OK && occurs)
		add_stem(e, stem);
	return status;
}

static bool is_among(const struct alternative *terms, size_t count, struct span stem)
{
	struct alternative wanted = {.term = stem};
	return count && bsearch(&wanted, terms, count, sizeof(*terms), compare_terms);
}

/* Adds the stems that are words. Those of the forms are in e->terms, sorted. */
static lupe_status add_words(struct expander *e, const struct pattern *pattern,
	const struct written_list *words, bool as_written)
{
	const struct written **stems = arena_alloc(e->arena, (words->count + 1) * sizeof(*stems));
	bool *bare = arena_alloc(e->arena, words->count + 1);
	size_t count = 0;
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i].stem && !is_among(e->terms, e->count, words->items[i].form))
			stems[count++] = &words->items[i];
	if (!as_written)
		status = may_be_bare(e, stems, count, bare);
	for (size_t i = 0; i < count && status == LUPE_OK; i++) {
		bool counts = true;
		if (!as_written && bare[i])
			status = stands_as_word(e, pattern, stems[i]->form, true, &counts);
		if (status == LUPE_OK && counts)
			add_stem(e, stems[i]->form);
	}
	return status == LUPE_OK ? look_up_stems(e) : status;
}

/* What tells that a form that matches is in a document: exact forms do; a stem may be one itself.
   If more words match than are searched for, any of the others may be there, too. */
static void add_proofs(struct expander *e, const struct written_list *words, struct slot *slot)
{
	bool capped = words->count < words->matching;
	slot->written = arena_alloc(e->arena, (words->count + 1) * sizeof(struct span));
	slot->bare = arena_alloc(e->arena, (words->count + e->count + 1) * sizeof(struct span));
	for (size_t i = 0; i < words->count; i++) {
		const struct written *word = &words->items[i];
		struct span stem = word->stop ? stem_of(e, word->form) : SPAN("");
		if (word->stem)
			slot->bare[slot->bare_count++] = word->form;
		else if (stem.len)
			slot->bare[slot->bare_count++] = arena_copy(e->arena, stem);
		else if (!word->stop)
			slot->written[slot->written_count++] =
				term_prefixed(e->arena, PREFIX_EXACT, word->form);
	}
	for (size_t i = 0; i < e->count && capped; i++)
		slot->bare[slot->bare_count++] = e->terms[i].term;
}

lupe_status expand_pattern(const struct pattern *pattern, bool as_written,
	struct analyser *analyser, xc_database *db, struct arena *arena, struct slot *ret,
	size_t *ret_matching, struct lupe_error *err)
{
	struct written_list words;
	struct expander e = {.analyser = analyser, .db = db, .arena = arena, .err = err};
	lupe_status status = written_find(pattern, EXPAND_MOST, db, arena, &words, err);
	if (status != LUPE_OK)
		return status;
	e.room = 2 * words.count;
	e.terms = arena_alloc(arena, (e.room + 1) * sizeof(*e.terms));
	e.stems = arena_alloc(arena, (words.count + 1) * sizeof(*e.stems));
	for (size_t i = 0; i < words.count && status == LUPE_OK; i++)
		if (!words.items[i].stem)
			status = add_form(&e, pattern, &words.items[i], as_written);
	if (status == LUPE_OK)
		status = look_up_stems(&e);
	sort_terms(&e);
	if (status == LUPE_OK)
		status = add_words(&e, pattern, &words, as_written);
	sort_terms(&e);
	*ret = (struct slot){
		.terms = e.terms, .term_count = e.count, .pattern = pattern, .sorted = true};
	add_proofs(&e, &words, ret);
	*ret_matching = words.matching;
	return status;
}
