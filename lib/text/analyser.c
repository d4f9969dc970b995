/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chain: words from the tokeniser, their forms from the shape, exact terms and stems of each
 * form, all remembered by surface. What a term means to a database is not known here.
 */
#include "text/analyser.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "text/cache.h"
#include "text/fold.h"
#include "text/shape.h"
#include "text/stem.h"
#include "text/stop.h"
#include "text/token.h"

enum {
	/* forms of 8 segments, exact and stem each, and the joined forms */
	MAX_TERMS = SHAPE_MAX_SEGMENTS * SHAPE_MAX_FORMS * 2 + 4,
	MAX_JOINED = 2,
};

struct analyser {
	struct analyser_input input;
	struct analyser_mark at;
	struct stemmer *stemmer;
	struct cache cache;
};

/* Terms of one word while they are collected. */
struct draft {
	struct term items[MAX_TERMS];
	size_t count;
};

const char *term_kind_name(enum term_kind kind)
{
	static const char *const names[TERM_KINDS] = {"exact", "stem", "joined"};
	return names[kind];
}

struct analyser *analyser_new(void)
{
	struct analyser *analyser = mem_zalloc(sizeof(*analyser));
	analyser->stemmer = stemmer_new();
	return analyser;
}

void analyser_free(struct analyser *analyser)
{
	if (!analyser)
		return;
	stemmer_free(analyser->stemmer);
	cache_done(&analyser->cache);
	free(analyser);
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

bool analyser_next(struct analyser *a, struct word *ret)
{
	while (!token_next(&a->at.tokeniser, &ret->surface)) {
		if (a->at.next_break == a->input.break_count)
			return false;
		const char *from = a->input.text.ptr + a->input.breaks[a->at.next_break++];
		a->at.next_position += POSITION_GAP;
		start_stretch(a, from);
	}
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

static void add_term(struct analyser *a, struct draft *draft, enum term_kind kind, struct span text,
	size_t begin, size_t end, uint8_t part)
{
	text = fold_cut(text, TERM_MAX_BYTES);
	if (text.len == 0 || draft->count == MAX_TERMS)
		return;
	struct term term = {.kind = (uint8_t)kind,
		.begin = (uint16_t)begin,
		.end = (uint16_t)end,
		.part = part};
	term.id = cache_intern(&a->cache, kind, text, &term.text);
	for (size_t i = 0; i < draft->count; i++)
		if (draft->items[i].id == term.id)
			return;
	draft->items[draft->count++] = term;
}

static void add_form(struct analyser *a, struct draft *draft, const struct form *form, uint8_t part)
{
	struct span exact = fold_cut((struct span){form->text, form->len}, TERM_MAX_BYTES);
	add_term(a, draft, TERM_EXACT, exact, form->begin, form->end, part);
	add_term(a, draft, TERM_STEM, stem_word(a->stemmer, exact), form->begin, form->end, part);
}

/* EU-Bürger*innen: eubürger and eubürgerinnen, the k-th form of each segment in the k-th. */
static void add_joined(
	struct analyser *a, struct draft *draft, const struct shape *shape, size_t surface_len)
{
	bool gendered = false;
	for (size_t i = 0; i < shape->segment_count; i++)
		gendered |= shape->segments[i].gender != GENDER_NONE;
	for (size_t k = 0; k < (gendered ? MAX_JOINED : 1); k++) {
		struct form whole = {.begin = 0, .end = (uint16_t)surface_len};
		for (size_t i = 0; i < shape->segment_count; i++) {
			struct form forms[SHAPE_MAX_FORMS];
			size_t count = shape_forms(shape, i, forms);
			const struct form *form = &forms[k < count ? k : count - 1];
			size_t room = FORM_MAX_BYTES - whole.len;
			size_t len = form->len < room ? form->len : room;
			memcpy(whole.text + whole.len, form->text, len);
			whole.len += len;
		}
		struct span exact = fold_cut((struct span){whole.text, whole.len}, TERM_MAX_BYTES);
		add_term(a, draft, TERM_EXACT, exact, 0, surface_len, 0);
		add_term(a, draft, TERM_JOINED, stem_word(a->stemmer, exact), 0, surface_len, 0);
	}
}

static const struct terms *compute_terms(struct analyser *a, struct span surface, uint32_t hash)
{
	struct shape shape;
	struct draft draft = {.count = 0};
	size_t width = fold_cut(surface, UINT16_MAX).len; /* a whole number of letters */
	struct terms terms = {.items = draft.items};
	shape_read(surface.ptr, surface.ptr + surface.len, false, &shape);
	if (shape.segment_count > 1)
		add_joined(a, &draft, &shape, width);
	for (size_t i = 0; i < shape.segment_count; i++) {
		const struct segment *segment = &shape.segments[i];
		struct form forms[SHAPE_MAX_FORMS];
		size_t count = shape_forms(&shape, i, forms);
		bool tail = segment->end > segment->ending_end;
		for (size_t k = 0; k < count; k++) {
			bool fragment = tail && k >= 2; /* Bürger, Bürgerinnen of Bürger*innenrat */
			add_form(a, &draft, &forms[k],
				fragment                  ? TERM_FRAGMENT
				: shape.segment_count > 1 ? (uint8_t)(i + 1)
							  : 0);
		}
		terms.gendered |= shape.segments[i].gender != GENDER_NONE;
		terms.stop = shape.segment_count == 1 &&
			     stop_word((struct span){forms[0].text, forms[0].len});
	}
	terms.count = (uint16_t)draft.count;
	terms.parts = shape.segment_count > 1 ? (uint8_t)shape.segment_count : 0;
	return cache_add(&a->cache, surface, hash, &terms);
}

const struct terms *analyser_terms(struct analyser *a, const struct word *word)
{
	uint32_t hash = cache_hash(word->surface);
	const struct terms *known = cache_find(&a->cache, word->surface, hash);
	return known ? known : compute_terms(a, word->surface, hash);
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

/* Words that use every rule and table of the chain. */
#define PROBES                                                                                        \
	"Arbeitsmarktintegration von Migrant*innen und Bürger:innen in der Straße, "                \
	"Schüler/-innen "                                                                            \
	"MitarbeiterInnen Lehrer(in) Kolleg_innen jede*r der*die Beauftragte*r EU-Länder "           \
	"EU-Bürger*innenbeteiligung Aus- und Weiterbildung Fachkräftegewinnung gewinnen Finnen "    \
	"Förderung Kurse Häuser 2.0 1.500 16a § 44a AufenthG 14:30 https://example.org/a_b:innen " \
	"Arbeits-\nmarkt EU-\nKommission Maß\u00adnahme ﬁnanziell geht's Ärztinnen sinti*zze "    \
	"Sinti*zze Rom*nja Mitarbeite*rinnen Migrant *innen snake_case Łódź İstanbul Ελλάδα"

void analyser_name(struct analyser *a, char ret_name[ANALYSER_NAME_BYTES])
{
	struct buf all = BUF_INIT;
	struct word word;
	analyser_start(a, &(struct analyser_input){.text = SPAN(PROBES), .first_position = 1});
	while (analyser_next(a, &word)) {
		const struct terms *terms = analyser_terms(a, &word);
		const uint32_t head[] = {word.position, terms->stop, terms->parts, terms->count};
		buf_add(&all, head, sizeof(head));
		for (size_t i = 0; i < terms->count; i++) {
			const struct term *term = &terms->items[i];
			const uint32_t row[] = {term->kind, term->part, term->begin, term->end};
			buf_add(&all, row, sizeof(row));
			buf_add_span(&all, term->text);
		}
	}
	snprintf(ret_name, ANALYSER_NAME_BYTES, "de-1-%016llx",
		(unsigned long long)hash64(buf_span(&all)));
	buf_done(&all);
}
