/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Which lexicon and which words an index is made with, and the copies it keeps of them.
 */
#ifndef LUPE_INDEXER_LEXICON_H
#define LUPE_INDEXER_LEXICON_H

#include "text/language.h"

/**
 * Opens the installed lexicon ($LUPE_LEXICON, else the one that belongs to the program) with the
 * user's words in `folder`/words.txt, if `folder` is not NULL and it is there; a line of theirs
 * that cannot be used is told on stderr. End with language_close. Errors: as language_open.
 */
lupe_status lexicon_open_installed(
	struct language *ret, const char *folder, struct lupe_error *err);

/**
 * Opens the copies in a generation. Errors: as language_open; SCHEMA if `folder`/words.txt (unless
 * `folder` is NULL) says something else by now: the index must be rebuilt to follow it.
 */
lupe_status lexicon_open_copy(
	struct language *ret, const char *generation, const char *folder, struct lupe_error *err);

/** Whether `folder`/words.txt says something else than the copy in the generation. */
bool lexicon_words_changed(const char *generation, const char *folder);

/** Writes the copies into a generation. Errors: IO. */
lupe_status lexicon_copy(
	const struct language *language, const char *generation, struct lupe_error *err);

#endif
