/*
 * The threads of a process.
 *
 * A process that has only had one thread has nothing of this: its `threads` and its thread's `extra` are NULL, and what a thread has of its own lies in its struct
 * signals. The first thread_create makes a struct threads, and a struct uthread for each thread, the first one included.
 *
 *   of each thread     blocked signals, signals sent to it, sigsuspend's mask, alternate stack, cancellation, priority, registers: struct uthread, struct thread
 *   of the process     signals sent to it, actions, timer, descriptors, directory, groups, nice, space; `waiters` (sigtimedwait, stops) and `child_ended` are
 *                      queues in which several threads may sleep: whoever wakes one of them wakes all, and each looks again
 *
 * Invariants:
 *   - process->thread is a thread that lives, until the process is a zombie; which one says nothing when there are several;
 *   - `extra` of each thread of the process is in threads->all, or NULL for all when `threads` is NULL;
 *   - a borrower has one thread (thread_create refuses), so a loan is made and returned by the only thread of the borrower; its lender may have others, which go
 *     on meanwhile. A thread that lends sleeps killably: the end of its process, and exec by another thread, end it like SIGKILL does, and the borrower keeps the
 *     space;
 *   - who has to end (threads_must_end) is marked, its killable sleeps end, and it goes as far as its way back to user mode and no further: what it holds in the
 *     kernel it gives back itself. One that sleeps uninterruptibly ends later. Nobody but itself frees what is its own;
 *   - the last thread of an exiting process carries out process_exit; the others just end. Once threads->exiting is set the status stands;
 *   - exec ends the others before its commit, when nothing can fail any more but by the caller's own death. Of two that exec, the first to come so far wins, and of
 *     exec and exit, too;
 *   - thread_create, the end of a thread and each change of these lists run through: nobody sees half of them.
 */
#include "internal.h"
#include "sigqueue.h"

#include <arch.h>
#include <kernel/config.h>
#include <kernel/mem.h>
#include <kernel/panic.h>

static struct uthread *uthread_of(const struct thread *thread)
{
	return thread->extra;
}

unsigned threads_tid(const struct thread *thread)
{
	return thread->extra ? uthread_of(thread)->tid : 1;
}

struct thread *thread_after(const struct process *process, const struct thread *thread)
{
	const struct threads *threads = process->threads;
	const struct list *next;

	if (!threads)
		return thread ? NULL : process->thread;
	next = thread ? uthread_of(thread)->link.next : threads->all.next;
	return next == &threads->all ? NULL : uthread_entry(next)->thread;
}

struct thread *threads_find(int tid)
{
	const struct process *process = process_current();

	if (tid == 0)
		return thread_current();
	if (!process->threads)
		return tid == 1 ? process->thread : NULL;
	list_for_each(it, &process->threads->all)
		if (uthread_entry(it)->tid == tid)
			return uthread_entry(it)->thread;
	return NULL;
}

unsigned process_thread_count(const struct process *process)
{
	return process->threads ? process->threads->count : process->thread != NULL;
}

static ticks_t thread_time(const struct thread *thread)
{
	return thread == thread_current() ? thread_cpu_time() : thread->runtime;
}

ticks_t process_cpu_time(const struct process *process)
{
	ticks_t sum;

	if (!process->threads)
		return process->thread ? thread_time(process->thread) : process->runtime;
	sum = process->threads->runtime;
	list_for_each(it, &process->threads->all)
		sum += thread_time(uthread_entry(it)->thread);
	return sum;
}

abi_sigset threads_blocked(const struct threads *threads)
{
	abi_sigset blocked = 0;

	list_for_each(it, &threads->all)
		blocked |= uthread_entry(it)->signals.blocked;
	return blocked;
}

void threads_mark(struct process *process)
{
	list_for_each(it, &process->threads->all)
		signals_mark(uthread_entry(it)->thread);
}

/* ---- creation ---- */

/* The lowest id that is free, and the place in the list that belongs to it. */
static uint16_t tid_find(struct threads *threads, struct list **place)
{
	uint16_t tid = 1;

	for (*place = threads->all.next; *place != &threads->all && uthread_entry(*place)->tid == tid; *place = (*place)->next)
		tid++;
	return tid;
}

/* Makes a thread one of several. -ENOMEM. */
static int uthread_add(struct threads *threads, struct thread *thread, const struct sigthread *signals)
{
	struct uthread *uthread = mem_zalloc(sizeof *uthread);
	struct list *place;

	if (!uthread)
		return -ENOMEM;
	if (!pilock_reserve(threads)) {
		mem_free(uthread);
		return -ENOMEM;
	}
	uthread->thread = thread;
	uthread->signals = *signals;
	uthread->tid = tid_find(threads, &place);
	list_insert(place, &uthread->link);
	threads->count++;
	thread->extra = uthread;
	return 0;
}

/* A process of one thread becomes one that may have several. -ENOMEM. */
static int threads_begin(struct process *process)
{
	struct threads *threads = mem_zalloc(sizeof *threads);

	if (!threads)
		return -ENOMEM;
	list_init(&threads->all);
	list_init(&threads->spare_locks);
	waitq_init(&threads->alone);
	if (uthread_add(threads, process->thread, &process->signals.first) < 0) {
		mem_free(threads);
		return -ENOMEM;
	}
	process->signals.first = (struct sigthread){0};
	process->threads = threads;
	process->space->threaded = true;
	return 0;
}

/* The new thread of the caller's process, asleep. */
static struct thread *uthread_create(struct process *process)
{
	const struct thread *self = thread_current();
	struct thread *thread = thread_create((enum thread_policy)self->policy, self->base_prio);

