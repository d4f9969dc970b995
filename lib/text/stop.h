/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Stop words: words of German grammar that say nothing of a text's subject.
 */
#ifndef LUPE_TEXT_STOP_H
#define LUPE_TEXT_STOP_H

#include "base/span.h"

/** True if the folded word is one. */
bool stop_word(struct span word);
/** The stop words in byte order; empty behind the last one. */
struct span stop_word_at(size_t number);

#endif
