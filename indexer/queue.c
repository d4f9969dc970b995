/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hands out files in an order and a number at a time that keep threads busy and memory bounded.
 * What is done with a file is the workers' business.
 */
#include "indexer/queue.h"

#include <stdlib.h>

#include "base/mem.h"

/* A document takes a few times its size in memory while it is worked on. */
#define BYTES_IN_FLIGHT ((uint64_t)16 << 20)
/* From here on the time for a file is worth ordering by. */
#define LARGE_BYTES ((uint64_t)1 << 20)

static uint64_t rank(const struct work *work)
{
	return work->file->size < LARGE_BYTES ? 0 : work->file->size;
}

/* Works of one plan lie in one array, so that their addresses tell their order. */
static int compare_works(const void *a, const void *b)
{
	const struct work *const *x = a, *const *y = b;

	if (rank(*x) != rank(*y))
		return rank(*x) > rank(*y) ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

void queue_init(struct queue *queue, const struct plan *plan)
{
	*queue = (struct queue){.count = plan->file_count};
	queue->items = mem_realloc_array(NULL, plan->file_count + 1, sizeof(*queue->items));
	for (size_t i = 0; i < plan->file_count; i++)
		queue->items[i] = &plan->files[i];
	qsort(queue->items, queue->count, sizeof(*queue->items), compare_works);
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->done, NULL);
}

void queue_done(struct queue *queue)
{
	pthread_cond_destroy(&queue->done);
	pthread_mutex_destroy(&queue->lock);
	free(queue->items);
}

/* Whether there is a file that has to wait. */
static bool is_full(const struct queue *queue)
{
	return queue->next < queue->count && queue->bytes &&
	       queue->bytes + queue->items[queue->next]->file->size > BYTES_IN_FLIGHT;
}

const struct work *queue_next(struct queue *queue)
{
	const struct work *work = NULL;

	pthread_mutex_lock(&queue->lock);
	while (is_full(queue))
		pthread_cond_wait(&queue->done, &queue->lock);
	if (queue->next < queue->count) {
		work = queue->items[queue->next++];
		queue->bytes += work->file->size;
	}
	pthread_mutex_unlock(&queue->lock);
	return work;
}

void queue_release(struct queue *queue, const struct work *work)
{
	pthread_mutex_lock(&queue->lock);
	queue->bytes -= work->file->size;
	pthread_cond_broadcast(&queue->done);
	pthread_mutex_unlock(&queue->lock);
}

void queue_close(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->next = queue->count;
	pthread_cond_broadcast(&queue->done);
	pthread_mutex_unlock(&queue->lock);
}
