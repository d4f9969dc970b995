/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Giving up what a program can do, for good, before it touches bytes from somewhere.
 *
 * Four protections, each on its own sufficient against something; each is set up where the system
 * has it. Once they are, the program can compute, read and write descriptors it has, and end.
 *
 *   no_new_privs  no set-uid program gives anything back
 *   rlimits       no file written, no process, no core dump, few descriptors
 *   landlock      no path opened, made or removed, no TCP port, no signal to others (as far as the
 *                 kernel's version of it goes)
 *   seccomp       no system call but those in a list: others end the program, but for those with
 *                 which libraries look for optional files, which are refused
 *
 * What lupe-index can set better from outside, time and memory, it does (extractor.h). A build
 * with AddressSanitizer also allows what its run time needs to report what it found.
 */
#ifndef LUPE_INDEXER_EXTRACT_SANDBOX_H
#define LUPE_INDEXER_EXTRACT_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/extract/protection.h"

/** Closes every descriptor from `first` on, and forgets the environment. */
void sandbox_strip(int first);

/* One protection each; false where the system does not have it. */
bool sandbox_no_new_privs(void);
bool sandbox_limits(void);
bool sandbox_landlock(void); /**< after sandbox_no_new_privs */
bool sandbox_seccomp(void);  /**< after sandbox_no_new_privs */

/** All of them; returns the bits of those that are active. */
unsigned sandbox_enter(void);

/* ---- Landlock with exceptions ---- */

/** What can be allowed of a path; the numbers are the kernel's. */
enum {
	LANDLOCK_EXECUTE = 1,
	LANDLOCK_WRITE_FILE = 2,
	LANDLOCK_READ_FILE = 4,
	LANDLOCK_READ_DIR = 8,
};

/** Rules under way: everything is denied but what is allowed. */
struct landlock {
	int fd;
	uint64_t rights; /**< that this kernel can deny */
};

/** False if the kernel has no Landlock. */
bool landlock_start(struct landlock *ret);
/** Allows these rights for what `path` (O_PATH) is open on, and all below it. */
bool landlock_allow(const struct landlock *rules, int path, uint64_t rights);
/** Puts the rules in force, for good, and ends them; after sandbox_no_new_privs. */
bool landlock_enforce(struct landlock *rules);

#endif
