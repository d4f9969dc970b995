/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The pages, each written into a `struct page` as a whole.
 */
#ifndef LUPE_WEB_PAGES_H
#define LUPE_WEB_PAGES_H

#include "web/lupe.h"
#include "web/page.h"

void page_start(struct page *page);
void page_help(struct page *page);
void page_accessibility(struct page *page);
/** `reason` takes the place of the advice (400) or of the heading; T_SITE: neither. */
void page_error(struct page *page, unsigned status, enum text reason);

/** Results for page->ask; `json` is an answer of lupe_search. */
void page_results(struct page *page, const json_t *json);
/** The text of a document; `json` is an answer of lupe_document. */
void page_document(struct page *page, const json_t *json);

/* ---- parts of the results ---- */

/** One document of the list, as an `<article>`. */
void result_write(struct page *page, const json_t *result);
/** Title, date, body, type and path, as results and documents show them. */
void result_write_about(struct page *page, const json_t *result);
/** Pieces of text, hits marked. */
void result_write_pieces(struct page *page, const json_t *pieces);
/** "Seite 12 (Blatt 14)", "Zeile 7": where a hit stands. */
struct span result_place_name(const struct page *page, const json_t *hit);
/** The address of the document's text, at the hit that begins with byte `hit`; -1: at its top. */
struct span result_text_address(struct page *page, const json_t *result, long long hit);
/** The address of the original, with the page to open it at (0: none); empty if it is not given
    out. */
struct span result_original(const struct page *page, const json_t *result, long long at_page);

/** What narrows the results now, with links that take it away. */
void facets_write_active(struct page *page);
/** Years, types and bodies that results could be narrowed to, and the chart. */
void facets_write(struct page *page, const json_t *facets);
/** Hits a year: a bar chart and a table with links. `years` are values of a facet, in any order. */
void chart_write(struct page *page, const json_t *years);

#endif
