/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `lupe-index analyze`: the analyser made visible. Its JSON is what the tables of the tests
 * compare with, so its form is fixed.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "indexer/commands.h"
#include "indexer/lexicon.h"
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

static void print_word_json(const struct word *word, size_t begin, const struct terms *terms)
{
	json_t *object = json_object(), *list = json_array();

	for (unsigned i = 0; i < terms->count; i++)
		json_array_append_new(list, json_term(&terms->items[i], begin, &word->surface));
	json_object_set_new(object, "surface", json_stringn(word->surface.ptr, word->surface.len));
	json_object_set_new(object, "begin", json_integer((json_int_t)begin));
	json_object_set_new(object, "end", json_integer((json_int_t)(begin + word->surface.len)));
	json_object_set_new(object, "position", json_integer(word->position));
	json_object_set_new(object, "terms", list);
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static void print_word(const struct word *word, const struct terms *terms)
{
	printf("%u  ", word->position);
	print_harmless(stdout, word->surface);
	printf(" ");
	for (unsigned i = 0; i < terms->count; i++) {
		printf(" %s:", term_kind_name(terms->items[i].kind));
		print_harmless(stdout, terms->items[i].text);
	}
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
			print_word_json(&word, (size_t)(word.surface.ptr - text.ptr), terms);
		else
			print_word(&word, terms);
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
