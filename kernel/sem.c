/*
 * Semaphores with an optional holder, and mutexes. Invariant: a semaphore is in its holder's `held` list exactly while it has one, and the
 * holder's effective priority covers its most urgent waiter's.
 */
#include <kernel/sem.h>

#include <abi/errno.h>
#include <kernel/panic.h>

void sem_set_holder(struct sem *sem, struct thread *holder)
{
	struct thread *before = sem->holder;

	list_remove(&sem->held_link);
	sem->holder = holder;
	if (holder)
		list_append(&holder->held, &sem->held_link);
	if (waitq_empty(&sem->waiters))
		return;
	if (before)
		thread_update_priority(before);
	if (holder)
		thread_update_priority(holder);
}

int sem_try_take(struct sem *sem)
{
	if (sem->count == 0)
		return -EAGAIN;
	sem->count--;
	return 0;
}

static int sem_block(struct sem *sem, enum thread_sleep depth, ticks_t deadline)
{
	struct thread *thread = thread_current();
	int result;

	waitq_prepare(&sem->waiters, depth, deadline);
	thread->blocked_on = sem;
	if (sem->holder && sem->holder->prio < thread->prio)
		thread_update_priority(sem->holder);
	result = waitq_commit();
	thread->blocked_on = NULL;
	return result;
}

int sem_take(struct sem *sem, enum thread_sleep depth, ticks_t deadline)
{
	const struct thread *thread = thread_current();

	if (sem_try_take(sem) == 0)
		return 0;
	if (thread->interrupted && depth >= thread->interrupted)
		return waitq_interrupted();
	return sem_block(sem, depth, deadline);
}

void sem_give(struct sem *sem)
{
	struct thread *before = sem->holder;

	if (!waitq_wake_one(&sem->waiters, 0))
		sem->count++;
	if (!before)
		return;
	list_remove(&sem->held_link);
	sem->holder = NULL;
	if (before->prio != before->base_prio)
		thread_update_priority(before);
}

void mutex_init(struct mutex *mutex)
{
	sem_make(&mutex->sem, 1);
}

int mutex_trylock(struct mutex *mutex)
{
	if (sem_try_take(&mutex->sem) < 0)
		return -EBUSY;
	sem_set_holder(&mutex->sem, thread_current());
	return 0;
}

int mutex_lock(struct mutex *mutex, enum thread_sleep depth, ticks_t deadline)
{
	if (mutex->sem.holder == thread_current())
		return -EDEADLK;
	if (mutex_trylock(mutex) == 0)
		return 0;
	return sem_take(&mutex->sem, depth, deadline);
}

int mutex_unlock(struct mutex *mutex)
{
	struct thread *before = thread_current(), *next;

	if (mutex->sem.holder != before)
		return -EPERM;
	next = waitq_wake_one(&mutex->sem.waiters, 0);
	if (next)
		next->blocked_on = NULL;
	else
		mutex->sem.count++;
	sem_set_holder(&mutex->sem, next);
	thread_update_priority(before);
	return 0;
}
