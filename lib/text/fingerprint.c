/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Feeds everything the analyser says of a text to a hash, word by word. */
#include "text/fingerprint.h"

#include "base/buf.h"
#include "base/hash.h"

uint64_t fingerprint_of(struct analyser *analyser, struct span text)
{
	BUF_SCOPED(all);
	struct word word;
	uint64_t hash = 0;
	analyser_start(analyser, &(struct analyser_input){.text = text, .first_position = 1});
	while (analyser_next(analyser, &word)) {
		const struct terms *terms = analyser_terms(analyser, &word);
		const uint32_t head[] = {word.position, (uint32_t)word.surface.len, terms->stop,
			terms->gendered, terms->hyphenated, terms->compound, terms->count};
		buf_clear(&all);
		buf_add(&all, &hash, sizeof(hash));
		buf_add(&all, head, sizeof(head));
		for (size_t i = 0; i < terms->count; i++) {
			const struct term *term = &terms->items[i];
			const uint32_t row[] = {term->kind, term->part, term->begin, term->end};
			buf_add(&all, row, sizeof(row));
			buf_add_span(&all, term->text);
		}
		hash = hash64(buf_span(&all));
	}
	return hash;
}
