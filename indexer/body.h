/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Who published a document, and who wrote it: what its first page says.
 *
 * Recognised: "Herausgeber: ...", lines that are the name of a public body ("Landeshauptstadt
 * Hannover", "Bundesministerium der Justiz", "SPD-Ratsfraktion"), and "der Stadt Lindenau" in the
 * title. Names within running text are none.
 */
#ifndef LUPE_INDEXER_BODY_H
#define LUPE_INDEXER_BODY_H

#include "base/span.h"

/** Whether this is the name of a public body, and nothing else. */
bool body_is_name(struct span s);
/** The body that the first lines of `text` name; points into `text`. */
bool body_in_first_lines(struct span text, struct span *ret);
/** The body within a title: "Gemeinde Lindenau" of "Satzung der Gemeinde Lindenau über ..."; points
    into `title`. */
bool body_in_title(struct span title, struct span *ret);
/** What follows "Verfasser:" and the like in the first lines; points into `text`. */
bool author_in_first_lines(struct span text, struct span *ret);
/** Whether an author's name from metadata is one, and not that of an account or a program. */
bool author_is_name(struct span s);

#endif