	if (!thread)
		return NULL;
	thread->owner = process;
	thread->space = self->space;
	if (uthread_add(process->threads, thread, &(struct sigthread){.blocked = sigthread_of(self)->blocked}) < 0) {
		thread_free(thread);
		return NULL;
	}
	return thread;
}

/* The caller's policy and priority stay, or the wanted ones are set. -EINVAL. */
static int spec_check(const struct abi_thread *spec, enum thread_policy *policy, unsigned *prio)
{
	const struct process *process = process_current();
	const struct thread *self = thread_current();

	*policy = (enum thread_policy)self->policy;
	*prio = self->base_prio;
	if (process->borrowing)
		return -EPERM;
	if (spec->sp & 15)
		return -EINVAL;
	if (!user_writable((const void *)(spec->sp - 16), 16))
		return -EFAULT;
	if (process_thread_count(process) >= CONFIG_THREAD_MAX || threads_must_end(self))
		return -EAGAIN;
	return spec->policy == ABI_THREAD_INHERIT ? 0 : sched_parse(spec->policy, spec->priority, process->nice, policy, prio);
}

long sys_thread_create(const struct abi_thread *spec)
{
	struct process *process = process_current();
	struct thread *thread;
	enum thread_policy policy;
	unsigned prio;
	int error = spec_check(spec, &policy, &prio);

	if (error == 0 && !process->threads)
		error = threads_begin(process);
	if (error < 0)
		return error;
	thread = uthread_create(process);
	if (!thread)
		return -ENOMEM;
	thread->policy = (uint8_t)policy;
	thread->prio = thread->base_prio = (uint8_t)prio;
	arch_frame_thread(thread->frame, thread_current()->frame, &(struct arch_entry){spec->entry, {spec->argument, threads_tid(thread)}, spec->sp, spec->tp});
	if (process->watched)
		thread->frame->guard.calls = thread->frame->guard.limit = 0;
	thread_set_user(thread);
	thread_start(thread);
	return (long)threads_tid(thread);
}

/* ---- the end ---- */

static void uthread_remove(struct threads *threads, struct uthread *uthread)
{
	list_remove(&uthread->link);
	threads->count--;
	uthread->thread->extra = NULL;
	sigthread_release(&uthread->signals, &uthread->pending);
	pilock_unreserve(threads);
	mem_free(uthread);
}

/* The calling thread ends, and leaves others behind. */
static _Noreturn void thread_leave(struct process *process)
{
	struct threads *threads = process->threads;
	struct thread *self = thread_current();

	threads->runtime += thread_cpu_time();
	pilock_orphan(self);
	uthread_remove(threads, uthread_of(self));
	self->space = NULL;
	self->owner = NULL;
	process->thread = thread_after(process, NULL);
	signals_route(process); /* what we would have taken */
	if (threads->only && threads->count == 1)
		waitq_wake_all(&threads->alone, 0);
	thread_exit();
}

/* The caller is the last: it becomes the thread of a process that has only had one, its signals the process's. */
static void threads_fold(struct process *process)
{
	struct threads *threads = process->threads;
	struct thread *self = thread_current();
	struct uthread *uthread = uthread_of(self);
	struct signals *signals = &process->signals;
	struct sigqueue **end;

	ASSERT(threads->count == 1 && process->thread == self);
	for (end = &signals->pending.queue; *end; end = &(*end)->next)
		;
	*end = uthread->pending.queue;
	signals->pending.set |= uthread->pending.set;
	signals->first = uthread->signals;
	uthread->pending = (struct sigpending){0};
	uthread->signals.stack = NULL;
	uthread_remove(threads, uthread);
	self->runtime += threads->runtime;
	process->threads = NULL;
	mem_free(threads);
}

unsigned threads_exit(struct process *process, unsigned status)
{
	struct threads *threads = process->threads;

	if (!threads_must_end(thread_current())) {
		threads->exiting = true;
		threads->status = (uint16_t)status;
		process->stopped = 0;
		threads_mark(process);
	}
	if (threads->count > 1)
		thread_leave(process);
	status = threads->status;
	threads_fold(process);
	return status;
}

_Noreturn void threads_obey(void)
{
	process_exit(threads_exit(process_current(), 0)); /* the status was given by whoever ended the process */
}

int threads_end_others(struct process *process)
{
	struct threads *threads = process->threads;
	struct thread *self = thread_current();

	if (threads_must_end(self))
		return -EINTR;
	threads->only = self;
	threads_mark(process);
	while (threads->count > 1)
		if (waitq_sleep(&threads->alone, SLEEP_KILLABLE, TICKS_NEVER) < 0)
			return -EINTR;
	threads_fold(process);
	return 0;
}

long sys_thread_exit(int *word, int value)
{
	struct process *process = process_current();

	if (word) {
		*word = value;
		futex_wake(process->space, (uintptr_t)word, CONFIG_THREAD_MAX);
	}
	if (!process->threads || process->threads->count == 1)
		process_exit(PROCESS_STATUS_EXIT(0));
	thread_leave(process);
}

/* ---- by id ---- */

long sys_thread_self(void)
{
	return (long)threads_tid(thread_current());
}

long sys_thread_kill(int tid, int sig)
{
	struct thread *thread = threads_find(tid);
	struct abi_siginfo info = {.si_code = ABI_SI_USER, .si_pid = process_current()->pid};

	if (sig < 0 || sig >= ABI_NSIG)
		return -EINVAL;
	if (!thread)
		return -ESRCH;
	return sig ? signal_post_thread(thread, sig, &info) : 0;
}

long sys_thread_cancel(int tid)
{
	struct thread *thread = threads_find(tid);

	if (!thread)
		return -ESRCH;
	sigthread_of(thread)->cancelled = 1;
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	return 0;
}
