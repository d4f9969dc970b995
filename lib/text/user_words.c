/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads words.txt into a sorted array, which is searched by halving: such lists have some hundred
 * lines. A word that must stay whole is entered with the endings of its inflection; the parts of a
 * compound are entered beside it. What the entries mean for a split is the lexicon's to say.
 */
#include "text/user_words.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/user_families.h"
#include "text/utf8.h"

struct reader {
	struct user_words *words;
	user_words_complaint *complain;
	void *context;
	unsigned line;
	size_t bad;
};

static void complain(struct reader *reader, struct span text, const char *reason)
{
	reader->bad++;
	if (reader->complain)
		reader->complain(reader->context, reader->line, text, reason);
}

/* ---- entries ---- */

static struct user_word *add(struct user_words *words, struct span text)
{
	ARRAY_GROW(words->items, words->count, words->capacity);
	struct user_word *item = &words->items[words->count++];
	*item = (struct user_word){.text = arena_copy(&words->arena, text)};
	return item;
}

static void add_whole(struct user_words *words, struct span text)
{
	static const char *const endings[] = {"", "s", "n", "en"};
	char inflected[USER_WORD_MAX_BYTES + 2];
	memcpy(inflected, text.ptr, text.len);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t len = strlen(endings[i]);
		memcpy(inflected + text.len, endings[i], len);
		add(words, (struct span){inflected, text.len + len})->whole = true;
	}
}

static void add_compound(
	struct user_words *words, struct span text, const uint16_t *splits, size_t count)
{
	struct user_word *item = add(words, text);
	memcpy(item->splits, splits, count * sizeof(*splits));
	item->split_count = (uint8_t)count;
	for (size_t i = 0, begin = 0; i <= count; i++) {
		size_t end = i < count ? splits[i] : text.len;
		struct user_word *part = add(words, (struct span){text.ptr + begin, end - begin});
		part->modifier = i < count;
		part->head = i == count;
		begin = end;
	}
}

/* ---- lines ---- */

static bool letters_only(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] >= 'a' && text.ptr[i] <= 'z')
			continue;
		struct span umlaut = {text.ptr + i, 2};
		if (text.len - i < 2 ||
			!(span_equal(umlaut, SPAN("ä")) || span_equal(umlaut, SPAN("ö")) ||
				span_equal(umlaut, SPAN("ü"))))
			return false;
		i++;
	}
	return true;
}

/* Folds `text`; false if it is longer than `room`. */
static bool fold(struct span text, char *out, size_t room, size_t *ret_len)
{
	const char *at = text.ptr, *end = text.ptr + text.len;
	size_t len = 0, step;
	for (; at < end; at += step) {
		char folded[FOLD_MAX_BYTES];
		size_t bytes = fold_code_point(utf8_get(at, end, &step), folded);
		if (bytes > room - len)
			return false;
		memcpy(out + len, folded, bytes);
		len += bytes;
	}
	*ret_len = len;
	return true;
}

static void read_line(struct reader *reader, struct span line)
{
	char folded[USER_WORD_MAX_BYTES];
	uint16_t splits[USER_WORD_MAX_PARTS - 1];
	size_t len = 0, count = 0;
	bool whole = span_starts(line, SPAN("="));
	struct span rest = whole ? span_trim(span_skip(line, 1)) : line;
	if (!utf8_valid(line)) {
		complain(reader, line, "not UTF-8");
		return;
	}
	while (rest.ptr) {
		struct span part = span_take(&rest, '|');
		size_t part_len;
		if (!fold(span_trim(part), folded + len, sizeof(folded) - len, &part_len)) {
			complain(reader, line, "longer than 240 bytes");
			return;
		}
		if (!part_len || !letters_only((struct span){folded + len, part_len})) {
			complain(reader, line,
				part_len ? "letters other than a–z, ä, ö, ü, ß" : "empty part");
			return;
		}
		len += part_len;
		if (rest.ptr && count == sizeof(splits) / sizeof(splits[0])) {
			complain(reader, line, "more than 12 parts");
			return;
		}
		if (rest.ptr)
			splits[count++] = (uint16_t)len;
	}
	if (whole == (count > 0))
		complain(reader, line,
			whole ? "both = and |"
			      : "neither a compound (|), a whole word (=) nor a family (:)");
	else if (whole)
		add_whole(reader->words, (struct span){folded, len});
	else
		add_compound(reader->words, (struct span){folded, len}, splits, count);
}

/* ---- order ---- */

static int compare_items(const void *a, const void *b)
{
	const struct user_word *left = a, *right = b;
	int order = span_compare(left->text, right->text);
	if (order == 0) /* what a line says of the word itself before what others say of a part */
		order = (right->split_count + right->whole) - (left->split_count + left->whole);
	return order;
}

static void sort_and_merge(struct user_words *words)
{
	size_t kept = 0;
	if (words->count)
		qsort(words->items, words->count, sizeof(*words->items), compare_items);
	for (size_t i = 0; i < words->count; i++) {
		struct user_word *item = &words->items[i];
		struct user_word *last = kept ? &words->items[kept - 1] : NULL;
		if (last && span_equal(last->text, item->text)) {
			last->whole |= item->whole;
			last->modifier |= item->modifier;
			last->head |= item->head;
		} else {
			words->items[kept++] = *item;
		}
	}
	words->count = kept;
}

size_t user_words_parse(
	struct user_words *words, struct span text, user_words_complaint *complaint, void *context)
{
	struct reader reader = {words, complaint, context, 0, 0};
	if (span_starts(text, SPAN("\xef\xbb\xbf")))
		text = span_skip(text, 3);
	while (text.ptr) {
		struct span rest = span_take(&text, '\n');
		struct span line = span_trim(span_take(&rest, '#'));
		reader.line++;
		if (line.len && !is_user_family(line))
			read_line(&reader, line);
	}
	sort_and_merge(words);
	return reader.bad;
}

void user_words_done(struct user_words *words)
{
	free(words->items);
	arena_done(&words->arena);
	*words = (struct user_words){.arena = ARENA_INIT};
}

/* ---- looking up ---- */

const struct user_word *user_words_find(const struct user_words *words, struct span text)
{
	size_t low = 0, high = words->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = span_compare(words->items[middle].text, text);
		if (order == 0)
			return &words->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* First of items [low, high) whose byte at `depth` is at least `wanted`; an end is below all. */
static uint32_t lower_bound(
	const struct user_words *words, uint32_t low, uint32_t high, uint32_t depth, int wanted)
{
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct span text = words->items[middle].text;
		int byte = text.len > depth ? (unsigned char)text.ptr[depth] : -1;
		if (byte < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void user_words_narrow(
	const struct user_words *words, uint32_t *low, uint32_t *high, uint32_t depth, char byte)
{
	int wanted = (unsigned char)byte;
	*low = lower_bound(words, *low, *high, depth, wanted);
	*high = lower_bound(words, *low, *high, depth, wanted + 1);
}
