/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocation with one place that deals with exhaustion. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void (*exhausted_handler)(void) = abort;

void mem_set_exhausted_handler(void (*handler)(void))
{
	exhausted_handler = handler;
}

static void *checked(void *memory)
{
	if (!memory) {
		exhausted_handler();
		abort();
	}
	return memory;
}

void *mem_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *mem_zalloc(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void *mem_realloc(void *old, size_t size)
{
	return checked(realloc(old, size ? size : 1));
}

void *mem_realloc_array(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return checked(NULL);
	return mem_realloc(old, count * size);
}

char *mem_strndup(const char *ptr, size_t len)
{
	char *copy = mem_alloc(len + 1);
	if (len)
		memcpy(copy, ptr, len);
	copy[len] = '\0';
	return copy;
}

char *mem_strdup(const char *string)
{
	return mem_strndup(string, strlen(string));
}
