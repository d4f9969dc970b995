/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document is open at a time; memory does not grow with their number. */
#include "query/output/stream.h"

struct streamer {
	const struct answer *answer;
	const struct stream_options *options;
	stream_take take;
	void *context;
	struct places places;
	struct concordance words;
	struct occurrence occurrence;
	size_t left; /* of this document */
};

static lupe_status take_place(struct streamer *s, const struct place *place, struct lupe_error *err)
{
	const struct answer *answer = s->answer;
	struct occurrence *o = &s->occurrence;
	lupe_status status = finder_find(answer->finder, place->begin, place->line, &o->where, err);
	o->place = place;
	o->heading = SPAN("");
	if (status == LUPE_OK && s->options->heading)
		status = finder_heading(answer->finder, place->begin, &o->heading, err);
	if (status == LUPE_OK && s->options->words)
		status = concordance_read(
			&s->words, answer->document, place, s->options->width, err);
	return status == LUPE_OK ? s->take(s->context, o, err) : status;
}

static lupe_status take_document(struct streamer *s, struct lupe_error *err)
{
	struct document *document = s->answer->document;
	lupe_status status = document_open(document, s->occurrence.docid, s->answer->plan, err);
	if (status != LUPE_OK)
		return status;
	finder_reset(s->answer->finder);
	s->occurrence.fields = document_fields(document);
	s->left = s->answer->settings->max_lines;
	places_start(&s->places, document);
	while (s->left && (status = places_next(&s->places, err)) == LUPE_OK)
		for (size_t i = 0; i < s->places.count && s->left; i++, s->left--) {
			status = take_place(s, &s->places.items[i], err);
			if (status != LUPE_OK)
				return status;
		}
	return status < 0 ? status : LUPE_OK;
}

lupe_status stream_hits(const struct answer *answer, const struct stream_options *options,
	stream_take take, void *context, struct lupe_error *err)
{
	struct streamer s = {
		.answer = answer, .options = options, .take = take, .context = context};
	const struct results *results = answer->results;
	lupe_status status = LUPE_OK;
	s.occurrence.words = options->words ? &s.words : NULL;
	for (size_t i = 0; i < results->count && results->items[i].all && status == LUPE_OK; i++) {
		s.occurrence.rank = answer->settings->search.offset + i + 1;
		s.occurrence.docid = results->items[i].docid;
		status = take_document(&s, err);
	}
	places_done(&s.places);
	concordance_done(&s.words);
	return status;
}
