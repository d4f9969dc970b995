/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * UTF-8 at the border: what is none is noticed here and goes no further.
 */
#ifndef LUPE_WEB_UTF8_H
#define LUPE_WEB_UTF8_H

#include <stdint.h>

#include "base/span.h"

/** The code point that a non-empty `s` begins with, and its length in bytes. What is no UTF-8
    (overlong forms and surrogates included) is taken byte by byte as UTF8_INVALID. */
size_t utf8_take(struct span s, uint32_t *ret_code);
enum { UTF8_INVALID = 0x110000 };
/** Whether it may stand in a page: valid, and a control character only if it is white space. */
bool utf8_printable(uint32_t code);
bool utf8_is_valid(struct span s);

#endif
