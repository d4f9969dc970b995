/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Hashes of bytes (XXH3, stable over machines and versions). Not for secrets.
 */
#ifndef LUPE_BASE_HASH_H
#define LUPE_BASE_HASH_H

#include <stdint.h>

#include "base/span.h"

enum { HASH128_HEX_LEN = 32 };

struct hash128 {
	unsigned char bytes[16];
};

uint64_t hash64(struct span bytes);
struct hash128 hash128(struct span bytes);
/** hash128 of bytes that come in parts. */
struct hasher;
struct hasher *hasher_new(void);
void hasher_free(struct hasher *hasher);
void hasher_start(struct hasher *hasher);
void hasher_add(struct hasher *hasher, struct span part);
struct hash128 hasher_result(const struct hasher *hasher);
/** Writes 32 lower-case hexadecimal digits and a NUL. */
void hash128_hex(struct hash128 hash, char ret_hex[HASH128_HEX_LEN + 1]);

#endif
