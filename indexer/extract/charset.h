/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Encodings that a document of markup declares.
 *
 * Converted here, because the C library loads its converters from files, which the sandbox does
 * not let it do. What declares one encoding and is another is read as what it is.
 */
#ifndef LUPE_INDEXER_EXTRACT_CHARSET_H
#define LUPE_INDEXER_EXTRACT_CHARSET_H

#include "base/buf.h"

/** Makes ISO-8859-15 and Windows-1252 known to libxml2. */
void charset_prepare(void);

/**
 * Appends HTML as UTF-8 to `ret`: by its byte order mark, as what it declares within its first
 * 1024 bytes, or as it looks. A word on what was odd is appended to `notice`.
 */
void charset_decode_html(struct span raw, struct buf *ret, struct buf *notice);

/** Writes what a byte from 0x80 to 0x9f means in Windows-1252 as UTF-8; returns its length. */
size_t charset_repair(unsigned char byte, char ret[4]);

#endif
