/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which words name persons, and how the other gender is made of them, is found when the lexicon is
 * built; here it is looked up, for compounds by their last part.
 */
#include "text/counterpart.h"

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

struct span counterpart(const struct lexicon *lexicon, struct span word,
	char buffer[COUNTERPART_BYTES], bool *ret_feminine)
{
	struct compound compound;
	struct span found = change_end(lexicon, word, 0, buffer, ret_feminine);
	if (found.len)
		return found;
	size_t count = compound_split(lexicon, word, &compound);
	if (count)
		found = change_end(
			lexicon, word, compound.parts[count - 1].begin, buffer, ret_feminine);
	return found;
}
