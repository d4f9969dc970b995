/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Citations of sections and articles: what follows the sign, as lists, ranges and steps, up to the
 * act at the end.
 *
 *   §§ 5 Abs. 1 und 2 Nr. 3, 7 bis 9 AufenthG
 *      place  step  item  step  place range  law
 *
 * A list may go on with a section of its own sign ("§ 5 und § 6 AufenthG"): that one is read where
 * it begins; here it only leads to the act.
 */
#include "text/norm_scan.h"

struct reader {
	const char *at, *end;
	struct norm *norm;
	struct norm_cite *last; /* the cite that steps and ranges belong to */
	struct norm_cite spare; /* for what is read but not kept */
	const char *own_end;    /* behind what is kept; NULL as long as all is kept */
	bool plural;
	/* What needs no act behind it to be believed; NULL as long as all is such. */
	const char *sure_end;
	size_t sure_count;
	struct norm_cite sure_last; /* the last of them, which what follows may change */
};

const char *cite_sign(const char *at, const char *end, const char **ret_sign, bool *ret_plural)
{
	static const char *const sections[] = {
		"par", "paragraf", "paragrafen", "paragraph", "paragraphen", NULL};
	static const char *const articles[] = {"art", "artikel", "artikeln", "artikels", NULL};
	const char *next = scan_literal(at, end, "\u00a7");
	*ret_plural = false;
	*ret_sign = "\u00a7";
	if (next) {
		const char *second = scan_literal(scan_blank(next, end), end, "\u00a7");
		*ret_plural = second != NULL;
		return second ? second : next;
	}
	struct scan_word word;
	if (!scan_word(at, end, &word))
		return NULL;
	*ret_plural = scan_is(&word, "paragraphen") || scan_is(&word, "paragrafen") ||
		      scan_is(&word, "artikeln");
	bool stop = word.end < end && *word.end == '.';
	if (scan_is_any(&word, articles))
		*ret_sign = "art";
	else if (!scan_is_any(&word, sections) || (scan_is(&word, "par") && !stop))
		return NULL;
	return stop && word.len == 3 ? word.end + 1 : word.end;
}

static struct norm_cite *add_cite(struct reader *r, const struct norm_cite *cite)
{
	bool keep = !r->own_end && r->norm->cite_count < NORM_MAX_CITES;
	struct norm_cite copy = *cite;
	r->last = keep ? &r->norm->cites[r->norm->cite_count++] : &r->spare;
	*r->last = copy;
	return r->last;
}

static void add_place(struct reader *r, const struct norm_number *number)
{
	add_cite(r, &(struct norm_cite){.from = *number, .to = *number, .step_count = 0});
}

/* What is read from here on counts only if an act follows: "nach § 5 und 6 Personen". */
static void doubt(struct reader *r)
{
	if (r->plural || r->sure_end || r->own_end)
		return;
	r->sure_end = r->at;
	r->sure_count = r->norm->cite_count;
	r->sure_last = r->norm->cites[r->sure_count - 1];
}

static void add_step(struct norm_cite *cite, const struct norm_step *step)
{
	if (cite->step_count < NORM_MAX_STEPS)
		cite->steps[cite->step_count++] = *step;
}

static struct norm_step *last_step(const struct reader *r)
{
	return r->last->step_count ? &r->last->steps[r->last->step_count - 1] : NULL;
}

/* The same place with `step` instead of its steps from that level on. */
static void add_other_step(struct reader *r, const struct norm_step *step)
{
	struct norm_cite cite = *r->last;
	size_t kept = 0;
	while (kept < cite.step_count && cite.steps[kept].level < step->level)
		kept++;
	cite.step_count = (uint8_t)kept;
	add_step(&cite, step);
	add_cite(r, &cite);
}

/* ---- ranges ---- */

/* Each value up to `to` as a cite of its own. */
static void extend_step(struct reader *r, const struct norm_number *to)
{
	struct norm_step step = *last_step(r);
	struct norm_number *value = &step.value;
	if (value->number == to->number && !value->letters[1] && !to->letters[1]) {
		while (value->letters[0] && value->letters[0] < to->letters[0]) {
			value->letters[0]++;
			add_other_step(r, &step);
		}
	} else {
		value->letters[0] = '\0';
		while (value->number + 1 < to->number && r->norm->cite_count < NORM_MAX_CITES) {
			value->number++;
			add_other_step(r, &step);
		}
		*value = *to;
		add_other_step(r, &step);
	}
}

