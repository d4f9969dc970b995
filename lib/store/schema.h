/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What stands where in a Lupe database: the term scheme, value slots and metadata keys.
 *
 * A change here is a change of the schema: raise SCHEMA_VERSION and add a line to the history.
 * An index of another version is refused with "rebuild needed", never searched wrongly.
 *
 *   version 1: stems, exact forms, parts, joined forms, norms, title stems; record with zstd
 * frames; values for path, author and publishing body (not published yet)
 *   version 2: positions and record are values of the document
 *   version 3: text apart from the record; shares of positions as many as the document needs
 *
 * Term prefixes follow Omega where it has one for the purpose. Terms of words are lower case, so a
 * capital letter always is a prefix. The tier of stems has none: it is the largest.
 */
#ifndef LUPE_STORE_SCHEMA_H
#define LUPE_STORE_SCHEMA_H

#define SCHEMA_VERSION 3

/*
 * Terms of words. Stems, parts, joined forms and norms have positions (from SLOT_POSITIONS on).
 * Exact forms have none, and stand only where they differ from their stem; titles and authors have
 * none.
 */
#define PREFIX_STEM ""
#define PREFIX_EXACT "E"
#define PREFIX_PART "C"   /* stem of a part of a compound */
#define PREFIX_JOINED "J" /* EU-Länder as "euland" */
#define PREFIX_NORM "N"   /* citations: "§16a abs1 aufenthg" */
#define PREFIX_TITLE "S"  /* stems of the title */
#define PREFIX_AUTHOR "A" /* stems of the author's and the publishing body's name */

/*
 * Terms of documents, without positions, wdf 0: the path and each folder above it ("a", "a/b") as
 * 32 hexadecimal digits of hash128, SLOT_CONTENT in the same way; the media type ("text/plain");
 * the language.
 */
#define PREFIX_ID "Q"
#define PREFIX_PATH "P"
#define PREFIX_CONTENT "H"
#define PREFIX_TYPE "T"
#define PREFIX_LANGUAGE "L" /* "de": the first part of what the file says, in lower case */

/* Value slots. */
enum schema_slot {
	SLOT_ORDER = 0,   /* 8 bytes, hash of the path: order of documents of equal weight */
	SLOT_CONTENT = 1, /* 16 bytes, hash128 of the letters and digits of the text: duplicates */
	SLOT_DATE = 2,    /* "20240923", "202409" or "2024"; absent if unknown */
	SLOT_TYPE = 3,    /* media type */
	SLOT_WORDS = 4,   /* number of words: 4 bytes, big-endian */
	SLOT_PATH = 5,    /* path in the index, cut at SLOT_TEXT_BYTES */
	SLOT_AUTHOR = 6,  /* as the record has it, cut in the same way; absent if unknown */
	SLOT_BODY = 7,    /* the same */
	/* sealed: see seal.h */
	SLOT_SHARES = 8,     /* how many shares its positions are in, see positions.h */
	SLOT_RECORD = 9,     /* all but the text, see record.h */
	SLOT_TEXT = 16,      /* to 63: the text, piece by piece */
	SLOT_POSITIONS = 64, /* to 574: where its terms stand, see positions.h */
};

enum { SLOT_TEXT_BYTES = 4096 };

/* Metadata keys. */
#define META_MANIFEST "lupe"    /* see manifest.h */
#define META_CATALOG_PREFIX "c" /* + 16 bytes, hash128 of the path: see indexer/catalog.h */

#endif
