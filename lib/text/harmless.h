/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Printing names and texts that may hold any bytes. */
#ifndef LUPE_TEXT_HARMLESS_H
#define LUPE_TEXT_HARMLESS_H

#include <stdio.h>

#include "base/span.h"

/**
 * Prints `text` such that it stays on its line and does nothing to a terminal: control characters
 * but the tab, directional marks and bytes that are not UTF-8 appear as \xNN.
 */
void print_harmless(FILE *out, struct span text);

#endif
