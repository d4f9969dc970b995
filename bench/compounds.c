/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench-compounds LEXICON GOLD...: how well the splitter does on words split by hand (tab
 * separated: word, split with |, number of parts; a first line that begins with "word" is a
 * heading), and how fast it is. With "-w" before a file: prints the split of each word of it, one a
 * line. With "-v": prints every word that differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "text/compound.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { MAX_FILE_BYTES = 256 << 20 };

struct counts {
	unsigned right, wrong, missed, simple, simple_split, words, same;
};

static struct span fold(struct span word, char *out, size_t room)
{
	const char *at = word.ptr, *end = word.ptr + word.len;
	size_t len = 0, step;
	for (; at < end && len + FOLD_MAX_BYTES <= room; at += step)
		len += fold_code_point(utf8_get(at, end, &step), out + len);
	return (struct span){out, len};
}

static bool has(const uint16_t *places, size_t count, size_t place)
{
	for (size_t i = 0; i < count; i++)
		if (places[i] == place)
			return true;
	return false;
}

static void print_split(struct span word, const struct compound *compound)
{
	size_t part = 1;
	for (size_t i = 0; i < word.len; i++) {
		if (part < compound->count && i == compound->parts[part].begin) {
			putchar('|');
			part++;
		}
		putchar(word.ptr[i]);
	}
}

static void judge(
	const struct lexicon *lexicon, struct span split, bool show, struct counts *counts)
{
	char folded[512], word[512];
	uint16_t gold[64], found[COMPOUND_MAX_PARTS];
	size_t golds = 0, founds, len = 0;
	struct span marked = fold(split, folded, sizeof(folded));
	for (size_t i = 0; i < marked.len && golds < 64; i++)
		if (marked.ptr[i] == '|')
			gold[golds++] = (uint16_t)len;
		else
			word[len++] = marked.ptr[i];
	struct compound compound;
	founds = compound_split(lexicon, (struct span){word, len}, &compound);
	founds = founds ? founds - 1 : 0;
	unsigned right = 0;
	for (size_t i = 0; i < founds; i++) {
		found[i] = compound.parts[i + 1].begin;
		right += has(gold, golds, found[i]);
	}
	counts->right += right;
	counts->wrong += (unsigned)founds - right;
	counts->missed += (unsigned)golds - right;
	counts->words++;
	counts->simple += golds == 0;
	counts->simple_split += golds == 0 && founds;
	bool same = founds == golds && right == founds;
	counts->same += same;
	if (show && !same) {
		printf("%.*s\t", SPAN_ARG(marked));
		print_split((struct span){word, len}, &compound);
		printf("\t%.1f\t%.1f\n", (double)compound.cost, (double)compound.whole_cost);
	}
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void evaluate(const struct lexicon *lexicon, struct span text, bool show, const char *name)
{
	struct counts counts = {0};
	while (text.ptr) {
		struct span line = span_take(&text, '\n');
		struct span word = span_take(&line, '\t'), split = span_take(&line, '\t');
		if (word.len && split.len && !span_equal(word, SPAN("word")))
			judge(lexicon, split, show, &counts);
	}
	double found = counts.right + counts.wrong, there = counts.right + counts.missed;
	double precision = found > 0 ? counts.right / found : 1;
	double recall = there > 0 ? counts.right / there : 1;
	printf("%s: %u words, boundaries: precision %.4f, recall %.4f, F1 %.4f; "
	       "simple words split: %u of %u (%.1f %%); words right: %.1f %%\n",
		name, counts.words, precision, recall,
		precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0,
		counts.simple_split, counts.simple,
		counts.simple ? 100.0 * counts.simple_split / counts.simple : 0,
		100.0 * counts.same / (counts.words ? counts.words : 1));
}

/* Splits the words of a file, one a line, and prints them, or only the speed. */
static void split_words(const struct lexicon *lexicon, struct span text, bool print)
{
	size_t words = 0, parts = 0;
	double begin = seconds();
	while (text.ptr) {
		char folded[512];
		struct compound compound;
		struct span line = span_take(&text, '\n');
		struct span word = fold(span_take(&line, '\t'), folded, sizeof(folded));
		parts += compound_split(lexicon, word, &compound);
		words++;
		if (print) {
			print_split(word, &compound);
			putchar('\n');
		}
	}
	double spent = seconds() - begin;
	if (!print)
		printf("%zu words, %zu parts, %.3f s, %.2f million words a second\n", words, parts,
			spent, (double)words / spent / 1e6);
}

int main(int argc, char **argv)
{
	struct lupe_error err;
	struct lexicon *lexicon;
	double begin = seconds();
	if (argc < 3) {
		fprintf(stderr, "usage: bench-compounds LEXICON [-v | -w | -s] FILE...\n");
		return 2;
	}
	if (lexicon_open(argv[1], &lexicon, &err) != LUPE_OK) {
		fprintf(stderr, "%s\n", err.message);
		return 2;
	}
	struct compound compound;
	compound_split(lexicon, SPAN("integrationskurse"), &compound);
	fprintf(stderr, "opened and first word split in %.0f µs\n", (seconds() - begin) * 1e6);
	char mode = 'e';
	for (int i = 2; i < argc; i++) {
		BUF_SCOPED(text);
		if (argv[i][0] == '-') {
			mode = argv[i][1];
			continue;
		}
		if (file_read(argv[i], MAX_FILE_BYTES, &text, &err) != LUPE_OK) {
			fprintf(stderr, "%s\n", err.message);
			return 2;
		}
		if (mode == 'w' || mode == 's')
			split_words(lexicon, buf_span(&text), mode == 'w');
		else
			evaluate(lexicon, buf_span(&text), mode == 'v', argv[i]);
	}
	lexicon_free(lexicon);
	return 0;
}
