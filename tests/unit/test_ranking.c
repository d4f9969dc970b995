/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What search_run and document_hits say of random documents, against naive counterparts: BM25 by
 * its formula over all documents, phrases by comparing words one by one.
 *
 * The documents are built of few surfaces, so that inflections, gender forms and hyphenated words
 * meet often, and are the same in every run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/file.h"
#include "query/search.h"
#include "scratch.h"
#include "store/schema.h"

enum {
	DOC_COUNT = 120,
	MAX_WORDS = 90,
	MAX_POSTINGS = 400,
	MAX_TERMS = 1000,
	TERM_ROOM = 64,
	QUERY_COUNT = 250,
	ORDER_BYTES = 8,
};

static const char *const surfaces[] = {"Haus", "Häuser", "Hauses", "Stadt", "Städte", "Migrant",
	"Migrantin", "Migrantinnen", "Migrant*innen", "Migranten", "EU-Länder", "Euländer", "EU",
	"Länder", "Land", "Baden-Baden", "Baden", "Bürger:innen", "Bürgerinnen", "Bürger", "Rat",
	"Räte", "Weiterbildung", "Sprach-", "Sprachkurse", "Sprache", "EU-Bürger*innen", "Euburger",
	"der", "die", "und", "in", "2023", "§", "Förderung", "fördern", "Straße", "Strasse",
	"Ost-West-Rat", "Ost", "West"};
enum { SURFACE_COUNT = sizeof(surfaces) / sizeof(surfaces[0]) };

struct posting {
	char term[TERM_ROOM]; /* with prefix */
	uint32_t wdf;
	uint32_t positions[MAX_WORDS];
	uint32_t position_count;
};

/* One document as the test knows it. */
struct sample {
	struct buf text;
	struct posting postings[MAX_POSTINGS];
	size_t posting_count;
	uint32_t length; /* sum of wdf */
	char order[ORDER_BYTES + 1];
	uint32_t docid;
	struct readings *words; /* read when first asked for */
	size_t word_count;
};

struct frequency {
	char term[TERM_ROOM];
	uint32_t documents;
};

struct world {
	struct analyser *analyser;
	xc_writer *writer;
	xc_database *db;
	struct document *reader;
	struct sample samples[DOC_COUNT];
	double average_length;
	struct frequency frequencies[MAX_TERMS];
	size_t frequency_count;
	char *folder;
};

static uint64_t random_state = 88172645463325252u;

static size_t random_below(size_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (size_t)(random_state >> 11) % limit;
}

/* ---- building, as the indexer does ---- */

static struct posting *find_posting(struct sample *s, const char *term)
{
	for (size_t i = 0; i < s->posting_count; i++)
		if (strcmp(s->postings[i].term, term) == 0)
			return &s->postings[i];
	return NULL;
}

static struct posting *posting_of(struct sample *s, const char *prefix, struct span text)
{
	char term[TERM_ROOM];
	assert_true(text.len + 2 < TERM_ROOM);
	snprintf(term, sizeof(term), "%s%.*s", prefix, SPAN_ARG(text));
	struct posting *posting = find_posting(s, term);
	if (posting)
		return posting;
	assert_true(s->posting_count < MAX_POSTINGS);
	posting = &s->postings[s->posting_count++];
	strcpy(posting->term, term);
	return posting;
}

static bool equals_a_stem(const struct terms *terms, const struct term *exact)
{
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM &&
			span_equal(terms->items[i].text, exact->text))
			return true;
	return false;
}

static void count_word(struct sample *s, const struct terms *terms, uint32_t position)
{
	static const char *const prefixes[] = {PREFIX_EXACT, PREFIX_STEM, PREFIX_JOINED};
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (term->kind == TERM_EXACT && equals_a_stem(terms, term))
			continue;
		struct posting *posting = posting_of(s, prefixes[term->kind], term->text);
		uint32_t count = posting->position_count;
		if (count && posting->positions[count - 1] == position)
			continue;
		posting->positions[posting->position_count++] = position;
		posting->wdf++;
		s->length++;
	}
}

static void start_text(struct world *w, struct span text)
{
	analyser_start(w->analyser, &(struct analyser_input){.text = text, .first_position = 1});
}

