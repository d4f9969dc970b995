/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What the analyser promises of any text, for the tests that give it any text.
 */
#ifndef LUPE_TESTS_ANALYSIS_H
#define LUPE_TESTS_ANALYSIS_H

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/analyser.h"
#include "text/decode.h"

/** True if `at` bytes into `text` a code point begins, or the text ends. */
static inline bool analysis_is_boundary(struct span text, size_t at)
{
	return at == text.len || (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) != 0x80);
}

/** Appends the terms of a word, one line each; ids, which depend on the past, are left out. */
static inline void analysis_print_terms(const struct terms *terms, struct buf *ret)
{
	buf_printf(ret, "%u terms, %u hyphenated, %u compound%s%s\n", terms->count,
		terms->hyphenated, terms->compound, terms->stop ? ", stop" : "",
		terms->gendered ? ", gendered" : "");
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		buf_printf(ret, "%s %u-%u part %u ", term_kind_name(term->kind), term->begin,
			term->end, term->part);
		buf_add_span(ret, term->text);
		buf_add_byte(ret, '\n');
	}
}

/** Appends every word of `input` with its terms. */
static inline void analysis_print(
	struct analyser *analyser, const struct analyser_input *input, struct buf *ret)
{
	struct word word;
	analyser_start(analyser, input);
	while (analyser_next(analyser, &word)) {
		buf_printf(ret, "%u at %zu: %zu bytes of %zu, ", word.position,
			(size_t)(word.surface.ptr - input->text.ptr), word.surface.len,
			word.context.len);
		analysis_print_terms(analyser_terms(analyser, &word), ret);
	}
}

/** A citation marks all that it consists of, which is more than its first word. */
static inline struct span analysis_reach(const struct word *word, const struct term *term)
{
	bool norm = term->kind == TERM_NORM || term->kind == TERM_ASKED_NORM;
	return norm ? word->context : word->surface;
}

static inline const char *analysis_check_terms(
	const struct analyser *analyser, const struct word *word, const struct terms *terms)
{
	if (terms->count == 0)
		return "a word has no term";
	if (terms->hyphenated == 1 || terms->compound == 1)
		return "a word has one part";
	if (terms->hyphenated && terms->compound)
		return "a word is hyphenated and a compound";
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->text.len == 0 || term->text.len > TERM_MAX_BYTES)
			return "a term is empty or too long";
		if (!utf8_valid(term->text) || memchr(term->text.ptr, '\0', term->text.len))
			return "a term is not UTF-8, or holds a NUL";
		if (term->kind >= TERM_KINDS || term->id >= analyser_term_count(analyser))
			return "a term has no such kind or number";
		struct span reach = analysis_reach(word, term);
		if (term->begin >= term->end || term->end > reach.len)
			return "a term lies outside its word";
		if (!analysis_is_boundary(reach, term->begin) ||
			!analysis_is_boundary(reach, term->end))
			return "a term begins or ends within a code point";
		uint8_t parts = term->kind == TERM_PART ? terms->compound : terms->hyphenated;
		if (term->part > parts && term->part != TERM_FRAGMENT)
			return "a term belongs to a part that is not there";
		for (size_t k = 0; k < i; k++)
			if (terms->items[k].id == term->id)
				return "a word has a term twice";
	}
	return NULL;
}

/** Does the context alone begin with the same word, with the same terms? */
static inline const char *analysis_check_alone(
	struct analyser *other, const struct word *word, const struct terms *terms)
{
	BUF_SCOPED(expected);
	BUF_SCOPED(actual);
	struct word alone;
	/* in memory of its own, so that a look beyond its end is noticed */
	char *copy = mem_alloc(word->context.len);
	memcpy(copy, word->context.ptr, word->context.len);
	struct analyser_input input = {{copy, word->context.len}, 1, NULL, 0};
	const char *broken = NULL;
	analysis_print_terms(terms, &expected);
	analyser_start(other, &input);
	if (!analyser_next(other, &alone) || alone.surface.ptr != copy) {
		broken = "a context alone begins with no word";
	} else {
		analysis_print_terms(analyser_terms(other, &alone), &actual);
		if (alone.surface.len != word->surface.len)
			broken = "a context alone begins with another word";
		else if (alone.context.len != word->context.len)
			broken = "a context alone is another context";
		else if (!span_equal(buf_span(&expected), buf_span(&actual)))
			broken = "a context alone has other terms";
		else if (word->context.len == word->surface.len && analyser_next(other, &alone))
			broken = "a surface alone is several words";
	}
	free(copy);
	return broken;
}

/**
 * Analyses `input` and returns the first promise that is broken, or NULL. Contexts are analysed
 * alone with `other`.
 */
static inline const char *analysis_check(
	struct analyser *analyser, struct analyser *other, const struct analyser_input *input)
{
	struct word word;
	const char *broken = NULL;
	size_t at = 0, next_break = 0;
	uint32_t position = input->first_position;
	analyser_start(analyser, input);
	while (!broken && analyser_next(analyser, &word)) {
		size_t begin = (size_t)(word.surface.ptr - input->text.ptr);
		size_t end = begin + word.surface.len;
		if (word.surface.len == 0 || begin < at || end > input->text.len)
			return "a word is empty, outside the text or not behind the one before";
		if (!analysis_is_boundary(input->text, begin) ||
			!analysis_is_boundary(input->text, end))
			return "a word begins or ends within a code point";
		for (; next_break < input->break_count && input->breaks[next_break] <= begin;
			next_break++)
			position += POSITION_GAP;
		if (next_break < input->break_count && input->breaks[next_break] < end)
			return "a word reaches across a break";
		size_t context_end = begin + word.context.len;
		if (word.context.ptr != word.surface.ptr || context_end < end ||
			context_end > input->text.len)
			return "a context is not a word and what is behind it";
		if (!analysis_is_boundary(input->text, context_end))
			return "a context ends within a code point";
		if (next_break < input->break_count && input->breaks[next_break] < context_end)
			return "a context reaches across a break";
		if (word.position != position++)
			return "a position is neither the next one nor behind a gap";
		const struct terms *terms = analyser_terms(analyser, &word);
		broken = analysis_check_terms(analyser, &word, terms);
		if (!broken)
			broken = analysis_check_alone(other, &word, terms);
		at = end;
	}
	position += (uint32_t)(input->break_count - next_break) * POSITION_GAP;
	if (!broken && analyser_next_position(analyser) != position)
		broken = "the next position is wrong";
	return broken;
}

#endif
