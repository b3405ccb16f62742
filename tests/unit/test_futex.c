/*
 * Words to wait for, locks with priority inheritance, named semaphores.
 */
#include "world.h"

#include <proc/signal.h>
#include <stdlib.h>
#include <string.h>

#define HELD(tid) (tid)
#define WAITED(tid) ((int)((unsigned)(tid) | ABI_FUTEX_WAITERS))

static int *word, *other;
static struct abi_timespec *deadline;

static void run(void (*program)(void))
{
	world_program("program", program);
	assert_int_equal(u_reap(u_spawn("/program")), 0);
}

/* A FIFO thread of that priority, 0: the caller's policy. Runs at once when it is more urgent than the caller. */
static long thread_make(void (*entry)(struct trapframe *), int priority)
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	char *stack = u_alloc(256);

	*spec = (struct abi_thread){(uintptr_t)entry, 0, ((uintptr_t)stack + 256) & ~(uintptr_t)15, 0,
				    priority ? ABI_SCHED_FIFO : ABI_THREAD_INHERIT, priority};
	return u_call(60, spec);
}

static void words_make(void)
{
	word = u_alloc(sizeof *word);
	other = u_alloc(sizeof *other);
	deadline = u_alloc(sizeof *deadline);
	*word = *other = 0;
}

static long futex_wait_(int *at, int value)
{
	return u_call(62, at, (uintptr_t)value, NULL, (uintptr_t)0);
}

static long wake(int *at, int count)
{
	return u_call(63, at, (uintptr_t)count);
}

static long lock(int *at)
{
	return u_call(64, at, NULL, (uintptr_t)0);
}

static long unlock(int *at)
{
	return u_call(65, at);
}

static _Noreturn void leave(void)
{
	u_call(61, NULL, (uintptr_t)0);
	abort();
}

static void note_priority(void)
{
	unit_note((char)('a' + thread_current()->base_prio - 20));
}

static void waiter(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(futex_wait_(word, 0), 0);
	note_priority();
	leave();
}

static void in_order(void)
{
	words_make();
	assert_int_equal(futex_wait_(word, 1), -EAGAIN);
	thread_make(waiter, 2);
	thread_make(waiter, 5);
	thread_make(waiter, 3);
	thread_make(waiter, 5);
	assert_int_equal(wake(other, 9), 0);
	assert_int_equal(wake(word, 1), 1);
	u_return();
	assert_string_equal(unit_notes(), "f");
	u_call(67, (uintptr_t)2, NULL, NULL);
	assert_int_equal(wake(word, 9), 3);
	assert_string_equal(unit_notes(), "fdc");
	assert_null(process_current()->space->waiters);
}

static void most_urgent_waiter_is_woken_first(void)
{
	run(in_order);
}

static void deadlines(void)
{
	words_make();
	for (int clock = ABI_CLOCK_REALTIME; clock <= ABI_CLOCK_MONOTONIC; clock += ABI_CLOCK_MONOTONIC - ABI_CLOCK_REALTIME) {
		uint64_t start = host_time();

		assert_int_equal(u_call(9, (uintptr_t)clock, deadline), 0);
		deadline->tv_nsec += 5000;
		assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)clock), -ETIMEDOUT);
		assert_true(host_time() >= start + 5000 * (uint64_t)ARCH_TIMER_HZ / 1000000000);
		assert_true(host_time() <= start + 5000 * (uint64_t)ARCH_TIMER_HZ / 1000000000 + 2);
		*deadline = (struct abi_timespec){-1, 0};
		assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)clock), -ETIMEDOUT);
	}
	*deadline = (struct abi_timespec){0, 1000000000};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -EINVAL);
	*deadline = (struct abi_timespec){0, -1};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -EINVAL);
	*deadline = (struct abi_timespec){0, 0};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)77), -EINVAL);
	assert_null(process_current()->space->waiters);
}

static void waits_end_at_deadlines(void)
{
	run(deadlines);
}

static void late_waiter(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline), 0);
	deadline->tv_nsec += 1000;
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
	unit_note('t');
	leave();
}

