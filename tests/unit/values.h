/* SPDX-License-Identifier: GPL-2.0-or-later */
/** The values of a document, as a test holds them. */
#ifndef TESTS_UNIT_VALUES_H
#define TESTS_UNIT_VALUES_H

#include "store/seal.h"

struct values {
	const struct xc_value *items;
	size_t count;
};

/** A value_source that looks at no checksum, so that damage meets the reader itself; `context` are
 * `struct values`. */
static inline lupe_status value_given(
	void *context, uint32_t slot, struct span *ret_body, struct lupe_error *err)
{
	const struct values *values = context;
	(void)err;
	*ret_body = (struct span){NULL, 0};
	for (size_t i = 0; i < values->count; i++)
		if (values->items[i].slot == slot && values->items[i].value.len > SEAL_BYTES)
			*ret_body = (struct span){values->items[i].value.ptr + SEAL_BYTES,
				values->items[i].value.len - SEAL_BYTES};
	return LUPE_OK;
}

#endif
