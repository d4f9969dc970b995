/* SPDX-License-Identifier: GPL-2.0-or-later */
/** The commands of lupe-index. Each returns an error, or LUPE_OK and sets the exit status. */
#ifndef LUPE_INDEXER_COMMANDS_H
#define LUPE_INDEXER_COMMANDS_H

#include "indexer/options.h"
#include "lupe/status.h"

enum {
	EXIT_NOTHING_NEW_FAILED = 0,
	EXIT_NEWLY_FAILED = 1,
	EXIT_DAMAGED = 1, /**< of check */
	EXIT_FATAL = 2,
	EXIT_BUSY = 75,
	EXIT_SIGNAL = 128, /**< plus the signal's number */
};

/** Brings an index up to date, making it first if need be. */
lupe_status command_update(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Makes an index anew from its recorded roots and the paths given. */
lupe_status command_rebuild(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Makes the generation before the last rebuild the live one again, and the other way round. */
lupe_status command_rollback(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Removes what is not live; with --purge, what the live generation still has of deleted texts. */
lupe_status command_prune(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Prints what the index holds. */
lupe_status command_status(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Lists the files that are not searchable, or not as they should be, and why. */
lupe_status command_failures(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Reads the whole index and says whether it is sound. */
lupe_status command_check(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Prints what is known of each file, in the order of the paths. */
lupe_status command_dump(const struct options *options, int *ret_exit, struct lupe_error *err);
/** Shows the words and terms of texts. */
lupe_status command_analyze(const struct options *options, int *ret_exit, struct lupe_error *err);

#endif
