/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Gender forms: Migrant*innen, Schüler/-innen, RektorIn, jede*r, der*die.
 *
 * What is one and what only looks like one is decided here, on the glyphs of a word, by rules; the
 * cases are in tests/tables/gender.txt.
 */
#ifndef LUPE_TEXT_GENDER_H
#define LUPE_TEXT_GENDER_H

#include "text/shape.h"

/**
 * Tries to read a gender form whose base is the run of letters [base, base_end): fills `ret` (all
 * but byte_end) and returns the glyph index behind it, or returns 0 and leaves `ret` alone.
 */
size_t gender_match(const struct shape *shape, size_t base, size_t base_end, struct segment *ret);

#endif
