/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where words and phrases are found in random documents, against comparing words one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random_world.h"

/* ---- naive search for words, by analysing both sides ---- */

enum { MOST_TERMS = 24 };

/* What may stand for a word as a whole (part 0) or for a hyphenated part of it. */
struct readings {
	char terms[MOST_TERMS][TERM_ROOM];
	uint8_t parts_of[MOST_TERMS];
	uint8_t kinds[MOST_TERMS];
	size_t count;
	uint8_t parts;
	size_t context_len;
};

static size_t read_words(struct world *w, struct span text, struct readings *ret, size_t room)
{
	struct word word;
	size_t count = 0;
	start_text(w, text);
	while (analyser_next(w->analyser, &word) && count < room) {
		const struct terms *terms = analyser_terms(w->analyser, &word);
		struct readings *r = &ret[count++];
		r->count = 0;
		r->parts = terms->hyphenated;
		r->context_len = word.context.len;
		for (size_t i = 0; i < terms->count; i++) {
			if (terms->items[i].kind == TERM_EXACT)
				continue;
			assert_true(r->count < MOST_TERMS);
			snprintf(r->terms[r->count], TERM_ROOM, "%.*s",
				SPAN_ARG(terms->items[i].text));
			r->kinds[r->count] = terms->items[i].kind;
			r->parts_of[r->count++] = terms->items[i].part;
		}
	}
	return count;
}

/* A citation meets citations, other words meet words. */
static bool kinds_meet(uint8_t wanted, uint8_t there)
{
	bool is_word = there == TERM_STEM || there == TERM_PART || there == TERM_JOINED;
	return wanted == TERM_ASKED_NORM
		       ? there == TERM_NORM
		       : is_word && (wanted == TERM_STEM || wanted == TERM_JOINED);
}

static bool reading_meets(
	const struct readings *wanted, uint8_t part, const struct readings *word, bool as_citation)
{
	for (size_t i = 0; i < wanted->count; i++)
		for (size_t k = 0; wanted->parts_of[i] == part && k < word->count; k++)
			if ((wanted->kinds[i] == TERM_ASKED_NORM) == as_citation &&
				kinds_meet(wanted->kinds[i], word->kinds[k]) &&
				strcmp(wanted->terms[i], word->terms[k]) == 0)
				return true;
	return false;
}

static bool has_all_parts(const struct readings *r)
{
	for (uint8_t part = 1; part <= r->parts; part++) {
		bool found = false;
		for (size_t i = 0; i < r->count; i++)
			found |= r->parts_of[i] == part;
		if (!found)
			return false;
	}
	return r->parts > 1;
}

/* Whether the words from `wanted` on stand in `words` from its begin on. */
static bool words_follow(const struct readings *wanted, size_t wanted_count,
	const struct readings *words, size_t word_count)
{
	if (wanted_count == 0)
		return true;
	if (word_count && reading_meets(wanted, 0, words, false) &&
		words_follow(wanted + 1, wanted_count - 1, words + 1, word_count - 1))
		return true;
	if (!has_all_parts(wanted) || word_count < wanted->parts)
		return false;
	for (uint8_t part = 1; part <= wanted->parts; part++)
		if (!reading_meets(wanted, part, words + part - 1, false))
			return false;
	return words_follow(
		wanted + 1, wanted_count - 1, words + wanted->parts, word_count - wanted->parts);
}

static bool parts_share_terms(const struct readings *r)
{
	for (size_t a = 0; a < r->count; a++)
		for (size_t b = 0; b < a; b++)
			if (r->parts_of[a] && r->parts_of[b] && r->parts_of[a] != r->parts_of[b] &&
				strcmp(r->terms[a], r->terms[b]) == 0)
				return true;
	return false;
}

/* Whether all parts of the hyphenated word stand near each other. */
static bool parts_are_near(
	const struct readings *wanted, const struct readings *words, size_t word_count)
{
	struct standing standing = {.slots = wanted->parts, .apart = parts_share_terms(wanted)};
	assert_true(wanted->parts <= MOST_SLOTS);
	for (size_t part = 0; part < wanted->parts; part++)
		for (size_t at = 0; at < word_count; at++)
			standing.at[part][at + 1] =
				reading_meets(wanted, (uint8_t)(part + 1), words + at, false);
	return stand_near(&standing);
}

static bool is_citation(const struct readings *wanted, size_t text_len)
{
	bool asks = false;
	for (size_t i = 0; i < wanted->count; i++)
		asks |= wanted->kinds[i] == TERM_ASKED_NORM;
	return asks && wanted->context_len == text_len;
}

