/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who gives to whom. What becomes of the document is mover.c's. */
#include "indexer/moves.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "indexer/format.h"

static int compare_contents(const struct hash128 *a, const struct hash128 *b)
{
	return memcmp(a, b, sizeof(*a));
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;
	int order = compare_contents(&(*x)->content, &(*y)->content);

	return order ? order : span_compare((*x)->path, (*y)->path);
}

/* Whether it was read to its end, and is not to be read again for another reason. */
static bool can_give(const struct entry *entry, bool retry_failed)
{
	static const struct hash128 unread;

	if (retry_failed && entry_is_retried(entry))
		return false;
	return entry->known && !entry->folder && entry->cause != CAUSE_PRIVATE &&
	       !entry_was_kept(entry) && compare_contents(&entry->content, &unread) != 0;
}

void moves_init(struct moves *ret, const struct plan *plan, bool retry_failed)
{
	*ret = (struct moves){0};
	ret->items = mem_realloc_array(NULL, plan->gone_count + 1, sizeof(*ret->items));
	for (size_t i = 0; i < plan->gone_count; i++)
		if (can_give(plan->gone[i], retry_failed))
			ret->items[ret->count++] = plan->gone[i];
	qsort(ret->items, ret->count, sizeof(*ret->items), compare_entries);
}

void moves_done(struct moves *moves)
{
	free(moves->items);
	*moves = (struct moves){0};
}

static size_t find_first(const struct moves *moves, const struct hash128 *content)
{
	size_t low = 0, high = moves->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_contents(&moves->items[middle]->content, content) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct entry *moves_take(struct moves *moves, const struct hash128 *content, struct span path)
{
	const struct format *format = format_of(path);
	struct entry *found = NULL;

	for (size_t i = find_first(moves, content); i < moves->count; i++) {
		struct entry *entry = moves->items[i];
		bool same_name = span_equal(path_base(entry->path), path_base(path));

		if (compare_contents(&entry->content, content) != 0)
			break;
		if (entry->moved || entry->removed || format_of(entry->path) != format)
			continue;
		if (!found || same_name)
			found = entry;
		if (same_name)
			break;
	}
	if (found)
		found->moved = true;
	return found;
}
