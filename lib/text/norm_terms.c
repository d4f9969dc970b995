/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Norm terms from what the readers found: for each range, and for each section of it, for each
 * depth of its steps, without and with the act. They are made one at a time, as a range can have
 * hundreds.
 */
#include "text/norm_scan.h"

void norm_terms_start(struct norm_terms *t, const struct norm *norm)
{
	t->norm = norm;
	t->name = t->cite = 0;
	t->member_count = t->variant = t->range = 0;
	t->law_done = norm->law[0] == '\0';
	if (norm->cite_count)
		t->member = norm->cites[0].from;
}

static bool same_number(const struct norm_number *a, const struct norm_number *b)
{
	return a->number == b->number && strcmp(a->letters, b->letters) == 0;
}

/* "go-nrw" stands for "go" as well. */
static size_t general_law_len(const char *law)
{
	const char *hyphen = strchr(law, '-');
	return hyphen ? (size_t)(hyphen - law) : 0;
}

/* 15, 16, 16a, 16b of "15 bis 16b"; false behind the last one. */
static bool next_member(struct norm_number *member, const struct norm_number *to)
{
	if (same_number(member, to))
		return false;
	if (member->number < to->number) {
		member->number++;
		member->letters[0] = '\0';
	} else if (!member->letters[0] && !to->letters[1]) {
		memcpy(member->letters, "a", 2);
	} else if (!member->letters[1] && !to->letters[1] && member->letters[0] < to->letters[0]) {
		member->letters[0]++;
	} else {
		*member = *to;
	}
	return true;
}

/* Where the sentence can be left out: "Abs. 1 Satz 1 Nr. 2" is cited as "Abs. 1 Nr. 2" as well. */
static unsigned sentence_steps(const struct norm_cite *cite)
{
	static const uint8_t satz = 3;
	for (unsigned i = 0; i + 1 < cite->step_count; i++)
		if (cite->steps[i].level == satz)
			return 1u << i;
	return 0;
}

/* True if the cite before has a term of these first steps already. */
static bool is_repeated(const struct norm *norm, size_t cite, unsigned depth)
{
	if (cite == 0)
		return false;
	const struct norm_cite *a = &norm->cites[cite - 1], *b = &norm->cites[cite];
	if (!same_number(&a->from, &b->from) || !same_number(&a->to, &b->to) ||
		a->step_count < depth)
		return false;
	for (unsigned i = 0; i < depth; i++)
		if (a->steps[i].level != b->steps[i].level ||
			!same_number(&a->steps[i].value, &b->steps[i].value))
			return false;
	return true;
}

static void put_number(struct pen *pen, const struct norm_number *number)
{
	if (number->number)
		pen_number(pen, number->number, 1);
	pen_string(pen, number->letters);
}

/* Steps up to `depth`, but for those of the set `without`; then the act, or its first part. */
static struct span put_cite(
	struct norm_terms *t, unsigned depth, unsigned without, const char *law, size_t law_len)
{
	const struct norm_cite *cite = &t->norm->cites[t->cite];
	struct pen pen = {t->text, 0, sizeof(t->text)};
	pen_string(&pen, t->norm->sign);
	put_number(&pen, &t->member);
	for (unsigned i = 0; i < depth; i++) {
		if (without >> i & 1)
			continue;
		pen_string(&pen, " ");
		pen_string(&pen, step_name(cite->steps[i].level));
		put_number(&pen, &cite->steps[i].value);
	}
	if (law_len) {
		pen_string(&pen, " ");
		pen_bytes(&pen, law, law_len);
	}
	return (struct span){t->text, pen.len};
}

static bool is_range(const struct norm_cite *cite)
{
	return !same_number(&cite->from, &cite->to);
}

/* A range as such, "§32-35 sgb2": what a query for it looks for. Without and with the act. */
static bool put_range(struct norm_terms *t, struct norm_term *ret)
{
	const struct norm_cite *cite = &t->norm->cites[t->cite];
	const char *law = t->norm->law;
	const size_t law_lens[] = {0, general_law_len(law), strlen(law)};
	if (!is_range(cite))
		return false;
	while (t->range < sizeof(law_lens) / sizeof(law_lens[0])) {
		size_t law_len = law_lens[t->range++];
		if (t->range > 1 && law_len == 0)
			continue;
		struct pen pen = {t->text, 0, sizeof(t->text)};
		pen_string(&pen, t->norm->sign);
		put_number(&pen, &cite->from);
		pen_string(&pen, "-");
		put_number(&pen, &cite->to);
		if (law_len) {
			pen_string(&pen, " ");
			pen_bytes(&pen, law, law_len);
		}
		*ret = (struct norm_term){{t->text, pen.len}, true, law_len == law_lens[2]};
		return true;
	}
	return false;
}

/* The variant t->variant of the current member; false if there are no more. */
static bool put_variant(struct norm_terms *t, struct norm_term *ret)
{
	const struct norm_cite *cite = &t->norm->cites[t->cite];
	const char *law = t->norm->law;
	const size_t law_lens[] = {0, general_law_len(law), strlen(law)};
	unsigned depths = same_number(&t->member, &cite->to) ? cite->step_count : 0;
	unsigned without = depths ? sentence_steps(cite) : 0;
	/* the depths 0 to `depths`, and one more that leaves the sentence out */
	for (; t->variant < 3 * (depths + 1 + (without != 0)); t->variant++) {
		unsigned depth = t->variant / 3, which_law = t->variant % 3;
		if (which_law > 0 && law_lens[which_law] == 0)
			continue;
		bool extra = depth > depths;
		if (is_repeated(t->norm, t->cite, extra ? depths : depth))
			continue;
		ret->indexed = true;
		ret->asked =
			depth == depths && law_lens[which_law] == law_lens[2] && !is_range(cite);
		ret->text = put_cite(
			t, extra ? depths : depth, extra ? without : 0, law, law_lens[which_law]);
		t->variant++;
		return true;
	}
	return false;
}

bool norm_terms_next(struct norm_terms *t, struct norm_term *ret)
{
	const struct norm *norm = t->norm;
	if (t->name < norm->name_count) {
		const struct norm_name *name = &norm->names[t->name++];
		*ret = (struct norm_term){span_of(name->text), name->indexed, name->asked};
		return true;
	}
	if (!t->law_done) {
		t->law_done = true;
		*ret = (struct norm_term){span_of(norm->law), true, false};
		return true;
	}
	while (t->cite < norm->cite_count) {
		if (put_range(t, ret) || put_variant(t, ret))
			return true;
		t->variant = 0;
		if (next_member(&t->member, &norm->cites[t->cite].to) &&
			++t->member_count < NORM_MAX_MEMBERS)
			continue;
		t->range = 0;
		if (++t->cite < norm->cite_count)
			t->member = norm->cites[t->cite].from;
	}
	return false;
}
