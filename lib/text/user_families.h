/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A user's families of words: the lines of words.txt that are written as in stem_table.h.
 *
 *   Kiez = Kieze Kiezes Kiezen   these meet
 *   Burger! =                    this meets nothing else
 */
#ifndef LUPE_TEXT_USER_FAMILIES_H
#define LUPE_TEXT_USER_FAMILIES_H

#include "text/lexicon.h"
#include "text/stem_table.h"

struct user_families {
	struct stem_table table; /**< empty if there are none */
	uint64_t hash;           /**< names the contents; 0 if there are none */
};

/** True if a line of words.txt, without comment and blanks around it, is a family. */
bool is_user_family(struct span line);

/**
 * Reads the families of a list; a line that cannot be used is passed to `complain` (unless NULL)
 * and left out. Free with user_families_done. Returns the number of such lines.
 */
size_t user_families_parse(
	struct user_families *ret, struct span text, lexicon_complaint *complain, void *context);
void user_families_done(struct user_families *families);

#endif
