/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The file that a document was read from.
 */
#ifndef LUPE_WEB_ORIGINAL_H
#define LUPE_WEB_ORIGINAL_H

#include <jansson.h>

#include "base/arena.h"
#include "web/response.h"

/**
 * Opens the file of the document in `json` below the folder `root` and makes it the response.
 * Only regular files that are reached without a symbolic link and without leaving the root; false
 * if there is none.
 */
bool original_open(struct response *response, int root, const json_t *json, struct arena *arena);

/** Whether the system lets files be opened like that: it knows openat2. Else errno is set. */
bool original_possible(int root);

#endif
