/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A file, read: its text, the blocks of it, and what it says of itself.
 *
 * The text is that of the whole file, decoded (text/decode.h), so line numbers are those of the
 * file. A document is reused from file to file and keeps its memory.
 */
#ifndef LUPE_INDEXER_DOCUMENT_H
#define LUPE_INDEXER_DOCUMENT_H

#include "base/buf.h"
#include "indexer/date.h"
#include "lupe/status.h"
#include "store/record.h"

/** Files above this size are not read. A document takes about four times its size in memory. */
#define DOCUMENT_MAX_BYTES ((size_t)1 << 30)

/** Where fields come from that are not of the text; bits. */
enum origin {
	ORIGIN_KNOWN = 1,         /**< set whenever the others are known */
	ORIGIN_TITLE_NAME = 2,    /**< the title is the file's name, or would be without a rule */
	ORIGIN_TITLE_RULE = 4,    /**< the configuration gave the title */
	ORIGIN_AUTHOR_RULE = 8,   /**< the author */
	ORIGIN_BODY_RULE = 16,    /**< the body */
	ORIGIN_NAME_REFUSED = 32, /**< the file gives its own name as its title, which is none */
	ORIGINS = 63,
};

struct document {
	const char *type; /**< media type; a static string */
	struct buf text;
	struct block *blocks; /**< in order, the first at 0; none if the text is empty */
	size_t block_count, block_capacity;
	struct buf title; /**< one line; never empty: at last the file name without its extension */
	struct buf author;
	struct buf body;     /**< the organisation that published it; empty if unknown */
	struct buf language; /**< as the file says: BCP 47, "de-DE"; empty if it does not */
	struct date date;    /**< empty if unknown */
	enum date_source date_source;
	uint32_t page;  /**< the physical page that blocks added now stand on, from 1; 0 unpaged */
	uint32_t pages; /**< number of physical pages; 0 unpaged */
	struct buf page_labels; /**< one a page, each ending in NUL; empty: they are the numbers */
	uint32_t pages_without_text; /**< or with a stamp at most, on a picture that fills them */
	struct buf picture_pages;    /**< one byte a page, 1: such a page that has pictures; empty:
					none has */
	bool encrypted;              /**< not read, because a password is needed */
	bool image_only;             /**< no text, but pictures that may be of text */
	unsigned origins;            /**< enum origin, but for ORIGIN_KNOWN */
	struct buf notice; /**< what a reader should know ("read as Windows-1252"); mostly empty */
};

/** Zero a document before its first use. */
void document_done(struct document *document);
/** Makes it empty; it keeps its memory. */
void document_clear(struct document *document);

/**
 * Makes `document` what the file with the bytes `raw` is, one that lupe-index itself reads;
 * `path` gives its type and, where the text says nothing, title and date.
 * LUPE_ERROR_ARGUMENT: not a text.
 */
lupe_status document_parse(
	struct document *document, struct span path, struct span raw, struct lupe_error *err);
/** Finds date, body and author, where they are not known, on the first page; then title and date in
    the file's name. */
void document_finish(struct document *document, struct span path);
/** The last part of it: finds title and date, where they are not known, in the file's name. */
void document_finish_by_name(struct document *document, struct span path);

/* ---- for the readers of a type ---- */

/** Appends UTF-8 to the text, as text_decode makes it: NFC, lines ending in LF, without NUL. Best
    by the line: what is composed of two calls is not composed. */
void document_add_text(struct document *document, struct span text);
/** Begins a block at byte `begin` of the text, on `document->page`, unless it would just continue
    running text of that page; takes the place of a block that begins there. */
void document_add_block(
	struct document *document, size_t begin, enum block_kind kind, unsigned level);
/** Sets the title: blanks and line ends become single blanks, the length is limited. */
void document_set_title(struct document *document, struct span title);
/** Sets another field (author, body, language) in the same way. */
void document_set_field(struct buf *field, struct span value);
/** Sets the date from the day on which the file was made, unless the first page or the title has
    one of the document (date_choose). To be called when text and title are there. */
void document_set_file_date(struct document *document, struct span value);
/** Finds title, author, date and blocks of plain text, or of Markdown. */
void document_parse_plain(struct document *document);
void document_parse_markdown(struct document *document);

#endif