static bool is_after(const struct norm_number *a, const struct norm_number *b)
{
	return a->number > b->number ||
	       (a->number == b->number && strcmp(a->letters, b->letters) > 0);
}

/* "bis 5", "-5": the end of a range of places or values. */
static const char *read_range(struct reader *r, const char *at)
{
	static const char *const to_words[] = {"bis", NULL};
	const char *next = scan_any_word(at, r->end, to_words);
	bool dash = !next;
	if (dash)
		next = scan_dash(at, r->end);
	if (!next)
		return NULL;
	next = scan_blank(next, r->end);
	struct norm_step *step = last_step(r);
	struct norm_number to;
	if (step) {
		next = step_value(next, r->end, step->level, &to);
		if (!next || !is_after(&to, &step->value))
			return NULL;
		extend_step(r, &to);
		return next;
	}
	const char *sign, *behind_sign;
	bool plural;
	behind_sign = cite_sign(next, r->end, &sign, &plural);
	if (behind_sign)
		next = scan_blank(behind_sign, r->end);
	next = step_number(next, r->end, 4, &to);
	if (!next || !is_after(&to, &r->last->to) || scan_number_goes_on(next, r->end))
		return NULL;
	if (dash)
		doubt(r);
	r->last->to = to;
	return next;
}

/* "f.": and the next one; "ff.": and those that follow, of which two are taken. */
static const char *read_following(struct reader *r, const char *at)
{
	unsigned count = 0;
	while (at < r->end && count < 3 && *at == 'f') {
		count++;
		at++;
	}
	if (count == 0 || count > 2 || scan_goes_on(at, r->end))
		return NULL;
	struct norm_step *step = last_step(r);
	struct norm_number to = step ? step->value : r->last->to;
	size_t letters = strlen(to.letters);
	if (letters && to.letters[letters - 1] + (int)count <= 'z')
		to.letters[letters - 1] = (char)(to.letters[letters - 1] + (int)count);
	else
		to.number = (uint16_t)(to.number + count);
	if (step && letters < 2)
		extend_step(r, &to);
	else if (!step)
		r->last->to = to;
	return at < r->end && *at == '.' ? at + 1 : at;
}

/* ---- lists ---- */

/* "in Verbindung mit", "i. V. m." */
static const char *read_in_connection(const char *at, const char *end)
{
	static const char *const words[][2] = {{"in", "i"}, {"verbindung", "v"}, {"mit", "m"}};
	if (!scan_letter(at, end, 'i'))
		return NULL;
	for (size_t i = 0; i < 3; i++) {
		struct scan_word word;
		at = scan_blank(at, end);
		if (!scan_word(at, end, &word) ||
			(!scan_is(&word, words[i][0]) && !scan_is(&word, words[i][1])))
			return i == 0 && word.letters == 3 && scan_is(&word, "ivm") ? word.end
										    : NULL;
		at = word.end < end && *word.end == '.' ? word.end + 1 : word.end;
	}
	return at;
}

/* Behind a comma or conjunction (or both: ", und"). */
static const char *read_conjunction(const char *at, const char *end)
{
	static const char *const words[] = {"und", "oder", "sowie", "bzw", "u", "beziehungsweise",
		"sowohl", "als", "auch", "nach", NULL};
	const char *begin = at;
	if (at < end && (*at == ',' || *at == '/'))
		at = scan_blank(at + 1, end);
	for (const char *next; (next = scan_any_word(at, end, words)); at = scan_blank(next, end))
		if (next < end && *next == '.')
			next++;
	const char *next = read_in_connection(at, end);
	if (next)
		at = scan_blank(next, end);
	return at > begin ? at : NULL;
}

/* Is a bare number in a list a place ("§§ 5 Abs. 1, 7 Abs. 2") or a value of the last level? */
static bool is_place(const struct reader *r, const char *behind)
{
	if (r->last->step_count == 0)
		return true;
	struct norm_step step;
	if (step_read(scan_blank(behind, r->end), r->end, &step))
		return step.level <= r->last->steps[0].level;
	return r->plural && r->norm->cite_count == 1 && r->last->steps[0].level > 1;
}

