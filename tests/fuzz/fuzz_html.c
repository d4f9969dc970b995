/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages of HTML: any bytes are read, and what is read is sound. */
#include <stdint.h>

#include "indexer/extract/html.h"
#include "sound.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct document document = {0};
	struct source source = {{(const char *)data, size}, SPAN("a.html")};

	if (extract_html(&source, &document, NULL) == LUPE_OK)
		check_sound(&document);
	document_done(&document);
	return 0;
}
