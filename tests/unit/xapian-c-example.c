/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The smallest whole program over xapian-c: makes a database in the folder argv[1] (or here), adds
 * three documents and prints the ids and weights of those that match "klima" or "schutz". It uses
 * the public headers alone.
 */
#include <stdio.h>
#include <string.h>

#include "lupe/xapian-c.h"

static struct xc_bytes bytes(const char *s)
{
	return (struct xc_bytes){s, strlen(s)};
}

static lupe_status write_documents(const char *path, struct lupe_error *err)
{
	static const char *const words[3][2] = {
		{"klima", "schutz"}, {"klima", "gesetz"}, {"haushalt", "gesetz"}};
	xc_writer *writer;
	lupe_status st = xc_writer_open(path, XC_WRITER_CREATE_OR_OVERWRITE, 0, &writer, err);
	if (st != LUPE_OK)
		return st;
	for (int i = 0; st == LUPE_OK && i < 3; i++) {
		const uint32_t positions[2] = {1, 2};
		const struct xc_posting postings[2] = {
			{bytes(words[i][0]), 1, &positions[0], 1},
			{bytes(words[i][1]), 1, &positions[1], 1},
		};
		uint32_t docid;
		st = xc_writer_add(writer,
			&(struct xc_new_document){.postings = postings, .posting_count = 2}, &docid,
			err);
	}
	if (st != LUPE_OK) {
		xc_writer_discard(writer);
		return st;
	}
	return xc_writer_close(writer, err);
}

static lupe_status print_matches(const char *path, struct lupe_error *err)
{
	xc_database *db = NULL;
	xc_query *terms[2] = {NULL, NULL}, *query = NULL;
	xc_matches *matches = NULL;
	struct xc_match match;
	lupe_status st = xc_database_open(&path, 1, &db, err);
	if (st == LUPE_OK)
		st = xc_query_term(bytes("klima"), 1, &terms[0], err);
	if (st == LUPE_OK)
		st = xc_query_term(bytes("schutz"), 1, &terms[1], err);
	if (st == LUPE_OK)
		st = xc_query_or((const xc_query *const *)terms, 2, &query, err);
	if (st == LUPE_OK)
		st = xc_search(db, query, NULL, &matches, err);
	for (uint32_t i = 0; st == LUPE_OK; i++)
		if ((st = xc_matches_item(matches, i, &match, err)) == LUPE_OK)
			printf("%u %.6f\n", match.docid, match.weight);
	xc_matches_close(matches);
	xc_query_free(query);
	xc_query_free(terms[1]);
	xc_query_free(terms[0]);
	xc_database_close(db);
	return st < 0 ? st : LUPE_OK;
}

int main(int argc, char **argv)
{
	struct lupe_error err = {0};
	const char *path = argc > 1 ? argv[1] : "xapian-c-example.db";
	if (write_documents(path, &err) == LUPE_OK && print_matches(path, &err) == LUPE_OK)
		return 0;
	fprintf(stderr, "%s\n", err.message);
	return 1;
}