static const char *read_bare_item(struct reader *r, const char *at)
{
	struct norm_number number;
	const char *next = step_number(at, r->end, 4, &number);
	if (next && is_place(r, next)) {
		if (scan_number_goes_on(next, r->end))
			return NULL;
		doubt(r);
		add_place(r, &number);
		return next;
	}
	struct norm_step *last = last_step(r);
	if (!last)
		return NULL;
	struct norm_step step = {.level = last->level};
	next = step_value(at, r->end, step.level, &step.value);
	if (next)
		add_other_step(r, &step);
	return next;
}

/* "oder des § 314": where the sign is, `at` if there is no article, NULL if there is no sign. */
static const char *skip_article(const char *at, const char *end)
{
	static const char *const articles[] = {"des", "der", "den", "die", NULL};
	const char *next = scan_any_word(at, end, articles), *sign;
	bool plural;
	if (!next)
		return at;
	next = scan_blank(next, end);
	return cite_sign(next, end, &sign, &plural) ? next : NULL;
}

static const char *read_item(struct reader *r, const char *at)
{
	const char *next = read_conjunction(at, r->end);
	next = next ? skip_article(next, r->end) : NULL;
	if (!next)
		return NULL;
	struct norm_step step;
	const char *behind = step_read(next, r->end, &step);
	if (behind) {
		add_other_step(r, &step);
		return behind;
	}
	const char *sign;
	bool plural;
	behind = cite_sign(next, r->end, &sign, &plural);
	if (!behind)
		return read_bare_item(r, next);
	struct norm_number number;
	behind = step_number(scan_blank(behind, r->end), r->end, 4, &number);
	if (!behind)
		return NULL;
	if (!r->own_end)
		r->own_end = r->at;
	r->plural = plural;
	add_place(r, &number);
	return behind;
}

/* "§ 16a I 2": the jurists' short form of Abs. 1 Satz 2, believed if an act follows. */
static const char *read_short_steps(struct reader *r, const char *at)
{
	char law[NORM_LAW_BYTES];
	struct norm_step absatz = {.level = 1}, satz = {.level = 3};
	unsigned number, sentence = 0;
	if (r->last->step_count || *at < 'I' || *at > 'X')
		return NULL;
	const char *next = scan_roman(at, r->end, &number);
	if (!next)
		return NULL;
	const char *digits = scan_digits(scan_blank(next, r->end), r->end, 2, &sentence);
	const char *behind =
		digits && sentence && !scan_number_goes_on(digits, r->end) ? digits : next;
	if (!law_read(scan_blank(behind, r->end), r->end, law))
		return NULL;
	absatz.value.number = (uint16_t)number;
	satz.value.number = (uint16_t)sentence;
	add_step(r->last, &absatz);
	if (behind == digits)
		add_step(r->last, &satz);
	return behind;
}

/* What follows the last number read; false at the end of the citation. */
static bool read_more(struct reader *r)
{
	const char *at = scan_blank(r->at, r->end), *next;
	if (at >= r->end)
		return false;
	struct norm_step step;
	if ((next = step_read(at, r->end, &step)))
		add_step(r->last, &step);
	else if (!(next = read_range(r, at)) && !(next = read_following(r, at)) &&
		 !(next = read_item(r, at)) && !(next = read_short_steps(r, at)))
		return false;
	r->at = next;
	return true;
}

bool cite_read(const char *at, const char *number, const char *end, const char *sign, bool plural,
	struct norm *ret)
{
	struct norm_number first;
	number = scan_blank(number, end);
	const char *behind = step_number(number, end, 4, &first);
	if (!behind)
		return false;
	norm_init(ret, at, behind);
	ret->sign = sign;
	struct reader reader = {.at = behind, .end = end, .norm = ret, .plural = plural};
	add_place(&reader, &first);
	while (read_more(&reader))
		;
	const char *law_end = law_read(scan_blank(reader.at, end), end, ret->law);
	if (!law_end && reader.sure_end) {
		ret->cite_count = reader.sure_count;
		ret->cites[ret->cite_count - 1] = reader.sure_last;
		law_end = reader.sure_end;
	} else if (!law_end) {
		law_end = reader.own_end ? reader.own_end : reader.at;
	}
	norm_context(ret, at, law_end);
	return true;
}
