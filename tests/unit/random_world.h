/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Random documents in a database of their own, as the test knows them and as the indexer would
 * write them, and random queries; include behind cmocka.h.
 *
 * The documents are built of few surfaces, so that inflections, gender forms and hyphenated words
 * meet often, and are the same in every run.
 */
#ifndef LUPE_TESTS_RANDOM_WORLD_H
#define LUPE_TESTS_RANDOM_WORLD_H

#include "query/search.h"
#include "scratch.h"
#include "store/positions.h"
#include "store/schema.h"
#include "store/seal.h"

enum {
	DOC_COUNT = 120,
	MAX_WORDS = 90,
	MAX_POSTINGS = 400,
	MAX_TERMS = 1000,
	TERM_ROOM = 64,
	QUERY_COUNT = 200,
	ORDER_BYTES = 8,
};

__extension__ static const struct weights weights = WEIGHTS_DEFAULT;

static const char *const surfaces[] = {"Haus", "Häuser", "Hauses", "Stadt", "Städte", "Migrant",
	"Migrantin", "Migrantinnen", "Migrant*innen", "Migranten", "EU-Länder", "Euländer", "EU",
	"Länder", "Land", "Baden-Baden", "Baden", "Bürger:innen", "Bürgerinnen", "Bürger", "Rat",
	"Räte", "Weiterbildung", "Sprach-", "Sprachkurse", "Sprache", "EU-Bürger*innen", "Euburger",
	"der", "die", "und", "in", "2023", "§", "Förderung", "fördern", "Straße", "Strasse",
	"Ost-West-Rat", "Ost", "West", "16a", "Buerger"};
enum { SURFACE_COUNT = sizeof(surfaces) / sizeof(surfaces[0]) };

/* Words of queries alone, whose parts are in the documents, no two of them in one word. */
static const char *const covers[] = {"EU-Rat", "Land-Haus", "Stadt-Haus-West", "Sprache-Ost",
	"Migrant*innen-Rat", "Baden-Stadt", "Förderung-Straße-EU", "Bürger-Rat", "2023-Land"};
enum { COVER_COUNT = sizeof(covers) / sizeof(covers[0]) };

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

static inline size_t random_below(size_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (size_t)(random_state >> 11) % limit;
}

/* ---- building, as the indexer does ---- */

static inline struct posting *find_posting(struct sample *s, const char *term)
{
	for (size_t i = 0; i < s->posting_count; i++)
		if (strcmp(s->postings[i].term, term) == 0)
			return &s->postings[i];
	return NULL;
}

static inline struct posting *posting_of(struct sample *s, const char *prefix, struct span text)
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

static inline bool equals_a_stem(const struct terms *terms, const struct term *exact)
{
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].kind == TERM_STEM &&
			span_equal(terms->items[i].text, exact->text))
			return true;
	return false;
}

static inline void count_word(struct sample *s, const struct terms *terms, uint32_t position)
{
	static const char *const prefixes[TERM_KINDS] = {[TERM_EXACT] = PREFIX_EXACT,
		[TERM_STEM] = PREFIX_STEM,
		[TERM_PART] = PREFIX_PART,
		[TERM_JOINED] = PREFIX_JOINED,
		[TERM_NORM] = PREFIX_NORM};
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		if (!prefixes[term->kind] ||
			(term->kind == TERM_EXACT && equals_a_stem(terms, term)))
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

static inline void start_text(struct world *w, struct span text)
{
	analyser_start(w->analyser, &(struct analyser_input){.text = text, .first_position = 1});
}

static inline void make_text(struct sample *s)
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

static inline void write_sample(struct world *w, struct sample *s, size_t number)
{
	struct xc_posting postings[MAX_POSTINGS];
	struct positions_writer *packer = positions_writer_new();
	positions_writer_start(packer);
	for (size_t i = 0; i < s->posting_count; i++) {
		struct posting *p = &s->postings[i];
		bool exact = p->term[0] == PREFIX_EXACT[0];
		postings[i] =
			(struct xc_posting){.term = {p->term, strlen(p->term)}, .wdf = p->wdf};
		if (!exact)
			positions_writer_add(
				packer, span_of(p->term), p->positions, p->position_count);
	}
	struct frame_plan plan = {0};
	struct block block = {.kind = BLOCK_TEXT};
	struct record_fields fields = {.path = SPAN("a.txt"), .type = SPAN("text/plain")};
	frame_plan_make(&plan, buf_span(&s->text), &block, 1);
	plan.frames[0].first_position = 1;
	struct record_writer *record = record_writer_new();
	size_t record_count, position_count;
	const struct xc_value *stored =
		record_encode(record, &fields, buf_span(&s->text), &block, 1, &plan, &record_count);
	const struct xc_value *positions = positions_writer_pack(packer, &position_count);
	snprintf(s->order, sizeof(s->order), "%08zu", number * 7919 % 1000);
	struct xc_value values[1 + RECORD_VALUES_MAX + POSITIONS_VALUES_MAX] = {
		{SLOT_ORDER, {s->order, ORDER_BYTES}}};
	memcpy(values + 1, stored, record_count * sizeof(*stored));
	if (position_count)
		memcpy(values + 1 + record_count, positions, position_count * sizeof(*positions));
	struct xc_new_document document = {.values = values,
		.value_count = 1 + record_count + position_count,
		.postings = postings,
		.posting_count = s->posting_count};
	assert_int_equal(xc_writer_add(w->writer, &document, &s->docid, NULL), LUPE_OK);
	positions_writer_free(packer);
	record_writer_free(record);
	frame_plan_done(&plan);
}

static inline int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	if (!w || scratch_make((void **)&w->folder) != 0)
		return -1;
	BUF_SCOPED(path);
	buf_printf(&path, "%s/db", w->folder);
	w->analyser = analyser_new(NULL);
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

static inline int world_free(void **state)
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

/* ---- naive matching of a sequence of terms, by positions ---- */

static inline const char *term_of(struct span term)
{
	static char text[TERM_ROOM];
	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(term));
	return text;
}

