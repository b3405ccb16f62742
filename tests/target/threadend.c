/*
 * How threads end: the last one, and all of them by exit, death and exec.
 */
#include "harness.h"
#include "places.h"
#include "threading.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static struct thread one, two;

static int sleeps_in_nanosleep(struct thread *self)
{
	struct timespec span = {1000, 0};

	(void)self;
	return (int)call(nanosleep, &span, 0, 0, 0);
}

static int goes_on_alone(struct thread *self)
{
	(void)self;
	yield_often();
	return 5;
}

static int first_thread_ends_first(void)
{
	thread_start(&one, goes_on_alone);
	call(thread_exit, 0, 0, 0, 0);
	return 1;
}

static int the_last_thread_to_end_ends_the_process(void)
{
	CHECK_EQUAL(target_wait(target_start("first_thread_ends_first", -1, -1)), 0);
	CHECK_EQUAL(target_wait(target_start("only_thread_ends", -1, -1)), 0);
	return 0;
}

static int vfork_sleeper(struct thread *self)
{
	(void)self;
	pid_t pid = vfork();
	if (pid == 0) {
		struct timespec span = {0, 30000000};

		call(nanosleep, &span, 0, 0, 0);
		_exit(0);
	}
	return 0;
}

static struct thread in_vfork, in_read, in_sleep, in_wait, in_spin, in_ready;

/* One thread in each state that a thread can be in. */
static void start_all_kinds(void)
{
	pipe2(fds, O_CLOEXEC);
	gate = 0;
	thread_start(&in_read, reads_a_byte);
	thread_start(&in_sleep, sleeps_in_nanosleep);
	thread_start(&in_wait, waits_at_the_gate);
	thread_start(&in_spin, spins);
	thread_start(&in_vfork, vfork_sleeper);
	yield_often();
	thread_start(&in_ready, spins);
}

static int exits_with_4(struct thread *self)
{
	(void)self;
	call(exit, 4, 0, 0, 0);
	return 0;
}

static int first_exits_with_threads(void)
{
	start_all_kinds();
	_exit(3);
}

static int other_exits_with_threads(void)
{
	start_all_kinds();
	thread_start(&one, exits_with_4);
	return pause();
}

static int faults(struct thread *self)
{
	*(volatile int *)(uintptr_t)KERNEL = self->argument;
	return 0;
}

static int other_faults_with_threads(void)
{
	start_all_kinds();
	thread_start(&one, faults);
	return pause();
}

static int waits_with_threads(void)
{
	start_all_kinds();
	write(TARGET_OUT, "x", 1);
	return pause();
}

/* The borrower that outlives its parent is init's; it ends by itself. */
static int wait_for_quiet(int processes)
{
	for (int i = 0; i < 200 && target_process_count() > processes; i++)
		usleep(5000);
	return target_process_count();
}

static int exit_and_death_end_all_threads(void)
{
	int before = target_process_count(), out[2];
	pid_t pid;
	char byte;

	CHECK_EQUAL(WEXITSTATUS(target_wait(target_start("first_exits_with_threads", -1, -1))), 3);
	CHECK_EQUAL(WEXITSTATUS(target_wait(target_start("other_exits_with_threads", -1, -1))), 4);
	CHECK_EQUAL(WTERMSIG(target_wait(target_start("other_faults_with_threads", -1, -1))), SIGSEGV);
	for (int sig = SIGTERM; sig; sig = sig == SIGTERM ? SIGKILL : 0) {
		CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
		pid = target_start("waits_with_threads", -1, out[1]);
		CHECK_EQUAL(read(out[0], &byte, 1), 1);
		CHECK_EQUAL(kill(pid, sig), 0);
		CHECK_EQUAL(WTERMSIG(target_wait(pid)), sig);
		close(out[0]), close(out[1]);
	}
	CHECK_EQUAL(wait_for_quiet(before), before);
	return 0;
}

static int tells_threads(void)
{
	return status_line("Threads:") * 10 + (int)call(thread_self, 0, 0, 0, 0);
}

static int execs(struct thread *self)
{
	(void)self;
	target_exec("tells_threads");
	return 0;
}

static int first_execs_with_threads(void)
{
	start_all_kinds();
	target_exec("tells_threads");
	return 99;
}

static int other_execs_with_threads(void)
{
	start_all_kinds();
	thread_start(&one, execs);
	return pause();
}

static int both_exec(void)
{
	thread_start(&one, execs);
	thread_start(&two, execs);
	target_exec("tells_threads");
	return 99;
}

static int exec_ends_the_other_threads(void)
{
	int before = target_process_count();

	CHECK_EQUAL(WEXITSTATUS(target_wait(target_start("first_execs_with_threads", -1, -1))), 11);
	CHECK_EQUAL(WEXITSTATUS(target_wait(target_start("other_execs_with_threads", -1, -1))), 11);
	CHECK_EQUAL(WEXITSTATUS(target_wait(target_start("both_exec", -1, -1))), 11);
	CHECK_EQUAL(wait_for_quiet(before), before);
	return 0;
}

static int a_failed_exec_ends_nothing(void)
{
	static char *const arguments[] = {"nothing", NULL}, *const wrong[] = {(char *)KERNEL, NULL};

	CHECK(thread_start(&one, waits_at_the_gate) > 0);
	CHECK_EQUAL(call(execve, "/no/such/program", arguments, 0, 0), -ENOENT);
	CHECK_EQUAL(call(execve, "/proc/uptime", arguments, 0, 0), -EACCES);
	CHECK_EQUAL(call(execve, "/bin/true", wrong, 0, 0), -EFAULT);
	CHECK_EQUAL(one.ended, 0);
	open_gate();
	CHECK_EQUAL(thread_join(&one), 7);
	return 0;
}

TARGET_CASES(threadend, CASE(the_last_thread_to_end_ends_the_process), CASE(exit_and_death_end_all_threads),
	     CASE(exec_ends_the_other_threads), CASE(a_failed_exec_ends_nothing), HELPER(first_thread_ends_first),
	     HELPER(only_thread_ends), HELPER(first_exits_with_threads), HELPER(other_exits_with_threads),
	     HELPER(other_faults_with_threads), HELPER(waits_with_threads), HELPER(tells_threads),
	     HELPER(first_execs_with_threads), HELPER(other_execs_with_threads), HELPER(both_exec))
