/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the places of a leaf's sequences to hits. */
#include "base/mem.h"
#include "query/document_internal.h"

static void add_hits(struct document *d, size_t words, size_t leaf)
{
	struct hit_list *list = &d->hits;
	for (size_t i = 0; i < d->found.count; i++) {
		ARRAY_GROW(list->items, list->count, list->capacity);
		list->items[list->count++] = (struct hit){.position = d->found.items[i],
			.words = (uint16_t)words,
			.leaf = (uint16_t)leaf};
	}
}

/* Words of the title have no positions there: they are shown wherever they stand in the text. */
static lupe_status read_words(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	const struct sequence *sequence = &leaf->sequences[0];
	lupe_status status = LUPE_OK;
	for (size_t i = 0; i < sequence->slot_count && status == LUPE_OK; i++) {
		status = sequence_read_slot(d->sequences, &sequence->slots[i], &d->found, err);
		if (status == LUPE_OK)
			add_hits(d, 1, leaf->index);
	}
	return status;
}

lupe_status hits_read(struct document *d, const struct leaf *leaf, struct lupe_error *err)
{
	lupe_status status = LUPE_OK;
	if (leaf->field == FIELD_TITLE)
		return read_words(d, leaf, err);
	if (leaf->field == FIELD_AUTHOR)
		return LUPE_OK;
	for (size_t i = 0; i < leaf->sequence_count && status == LUPE_OK; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		status = sequence_read(d->sequences, sequence, &d->found, err);
		if (status == LUPE_OK)
			add_hits(d, sequence->window ? 1 : sequence->slot_count, leaf->index);
	}
	return status;
}