static void make_text(struct sample *s)
{
	/* some short, some long; some about few things */
	size_t count = 1 + random_below(random_below(2) ? 8 : MAX_WORDS - 1);
	size_t range = random_below(3) ? (size_t)SURFACE_COUNT : 9;
	size_t from = random_below(SURFACE_COUNT);
	for (size_t i = 0; i < count; i++) {
		buf_add_string(&s->text, surfaces[(from + random_below(range)) % SURFACE_COUNT]);
		buf_add_string(&s->text, random_below(9) ? " " : random_below(2) ? ", " : "\n");
	}
}

static void write_sample(struct world *w, struct sample *s, size_t number)
{
	struct xc_posting postings[MAX_POSTINGS];
	for (size_t i = 0; i < s->posting_count; i++) {
		struct posting *p = &s->postings[i];
		bool exact = p->term[0] == PREFIX_EXACT[0];
		postings[i] = (struct xc_posting){.term = {p->term, strlen(p->term)},
			.wdf = p->wdf,
			.positions = p->positions,
			.position_count = exact ? 0 : p->position_count};
	}
	struct frame_plan plan = {0};
	struct block block = {.kind = BLOCK_TEXT};
	struct record_fields fields = {.path = SPAN("a.txt"), .type = SPAN("text/plain")};
	frame_plan_make(&plan, buf_span(&s->text), &block, 1);
	plan.frames[0].first_position = 1;
	struct record_writer *record = record_writer_new();
	struct span data = record_encode(record, &fields, buf_span(&s->text), &block, 1, &plan);
	snprintf(s->order, sizeof(s->order), "%08zu", number * 7919 % 1000);
	struct xc_value value = {SLOT_ORDER, {s->order, ORDER_BYTES}};
	struct xc_new_document document = {.data = {data.ptr, data.len},
		.values = &value,
		.value_count = 1,
		.postings = postings,
		.posting_count = s->posting_count};
	assert_int_equal(xc_writer_add(w->writer, &document, &s->docid, NULL), LUPE_OK);
	record_writer_free(record);
	frame_plan_done(&plan);
}

static int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	if (!w || scratch_make((void **)&w->folder) != 0)
		return -1;
	BUF_SCOPED(path);
	buf_printf(&path, "%s/db", w->folder);
	w->analyser = analyser_new();
	if (xc_writer_open(path.ptr, XC_WRITER_CREATE, 0, &w->writer, NULL) != LUPE_OK)
		return -1;
	uint64_t total = 0;
	for (size_t i = 0; i < DOC_COUNT; i++) {
		struct sample *s = &w->samples[i];
		struct word word;
		make_text(s);
		start_text(w, buf_span(&s->text));
		while (analyser_next(w->analyser, &word))
			count_word(s, analyser_terms(w->analyser, &word), word.position);
		write_sample(w, s, i);
		total += s->length;
	}
	w->average_length = (double)total / DOC_COUNT;
	const char *paths[] = {path.ptr};
	if (xc_writer_commit(w->writer, NULL) != LUPE_OK ||
		xc_database_open(paths, 1, &w->db, NULL) != LUPE_OK)
		return -1;
	w->reader = document_new(w->db, w->analyser);
	*state = w;
	return 0;
}

static int world_free(void **state)
{
	struct world *w = *state;
	document_free(w->reader);
	xc_database_close(w->db);
	xc_writer_discard(w->writer);
	analyser_free(w->analyser);
	for (size_t i = 0; i < DOC_COUNT; i++) {
		buf_done(&w->samples[i].text);
		free(w->samples[i].words);
	}
	int result = scratch_remove((void **)&w->folder);
	free(w);
	return result;
}

/* ---- BM25 by the book ---- */

/* Counted once for each term: what is asked for most often. */
static uint32_t documents_with(struct world *w, const char *term)
{
	size_t known = 0;
	for (; known < w->frequency_count; known++)
		if (strcmp(w->frequencies[known].term, term) == 0)
			return w->frequencies[known].documents;
	struct frequency *frequency = &w->frequencies[w->frequency_count++];
	assert_true(w->frequency_count < MAX_TERMS);
	strcpy(frequency->term, term);
	for (size_t i = 0; i < DOC_COUNT; i++)
		frequency->documents += find_posting(&w->samples[i], term) != NULL;
	return frequency->documents;
}

