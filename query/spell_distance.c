/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The costs of slips, and one row after the other within a band around the diagonal. */
#include "query/spell_distance.h"

#include <stdlib.h>

#include "text/utf8.h"

enum { A_UMLAUT = 0xe4, O_UMLAUT = 0xf6, U_UMLAUT = 0xfc, MAX_SPELLED = 4 };

/* Place of a key: row from the top, and column in half keys, the rows being staggered. */
struct key {
	int8_t row, column; /* column 0: no key of a letter */
};

/* q w e r t z u i o p ü / a s d f g h j k l ö ä / y x c v b n m */
static const struct key keys[] = {['a'] = {1, 2},
	['b'] = {2, 11},
	['c'] = {2, 7},
	['d'] = {1, 6},
	['e'] = {0, 5},
	['f'] = {1, 8},
	['g'] = {1, 10},
	['h'] = {1, 12},
	['i'] = {0, 15},
	['j'] = {1, 14},
	['k'] = {1, 16},
	['l'] = {1, 18},
	['m'] = {2, 15},
	['n'] = {2, 13},
	['o'] = {0, 17},
	['p'] = {0, 19},
	['q'] = {0, 1},
	['r'] = {0, 7},
	['s'] = {1, 4},
	['t'] = {0, 9},
	['u'] = {0, 13},
	['v'] = {2, 9},
	['w'] = {0, 3},
	['x'] = {2, 5},
	['y'] = {2, 3},
	['z'] = {0, 11},
	[A_UMLAUT] = {1, 22},
	[O_UMLAUT] = {1, 20},
	[U_UMLAUT] = {0, 21}};

static bool are_neighbours(uint32_t a, uint32_t b)
{
	enum { KEYS = sizeof(keys) / sizeof(keys[0]) };
	if (a >= KEYS || b >= KEYS || !keys[a].column || !keys[b].column)
		return false;
	int rows = abs(keys[a].row - keys[b].row);
	return rows < 2 && rows + abs(keys[a].column - keys[b].column) == 2;
}

/* a of ä, o of ö, u of ü; 0 of others. */
static uint32_t without_dots(uint32_t letter)
{
	return letter == A_UMLAUT ? 'a' : letter == O_UMLAUT ? 'o' : letter == U_UMLAUT ? 'u' : 0;
}

/* Whether `pair`, `e` spell the umlaut. */
static bool is_spelled(uint32_t umlaut, uint32_t pair, uint32_t e)
{
	return e == 'e' && without_dots(umlaut) == pair && pair;
}

static unsigned replacement_cost(uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	if (without_dots(a) == b || without_dots(b) == a)
		return COST_DOTS;
	return are_neighbours(a, b) ? COST_NEIGHBOUR : COST_EDIT;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* ---- rows ---- */

/* The ends of the band in a row, and what lies just outside it. */
static void row_bounds(
	struct spell_distance *d, unsigned depth, unsigned *ret_from, unsigned *ret_to)
{
	uint8_t *row = d->rows[depth];
	unsigned from = depth > d->band ? depth - d->band : 0;
	unsigned to = least(depth + d->band, d->count);
	if (from > d->count)
		from = d->count;
	row[from] = row[from + 1] = COST_FAR; /* cells from - 2 and from - 1 */
	row[to + 3] = row[to + 4] = COST_FAR; /* cells to + 1 and to + 2 */
	*ret_from = from;
	*ret_to = to;
}

static unsigned extra_cost(const struct spell_distance *d, unsigned j)
{
	bool doubled = j > 1 && d->typed[j - 1] == d->typed[j - 2];
	return (doubled ? COST_DOUBLED : COST_COUNT) + (j == 1 ? d->first : 0);
}

void distance_start(struct spell_distance *d, const uint32_t *typed, unsigned count, unsigned first)
{
	unsigned spelled = 0, from, to;
	memcpy(d->typed, typed, count * sizeof(*typed));
	d->count = count;
	d->first = first;
	for (unsigned j = 1; j < count; j++)
		spelled += typed[j] == 'e' &&
			   (typed[j - 1] == 'a' || typed[j - 1] == 'o' || typed[j - 1] == 'u');
	d->band = 2 + least(spelled, MAX_SPELLED);
	row_bounds(d, 0, &from, &to);
	d->rows[0][2] = 0;
	for (unsigned j = 1; j <= to; j++)
		d->rows[0][j + 2] = (uint8_t)least(COST_FAR, d->rows[0][j + 1] + extra_cost(d, j));
}

/* A cell from those before it. */
static unsigned cell(const struct spell_distance *d, unsigned i, unsigned j)
{
	const uint8_t *row = d->rows[i] + 2, *above = d->rows[i - 1] + 2;
	uint32_t letter = d->other[i], before = i > 1 ? d->other[i - 1] : 0;
	bool doubled = letter == before;
	unsigned cost = above[j] + (doubled ? COST_DOUBLED : COST_COUNT) + (j == 0 ? d->first : 0);
	if (j == 0)
		return least(cost, COST_FAR);
	uint32_t typed = d->typed[j - 1], typed_before = j > 1 ? d->typed[j - 2] : 0;
	unsigned replaced = replacement_cost(letter, typed);
	cost = least(
		cost, above[j - 1] + replaced + (replaced > COST_DOTS && j == 1 ? d->first : 0));
	cost = least(cost, row[j - 1] + extra_cost(d, j));
	if (j > 1 && is_spelled(letter, typed_before, typed))
		cost = least(cost, above[j - 2] + COST_SPELLED);
	if (i > 1 && is_spelled(typed, before, letter))
		cost = least(cost, d->rows[i - 2][j - 1 + 2] + COST_SPELLED);
	if (i > 1 && j > 1 && letter == typed_before && before == typed)
		cost = least(cost,
			d->rows[i - 2][j - 2 + 2] + COST_TRANSPOSED + (j == 2 ? d->first : 0));
	return least(cost, COST_FAR);
}

/* What may come of cell j of the row above by an edit that takes the next letter too. */
static unsigned pending(const struct spell_distance *d, unsigned i, unsigned j)
{
	unsigned so_far = d->rows[i - 1][j + 2];
	if (j + 1 < d->count && d->typed[j + 1] == d->other[i])
		return so_far + COST_TRANSPOSED + (j == 0 ? d->first : 0);
	if (j < d->count && without_dots(d->typed[j]) == d->other[i])
		return so_far + COST_SPELLED;
	return COST_FAR;
}

unsigned distance_add(struct spell_distance *d, unsigned depth, uint32_t letter)
{
	unsigned i = depth + 1, from, to, best = COST_FAR;
	row_bounds(d, i, &from, &to);
	d->other[i] = letter;
	for (unsigned j = from; j <= to; j++) {
		unsigned cost = cell(d, i, j);
		d->rows[i][j + 2] = (uint8_t)cost;
		best = least(best, least(cost, pending(d, i, j)));
	}
	return best;
}

unsigned distance_letters(struct span word, uint32_t *ret, unsigned room)
{
	const char *end = word.ptr + word.len;
	unsigned count = 0;
	size_t length;
	for (const char *at = word.ptr; at < end; at += length) {
		if (count == room)
			return 0;
		ret[count++] = utf8_get(at, end, &length);
	}
	return count;
}
