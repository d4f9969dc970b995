/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Token buckets in a table of fixed size: memory does not grow with the number of clients. */
#include "web/rate.h"

#include <netinet/in.h>
#include <sys/random.h>

#include "base/hash.h"

void rate_init(struct rate *rate, unsigned long per_minute)
{
	rate->per_minute = per_minute;
	if (getrandom(&rate->key, sizeof(rate->key), 0) < 0)
		rate->key = (uint64_t)(uintptr_t)rate;
}

static uint64_t hash_of(const struct rate *rate, struct span who)
{
	char bytes[sizeof(rate->key) + 64];
	size_t len = who.len < 64 ? who.len : 64;
	memcpy(bytes, &rate->key, sizeof(rate->key));
	memcpy(bytes + sizeof(rate->key), who.ptr, len);
	return hash64((struct span){bytes, sizeof(rate->key) + len});
}

bool rate_take(struct rate *rate, struct span who, double now_s)
{
	if (!rate->per_minute || !who.len)
		return true;
	uint64_t hash = hash_of(rate, who);
	double most = (double)rate->per_minute / 2 < 1 ? 1 : (double)rate->per_minute / 2;
	double *tokens = &rate->buckets[hash % RATE_BUCKETS].tokens;
	double *last = &rate->buckets[hash % RATE_BUCKETS].last_s;
	if (rate->buckets[hash % RATE_BUCKETS].who != hash) {
		rate->buckets[hash % RATE_BUCKETS].who = hash;
		*tokens = most;
		*last = now_s;
	}
	*tokens += (now_s - *last) * (double)rate->per_minute / 60;
	*last = now_s;
	if (*tokens > most)
		*tokens = most;
	if (*tokens < 1)
		return false;
	*tokens -= 1;
	return true;
}

struct span rate_client(const struct sockaddr *address, const char *forwarded)
{
	if (forwarded) {
		const char *comma = strrchr(forwarded, ',');
		return span_trim(span_of(comma ? comma + 1 : forwarded));
	}
	if (address && address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)address;
		bool here = ntohl(in->sin_addr.s_addr) >> 24 == 127;
		return (struct span){(const char *)&in->sin_addr, here ? 0 : 4};
	}
	if (address && address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
		bool here = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
		return (struct span){(const char *)&in6->sin6_addr, here ? 0 : 8};
	}
	return (struct span){NULL, 0};
}