static double bm25(struct world *w, const struct sample *s, uint32_t wdf, uint32_t documents)
{
	if (wdf == 0)
		return 0;
	if (wdf > s->length)
		wdf = s->length;
	double t = ((double)DOC_COUNT - documents + 0.5) / (documents + 0.5);
	double idf = log(t < 2 ? t / 2 + 1 : t);
	double normal = s->length / w->average_length;
	struct search_options defaults;
	search_options_init(&defaults);
	double k1 = defaults.k1, b = defaults.b;
	return idf * (k1 + 1) * wdf / (k1 * (b * normal + 1 - b) + wdf);
}

static double term_weight(struct world *w, struct sample *s, const char *term)
{
	struct posting *posting = find_posting(s, term);
	return posting ? bm25(w, s, posting->wdf, documents_with(w, term)) : 0;
}

static const char *term_of(struct span term)
{
	static char text[TERM_ROOM];
	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(term));
	return text;
}

/* Several terms that count as one: wdf added, the number of documents estimated as for
   independent terms, the two rarest joined first. */
static double synonym_weight(struct world *w, struct sample *s, const struct slot *slot)
{
	uint32_t counts[64], wdf = 0;
	size_t used = 0;
	for (size_t i = 0; i < slot->term_count; i++) {
		const char *term = term_of(slot->terms[i]);
		struct posting *posting = find_posting(s, term);
		wdf += posting ? posting->wdf : 0;
		counts[used] = documents_with(w, term);
		used += counts[used] > 0;
	}
	while (used > 1) {
		for (size_t pass = 0; pass < 2; pass++) /* the least ones go to the end */
			for (size_t i = 0; i + 1 < used - pass; i++)
				if (counts[i] < counts[i + 1]) {
					uint32_t swap = counts[i];
					counts[i] = counts[i + 1];
					counts[i + 1] = swap;
				}
		uint32_t a = counts[used - 1], b = counts[used - 2];
		counts[used - 2] = (uint32_t)(a + b - (double)a * b / DOC_COUNT + 0.5);
		used--;
	}
	return used ? bm25(w, s, wdf, counts[0]) : 0;
}

static double sum_of_terms(struct world *w, struct sample *s, const struct slot *slot)
{
	double sum = 0;
	for (size_t i = 0; i < slot->term_count; i++)
		sum += term_weight(w, s, term_of(slot->terms[i]));
	return sum;
}

/* ---- naive matching of a plan's leaves, by positions ---- */

static bool slot_at(struct sample *s, const struct slot *slot, uint32_t position)
{
	for (size_t i = 0; i < slot->term_count; i++) {
		struct posting *posting = find_posting(s, term_of(slot->terms[i]));
		for (size_t k = 0; posting && k < posting->position_count; k++)
			if (posting->positions[k] == position)
				return true;
	}
	return false;
}

static bool sequence_at(struct sample *s, const struct sequence *sequence, uint32_t position)
{
	for (size_t i = 0; i < sequence->slot_count; i++)
		if (!slot_at(s, &sequence->slots[i], position + (uint32_t)i))
			return false;
	return true;
}

static bool sequence_in(struct sample *s, const struct sequence *sequence)
{
	for (uint32_t position = 1; position <= MAX_WORDS; position++)
		if (sequence_at(s, sequence, position))
			return true;
	return false;
}

struct verdict {
	bool asked; /* false: a stop word that dropped out, or nothing */
	bool matches;
	double weight;
};

static struct verdict judge_leaf(
	struct world *w, struct sample *s, const struct leaf *leaf, bool any)
{
	struct verdict v = {.asked = true};
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		bool whole = leaf->phrase || leaf->exact || leaf->negative;
		bool pieces = any && !whole && sequence->slot_count > 1;
		if (!pieces && !sequence_in(s, sequence))
			continue;
		for (size_t k = 0; k < sequence->slot_count; k++) {
			const struct slot *slot = &sequence->slots[k];
			double weight = pieces ? PLAN_PIECE_SCALE * synonym_weight(w, s, slot)
					: sequence->slot_count == 1 ? synonym_weight(w, s, slot)
								    : sum_of_terms(w, s, slot);
			v.weight += weight;
			v.matches |= !pieces || weight > 0;
		}
	}
	return v;
}

