/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * One process of lupe-extract: started, limited in time and memory, listened to, ended.
 *
 * It has nothing of its parent's: no descriptors but the socket and the null device, no
 * environment, no signals that a terminal sends. It ends with the thread that started it.
 */
#ifndef LUPE_INDEXER_HELPER_H
#define LUPE_INDEXER_HELPER_H

#include <sys/types.h>

#include "indexer/extract/protocol.h"

struct helper_settings {
	const char *program;
	bool no_sandbox;
	bool (*stopped)(void); /**< true ends waiting; may be NULL */
};

struct helper {
	pid_t pid; /**< 0 if none runs */
	int socket;
	struct inbox inbox;
	bool (*stopped)(void);
	double deadline;       /**< of the file under way; seconds of the monotonic clock */
	unsigned seconds;      /**< for it */
	uint64_t memory_bytes; /**< resident, at most, while it is read */
};

void helper_init(struct helper *helper);
void helper_done(struct helper *helper);

/** Starts it; none must run. Errors: NOT_FOUND (no such program), INTERNAL. */
lupe_status helper_start(
	struct helper *helper, const struct helper_settings *settings, struct lupe_error *err);
bool helper_runs(const struct helper *helper);
/** Kills it, if it runs. */
void helper_end(struct helper *helper);

/** From now on it has so much time, and the memory of limits.h beyond what it has now and the
    `size` of a file. */
void helper_limit(struct helper *helper, unsigned seconds, uint64_t size);
/** Sends bytes and a descriptor. Errors: IO. */
lupe_status helper_send_fd(struct helper *helper, struct span bytes, int fd);
/**
 * Waits for a message; valid until the next call. LUPE_END: it was stopped. Errors, after each of
 * which it runs no more or is of no use: LIMIT (time, memory), CORRUPT (it died, and of what, or
 * what it says is no message).
 */
lupe_status helper_next(struct helper *helper, struct message *ret, struct lupe_error *err);
/** How much memory it occupies; 0 if the system does not tell. */
uint64_t helper_resident_bytes(const struct helper *helper);

#endif
