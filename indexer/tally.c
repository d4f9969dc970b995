/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums of hashes. Which lists are compared is check.c's. */
#include "indexer/tally.h"

#include "base/hash.h"

/* A bijection that spreads each bit over all (Stafford's variant of the finaliser of MurmurHash3).
 */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static void add(struct tally *tally, uint64_t term_hash, uint32_t docid, uint32_t wdf)
{
	tally->pairs++;
	tally->sum += mix(term_hash + mix((uint64_t)docid << 32 | wdf));
}

void tally_add(struct tally *tally, struct xc_bytes term, uint32_t docid, uint32_t wdf)
{
	add(tally, hash64((struct span){term.ptr, term.len}), docid, wdf);
}

void tally_join(struct tally *tally, const struct tally *other)
{
	tally->pairs += other->pairs;
	tally->sum += other->sum;
}

bool tally_equal(const struct tally *a, const struct tally *b)
{
	return a->pairs == b->pairs && a->sum == b->sum;
}

static lupe_status read_list(xc_database *database, const struct xc_term *term, struct tally *tally,
	struct lupe_error *err)
{
	uint64_t hash = hash64((struct span){term->term.ptr, term->term.len});
	uint32_t docid, wdf, count = 0;
	xc_postings *postings;
	lupe_status st = xc_postings_start(database, term->term, &postings, err);

	if (st < 0)
		return st;
	for (; (st = xc_postings_next(postings, &docid, &wdf, err)) == LUPE_OK; count++)
		add(tally, hash, docid, wdf);
	xc_postings_close(postings);
	if (st >= 0 && count != term->documents)
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "%.*s: has %u documents, its list %u",
			(int)term->term.len, term->term.ptr, term->documents, count);
	return st < 0 ? st : LUPE_OK;
}

lupe_status tally_postings(xc_database *database, struct tally *tally, struct lupe_error *err)
{
	struct xc_term term;
	xc_terms *terms;
	lupe_status st = xc_terms_start(database, (struct xc_bytes){"", 0}, &terms, err);

	if (st < 0)
		return st;
	while (st == LUPE_OK && (st = xc_terms_next(terms, &term, err)) == LUPE_OK)
		st = read_list(database, &term, tally, err);
	xc_terms_close(terms);
	return st < 0 ? st : LUPE_OK;
}
