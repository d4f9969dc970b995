/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brute force; the only care taken is to be plain. */
#include "naive.h"

#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "query/filter.h"
#include "query/pattern.h"
#include "store/schema.h"
#include "store/seal.h"

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "naive: %s\n", what);
	exit(2);
}

/* ---- reading ---- */

static char *copy(struct span s)
{
	char *string = mem_alloc(s.len + 1);
	if (s.len)
		memcpy(string, s.ptr, s.len);
	string[s.len] = '\0';
	return string;
}

static void read_words(struct naive *n, struct naive_document *d, struct record *record)
{
	size_t capacity = 0;
	for (size_t i = 0; i < record_frame_count(record); i++) {
		const struct frame *frame = record_frame(record, i);
		struct analyser_input input = {.first_position = frame->first_position,
			.text = {d->text.ptr + frame->begin, frame->end - frame->begin}};
		struct word word;
		input.breaks = record_frame_breaks(record, i, &input.break_count);
		analyser_start(n->analyser, &input);
		while (analyser_next(n->analyser, &word)) {
			ARRAY_GROW(d->words, d->word_count, capacity);
			d->words[d->word_count++] = (struct naive_word){
				word.position, analyser_terms(n->analyser, &word), word.surface};
		}
	}
}

static void read_document(struct naive *n, struct naive_document *d, xc_database *db)
{
	struct record *record = record_new();
	xc_document *handle;
	must(xc_document_open(db, d->docid, false, &handle, NULL) == LUPE_OK, "document");
	must(record_open(record, sealed_value, handle, NULL) == LUPE_OK, "record");
	const struct record_fields *f = record_fields(record);
	d->title = copy(f->title);
	d->author = copy(f->author);
	d->body = copy(f->body);
	d->date = copy(f->date);
	d->type = copy(f->type);
	d->path = copy(f->path);
	d->language = copy(f->language);
	for (size_t i = 0; i < record_frame_count(record); i++) {
		struct span text;
		must(record_frame_text(record, i, &text, NULL) == LUPE_OK, "frame");
		buf_add_span(&d->text, text);
	}
	read_words(n, d, record);
	record_free(record);
	xc_document_close(handle);
}

void naive_read(struct naive *n, xc_database *db, struct analyser *analyser)
{
	struct xc_statistics statistics;
	xc_postings *all;
	uint32_t docid;
	must(xc_database_statistics(db, &statistics, NULL) == LUPE_OK, "statistics");
	*n = (struct naive){.analyser = analyser};
	n->documents = mem_zalloc(statistics.documents * sizeof(*n->documents));
	must(xc_postings_start(db, (struct xc_bytes){"", 0}, &all, NULL) == LUPE_OK, "documents");
	while (xc_postings_next(all, &docid, NULL, NULL) == LUPE_OK) {
		n->documents[n->count].docid = docid;
		read_document(n, &n->documents[n->count++], db);
	}
	xc_postings_close(all);
}

void naive_done(struct naive *n)
{
	for (size_t i = 0; i < n->count; i++) {
		struct naive_document *d = &n->documents[i];
		char *const strings[] = {
			d->title, d->author, d->body, d->date, d->type, d->path, d->language};
		for (size_t k = 0; k < sizeof(strings) / sizeof(strings[0]); k++)
			free(strings[k]);
		buf_done(&d->text);
		free(d->words);
	}
	free(n->documents);
}

/* ---- one word ---- */

static bool has_exact(const struct terms *terms, const struct slot *slot)
{
	for (size_t i = 0; i < terms->count; i++) {
		if (terms->items[i].kind != TERM_EXACT)
			continue;
		if (slot->pattern && pattern_matches(slot->pattern, terms->items[i].text))
			return true;
		for (size_t k = 0; k < slot->form_count; k++)
			if (span_equal(slot->forms[k], terms->items[i].text))
				return true;
	}
	return false;
}

static const char *prefix_of(uint8_t kind)
{
	return kind == TERM_STEM     ? PREFIX_STEM
	       : kind == TERM_PART   ? PREFIX_PART
	       : kind == TERM_JOINED ? PREFIX_JOINED
	       : kind == TERM_NORM   ? PREFIX_NORM
				     : NULL;
}

static bool has_term(const struct terms *terms, struct span wanted)
{
	for (size_t i = 0; i < terms->count; i++) {
		const char *prefix = prefix_of(terms->items[i].kind);
		size_t len = prefix ? strlen(prefix) : 0;
		if (prefix && wanted.len >= len && memcmp(wanted.ptr, prefix, len) == 0 &&
			span_equal(span_skip(wanted, len), terms->items[i].text))
			return true;
	}
	return false;
}

