/*
 * Threads of a process by system calls alone: creation, end, waiting for words, scheduling, cancellation, accounting.
 */
#include "harness.h"
#include "threading.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct thread one, two, three;

static uintptr_t thread_pointer(void)
{
	uintptr_t tp;

	__asm__("mv %0, tp" : "=r"(tp));
	return tp;
}

static int tells_itself(struct thread *self)
{
	long id = call(thread_self, 0, 0, 0, 0);

	call(sched_yield, 0, 0, 0, 0);
	return thread_pointer() == (uintptr_t)self && call(getpid, 0, 0, 0, 0) == self->argument ? (int)id : -2;
}

static int a_thread_runs_and_ends(void)
{
	one.argument = getpid();
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	CHECK_EQUAL(thread_start(&one, tells_itself), 2);
	CHECK_EQUAL(thread_join(&one), 2);
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	return 0;
}

static volatile int gate;

static int waits_at_the_gate(struct thread *self)
{
	(void)self;
	wait_while(&gate, 0);
	return 7;
}

static int ids_are_the_lowest_that_are_free(void)
{
	CHECK_EQUAL(thread_start(&one, waits_at_the_gate), 2);
	CHECK_EQUAL(thread_start(&two, waits_at_the_gate), 3);
	gate = 1;
	CHECK_EQUAL(call(futex_wake, &gate, 5, 0, 0) <= 2, 1);
	CHECK_EQUAL(thread_join(&one), 7);
	gate = 0;
	CHECK_EQUAL(thread_join(&two), 7);
	CHECK_EQUAL(thread_start(&three, waits_at_the_gate), 2);
	gate = 1;
	call(futex_wake, &gate, 1, 0, 0);
	CHECK_EQUAL(thread_join(&three), 7);
	return 0;
}

static long create(uintptr_t sp, int policy, int priority)
{
	const struct abi_thread spec = {(uintptr_t)thread_main, 0, sp, 0, policy, priority};

	return call(thread_create, &spec, 0, 0, 0);
}

static int wrong_stacks_and_priorities_are_refused(void)
{
	uintptr_t sp = (uintptr_t)one.stack + STACK;

	CHECK_EQUAL(create(sp + 8, -1, 0), -EINVAL);
	CHECK_EQUAL(create(sp, 7, 0), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_FIFO, 0), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_FIFO, 12), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_OTHER, 1), -EINVAL);
	CHECK_EQUAL(create(0, -1, 0), -EFAULT);
	CHECK_EQUAL(create((uintptr_t)sbrk(0) + 16, -1, 0), -EFAULT);
	CHECK_EQUAL(create((uintptr_t)thread_main & ~(uintptr_t)15, -1, 0), -EFAULT);
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	return 0;
}

static int there_is_a_limit(void)
{
	void *block = calloc(34, sizeof(struct thread));
	struct thread *all = (struct thread *)(((uintptr_t)block + 15) & ~(uintptr_t)15);
	int made = 0;
	long id = 0;

	CHECK(block != NULL);
	while (made < 33 && (id = thread_start(&all[made], waits_at_the_gate)) > 0)
		made++;
	CHECK_EQUAL(made, 31);
	CHECK_EQUAL(id, -EAGAIN);
	gate = 1;
	yield_often();
	call(futex_wake, &gate, 100, 0, 0);
	for (int i = 0; i < made; i++)
		CHECK_EQUAL(thread_join(&all[i]), 7);
	free(block);
	return 0;
}

static int creation_without_memory_changes_nothing(void)
{
	int fd = open("/proc/memfail", O_WRONLY), failed = 0;
	char digit[2] = "1";

	CHECK(fd >= 0);
	for (; digit[0] <= '9'; digit[0]++) {
		gate = 0;
		CHECK_EQUAL(write(fd, digit, 1), 1);
		long id = thread_start(&one, waits_at_the_gate);
		CHECK_EQUAL(write(fd, "0", 1), 1);
		if (id > 0) {
			gate = 1;
			call(futex_wake, &gate, 1, 0, 0);
			CHECK_EQUAL(thread_join(&one), 7);
			break;
		}
		CHECK_EQUAL(id, -ENOMEM);
		failed++;
	}
	CHECK(failed >= 3);
	close(fd);
	return 0;
}