/* `quoted`: as a phrase, in which hyphenated words stand in one piece or side by side. */
static bool text_has(struct world *w, struct sample *s, struct span wanted_text, bool quoted)
{
	static struct readings wanted[16];
	size_t wanted_count = read_words(w, wanted_text, wanted, 16);
	if (!s->words) {
		s->words = calloc(MAX_WORDS, sizeof(*s->words));
		assert_non_null(s->words);
		s->word_count = read_words(w, buf_span(&s->text), s->words, MAX_WORDS);
	}
	bool citation = wanted_count && is_citation(&wanted[0], wanted_text.len);
	if (!citation && !quoted && wanted_count == 1 && has_all_parts(&wanted[0]) &&
		parts_are_near(&wanted[0], s->words, s->word_count))
		return true;
	for (size_t at = 0; at < s->word_count; at++)
		if (citation ? reading_meets(&wanted[0], 0, s->words + at, true)
			     : words_follow(
				       wanted, wanted_count, s->words + at, s->word_count - at))
			return true;
	return false;
}

static void phrases_are_found_where_their_words_follow(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	size_t found = 0;
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run r;
		buf_clear(&query);
		if (i % 4)
			add_phrase(w, &query);
		else
			buf_add_string(&query, i % 8 ? surfaces[random_below(SURFACE_COUNT)]
						     : covers[random_below(COVER_COUNT)]);
		run_start(w, &r, query.ptr, MATCH_ALL);
		struct span words = query.ptr[0] == '"'
					    ? (struct span){query.ptr + 1, query.len - 2}
					    : buf_span(&query);
		size_t count = 0;
		for (size_t k = 0; k < DOC_COUNT && r.plan.all; k++) {
			struct sample *s = &w->samples[k];
			bool listed = false, has = text_has(w, s, words, query.ptr[0] == '"');
			for (size_t m = 0; m < r.results.count; m++)
				listed |= r.results.items[m].docid == s->docid;
			if (listed != has)
				fail_msg("%s: %s: %s", query.ptr, has ? "not found" : "found",
					s->text.ptr);
			count += has;
		}
		assert_int_equal(r.results.total, count);
		found += count > 0;
		run_done(&r);
	}
	assert_true(found > QUERY_COUNT / 2);
}

/* ---- hits and places ---- */

/* One of the words that stand in a window with all the others. */
static bool in_cover(struct sample *s, const struct sequence *sequence, uint32_t position)
{
	struct standing standing;
	find_standing(s, sequence, &standing);
	bool here = false;
	for (size_t i = 0; i < standing.slots; i++)
		here |= standing.at[i][position];
	uint32_t first = position < COVER_WINDOW ? 1 : position - COVER_WINDOW + 1;
	for (uint32_t begin = first; here && begin <= position; begin++) {
		size_t found = 0;
		for (size_t i = 0; i < standing.slots; i++) {
			bool stands = false;
			for (uint32_t k = 0; k < COVER_WINDOW; k++)
				stands |= standing.at[i][begin + k];
			found += stands;
		}
		if (found == standing.slots)
			return true;
	}
	return false;
}

static bool is_among(const struct hit *hit, const struct hit *list, size_t count);

static size_t naive_hits(struct sample *s, const struct plan *plan, struct hit *ret, size_t room)
{
	size_t count = 0;
	for (uint32_t position = 1; position <= MAX_WORDS; position++)
		for (size_t i = 0; i < plan->leaf_count; i++) {
			const struct leaf *leaf = plan->leaves[i];
			if (leaf->dropped || leaf->negative)
				continue;
			for (size_t k = 0; k < leaf->sequence_count; k++) {
				const struct sequence *sequence = &leaf->sequences[k];
				bool window = sequence->window != 0;
				if (window ? !in_cover(s, sequence, position)
					   : !sequence_at(s, sequence, position))
					continue;
				assert_true(count < room);
				ret[count] = (struct hit){position,
					window ? 1 : (uint16_t)sequence->slot_count, (uint16_t)i,
					0};
				count += !is_among(&ret[count], ret, count);
			}
		}
	return count;
}

static bool is_among(const struct hit *hit, const struct hit *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].position == hit->position && list[i].words == hit->words &&
			list[i].leaf == hit->leaf)
			return true;
	return false;
}

