/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Word boundaries of UAX #29 in the format of Unicode's WordBreakTest.txt, "÷ 0041 × 0308 ÷":
 * compared are the words, which are the segments that hold a letter or number.
 */
#ifndef LUPE_TESTS_WORD_BREAKS_H
#define LUPE_TESTS_WORD_BREAKS_H

#include "table.h"

void word_breaks_check(const struct row *row);
/** Says how many lines agree, and how many deviate for which reason. */
void word_breaks_finish(void);

#endif
