/* SPDX-License-Identifier: GPL-2.0-or-later */
/** The command line of lupe-index. */
#ifndef LUPE_INDEXER_OPTIONS_H
#define LUPE_INDEXER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct options {
	const char *index_folder; /**< --index, or NULL */
	bool quiet;
	bool verbose;
	bool json;
	bool terms; /**< of dump */
	bool allow_mass_delete;
	bool no_sandbox;
	size_t jobs;           /**< -j: threads; 0: as many as are worth it */
	const char **excludes; /**< borrowed from argv */
	size_t exclude_count, exclude_capacity;
	char **operands; /**< without the command */
	size_t operand_count;
};

#endif
