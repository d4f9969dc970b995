/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of protections, and which of them are needed. */
#include "indexer/extract/protection.h"

const char *protection_name(enum protection protection)
{
	switch (protection) {
	case PROTECTION_NO_NEW_PRIVS:
		return "no_new_privs";
	case PROTECTION_RLIMITS:
		return "rlimits";
	case PROTECTION_LANDLOCK:
		return "landlock";
	default:
		return "seccomp";
	}
}

bool protections_suffice(unsigned protections)
{
	return protections & (PROTECTION_SECCOMP | PROTECTION_LANDLOCK);
}
