/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of the language. An index is analysed with its own copies for as long as it lives, so that
 * a new version of the lexicon changes nothing until a rebuild takes it up.
 */
#include "indexer/lexicon.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "indexer/installed.h"
#include "text/harmless.h"

enum { WORDS_LIMIT_BYTES = 16 << 20 };

static const struct installed installed_lexicon = {
	.environment = "LUPE_LEXICON",
	.beside = {"../share/lupe/de.lexicon", "../lib/de.lexicon"},
	.fallback = LUPE_LEXICON_PATH,
};

static void complain(void *context, unsigned line, struct span text, const char *reason)
{
	fprintf(stderr, "lupe-index: %s, line %u: %s: ", (const char *)context, line, reason);
	print_harmless(stderr, text);
	fputc('\n', stderr);
}

lupe_status lexicon_open_installed(struct language *ret, const char *folder, struct lupe_error *err)
{
	BUF_SCOPED(lexicon);
	char *words = folder ? path_join(folder, WORDS_FILE) : NULL;
	installed_find(&installed_lexicon, &lexicon);
	lupe_status status = language_open(ret, buf_string(&lexicon), words, complain, words, err);
	free(words);
	return status;
}

/* Whether a list says the same as `words`; one that is not there is empty. */
static bool says(const char *folder, struct span words)
{
	BUF_SCOPED(now);
	char *path = path_join(folder, WORDS_FILE);
	lupe_status status = file_read(path, WORDS_LIMIT_BYTES, &now, NULL);
	free(path);
	return (status == LUPE_OK || status == LUPE_ERROR_NOT_FOUND) &&
	       span_equal(buf_span(&now), words);
}

bool lexicon_words_changed(const char *generation, const char *folder)
{
	BUF_SCOPED(copy);
	char *path = path_join(generation, WORDS_FILE);
	lupe_status status = file_read(path, WORDS_LIMIT_BYTES, &copy, NULL);
	free(path);
	return (status == LUPE_OK || status == LUPE_ERROR_NOT_FOUND) &&
	       !says(folder, buf_span(&copy));
}

lupe_status lexicon_open_copy(
	struct language *ret, const char *generation, const char *folder, struct lupe_error *err)
{
	char *lexicon = path_join(generation, LEXICON_FILE);
	char *words = path_join(generation, WORDS_FILE);
	lupe_status status = language_open(ret, lexicon, words, NULL, NULL, err);
	free(lexicon);
	free(words);
	if (status == LUPE_OK && folder && !says(folder, buf_span(&ret->words)))
		status = lupe_fail(err, LUPE_ERROR_SCHEMA,
			"%s/" WORDS_FILE ": changed since the index was made: rebuild needed "
			"(lupe-index rebuild)",
			folder);
	return status;
}

static lupe_status copy(
	const char *generation, const char *name, struct span contents, struct lupe_error *err)
{
	char *path = path_join(generation, name);
	lupe_status status = file_replace(path, contents, 0644, err);
	free(path);
	return status;
}

lupe_status lexicon_copy(
	const struct language *language, const char *generation, struct lupe_error *err)
{
	lupe_status status = copy(generation, LEXICON_FILE, lexicon_bytes(language->lexicon), err);
	if (status == LUPE_OK)
		status = copy(generation, WORDS_FILE, buf_span(&language->words), err);
	return status;
}
