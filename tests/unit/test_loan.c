/*
 * The loan of vfork.
 */
#include "world.h"

#include <proc/signal.h>
#include <string.h>

static struct process *parent, *borrower;

static void note_child(void)
{
	unit_note('c');
}

static void parent_sleeps_until_the_child_ends(void)
{
	long pid = u_vfork(note_child);

	unit_note('p');
	assert_string_equal(unit_notes(), "cp");
	assert_int_equal(u_reap(pid), 0);
}

static void look_at_the_loan(void)
{
	borrower = process_current();
	assert_ptr_equal(borrower->parent, parent);
	assert_ptr_equal(borrower->space, parent->space);
	assert_int_equal(parent->space->refs, 2);
	assert_true(borrower->borrowing);
	assert_ptr_equal(borrower->home.holder, borrower->thread);
	assert_true(thread_lends(parent->thread));
	assert_false(thread_lends(borrower->thread));
	assert_int_equal(process_state_letter(parent), 'D');
	assert_int_equal(process_state_letter(borrower), 'R');
	assert_int_equal(thread_current()->frame->result, 0);
	assert_int_equal(thread_current()->frame->sp, parent->thread->frame->sp);
	unit_note('c');
}

static void child_borrows_the_space_of_its_parent(void)
{
	long pid;

	parent = process_current();
	pid = u_vfork(look_at_the_loan);
	assert_string_equal(unit_notes(), "c");
	assert_int_equal(parent->space->refs, 1);
	assert_false(thread_lends(parent->thread));
	assert_int_equal(borrower->pid, pid);
	assert_int_equal(process_state_letter(borrower), 'Z');
	u_reap(pid);
}

static void after_exec(void)
{
	unit_note('e');
	u_sleep(1000);
	unit_note('x');
}

static void exec_after_exec(void)
{
	unit_note('c');
	u_execve(u_string("/program"), NULL, NULL);
	u_exit(1);
}

static void exec_returns_the_loan(void)
{
	long pid;

	world_program("program", after_exec);
	pid = u_vfork(exec_after_exec);
	unit_note('p');
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "cepx");
}

static void sleep_and_end(void)
{
	unit_note('c');
	u_sleep(1000);
	unit_note('d');
}

static void other_process_runs_meanwhile(void)
{
	u_sleep(500);
	unit_note('o');
}

static void lender_sleeps_while_the_borrower_sleeps(void)
{
	long other, pid;

	world_program("other", other_process_runs_meanwhile);
	other = u_spawn("/other");
	pid = u_vfork(sleep_and_end);
	unit_note('p');
	assert_string_equal(unit_notes(), "codp");
	u_reap(other);
	u_reap(pid);
}

static void write_memory(void)
{
	strcpy((char *)parent->space->data, "from the child");
	assert_int_equal(sys_sbrk(64), (long)parent->space->bss_end);
}

static void what_the_borrower_writes_stays(void)
{
	uintptr_t brk;

	parent = process_current();
	brk = parent->space->brk;
	u_reap(u_vfork(write_memory));
	assert_string_equal((char *)parent->space->data, "from the child");
	assert_true(parent->space->brk >= brk + 64);
}

static void change_registers(void)
{
	thread_current()->frame->sp = 0x1234;
	thread_current()->frame->gp = 0x5678;
}

static void registers_of_the_child_do_not_leak_into_the_parent(void)
{
	struct trapframe before = *thread_current()->frame;

	u_reap(u_vfork(change_registers));
	assert_memory_equal(&before, thread_current()->frame, sizeof before);
}

static void innermost(void)
{
	assert_int_equal(process_current()->space->refs, 3);
	unit_note('3');
}

static void middle(void)
{
	long pid;

	unit_note('2');
	pid = u_vfork(innermost);
	unit_note('b');
	assert_int_equal(process_current()->space->refs, 2);
	u_reap(pid);
}

