/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One stored document. Whether there should be one is check.c's question.
 */
#include "indexer/verify.h"

void verifier_init(
	struct verifier *verifier, xc_database *database, const struct language *language)
{
	*verifier = (struct verifier){0};
	stored_init(&verifier->stored, database);
	if (!language)
		return;
	verifier->analyser = language_analyser(language);
	analyser_index_only(verifier->analyser);
	verifier->writer = writer_new(verifier->analyser);
}

void verifier_done(struct verifier *verifier)
{
	stored_done(&verifier->stored);
	writer_free(verifier->writer);
	if (verifier->analyser)
		analyser_free(verifier->analyser);
	document_done(&verifier->document);
	buf_done(&verifier->type);
}

/* What was stored, as a reader of its format would hand it over. */
static void restore(struct verifier *verifier)
{
	struct span type = record_fields(verifier->stored.record)->type;

	stored_restore_fields(&verifier->stored, &verifier->document);
	stored_restore_text(&verifier->stored, &verifier->document);
	buf_clear(&verifier->type);
	buf_add_span(&verifier->type, type);
	verifier->document.type = buf_string(&verifier->type);
}

/* ---- terms ---- */

static struct span span_of_bytes(struct xc_bytes bytes)
{
	return (struct span){bytes.ptr, bytes.len};
}

static lupe_status differs(struct xc_bytes term, const char *what, struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_CORRUPT, "%s: %.*s", what, (int)term.len, term.ptr);
}

/* The posting that the store makes of those of one term: wdf added. */
static struct xc_posting take_posting(const struct xc_new_document *wanted, size_t *next)
{
	struct xc_posting posting = wanted->postings[(*next)++];

	while (*next < wanted->posting_count &&
		span_equal(
			span_of_bytes(posting.term), span_of_bytes(wanted->postings[*next].term)))
		posting.wdf += wanted->postings[(*next)++].wdf;
	return posting;
}

/* One that is stored, against the next of those wanted; both are in the order of bytes. */
static lupe_status verify_term(const struct xc_new_document *wanted, size_t *next,
	const struct xc_term *term, struct lupe_error *err)
{
	struct span name = span_of_bytes(term->term);
	int order = -1;

	if (span_equal(name, span_of_bytes(wanted->id))) /* its own name is not among them */
		return LUPE_OK;
	if (*next < wanted->posting_count)
		order = span_compare(name, span_of_bytes(wanted->postings[*next].term));
	if (order < 0)
		return differs(term->term, "a term that its text has not", err);
	if (order > 0)
		return differs(wanted->postings[*next].term, "a term of its text is missing", err);
	if (term->wdf != take_posting(wanted, next).wdf)
		return differs(term->term, "frequency of a term is not that of its text", err);
	return LUPE_OK;
}

/* `wanted` may be NULL: then they are only counted. */
static lupe_status verify_stream(struct verifier *verifier, const struct xc_new_document *wanted,
	xc_terms *stream, uint32_t length, struct lupe_error *err)
{
	struct xc_term term;
	size_t next = 0;
	uint64_t sum = 0;
	lupe_status st = LUPE_OK;

	while (st == LUPE_OK && (st = xc_terms_next(stream, &term, err)) == LUPE_OK) {
		sum += term.wdf;
		tally_add(&verifier->tally, term.term, verifier->stored.docid, term.wdf);
		if (wanted)
			st = verify_term(wanted, &next, &term, err);
	}
	if (st >= 0 && wanted && next < wanted->posting_count)
		return differs(wanted->postings[next].term, "a term of its text is missing", err);
	if (st >= 0 && sum != length)
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "its length is not that of its terms");
	return st < 0 ? st : LUPE_OK;
}

static lupe_status verify_terms(struct verifier *verifier, const struct xc_new_document *wanted,
	uint32_t length, struct lupe_error *err)
{
	xc_terms *stream;
	lupe_status st = xc_document_terms_start(
		verifier->stored.database, verifier->stored.docid, false, &stream, err);

	if (st < 0)
		return st;
	st = verify_stream(verifier, wanted, stream, length, err);
	xc_terms_close(stream);
	return st;
}

static lupe_status verify_values(
	struct verifier *verifier, const struct xc_new_document *wanted, struct lupe_error *err)
{
	for (size_t i = 0; i < wanted->value_count; i++) {
		struct xc_bytes value;
		lupe_status st = xc_document_value(
			verifier->stored.document, wanted->values[i].slot, &value, err);

		if (st < 0)
			return st;
		bool source =
			wanted->values[i].slot >= SLOT_RECORD && /* where all this comes from */
			wanted->values[i].slot < SLOT_POSITIONS;
		if (source ||
			span_equal(span_of_bytes(value), span_of_bytes(wanted->values[i].value)))
			continue;
		if (wanted->values[i].slot >= SLOT_SHARES)
			return lupe_fail(err, LUPE_ERROR_CORRUPT,
				"positions of its terms are not those in its text");
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "value %u is not that of its text",
			wanted->values[i].slot);
	}
	return LUPE_OK;
}

lupe_status verify_document(struct verifier *verifier, struct span path, struct lupe_error *err)
{
	uint32_t words, length = 0;
	lupe_status st = stored_open(&verifier->stored, path, err);

	if (st == LUPE_OK && !span_equal(record_fields(verifier->stored.record)->path, path))
		st = lupe_fail(err, LUPE_ERROR_CORRUPT, "the document is of another path");
	if (st == LUPE_OK)
		st = stored_read_text(&verifier->stored, err);
	if (st == LUPE_OK)
		st = xc_document_length(
			verifier->stored.database, verifier->stored.docid, &length, err);
	verifier->length += length;
	if (st < 0)
		return st;
	if (!verifier->writer)
		return verify_terms(verifier, NULL, length, err);
	restore(verifier);
	const struct xc_new_document *wanted =
		writer_make(verifier->writer, &verifier->document, path, &words);
	st = verify_terms(verifier, wanted, length, err);
	return st < 0 ? st : verify_values(verifier, wanted, err);
}
