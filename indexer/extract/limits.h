/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What one file may cost before it is given up. A limit that is hit is an error that names it,
 * never a text cut short.
 */
#ifndef LUPE_INDEXER_EXTRACT_LIMITS_H
#define LUPE_INDEXER_EXTRACT_LIMITS_H

enum {
	/** Seconds for a file, of the processor and by the clock. */
	LIMIT_SECONDS = 60,
	/** Address space of lupe-extract beyond the file itself. */
	LIMIT_MEMORY_BYTES = 512 << 20,
	/** Text of a document. */
	LIMIT_TEXT_BYTES = 256 << 20,
	LIMIT_PAGES = 100000,
	/** Members of a ZIP archive, inflated, all together. */
	LIMIT_INFLATED_BYTES = 256 << 20,
	/** Inflated bytes for each byte of the archive; counts beyond LIMIT_RATIO_FROM_BYTES. */
	LIMIT_RATIO = 200,
	LIMIT_RATIO_FROM_BYTES = 10 << 20,
	/** Elements of XML inside each other. */
	LIMIT_XML_DEPTH = 256,
	/** Members of an archive. */
	LIMIT_MEMBERS = 65536,
};

#endif
