/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a lexicon, a user's list and words: nothing is read outside, the parts cover the
 * word. The input is a number of bytes that change a small sound lexicon, then text: words apart by
 * blanks, and behind the first NUL a user's list.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/compound.h"
#include "text/counterpart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void add32(struct buf *buf, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		buf_add_byte(buf, (char)(value >> 8 * i));
}

/* Edges that accept every word over "abens" and ä, each with the record of its number. */
static void make_lexicon(struct buf *ret)
{
	enum { LETTERS = 6, WORDS = 40, RECORDS = 4 };
	static const unsigned char labels[LETTERS] = {'a', 'b', 'e', 'n', 's', 0xc3};
	static const char text[] = "\0en\0";
	buf_add_string(ret, "LupeLex\n");
	add32(ret, 1);
	add32(ret, 64 + (LETTERS + 2) * 8 + WORDS * 2 + RECORDS * 12 + sizeof(text));
	add32(ret, LETTERS + 2);
	add32(ret, WORDS);
	add32(ret, RECORDS);
	add32(ret, sizeof(text));
	add32(ret, 1);
	while (ret->len < 64)
		buf_add_byte(ret, 0);
	add32(ret, 0x200);
	add32(ret, 0);
	for (unsigned i = 0; i < LETTERS; i++) {
		bool last = i + 1 == LETTERS;
		add32(ret, labels[i] | (uint32_t)!last << 8 | (uint32_t)last << 9 |
				   (last ? LETTERS + 1U : 1U) << 10);
		add32(ret, i);
	}
	add32(ret, 0xa4 | 1 << 8 | 1 << 9 | 1 << 10);
	add32(ret, 1);
	for (unsigned i = 0; i < WORDS; i++) {
		buf_add_byte(ret, (char)(i % RECORDS));
		buf_add_byte(ret, 0);
	}
	buf_add(ret, "\x20\x20\0\1\1\0\1\0\0\0\0\0\x40\0\4\0\0\0\0\0\0\0\0\0", 24);
	buf_add(ret, "\0\x50\1\2\0\2\0\0\1\0\0\0\x30\x30\x0a\3\xff\xff\xff\xff\xff\xff\0\0", 24);
	buf_add(ret, text, sizeof(text));
}

_Static_assert((int)COMPOUND_BASE_BYTES == 256 && (int)COUNTERPART_BYTES == 256, "room");

static void try_word(const struct lexicon *lexicon, struct span word)
{
	struct compound compound;
	char buffer[256];
	size_t count = compound_split(lexicon, word, &compound), at = 0;
	check(count != 1 && count <= COMPOUND_MAX_PARTS && count == compound.count);
	for (size_t i = 0; i < count; i++) {
		const struct compound_part *part = &compound.parts[i];
		check(part->begin == at && part->end > part->begin && part->end <= word.len);
		at = part->end;
		check(compound_base(word, part, buffer).len > 0);
	}
	check(!count || at == word.len);
	check(counterpart(lexicon, word, buffer, NULL).len <= COUNTERPART_BYTES);
	lexicon_has_word(lexicon, word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct lexicon *lexicon;
	BUF_SCOPED(file);
	make_lexicon(&file);
	size_t changes = size ? data[0] % 32 : 0;
	for (size_t i = 1; i + 1 < size && i < 1 + 2 * changes; i += 2)
		file.ptr[8 + data[i] % (file.len - 8)] = (char)data[i + 1];
	input = span_skip(input, 1 + 2 * changes < size ? 1 + 2 * changes : size);
	if (lexicon_from_bytes(buf_span(&file), "fuzz", &lexicon, NULL) != LUPE_OK)
		return 0;
	lexicon_verify(lexicon, NULL);
	struct span words = span_take(&input, '\0');
	if (input.ptr)
		lexicon_add_words(lexicon, input, NULL, NULL);
	while (words.ptr)
		try_word(lexicon, span_take(&words, ' '));
	lexicon_free(lexicon);
	return 0;
}
