/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How German verbs are put together: prefixes, ge and zu, endings.
 */
#ifndef LUPE_TEXT_STEM_VERB_H
#define LUPE_TEXT_STEM_VERB_H

#include <stdbool.h>

#include "base/span.h"

/** What may stand between the prefixes of a verb and its root: ge in participles (aufgefordert),
    zu in infinitives (aufzufordern). */
enum verb_infix { VERB_PLAIN, VERB_GE, VERB_ZU };

/** True if `front` can stand before a form of a verb: prefixes, with the infix or without. */
bool verb_front(struct span front, enum verb_infix infix);

/** Writes the prefixes of such a front (at most front.len bytes) and returns their bytes. */
size_t verb_prefixes(struct span front, enum verb_infix infix, char *ret);

/** True if the verb or its root ends in -er(n) or -el(n): fördern, handeln. */
bool verb_in_ern(struct span verb);

enum verb_ending_kind {
	VERB_ANY,  /**< behind any root */
	VERB_NOUN, /**< -ung */
	VERB_ERN,  /**< behind roots in -er and -el only */
};

struct verb_ending {
	struct span text;
	enum verb_ending_kind kind;
	enum verb_infix infix; /**< that goes with it */
};

/** The endings of regular verbs, ended by an empty one. */
extern const struct verb_ending verb_endings[];

#endif
