/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index analyze`: the analyser made visible. Its JSON is what the tables of the tests
 * compare with, so its form is fixed.
 */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "indexer/commands.h"
#include "indexer/lexicon.h"
#include "text/compound.h"
#include "text/decode.h"
#include "text/harmless.h"

static json_t *json_term(const struct term *term, size_t begin, const struct span *surface)
{
	json_t *object = json_object();

	json_object_set_new(object, "t", json_stringn(term->text.ptr, term->text.len));
	json_object_set_new(object, "kind", json_string(term_kind_name(term->kind)));
	if (term->begin != 0 || term->end != surface->len) {
		json_object_set_new(
			object, "begin", json_integer((json_int_t)(begin + term->begin)));
		json_object_set_new(object, "end", json_integer((json_int_t)(begin + term->end)));
	}
	return object;
}

/* The split of a word that was looked at as a compound, whether it was taken or not. */
static bool split_of(const struct analyser *analyser, const struct terms *terms,
	struct compound *ret, struct span *ret_word)
{
	if (terms->count == 0 || terms->hyphenated || terms->items[0].kind != TERM_EXACT)
		return false;
	*ret_word = terms->items[0].text;
	compound_split(analyser_lexicon(analyser), *ret_word, ret);
	return ret->cost < HUGE_VALF;
}

static json_t *json_split(const struct compound *compound, struct span word)
{
	json_t *parts = json_array();

	for (unsigned i = 0; i < compound->count; i++)
		json_array_append_new(
			parts, json_stringn(word.ptr + compound->parts[i].begin,
				       compound->parts[i].end - compound->parts[i].begin));
	return json_pack("{s:o, s:f, s:f}", "parts", parts, "cost", (double)compound->cost,
		"whole_cost", (double)compound->whole_cost);
}

/* " (arbeits|markt 9.12 < 14.80 whole)"; of a word that stays whole, what the best split would
   have cost. */
static void print_split(const struct compound *compound, struct span word)
{
	printf("  (");
	for (unsigned i = 0; i < compound->count; i++) {
		printf("%s", i ? "|" : "");
		print_harmless(stdout, (struct span){word.ptr + compound->parts[i].begin,
					       compound->parts[i].end - compound->parts[i].begin});
	}
	if (compound->count)
		printf(" %.2f < %.2f whole)", (double)compound->cost, (double)compound->whole_cost);
	else
		printf("whole %.2f <= %.2f split)", (double)compound->whole_cost,
			(double)compound->cost);
}

static void print_word_json(const struct analyser *analyser, const struct word *word, size_t begin,
	const struct terms *terms)
{
	json_t *object = json_object(), *list = json_array();
	struct compound compound;
	struct span whole;

	for (unsigned i = 0; i < terms->count; i++)
		json_array_append_new(list, json_term(&terms->items[i], begin, &word->surface));
	json_object_set_new(object, "surface", json_stringn(word->surface.ptr, word->surface.len));
	json_object_set_new(object, "begin", json_integer((json_int_t)begin));
	json_object_set_new(object, "end", json_integer((json_int_t)(begin + word->surface.len)));
	json_object_set_new(object, "position", json_integer(word->position));
	json_object_set_new(object, "terms", list);
	if (split_of(analyser, terms, &compound, &whole))
		json_object_set_new(object, "split", json_split(&compound, whole));
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static void print_word(
	const struct analyser *analyser, const struct word *word, const struct terms *terms)
{
	struct compound compound;
	struct span whole;

	printf("%u  ", word->position);
	print_harmless(stdout, word->surface);
	printf(" ");
	for (unsigned i = 0; i < terms->count; i++) {
		printf(" %s:", term_kind_name(terms->items[i].kind));
		print_harmless(stdout, terms->items[i].text);
	}
	if (split_of(analyser, terms, &compound, &whole))
		print_split(&compound, whole);
	putchar('\n');
}

static void analyze(struct analyser *analyser, struct span raw, bool json)
{
	BUF_SCOPED(text);
	struct word word;

	text_decode(raw, &text, NULL);
	analyser_start(
		analyser, &(struct analyser_input){.text = buf_span(&text), .first_position = 1});
	while (analyser_next(analyser, &word)) {
		const struct terms *terms = analyser_terms(analyser, &word);

		if (json)
			print_word_json(
				analyser, &word, (size_t)(word.surface.ptr - text.ptr), terms);
		else
			print_word(analyser, &word, terms);
	}
}

lupe_status command_analyze(const struct options *options, int *ret_exit, struct lupe_error *err)
{
	struct language language;
	lupe_status st = lexicon_open_installed(&language, options->index_folder, err);

	for (size_t i = 0; i < options->operand_count && st == LUPE_OK; i++)
		analyze(language.analyser, span_of(options->operands[i]), options->json);
	if (options->operand_count == 0 && st == LUPE_OK) {
		BUF_SCOPED(input);

		st = file_read_fd(STDIN_FILENO, "standard input", SIZE_MAX / 2, &input, err);
		if (st == LUPE_OK)
			analyze(language.analyser, buf_span(&input), options->json);
	}
	*ret_exit = EXIT_NOTHING_NEW_FAILED;
	language_close(&language);
	return st;
}
