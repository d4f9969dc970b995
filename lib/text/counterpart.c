/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which words name persons, and how the other gender is made of them, is found when the lexicon is
 * built; here it is looked up, for compounds by their last part. Only words that no dictionary has
 * are judged by their ends, and only -er and -erin: Rintheimerin, Stakeholder.
 */
#include "text/counterpart.h"

#include <string.h>

#include "text/compound.h"

/* `known` is the part of `word`, from `begin` on, that the lexicon knows; empty if it does not. */
static struct span change_end(const struct lexicon *lexicon, struct span word, size_t begin,
	char *buffer, bool *ret_feminine)
{
	struct lexicon_entry entry;
	struct span known = span_skip(word, begin), none = {buffer, 0};
	if (!lexicon_find(lexicon, known, &entry) || !entry.has_counterpart ||
		entry.counterpart.strip > known.len)
		return none;
	if (ret_feminine)
		*ret_feminine = entry.flags & LEXICON_FEMININE;
	return lexicon_edit_apply(&entry.counterpart, word, buffer, COUNTERPART_BYTES);
}

enum { SHORTEST_GUESS_BYTES = 7 };

/* A word in -er, -ers, -ern, -erin or -erinnen that is not known. */
static struct span guess(struct span word, char *buffer, bool *ret_feminine)
{
	static const struct span ends[] = {
		{"erinnen", 7}, {"erin", 4}, {"er", 2}, {"ern", 3}, {"ers", 3}};
	enum { WOMEN = 2, ER = 2 };
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (!span_ends(word, ends[i]) || word.len < ends[i].len + SHORTEST_GUESS_BYTES - ER)
			continue;
		size_t len = word.len - ends[i].len + ER;
		if (len + strlen("in") > COUNTERPART_BYTES)
			break;
		memcpy(buffer, word.ptr, len);
		if (i >= WOMEN)
			memcpy(buffer + len, "in", 2);
		if (ret_feminine)
			*ret_feminine = i < WOMEN;
		return (struct span){buffer, i < WOMEN ? len : len + 2};
	}
	return (struct span){buffer, 0};
}

struct span counterpart(const struct lexicon *lexicon, struct span word,
	char buffer[COUNTERPART_BYTES], bool *ret_feminine)
{
	struct compound compound;
	struct span found = change_end(lexicon, word, 0, buffer, ret_feminine);
	if (found.len)
		return found;
	size_t count = compound_split(lexicon, word, &compound);
	if (count)
		return change_end(
			lexicon, word, compound.parts[count - 1].begin, buffer, ret_feminine);
	struct lexicon_entry entry;
	bool known = lexicon_bytes(lexicon).len == 0 || lexicon_find(lexicon, word, &entry);
	return known ? found : guess(word, buffer, ret_feminine);
}
