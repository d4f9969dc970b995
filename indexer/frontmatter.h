/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The fields at the top of a Markdown file: `key: value` lines between two lines `---`.
 *
 * A reader of what people write there, not of YAML: scalars, quoted or not, continued on indented
 * lines; lists, whose items are joined by ", ". Keys are compared without regard to case.
 */
#ifndef LUPE_INDEXER_FRONTMATTER_H
#define LUPE_INDEXER_FRONTMATTER_H

#include "base/buf.h"

/** The number of bytes that front matter takes at the begin of `text`, its closing line with its
    line end included; 0 if there is none. */
size_t frontmatter_length(struct span text);

/**
 * Replaces `ret_value` by the value of the first key in `keys` (ends in NULL) that has one in the
 * front matter `text`; false, and `ret_value` empty, if none has.
 */
bool frontmatter_value(struct span text, const char *const *keys, struct buf *ret_value);

#endif
