/*
 * Counting semaphores, and mutexes made of them. A semaphore may have a holder: the thread that is expected to post it. While others
 * wait, the holder runs at least at the most urgent waiter's priority (priority inheritance, transitive).
 */
#pragma once

#include <kernel/waitq.h>

struct sem {
	unsigned count;
	struct thread *holder;
	struct list held_link; /* in holder->held */
	struct waitq waiters;
};

static inline void sem_make(struct sem *sem, unsigned count)
{
	sem->count = count;
	sem->holder = NULL;
	list_init(&sem->held_link);
	waitq_init(&sem->waiters);
}
/* An empty semaphore that `holder` will post. */
static inline void sem_make_held(struct sem *sem, struct thread *holder)
{
	sem->count = 0;
	sem->holder = holder;
	list_append(&holder->held, &sem->held_link);
	waitq_init(&sem->waiters);
}
/* Names the thread that will post (NULL: nobody). */
void sem_set_holder(struct sem *sem, struct thread *holder);
/* Takes one unit. 0, -EINTR or -ETIMEDOUT. Thread context. */
int sem_take(struct sem *sem, enum thread_sleep depth, ticks_t deadline);
/* 0 or -EAGAIN. Any context. */
int sem_try_take(struct sem *sem);
/* Gives one unit to the most urgent waiter, or keeps it. Any context. */
void sem_give(struct sem *sem);

struct mutex {
	struct sem sem;
};

void mutex_init(struct mutex *mutex);
/* 0, -EDEADLK (the caller holds it), -EINTR, -ETIMEDOUT. Thread context. */
int mutex_lock(struct mutex *mutex, enum thread_sleep depth, ticks_t deadline);
/* 0 or -EBUSY. */
int mutex_trylock(struct mutex *mutex);
/* 0 or -EPERM (the caller does not hold it). The most urgent waiter becomes the holder. */
int mutex_unlock(struct mutex *mutex);
