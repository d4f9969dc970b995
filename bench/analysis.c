/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench-analysis LEXICON FILE...: how fast text becomes terms. Every file is decoded and analysed
 * as the indexer does it, and nothing is kept. Prints how long the lexicon took to open, megabytes
 * per CPU second and how much of the lexicon is resident afterwards; run it under callgrind for
 * instructions. With "-o" before LEXICON the lexicon is only opened.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "text/analyser.h"
#include "text/decode.h"

enum { MAX_FILE_BYTES = 64 << 20, CACHE_LIMIT_BYTES = 24 << 20 };

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Of the mapping of the file `path`, in kB, as the kernel counts it. */
static long resident_kb(const char *path)
{
	char line[4200];
	long kb = 0, value;
	bool inside = false;
	FILE *maps = fopen("/proc/self/smaps", "r");
	while (maps && fgets(line, sizeof(line), maps)) {
		if (strchr(line, '-') && strchr(line, ' ') && strchr(line, ':') &&
			strchr("0123456789abcdef", line[0]))
			inside = strstr(line, path) != NULL;
		else if (inside && sscanf(line, "Rss: %ld kB", &value) == 1)
			kb += value;
	}
	if (maps)
		fclose(maps);
	return kb;
}

static size_t analyse(struct analyser *analyser, struct span text)
{
	struct read_word words[ANALYSER_BATCH];
	size_t terms = 0, count;
	analyser_start(analyser, &(struct analyser_input){.text = text, .first_position = 1});
	while ((count = analyser_read(analyser, words, ANALYSER_BATCH)))
		for (size_t i = 0; i < count; i++)
			terms += words[i].terms.count;
	return terms;
}

int main(int argc, char **argv)
{
	struct lupe_error err;
	struct lexicon *lexicon;
	size_t bytes = 0, terms = 0;
	int first = argc > 1 && strcmp(argv[1], "-o") == 0 ? 2 : 1;
	if (argc <= first) {
		fprintf(stderr, "usage: bench-analysis [-o] LEXICON FILE...\n");
		return 2;
	}
	double begin = seconds();
	if (lexicon_open(argv[first], &lexicon, &err) != LUPE_OK) {
		fprintf(stderr, "%s\n", err.message);
		return 2;
	}
	printf("lexicon opened in %.0f us\n", (seconds() - begin) * 1e6);
	struct analyser *analyser = analyser_new(lexicon);
	analyser_index_only(analyser);
	begin = seconds();
	for (int i = first + 1; first == 1 && i < argc; i++) {
		BUF_SCOPED(raw);
		BUF_SCOPED(text);
		if (file_read(argv[i], MAX_FILE_BYTES, &raw, &err) != LUPE_OK) {
			fprintf(stderr, "%s\n", err.message);
			return 2;
		}
		text_decode(buf_span(&raw), &text, NULL);
		terms += analyse(analyser, buf_span(&text));
		analyser_trim(analyser, CACHE_LIMIT_BYTES);
		bytes += raw.len;
	}
	double spent = seconds() - begin;
	if (bytes)
		printf("%.1f MB, %zu terms, %.2f s CPU: %.1f MB/s; lexicon resident: %ld kB\n",
			(double)bytes / 1e6, terms, spent, (double)bytes / 1e6 / spent,
			resident_kb(argv[first]));
	analyser_free(analyser);
	lexicon_free(lexicon);
	return 0;
}
