/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fields of a query ask the store for. Title and author have terms of their own, without
 * positions, so that phrases and forms in them are compared with the record (brief.c); types,
 * paths, dates and languages are exact here.
 */
#include "query/filter.h"
#include "query/plan_internal.h"
#include "store/schema.h"
#include "text/fold.h"

static struct span with_prefix(struct planner *p, char prefix, struct span text)
{
	char *term = arena_alloc(p->arena, text.len + 1);
	term[0] = prefix;
	memcpy(term + 1, text.ptr, text.len);
	return (struct span){term, text.len + 1};
}

static xc_query *field_slot(struct planner *p, char prefix, const struct slot *slot)
{
	xc_query **stems = arena_alloc(p->arena, (slot->term_count + 1) * sizeof(xc_query *));
	size_t count = 0;
	for (size_t k = 0; k < slot->term_count; k++)
		if (slot->terms[k].tier == TIER_STEM)
			stems[count++] =
				planner_term(p, with_prefix(p, prefix, slot->terms[k].term));
	return planner_or_nothing(p, planner_combine(p, xc_query_or, stems, count));
}

xc_query *planner_field(struct planner *p, const struct leaf *leaf)
{
	char prefix = leaf->field == FIELD_AUTHOR ? PREFIX_AUTHOR[0] : PREFIX_TITLE[0];
	xc_query **subs = arena_alloc(p->arena, leaf->sequence_count * sizeof(xc_query *));
	size_t count = 0;
	if (leaf->sequences[0].slots[0].pattern)
		return planner_everything(p);
	for (size_t i = 0; i < leaf->sequence_count; i++) {
		const struct sequence *sequence = &leaf->sequences[i];
		if (sequence->window)
			continue;
		xc_query **words = arena_alloc(p->arena, sequence->slot_count * sizeof(xc_query *));
		for (size_t k = 0; k < sequence->slot_count; k++)
			words[k] = field_slot(p, prefix, &sequence->slots[k]);
		subs[count++] = planner_combine(p, xc_query_and, words, sequence->slot_count);
	}
	return planner_combine(p, xc_query_or, subs, count);
}

/* ---- filters ---- */

/* "de" for de, de-DE, deutsch, German. */
static struct span language_code(struct planner *p, struct span text)
{
	static const struct {
		struct span name, code;
	} names[] = {{{"deutsch", 7}, {"de", 2}}, {{"german", 6}, {"de", 2}},
		{{"englisch", 8}, {"en", 2}}, {{"english", 7}, {"en", 2}},
		{{"französisch", 12}, {"fr", 2}}, {{"french", 6}, {"fr", 2}},
		{{"türkisch", 9}, {"tr", 2}}, {{"turkish", 7}, {"tr", 2}}};
	char *lower = arena_alloc(p->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		lower[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] + 32)
								    : text.ptr[i];
	struct span code = {lower, text.len};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_equal(code, names[i].name))
			return names[i].code;
	return span_take(&code, '-');
}

/* The glob at the begin of a path or of a component, to its end or as a folder above it. */
static struct strings path_globs(struct planner *p, struct span text)
{
	static const char *const around[][2] = {{"", ""}, {"*/", ""}, {"", "/*"}, {"*/", "/*"}};
	enum { COUNT = sizeof(around) / sizeof(around[0]) };
	BUF_SCOPED(glob);
	const char **globs = arena_alloc(p->arena, COUNT * sizeof(*globs));
	for (size_t i = 0; i < COUNT; i++) {
		buf_clear(&glob);
		buf_add_string(&glob, around[i][0]);
		buf_add_span(&glob, text);
		buf_add_string(&glob, around[i][1]);
		globs[i] = arena_copy(p->arena, buf_span(&glob)).ptr;
	}
	return (struct strings){.items = globs, .count = COUNT};
}

static xc_query *file_query(struct planner *p, const struct node *node)
{
	const char *text = arena_copy(p->arena, node->text).ptr;
	struct strings list = {.items = &text, .count = 1};
	struct filter filter = {.types = {0}};
	struct lupe_error unknown;
	xc_query *query = NULL;
	if (node->field == FIELD_PATH) {
		filter.includes = path_globs(p, node->text);
	} else if (filter_check_type(text, &unknown) == LUPE_OK) {
		filter.types = list;
	} else {
		plan_note(p->plan, p->arena, "no such type of file: nothing has it", node->offset);
		return planner_or_nothing(p, NULL);
	}
	lupe_status status = filter_query(&filter, p->db, NULL, &query, p->err);
	return planner_keep(p, status, query);
}

xc_query *planner_filter(struct planner *p, const struct node *node)
{
	xc_query *query = NULL;
	lupe_status status;
	switch (node->field) {
	case FIELD_DATE:
		status = dates_query(&node->dates, &query, p->err);
		return planner_keep(p, status, query);
	case FIELD_LANGUAGE:
		return planner_term(
			p, with_prefix(p, PREFIX_LANGUAGE[0],
				   fold_cut(language_code(p, node->text), TERM_MAX_BYTES)));
	default:
		return file_query(p, node);
	}
}

lupe_status planner_list(struct planner *p, const xc_query *query, struct docids *ret)
{
	struct xc_search_options options;
	xc_matches *matches = NULL;
	xc_search_options_init(&options);
	options.weighting = XC_WEIGHTING_NONE;
	options.max_items = UINT32_MAX;
	lupe_status status = xc_search(p->db, query, &options, &matches, p->err);
	if (status != LUPE_OK)
		return status;
	uint32_t count = xc_matches_count(matches);
	uint32_t *docids = arena_alloc(p->arena, ((size_t)count + 1) * sizeof(*docids));
	for (uint32_t i = 0; i < count && status == LUPE_OK; i++) {
		struct xc_match match;
		status = xc_matches_item(matches, i, &match, p->err);
		docids[i] = match.docid;
	}
	xc_matches_close(matches);
	*ret = (struct docids){docids, count};
	return status;
}

lupe_status planner_settle_filters(struct planner *p, struct node *node)
{
	lupe_status status = LUPE_OK;
	if (node->kind == NODE_FILTER) {
		xc_query *query = planner_filter(p, node);
		struct docids found = {NULL, 0};
		if (p->status == LUPE_OK)
			p->status = planner_list(p, query, &found);
		node->docids = found.items;
		node->docid_count = found.count;
		return p->status;
	}
	for (struct node *child = node->children; child && status == LUPE_OK; child = child->next)
		status = planner_settle_filters(p, child);
	return status;
}
