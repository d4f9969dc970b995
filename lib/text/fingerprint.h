/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What becomes of a text, as one number: tells analysers apart that make different terms.
 */
#ifndef LUPE_TEXT_FINGERPRINT_H
#define LUPE_TEXT_FINGERPRINT_H

#include "text/analyser.h"

/** A hash of all words of the text with their positions and terms. */
uint64_t fingerprint_of(struct analyser *analyser, struct span text);

#endif
