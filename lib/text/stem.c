/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only caller of libstemmer. What Snowball cannot know about German nouns is mended here. */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/mem.h"

enum { SHORTEST_STEMMED_BYTES = 3 };

struct stemmer {
	struct sb_stemmer *snowball;
};

struct stemmer *stemmer_new(void)
{
	struct stemmer *stemmer = mem_zalloc(sizeof(*stemmer));
	stemmer->snowball = sb_stemmer_new("german", "UTF_8");
	if (!stemmer->snowball) { /* German is in every build: only memory can be lacking */
		free(stemmer);
		return NULL;
	}
	return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
	if (!stemmer)
		return;
	sb_stemmer_delete(stemmer->snowball);
	free(stemmer);
}

/* Words in -innen that are no women: verbs and their nouns, places, peoples. */
static bool is_plain_innen(struct span word)
{
	static const struct span ends[] = {
		{"winnen", 6}, {"beginnen", 8}, {"besinnen", 8}, {"entsinnen", 9}, {"spinnen", 7}};
	static const struct span whole[] = {{"innen", 5}, {"sinnen", 6}, {"ersinnen", 8},
		{"ansinnen", 8}, {"rinnen", 6}, {"gerinnen", 8}, {"zerrinnen", 9}, {"verrinnen", 9},
		{"entrinnen", 9}, {"finnen", 6}, {"zinnen", 6}, {"linnen", 6}, {"minnen", 6},
		{"binnen", 6}, {"drinnen", 7}, {"kinnen", 6}, {"pinnen", 6}};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (span_ends(word, ends[i]))
			return true;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (span_equal(word, whole[i]))
			return true;
	return false;
}

static bool has_digit(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return true;
	return false;
}

struct span stem_word(struct stemmer *stemmer, struct span word)
{
	if (word.len < SHORTEST_STEMMED_BYTES || has_digit(word))
		return word;
	if (span_ends(word, SPAN("innen")) && !is_plain_innen(word))
		word.len -= strlen("nen");
	const sb_symbol *stem =
		sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.ptr, (int)word.len);
	return stem ? (struct span){(const char *)stem,
			      (size_t)sb_stemmer_length(stemmer->snowball)}
		    : word;
}