/* The stem of a form, by analysing it alone. */
static struct span stem_of(const struct naive *n, struct span form)
{
	struct word word;
	analyser_start(n->analyser, &(struct analyser_input){.text = form, .first_position = 1});
	if (!analyser_next(n->analyser, &word))
		return SPAN("");
	const struct terms *terms = analyser_terms(n->analyser, &word);
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM && terms->items[i].part == 0)
			return terms->items[i].text;
	return SPAN("");
}

enum { MOST_STEMS = 5000 };

/* The stems of all forms of all documents that match an open pattern. */
struct stems {
	char pattern[300];
	struct span items[MOST_STEMS];
	size_t count;
};

static bool is_stem(const struct stems *stems, struct span stem)
{
	for (size_t i = 0; i < stems->count; i++)
		if (span_equal(stems->items[i], stem))
			return true;
	return false;
}

static bool is_own_stem(const struct terms *terms, struct span form)
{
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM && span_equal(terms->items[i].text, form))
			return true;
	return false;
}

static void add_stem(struct stems *stems, struct span stem)
{
	if (is_stem(stems, stem))
		return;
	must(stems->count < MOST_STEMS, "too many stems");
	stems->items[stems->count++] = stem;
}

static const struct stems *stems_of(const struct naive *n, const struct pattern *pattern)
{
	static struct stems stems;
	must(pattern->text.len < sizeof(stems.pattern), "long pattern");
	if (span_equal(span_of(stems.pattern), pattern->text))
		return &stems;
	memset(stems.pattern, 0, sizeof(stems.pattern));
	memcpy(stems.pattern, pattern->text.ptr, pattern->text.len);
	stems.count = 0;
	for (size_t i = 0; i < n->count; i++)
		for (size_t k = 0; k < n->documents[i].word_count; k++) {
			const struct terms *terms = n->documents[i].words[k].terms;
			for (size_t t = 0; t < terms->count; t++) {
				const struct term *term = &terms->items[t];
				if (term->kind != TERM_EXACT ||
					!pattern_matches(pattern, term->text))
					continue;
				/* dates and numbers are their own stems */
				add_stem(&stems, is_own_stem(terms, term->text)
							 ? term->text
							 : stem_of(n, term->text));
			}
		}
	return &stems;
}

static bool word_meets(
	const struct naive *n, const struct naive_word *word, const struct slot *slot, bool exact)
{
	const struct terms *terms = word->terms;
	if (slot->pattern && !exact) {
		const struct stems *stems = stems_of(n, slot->pattern);
		for (size_t i = 0; i < terms->count; i++)
			if ((terms->items[i].kind == TERM_STEM ||
				    terms->items[i].kind == TERM_JOINED) &&
				is_stem(stems, terms->items[i].text))
				return true;
		return false;
	}
	if (exact && !has_exact(terms, slot))
		return false;
	for (size_t i = 0; i < slot->term_count; i++)
		if (has_term(terms, slot->terms[i].term))
			return true;
	return exact && slot->pattern;
}

/* ---- leaves ---- */

struct hits {
	struct hit *items;
	size_t count, room;
};

static void add(struct hits *hits, uint32_t position, size_t words, size_t leaf)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->items[i].position == position && hits->items[i].words == words &&
			hits->items[i].leaf == leaf)
			return;
	must(hits->count < hits->room, "too many hits");
	hits->items[hits->count++] = (struct hit){
		.position = position, .words = (uint16_t)words, .leaf = (uint16_t)leaf};
}

static void find_row(const struct naive *n, const struct naive_document *d, const struct leaf *leaf,
	const struct sequence *sequence, struct hits *hits)
{
	for (size_t at = 0; at + sequence->slot_count <= d->word_count; at++) {
		size_t met = 0;
		while (met < sequence->slot_count &&
			d->words[at + met].position == d->words[at].position + met &&
			word_meets(n, &d->words[at + met], &sequence->slots[met], leaf->exact))
			met++;
		if (met == sequence->slot_count)
			add(hits, d->words[at].position, met, leaf->index);
	}
}

