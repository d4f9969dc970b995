/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * The configuration file of an index, lupe.conf(5): what else would be given to every run, and what
 * has no option.
 *
 * It is the file that --config names, else `lupe.conf` in the index folder; never one in a folder
 * that is merely indexed. It must be the caller's or root's, and nobody else's to write, since it
 * names programs.
 */
#ifndef LUPE_INDEXER_CONFIG_H
#define LUPE_INDEXER_CONFIG_H

#include "base/arena.h"
#include "indexer/command.h"
#include "indexer/meta_rules.h"
#include "indexer/options.h"
#include "lupe/status.h"

#define CONFIG_FILE "lupe.conf"

/** The program that reads files of an extension. */
struct config_filter {
	const char *extension;
	struct command command;
};

/** Zero it first. What is not in the file stays zero. */
struct config {
	struct patterns roots; /**< absolute, or relative to the working folder */
	struct patterns excludes, includes;
	int hidden, follow, one_file_system; /**< 0 not given, 1 yes, -1 no */
	size_t jobs;
	const char *group;
	struct meta_rules meta;
	struct config_filter *filters;
	size_t filter_count, filter_capacity;
	unsigned filter_seconds, ocr_seconds; /**< for a document; 0 not given */
	struct command ocr;
	struct arena arena; /**< its strings */
};

/**
 * Reads `named`, or, if that is NULL, `lupe.conf` in `index_folder`, which need not be there.
 * Errors, each naming file and line: ARGUMENT; NOT_FOUND, IO.
 */
lupe_status config_load(
	struct config *config, const char *named, const char *index_folder, struct lupe_error *err);
void config_done(struct config *config);

/** Fills in what the command line does not say, and adds the formats that have a filter; `options`
    and the formats borrow from `config` until config_done. */
void config_complete(struct config *config, struct options *options);

#endif
