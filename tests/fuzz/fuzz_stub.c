/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a stub file: no path in it may lead out of the index folder. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/stub.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(const struct stub_entry *entry)
{
	if (!entry->host == !entry->path)
		abort();
	if (entry->host && (!entry->port || entry->port > 65535 || !entry->host[0]))
		abort();
	if (entry->path && (strncmp(entry->path, "f/", 2) != 0 || strstr(entry->path, "/../")))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stub stub;
	if (stub_parse((struct span){(const char *)data, size}, "f", &stub, NULL) != LUPE_OK)
		return 0;
	for (size_t i = 0; i < stub.count; i++)
		check_entry(&stub.entries[i]);
	stub_done(&stub);
	return 0;
}
