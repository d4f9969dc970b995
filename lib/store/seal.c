/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checksums in front of values. */
#include "store/seal.h"

#include "base/hash.h"

static void checksum(struct span body, char ret[SEAL_BYTES])
{
	uint64_t hash = hash64(body);

	for (int i = 0; i < SEAL_BYTES; i++)
		ret[i] = (char)(hash >> (8 * i));
}

void seal_fill(char *sealed, size_t len)
{
	checksum((struct span){sealed + SEAL_BYTES, len - SEAL_BYTES}, sealed);
}

struct span seal(struct buf *out, struct span body)
{
	buf_clear(out);
	if (!body.len)
		return body;
	buf_reserve(out, SEAL_BYTES);
	out->len = SEAL_BYTES;
	buf_add_span(out, body);
	seal_fill(out->ptr, out->len);
	return buf_span(out);
}

lupe_status seal_open(struct span sealed, struct span *ret_body, struct lupe_error *err)
{
	char sum[SEAL_BYTES];

	if (!sealed.len) {
		*ret_body = sealed;
		return LUPE_OK;
	}
	if (sealed.len > SEAL_BYTES) {
		*ret_body = span_skip(sealed, SEAL_BYTES);
		checksum(*ret_body, sum);
		if (memcmp(sum, sealed.ptr, SEAL_BYTES) == 0)
			return LUPE_OK;
	}
	return lupe_fail(err, LUPE_ERROR_CORRUPT, "a stored value is not what it was");
}

lupe_status sealed_value(
	void *document, uint32_t slot, struct span *ret_body, struct lupe_error *err)
{
	struct xc_bytes value;
	lupe_status status = xc_document_value(document, slot, &value, err);

	if (status != LUPE_OK)
		return status;
	return seal_open((struct span){value.ptr, value.len}, ret_body, err);
}
