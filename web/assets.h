/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The files beside the pages, built into the program.
 */
#ifndef LUPE_WEB_ASSETS_H
#define LUPE_WEB_ASSETS_H

#include "base/span.h"

struct span asset_style(void);
struct span asset_symbol(void);
/** "stil.css?v=...": another one for another style sheet, so that it can be kept for ever. */
const char *asset_style_address(void);

#endif
