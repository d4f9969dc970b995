/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What slips cost, and that the least cost of a beginning is no more than that of any end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/spell_distance.h"

static unsigned letters_of(const char *word, uint32_t *ret)
{
	return distance_letters(span_of(word), ret, SPELL_MAX_LETTERS);
}

static unsigned cost_of(const char *typed, const char *other)
{
	static struct spell_distance distance;
	uint32_t letters[SPELL_MAX_LETTERS];
	distance_start(&distance, letters, letters_of(typed, letters), COST_FIRST);
	unsigned count = letters_of(other, letters);
	for (unsigned i = 0; i < count; i++)
		distance_add(&distance, i, letters[i]);
	return distance_at(&distance, count, distance.count);
}

static void slips_that_are_common_cost_less(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *other;
		unsigned cost;
	} rows[] = {
		{"integration", "integration", 0},
		{"intxgration", "integration", COST_EDIT},
		{"intwgration", "integration", COST_NEIGHBOUR},
		{"integation", "integration", COST_COUNT},
		{"integrahtion", "integration", COST_COUNT},
		{"integartion", "integration", COST_TRANSPOSED},
		{"wilkommen", "willkommen", COST_DOUBLED},
		{"komunne", "kommune", 2 * COST_DOUBLED},
		{"foerderung", "förderung", COST_SPELLED},
		{"förderung", "foerderung", COST_SPELLED},
		{"forderung", "förderung", COST_DOTS},
		{"uebergang", "übergang", COST_SPELLED},
		{"ubergang", "übergang", COST_DOTS},
		{"pntegration", "integration", COST_EDIT + COST_FIRST},
		{"ntegration", "integration", COST_COUNT + COST_FIRST},
		{"nitegration", "integration", COST_TRANSPOSED + COST_FIRST},
		{"integratiom", "integration", COST_NEIGHBOUR},
		{"integration", "kommune", COST_FAR},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned cost = cost_of(rows[i].typed, rows[i].other);
		if (cost != rows[i].cost)
			fail_msg("%s, %s: %u, not %u", rows[i].typed, rows[i].other, cost,
				rows[i].cost);
	}
}

static void no_beginning_is_given_up_too_early(void **state)
{
	(void)state;
	static const char *const words[] = {"integration", "förderung", "foerderung", "kommune",
		"strasse", "arzt", "ärzte", "aerzte", "übergang", "uebergang", "bürger", "burger"};
	static struct spell_distance distance;
	enum { WORDS = sizeof(words) / sizeof(words[0]) };
	uint32_t typed[SPELL_MAX_LETTERS], other[SPELL_MAX_LETTERS];
	for (size_t i = 0; i < WORDS * WORDS * 64; i++) {
		unsigned count = letters_of(words[i / 64 / WORDS], typed);
		unsigned length = letters_of(words[i / 64 % WORDS], other), slip = i % 64;
		uint32_t letter = typed[slip % count]; /* one transposition somewhere */
		if (slip % count + 1 < count) {
			typed[slip % count] = typed[slip % count + 1];
			typed[slip % count + 1] = letter;
		}
		unsigned least[SPELL_MAX_DEPTH];
		distance_start(&distance, typed, count, COST_FIRST);
		for (unsigned j = 0; j < length; j++)
			least[j] = distance_add(&distance, j, other[j]);
		unsigned cost = distance_at(&distance, length, count);
		for (unsigned j = 0; j < length && cost <= 2 * COST_EDIT; j++)
			assert_true(least[j] <= cost);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips_that_are_common_cost_less),
		cmocka_unit_test(no_beginning_is_given_up_too_early),
	};
	return cmocka_run_group_tests_name("spell distance", tests, NULL, NULL);
}
