/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of ODT documents: any bytes are read or refused, and what is read is sound. */
#include <stdint.h>

#include "indexer/extract/odt.h"
#include "members.h"
#include "sound.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct document document = {0};
	BUF_SCOPED(zip);

	members_to_zip((struct span){(const char *)data, size}, "content.xml", &zip);
	struct source source = {buf_span(&zip), SPAN("a.odt")};
	if (extract_odt(&source, &document, NULL) == LUPE_OK)
		check_sound(&document);
	document_done(&document);
	return 0;
}