static struct timespec in(int clock, long milliseconds)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_nsec += milliseconds * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static int waiting_for_a_word(void)
{
	static const int clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC};
	struct timespec wrong = {0, 1000000000};
	int word = 5;
	const uintptr_t bad[] = {0, 0x80000000u, 0x10000000u, (uintptr_t)sbrk(0), (uintptr_t)-4, (uintptr_t)&word + 1};

	CHECK_EQUAL(call(futex_wait, &word, 4, 0, 0), -EAGAIN);
	CHECK_EQUAL(call(futex_wait, &word, 5, &wrong, CLOCK_MONOTONIC), -EINVAL);
	for (int i = 0; i < 2; i++) {
		struct timespec until = in(clocks[i], 10), now;

		CHECK_EQUAL(call(futex_wait, &word, 5, &until, clocks[i]), -ETIMEDOUT);
		clock_gettime(clocks[i], &now);
		CHECK(now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
		until = (struct timespec){-5, 0};
		CHECK_EQUAL(call(futex_wait, &word, 5, &until, clocks[i]), -ETIMEDOUT);
	}
	wrong.tv_nsec = 0;
	CHECK_EQUAL(call(futex_wait, &word, 5, &wrong, CLOCK_PROCESS_CPUTIME_ID), -EINVAL);
	CHECK_EQUAL(call(futex_wake, &word, 1, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, 1, 1, 0, 0), 0);
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_EQUAL(call(futex_wait, bad[i], 5, 0, 0), -EFAULT);
		if (bad[i])
			CHECK_EQUAL(call(futex_wait, &word, 5, bad[i], CLOCK_MONOTONIC), -EFAULT);
	}
	return 0;
}

static volatile int order[4], orders;

static int notes_its_wakening(struct thread *self)
{
	call(futex_wait, &gate, 0, 0, 0);
	order[orders++] = self->argument;
	return 0;
}

static int the_most_urgent_waiter_is_woken_first(void)
{
	one.argument = 1, two.argument = 3, three.argument = 2;
	CHECK(thread_start_at(&one, notes_its_wakening, SCHED_FIFO, 1) > 0);
	CHECK(thread_start_at(&two, notes_its_wakening, SCHED_FIFO, 3) > 0);
	CHECK(thread_start_at(&three, notes_its_wakening, SCHED_FIFO, 2) > 0); /* all run at once, and sleep */
	CHECK_EQUAL(call(futex_wake, &gate, 0, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, &gate, 1, 0, 0), 1);
	CHECK_EQUAL(orders, 1);
	CHECK_EQUAL(call(futex_wake, (char *)&gate + 1, 1, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, &gate, 9, 0, 0), 2);
	thread_join(&one), thread_join(&two), thread_join(&three);
	CHECK_EQUAL(order[0], 3);
	CHECK_EQUAL(order[1], 2);
	CHECK_EQUAL(order[2], 1);
	return 0;
}

static volatile int ping, pong;

static int answers(struct thread *self)
{
	for (int i = 0; i < self->argument; i++) {
		take(&ping);
		post(&pong);
	}
	return self->argument;
}

static int two_threads_play_ping_pong(void)
{
	one.argument = 1000;
	CHECK(thread_start(&one, answers) > 0);
	for (int i = 0; i < 1000; i++) {
		post(&ping);
		take(&pong);
	}
	CHECK_EQUAL(thread_join(&one), 1000);
	CHECK_EQUAL(ping + pong, 0);
	return 0;
}

static int spins(struct thread *self)
{
	while (!gate)
		self->argument++;
	return 0;
}

