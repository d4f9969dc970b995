/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name of an analyser: what its code makes of the probe texts, found out when it was built
 * (fingerprint_make.c), the contents of its lexicon, and the user's families.
 */
#include <stdio.h>

#include "analyser_fingerprint.h"
#include "base/hash.h"
#include "text/analyser.h"

void analyser_name(struct analyser *analyser, char ret_name[ANALYSER_NAME_BYTES])
{
	const uint64_t all[] = {ANALYSER_FINGERPRINT, lexicon_hash(analyser_lexicon(analyser)),
		analyser_families_hash(analyser)};
	uint64_t hash = hash64((struct span){(const char *)all, sizeof(all)});
	snprintf(ret_name, ANALYSER_NAME_BYTES, "de-1-%016llx", (unsigned long long)hash);
}
