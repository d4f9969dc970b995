/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Parts that several JSON objects have in common (doc/json.md). All results are the caller's.
 */
#ifndef LUPE_QUERY_JSON_PARTS_H
#define LUPE_QUERY_JSON_PARTS_H

#include <jansson.h>

#include "query/output/output.h"
#include "query/snippet.h"

enum { JSON_SCHEMA = 1 };

/** Valid UTF-8; null if it is not. */
json_t *json_of(struct span s);
/** The same; null if it is empty. */
json_t *json_of_known(struct span s);
json_t *json_of_number(uint32_t number_or_0);
/** Adds "path" and "path_b64", of which one is null. */
void json_set_path(json_t *object, struct span path);
/** What is known of a document but its places: path to pages. */
void json_set_fields(json_t *object, const struct record_fields *fields);
json_t *json_of_query(const struct answer *answer);
json_t *json_of_index(const struct answer *answer);
json_t *json_of_completeness(const struct answer *answer);
/** Array of the names of a bit set over enum via. */
json_t *json_of_vias(unsigned vias);
/** Array of pieces of `text`: hits, in order and without overlap, have "m". */
json_t *json_of_segments(struct span text, const struct mark *marks, size_t count);
/** A place of a document. */
json_t *json_of_snippet(const struct snippet *snippet);
/** Array of the paths of other documents with the text of `docid`, the open one; empty if they are
    not collapsed. */
lupe_status json_of_duplicates(
	const struct answer *answer, uint32_t docid, json_t **ret, struct lupe_error *err);
/** Prints it on one line and frees it; a clock that runs is stopped before. */
void json_print(FILE *out, json_t *object);

#endif
