/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pass forwards keeps the hits of each operand that are near a kept one of the operand before, a
 * pass backwards those that are near a kept one of the operand behind: what both keep is in a
 * chain. For one hit only the nearest others on either side count; since hits may be phrases of
 * several words, "nearest" is by begin and by end.
 */
#include "query/near.h"

#include <stdlib.h>

#include "base/mem.h"

static bool has_leaf(const struct node *node, uint16_t leaf)
{
	if (node->leaf)
		return node->leaf->index == leaf;
	for (const struct node *child = node->children; child; child = child->next)
		if (has_leaf(child, leaf))
			return true;
	return false;
}

/* The hits of one operand that are still in the game, in order of position. */
struct operand {
	struct hit *hits;
	size_t count;
	uint32_t reach; /* to the operand before */
};

static uint32_t end_of(const struct hit *hit)
{
	return hit->position + hit->words - 1;
}

/* Whether a hit of `other` ends before `hit` and at most `reach` words before, or begins so behind.
   `latest_end` is for each hit of `other` the latest end of it and those before. */
static bool is_near(const struct hit *hit, const struct operand *other, const uint32_t *latest_end,
	uint32_t reach)
{
	size_t low = 0, high = other->count;
	while (low < high) { /* the first that begins behind the hit */
		size_t middle = low + (high - low) / 2;
		if (other->hits[middle].position <= end_of(hit))
			low = middle + 1;
		else
			high = middle;
	}
	if (low < other->count && other->hits[low].position - end_of(hit) <= reach)
		return true;
	/* among those before, phrases may overlap the hit: the latest that does not counts */
	while (low > 0 && latest_end[low - 1] + reach >= hit->position) {
		uint32_t end = end_of(&other->hits[--low]);
		if (end < hit->position && hit->position - end <= reach)
			return true;
	}
	return false;
}

static void keep_near(struct operand *operand, const struct operand *other, uint32_t reach)
{
	uint32_t *latest_end = mem_alloc((other->count + 1) * sizeof(*latest_end));
	size_t kept = 0;
	for (size_t i = 0; i < other->count; i++) {
		uint32_t end = end_of(&other->hits[i]);
		latest_end[i] = i && latest_end[i - 1] > end ? latest_end[i - 1] : end;
	}
	for (size_t i = 0; i < operand->count; i++)
		if (is_near(&operand->hits[i], other, latest_end, reach))
			operand->hits[kept++] = operand->hits[i];
	operand->count = kept;
	free(latest_end);
}

static void take_hits(
	const struct node *node, const struct hit *hits, size_t count, struct operand *ret)
{
	ret->hits = mem_alloc((count + 1) * sizeof(*ret->hits));
	ret->count = 0;
	ret->reach = node->reach;
	for (size_t i = 0; i < count; i++)
		if (has_leaf(node, hits[i].leaf))
			ret->hits[ret->count++] = hits[i];
}

static bool is_kept(const struct operand *operand, const struct hit *hit)
{
	size_t low = 0, high = operand->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (operand->hits[middle].position < hit->position)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < operand->count && operand->hits[low].position == hit->position; low++)
		if (operand->hits[low].leaf == hit->leaf && operand->hits[low].words == hit->words)
			return true;
	return false;
}

size_t near_filter(const struct node *node, struct hit *hits, size_t count)
{
	size_t operand_count = 0, kept = 0, i = 0;
	for (const struct node *child = node->children; child; child = child->next)
		operand_count++;
	struct operand *operands = mem_alloc(operand_count * sizeof(*operands));
	for (const struct node *child = node->children; child; child = child->next)
		take_hits(child, hits, count, &operands[i++]);
	for (i = 1; i < operand_count; i++)
		keep_near(&operands[i], &operands[i - 1], operands[i].reach);
	for (i = operand_count - 1; i > 0; i--)
		keep_near(&operands[i - 1], &operands[i], operands[i].reach);
	for (size_t k = 0; k < count; k++) {
		bool below = false, chained = false;
		i = 0;
		for (const struct node *child = node->children; child; child = child->next, i++) {
			below |= has_leaf(child, hits[k].leaf);
			chained |= is_kept(&operands[i], &hits[k]);
		}
		if (!below || chained)
			hits[kept++] = hits[k];
	}
	for (i = 0; i < operand_count; i++)
		free(operands[i].hits);
	free(operands);
	return kept;
}
