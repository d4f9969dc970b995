/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts come from the store, which sees every match anyway, or document by document where each is
 * decided by its text. Dates become years here.
 */
#include "query/facets.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/schema.h"

static const uint32_t slots[] = {SLOT_DATE, SLOT_TYPE, SLOT_BODY, SLOT_CONTENT};
enum { YEAR_DIGITS = 4 };

const char *facet_name(enum facet_kind kind)
{
	static const char *const names[] = {"year", "type", "body"};
	return names[kind];
}

const uint32_t *facets_slots(size_t *ret_count)
{
	*ret_count = sizeof(slots) / sizeof(slots[0]);
	return slots;
}

static void add(struct facets *facets, enum facet_kind kind, struct span value, size_t documents)
{
	struct facet *facet = &facets->items[kind];
	if (kind == FACET_YEAR && value.len > YEAR_DIGITS)
		value.len = YEAR_DIGITS;
	for (size_t i = facet->count; i > 0; i--) /* dates come in order: their year is the last */
		if (span_equal(facet->values[i - 1].value, value)) {
			facet->values[i - 1].documents += documents;
			return;
		}
	ARRAY_GROW(facet->values, facet->count, facet->capacity);
	facet->values[facet->count++] =
		(struct facet_value){arena_copy(&facets->arena, value), documents};
}

lupe_status facets_take(struct facets *facets, xc_matches *matches, struct lupe_error *err)
{
	for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
		xc_terms *values = NULL;
		struct xc_term value;
		uint32_t counted = 0;
		lupe_status status = xc_facets_start(matches, slots[i], &counted, &values, err);
		size_t with_value = 0, distinct = 0;
		while (status == LUPE_OK &&
			(status = xc_terms_next(values, &value, err)) == LUPE_OK) {
			with_value += value.documents;
			distinct++;
			if (slots[i] != SLOT_CONTENT)
				add(facets, (enum facet_kind)i,
					(struct span){value.term.ptr, value.term.len},
					value.documents);
		}
		xc_terms_close(values);
		if (status < 0)
			return status;
		if (slots[i] == SLOT_CONTENT)
			facets->distinct = distinct + (counted - with_value);
	}
	return LUPE_OK;
}

lupe_status facets_count(struct facets *facets, struct document *document, struct lupe_error *err)
{
	for (size_t i = 0; i < FACET_KINDS; i++) {
		struct span value;
		lupe_status status = document_value(document, slots[i], &value, err);
		if (status != LUPE_OK)
			return status;
		if (value.len)
			add(facets, (enum facet_kind)i, value, 1);
	}
	return LUPE_OK;
}

static int compare_years(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;
	return span_compare(y->value, x->value);
}

static int compare_counts(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;
	if (x->documents != y->documents)
		return x->documents > y->documents ? -1 : 1;
	return span_compare(x->value, y->value);
}

void facets_sort(struct facets *facets)
{
	for (size_t i = 0; i < FACET_KINDS; i++)
		if (facets->items[i].count)
			qsort(facets->items[i].values, facets->items[i].count,
				sizeof(struct facet_value),
				i == FACET_YEAR ? compare_years : compare_counts);
}

void facets_done(struct facets *facets)
{
	for (size_t i = 0; i < FACET_KINDS; i++)
		free(facets->items[i].values);
	arena_done(&facets->arena);
}
