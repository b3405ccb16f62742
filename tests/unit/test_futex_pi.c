/*
 * Locks with priority inheritance: chains, deadlines, holders that end, and words that hold anything.
 */
#include "threading.h"

static void high_locks(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(word), 0);
	unit_note('h');
	assert_int_equal(*word, HELD(sys_thread_self()));
	assert_int_equal(unlock(word), 0);
	thread_leave();
}

static void middle_runs(struct trapframe *frame)
{
	(void)frame;
	unit_note('m');
	thread_leave();
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
	u_run(low_holds);
}

static void chain_middle(struct trapframe *frame)
{
	(void)frame;
	*other = HELD(sys_thread_self());
	assert_int_equal(lock(word), 0);
	unit_note('2');
	assert_int_equal(unlock(word), 0);
	assert_int_equal(unlock(other), 0);
	thread_leave();
}

static void chain_end(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(other), 0);
	unit_note('3');
	unlock(other);
	thread_leave();
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
	u_run(chain);
}

static void gives_up(struct trapframe *frame)
{
	(void)frame;
	u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline);
	deadline->tv_nsec += 1000;
	assert_int_equal(u_call(64, word, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
	unit_note('t');
	thread_leave();
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
	u_run(time_is_over);
}

static void wants_it(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(lock(word), -ESRCH);
	unit_note('e');
	thread_leave();
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
	u_run(orphaned);
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
	u_run(holds_and_execs);
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
	u_run(nonsense);
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
	u_run(signalled_locker);
}

static const struct CMUnitTest tests[] = {
	WORLD(futex_pi, the_holder_inherits_its_waiters_priority),
	WORLD(futex_pi, inheritance_goes_along_a_chain),
	WORLD(futex_pi, a_lock_is_waited_for_until_a_deadline),
	WORLD(futex_pi, waiters_of_a_holder_that_ends_get_esrch),
	WORLD(futex_pi, exit_and_exec_of_a_holder_leave_nothing),
	WORLD(futex_pi, words_may_hold_anything),
	WORLD(futex_pi, no_signal_ends_the_wait_for_a_lock),
};
UNIT_MAIN(futex_pi, tests)
