/*
 * Signals and threads, by system calls alone: who gets them, what stops and continues, what a borrower and its lender's threads see.
 */
#include "harness.h"
#include "signalling.h"
#include "threading.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct thread one, two;
static volatile int ready, ran_in[16];

static void note_thread(int sig)
{
	ran_in[calls & 15] = (int)call(thread_self, 0, 0, 0, 0);
	note(sig);
}

static long block(int how, sigset_t set)
{
	return call(sigprocmask, how, &set, 0, 0);
}

static int waits_unblocked(struct thread *self)
{
	if (self->argument)
		block(SIG_SETMASK, BIT(self->argument));
	else
		block(SIG_SETMASK, 0);
	post(&ready);
	wait_while(&gate, 0);
	return 0;
}

static int a_process_signal_goes_to_a_thread_that_takes_it(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note_thread, 0), 0);
	CHECK_EQUAL(handle(SIGUSR2, note_thread, 0), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGUSR1)), 0);
	one.argument = SIGUSR2;
	CHECK_EQUAL(thread_start(&one, waits_unblocked), 2);
	take(&ready);
	yield_often();
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	while (calls < 1)
		call(sched_yield, 0, 0, 0, 0);
	CHECK_EQUAL(ran_in[0], 2);
	CHECK_EQUAL(kill(getpid(), SIGUSR2), 0); /* here, before kill returns */
	CHECK_EQUAL(calls, 2);
	CHECK_EQUAL(ran_in[1], 1);
	open_gate();
	thread_join(&one);
	return 0;
}

static int a_thread_signal_goes_to_that_thread(void)
{
	sigset_t pending;

	CHECK_EQUAL(handle(SIGUSR1, note_thread, 0), 0);
	CHECK_EQUAL(thread_start(&one, waits_unblocked), 2);
	take(&ready);
	CHECK_EQUAL(call(thread_kill, 2, SIGUSR1, 0, 0), 0);
	while (calls < 1)
		call(sched_yield, 0, 0, 0, 0);
	CHECK_EQUAL(ran_in[0], 2);
	CHECK_EQUAL(call(thread_kill, 0, SIGUSR1, 0, 0), 0);
	CHECK_EQUAL(ran_in[1], 1);
	CHECK_EQUAL(call(thread_kill, 5, SIGUSR1, 0, 0), -ESRCH);
	CHECK_EQUAL(call(thread_kill, 2, 64, 0, 0), -EINVAL);
	CHECK_EQUAL(call(thread_kill, 2, 0, 0, 0), 0);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	open_gate();
	thread_join(&one);
	CHECK_EQUAL(call(thread_kill, 2, SIGUSR1, 0, 0), -ESRCH);
	return 0;
}

static int waits_for_signals(struct thread *self)
{
	const sigset_t set = BIT(SIGUSR1) | BIT(SIGRTMIN);
	int sum = 0;

	(void)self;
	for (int i = 0; i < 3; i++)
		sum += (int)call(sigtimedwait, &set, 0, 0, 0);
	return sum;
}

static int one_thread_may_wait_for_the_signals_of_all(void)
{
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGUSR1) | BIT(SIGRTMIN)), 0);
	CHECK(thread_start(&one, waits_for_signals) > 0);
	yield_often();
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 1}), 0);
	CHECK_EQUAL(call(thread_kill, one.id, SIGRTMIN, 0, 0), 0);
	CHECK_EQUAL(thread_join(&one), SIGUSR1 + 2 * SIGRTMIN);
	return 0;
}

static int each_thread_has_its_own_alternate_stack(void)
{
	static char other[SIGSTKSZ];
	const struct abi_stack stack = {(uintptr_t)other, 0, sizeof other};
	struct abi_stack now;

	CHECK_EQUAL(call(sigaltstack, &stack, 0, 0, 0), 0);
	CHECK_EQUAL(thread_start(&one, waits_unblocked), 2);
	CHECK_EQUAL(call(sigaltstack, 0, &now, 0, 0), 0);
	CHECK_EQUAL(now.ss_sp, other);
	open_gate();
	thread_join(&one);
	return 0;
}

static int beats(struct thread *self)
{
	while (!gate)
		self->argument++;
	return 0;
}

