/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the make-up of a written word: first its glyphs up to the first blank, hyphenation at line
 * ends taken out; then, on the glyphs, runs of letters, gender forms, hyphens. What a gender form
 * is, gender.c decides.
 */
#include "text/shape.h"

#include <string.h>

#include "text/chars.h"
#include "text/fold.h"
#include "text/gender.h"
#include "text/utf8.h"

enum { MAX_WORD_BYTES = 1000 }; /* keeps byte offsets within 16 bits, with room */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* If [at, end) is a line end with blanks around it: where the next line's text begins; else NULL.
 */
static const char *skip_line_end(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	if (at == end || (*at != '\n' && *at != '\f'))
		return NULL;
	at++;
	while (at < end && (is_blank(*at) || *at == '\f'))
		at++;
	return at < end && *at != '\n' ? at : NULL;
}

static bool starts_with_word(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word), length;
	if ((size_t)(end - at) < len || memcmp(at, word, len) != 0)
		return false;
	return at + len == end || char_class(utf8_get(at + len, end, &length)) != CHAR_LETTER;
}

/* "Aus-⏎und Weiterbildung": the hyphen stands for a part left out */
static bool starts_with_conjunction(const char *at, const char *end)
{
	static const char *const words[] = {
		"und", "oder", "bzw", "sowie", "als", "noch", "wie", "bis", NULL};
	for (const char *const *word = words; *word; word++)
		if (starts_with_word(at, end, *word))
			return true;
	return false;
}

/* "so-⏎wie", "den-⏎noch": what looks like a conjunction is the rest of the word. */
static bool completes_word(const struct shape *shape, const char *at, const char *end)
{
	static const char *const words[][2] = {{"so", "wie"}, {"irgend", "wie"}, {"gleich", "wie"},
		{"den", "noch"}, {"k\u00fcr", "bis"}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *front = words[i][0], *front_end = front + strlen(front);
		size_t same = 0, length;
		while (front < front_end && same < shape->glyph_count &&
			(shape->glyphs[same].cp | 0x20) == utf8_get(front, front_end, &length)) {
			front += length;
			same++;
		}
		if (front == front_end && same == shape->glyph_count &&
			starts_with_word(at, end, words[i][1]))
			return true;
	}
	return false;
}

static enum char_class class_at(const char *at, const char *end, uint32_t *ret_cp)
{
	size_t length;
	*ret_cp = at < end ? utf8_get(at, end, &length) : 0;
	return at < end ? char_class(*ret_cp) : CHAR_OTHER;
}

/* A hyphen at `hyphen_end - 1` before a line end: where the word goes on; NULL if it does not.
   `*ret_keep` says whether the hyphen belongs to the word (EU-⏎Kommission). */
static const char *join_line(const struct shape *shape, const char *hyphen_end, const char *end,
	bool soft, bool *ret_keep)
{
	const char *next = skip_line_end(hyphen_end, end);
	if (!next || shape->glyph_count == 0)
		return NULL;
	const struct glyph *last = &shape->glyphs[shape->glyph_count - 1];
	if (last->class != CHAR_LETTER && last->cp != '*' && last->cp != ':')
		return NULL;
	uint32_t cp;
	if (class_at(next, end, &cp) != CHAR_LETTER)
		return NULL;
	*ret_keep = char_is_upper(cp) && !soft;
	if (!*ret_keep && !soft && starts_with_conjunction(next, end) &&
		!completes_word(shape, next, end))
		return NULL;
	return next;
}

/* "Migrant *innen", "Migrant* innen": where the form goes on behind the blank; else NULL. */
static const char *join_spaced_star(const struct shape *shape, const char *blank, const char *end)
{
	const char *next = blank + utf8_length((unsigned char)*blank);
	uint32_t cp;
	if (shape->glyph_count < 3 || next >= end)
		return NULL;
	bool behind_star = shape->glyphs[shape->glyph_count - 1].cp == '*';
	if (class_at(next, end, &cp) == CHAR_SIGN && char_plain(cp) == '*' && !behind_star)
		return starts_with_word(next + utf8_length((unsigned char)*next), end, "innen")
			       ? next
			       : NULL;
	return behind_star && starts_with_word(next, end, "innen") ? next : NULL;
}

/* The ASCII letters at `at`, of which nearly all words consist. */
static const char *read_letters(
	const char *at, const char *end, const char *start, struct shape *shape)
{
	for (; at < end && shape->glyph_count < SHAPE_MAX_GLYPHS; at++) {
		if ((unsigned)(*at | 0x20) - 'a' >= 26)
			break;
		shape->glyphs[shape->glyph_count++] = (struct glyph){.cp = (unsigned char)*at,
			.begin = (uint16_t)(at - start),
			.end = (uint16_t)(at + 1 - start),
			.class = CHAR_LETTER};
	}
	return at;
}