static void nested_loans_return_in_order(void)
{
	long pid = u_vfork(middle);

	unit_note('a');
	assert_string_equal(unit_notes(), "23ba");
	u_reap(pid);
}

static long orphan;

static void orphan_main(void)
{
	borrower = process_current();
	unit_note('o');
	u_sleep(100);
	assert_true(borrower->borrowing);
	assert_ptr_equal(borrower->parent, process_init);
	assert_int_equal(borrower->space->refs, 1);
	strcpy((char *)borrower->space->data, "still there");
	unit_note('O');
}

static void lender_main(void)
{
	orphan = 0;
	u_vfork(orphan_main);
	unit_note('!'); /* killed: never comes back */
}

static void killed_lender_leaves_the_space_to_the_borrower(void)
{
	long pid;

	world_program("lender", lender_main);
	pid = u_spawn("/lender");
	u_sleep(10);
	assert_string_equal(unit_notes(), "o");
	orphan = borrower->pid;
	assert_true(thread_lends(process_find((int)pid)->thread));
	u_kill(pid, ABI_SIGKILL);
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
	assert_int_equal(u_reap(orphan), 0);
	assert_string_equal(unit_notes(), "O");
}

static void signalled_lender(void)
{
	long pid = u_vfork(sleep_and_end);

	unit_note('!');
	u_reap(pid);
}

static void other_signals_wait_for_the_release(void)
{
	long pid;

	world_program("lender", signalled_lender);
	pid = u_spawn("/lender");
	u_sleep(10);
	assert_string_equal(unit_notes(), "c");
	u_kill(pid, ABI_SIGTERM);
	u_sleep(10);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(u_reap(pid), ABI_SIGTERM);
	assert_string_equal(unit_notes(), "d");
	assert_true(u_wait(-1, NULL) > 0);
}

static void killed_borrower(void)
{
	unit_note('c');
	signal_send(process_current(), ABI_SIGKILL);
	u_return();
	unit_note('!');
}

static void death_by_a_signal_returns_the_loan(void)
{
	long pid = u_vfork(killed_borrower);

	unit_note('p');
	assert_string_equal(unit_notes(), "cp");
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
}

static void faulting_borrower(void)
{
	unit_note('c');
	signal_fault(ABI_SIGSEGV, thread_current()->frame, 7, 0xdead);
}

static void fault_of_the_borrower_returns_the_loan(void)
{
	long pid = u_vfork(faulting_borrower);

	unit_note('p');
	assert_string_equal(unit_notes(), "cp");
	assert_int_equal(u_reap(pid), ABI_SIGSEGV);
	assert_non_null(strstr(host_console(), "borrowing its parent's memory"));
}

static void note_other(void *unused)
{
	(void)unused;
	unit_note('o');
}

static void child_runs_before_everybody_else(void)
{
	struct thread *other;
	long pid;

	unit_thread(thread_current()->prio, note_other, NULL);
	other = unit_thread(thread_current()->prio, note_other, NULL);
	assert_int_equal(other->state, THREAD_READY);
	pid = u_vfork(note_child);
	unit_note('p');
	assert_string_equal(unit_notes(), "coop");
	u_reap(pid);
}

static int middle_pid, inner_pid;

static void inner_main(void)
{
	inner_pid = (int)sys_getpid();
	u_sleep(100);
	assert_int_equal(process_current()->space->refs, 2); /* init's and its own */
	assert_ptr_equal(process_current()->parent, process_init);
	unit_note('c');
}

static void middle_main(void)
{
	middle_pid = (int)sys_getpid();
	u_vfork(inner_main);
	unit_note('!');
}

static void kill_the_middle(struct timer *timer)
{
	(void)timer;
	signal_send(process_find(middle_pid), ABI_SIGKILL);
}

/* The innermost borrower still runs on the outermost lender's stack: the lender must not run before it has left. */
static void killed_middle_leaves_its_loan_to_its_borrower(void)
{
	static struct timer timer;
	long pid;

	timer_init(&timer, kill_the_middle);
	timer_start(&timer, 50);
	pid = u_vfork(middle_main);
	assert_int_equal(host_time(), 100);
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
	assert_int_equal(u_reap(inner_pid), 0);
	assert_string_equal(unit_notes(), "c");
}