static struct verdict judge(
	struct world *w, struct sample *s, const struct node *node, bool any, bool top)
{
	struct verdict v = {.asked = false};
	if (node->kind == NODE_WORD || node->kind == NODE_PHRASE)
		return node->leaf && !node->leaf->dropped ? judge_leaf(w, s, node->leaf, any) : v;
	bool excluded = false, all = true, some = false, wanted = false;
	for (const struct node *child = node->children; child; child = child->next) {
		bool negated = child->kind == NODE_NOT;
		struct verdict c = judge(w, s, negated ? child->children : child, any, false);
		if (!c.asked)
			continue;
		v.asked = true;
		if (negated || node->kind == NODE_NOT) {
			excluded |= c.matches;
			continue;
		}
		wanted = true;
		all &= c.matches;
		some |= c.matches;
		v.weight += c.matches ? c.weight : 0;
	}
	bool one_is_enough = node->kind == NODE_OR || (any && top && !node->required);
	v.matches = !excluded && (!wanted || (one_is_enough ? some : all));
	return v;
}

static double bonus(struct world *w, struct sample *s, const struct plan *plan)
{
	double sum = 0;
	for (size_t i = 0; i < plan->leaf_count; i++) {
		const struct leaf *leaf = plan->leaves[i];
		if (leaf->dropped || leaf->negative || leaf->sequences[0].slot_count != 1)
			continue;
		const struct slot *slot = &leaf->sequences[0].slots[0];
		for (size_t k = 0; k < slot->form_count; k++) {
			char term[TERM_ROOM];
			snprintf(term, sizeof(term), PREFIX_EXACT "%.*s", SPAN_ARG(slot->forms[k]));
			sum += PLAN_EXACT_SCALE * term_weight(w, s, term);
		}
	}
	return sum;
}

/* ---- naive search for words, by analysing both sides ---- */

enum { MOST_TERMS = 24 };

/* What may stand for a word as a whole (part 0) or for a hyphenated part of it. */
struct readings {
	char terms[MOST_TERMS][TERM_ROOM];
	uint8_t parts_of[MOST_TERMS];
	size_t count;
	uint8_t parts;
};

static size_t read_words(struct world *w, struct span text, struct readings *ret, size_t room)
{
	struct word word;
	size_t count = 0;
	start_text(w, text);
	while (analyser_next(w->analyser, &word) && count < room) {
		const struct terms *terms = analyser_terms(w->analyser, &word);
		struct readings *r = &ret[count++];
		r->count = 0;
		r->parts = terms->parts;
		for (size_t i = 0; i < terms->count; i++) {
			if (terms->items[i].kind == TERM_EXACT)
				continue;
			assert_true(r->count < MOST_TERMS);
			snprintf(r->terms[r->count], TERM_ROOM, "%.*s",
				SPAN_ARG(terms->items[i].text));
			r->parts_of[r->count++] = terms->items[i].part;
		}
	}
	return count;
}

static bool reading_meets(const struct readings *wanted, uint8_t part, const struct readings *word)
{
	for (size_t i = 0; i < wanted->count; i++)
		for (size_t k = 0; wanted->parts_of[i] == part && k < word->count; k++)
			if (strcmp(wanted->terms[i], word->terms[k]) == 0)
				return true;
	return false;
}

static bool has_all_parts(const struct readings *r)
{
	for (uint8_t part = 1; part <= r->parts; part++) {
		bool found = false;
		for (size_t i = 0; i < r->count; i++)
			found |= r->parts_of[i] == part;
		if (!found)
			return false;
	}
	return r->parts > 1;
}

/* Whether the words from `wanted` on stand in `words` from its begin on. */
static bool words_follow(const struct readings *wanted, size_t wanted_count,
	const struct readings *words, size_t word_count)
{
	if (wanted_count == 0)
		return true;
	if (word_count && reading_meets(wanted, 0, words) &&
		words_follow(wanted + 1, wanted_count - 1, words + 1, word_count - 1))
		return true;
	if (!has_all_parts(wanted) || word_count < wanted->parts)
		return false;
	for (uint8_t part = 1; part <= wanted->parts; part++)
		if (!reading_meets(wanted, part, words + part - 1))
			return false;
	return words_follow(
		wanted + 1, wanted_count - 1, words + wanted->parts, word_count - wanted->parts);
}

