/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A stretch of text as it is shown on one line.
 */
#ifndef LUPE_QUERY_ONELINE_H
#define LUPE_QUERY_ONELINE_H

#include "base/buf.h"

/**
 * Appends `text` to `ret` as one line: line ends and tabs become blanks, and words broken at a line
 * end are put together as the analyser reads them (Arbeits-⏎markt: Arbeitsmarkt, EU-⏎Kommission:
 * EU-Kommission). `offsets`, rising byte offsets in `text`, become offsets in what was appended.
 */
void oneline_add(struct buf *ret, struct span text, uint32_t *offsets, size_t offset_count);
/** Whether a hyphen, of those that may break a word, ends at `at`; the text starts at `begin`. */
bool oneline_is_hyphen(const char *begin, const char *at);

#endif
