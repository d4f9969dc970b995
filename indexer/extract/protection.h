/* SPDX-License-Identifier: GPL-2.0-or-later */
/** What lupe-extract can be protected by (sandbox.h), as both sides name it. */
#ifndef LUPE_INDEXER_EXTRACT_PROTECTION_H
#define LUPE_INDEXER_EXTRACT_PROTECTION_H

#include <stdbool.h>

enum protection {
	PROTECTION_NO_NEW_PRIVS = 1,
	PROTECTION_RLIMITS = 2,
	PROTECTION_LANDLOCK = 4,
	PROTECTION_SECCOMP = 8,
	PROTECTIONS = 15,
};

#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_SANITIZED
#define SANDBOX_SANITIZED 0
#endif

/** "no_new_privs", "rlimits", "landlock", "seccomp". */
const char *protection_name(enum protection protection);
/** Whether these keep a file from doing harm: seccomp or Landlock is among them. */
bool protections_suffice(unsigned protections);

#endif
