/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Giving up everything that the program does not need, for itself and for what it runs.
 */
#ifndef LUPE_WEB_SANDBOX_H
#define LUPE_WEB_SANDBOX_H

#include "web/site.h"

/** Becomes settings->user. As root that must be given, even if it is root. Errors: ARGUMENT, IO. */
lupe_status sandbox_drop_privileges(const struct settings *settings, struct lupe_error *err);

/**
 * From here on neither this process nor its children open any file but the index, the served root
 * and the libraries of lupe, write any file, run any program but lupe, or make a socket. Before the
 * first thread; the listening socket and site->files_root are open already. `*ret_files` tells
 * whether the kernel restricts files (Landlock). Errors: IO, INTERNAL.
 */
lupe_status sandbox_enter(const struct site *site, bool *ret_files, struct lupe_error *err);

#endif
