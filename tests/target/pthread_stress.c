/* Many threads at once, on everything that they share: locks, the heap, a stream, a queue; threads that come and go. */
#include "pthreading.h"

#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS 6
#define ROUNDS 200

static pthread_t threads[THREADS];

/* Runs the routine in all threads, each with its number; 0 when all return NULL. */
static int together(void *(*routine)(void *))
{
	int failed = 0;
	void *result;
	for (intptr_t i = 0; i < THREADS; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, routine, (void *)i), 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &result), 0);
		failed += result != NULL;
	}
	return failed;
}

static pthread_mutex_t mutexes[2] = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER };
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int counts[3];

/* Reads, lets others run, and writes back: a lock that two hold loses counts. */
static void count_slowly(volatile int *count)
{
	int now = *count;
	sched_yield();
	*count = now + 1;
}

static void *counts_under_locks(void *number)
{
	for (int i = 0; i < ROUNDS; i++) {
		int which = (i + (int)(intptr_t)number) % 2;
		pthread_mutex_lock(&mutexes[which]);
		count_slowly(&counts[which]);
		pthread_mutex_unlock(&mutexes[which]);
		pthread_rwlock_wrlock(&rwlock);
		count_slowly(&counts[2]);
		pthread_rwlock_unlock(&rwlock);
		pthread_rwlock_rdlock(&rwlock);
		sched_yield();
		pthread_rwlock_unlock(&rwlock);
	}
	return NULL;
}

static int locks_lose_no_count(void)
{
	pthread_mutexattr_t inheriting;
	pthread_mutexattr_init(&inheriting);
	pthread_mutexattr_setprotocol(&inheriting, PTHREAD_PRIO_INHERIT);
	CHECK_EQUAL(pthread_mutex_init(&mutexes[1], &inheriting), 0);
	CHECK_EQUAL(together(counts_under_locks), 0);
	CHECK_EQUAL(counts[0] + counts[1], THREADS * ROUNDS);
	CHECK_EQUAL(counts[2], THREADS * ROUNDS);
	CHECK_EQUAL(pthread_rwlock_destroy(&rwlock), 0);
	CHECK_EQUAL(pthread_mutex_destroy(&mutexes[0]), 0);
	CHECK_EQUAL(pthread_mutex_destroy(&mutexes[1]), 0);
	return 0;
}

static void *uses_the_heap(void *number)
{
	unsigned char *blocks[8] = { NULL };
	unsigned seed = (unsigned)(uintptr_t)number + 1;
	intptr_t spoilt = 0;
	for (int i = 0; i < ROUNDS * 4; i++) {
		int which = rand_r(&seed) % 8;
		size_t size = (size_t)rand_r(&seed) % 120 + 1;
		if (blocks[which])
			spoilt += blocks[which][0] != (unsigned char)((int)(intptr_t)number * 8 + which);
		free(blocks[which]);
		blocks[which] = malloc(size);
		if (!blocks[which])
			return (void *)1;
		memset(blocks[which], (int)(intptr_t)number * 8 + which, size);
		if (i % 16 == 0)
			sched_yield();
	}
	for (int i = 0; i < 8; i++)
		free(blocks[i]);
	return (void *)spoilt;
}

static int the_heap_is_whole_after_all_have_used_it(void)
{
	CHECK_EQUAL(together(uses_the_heap), 0);
	CHECK_EQUAL(together(uses_the_heap), 0);
	return 0;
}

static FILE *stream;

static void *prints_lines(void *number)
{
	for (int i = 0; i < ROUNDS / 4; i++)
		if (fprintf(stream, "%d is a line of thread %d\n", i, (int)(intptr_t)number) < 0)
			return stream;
	return NULL;
}

static int lines_of_a_stream_are_not_torn(void)
{
	char line[64];
	int lines = 0, i, number;
	stream = tmpfile();
	CHECK(stream);
	CHECK_EQUAL(together(prints_lines), 0);
	rewind(stream);
	while (fgets(line, sizeof(line), stream)) {
		CHECK(sscanf(line, "%d is a line of thread %d", &i, &number) == 2);
		lines++;
	}
	CHECK_EQUAL(lines, THREADS * (ROUNDS / 4));
	CHECK_EQUAL(fclose(stream), 0);
	return 0;
}

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int items[4], count;
	long taken;
} queue = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static void put_item(int item)
{
	pthread_mutex_lock(&queue.lock);
	while (queue.count == 4)
		pthread_cond_wait(&queue.changed, &queue.lock);
	queue.items[queue.count++] = item;
	pthread_cond_broadcast(&queue.changed);
	pthread_mutex_unlock(&queue.lock);
}

static void take_item(void)
{
	pthread_mutex_lock(&queue.lock);
	while (queue.count == 0)
		pthread_cond_wait(&queue.changed, &queue.lock);
	queue.taken += queue.items[--queue.count];
	pthread_cond_broadcast(&queue.changed);
	pthread_mutex_unlock(&queue.lock);
}

static void *puts_or_takes(void *number)
{
	for (int i = 1; i <= ROUNDS; i++) {
		if ((intptr_t)number % 2)
			put_item(i);
		else
			take_item();
	}
	return NULL;
}

static int a_queue_gives_what_was_put_in(void)
{
	CHECK_EQUAL(together(puts_or_takes), 0);
	CHECK_EQUAL(queue.count, 0);
	CHECK_EQUAL(queue.taken, (long)THREADS / 2 * ROUNDS * (ROUNDS + 1) / 2);
	return 0;
}

static void *makes_threads(void *number)
{
	pthread_t thread;
	void *result;
	for (int i = 0; i < ROUNDS / 4; i++) {
		if (pthread_create(&thread, NULL, returns_its_argument, number) != 0)
			return queue.items;
		if ((i + (intptr_t)number) % 3 == 0) {
			if (pthread_detach(thread) != 0)
				return queue.items;
		} else if (pthread_join(thread, &result) != 0 || result != number) {
			return queue.items;
		}
		if (i % 8 == 0)
			sched_yield();
	}
	return NULL;
}

static int threads_come_and_go_in_all_threads(void)
{
	CHECK_EQUAL(together(makes_threads), 0);
	return 0;
}

static sem_t sems[THREADS];

static void *passes_on(void *number)
{
	int here = (int)(intptr_t)number;
	for (int i = 0; i < ROUNDS; i++) {
		sem_wait(&sems[here]);
		counts[0]++;
		sem_post(&sems[(here + 1) % THREADS]);
	}
	return NULL;
}

static int a_token_goes_round(void)
{
	for (int i = 0; i < THREADS; i++)
		CHECK_EQUAL(sem_init(&sems[i], 0, i == 0), 0);
	CHECK_EQUAL(together(passes_on), 0);
	CHECK_EQUAL(counts[0], THREADS * ROUNDS);
	return 0;
}

TARGET_CASES(pthread_stress, CASE(locks_lose_no_count), CASE(the_heap_is_whole_after_all_have_used_it),
	     CASE(lines_of_a_stream_are_not_torn), CASE(a_queue_gives_what_was_put_in), CASE(threads_come_and_go_in_all_threads),
	     CASE(a_token_goes_round))