/* Whether the words [from, to) hold all slots, in as many words as there are slots. */
static bool holds_all(const struct naive *n, const struct naive_document *d,
	const struct sequence *sequence, size_t from, size_t to)
{
	size_t words = 0;
	for (size_t s = 0; s < sequence->slot_count; s++) {
		bool found = false;
		for (size_t at = from; at < to && !found; at++)
			found = word_meets(n, &d->words[at], &sequence->slots[s], false);
		if (!found)
			return false;
	}
	for (size_t at = from; at < to; at++) {
		bool any = false;
		for (size_t s = 0; s < sequence->slot_count; s++)
			any |= word_meets(n, &d->words[at], &sequence->slots[s], false);
		words += any;
	}
	return words >= sequence->slot_count;
}

static void find_cover(const struct naive *n, const struct naive_document *d,
	const struct leaf *leaf, const struct sequence *sequence, struct hits *hits)
{
	for (size_t from = 0; from < d->word_count; from++) {
		size_t to = from;
		while (to < d->word_count &&
			d->words[to].position < d->words[from].position + sequence->window)
			to++;
		if (!holds_all(n, d, sequence, from, to))
			continue;
		for (size_t at = from; at < to; at++)
			for (size_t s = 0; s < sequence->slot_count; s++)
				if (word_meets(n, &d->words[at], &sequence->slots[s], false))
					add(hits, d->words[at].position, 1, leaf->index);
	}
}

/* By the expressions of POSIX, line by line: the tests use what both kinds have. */
static void find_regex(const struct naive_document *d, const struct leaf *leaf, struct hits *hits)
{
	regex_t regex;
	char *expression = copy(leaf->text);
	must(regcomp(&regex, expression, REG_EXTENDED | REG_ICASE) == 0, "regcomp");
	struct span rest = buf_span(&d->text);
	uint32_t number = 0;
	while (rest.ptr) {
		char *line = copy(span_take(&rest, '\n'));
		regmatch_t match;
		size_t at = 0;
		while (regexec(&regex, line + at, 1, &match, at ? REG_NOTBOL : 0) == 0 &&
			match.rm_eo > match.rm_so) {
			add(hits, ++number, 1, leaf->index);
			at += (size_t)match.rm_eo;
		}
		free(line);
	}
	free(expression);
	regfree(&regex);
}

static bool brief_has(const struct naive *n, const struct leaf *leaf, const char *text)
{
	struct naive_document d = {.docid = 0};
	struct naive_word words[300];
	struct hit items[300];
	struct hits hits = {items, 0, 300};
	struct word word;
	analyser_start(
		n->analyser, &(struct analyser_input){.text = span_of(text), .first_position = 1});
	while (d.word_count < 300 && analyser_next(n->analyser, &word))
		words[d.word_count++] = (struct naive_word){
			word.position, analyser_terms(n->analyser, &word), word.surface};
	d.words = words;
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		/* stems and parts have terms there, joined words have none */
		struct sequence sequence = leaf->sequences[i];
		if (!sequence.window)
			find_row(n, &d, leaf, &sequence, &hits);
	}
	return hits.count > 0;
}

/* ---- trees ---- */

static bool is_below(const struct node *node, size_t leaf)
{
	if (node->leaf)
		return node->leaf->index == leaf;
	for (const struct node *child = node->children; child; child = child->next)
		if (is_below(child, leaf))
			return true;
	return false;
}

static bool are_near(const struct hit *a, const struct hit *b, uint32_t reach)
{
	if (a->position > b->position) {
		const struct hit *swapped = a;
		a = b;
		b = swapped;
	}
	uint32_t end = a->position + a->words - 1u;
	return b->position > end && b->position - end <= reach;
}

/* Whether a chain goes on from `hit`, of the operand before `node`, to the last one (or back to the
   first one, through the operands listed). */
static bool chain(const struct hits *hits, const struct hit *hit, const struct node *const *way,
	const uint32_t *reach, size_t count)
{
	if (count == 0)
		return true;
	for (size_t i = 0; i < hits->count; i++)
		if (is_below(way[0], hits->items[i].leaf) &&
			are_near(hit, &hits->items[i], reach[0]) &&
			chain(hits, &hits->items[i], way + 1, reach + 1, count - 1))
			return true;
	return false;
}

static bool in_chain(const struct hits *hits, const struct hit *hit, const struct node *near)
{
	const struct node *operands[20], *back[20];
	uint32_t reach[20], back_reach[20];
	size_t count = 0;
	for (const struct node *child = near->children; child; child = child->next) {
		must(count < 20, "operands");
		reach[count] = child->reach;
		operands[count++] = child;
	}
	for (size_t i = 0; i < count; i++) {
		if (!is_below(operands[i], hit->leaf))
			continue;
		for (size_t k = 0; k < i; k++) {
			back[k] = operands[i - 1 - k];
			back_reach[k] = operands[i - k]->reach;
		}
		if (chain(hits, hit, operands + i + 1, reach + i + 1, count - i - 1) &&
			chain(hits, hit, back, back_reach, i))
			return true;
	}
	return false;
}

