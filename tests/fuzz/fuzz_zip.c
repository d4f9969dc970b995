/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Archives: each member of any bytes is read or refused, within the limits. */
#include <stdint.h>

#include "indexer/extract/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip *zip;
	struct span name;

	if (zip_open((struct span){(const char *)data, size}, &zip, NULL) < 0)
		return 0;
	for (size_t i = 0; i < 20 && zip_name(zip, i, &name); i++) {
		BUF_SCOPED(content);
		zip_read_whole(zip, name, &content, NULL);
	}
	zip_close(zip);
	return 0;
}
