/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A user's list of compounds and of words that are none (words.txt), for lexicon.h. Its families of
 * words are read by user_families.h.
 */
#ifndef LUPE_TEXT_USER_WORDS_H
#define LUPE_TEXT_USER_WORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"

enum { USER_WORD_MAX_PARTS = 12, USER_WORD_MAX_BYTES = 240 };

struct user_word {
	struct span text; /**< folded */
	uint16_t splits[USER_WORD_MAX_PARTS - 1];
	uint8_t split_count;
	bool whole, modifier, head;
};

/** In order of their texts, each once. */
struct user_words {
	struct user_word *items;
	size_t count, capacity;
	struct arena arena;
};

/** As lexicon_complaint. */
typedef void user_words_complaint(
	void *context, unsigned line, struct span text, const char *reason);

/** Reads a list, as lexicon_add_words tells; to be called once. Returns the number of bad lines. */
size_t user_words_parse(
	struct user_words *words, struct span text, user_words_complaint *complain, void *context);
void user_words_done(struct user_words *words);

/** NULL if the list does not have it. Valid until user_words_done. */
const struct user_word *user_words_find(const struct user_words *words, struct span text);
/** Of items [*low, *high), which agree in their first `depth` bytes, those that go on by `byte`. */
void user_words_narrow(
	const struct user_words *words, uint32_t *low, uint32_t *high, uint32_t depth, char byte);

#endif