static void drop_far(struct hits *hits, const struct node *node)
{
	if (node->kind == NODE_NEAR) {
		struct hit *kept = mem_alloc((hits->count + 1) * sizeof(*kept));
		size_t count = 0;
		for (size_t i = 0; i < hits->count; i++)
			if (!is_below(node, hits->items[i].leaf) ||
				in_chain(hits, &hits->items[i], node))
				kept[count++] = hits->items[i];
		memcpy(hits->items, kept, count * sizeof(*kept));
		hits->count = count;
		free(kept);
	}
	for (const struct node *child = node->children; child; child = child->next)
		drop_far(hits, child);
}

/* Whether the glob is that of some components of the path side by side, up to its end or not. */
static bool path_holds(const char *path, const char *glob)
{
	char *whole = copy(span_of(path));
	bool holds = false;
	for (char *begin = whole; begin && !holds; begin = strchr(begin, '/')) {
		begin += begin != whole;
		for (char *end = strchr(begin, '/'); end && !holds; end = strchr(end + 1, '/')) {
			*end = '\0';
			holds = fnmatch(glob, begin, 0) == 0;
			*end = '/';
		}
		holds |= fnmatch(glob, begin, 0) == 0;
	}
	free(whole);
	return holds;
}

static bool filter_holds(const struct naive_document *d, const struct node *node)
{
	char *text = copy(node->text);
	bool holds = false;
	if (node->field == FIELD_DATE)
		holds = dates_hold(&node->dates, span_of(d->date));
	else if (node->field == FIELD_TYPE)
		holds = span_equal(filter_type_name(span_of(d->type)), node->text);
	else if (node->field == FIELD_LANGUAGE)
		holds = strncmp(d->language, text, 2) == 0;
	else
		holds = path_holds(d->path, text);
	free(text);
	return holds;
}

struct finder {
	const struct naive *n;
	const struct naive_document *d;
	const struct hits *hits;
};

static bool is_asked(const struct node *node)
{
	if (node->leaf)
		return !node->leaf->dropped;
	if (node->kind == NODE_FILTER)
		return true;
	for (const struct node *child = node->children; child; child = child->next)
		if (is_asked(child))
			return true;
	return false;
}

static bool leaf_holds(const struct finder *f, const struct leaf *leaf)
{
	if (leaf->field == FIELD_TITLE)
		return brief_has(f->n, leaf, f->d->title);
	if (leaf->field == FIELD_AUTHOR)
		return brief_has(f->n, leaf, f->d->author) || brief_has(f->n, leaf, f->d->body);
	for (size_t i = 0; i < f->hits->count; i++)
		if (f->hits->items[i].leaf == leaf->index)
			return true;
	return false;
}

static bool node_holds(const struct finder *f, const struct node *node)
{
	if (node->leaf)
		return leaf_holds(f, node->leaf);
	if (node->kind == NODE_FILTER)
		return filter_holds(f->d, node);
	if (node->kind == NODE_NOT)
		return !node_holds(f, node->children);
	for (const struct node *child = node->children; child; child = child->next)
		if (is_asked(child) && node_holds(f, child) == (node->kind == NODE_OR))
			return node->kind == NODE_OR;
	return node->kind != NODE_OR;
}

size_t naive_search(const struct naive *n, const struct naive_document *d, const struct plan *plan,
	struct hit *ret, size_t room, bool *ret_matches)
{
	struct hits hits = {ret, 0, room};
	size_t kept = 0;
	for (size_t i = 0; i < plan->leaf_count; i++) {
		const struct leaf *leaf = plan->leaves[i];
		if (leaf->dropped || leaf->field == FIELD_TITLE || leaf->field == FIELD_AUTHOR)
			continue;
		if (leaf->regex)
			find_regex(d, leaf, &hits);
		for (size_t k = 0; k < leaf->sequence_count && !leaf->regex; k++)
			(leaf->sequences[k].window ? find_cover : find_row)(
				n, d, leaf, &leaf->sequences[k], &hits);
	}
	drop_far(&hits, plan->root);
	struct finder finder = {n, d, &hits};
	*ret_matches = node_holds(&finder, plan->root);
	for (size_t i = 0; i < hits.count; i++)
		if (!plan->leaves[hits.items[i].leaf]->negative)
			ret[kept++] = hits.items[i];
	return kept;
}