/* Its time is over, but it has not run since: it is no waiter any more. */
static void overdue(void)
{
	words_make();
	thread_make(late_waiter, 0);
	u_call(8);
	host_advance(100);
	arch_poll_interrupts();
	assert_int_equal(wake(word, 1), 0);
	u_sleep(10);
	assert_string_equal(unit_notes(), "t");
}

static void a_waiter_whose_time_is_over_is_not_woken(void)
{
	run(overdue);
}

static void child_wakes(void)
{
	assert_int_equal(wake(word, 9), 1);
}

static void lends(void)
{
	words_make();
	thread_make(waiter, 2);
	u_reap(u_vfork(child_wakes));
	u_sleep(1);
	assert_string_equal(unit_notes(), "c");
}

static void a_borrower_wakes_its_lenders_threads(void)
{
	run(lends);
}

static void high_locks(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(word), 0);
	unit_note('h');
	assert_int_equal(*word, HELD(sys_thread_self()));
	assert_int_equal(unlock(word), 0);
	leave();
}

static void middle_runs(struct trapframe *frame)
{
	(void)frame;
	unit_note('m');
	leave();
}

static void low_holds(void)
{
	words_make();
	*word = HELD(1); /* as a program takes it */
	thread_make(high_locks, 5);
	assert_int_equal(*word, WAITED(1));
	assert_int_equal(thread_current()->prio, 25);
	thread_make(middle_runs, 3);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(unlock(word), 0);
	assert_string_equal(unit_notes(), "hm");
	assert_int_equal(thread_current()->prio, thread_current()->base_prio);
	assert_int_equal(*word, 0);
}

static void the_holder_inherits_its_waiters_priority(void)
{
	run(low_holds);
}

static void chain_middle(struct trapframe *frame)
{
	(void)frame;
	*other = HELD(sys_thread_self());
	assert_int_equal(lock(word), 0);
	unit_note('2');
	assert_int_equal(unlock(word), 0);
	assert_int_equal(unlock(other), 0);
	leave();
}

static void chain_end(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(other), 0);
	unit_note('3');
	unlock(other);
	leave();
}

static void chain(void)
{
	words_make();
	*word = HELD(1);
	thread_make(chain_middle, 2);
	assert_int_equal(thread_current()->prio, 22);
	thread_make(chain_end, 9);
	assert_int_equal(thread_current()->prio, 29);
	assert_int_equal(unlock(word), 0);
	assert_string_equal(unit_notes(), "23");
	assert_int_equal(*word | *other, 0);
}

static void inheritance_goes_along_a_chain(void)
{
	run(chain);
}

static void gives_up(struct trapframe *frame)
{
	(void)frame;
	u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline);
	deadline->tv_nsec += 1000;
	assert_int_equal(u_call(64, word, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
	unit_note('t');
	leave();
}

static void time_is_over(void)
{
	words_make();
	*word = HELD(1);
	thread_make(gives_up, 5);
	assert_int_equal(thread_current()->prio, 25);
	u_sleep(100);
	assert_string_equal(unit_notes(), "t");
	assert_int_equal(thread_current()->prio, thread_current()->base_prio);
	assert_int_equal(*word, HELD(1));
	assert_int_equal(unlock(word), 0);
	assert_int_equal(*word, 0);
	*word = HELD(1);
	thread_make(gives_up, 0); /* as urgent as we are: it will not have run when we unlock */
	u_call(8);
	host_advance(1000);
	arch_poll_interrupts();
	assert_int_equal(sys_futex_unlock_pi(word), 0);
	u_sleep(10);
	assert_string_equal(unit_notes(), "t");
	assert_int_equal(*word, 0);
}

static void a_lock_is_waited_for_until_a_deadline(void)
{
	run(time_is_over);
}

static void dies_holding(struct trapframe *frame)
{
	(void)frame;
	*word = HELD(sys_thread_self());
	u_sleep(100);
	leave();
}

static void wants_it(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(word), -ESRCH);
	unit_note('e');
	leave();
}

