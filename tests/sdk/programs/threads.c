/* Threads from a program's view: workers take numbers from a queue, and the sum of what they made of them is printed. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define WORKERS 3
#define LAST 20

static struct {
	pthread_mutex_t lock;
	pthread_cond_t more;
	int next, ended;
	long sum;
} work = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, 0};

static sem_t taken;

/* A number to work on, or 0 when there will be none. */
static int take(void)
{
	pthread_mutex_lock(&work.lock);
	while (work.next == 0 && !work.ended)
		pthread_cond_wait(&work.more, &work.lock);
	int number = work.next;
	work.next = 0;
	pthread_mutex_unlock(&work.lock);
	return number;
}

static void *square(void *unused)
{
	int number;

	while ((number = take()) != 0) {
		pthread_mutex_lock(&work.lock);
		work.sum += (long)number * number;
		pthread_mutex_unlock(&work.lock);
		sem_post(&taken);
	}
	return unused;
}

static void give(int number)
{
	pthread_mutex_lock(&work.lock);
	work.next = number;
	work.ended = number == 0;
	pthread_cond_broadcast(&work.more);
	pthread_mutex_unlock(&work.lock);
}

int main(void)
{
	pthread_t workers[WORKERS];

	sem_init(&taken, 0, 0);
	for (int i = 0; i < WORKERS; i++)
		if (pthread_create(&workers[i], NULL, square, NULL) != 0)
			return 1;
	for (int number = 1; number <= LAST; number++) {
		give(number);
		sem_wait(&taken);
	}
	give(0);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(workers[i], NULL);
	printf("the squares up to %d make %ld\n", LAST, work.sum);
	return 0;
}