static bool text_has(struct world *w, struct sample *s, struct span wanted_text)
{
	static struct readings wanted[16];
	size_t wanted_count = read_words(w, wanted_text, wanted, 16);
	if (!s->words) {
		s->words = calloc(MAX_WORDS, sizeof(*s->words));
		assert_non_null(s->words);
		s->word_count = read_words(w, buf_span(&s->text), s->words, MAX_WORDS);
	}
	for (size_t at = 0; at < s->word_count; at++)
		if (words_follow(wanted, wanted_count, s->words + at, s->word_count - at))
			return true;
	return false;
}

/* ---- queries ---- */

static void add_phrase(struct world *w, struct buf *query)
{
	/* mostly words that stand side by side somewhere */
	struct sample *s = &w->samples[random_below(DOC_COUNT)];
	struct span text = buf_span(&s->text);
	size_t begin = random_below(text.len), words = 2 + random_below(3);
	while (begin && text.ptr[begin - 1] != ' ')
		begin--;
	size_t end = begin;
	while (end < text.len && words)
		words -= text.ptr[end++] == ' ';
	buf_add_byte(query, '"');
	buf_add_span(query, span_trim((struct span){text.ptr + begin, end - begin}));
	buf_add_byte(query, '"');
}

static void add_operand(struct world *w, struct buf *query, unsigned depth)
{
	size_t dice = random_below(12);
	if (dice == 0)
		buf_add_string(query, "NICHT ");
	if (dice == 1 && depth) {
		buf_add_byte(query, '(');
		add_operand(w, query, depth - 1);
		buf_add_string(query, random_below(2) ? " ODER " : " ");
		add_operand(w, query, depth - 1);
		buf_add_byte(query, ')');
	} else if (dice < 5) {
		add_phrase(w, query);
	} else {
		buf_add_string(query, surfaces[random_below(SURFACE_COUNT)]);
	}
}

static void make_query(struct world *w, struct buf *query)
{
	static const char *const between[] = {" ", " ", " UND ", " ODER ", " -", " NICHT "};
	size_t count = 1 + random_below(4);
	buf_clear(query);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_string(query, between[random_below(6)]);
		add_operand(w, query, 2);
	}
}

/* ---- comparing ---- */

struct expected {
	struct sample *sample;
	double score;
};

static int compare_expected(const void *a, const void *b)
{
	const struct expected *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return strcmp(x->sample->order, y->sample->order);
}

static struct sample *sample_of(struct world *w, uint32_t docid)
{
	for (size_t i = 0; i < DOC_COUNT; i++)
		if (w->samples[i].docid == docid)
			return &w->samples[i];
	return NULL;
}

static bool near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (1 + fabs(a));
}

/* Ranked lists agree but for the order of documents of practically equal scores. */
static void compare_lists(struct world *w, const char *query, const struct result *found,
	size_t found_count, struct expected *expected, size_t expected_count)
{
	if (found_count != expected_count)
		fail_msg("%s: %zu documents, not %zu", query, found_count, expected_count);
	qsort(expected, expected_count, sizeof(*expected), compare_expected);
	for (size_t i = 0; i < found_count; i++) {
		struct sample *s = sample_of(w, found[i].docid);
		double own = -1;
		for (size_t k = 0; k < expected_count; k++)
			if (expected[k].sample == s)
				own = expected[k].score;
		if (!near(own, expected[i].score))
			fail_msg("%s: rank %zu: document %u has %g, expected %g", query, i + 1,
				found[i].docid, own, expected[i].score);
		if (!near(own, found[i].score))
			fail_msg("%s: document %u has %.9g, not %.9g\n%s", query, found[i].docid,
				found[i].score, own, s->text.ptr);
		if (i && found[i].score == found[i - 1].score)
			assert_true(strcmp(sample_of(w, found[i - 1].docid)->order, s->order) <= 0);
	}
}

/* One query with all that is needed to run it. */
struct run {
	struct arena arena;
	struct parsed parsed;
	struct plan plan;
	struct results results;
};

