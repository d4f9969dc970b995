/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as packed positions, asked for a term that comes with them. */
#include <stdint.h>
#include <stdlib.h>

#include "store/positions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct position_list list;
	const char *bytes = (const char *)data;
	size_t term_len = size ? data[0] % 8u : 0;
	if (size < 1 + term_len)
		return 0;
	struct span term = {bytes + 1, term_len};
	struct span packed = span_from(bytes + 1 + term_len, bytes + size);
	if (positions_read(packed, term, &list, NULL) != LUPE_OK)
		return 0;
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i] <= (i ? list.items[i - 1] : 0))
			abort();
	return 0;
}
