/* SPDX-License-Identifier: GPL-2.0-or-later */
/** The command line of lupe-index. */
#ifndef LUPE_INDEXER_OPTIONS_H
#define LUPE_INDEXER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { JOBS_MAX = 256 };

struct patterns {
	const char **items; /**< borrowed from argv, or from the configuration */
	size_t count, capacity;
};

struct command;
struct meta_rules;

struct options {
	const char *index_folder; /**< --index, or NULL */
	const char *config_file;  /**< --config, or NULL */
	bool quiet;
	bool verbose;
	bool json;
	bool terms; /**< of dump */
	bool allow_mass_delete;
	bool no_sandbox;
	bool retry_failed;
	bool allow_private;
	const char *group; /**< --group, or NULL */
	bool dry_run;
	bool cron;
	bool purge;           /**< of prune */
	const char *log_file; /**< --log, or NULL */
	double wait_s;        /**< --wait: how long to wait for the lock; may be INFINITY */
	size_t jobs;          /**< -j: threads; 0: as many as are worth it */
	/* Rules for files; what is not given stays as the index has it. */
	struct patterns excludes, includes; /**< take the place of those it has; "" is no pattern */
	int hidden, follow, one_file_system; /**< 0 not given, 1 yes, -1 no */
	char **operands;                     /**< without the command */
	size_t operand_count;
	/* Of the configuration alone; NULL until it is read. */
	const struct patterns *roots;
	const struct meta_rules *meta;
	const struct command *ocr; /**< for documents of pictures alone; may stay NULL */
};

#endif
