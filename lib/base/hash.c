/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XXH3 from libxxhash's header, compiled in here so that no shared library is loaded for it. */
#define XXH_INLINE_ALL
#include "base/hash.h"

#include <xxhash.h>

uint64_t hash64(struct span bytes)
{
	return XXH3_64bits(bytes.ptr, bytes.len);
}

struct hash128 hash128(struct span bytes)
{
	struct hash128 hash;
	XXH128_canonical_t canonical;
	XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.ptr, bytes.len));
	memcpy(hash.bytes, canonical.digest, sizeof(hash.bytes));
	return hash;
}

void hash128_hex(struct hash128 hash, char ret_hex[HASH128_HEX_LEN + 1])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < sizeof(hash.bytes); i++) {
		ret_hex[2 * i] = digits[hash.bytes[i] >> 4];
		ret_hex[2 * i + 1] = digits[hash.bytes[i] & 15];
	}
	ret_hex[HASH128_HEX_LEN] = '\0';
}