static void note_priority(void)
{
	unit_note((char)('@' + thread_current()->prio));
	thread_set_priority(thread_current(), THREAD_FIFO, 2);
	unit_note((char)('@' + thread_current()->prio));
	u_sleep(1);
	unit_note((char)('@' + thread_current()->prio));
}

static void borrower_runs_at_its_lenders_priority(void)
{
	struct thread *thread = thread_current();
	long pid;

	thread_set_priority(thread, THREAD_FIFO, 20);
	pid = u_vfork(note_priority);
	assert_string_equal(unit_notes(), "TTT");
	u_reap(pid);
	thread_set_priority(thread, THREAD_RR, THREAD_PRIO_DEFAULT);
}

static void exec_at_low_priority(void)
{
	thread_set_priority(thread_current(), THREAD_FIFO, 2);
	exec_after_exec();
}

static void released_child_falls_to_its_own_priority(void)
{
	long pid;

	world_program("program", after_exec);
	pid = u_vfork(exec_at_low_priority);
	assert_int_equal(process_find((int)pid)->thread->prio, 2);
	u_reap(pid);
	assert_string_equal(unit_notes(), "cex");
}

static void raise_the_lender(void)
{
	thread_set_priority(parent->thread, THREAD_RR, 25);
	assert_int_equal(thread_current()->prio, 25);
	unit_note('c');
}

static void raised_lender_raises_the_borrower(void)
{
	long pid;

	parent = process_current();
	pid = u_vfork(raise_the_lender);
	assert_string_equal(unit_notes(), "c");
	u_reap(pid);
	thread_set_priority(thread_current(), THREAD_RR, THREAD_PRIO_DEFAULT);
}

static void inherits_what_posix_says(void)
{
	struct process *self = process_current();

	assert_int_equal(self->umask, 027);
	assert_int_equal(self->signals.ignored, 1u << ABI_SIGTERM);
	assert_int_equal(self->signals.pending.set, 0);
	assert_string_equal(self->name, "init");
	assert_ptr_equal(self->cwd, parent->cwd);
	assert_int_equal(self->thread->runtime, 0);
	unit_note('c');
}

static void child_inherits_identity_but_not_signals(void)
{
	parent = process_current();
	u_call(15, (uintptr_t)027);
	u_action(ABI_SIGTERM, ABI_SIG_IGN, 0);
	u_reap(u_vfork(inherits_what_posix_says));
	assert_string_equal(unit_notes(), "c");
}

static const struct CMUnitTest tests[] = {
	WORLD(loan, parent_sleeps_until_the_child_ends),
	WORLD(loan, child_borrows_the_space_of_its_parent),
	WORLD(loan, exec_returns_the_loan),
	WORLD(loan, lender_sleeps_while_the_borrower_sleeps),
	WORLD(loan, what_the_borrower_writes_stays),
	WORLD(loan, registers_of_the_child_do_not_leak_into_the_parent),
	WORLD(loan, nested_loans_return_in_order),
	WORLD(loan, killed_lender_leaves_the_space_to_the_borrower),
	WORLD(loan, other_signals_wait_for_the_release),
	WORLD(loan, death_by_a_signal_returns_the_loan),
	WORLD(loan, fault_of_the_borrower_returns_the_loan),
	WORLD(loan, child_runs_before_everybody_else),
	WORLD(loan, killed_middle_leaves_its_loan_to_its_borrower),
	WORLD(loan, borrower_runs_at_its_lenders_priority),
	WORLD(loan, released_child_falls_to_its_own_priority),
	WORLD(loan, raised_lender_raises_the_borrower),
	WORLD(loan, child_inherits_identity_but_not_signals),
};
UNIT_MAIN(loan, tests)