static void read_glyphs(const char *at, const char *end, struct shape *shape)
{
	const char *start = at;
	if (end - at > MAX_WORD_BYTES)
		end = at + MAX_WORD_BYTES;
	shape->glyph_count = 0;
	while ((at = read_letters(at, end, start, shape)) < end &&
		shape->glyph_count < SHAPE_MAX_GLYPHS) {
		size_t length;
		uint32_t cp = utf8_get(at, end, &length);
		enum char_class class = char_class(cp);
		const char *next = at + length;
		bool keep = true;
		if (class == CHAR_OTHER || class == CHAR_IDEOGRAPH)
			return;
		if (class == CHAR_SPACE) {
			at = join_spaced_star(shape, at, end);
			if (!at)
				return;
			continue;
		}
		if (class == CHAR_HYPHEN || cp == 0xad) {
			const char *joined = join_line(shape, next, end, cp == 0xad, &keep);
			next = joined ? joined : next;
		}
		if (class != CHAR_IGNORED && keep)
			shape->glyphs[shape->glyph_count++] = (struct glyph){.cp = char_plain(cp),
				.begin = (uint16_t)(at - start),
				.end = (uint16_t)(at + length - start),
				.class = (uint8_t) class};
		at = next;
	}
}

static bool is_word_glyph(const struct shape *s, size_t at)
{
	return at < s->glyph_count &&
	       (s->glyphs[at].class == CHAR_LETTER || s->glyphs[at].class == CHAR_DIGIT ||
		       s->glyphs[at].class == CHAR_MARK);
}

static bool is_class(const struct shape *s, size_t at, enum char_class class)
{
	return at < s->glyph_count && s->glyphs[at].class == class;
}

/* Signs that join what stands on both sides: geht's; 1.500, 1'500, 2,5, 14:30. */
static bool joins(const struct shape *s, size_t at)
{
	uint32_t cp = s->glyphs[at].cp;
	if (cp == '\'' && is_class(s, at - 1, CHAR_LETTER) && is_class(s, at + 1, CHAR_LETTER))
		return true;
	return (cp == '.' || cp == ',' || cp == ':' || cp == '\'') &&
	       is_class(s, at - 1, CHAR_DIGIT) && is_class(s, at + 1, CHAR_DIGIT);
}

/* Behind the run of letters and digits that begins at `at`. */
static size_t read_run(const struct shape *s, size_t at)
{
	at++;
	while (at < s->glyph_count && (is_word_glyph(s, at) || joins(s, at)))
		at++;
	return at;
}

static size_t read_segment(const struct shape *shape, size_t at, bool plain, struct segment *ret)
{
	size_t run_end = read_run(shape, at);
	size_t end = plain ? 0 : gender_match(shape, at, run_end, ret);
	if (!end) {
		end = run_end;
		*ret = (struct segment){.base = (uint16_t)at,
			.base_end = (uint16_t)end,
			.ending = (uint16_t)end,
			.ending_end = (uint16_t)end,
			.end = (uint16_t)end,
			.gender = GENDER_NONE};
	}
	ret->byte_end = shape->glyphs[end - 1].end;
	return end;
}

size_t shape_read(const char *at, const char *end, bool plain, struct shape *ret)
{
	read_glyphs(at, end, ret);
	ret->segment_count = 0;
	if (ret->glyph_count == 0) { /* an ideograph: a word of its own */
		size_t length;
		ret->glyphs[0].cp = utf8_get(at, end, &length);
		ret->glyphs[0] = (struct glyph){
			.cp = ret->glyphs[0].cp, .end = (uint16_t)length, .class = CHAR_LETTER};
		ret->glyph_count = 1;
	}
	size_t glyph = 0;
	do {
		glyph = read_segment(ret, glyph, plain, &ret->segments[ret->segment_count++]);
		if (plain || ret->segment_count == SHAPE_MAX_SEGMENTS ||
			!is_class(ret, glyph, CHAR_HYPHEN) || !is_word_glyph(ret, glyph + 1))
			break;
		glyph++;
	} while (true);
	return ret->segments[ret->segment_count - 1].byte_end;
}