static void run_start(struct world *w, struct run *r, const char *query, enum match_mode match)
{
	*r = (struct run){.arena = ARENA_INIT};
	struct search_options options;
	struct lupe_error err;
	search_options_init(&options);
	options.match = match;
	r->parsed = parse_query(span_of(query), &r->arena);
	assert_int_equal(
		plan_make(&r->plan, r->parsed.root, w->analyser, w->db, &r->arena, &err), LUPE_OK);
	if (search_run(&r->results, w->db, &r->plan, &options, w->reader, &err) != LUPE_OK)
		fail_msg("%s: %s", query, err.message);
}

static void run_done(struct run *r)
{
	results_done(&r->results);
	plan_done(&r->plan);
	arena_done(&r->arena);
}

static size_t expect(struct world *w, const struct run *r, bool any, struct expected *ret)
{
	size_t count = 0;
	for (size_t i = 0; i < DOC_COUNT && r->plan.all; i++) {
		struct sample *s = &w->samples[i];
		struct verdict v = judge(w, s, r->parsed.root, any, true);
		if (v.asked && v.matches)
			ret[count++] = (struct expected){s, v.weight + bonus(w, s, &r->plan)};
	}
	return count;
}

static void check_queries(struct world *w, enum match_mode match)
{
	static struct expected expected[DOC_COUNT];
	BUF_SCOPED(query);
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run r;
		make_query(w, &query);
		run_start(w, &r, query.ptr, match);
		bool any = match == MATCH_ANY && r.plan.any;
		size_t count = expect(w, &r, any, expected);
		assert_int_equal(r.results.total, count);
		compare_lists(w, query.ptr, r.results.items, r.results.count, expected, count);
		run_done(&r);
	}
}

static void ranking_of_all_words_is_bm25(void **state)
{
	check_queries(*state, MATCH_ALL);
}

static void ranking_of_any_word_is_bm25(void **state)
{
	check_queries(*state, MATCH_ANY);
}

static void auto_lists_all_words_first_then_the_others_with_falling_scores(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	size_t mixed = 0;
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run automatic, all, any;
		make_query(w, &query);
		run_start(w, &automatic, query.ptr, MATCH_AUTO);
		run_start(w, &all, query.ptr, MATCH_ALL);
		run_start(w, &any, query.ptr, MATCH_ANY);
		const struct result *list = automatic.results.items;
		assert_int_equal(automatic.results.total, all.results.total);
		if (automatic.results.count != any.results.count)
			fail_msg("%s: %zu with all, %zu in the list, %zu with any", query.ptr,
				all.results.count, automatic.results.count, any.results.count);
		for (size_t k = 0; k < automatic.results.count; k++) {
			assert_int_equal(list[k].all, k < all.results.count);
			assert_true(k == 0 || list[k].score <= list[k - 1].score);
			if (k < all.results.count)
				assert_int_equal(list[k].docid, all.results.items[k].docid);
		}
		mixed += automatic.results.count > all.results.count;
		run_done(&automatic);
		run_done(&all);
		run_done(&any);
	}
	assert_true(mixed > QUERY_COUNT / 10);
}

static void pages_are_stretches_of_the_whole_list(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	for (size_t i = 0; i < 60; i++) {
		struct run whole;
		struct search_options options;
		struct lupe_error err;
		make_query(w, &query);
		run_start(w, &whole, query.ptr, MATCH_AUTO);
		search_options_init(&options);
		options.limit = 1 + random_below(20);
		size_t seen = 0;
		for (; seen < whole.results.count + 5; seen += options.limit) {
			struct results page;
			options.offset = seen;
			assert_int_equal(
				search_run(&page, w->db, &whole.plan, &options, w->reader, &err),
				LUPE_OK);
			assert_int_equal(page.total, whole.results.total);
			size_t rest = whole.results.count > seen ? whole.results.count - seen : 0;
			assert_int_equal(page.count, rest < options.limit ? rest : options.limit);
			for (size_t k = 0; k < page.count; k++) {
				assert_int_equal(
					page.items[k].docid, whole.results.items[seen + k].docid);
				assert_int_equal(
					page.items[k].all, whole.results.items[seen + k].all);
			}
			results_done(&page);
		}
		run_done(&whole);
	}
}

