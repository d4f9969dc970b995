/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a user's words.txt with families: none is read outside, bad lines are told and left
 * out, and words are stemmed with what is left. The input is words, one a line, and behind the
 * first NUL the list.
 */
#include <stdint.h>
#include <stdlib.h>

#include "text/decode.h"
#include "text/fold.h"
#include "text/stem.h"
#include "text/user_families.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

struct told {
	struct span list;
	size_t lines;
	unsigned last;
};

static void count_complaint(void *context, unsigned line, struct span text, const char *reason)
{
	struct told *told = context;
	check(line > told->last && *reason);
	check(text.ptr >= told->list.ptr && text.ptr + text.len <= told->list.ptr + told->list.len);
	told->last = line;
	told->lines++;
}

static void stem_line(struct stemmer *stemmer, struct span line)
{
	enum { ROOM = 240 };
	char folded[ROOM];
	size_t len = fold_word(line, folded, ROOM);
	struct span word = {folded, len < ROOM ? len : ROOM};
	if (!utf8_valid(line) || len > ROOM)
		return;
	struct span stem = stem_word(stemmer, word);
	check(utf8_valid(stem));
	check(word.len == 0 || stem.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct span words = span_take(&input, '\0');
	struct told told = {.list = input};
	struct user_families families, again;
	if (!input.ptr)
		return 0;
	size_t bad = user_families_parse(&families, input, count_complaint, &told);
	check(bad == told.lines);
	check(user_families_parse(&again, input, NULL, NULL) == bad);
	check(again.hash == families.hash);
	struct stemmer *stemmer = stemmer_new();
	stemmer_use_families(stemmer, &families.table);
	while (words.ptr)
		stem_line(stemmer, span_take(&words, '\n'));
	stemmer_free(stemmer);
	user_families_done(&families);
	user_families_done(&again);
	return 0;
}