static void add_glyphs(const struct shape *shape, size_t from, size_t to, struct form *form)
{
	form->pieces[form->piece_count].from = (uint16_t)from;
	form->pieces[form->piece_count++].to = (uint16_t)to;
	for (size_t i = from; i < to; i++) {
		uint32_t cp = shape->glyphs[i].cp;
		if (form->len + FOLD_MAX_BYTES > FORM_MAX_BYTES)
			return;
		if (cp - 'a' < 26)
			form->text[form->len++] = (char)cp;
		else
			form->len += fold_code_point(cp, form->text + form->len);
	}
}

static struct form *new_form(
	const struct shape *shape, size_t from, size_t to, struct form *forms, size_t *count)
{
	struct form *form = &forms[(*count)++];
	form->len = 0;
	form->piece_count = 0;
	form->begin = shape->glyphs[from].begin;
	form->end = to > from ? shape->glyphs[to - 1].end : form->begin;
	return form;
}

/* The end of what the feminine ending is put to: an inflected base loses its inflection
   (Teilnehmern/innen, Nachbarn/-innen, Kollegen/-innen, Räte/innen, des Vertreters/-in). */
static size_t feminine_base_end(const struct shape *shape, const struct segment *g)
{
	size_t end = g->base_end, len = end - g->base;
	uint32_t last = shape->glyphs[end - 1].cp;
	uint32_t before = len > 4 ? shape->glyphs[end - 2].cp : 0;
	if ((last == 'n' || last == 's') && before == 'r')
		return end - 1;
	if (last == 'n' && before == 'e')
		return end - 2;
	return last == 'e' ? end - 1 : end;
}

static void noun_forms(
	const struct shape *shape, const struct segment *g, struct form *forms, size_t *count)
{
	/* Mitarbeite*rinnen lost its r before the star */
	bool repaired = shape->glyphs[g->ending].cp == 'r';
	size_t feminine_end = repaired ? g->base_end : feminine_base_end(shape, g);
	for (int with_tail = g->end > g->ending_end; with_tail >= 0; with_tail--) {
		size_t base_to = with_tail ? g->end : g->base_end;
		size_t ending_to = with_tail ? g->end : g->ending_end;
		struct form *base = new_form(shape, g->base, base_to, forms, count);
		add_glyphs(shape, g->base, g->base_end, base);
		if (repaired)
			base->text[base->len++] = 'r';
		struct form *feminine = new_form(shape, g->base, ending_to, forms, count);
		add_glyphs(shape, g->base, feminine_end, feminine);
		add_glyphs(shape, g->ending, g->ending_end, feminine);
		if (with_tail) {
			add_glyphs(shape, g->ending_end, g->end, base);
			add_glyphs(shape, g->ending_end, g->end, feminine);
		}
	}
	if (shape->glyphs[g->ending].cp == 'n') { /* Rom*nja: Rom, Roma, Romnja */
		struct form *plural = new_form(shape, g->base, g->base_end, forms, count);
		add_glyphs(shape, g->base, g->base_end, plural);
		plural->text[plural->len++] = 'a';
	}
}

size_t shape_forms(const struct shape *shape, size_t segment, struct form ret[SHAPE_MAX_FORMS])
{
	const struct segment *g = &shape->segments[segment];
	size_t count = 0;
	if (g->gender == GENDER_NOUN) {
		noun_forms(shape, g, ret, &count);
		return count;
	}
	add_glyphs(shape, g->base, g->base_end, new_form(shape, g->base, g->base_end, ret, &count));
	if (g->gender == GENDER_NONE)
		return count;
	struct form *other = new_form(shape, g->base, g->ending_end, ret, &count);
	size_t kept = g->gender == GENDER_SUFFIX ? g->base_end
		      : g->gender == GENDER_REPLACE
			      ? (size_t)(g->base_end - (shape->glyphs[g->ending].cp == 'e' ? 2 : 1))
			      : g->base;
	if (g->gender == GENDER_PAIR)
		other->begin = shape->glyphs[g->ending].begin;
	add_glyphs(shape, g->base, kept, other);
	add_glyphs(shape, g->ending, g->ending_end, other);
	return count;
}

void form_source(const struct shape *shape, const struct form *form, size_t begin, size_t end,
	uint16_t *ret_begin, uint16_t *ret_end)
{
	char folded[FOLD_MAX_BYTES];
	size_t at = 0;
	*ret_begin = form->begin;
	*ret_end = form->end;
	for (size_t p = 0; p < form->piece_count; p++)
		for (size_t i = form->pieces[p].from; i < form->pieces[p].to; i++) {
			if (at == begin)
				*ret_begin = shape->glyphs[i].begin;
			uint32_t cp = shape->glyphs[i].cp;
			at += cp - 'a' < 26 ? 1 : fold_code_point(cp, folded);
			if (at == end)
				*ret_end = shape->glyphs[i].end;
		}
}
