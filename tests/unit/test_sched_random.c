/*
 * The scheduler against a model: threads that lock, sleep, time out, interrupt each other and
 * change priorities at random. After each step every thread's effective priority must be the one
 * that inheritance defines, and the most urgent ready thread must run.
 */
#include "unit.h"

#include <kernel/sem.h>

#define THREADS 8
#define MUTEXES 4
#define STEPS 300

static struct mutex mutexes[MUTEXES];
static struct waitq queue = WAITQ_INIT(queue);
static struct worker {
	struct thread *thread; /* NULL: ended */
	int locked;            /* holds mutexes [0, locked): always taken in that order */
	unsigned locks, failures;
} workers[THREADS];
static uint32_t seed;
static unsigned steps_done;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(seed ^ seed >> 15) * limit) >> 32);
}

static unsigned max_of(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

/* The most urgent sleeper of a mutex, by looking at all threads. */
static unsigned model_waiters(const struct mutex *mutex, const unsigned prio[THREADS])
{
	unsigned most = 0;

	for (int i = 0; i < THREADS; i++) {
		const struct thread *thread = workers[i].thread;

		if (thread && thread->state == THREAD_SLEEPING && thread->waitq == &mutex->sem.waiters)
			most = max_of(most, prio[i]);
	}
	return most;
}

/* Priorities as inheritance defines them: the smallest that satisfy "a holder is as urgent as its waiters". */
static void model_priorities(unsigned prio[THREADS])
{
	for (int i = 0; i < THREADS; i++)
		prio[i] = workers[i].thread ? workers[i].thread->base_prio : 0;
	for (int round = 0; round < THREADS; round++)
		for (int i = 0; i < THREADS; i++)
			for (int m = 0; m < MUTEXES; m++)
				if (workers[i].thread && mutexes[m].sem.holder == workers[i].thread)
					prio[i] = max_of(prio[i], model_waiters(&mutexes[m], prio));
}

static void verify(void)
{
	unsigned prio[THREADS];

	model_priorities(prio);
	for (int i = 0; i < THREADS; i++) {
		const struct thread *thread = workers[i].thread;

		if (!thread)
			continue;
		assert_int_equal(thread->prio, prio[i]);
		assert_int_equal(thread->stack[0], THREAD_CANARY);
		if (thread->state == THREAD_READY && thread->prio > thread_current()->prio)
			assert_true(thread_current()->work & THREAD_WORK_RESCHED);
	}
	steps_done++;
}

static void step_lock(struct worker *worker)
{
	static const enum thread_sleep depths[] = {SLEEP_UNINTERRUPTIBLE, SLEEP_KILLABLE, SLEEP_INTERRUPTIBLE};
	struct mutex *mutex = &mutexes[worker->locked];
	ticks_t deadline = random_below(2) ? host_time() + random_below(200) : TICKS_NEVER;

	if (mutex_lock(mutex, depths[random_below(3)], deadline) < 0) {
		worker->failures++;
		return;
	}
	assert_ptr_equal(mutex->sem.holder, thread_current());
	worker->locked++;
	worker->locks++;
}

static void step_unlock(struct worker *worker)
{
	assert_int_equal(mutex_unlock(&mutexes[--worker->locked]), 0);
}

static void step_disturb(void)
{
	struct worker *other = &workers[random_below(THREADS)];

	if (!other->thread)
		return;
	if (random_below(3))
		thread_set_priority(other->thread, random_below(2) ? THREAD_RR : THREAD_FIFO, 1 + random_below(31));
	else
		thread_interrupt(other->thread, random_below(2) ? SLEEP_KILLABLE : SLEEP_INTERRUPTIBLE);
}

static void step(struct worker *worker)
{
	thread_clear_interrupt(thread_current());
	switch (random_below(8)) {
	case 0:
	case 1:
		if (worker->locked < MUTEXES)
			step_lock(worker);
		break;
	case 2:
	case 3:
		if (worker->locked > 0)
			step_unlock(worker);
		break;
	case 4: step_disturb(); break;
	case 5: waitq_sleep(&queue, SLEEP_INTERRUPTIBLE, host_time() + random_below(300)); break;
	case 6: host_advance(random_below(100)); break;
	default: thread_yield(); break;
	}
}

static void work(void *arg)
{
	struct worker *worker = arg;

	for (int i = 0; i < STEPS; i++) {
		step(worker);
		verify();
		thread_preempt_point();
		verify();
	}
	while (worker->locked > 0)
		step_unlock(worker);
	worker->thread = NULL;
	verify();
}

static void run(uint32_t start)
{
	unsigned locks = 0, failures = 0;

	seed = start;
	steps_done = 0;
	for (int i = 0; i < MUTEXES; i++)
		mutex_init(&mutexes[i]);
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){0};
		workers[i].thread = unit_thread(1 + random_below(31), work, &workers[i]);
	}
	host_run();
	for (int i = 0; i < THREADS; i++) {
		assert_null(workers[i].thread);
		locks += workers[i].locks;
		failures += workers[i].failures;
	}
	assert_int_equal(steps_done, THREADS * (2 * STEPS + 1));
	assert_true(locks > 100 && failures > 10);
	unit_assert_nothing_leaked();
}

static void agrees_with_the_model_of_inheritance(void **state)
{
	(void)state;
	for (uint32_t start = 1; start <= 40; start++)
		run(start);
}

static const struct CMUnitTest tests[] = {
	UNIT(sched_random, agrees_with_the_model_of_inheritance),
};
UNIT_MAIN(sched_random, tests)
