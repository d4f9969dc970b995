/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Packed positions: what goes in comes out, whatever the number of terms, and damage is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "store/positions.h"
#include "store/schema.h"
#include "values.h"

struct fixture {
	struct positions_writer *writer;
	struct position_list list;
	struct lupe_error err;
};

static int fixture_make(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->writer = positions_writer_new();
	positions_writer_start(f->writer);
	*state = f;
	return 0;
}

static int fixture_free(void **state)
{
	struct fixture *f = *state;
	positions_writer_free(f->writer);
	position_list_done(&f->list);
	free(f);
	return 0;
}

static struct values pack(struct fixture *f)
{
	struct values values;
	values.items = positions_writer_pack(f->writer, &values.count);
	return values;
}

static struct span share_of(struct values values, const char *term)
{
	struct span share;
	unsigned level = 0;
	value_given(&values, SLOT_SHARES, &share, NULL);
	if (!share.len)
		return share;
	assert_true(positions_level(share, &level));
	value_given(&values, positions_slot(span_of(term), level), &share, NULL);
	return share;
}

static void assert_positions(struct fixture *f, struct values packed, const char *term,
	const uint32_t *wanted, size_t count)
{
	lupe_status st = positions_read(share_of(packed, term), span_of(term), &f->list, &f->err);
	assert_int_equal(st, LUPE_OK);
	assert_int_equal(f->list.count, count);
	if (count)
		assert_memory_equal(f->list.items, wanted, count * sizeof(*wanted));
}

static void a_document_without_positions_has_no_values(void **state)
{
	struct fixture *f = *state;
	struct values packed = pack(f);
	assert_int_equal(packed.count, 0);
	assert_positions(f, packed, "kurs", NULL, 0);
}

static void terms_have_the_positions_that_were_added(void **state)
{
	struct fixture *f = *state;
	const uint32_t once[] = {7}, often[] = {1, 2, 130, 131, 70000, 4294967295};
	positions_writer_add(f->writer, SPAN("kurs"), once, 1);
	positions_writer_add(f->writer, SPAN("sprach"), often, 6);
	struct values packed = pack(f);
	assert_positions(f, packed, "kurs", once, 1);
	assert_positions(f, packed, "sprach", often, 6);
	assert_positions(f, packed, "sprachkurs", NULL, 0);
	assert_positions(f, packed, "", NULL, 0);
}

/* Term i stands at i + 1, i + 2, i + 4, ... : 1 to 20 times. */
static size_t positions_of(uint32_t i, uint32_t *ret)
{
	size_t count = i % 20 + 1;
	for (size_t k = 0; k < count; k++)
		ret[k] = i + (1u << k);
	return count;
}

static void as_many_terms_as_a_book_has_are_told_apart(void **state)
{
	enum { TERMS = 200000 };
	struct fixture *f = *state;
	uint32_t positions[20];
	char term[24];
	for (uint32_t i = 0; i < TERMS; i++) {
		snprintf(term, sizeof(term), "wort%u", i);
		positions_writer_add(
			f->writer, span_of(term), positions, positions_of(i, positions));
	}
	struct values packed = pack(f);
	assert_int_equal(packed.count, POSITIONS_VALUES_MAX);
	for (uint32_t i = 0; i < TERMS; i++) {
		snprintf(term, sizeof(term), "wort%u", i);
		assert_positions(f, packed, term, positions, positions_of(i, positions));
	}
	size_t taken_for_another = 0;
	for (uint32_t i = TERMS; i < 2 * TERMS; i++) {
		snprintf(term, sizeof(term), "wort%u", i);
		assert_int_equal(
			positions_read(share_of(packed, term), span_of(term), &f->list, NULL),
			LUPE_OK);
		taken_for_another += f->list.count > 0;
	}
	assert_int_equal(taken_for_another, 0);
}

static void a_writer_forgets_the_document_before(void **state)
{
	struct fixture *f = *state;
	const uint32_t one[] = {1}, two[] = {2, 3};
	positions_writer_add(f->writer, SPAN("alt"), two, 2);
	pack(f);
	positions_writer_start(f->writer);
	positions_writer_add(f->writer, SPAN("neu"), one, 1);
	struct values packed = pack(f);
	assert_positions(f, packed, "alt", NULL, 0);
	assert_positions(f, packed, "neu", one, 1);
}

/* Every cut is either seen or takes nothing away from what was asked for. */
static void what_is_cut_or_changed_never_reads_outside(void **state)
{
	struct fixture *f = *state;
	char term[24];
	const uint32_t positions[] = {3, 5, 900};
	for (uint32_t i = 0; i < 30; i++) { /* in one share */
		snprintf(term, sizeof(term), "wort%u", i);
		positions_writer_add(f->writer, span_of(term), positions, i % 2 ? 3 : 1);
	}
	struct span packed = share_of(pack(f), "wort");
	size_t seen = 0;
	for (size_t len = 1; len < packed.len; len++) {
		char *cut = malloc(len); /* of just this size, for the sanitizer */
		memcpy(cut, packed.ptr, len);
		for (uint32_t i = 0; i < 30; i++) {
			snprintf(term, sizeof(term), "wort%u", i);
			seen += positions_read((struct span){cut, len}, span_of(term), &f->list,
					NULL) == LUPE_ERROR_CORRUPT;
		}
		free(cut);
	}
	assert_true(seen > 40);
	const char no_buckets[] = {0, 9, 0, 1, 2, 3, 4};
	assert_int_equal(positions_read((struct span){no_buckets, sizeof(no_buckets)}, SPAN("wort"),
				 &f->list, &f->err),
		LUPE_ERROR_CORRUPT);
	assert_string_equal(f->err.message, "positions cannot be read");
}

static void shares_grow_in_number_with_the_terms_and_are_sealed(void **state)
{
	struct fixture *f = *state;
	const uint32_t one[] = {1};
	char term[24];
	for (uint32_t i = 0; i < 2000; i++) {
		snprintf(term, sizeof(term), "wort%u", i);
		positions_writer_add(f->writer, span_of(term), one, 1);
	}
	struct values packed = pack(f);
	assert_int_equal(packed.count, 1 + 64); /* 31 in each */
	for (size_t i = 0; i < packed.count; i++) {
		struct span body, value = {packed.items[i].value.ptr, packed.items[i].value.len};
		assert_int_equal(seal_open(value, &body, &f->err), LUPE_OK);
		assert_in_range(packed.items[i].slot, SLOT_SHARES, SLOT_POSITIONS + 126);
	}
	assert_int_equal(positions_slot(SPAN("kurs"), 6), positions_slot(SPAN("Ckurs"), 6));
	unsigned level;
	assert_false(positions_level(SPAN("\x09"), &level));
	assert_false(positions_level(SPAN("\x01\x01"), &level));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_document_without_positions_has_no_values, fixture_make, fixture_free),
		cmocka_unit_test_setup_teardown(
			terms_have_the_positions_that_were_added, fixture_make, fixture_free),
		cmocka_unit_test_setup_teardown(
			as_many_terms_as_a_book_has_are_told_apart, fixture_make, fixture_free),
		cmocka_unit_test_setup_teardown(
			a_writer_forgets_the_document_before, fixture_make, fixture_free),
		cmocka_unit_test_setup_teardown(shares_grow_in_number_with_the_terms_and_are_sealed,
			fixture_make, fixture_free),
		cmocka_unit_test_setup_teardown(
			what_is_cut_or_changed_never_reads_outside, fixture_make, fixture_free),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