static inline bool slot_at(struct sample *s, const struct slot *slot, uint32_t position)
{
	for (size_t i = 0; i < slot->term_count; i++) {
		struct posting *posting = find_posting(s, term_of(slot->terms[i].term));
		for (size_t k = 0; posting && k < posting->position_count; k++)
			if (posting->positions[k] == position)
				return true;
	}
	return false;
}

static inline bool sequence_at(struct sample *s, const struct sequence *sequence, uint32_t position)
{
	for (size_t i = 0; i < sequence->slot_count; i++)
		if (!slot_at(s, &sequence->slots[i], position + (uint32_t)i))
			return false;
	return true;
}

enum { MOST_SLOTS = 8 };

/* Where the slots of a sequence stand, as sets of positions. */
struct standing {
	bool at[MOST_SLOTS][MAX_WORDS + COVER_WINDOW + 1];
	size_t slots;
	bool apart; /* some share terms, so each needs a position of its own */
};

static inline bool slots_share_terms(const struct sequence *sequence)
{
	for (size_t a = 0; a < sequence->slot_count; a++)
		for (size_t b = 0; b < a; b++)
			for (size_t i = 0; i < sequence->slots[a].term_count; i++)
				for (size_t k = 0; k < sequence->slots[b].term_count; k++)
					if (span_equal(sequence->slots[a].terms[i].term,
						    sequence->slots[b].terms[k].term))
						return true;
	return false;
}

static inline void find_standing(
	struct sample *s, const struct sequence *sequence, struct standing *ret)
{
	*ret = (struct standing){
		.slots = sequence->slot_count, .apart = slots_share_terms(sequence)};
	assert_true(ret->slots <= MOST_SLOTS);
	for (size_t i = 0; i < ret->slots; i++)
		for (uint32_t position = 1; position <= MAX_WORDS; position++)
			ret->at[i][position] = slot_at(s, &sequence->slots[i], position);
}

/* Whether each slot from `slot` on has a position, its own if need be, in the window from `begin`
   on. */
static inline bool have_positions(
	const struct standing *standing, size_t slot, uint32_t begin, uint32_t taken)
{
	if (slot == standing->slots)
		return true;
	for (uint32_t i = 0; i < COVER_WINDOW; i++)
		if (standing->at[slot][begin + i] && !(standing->apart && taken >> i & 1) &&
			have_positions(standing, slot + 1, begin, taken | 1u << i))
			return true;
	return false;
}

static inline bool stand_near(const struct standing *standing)
{
	for (uint32_t begin = 1; begin <= MAX_WORDS; begin++)
		if (have_positions(standing, 0, begin, 0))
			return true;
	return false;
}

static inline bool sequence_in(struct sample *s, const struct sequence *sequence)
{
	if (sequence->window) {
		struct standing standing;
		assert_int_equal(sequence->window, COVER_WINDOW);
		find_standing(s, sequence, &standing);
		return stand_near(&standing);
	}
	for (uint32_t position = 1; position <= MAX_WORDS; position++)
		if (sequence_at(s, sequence, position))
			return true;
	return false;
}

/* ---- queries ---- */

static inline void add_phrase(struct world *w, struct buf *query)
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

static inline void add_operand(struct world *w, struct buf *query, unsigned depth)
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
	} else if (dice < 7) {
		buf_add_string(query, covers[random_below(COVER_COUNT)]);
	} else {
		buf_add_string(query, surfaces[random_below(SURFACE_COUNT)]);
	}
}

static inline void make_query(struct world *w, struct buf *query)
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

static inline struct sample *sample_of(struct world *w, uint32_t docid)
{
	for (size_t i = 0; i < DOC_COUNT; i++)
		if (w->samples[i].docid == docid)
			return &w->samples[i];
	return NULL;
}

/* One query with all that is needed to run it. */
struct run {
	struct arena arena;
	struct parsed parsed;
	struct plan plan;
	struct results results;
};

static inline void run_start(
	struct world *w, struct run *r, const char *query, enum match_mode match)
{
	*r = (struct run){.arena = ARENA_INIT};
	struct search_options options;
	struct lupe_error err;
	search_options_init(&options);
	options.match = match;
	r->parsed = parse_query(span_of(query), &r->arena);
	const struct plan_options plan_options = {.weights = weights};
	assert_int_equal(plan_make(&r->plan, r->parsed.root, &plan_options, w->analyser, w->db,
				 &r->arena, &err),
		LUPE_OK);
	if (search_run(&r->results, w->db, &r->plan, &options, w->reader, &err) != LUPE_OK)
		fail_msg("%s: %s", query, err.message);
}

static inline void run_done(struct run *r)
{
	results_done(&r->results);
	plan_done(&r->plan);
	arena_done(&r->arena);
}

#endif
