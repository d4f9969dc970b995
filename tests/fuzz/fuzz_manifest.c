/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a manifest: what is understood prints to text that is understood as the same. */
#include <stdint.h>
#include <stdlib.h>

#include "store/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest manifest, again;
	BUF_SCOPED(first);
	BUF_SCOPED(second);
	if (manifest_parse((struct span){(const char *)data, size}, &manifest, NULL) == LUPE_OK) {
		manifest_print(&manifest, &first);
		if (manifest_parse(buf_span(&first), &again, NULL) != LUPE_OK)
			abort();
		manifest_print(&again, &second);
		if (!span_equal(buf_span(&first), buf_span(&second)))
			abort();
		manifest_done(&again);
	}
	manifest_done(&manifest);
	return 0;
}
