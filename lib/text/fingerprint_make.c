/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Run by the build: prints, as a line of C, the fingerprint of the analyser over texts that use
 * every rule and table, so that no program has to compute it when it starts.
 *
 *   make-fingerprint LEXICON TEXT... > analyser_fingerprint.h
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "base/hash.h"
#include "text/decode.h"
#include "text/fingerprint.h"

enum { TEXT_LIMIT_BYTES = 16 << 20 };

static lupe_status add_file(
	struct analyser *analyser, const char *path, uint64_t *hash, struct lupe_error *err)
{
	BUF_SCOPED(raw);
	BUF_SCOPED(text);
	lupe_status status = file_read(path, TEXT_LIMIT_BYTES, &raw, err);
	if (status != LUPE_OK)
		return status;
	text_decode(buf_span(&raw), &text, NULL);
	const uint64_t both[] = {*hash, fingerprint_of(analyser, buf_span(&text))};
	*hash = hash64((struct span){(const char *)both, sizeof(both)});
	return LUPE_OK;
}

int main(int argc, char **argv)
{
	struct lexicon *lexicon = NULL;
	struct lupe_error err;
	uint64_t hash = 0;
	lupe_status status = argc < 3 ? lupe_fail(&err, LUPE_ERROR_ARGUMENT,
						"usage: make-fingerprint LEXICON TEXT...")
				      : lexicon_open(argv[1], &lexicon, &err);
	struct analyser *analyser = status == LUPE_OK ? analyser_new(lexicon) : NULL;
	for (int i = 2; i < argc && status == LUPE_OK; i++)
		status = add_file(analyser, argv[i], &hash, &err);
	analyser_free(analyser);
	lexicon_free(lexicon);
	if (status != LUPE_OK) {
		fprintf(stderr, "make-fingerprint: %s\n", err.message);
		return 1;
	}
	printf("#define ANALYSER_FINGERPRINT 0x%016" PRIx64 "u\n", hash);
	return 0;
}
