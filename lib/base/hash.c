/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XXH3 from libxxhash's header, compiled in here so that no shared library is loaded for it. */
#define XXH_INLINE_ALL
#include "base/hash.h"

#include <stdlib.h>
#include <xxhash.h>

uint64_t hash64(struct span bytes)
{
	return XXH3_64bits(bytes.ptr, bytes.len);
}

static struct hash128 canonical(XXH128_hash_t number)
{
	struct hash128 hash;
	XXH128_canonical_t canonical;
	XXH128_canonicalFromHash(&canonical, number);
	memcpy(hash.bytes, canonical.digest, sizeof(hash.bytes));
	return hash;
}

struct hash128 hash128(struct span bytes)
{
	return canonical(XXH3_128bits(bytes.ptr, bytes.len));
}

struct hasher {
	XXH3_state_t state;
};

struct hasher *hasher_new(void)
{
	struct hasher *hasher = aligned_alloc(_Alignof(struct hasher), sizeof(*hasher));
	if (!hasher)
		abort();
	hasher_start(hasher);
	return hasher;
}

void hasher_free(struct hasher *hasher)
{
	free(hasher);
}

void hasher_start(struct hasher *hasher)
{
	XXH3_INITSTATE(&hasher->state);
	XXH3_128bits_reset(&hasher->state);
}

void hasher_add(struct hasher *hasher, struct span part)
{
	XXH3_128bits_update(&hasher->state, part.ptr, part.len);
}

struct hash128 hasher_result(const struct hasher *hasher)
{
	return canonical(XXH3_128bits_digest(&hasher->state));
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
