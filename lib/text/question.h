/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Questions in whole sentences: "Wo finde ich Informationen über den Familiennachzug?" asks for
 * one word, the last. Words are folded (fold.h).
 */
#ifndef LUPE_TEXT_QUESTION_H
#define LUPE_TEXT_QUESTION_H

#include "base/span.h"

/** Whether a word opens a question: wie, wo, welche, ... */
bool question_opens(struct span word);
/** Whether a word in a question says that something is asked for, and not what: finden, bekommen,
    brauchen, Möglichkeit, Informationen, ... Elsewhere it is a word like others. */
bool question_fills(struct span word);

#endif
