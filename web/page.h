/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What all pages share: the frame around them, and small pieces they are made of.
 */
#ifndef LUPE_WEB_PAGE_H
#define LUPE_WEB_PAGE_H

#include <jansson.h>

#include "web/ask.h"
#include "web/html.h"
#include "web/site.h"

/** A page under way; everything is borrowed but `arena`, which its parts may use. */
struct page {
	struct html html;
	const struct site *site;
	const struct request *request;
	const struct ask *ask; /**< what the search field shows */
	struct arena *arena;
};

/** Opens everything up to and into `<main>`, whose heading the caller writes. */
void page_begin(struct page *page, struct span title);
void page_end(struct page *page);

/* ---- texts ---- */

const char *page_text(const struct page *page, enum text text);
/** Writes a text. */
void page_say(struct page *page, enum text text);
/** An element that holds just a text. */
void page_say_in(struct page *page, const char *element, enum text text);
/** A text with its blanks filled: `page_fill(page, T_FOUND_MANY, number)`. */
#define page_fill(page, text, ...)                                                                 \
	page_fill_values((page), (text), (const struct span[]){__VA_ARGS__},                       \
		sizeof((const struct span[]){__VA_ARGS__}) / sizeof(struct span))
struct span page_fill_values(
	const struct page *page, enum text text, const struct span *values, size_t count);
struct span page_number(const struct page *page, long long number);
struct span page_date(const struct page *page, struct span date);
/** One text for 1, another for other numbers, which are its {1}. */
struct span page_count(const struct page *page, enum text one, enum text many, long long number);

/* ---- links ---- */

/** The address of one of our pages, with what is asked for (NULL: nothing). */
struct span page_address(const struct page *page, const char *route, const struct ask *ask);
/** An element `a` that is left open for its text. */
void page_link(struct page *page, struct span address);
/** `<a href=ADDRESS>TEXT</a>` */
void page_link_text(struct page *page, struct span address, struct span text);

#endif