static int priorities_are_read_and_set(void)
{
	int wanted[2] = {SCHED_RR, 5}, old[2] = {9, 9};

	CHECK(thread_start(&one, waits_at_the_gate) > 0);
	CHECK_EQUAL(call(thread_sched, one.id, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	CHECK_EQUAL(old[1], 0);
	CHECK_EQUAL(call(thread_sched, one.id, wanted, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	CHECK_EQUAL(call(thread_sched, one.id, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_RR);
	CHECK_EQUAL(old[1], 5);
	CHECK_EQUAL(call(thread_sched, 0, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	wanted[1] = 99;
	CHECK_EQUAL(call(thread_sched, one.id, wanted, 0, 0), -EINVAL);
	CHECK_EQUAL(call(thread_sched, 99, 0, 0, 0), -ESRCH);
	gate = 1;
	call(futex_wake, &gate, 1, 0, 0);
	CHECK_EQUAL(thread_join(&one), 7);
	CHECK_EQUAL(call(thread_sched, 2, 0, 0, 0), -ESRCH);
	return 0;
}

static int threads_of_one_priority_share_the_processor(void)
{
	CHECK(thread_start(&one, spins) > 0);
	CHECK(thread_start(&two, spins) > 0);
	one.argument = two.argument = 0;
	for (volatile int *a = &one.argument, *b = &two.argument; *a < 1000 || *b < 1000;)
		; /* a slice ends here, too */
	gate = 1;
	thread_join(&one), thread_join(&two);
	return 0;
}

static volatile long ended_with;

static int sleeps_in_nanosleep(struct thread *self)
{
	struct timespec span = {1000, 0};

	post(&ping);
	ended_with = call(nanosleep, &span, 0, 0, 0);
	if (self->argument)
		call(nanosleep, &span, 0, 0, 0);
	return 3;
}

static int cancellation_ends_a_sleep_or_the_next(void)
{
	struct timespec soon = {0, 1000000};

	CHECK(thread_start(&one, sleeps_in_nanosleep) > 0);
	take(&ping);
	CHECK_EQUAL(call(thread_cancel, one.id, 0, 0, 0), 0);
	CHECK_EQUAL(thread_join(&one), 3);
	CHECK_EQUAL(ended_with, -EINTR);
	CHECK_EQUAL(call(thread_cancel, 99, 0, 0, 0), -ESRCH);

	CHECK_EQUAL(call(thread_cancel, 0, 0, 0, 0), 0);
	CHECK_EQUAL(call(getppid, 0, 0, 0, 0) > 0, 1); /* no sleep */
	CHECK_EQUAL(call(nanosleep, &soon, 0, 0, 0), -EINTR);
	CHECK_EQUAL(call(nanosleep, &soon, 0, 0, 0), 0); /* once */
	return 0;
}

static int status_line(const char *name)
{
	char text[256];
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t length = read(fd, text, sizeof text - 1);
	const char *at;

	close(fd);
	if (length < 0)
		return -1;
	text[length] = 0;
	at = strstr(text, name);
	return at ? atoi(at + strlen(name)) : -1;
}

static int all_threads_are_counted(void)
{
	struct rusage before, after;
	struct timespec own;

	CHECK_EQUAL(status_line("Threads:"), 1);
	CHECK(thread_start(&one, spins) > 0);
	CHECK(thread_start(&two, waits_at_the_gate) > 0);
	CHECK_EQUAL(status_line("Threads:"), 3);
	CHECK_EQUAL(getrusage(RUSAGE_SELF, &before), 0);
	do {
		sched_yield();
		CHECK_EQUAL(getrusage(RUSAGE_SELF, &after), 0);
	} while (after.ru_utime.tv_sec == before.ru_utime.tv_sec && after.ru_utime.tv_usec - before.ru_utime.tv_usec < 30000);
	CHECK_EQUAL(call(clock_gettime, ABI_CLOCK_THREAD_CPUTIME_ID, &own, 0, 0), 0);
	CHECK(own.tv_sec == 0);
	gate = 1;
	call(futex_wake, &gate, 9, 0, 0);
	thread_join(&one), thread_join(&two);
	CHECK_EQUAL(status_line("Threads:"), 1);
	CHECK_EQUAL(getrusage(RUSAGE_SELF, &before), 0); /* those that ended count on */
	CHECK(before.ru_utime.tv_sec > after.ru_utime.tv_sec || before.ru_utime.tv_usec >= after.ru_utime.tv_usec);
	return 0;
}

static int fds[2];

static int reads_a_byte(struct thread *self)
{
	char byte;

	(void)self;
	return (int)call(read, fds[0], &byte, 1, 0);
}

static int a_file_that_another_thread_closes_lives_as_long_as_it_is_read(void)
{
	CHECK_EQUAL(pipe(fds), 0);
	CHECK(thread_start(&one, reads_a_byte) > 0);
	yield_often();
	CHECK_EQUAL(close(fds[0]), 0);
	CHECK_EQUAL(write(fds[1], "x", 1), 1); /* the reader is there still: no EPIPE */
	CHECK_EQUAL(thread_join(&one), 1);
	close(fds[1]);
	return 0;
}

/* ---- the end ---- */

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

static int only_thread_ends(void)
{
	call(thread_exit, &gate, 1, 0, 0);
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
	*(volatile int *)(uintptr_t)0x80000000u = self->argument;
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

/* ---- exec ---- */

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
	static char *const arguments[] = {"nothing", NULL}, *const wrong[] = {(char *)0x80000000u, NULL};

	CHECK(thread_start(&one, waits_at_the_gate) > 0);
	CHECK_EQUAL(call(execve, "/no/such/program", arguments, 0, 0), -ENOENT);
	CHECK_EQUAL(call(execve, "/proc/uptime", arguments, 0, 0), -EACCES);
	CHECK_EQUAL(call(execve, "/bin/true", wrong, 0, 0), -EFAULT);
	CHECK_EQUAL(one.ended, 0);
	gate = 1;
	call(futex_wake, &gate, 1, 0, 0);
	CHECK_EQUAL(thread_join(&one), 7);
	return 0;
}

/* ---- the loan ---- */

static volatile int beats;

static int beats_on(struct thread *self)
{
	(void)self;
	while (!gate) {
		struct timespec span = {0, 1000000};

		beats++;
		call(nanosleep, &span, 0, 0, 0);
	}
	return 0;
}

static int only_the_calling_thread_lends(void)
{
	volatile int seen = 0;

	CHECK(thread_start(&one, beats_on) > 0);
	pid_t pid = vfork();
	if (pid == 0) {
		int before = beats;

		while (beats < before + 5)
			usleep(1000);
		seen = (status_line("Threads:") == 1) | (call(thread_self, 0, 0, 0, 0) == 1) << 1 | (thread_start(&two, waits_at_the_gate) == -EPERM) << 2;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(seen, 7);
	gate = 1;
	thread_join(&one);
	return 0;
}

static int lends(struct thread *self)
{
	pid_t pid = vfork();
	if (pid == 0) {
		if (self->argument)
			target_exec("exits_with_6");
		struct timespec span = {0, 5000000};

		call(nanosleep, &span, 0, 0, 0);
		_exit(self->id);
	}
	return (int)pid;
}

static int exits_with_6(void)
{
	return 6;
}

static int several_threads_lend_at_once(void)
{
	two.argument = 1;
	CHECK(thread_start(&one, lends) > 0);
	CHECK(thread_start(&two, lends) > 0);
	CHECK(thread_start(&three, lends) > 0);
	pid_t pid[3] = {thread_join(&one), thread_join(&two), thread_join(&three)};
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[0])), 2);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[1])), 6);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[2])), 4);
	return 0;
}