static void what_does_not_match_is_the_rest(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	for (size_t i = 0; i < 100; i++) {
		struct run r;
		struct search_options options;
		struct lupe_error err;
		struct results rest;
		bool listed[DOC_COUNT + 1] = {false};
		make_query(w, &query);
		if (i % 2)
			buf_add_string(&query, " =Häuser");
		run_start(w, &r, query.ptr, MATCH_ALL);
		search_options_init(&options);
		options.inverted = true;
		assert_int_equal(
			search_run(&rest, w->db, &r.plan, &options, w->reader, &err), LUPE_OK);
		assert_int_equal(rest.total, rest.count);
		if (rest.count + r.results.count != DOC_COUNT)
			fail_msg("%s: %zu match, %zu do not", query.ptr, r.results.count,
				rest.count);
		for (size_t k = 0; k < rest.count; k++)
			listed[rest.items[k].docid] = true;
		for (size_t k = 0; k < r.results.count; k++)
			assert_false(listed[r.results.items[k].docid]);
		results_done(&rest);
		run_done(&r);
	}
}

static void phrases_are_found_where_their_words_follow(void **state)
{
	struct world *w = *state;
	BUF_SCOPED(query);
	size_t found = 0;
	for (size_t i = 0; i < QUERY_COUNT; i++) {
		struct run r;
		buf_clear(&query);
		if (i % 4)
			add_phrase(w, &query);
		else
			buf_add_string(&query, surfaces[random_below(SURFACE_COUNT)]);
		run_start(w, &r, query.ptr, MATCH_ALL);
		struct span words = query.ptr[0] == '"'
					    ? (struct span){query.ptr + 1, query.len - 2}
					    : buf_span(&query);
		size_t count = 0;
		for (size_t k = 0; k < DOC_COUNT && r.plan.all; k++) {
			struct sample *s = &w->samples[k];
			bool listed = false, has = text_has(w, s, words);
			for (size_t m = 0; m < r.results.count; m++)
				listed |= r.results.items[m].docid == s->docid;
			if (listed != has)
				fail_msg("%s: %s: %s", query.ptr, has ? "not found" : "found",
					s->text.ptr);
			count += has;
		}
		assert_int_equal(r.results.total, count);
		found += count > 0;
		run_done(&r);
	}
	assert_true(found > QUERY_COUNT / 2);
}

/* ---- hits and places ---- */

static size_t naive_hits(struct sample *s, const struct plan *plan, struct hit *ret, size_t room)
{
	size_t count = 0;
	for (uint32_t position = 1; position <= MAX_WORDS; position++)
		for (size_t i = 0; i < plan->leaf_count; i++) {
			const struct leaf *leaf = plan->leaves[i];
			if (leaf->dropped || leaf->negative)
				continue;
			for (size_t k = 0; k < leaf->sequence_count; k++) {
				if (!sequence_at(s, &leaf->sequences[k], position))
					continue;
				assert_true(count < room);
				ret[count++] = (struct hit){position,
					(uint16_t)leaf->sequences[k].slot_count, (uint16_t)i};
			}
		}
	return count;
}

static bool is_among(const struct hit *hit, const struct hit *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].position == hit->position && list[i].words == hit->words &&
			list[i].leaf == hit->leaf)
			return true;
	return false;
}

/* Analyses the text of a place: it must hold as many words as the hit, or parts of one. */
static void check_place(
	struct world *w, const struct sample *s, const struct hit *hit, const struct place *place)
{
	assert_true(place->begin < place->end && place->end <= s->text.len);
	uint32_t line = 1;
	for (uint32_t i = 0; i < place->begin; i++)
		line += s->text.ptr[i] == '\n';
	assert_int_equal(place->line, line);
	struct word word;
	uint32_t first = 0, last = 0;
	start_text(w, buf_span(&s->text));
	while (analyser_next(w->analyser, &word)) {
		uint32_t begin = (uint32_t)(word.surface.ptr - s->text.ptr);
		uint32_t end = begin + (uint32_t)word.surface.len;
		if (begin <= place->begin && place->begin < end)
			first = word.position;
		if (begin < place->end && place->end <= end)
			last = word.position;
	}
	assert_int_equal(first, hit->position);
	assert_int_equal(last, hit->position + hit->words - 1u);
}

