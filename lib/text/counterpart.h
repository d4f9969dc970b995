/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Women and men: Teilnehmerin and Teilnehmer, Ärzte and Ärztin, Kollegin and Kollege.
 *
 * From the lexicon's person nouns, of which both genders stand in dictionaries or laws; never by
 * spelling alone (Termin, Medizin, Berlin are no women). Compounds go by their last part:
 * fachexpertinnen → fachexperte.
 */
#ifndef LUPE_TEXT_COUNTERPART_H
#define LUPE_TEXT_COUNTERPART_H

#include "text/lexicon.h"

enum { COUNTERPART_BYTES = 256 };

/** The singular of the other gender of a folded word, in `buffer`; the empty span if it names no
    person, or has no such form. `*ret_feminine` (unless NULL) tells if `word` is the woman. */
struct span counterpart(const struct lexicon *lexicon, struct span word,
	char buffer[COUNTERPART_BYTES], bool *ret_feminine);

#endif