static void orphaned(void)
{
	words_make();
	thread_make(dies_holding, 0);
	u_sleep(10);
	thread_make(wants_it, 3);
	thread_make(wants_it, 4);
	assert_int_equal(*word, WAITED(2));
	u_sleep(200);
	assert_string_equal(unit_notes(), "ee");
	assert_int_equal(lock(word), -ESRCH);
}

static void waiters_of_a_holder_that_ends_get_esrch(void)
{
	run(orphaned);
}

static void holds_and_exits(void)
{
	words_make();
	*word = HELD(1);
	thread_make(wants_it, 3);
	u_exit(7);
}

static void holds_and_execs(void)
{
	words_make();
	*word = HELD(1);
	thread_make(wants_it, 3);
	u_execve(u_string("/new"), NULL, NULL);
	fail_msg("no exec");
}

static void nothing_to_do(void)
{
}

static void exit_and_exec_of_a_holder_leave_nothing(void)
{
	world_program("new", nothing_to_do);
	world_program("exits", holds_and_exits);
	assert_int_equal(u_reap(u_spawn("/exits")), 7 << 8);
	run(holds_and_execs);
	assert_string_equal(unit_notes(), "");
}

static void borrows(void)
{
	assert_int_equal(lock(word), -EPERM);
	assert_int_equal(lock(other), 0);
	assert_int_equal(unlock(other), 0);
	*word = HELD(1);
	unit_note('b');
}

static void nonsense(void)
{
	words_make();
	*word = 77;
	assert_int_equal(lock(word), -ESRCH);
	assert_int_equal(unlock(word), -EPERM);
	*word = HELD(1);
	assert_int_equal(lock(word), -EDEADLK);
	*word = WAITED(1);
	assert_int_equal(lock(word), -EDEADLK);
	assert_int_equal(unlock(word), 0);
	assert_int_equal(*word, 0);
	assert_int_equal(unlock(word), -EPERM);
	*word = WAITED(0);
	assert_int_equal(lock(word), 0);
	*word = 5;
	u_reap(u_vfork(borrows));
	assert_string_equal(unit_notes(), "b");
}

static void words_may_hold_anything(void)
{
	run(nonsense);
}

static void handler(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info, (void)context;
	unit_note('s');
}

static void signalled_locker(void)
{
	words_make();
	u_action(ABI_SIGUSR1, (uintptr_t)handler, 0);
	*word = HELD(1);
	thread_make(high_locks, 5);
	u_call(66, (uintptr_t)2, (uintptr_t)ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "s");
	assert_int_equal(*word, WAITED(1));
	u_call(68, (uintptr_t)2);
	assert_int_equal(*word, WAITED(1));
	unlock(word);
	assert_string_equal(unit_notes(), "h");
}

static void no_signal_ends_the_wait_for_a_lock(void)
{
	run(signalled_locker);
}

static char *name;

static long sem_open_(int flags, unsigned value)
{
	return u_call(69, name, (uintptr_t)flags, (uintptr_t)0600, (uintptr_t)value);
}

static int value_of(long fd)
{
	assert_int_equal(u_call(43, (uintptr_t)fd, (uintptr_t)ABI_SEM_GETVALUE, word), 0);
	return *word;
}

static long wait_(long fd)
{
	return u_call(22, (uintptr_t)fd, word, sizeof *word);
}

static long post_(long fd)
{
	*other = 1;
	return u_call(23, (uintptr_t)fd, other, sizeof *other);
}

