/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is a pattern and what only has a star: decided on the letters and signs of a word, with the
 * analyser's own reading of gender forms. Which words of an index match is found in expand.c.
 */
#include "query/pattern.h"

#include "text/chars.h"
#include "text/fold.h"
#include "text/shape.h"
#include "text/utf8.h"

enum { WORD_BYTES = 240 };

static bool is_letter(uint32_t cp)
{
	enum char_class class = char_class(cp);
	return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_MARK ||
	       class == CHAR_IDEOGRAPH;
}

static bool is_gendered(const char *at, const char *end)
{
	struct shape shape;
	shape_read(at, end, false, &shape);
	for (size_t i = 0; i < shape.segment_count; i++)
		if (shape.segments[i].gender != GENDER_NONE)
			return true;
	return false;
}

/* Queries are often typed in lower case: migrant*innen is Migrant*innen. */
static bool is_gendered_in_capitals(struct span word)
{
	char capital[WORD_BYTES];
	if (word.len >= sizeof(capital) || word.ptr[0] < 'a' || word.ptr[0] > 'z')
		return false;
	memcpy(capital, word.ptr, word.len);
	capital[0] = (char)(capital[0] - 'a' + 'A');
	return is_gendered(capital, capital + word.len);
}

/* Whether one of the runs of letters in the word begins a gender form. */
static bool holds_gender_form(struct span word)
{
	const char *end = word.ptr + word.len;
	bool before = false;
	size_t length;
	for (const char *at = word.ptr; at < end; at += length) {
		bool letter = is_letter(utf8_get(at, end, &length));
		if (letter && !before &&
			(is_gendered(at, end) || is_gendered_in_capitals(span_from(at, end))))
			return true;
		before = letter;
	}
	return false;
}

static struct span without_marks_at_end(struct span word)
{
	while (word.len && strchr(".,;:!?", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

enum pattern_kind pattern_kind(struct span word, struct span *ret)
{
	const char *end;
	size_t letters = 0, wildcards = 0, others = 0, length;
	*ret = word;
	if (!memchr(word.ptr, '*', word.len) && !memchr(word.ptr, '?', word.len))
		return PATTERN_NONE;
	word = without_marks_at_end(word);
	end = word.ptr + word.len;
	for (const char *at = word.ptr; at < end; at += length) {
		uint32_t cp = utf8_get(at, end, &length);
		enum char_class class = char_class(cp);
		if (is_letter(cp))
			letters++;
		else if (cp == '*' || cp == '?')
			wildcards++;
		else if (class != CHAR_HYPHEN && class != CHAR_IGNORED && cp != '\'')
			others++;
	}
	if (wildcards == 0)
		return PATTERN_NONE;
	if (letters && holds_gender_form(word))
		return PATTERN_GENDER;
	if (others || letters == 0 || word.len > WORD_BYTES)
		return memchr(word.ptr, '*', word.len) ? PATTERN_OTHER : PATTERN_NONE;
	*ret = word;
	return letters < PATTERN_MIN_LETTERS ? PATTERN_SHORT : PATTERN_WORD;
}

/* The longest stretch of `text` without a wildcard. */
static struct span longest_stretch(struct span text)
{
	struct span longest = {text.ptr, 0};
	size_t begin = 0;
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '*' && text.ptr[i] != '?')
			continue;
		if (i - begin > longest.len)
			longest = (struct span){text.ptr + begin, i - begin};
		begin = i + 1;
	}
	return longest;
}

struct pattern pattern_make(struct span word, struct arena *arena)
{
	const char *end = word.ptr + word.len;
	char *text = arena_alloc(arena, (word.len + 1) * FOLD_MAX_BYTES);
	size_t len = 0, prefix = SIZE_MAX, length;
	for (const char *at = word.ptr; at < end; at += length) {
		uint32_t cp = utf8_get(at, end, &length);
		enum char_class class = char_class(cp);
		bool wildcard = cp == '*' || cp == '?';
		if (wildcard && prefix == SIZE_MAX)
			prefix = len;
		if (wildcard && !(cp == '*' && len && text[len - 1] == '*'))
			text[len++] = (char)cp;
		else if (!wildcard && class != CHAR_HYPHEN && class != CHAR_IGNORED)
			len += fold_code_point(cp, text + len);
	}
	return (struct pattern){.text = {text, len},
		.prefix = {text, prefix == SIZE_MAX ? len : prefix},
		.inner = longest_stretch((struct span){text, len}),
		.open = len && text[len - 1] == '*'};
}

/* Words are too short for memmem, which prepares itself for longer texts. */
static bool contains(struct span text, struct span part)
{
	for (size_t at = 0; at + part.len <= text.len; at++)
		if (text.ptr[at] == part.ptr[0] && memcmp(text.ptr + at, part.ptr, part.len) == 0)
			return true;
	return false;
}

bool pattern_matches(const struct pattern *pattern, struct span form)
{
	if (pattern->inner.len && !contains(form, pattern->inner))
		return false;
	const char *p = pattern->text.ptr, *p_end = p + pattern->text.len;
	const char *f = form.ptr, *f_end = f + form.len;
	const char *star = NULL, *behind = NULL; /* go on from here if what follows fails */
	while (f < f_end || p < p_end) {
		if (p < p_end && *p == '*') {
			star = ++p;
			behind = f;
			continue;
		}
		if (p < p_end && f < f_end && *p == '?') {
			p++;
			f += utf8_length((unsigned char)*f);
			f = f < f_end ? f : f_end;
			continue;
		}
		if (p < p_end && f < f_end && *p == *f) {
			p++;
			f++;
			continue;
		}
		if (!star || behind >= f_end)
			return false;
		behind += utf8_length((unsigned char)*behind);
		behind = behind < f_end ? behind : f_end;
		f = behind;
		p = star;
	}
	return true;
}
