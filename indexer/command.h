/* SPDX-License-Identifier: GPL-2.0-or-later */
/** A program of the configuration that makes text of a document: what to run, and for how long. */
#ifndef LUPE_INDEXER_COMMAND_H
#define LUPE_INDEXER_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "lupe/status.h"

/** Zero it first. */
struct command {
	char **arguments; /**< the path of the program first; NULL behind the last */
	size_t count, capacity;
	unsigned seconds;     /**< for one document */
	bool starts_programs; /**< it may start others */
};

void command_done(struct command *command);
/**
 * Takes a line apart at blanks; what is in double quotes is one argument. The program is an
 * absolute path, or the name of one in the folders for programs, whatever PATH says. Errors:
 * ARGUMENT.
 */
lupe_status command_parse(struct command *command, const char *line, struct lupe_error *err);
/** "antiword": the program's name without its folder. */
const char *command_name(const struct command *command);

#endif
