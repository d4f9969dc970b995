/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Puts lexicon, words and analyser together; where the files are, callers know. */
#include "text/language.h"

#include "base/file.h"

enum { WORDS_LIMIT_BYTES = 16 << 20 };

lupe_status language_open(struct language *ret, const char *lexicon_path, const char *words_path,
	lexicon_complaint *complain, void *context, struct lupe_error *err)
{
	*ret = (struct language){0};
	lupe_status status = lexicon_open(lexicon_path, &ret->lexicon, err);
	if (status == LUPE_OK && words_path) {
		status = file_read(words_path, WORDS_LIMIT_BYTES, &ret->words, err);
		if (status == LUPE_ERROR_NOT_FOUND)
			status = LUPE_OK;
	}
	if (status != LUPE_OK)
		return status;
	if (ret->words.len)
		lexicon_add_words(ret->lexicon, buf_span(&ret->words), complain, context);
	user_families_parse(&ret->families, buf_span(&ret->words), complain, context);
	ret->analyser = language_analyser(ret);
	analyser_name(ret->analyser, ret->name);
	return LUPE_OK;
}

struct analyser *language_analyser(const struct language *language)
{
	struct analyser *analyser = analyser_new(language->lexicon);
	if (language->families.hash)
		analyser_use_families(analyser, &language->families.table, language->families.hash);
	return analyser;
}

void language_close(struct language *language)
{
	analyser_free(language->analyser);
	lexicon_free(language->lexicon);
	user_families_done(&language->families);
	buf_done(&language->words);
	*language = (struct language){0};
}
