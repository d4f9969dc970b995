/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a reader asks for, as it stands in the address of a page; and the links to other such pages.
 */
#ifndef LUPE_WEB_ASK_H
#define LUPE_WEB_ASK_H

#include "base/arena.h"
#include "base/buf.h"

enum {
	ASK_QUERY_BYTES = 1000,  /**< the longest query */
	ASK_MOST_PAGES = 100,    /**< how far one may page through */
	ASK_RESULTS_A_PAGE = 10, /**< documents */
	ASK_DOWNLOAD_RESULTS = 500,
	ASK_DOCUMENT_BYTES = 256 * 1024, /**< of a document's text on one page */
};

enum ask_order { ORDER_RELEVANCE, ORDER_NEWEST, ORDER_PATH, ORDER_COUNT };

/** Texts are UTF-8 without control characters but for `path`, which is any bytes but NUL. */
struct ask {
	struct span query;        /**< q */
	struct span year;         /**< jahr: four digits */
	struct span type;         /**< typ: media type */
	struct span body;         /**< stelle: that published it */
	struct span since, until; /**< von, bis: 2019, 2019-05 or 2019-05-14 */
	enum ask_order order;     /**< sortierung */
	unsigned page;            /**< seite, from 1 */
	struct span path;         /**< pfad: of one document, as results name it */
	unsigned long from;       /**< ab: byte of a long document to begin with */
};

enum ask_fault { ASK_FINE, ASK_WRONG, ASK_TOO_LONG };

/** Reads the part of an address behind `?`. Names that are not known are passed over; of a name
    that is there twice the first counts. The spans live in `arena`. */
enum ask_fault ask_parse(struct ask *ret, struct span query_string, struct arena *arena);
/** Appends the address of `page` ("suche") with all that differs from an empty ask. */
void ask_add_link(struct buf *url, const char *page, const struct ask *ask);
/** How an order is called in addresses: "datum". */
const char *ask_order_name(enum ask_order order);

#endif
