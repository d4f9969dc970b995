/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From hits to places. The frames that hold them are analysed once more, which finds the same words
 * at the same positions; windows of one frame are located one after the other, each going on where
 * the one before stopped.
 */
#include <string.h>

#include "query/document_internal.h"

/* So many words are read faster than another place to begin at is found. */
enum { NEAR_WORDS = 16 };

static enum via weaker(enum via a, enum via b)
{
	return a > b ? a : b;
}

struct locator {
	struct document *d;
	struct place *places;
	const struct hit *hits;
	size_t count;
};

/* Takes a word of the text into the places of all hits that cover it. `*first_open` is the first
   hit that may still be covered. */
static void take_word(struct locator *l, const struct word *word, struct span text,
	const struct frame *frame, size_t frame_index, size_t *first_open)
{
	const struct terms *terms = NULL;
	for (size_t i = *first_open; i < l->count; i++) {
		const struct hit *hit = &l->hits[i];
		if (hit->position > word->position)
			break;
		if (hit->position + hit->words <= word->position) {
			if (i == *first_open)
				++*first_open;
			continue;
		}
		if (!terms)
			terms = analyser_terms(l->d->analyser, word);
		size_t number = word->position - hit->position;
		struct surface_match match = surface_match(
			l->d->plan->leaves[hit->leaf], hit->words, number, terms, word->surface);
		uint32_t at = frame->begin + (uint32_t)(word->surface.ptr - text.ptr);
		struct place *place = &l->places[i];
		if (l->d->plan->leaves[hit->leaf]->spelled)
			match.via = VIA_SPELLING;
		uint32_t begin = at + (match.found ? match.begin : 0);
		uint32_t end = at + (match.found ? match.end : (uint32_t)word->surface.len);
		if (number == 0) {
			place->begin = begin;
			place->frame = (uint32_t)frame_index;
			place->via = (uint8_t)match.via;
			place->as_written = true;
		}
		place->via = (uint8_t)weaker((enum via)place->via, match.via);
		place->as_written &= match.as_written;
		place->end = end;
	}
}

/* Line numbers of places, whose begins rise within a frame, but for those at one position: parts of
   a word that is hyphenated at a line end. */
static void number_lines(
	struct locator *l, struct span text, const struct frame *frame, size_t from, size_t to)
{
	uint32_t line = frame->first_line;
	const char *at = text.ptr;
	for (size_t i = from; i < to; i++) {
		const char *begin = text.ptr + (l->places[i].begin - frame->begin);
		while (at < begin && (at = memchr(at, '\n', (size_t)(begin - at)))) {
			line++;
			at++;
		}
		for (at = at ? at : begin; at > begin; at--)
			line -= at[-1] == '\n';
		at = begin;
		l->places[i].line = line;
	}
}

/* Starts the analyser as near before `position` as is known: where it stopped the last time, or at
   a checkpoint. */
static void start_near(struct document *d, const struct analyser_input *input,
	const struct frame *frame, size_t frame_index, uint32_t position)
{
	const struct checkpoint *checkpoint =
		record_checkpoint_before(d->record, frame_index, position);
	bool resumable = d->mark_frame == frame_index && d->mark_text == input->text.ptr &&
			 d->mark.next_position <= position;
	if (resumable && (!checkpoint || checkpoint->position <= d->mark.next_position))
		analyser_resume(d->analyser, input, &d->mark);
	else if (checkpoint)
		analyser_start_at(d->analyser, input, checkpoint->offset - frame->begin,
			checkpoint->position);
	else
		analyser_start(d->analyser, input);
}

/* Behind the hits from `from` on that are best found in one go: up to one that has a checkpoint
   before it and behind the last word of those. */
static size_t same_run(const struct locator *l, size_t frame_index, size_t from, size_t to)
{
	uint32_t behind = l->hits[from].position + l->hits[from].words;
	size_t next = from + 1;
	for (; next < to; next++) {
		const struct hit *hit = &l->hits[next];
		const struct checkpoint *checkpoint =
			hit->position > behind + NEAR_WORDS
				? record_checkpoint_before(l->d->record, frame_index, hit->position)
				: NULL;
		if (checkpoint && checkpoint->position >= behind)
			break;
		if (hit->position + hit->words > behind)
			behind = hit->position + hit->words;
	}
	return next;
}

/* Reads the words of the text as far as the hits [from, to) go. */
static void take_run(struct locator *l, struct span text, const struct frame *frame,
	size_t frame_index, size_t from, size_t to)
{
	struct word word;
	uint32_t last = 0;
	size_t first_open = from, count = l->count;
	for (size_t i = from; i < to; i++)
		if (l->hits[i].position + l->hits[i].words > last)
			last = l->hits[i].position + l->hits[i].words;
	l->count = to;
	while (analyser_next_position(l->d->analyser) < last &&
		analyser_next(l->d->analyser, &word))
		if (first_open < to && word.position >= l->hits[first_open].position)
			take_word(l, &word, text, frame, frame_index, &first_open);
	l->count = count;
}

static lupe_status locate_in_frame(
	struct locator *l, size_t frame_index, size_t from, size_t to, struct lupe_error *err)
{
	struct record *record = l->d->record;
	const struct frame *frame = record_frame(record, frame_index);
	struct analyser_input input = {.first_position = frame->first_position};
	struct span text;
	lupe_status status = record_frame_text(record, frame_index, &text, err);
	if (status != LUPE_OK)
		return status;
	input.text = text;
	input.breaks = record_frame_breaks(record, frame_index, &input.break_count);
	for (size_t at = from, next; at < to; at = next) {
		next = same_run(l, frame_index, at, to);
		start_near(l->d, &input, frame, frame_index, l->hits[at].position);
		take_run(l, text, frame, frame_index, at, next);
		l->d->mark = analyser_tell(l->d->analyser);
		l->d->mark_frame = frame_index;
		l->d->mark_text = text.ptr;
	}
	for (size_t i = from; i < to; i++)
		if (l->places[i].end == 0) /* the words are not where the lists say */
			return lupe_fail(err, LUPE_ERROR_CORRUPT,
				"document %u: text and positions differ; check the index "
				"(lupe-index check)",
				l->d->docid);
	number_lines(l, text, frame, from, to);
	return LUPE_OK;
}

lupe_status document_locate(
	struct document *d, size_t first, size_t count, struct place *ret, struct lupe_error *err)
{
	if (count == 0)
		return LUPE_OK;
	struct locator l = {.d = d, .places = ret, .hits = d->hits.items + first, .count = count};
	if (count && d->plan->leaves[l.hits[0].leaf]->regex) { /* then all are */
		for (size_t i = 0; i < count; i++)
			ret[i] = d->matches[l.hits[i].match];
		return LUPE_OK;
	}
	memset(ret, 0, count * sizeof(*ret));
	for (size_t i = 0; i < count; i++)
		ret[i].leaf = l.hits[i].leaf;
	for (size_t from = 0, to; from < count; from = to) {
		size_t frame = record_frame_of_position(d->record, l.hits[from].position);
		for (to = from + 1; to < count; to++)
			if (record_frame_of_position(d->record, l.hits[to].position) != frame)
				break;
		lupe_status status = locate_in_frame(&l, frame, from, to, err);
		if (status != LUPE_OK)
			return status;
	}
	return LUPE_OK;
}
