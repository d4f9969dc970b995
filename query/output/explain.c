/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each word of a query is searched as (--explain): its forms, the terms of each tier with
 * their weight and the number of documents that have them.
 */
#include "query/output/output.h"

static const char *tier_name(enum tier tier)
{
	static const char *const names[TIER_COUNT] = {
		"stem", "joined", "part", "gender", "umlaut", "norm"};
	return names[tier];
}

static double tier_weight(const struct answer *answer, enum tier tier)
{
	const struct weights *weights = &answer->settings->plan.weights;
	return tier == TIER_GENDER ? weights->gender : tier == TIER_UMLAUT ? weights->umlaut : 1;
}

static lupe_status print_slot(
	const struct answer *answer, const struct slot *slot, double weight, struct lupe_error *err)
{
	xc_database *db = index_database(answer->index);
	for (size_t i = 0; i < slot->term_count; i++) {
		const struct alternative *a = &slot->terms[i];
		uint32_t documents = 0;
		lupe_status status = xc_term_documents(
			db, (struct xc_bytes){a->term.ptr, a->term.len}, &documents, err);
		if (status != LUPE_OK)
			return status;
		fprintf(answer->out, "    %-8s %-32.*s ×%.2f %8u documents\n",
			tier_name((enum tier)a->tier), SPAN_ARG(a->term),
			weight * tier_weight(answer, (enum tier)a->tier), documents);
	}
	return LUPE_OK;
}

static void print_forms(const struct answer *answer, const struct slot *slot)
{
	for (size_t i = 0; i < slot->form_count; i++)
		fprintf(answer->out, "%s%.*s",
			i ? ", " : "  as written: ", SPAN_ARG(slot->forms[i]));
	if (slot->form_count)
		fputc('\n', answer->out);
}

static lupe_status print_leaf(
	const struct answer *answer, const struct leaf *leaf, struct lupe_error *err)
{
	print_text(answer, leaf->text);
	fputs(leaf->spelled ? "  (spelling corrected)" : "", answer->out);
	fputs(leaf->dropped ? "  (stop word, not searched)\n" : "\n", answer->out);
	for (size_t i = 0; i < leaf->sequence_count && !leaf->dropped; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		double weight = sequence->window ? answer->settings->plan.weights.cover : 1;
		if (sequence->window)
			fprintf(answer->out, "  or its parts within %u words:\n", sequence->window);
		else if (sequence->slot_count > 1)
			fputs("  one behind the other:\n", answer->out);
		for (size_t k = 0; k < sequence->slot_count; k++) {
			print_forms(answer, &sequence->slots[k]);
			lupe_status status = print_slot(answer, &sequence->slots[k], weight, err);
			if (status != LUPE_OK)
				return status;
		}
	}
	return LUPE_OK;
}

lupe_status output_explain(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	for (size_t i = 0; i < answer->plan->leaf_count; i++) {
		lupe_status status = print_leaf(answer, answer->plan->leaves[i], err);
		if (status != LUPE_OK)
			return status;
		++*ret_printed;
	}
	fprintf(answer->out, "%zu documents\n", answer->results->total);
	return LUPE_OK;
}
