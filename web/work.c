/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bounded queue and its threads. What a job is, only the server knows. */
#include "web/work.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct work {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	work_function function;
	void *context;
	pthread_t *threads;
	size_t thread_count;
	/* a ring: jobs that nobody has taken yet, and one place for each thread that is free */
	void **jobs;
	size_t room, first, count;
	size_t idle;
	size_t queue;
	bool stopping;
};

static void *run(void *argument)
{
	struct work *work = argument;
	pthread_mutex_lock(&work->mutex);
	for (;;) {
		work->idle++;
		while (!work->count && !work->stopping)
			pthread_cond_wait(&work->changed, &work->mutex);
		work->idle--;
		if (!work->count)
			break;
		void *job = work->jobs[work->first];
		work->first = (work->first + 1) % work->room;
		work->count--;
		pthread_mutex_unlock(&work->mutex);
		work->function(work->context, job);
		pthread_mutex_lock(&work->mutex);
	}
	pthread_mutex_unlock(&work->mutex);
	return NULL;
}

struct work *work_start(size_t threads, size_t queue, work_function function, void *context)
{
	struct work *work = mem_zalloc(sizeof(*work));
	pthread_mutex_init(&work->mutex, NULL);
	pthread_cond_init(&work->changed, NULL);
	work->function = function;
	work->context = context;
	work->queue = queue;
	work->room = queue + threads;
	work->jobs = mem_realloc_array(NULL, work->room, sizeof(*work->jobs));
	work->threads = mem_realloc_array(NULL, threads, sizeof(*work->threads));
	while (work->thread_count < threads &&
		pthread_create(&work->threads[work->thread_count], NULL, run, work) == 0)
		work->thread_count++;
	if (work->thread_count == threads)
		return work;
	work_stop(work);
	work_free(work);
	return NULL;
}

bool work_add(struct work *work, void *job)
{
	pthread_mutex_lock(&work->mutex);
	bool room = !work->stopping && work->count < work->queue + work->idle &&
		    work->count < work->room;
	if (room) {
		work->jobs[(work->first + work->count) % work->room] = job;
		work->count++;
		pthread_cond_signal(&work->changed);
	}
	pthread_mutex_unlock(&work->mutex);
	return room;
}

void work_stop(struct work *work)
{
	pthread_mutex_lock(&work->mutex);
	work->stopping = true;
	pthread_cond_broadcast(&work->changed);
	pthread_mutex_unlock(&work->mutex);
	for (size_t i = 0; i < work->thread_count; i++)
		pthread_join(work->threads[i], NULL);
	work->thread_count = 0;
}

void work_free(struct work *work)
{
	if (!work)
		return;
	pthread_cond_destroy(&work->changed);
	pthread_mutex_destroy(&work->mutex);
	free(work->threads);
	free(work->jobs);
	free(work);
}