/* Analyses the text of a place: it must hold as many words as the hit, or parts of one. */
static void check_place(
	struct world *w, const struct sample *s, const struct hit *hit, const struct place *place)
{
	assert_true(place->begin < place->end && place->end <= s->text.len);
	uint32_t line = 1;
	for (uint32_t i = 0; i < place->begin; i++)
		line += s->text.ptr[i] == '\n';
	assert_int_equal(place->line, line);
	struct word word;
	uint32_t first = 0, last = 0;
	start_text(w, buf_span(&s->text));
	while (analyser_next(w->analyser, &word)) {
		uint32_t begin = (uint32_t)(word.surface.ptr - s->text.ptr);
		uint32_t end = begin + (uint32_t)word.surface.len;
		if (begin <= place->begin && place->begin < end)
			first = word.position;
		if (begin < place->end && place->end <= end)
			last = word.position;
	}
	assert_int_equal(first, hit->position);
	assert_int_equal(last, hit->position + hit->words - 1u);
}

static void hits_are_where_the_words_stand(void **state)
{
	struct world *w = *state;
	static struct hit expected[4096];
	static struct place places[4096];
	BUF_SCOPED(query);
	size_t compared = 0;
	for (size_t i = 0; i < 60; i++) {
		struct run r;
		make_query(w, &query);
		run_start(w, &r, query.ptr, MATCH_ANY);
		for (size_t k = 0; k < r.results.count; k++) {
			size_t count;
			uint32_t docid = r.results.items[k].docid;
			struct sample *s = sample_of(w, docid);
			assert_int_equal(document_open(w->reader, docid, &r.plan, NULL), LUPE_OK);
			const struct hit *hits = document_hits(w->reader, &count);
			size_t expected_count = naive_hits(s, &r.plan, expected, 4096);
			if (count != expected_count)
				fail_msg("%s: %zu hits, not %zu in %s", query.ptr, count,
					expected_count, s->text.ptr);
			assert_int_equal(
				document_locate(w->reader, 0, count, places, NULL), LUPE_OK);
			for (size_t m = 0; m < count; m++) {
				assert_true(m == 0 || hits[m].position >= hits[m - 1].position);
				assert_true(is_among(&hits[m], expected, expected_count));
				check_place(w, s, &hits[m], &places[m]);
			}
			compared += count;
		}
		run_done(&r);
	}
	assert_true(compared > 2000);
}

/* Whether a word stands in the text in just these letters, a gender form's two readings and the
   parts of a hyphenated word included. */
static bool has_form(struct world *w, struct sample *s, struct span form)
{
	struct word word;
	start_text(w, buf_span(&s->text));
	while (analyser_next(w->analyser, &word)) {
		const struct terms *terms = analyser_terms(w->analyser, &word);
		for (size_t i = 0; i < terms->count; i++)
			if (terms->items[i].kind == TERM_EXACT &&
				span_equal(terms->items[i].text, form))
				return true;
	}
	return false;
}

static void exact_words_are_found_as_written_also_when_excluded(void **state)
{
	struct world *w = *state;
	static const char *const pairs[][2] = {{"=Haus", "haus"}, {"=Häuser", "häuser"},
		{"=Migrant", "migrant"}, {"=Migrantinnen", "migrantinnen"}, {"=Länder", "länder"},
		{"=Straße", "strasse"}, {"=Baden", "baden"}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct run with, without, land;
		BUF_SCOPED(query);
		size_t count = 0;
		buf_printf(&query, "NICHT %s", pairs[i][0]);
		run_start(w, &with, pairs[i][0], MATCH_AUTO);
		run_start(w, &without, query.ptr, MATCH_AUTO);
		for (size_t k = 0; k < DOC_COUNT; k++)
			count += has_form(w, &w->samples[k], span_of(pairs[i][1]));
		assert_int_equal(with.results.total, count);
		assert_int_equal(without.results.total, DOC_COUNT - count);
		buf_clear(&query);
		buf_printf(&query, "Land -(%s ODER Rat)", pairs[i][0]);
		run_start(w, &land, query.ptr, MATCH_ALL);
		count = 0;
		for (size_t k = 0; k < DOC_COUNT; k++)
			count += text_has(w, &w->samples[k], SPAN("Land"), false) &&
				 !text_has(w, &w->samples[k], SPAN("Rat"), false) &&
				 !has_form(w, &w->samples[k], span_of(pairs[i][1]));
		assert_int_equal(land.results.total, count);
		run_done(&with);
		run_done(&without);
		run_done(&land);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phrases_are_found_where_their_words_follow),
		cmocka_unit_test(hits_are_where_the_words_stand),
		cmocka_unit_test(exact_words_are_found_as_written_also_when_excluded),
	};
	return cmocka_run_group_tests(tests, world_make, world_free);
}