static int stops_with_threads(void)
{
	const struct timespec span = {0, 200000000};

	setpgid(0, 0);
	thread_start(&one, beats);
	thread_start(&two, waits_unblocked);
	write(TARGET_OUT, "x", 1);
	int before = call(nanosleep, &span, 0, 0, 0) == 0;
	open_gate();
	return before && thread_join(&one) == 0 && thread_join(&two) == 0 ? 5 : 6;
}

static long milliseconds_of(pid_t pid)
{
	char path[32] = "/proc/", text[128], *at = text;
	int fd;
	ssize_t length;

	itoa(pid, path + 6, 10);
	for (char *end = path; ; end++)
		if (!*end) {
			for (const char *tail = "/stat"; (*end++ = *tail++) != 0;)
				;
			break;
		}
	fd = open(path, O_RDONLY);
	length = read(fd, text, sizeof text - 1);
	close(fd);
	if (length < 0)
		return -1;
	text[length] = 0;
	for (char *p = text; *p; p++)
		if (*p == ' ')
			at = p;
	return atol(at);
}

static int a_stop_means_all_threads_and_so_does_sigcont(void)
{
	int out[2], status;
	char byte;

	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	pid_t pid = target_start("stops_with_threads", -1, out[1]);
	CHECK_EQUAL(read(out[0], &byte, 1), 1);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status));
	CHECK_EQUAL(target_state(pid), 'T');
	long before = milliseconds_of(pid);
	CHECK(before >= 0);
	usleep(30000);
	CHECK_EQUAL(milliseconds_of(pid), before);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 5);
	close(out[0]), close(out[1]);
	return 0;
}

static int lends(struct thread *self)
{
	pid_t pid = vfork();
	if (pid == 0) {
		const struct timespec span = {0, 50000000};

		call(nanosleep, &span, 0, 0, 0);
		_exit(3);
	}
	self->argument = pid;
	return 0;
}

/* The lender keeps its signals until the return, another thread takes those of the process. */
static int a_lending_thread_leaves_signals_to_the_others(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note_thread, 0), 0);
	CHECK_EQUAL(thread_start(&one, lends), 2);
	CHECK_EQUAL(thread_start(&two, waits_unblocked), 3);
	take(&ready);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGUSR1)), 0);
	CHECK_EQUAL(one.ended, 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	while (calls < 1)
		call(sched_yield, 0, 0, 0, 0);
	CHECK_EQUAL(ran_in[0], 3);
	CHECK_EQUAL(call(thread_kill, 2, SIGUSR1, 0, 0), 0);
	yield_often();
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(one.ended, 0);
	thread_join(&one);
	CHECK_EQUAL(calls, 2);
	CHECK_EQUAL(ran_in[1], 2);
	CHECK_EQUAL(WEXITSTATUS(target_wait(one.argument)), 3);
	open_gate();
	thread_join(&two);
	return 0;
}

static int sleeps_long(struct thread *self)
{
	const struct timespec span = {1000, 0};

	(void)self;
	post(&ready);
	return (int)call(nanosleep, &span, 0, 0, 0);
}

static int a_handler_ends_the_sleep_of_its_thread_alone(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note_thread, SA_RESTART), 0);
	CHECK(thread_start(&one, sleeps_long) > 0);
	CHECK(thread_start(&two, sleeps_long) > 0);
	take(&ready), take(&ready);
	yield_often();
	CHECK_EQUAL(call(thread_kill, two.id, SIGUSR1, 0, 0), 0);
	CHECK_EQUAL(thread_join(&two), -EINTR);
	CHECK_EQUAL(one.ended, 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(call(thread_cancel, one.id, 0, 0, 0), 0);
	CHECK_EQUAL(thread_join(&one), -EINTR);
	return 0;
}

TARGET_CASES(threadsig, CASE(a_process_signal_goes_to_a_thread_that_takes_it), CASE(a_thread_signal_goes_to_that_thread),
	     CASE(one_thread_may_wait_for_the_signals_of_all), CASE(each_thread_has_its_own_alternate_stack),
	     CASE(a_stop_means_all_threads_and_so_does_sigcont), CASE(a_lending_thread_leaves_signals_to_the_others),
	     CASE(a_handler_ends_the_sleep_of_its_thread_alone), HELPER(stops_with_threads))
