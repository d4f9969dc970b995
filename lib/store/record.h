/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What is stored with each document: its fields, its text, and where each word stands.
 *
 *   record := version fields block-table frame-table
 *   piece  := frame*
 *   frame  := about FRAME_TARGET_BYTES of text, compressed on its own (zstd, with a dictionary)
 *
 * The record and each piece are values of the document, so that what is shown of a long text costs
 * little more than what is shown of a short one.
 *
 * A result never depends on a file that has changed since: everything shown comes from the record.
 * There is no table of words: the frame table keeps the position of each frame's first word, and a
 * frame is analysed on its own, when indexing and when reading, so the analyser finds the same
 * words at the same positions again (microseconds a frame). A reader decodes only the frames that
 * hold the hits it shows. Frames end at line ends, wherever there is a choice at one that no word
 * goes across, best before a heading; only a line of more than FRAME_MAX_BYTES is cut.
 */
#ifndef LUPE_STORE_RECORD_H
#define LUPE_STORE_RECORD_H

#include "base/buf.h"
#include "lupe/status.h"
#include "store/seal.h"

/** What a frame is aimed at, and what it never exceeds. */
enum { FRAME_TARGET_BYTES = 4 * 1024, FRAME_MAX_BYTES = 64 * 1024 };

enum block_kind {
	BLOCK_TEXT,    /**< running text */
	BLOCK_TITLE,   /**< the document's title */
	BLOCK_HEADING, /**< a heading; `level` says which, from 1 */
	BLOCK_ROW,     /**< a row of a table */
	BLOCK_NOTE,    /**< a footnote */
};

/** A stretch of the text from `begin` to the next block's begin. Blocks begin at line starts, in
    ascending order. */
struct block {
	uint32_t begin; /**< byte offset */
	uint32_t page;  /**< physical page, from 1; 0 in unpaged documents */
	uint8_t kind;   /**< enum block_kind */
	uint8_t level;  /**< of a heading; else 0 */
};

/** Where a date was found; the order is the order of trust, but for the last, which comes before
   all others. */
enum date_source {
	DATE_NONE,
	DATE_METADATA,
	DATE_FRONT_MATTER,
	DATE_TITLE_PAGE,
	DATE_FILE_NAME,
	DATE_CONFIGURATION,
};
/** "metadata", "front-matter", "title-page", "file-name", "configuration"; NULL for DATE_NONE. */
const char *date_source_name(enum date_source source);

/** Fields of a document; strings are UTF-8, empty if unknown. */
struct record_fields {
	struct span path; /**< relative to the index root; bytes as in the file system */
	struct span title;
	struct span author;
	struct span body;     /**< the organisation that published it */
	struct span language; /**< BCP 47, as the file says: "de-DE" */
	struct span type;     /**< media type: "text/plain" */
	struct span date;     /**< "2024-09-23", "2024-09" or "2024" */
	uint8_t date_source;
	uint32_t pages;          /**< number of physical pages; 0 in unpaged documents */
	struct span page_labels; /**< one a page, each ending in NUL; empty: they are the numbers */
};

/** What is printed on a physical page: "iv" on page 4. Empty if labels are the numbers, or there is
    no such page. Takes time for each page before it. */
struct span record_page_label(const struct record_fields *fields, uint32_t page);

/** One frame of a text: byte range and what precedes it. */
struct frame {
	uint32_t begin, end;     /**< in the document's text */
	uint32_t first_position; /**< of the first word in it; in a frame without words, what the
				      next word would have. Never descending */
	uint32_t first_line;     /**< number of the line that `begin` lies in, from 1; it begins
				      there unless a very long line was cut */
};

/**
 * A place in the text, behind a word, from which the analyser finds the same words again; one every
 * CHECKPOINT_BYTES or so, so that a reader need not analyse a frame from its beginning.
 */
struct checkpoint {
	uint32_t offset;   /**< in the document's text, in bytes */
	uint32_t position; /**< of the next word there */
};
enum { CHECKPOINT_BYTES = 512 };

/* ---- writing ---- */

/** The text of a document cut into frames. Zero it first; reuse it; end with frame_plan_done. */
struct frame_plan {
	struct frame *frames;
	size_t count, capacity;
	struct checkpoint *checkpoints;
	size_t checkpoint_count, checkpoint_capacity;
	uint32_t *breaks; /**< scratch of frame_breaks */
	size_t break_capacity;
};

/** Cuts `text` (shorter than 4 GiB) into frames, at least one (of 0 bytes if there is no text);
    first positions are left 0 for the caller. */
void frame_plan_make(
	struct frame_plan *plan, struct span text, const struct block *blocks, size_t block_count);
void frame_plan_done(struct frame_plan *plan);
/** Adds a checkpoint behind those added before. */
void frame_plan_add_checkpoint(struct frame_plan *plan, uint32_t offset, uint32_t position);
/**
 * The offsets, relative to the frame, of the position gaps in it: the begins of blocks that follow
 * a block which is not running text, and of blocks that are not running text themselves. A gap at
 * the very begin of a frame is included (offset 0). The result is valid until the next call.
 */
const uint32_t *frame_breaks(struct frame_plan *plan, size_t frame, const struct block *blocks,
	size_t block_count, size_t *ret_count);

struct record;
struct record_writer;
struct record_writer *record_writer_new(void);
void record_writer_free(struct record_writer *writer);
enum { RECORD_VALUES_MAX = 49 };
/** Encodes a document as values of it, sealed, at most RECORD_VALUES_MAX, the record first; valid
    until the next call. */
const struct xc_value *record_encode(struct record_writer *writer,
	const struct record_fields *fields, struct span text, const struct block *blocks,
	size_t block_count, const struct frame_plan *plan, size_t *ret_count);
/** The record of an open document with other fields, sealed; its text stays as it is. Valid until
    the next call. */
struct xc_value record_encode_again(struct record_writer *writer, const struct record *record,
	const struct record_fields *fields);

/* ---- reading ---- */

/** A reader, reused over documents. */
struct record *record_new(void);
void record_free(struct record *record);
/** Reads the record of the document that `source` gives values of, now and for its text. After an
    error nothing else may be called but record_open and record_free. Errors: LUPE_ERROR_CORRUPT,
    LUPE_ERROR_SCHEMA; those of the source. */
lupe_status record_open(
	struct record *record, value_source source, void *context, struct lupe_error *err);
const struct record_fields *record_fields(const struct record *record);
size_t record_frame_count(const struct record *record);
const struct frame *record_frame(const struct record *record, size_t frame);
/** The frame that holds the word at `position`; the first one if it lies before all words. */
size_t record_frame_of_position(const struct record *record, uint32_t position);
/** The last checkpoint of a frame that does not lie behind the word at `position`; NULL if there is
    none. */
const struct checkpoint *record_checkpoint_before(
	const struct record *record, size_t frame, uint32_t position);
/** Size of the whole text in bytes. */
size_t record_text_bytes(const struct record *record);
/** All blocks, in order. */
const struct block *record_blocks(const struct record *record, size_t *ret_count);
/**
 * Decodes a frame's text: valid UTF-8, whatever the data. The two frames asked for last are kept,
 * so the text is valid until two others were asked for, or record_open or record_free. Errors:
 * CORRUPT; those of the source.
 */
lupe_status record_frame_text(
	struct record *record, size_t frame, struct span *ret, struct lupe_error *err);
/** Gaps of a frame as frame_breaks gives them; valid until the next call. */
const uint32_t *record_frame_breaks(struct record *record, size_t frame, size_t *ret_count);

#endif
