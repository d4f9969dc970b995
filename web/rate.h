/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * How often one address may ask: a bucket for each, refilled steadily. Addresses are kept in memory
 * as hashes with a random key, and forgotten when another needs the place.
 */
#ifndef LUPE_WEB_RATE_H
#define LUPE_WEB_RATE_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/span.h"

enum { RATE_BUCKETS = 4096 };

/** Zero it, then rate_init. For one thread. */
struct rate {
	unsigned long per_minute; /**< 0: no limit */
	uint64_t key;
	struct {
		uint64_t who;
		double tokens;
		double last_s;
	} buckets[RATE_BUCKETS];
};

void rate_init(struct rate *rate, unsigned long per_minute);
/** Takes a token for `who` at `now_s` seconds; false if there is none. Half a minute's tokens may
   be used at once. */
bool rate_take(struct rate *rate, struct span who, double now_s);
/**
 * The client behind a connection, as bytes to be compared: an IPv4 address, the first 64 bits of an
 * IPv6 address, which one client has to itself, or what a proxy told last in X-Forwarded-For
 * (`forwarded`, NULL if there is no proxy to be believed). Empty for a neighbour on this machine:
 * proxies that are not believed are not limited.
 */
struct span rate_client(const struct sockaddr *address, const char *forwarded);

#endif