static void named(void)
{
	struct abi_sem_wait *until = u_alloc(sizeof *until);
	long fd, again;

	words_make();
	name = u_string("/name");
	assert_int_equal(sem_open_(0, 0), -ENOENT);
	assert_int_equal(sem_open_(ABI_O_CREAT, 0x80000000u), -EINVAL);
	fd = sem_open_(ABI_O_CREAT, 2);
	assert_true(fd >= 0);
	assert_int_equal(sem_open_(ABI_O_CREAT | ABI_O_EXCL, 2), -EEXIST);
	again = sem_open_(ABI_O_CREAT, 9);
	assert_int_equal(value_of(again), 2);
	assert_int_equal(wait_(fd), 4);
	assert_int_equal(wait_(again), 4);
	assert_int_equal(value_of(fd), 0);
	u_call(28, (uintptr_t)fd, (uintptr_t)ABI_F_SETFL, (uintptr_t)ABI_O_NONBLOCK);
	assert_int_equal(wait_(fd), -EAGAIN);
	*until = (struct abi_sem_wait){{0, 1}, ABI_CLOCK_MONOTONIC};
	assert_int_equal(u_call(43, (uintptr_t)again, (uintptr_t)ABI_SEM_TIMEDWAIT, until), -ETIMEDOUT);
	assert_int_equal(post_(fd), 4);
	assert_int_equal(u_call(43, (uintptr_t)again, (uintptr_t)ABI_SEM_TIMEDWAIT, until), 0);
	assert_int_equal(u_call(23, (uintptr_t)fd, other, (uintptr_t)3), -EINVAL);
	*other = 2;
	assert_int_equal(u_call(23, (uintptr_t)fd, other, (uintptr_t)4), -EINVAL);
	assert_int_equal(u_call(22, (uintptr_t)fd, word, (uintptr_t)3), -EINVAL);
	assert_int_equal(u_call(70, name), 0);
	assert_int_equal(u_call(70, name), -ENOENT);
	assert_int_equal(post_(fd), 4);
	assert_int_equal(wait_(again), 4); /* it lives on */
	name = u_string("name");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -EINVAL);
	name = u_string("/");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -EINVAL);
	name = u_string("/01234567890123456789012345678901234567890123456789012345678901");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), 2);
	assert_int_equal(u_call(70, name), 0);
	name = u_string("/012345678901234567890123456789012345678901234567890123456789012");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -ENAMETOOLONG);
}

static void named_semaphores_count(void)
{
	run(named);
}

static void sem_poster(void)
{
	long fd = sem_open_(0, 0);

	unit_note('p');
	assert_int_equal(post_(fd), 4);
}

static void between(void)
{
	long fd, pid;

	words_make();
	name = u_string("/between");
	fd = sem_open_(ABI_O_CREAT, 0);
	thread_make(dies_holding, 0);
	pid = u_vfork(sem_poster);
	assert_int_equal(wait_(fd), 4);
	unit_note('w');
	u_reap(pid);
	assert_int_equal(u_call(70, name), 0);
}

static void named_semaphores_join_processes(void)
{
	run(between);
	assert_string_equal(unit_notes(), "pw");
}

static void poor(void)
{
	unsigned failures = 0;
	long fd;

	words_make();
	name = u_string("/poor");
	do {
		mem_fail_nth(failures + 1);
		fd = sem_open_(ABI_O_CREAT, 0);
		mem_fail_nth(0);
		assert_true(fd >= 0 || fd == -ENOMEM);
		assert_int_equal(sem_open_(0, 0) < 0, fd < 0);
		failures += fd < 0;
	} while (fd < 0);
	assert_int_equal(failures, 2);
	assert_int_equal(u_call(70, name), 0);
}

static void semaphore_without_memory_is_not_there(void)
{
	run(poor);
}

static const struct CMUnitTest tests[] = {
	WORLD(futex, most_urgent_waiter_is_woken_first),
	WORLD(futex, waits_end_at_deadlines),
	WORLD(futex, a_waiter_whose_time_is_over_is_not_woken),
	WORLD(futex, a_borrower_wakes_its_lenders_threads),
	WORLD(futex, the_holder_inherits_its_waiters_priority),
	WORLD(futex, inheritance_goes_along_a_chain),
	WORLD(futex, a_lock_is_waited_for_until_a_deadline),
	WORLD(futex, waiters_of_a_holder_that_ends_get_esrch),
	WORLD(futex, exit_and_exec_of_a_holder_leave_nothing),
	WORLD(futex, words_may_hold_anything),
	WORLD(futex, no_signal_ends_the_wait_for_a_lock),
	WORLD(futex, named_semaphores_count),
	WORLD(futex, named_semaphores_join_processes),
	WORLD(futex, semaphore_without_memory_is_not_there),
};
UNIT_MAIN(futex, tests)
