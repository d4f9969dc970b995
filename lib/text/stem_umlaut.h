/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * ae, oe and ue that stand for ä, ö and ü: Fluechtling, Behoerde, Aerzte.
 */
#ifndef LUPE_TEXT_STEM_UMLAUT_H
#define LUPE_TEXT_STEM_UMLAUT_H

#include "base/buf.h"

/**
 * The folded word with umlauts where ae, oe and ue can only mean them: written to `scratch` and
 * valid until that changes, or `word` itself if there is nothing to change. neue, aktuell, Quelle,
 * Israel, Poesie stay as they are.
 */
struct span umlaut_spelling(struct span word, struct buf *scratch);

#endif
