/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XMP packets: any bytes are read, and values are text of bounded length. */
#include <assert.h>
#include <stdint.h>

#include "indexer/extract/xmp.h"
#include "text/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xmp xmp = {0};

	xmp_read((struct span){(const char *)data, size}, &xmp);
	assert(utf8_valid(buf_span(&xmp.title)) && xmp.title.len <= 4096);
	assert(utf8_valid(buf_span(&xmp.author)) && xmp.author.len <= 4096);
	assert(utf8_valid(buf_span(&xmp.created)) && xmp.created.len <= 4096);
	xmp_done(&xmp);
	return 0;
}
