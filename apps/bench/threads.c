/* What threads cost: two that hand each other a semaphore, one that nobody else wants, and a life of one. */
#include <pthread.h>
#include <semaphore.h>

#include "bench.h"
#include "msg.h"

struct table {
	sem_t ping, pong;
	unsigned long rounds;
};

static void *answer(void *argument)
{
	struct table *table = argument;

	for (unsigned long i = 0; i < table->rounds; i++) {
		sem_wait(&table->ping);
		sem_post(&table->pong);
	}
	return NULL;
}

int bench_ping_pong(unsigned long rounds, unsigned long *cycles)
{
	struct table table = {.rounds = rounds};
	pthread_t thread;

	sem_init(&table.ping, 0, 0);
	sem_init(&table.pong, 0, 0);
	if (pthread_create(&thread, NULL, answer, &table) != 0)
		return msg_text("bench", "no thread");
	unsigned long start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++) {
		sem_post(&table.ping);
		sem_wait(&table.pong);
	}
	*cycles = bench_cycles() - start;
	return pthread_join(thread, NULL) != 0;
}

int bench_semaphore(unsigned long rounds, unsigned long *cycles)
{
	sem_t sem;

	sem_init(&sem, 0, 0);
	unsigned long start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++) {
		sem_post(&sem);
		sem_wait(&sem);
	}
	*cycles = bench_cycles() - start;
	return 0;
}

static void *end(void *argument)
{
	return argument;
}

int bench_thread(unsigned long rounds, unsigned long *cycles)
{
	pthread_t thread;
	unsigned long start = bench_cycles();

	for (unsigned long i = 0; i < rounds; i++)
		if (pthread_create(&thread, NULL, end, NULL) != 0 || pthread_join(thread, NULL) != 0)
			return msg_text("bench", "no thread");
	*cycles = bench_cycles() - start;
	return 0;
}
