/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The analyser with what it knows of the language: the lexicon, and a user's own words.
 *
 * An index keeps a copy of both in its generation, under the names below, so that a query and an
 * update analyse as the first build did.
 */
#ifndef LUPE_TEXT_LANGUAGE_H
#define LUPE_TEXT_LANGUAGE_H

#include "base/buf.h"
#include "lupe/status.h"
#include "text/analyser.h"
#include "text/user_families.h"

#define LEXICON_FILE "lexicon"
#define WORDS_FILE "words.txt"

struct language {
	struct lexicon *lexicon;
	struct buf words;              /**< the user's list as it stands in its file */
	struct user_families families; /**< of that list */
	struct analyser *analyser;
	char name[ANALYSER_NAME_BYTES]; /**< see analyser_name */
};

/**
 * Opens a lexicon file and, if it is there, a user's list; `complain` (may be NULL) is told of
 * lines in it that cannot be used. End with language_close, after errors too. Errors: those of
 * lexicon_open; IO, LIMIT for the list.
 */
lupe_status language_open(struct language *ret, const char *lexicon_path, const char *words_path,
	lexicon_complaint *complain, void *context, struct lupe_error *err);
void language_close(struct language *language);
/** One more analyser of this language, for another thread. Free it with analyser_free, before
    language_close. */
struct analyser *language_analyser(const struct language *language);

#endif