static void hits_are_where_the_words_stand(void **state)
{
	struct world *w = *state;
	static struct hit expected[4096];
	static struct place places[4096];
	BUF_SCOPED(query);
	size_t compared = 0;
	for (size_t i = 0; i < 60; i++) {
		struct run r;
		make_query(w, &query);
		run_start(w, &r, query.ptr, MATCH_ANY);
		for (size_t k = 0; k < r.results.count; k++) {
			size_t count;
			uint32_t docid = r.results.items[k].docid;
			struct sample *s = sample_of(w, docid);
			assert_int_equal(document_open(w->reader, docid, &r.plan, NULL), LUPE_OK);
			const struct hit *hits = document_hits(w->reader, &count);
			size_t expected_count = naive_hits(s, &r.plan, expected, 4096);
			if (count != expected_count)
				fail_msg("%s: %zu hits, not %zu in %s", query.ptr, count,
					expected_count, s->text.ptr);
			assert_int_equal(
				document_locate(w->reader, 0, count, places, NULL), LUPE_OK);
			for (size_t m = 0; m < count; m++) {
				assert_true(m == 0 || hits[m].position >= hits[m - 1].position);
				assert_true(is_among(&hits[m], expected, expected_count));
				check_place(w, s, &hits[m], &places[m]);
			}
			compared += count;
		}
		run_done(&r);
	}
	assert_true(compared > 2000);
}

/* Whether a word stands in the text in just these letters, a gender form's two readings and the
   parts of a hyphenated word included. */
static bool has_form(struct world *w, struct sample *s, struct span form)
{
	struct word word;
	start_text(w, buf_span(&s->text));
	while (analyser_next(w->analyser, &word)) {
		const struct terms *terms = analyser_terms(w->analyser, &word);
		for (size_t i = 0; i < terms->count; i++)
			if (terms->items[i].kind == TERM_EXACT &&
				span_equal(terms->items[i].text, form))
				return true;
	}
	return false;
}

static void exact_words_are_found_as_written_also_when_excluded(void **state)
{
	struct world *w = *state;
	static const char *const pairs[][2] = {{"=Haus", "haus"}, {"=Häuser", "häuser"},
		{"=Migrant", "migrant"}, {"=Migrantinnen", "migrantinnen"}, {"=Länder", "länder"},
		{"=Straße", "strasse"}, {"=Baden", "baden"}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct run with, without, land;
		BUF_SCOPED(query);
		size_t count = 0;
		buf_printf(&query, "NICHT %s", pairs[i][0]);
		run_start(w, &with, pairs[i][0], MATCH_AUTO);
		run_start(w, &without, query.ptr, MATCH_AUTO);
		for (size_t k = 0; k < DOC_COUNT; k++)
			count += has_form(w, &w->samples[k], span_of(pairs[i][1]));
		assert_int_equal(with.results.total, count);
		assert_int_equal(without.results.total, DOC_COUNT - count);
		buf_clear(&query);
		buf_printf(&query, "Land -(%s ODER Rat)", pairs[i][0]);
		run_start(w, &land, query.ptr, MATCH_ALL);
		count = 0;
		for (size_t k = 0; k < DOC_COUNT; k++)
			count += text_has(w, &w->samples[k], SPAN("Land")) &&
				 !text_has(w, &w->samples[k], SPAN("Rat")) &&
				 !has_form(w, &w->samples[k], span_of(pairs[i][1]));
		assert_int_equal(land.results.total, count);
		run_done(&with);
		run_done(&without);
		run_done(&land);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranking_of_all_words_is_bm25),
		cmocka_unit_test(ranking_of_any_word_is_bm25),
		cmocka_unit_test(auto_lists_all_words_first_then_the_others_with_falling_scores),
		cmocka_unit_test(pages_are_stretches_of_the_whole_list),
		cmocka_unit_test(what_does_not_match_is_the_rest),
		cmocka_unit_test(phrases_are_found_where_their_words_follow),
		cmocka_unit_test(hits_are_where_the_words_stand),
		cmocka_unit_test(exact_words_are_found_as_written_also_when_excluded),
	};
	return cmocka_run_group_tests(tests, world_make, world_free);
}
