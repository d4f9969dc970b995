/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Patterns that say which files not to read, in the manner of gitignore(5).
 *
 * A list has a pattern a line. Blank lines and lines that begin with # are none; blanks at the end
 * count only behind a backslash. A pattern
 *
 *   that begins with !   brings back what one before it excluded
 *   that ends with /     is for folders only
 *   with another /       is for the path below the list's folder
 *   without one          is for names, at any depth
 *
 * `*` and `?` stand for characters of a name, `[a-z]` and `[!a-z]` for one, `**` for any number of
 * folders (at the end: for all below), and a backslash takes the meaning from the next character.
 * The last pattern that fits decides. What is in an excluded folder is never looked at, so it
 * cannot be brought back.
 */
#ifndef LUPE_INDEXER_IGNORE_H
#define LUPE_INDEXER_IGNORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

#define IGNORE_FILE ".lupeignore"

enum ignore_verdict { IGNORE_SILENT, IGNORE_EXCLUDED, IGNORE_INCLUDED };

struct ignore_rule {
	char *pattern; /* without the marks below; components follow one another, each ended by NUL
			*/
	size_t components;
	bool negated;
	bool folders_only;
	bool anchored; /* for the path, else for the name */
};

/** Zero it first. */
struct ignore {
	struct ignore_rule *rules;
	size_t count, capacity;
};

/** Adds the patterns of a list. */
void ignore_add_list(struct ignore *ignore, struct span text);
/** Adds one pattern. */
void ignore_add(struct ignore *ignore, struct span pattern);
void ignore_done(struct ignore *ignore);
/** What the patterns say of `path`, relative to the folder of the list. */
enum ignore_verdict ignore_match(const struct ignore *ignore, const char *path, bool is_folder);

#endif
