/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Memory that is always there.
 *
 * These never return NULL: when the system has no more memory they call the handler that the
 * program set (which says so and exits; the default aborts). Nothing Lupe does is of use without
 * memory, and every state on disk survives a killed process, so callers need no paths of their own
 * for it. Sizes that come from a file are checked by the reader of the file before they get here.
 */
#ifndef LUPE_BASE_MEM_H
#define LUPE_BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *old, size_t size);
/** Room for `count` elements of `size` bytes; an overflow of the product counts as exhaustion. */
void *mem_realloc_array(void *old, size_t count, size_t size);
char *mem_strdup(const char *string);
/** A NUL-terminated copy of `len` bytes. */
char *mem_strndup(const char *ptr, size_t len);

/** Sets what is called when memory is exhausted; it must not return. */
void mem_set_exhausted_handler(void (*handler)(void));

/**
 * Makes room for one more element behind the first `count` of `array`, doubling its capacity when
 * it is full: `ARRAY_GROW(list->items, list->count, list->capacity);`
 */
#define ARRAY_GROW(array, count, capacity)                                                         \
	do {                                                                                       \
		if ((count) == (capacity)) {                                                       \
			(capacity) = (capacity) ? (capacity)*2 : 16;                               \
			(array) = mem_realloc_array((array), (capacity), sizeof(*(array)));        \
		}                                                                                  \
	} while (0)

#endif
