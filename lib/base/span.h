/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A borrowed run of bytes: what strings are in Lupe.
 *
 * A span owns nothing and need not end in NUL; it is valid as long as the memory it points into.
 * Ranges are half-open. The empty span may have a NULL pointer.
 */
#ifndef LUPE_BASE_SPAN_H
#define LUPE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *ptr;
	size_t len;
};

/** The span of a string literal, its length known at compile time. */
#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})
/** For printf's "%.*s". */
#define SPAN_ARG(s) (int)(s).len, (s).ptr

static inline struct span span_of(const char *string)
{
	return (struct span){string, string ? strlen(string) : 0};
}

static inline struct span span_from(const char *begin, const char *end)
{
	return (struct span){begin, (size_t)(end - begin)};
}

static inline struct span span_skip(struct span s, size_t n)
{
	return (struct span){s.ptr + n, s.len - n};
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/** Order by bytes, a prefix before what it begins: Xapian's order of terms. */
static inline int span_compare(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool span_starts(struct span s, struct span prefix)
{
	return s.len >= prefix.len &&
	       (prefix.len == 0 ||
		       (s.ptr[0] == prefix.ptr[0] && memcmp(s.ptr, prefix.ptr, prefix.len) == 0));
}

/* Lists of endings are tried one after the other: most differ in their last byte. */
static inline bool span_ends(struct span s, struct span suffix)
{
	return s.len >= suffix.len &&
	       (suffix.len == 0 ||
		       (s.ptr[s.len - 1] == suffix.ptr[suffix.len - 1] &&
			       memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0));
}

/** `s` without the blanks, tabs and line ends around it. */
struct span span_trim(struct span s);

/**
 * Takes the part of `*rest` before the first `separator` off it (all of it if there is none) and
 * returns it; the separator is dropped. Ends when `rest->ptr` is NULL.
 */
struct span span_take(struct span *rest, char separator);

#endif