static int waits_for_its_own(struct thread *self)
{
	int status = 0;
	pid_t pid = self->argument;

	return call(wait4, pid, &status, 0, 0) == pid ? status >> 8 : -1;
}

/* Both are woken by the end of either, and only one is meant. */
static int each_thread_waits_for_its_own_child(void)
{
	static const char *const helpers[] = {"exits_with_6", "only_thread_ends"};
	struct thread *waiters[] = {&one, &two};

	for (int i = 0; i < 2; i++) {
		waiters[i]->argument = target_start(helpers[i], -1, -1);
		CHECK(waiters[i]->argument > 0);
	}
	for (int i = 0; i < 2; i++)
		CHECK(thread_start(waiters[1 - i], waits_for_its_own) > 0);
	CHECK_EQUAL(thread_join(&one), 6);
	CHECK_EQUAL(thread_join(&two), 0);
	return 0;
}

TARGET_CASES(threads, CASE(a_thread_runs_and_ends), CASE(ids_are_the_lowest_that_are_free), CASE(wrong_stacks_and_priorities_are_refused),
	     CASE(there_is_a_limit), CASE(creation_without_memory_changes_nothing), CASE(waiting_for_a_word),
	     CASE(the_most_urgent_waiter_is_woken_first), CASE(two_threads_play_ping_pong), CASE(priorities_are_read_and_set),
	     CASE(threads_of_one_priority_share_the_processor), CASE(cancellation_ends_a_sleep_or_the_next), CASE(all_threads_are_counted),
	     CASE(a_file_that_another_thread_closes_lives_as_long_as_it_is_read), CASE(the_last_thread_to_end_ends_the_process),
	     CASE(exit_and_death_end_all_threads), CASE(exec_ends_the_other_threads), CASE(a_failed_exec_ends_nothing),
	     CASE(only_the_calling_thread_lends), CASE(several_threads_lend_at_once), CASE(each_thread_waits_for_its_own_child),
	     HELPER(first_thread_ends_first), HELPER(only_thread_ends), HELPER(first_exits_with_threads), HELPER(other_exits_with_threads),
	     HELPER(other_faults_with_threads), HELPER(waits_with_threads), HELPER(tells_threads), HELPER(first_execs_with_threads),
	     HELPER(other_execs_with_threads), HELPER(both_exec), HELPER(exits_with_6))
