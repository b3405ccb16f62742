/*
 * What a child of vfork must not do, one a letter; each in a function of its own, whose name the report has to tell.
 */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define CRIME static __attribute__((noinline)) void

int global = 7;
int cleared = 7;
static char *block;

/* The wrapper that everybody writes once. */
static __attribute__((noinline)) pid_t wrapper(void)
{
	return vfork();
}

static __attribute__((noipa)) int deeper(int n)
{
	volatile char room[64];

	memset((char *)room, n, sizeof room);
	write(1, "deeper\n", 7);
	return room[n];
}

CRIME return_and_call(void)
{
	if (wrapper() == 0) {
		deeper(1);
		_exit(0);
	}
}

CRIME return_and_exit(void)
{
	if (wrapper() == 0)
		_exit(0);
}

CRIME return_by_pointer(void)
{
	pid_t (*volatile function)(void) = (vfork);

	if (function() == 0)
		_exit(0);
}

CRIME write_global(void)
{
	if (vfork() == 0) {
		global = 42;
		_exit(0);
	}
}

CRIME clear_global(void)
{
	if (vfork() == 0) {
		cleared = 0;
		_exit(0);
	}
}

CRIME write_heap(void)
{
	block = calloc(1, 64);
	if (vfork() == 0) {
		strcpy(block + 3, "hello, heap");
		_exit(0);
	}
}

static __attribute__((noinline)) void change(volatile int *variable)
{
	if (vfork() == 0) {
		*variable = 99;
		_exit(0);
	}
}

CRIME write_frame(void)
{
	volatile int local = 3;

	change(&local);
}

static void goodbye(void)
{
	write(1, "atexit\n", 7);
}

CRIME leave_by_exit(void)
{
	atexit(goodbye);
	if (vfork() == 0)
		exit(3);
	wait(NULL);
	fflush(stdout);
	_exit(0);
}

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
sem_t locked, empty;
static const struct timespec long_ago;

/* Lives as long as the program. */
static __attribute__((noreturn)) void *keep_lock(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&lock);
	sem_post(&locked);
	for (;;)
		pause();
}

static void thread(void *(*run)(void *))
{
	pthread_t id;

	pthread_create(&id, NULL, run, NULL);
}

static void inherit(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&lock, &attributes);
}

CRIME lock_of_a_thread(void)
{
	thread(keep_lock);
	sem_wait(&locked);
	if (vfork() == 0) {
		pthread_mutex_timedlock(&lock, &long_ago);
		_exit(0);
	}
}

CRIME lock_with_inheritance(void)
{
	inherit();
	thread(keep_lock);
	sem_wait(&locked);
	if (vfork() == 0) {
		pthread_mutex_lock(&lock);
		_exit(0);
	}
}

/* A thread waits for what only the lender can give. */
CRIME lender_is_waited_for(void)
{
	const volatile unsigned *word = (const volatile unsigned *)&lock;

	inherit();
	pthread_mutex_lock(&lock);
	thread(keep_lock);
	while (!(*word >> 31))
		sched_yield();
	if (vfork() == 0) {
		sem_timedwait(&empty, &long_ago);
		_exit(0);
	}
}

/* The timer ends it, not a wake. */
CRIME nobody_is_left(void)
{
	if (vfork() == 0) {
		setitimer(ITIMER_REAL, &(struct itimerval){.it_value.tv_usec = 20000}, NULL);
		sem_wait(&empty);
		_exit(0);
	}
}

static const struct {
	char letter;
	void (*commit)(void);
} crimes[] = {
	{'r', return_and_call}, {'s', return_and_exit}, {'p', return_by_pointer}, {'g', write_global}, {'z', clear_global},
	{'h', write_heap}, {'f', write_frame}, {'e', leave_by_exit},
	{'l', lock_of_a_thread}, {'i', lock_with_inheritance}, {'w', lender_is_waited_for}, {'n', nobody_is_left},
};

int main(int argc, char **argv)
{
	int status = -1;

	if (argc < 2)
		return 2;
	if (argv[1][0] == 'm' && vfork() == 0)
		return 4;
	for (unsigned i = 0; i < sizeof crimes / sizeof crimes[0]; i++)
		if (crimes[i].letter == argv[1][0])
			crimes[i].commit();
	wait(&status);
	printf("status %d\n", status);
	fflush(stdout);
	_exit(0);
}
