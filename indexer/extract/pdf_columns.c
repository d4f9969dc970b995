/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds columns: every blank between two neighbours on a line may be a gutter. It is followed
 * upwards and downwards, growing narrower, until a segment stands across it. What lies on both
 * sides must then look like running text: several dense lines, wide enough, most of them full, in
 * one piece each. That tells columns from tables, whose cells are short.
 */
#include "indexer/extract/pdf_columns.h"

#include <math.h>

enum {
	LINES_LEAST = 3,
	LETTERS_LEAST = 18, /* of a line, on average */
	NEIGHBOURS = 12,    /* looked at in the list for one on the same line */
	SEEDS_MOST = 48,
};
static const float tolerance = 0.5F; /* points */
/* In sizes of the font. */
static const float gutter_least = 0.9F, column_least = 8.0F, gap_most = 1.6F, piece_blank = 1.0F;

struct stretch {
	size_t begin, end;
	float lo, hi; /* the gutter */
};

struct side {
	struct area area;
	size_t pieces, lines, full_lines;
	float heights, widths, size;
	size_t letters;
	const struct segment *last;
	float line_x2;
};

/* Makes the gutter narrower so that the segment does not stand in it; false if it gets too narrow.
 */
static bool pass(struct stretch *s, const struct segment *segment)
{
	const struct area *a = &segment->area;
	float left = a->x1 - s->lo, right = s->hi - a->x2;

	if (a->x1 >= s->hi - tolerance || a->x2 <= s->lo + tolerance)
		return true;
	if (left >= right)
		s->hi = a->x1;
	else
		s->lo = a->x2;
	return s->hi - s->lo >= segment->size * gutter_least;
}

/* The gutter to the right of segment `at`, as far as it goes; false if there is none. */
static bool grow_gutter(
	const struct segment *const *segments, size_t count, size_t at, struct stretch *ret)
{
	const struct segment *s = segments[at], *next = NULL;
	size_t from = at > NEIGHBOURS ? at - NEIGHBOURS : 0;

	for (size_t i = from; i < count && i <= at + NEIGHBOURS; i++) {
		const struct segment *t = segments[i];

		if (t != s && t->area.x1 > s->area.x2 && area_same_line(&s->area, &t->area) &&
			(!next || t->area.x1 < next->area.x1))
			next = t;
	}
	if (!next || next->area.x1 - s->area.x2 < s->size * gutter_least)
		return false;
	*ret = (struct stretch){at, at + 1, s->area.x2, next->area.x1};
	for (struct stretch wider = *ret; wider.end < count; *ret = wider)
		if (!pass(&wider, segments[wider.end++]))
			break;
	for (struct stretch wider = *ret; wider.begin > 0; *ret = wider)
		if (!pass(&wider, segments[--wider.begin]))
			break;
	return true;
}

static void end_line(struct side *side)
{
	if (side->last && side->line_x2 >= side->area.x2 - (side->area.x2 - side->area.x1) * 0.15F)
		side->full_lines++;
}

static void add_to_side(struct side *side, const struct segment *s)
{
	bool same = side->last && area_same_line(&side->last->area, &s->area);

	if (!same) {
		end_line(side);
		side->lines++;
		side->heights += s->size * 1.2F;
		side->line_x2 = s->area.x2;
	}
	side->pieces += !same || s->area.x1 - side->line_x2 > s->size * piece_blank;
	side->line_x2 = fmaxf(side->line_x2, s->area.x2);
	side->widths += s->area.x2 - s->area.x1;
	side->letters += s->letters;
	side->size = fmaxf(side->size, s->size);
	side->area.y1 = fminf(side->area.y1, s->area.y1);
	side->area.y2 = fmaxf(side->area.y2, s->area.y2);
	side->last = s;
}

static bool is_running_text(const struct side *side)
{
	float width = side->area.x2 - side->area.x1;
	float lines = (float)side->lines;

	return side->lines >= LINES_LEAST && width >= side->size * column_least &&
	       side->pieces * 2 <= side->lines * 3 &&
	       side->letters >= side->lines * LETTERS_LEAST &&
	       side->widths >= width * lines * 0.5F && side->full_lines * 5 >= side->lines * 2 &&
	       side->heights >= area_height(&side->area) * 0.5F;
}

static void measure_sides(
	const struct segment *const *segments, const struct stretch *s, struct side sides[2])
{
	for (int i = 0; i < 2; i++)
		sides[i] = (struct side){.area = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
	for (size_t i = s->begin; i < s->end; i++) {
		struct side *side = &sides[segments[i]->area.x1 >= s->hi - tolerance];

		side->area.x1 = fminf(side->area.x1, segments[i]->area.x1);
		side->area.x2 = fmaxf(side->area.x2, segments[i]->area.x2);
	}
	for (size_t i = s->begin; i < s->end; i++)
		add_to_side(&sides[segments[i]->area.x1 >= s->hi - tolerance], segments[i]);
	end_line(&sides[0]);
	end_line(&sides[1]);
}

static const struct segment *last_of_side(
	const struct segment *const *segments, const struct stretch *s, bool right, size_t before)
{
	while (before-- > s->begin)
		if ((segments[before]->area.x1 >= s->hi - tolerance) == right)
			return segments[before];
	return NULL;
}

/* Takes lines off both ends that stand apart: a heading above the columns, or what follows below,
   does not belong to a column just because it is short. */
static void trim(const struct segment *const *segments, struct stretch *s)
{
	struct side sides[2];

	measure_sides(segments, s, sides);
	float top = fmaxf(sides[0].area.y1, sides[1].area.y1);
	float bottom = fminf(sides[0].area.y2, sides[1].area.y2);

	while (s->begin < s->end && segments[s->begin]->area.y2 < top)
		s->begin++;
	for (size_t i = s->begin; i < s->end; i++) {
		const struct segment *at = segments[i];
		bool right = at->area.x1 >= s->hi - tolerance;
		const struct segment *above = last_of_side(segments, s, right, i);

		if (at->area.y1 <= bottom || !above)
			continue;
		if (at->area.y1 - above->area.y2 > at->size * gap_most) {
			s->end = i;
			return;
		}
	}
}

bool columns_find(const struct segment *const *segments, size_t count, struct columns *ret)
{
	struct stretch seeds[SEEDS_MOST];
	size_t seed_count = 0, best = 0;

	for (size_t i = 0; i < count && seed_count < SEEDS_MOST; i++) {
		struct stretch s;
		bool known = false;

		for (size_t k = 0; k < seed_count && !known; k++)
			known = i >= seeds[k].begin && i < seeds[k].end &&
				fabsf(segments[i]->area.x2 - seeds[k].lo) < segments[i]->size * 4;
		if (known || !grow_gutter(segments, count, i, &s))
			continue;
		seeds[seed_count++] = s;
		trim(segments, &s);
		struct side sides[2];
		measure_sides(segments, &s, sides);
		if (!is_running_text(&sides[0]) || !is_running_text(&sides[1]))
			continue;
		size_t lines = sides[0].lines < sides[1].lines ? sides[0].lines : sides[1].lines;
		if (lines > best) {
			best = lines;
			*ret = (struct columns){s.begin, s.end, (s.lo + s.hi) / 2};
		}
	}
	return best > 0;
}
